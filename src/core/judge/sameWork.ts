import { fileName } from "../fileName.ts";
import type { Claim } from "../planning/claim.ts";
import { planIdOf } from "../planning/documentKind.ts";
import type { Measured } from "../status.ts";
import { isOverallSubject, type ReportEvidence } from "./evidence.ts";
import type { ClaimContext } from "./judgement.ts";
import { isSamePlan } from "./plans.ts";
import type { Witness } from "./witnesses.ts";

/** Whether a number that disagrees with a claim is of the very work that the claim reports on (ADR 0003). */
export function isOfSameWork(
  { report, position }: Witness,
  measured: Measured,
  claim: Claim,
  context: ClaimContext,
): boolean {
  const { written, workBegan, alone, finishedSince } = context;
  if (report === null || position > written.position) return false;
  if (isSource(report, context)) return true;
  // Where nothing tells when the work began, only what was committed together belongs together.
  const together = position === written.position;
  if (workBegan === null ? !together : position <= workBegan.position) {
    return false;
  }
  const whole = isOverallSubject(claim.subject);
  // "Core" may be a component as well as the directory of that name, and a file that nobody ran says nothing about tests.
  if (!whole && (measured.files !== 1 || measured.covered === 0)) return false;
  if (isOfPlan(report, claim, context)) return true;
  if (isOlderThanWork(report, context) || finishedSince(report.version)) {
    return false;
  }
  if (together && alone) return true;
  return whole
    ? isOfSameSize(measured, claim) && isFarOff(measured, claim)
    : countsMissing(measured, claim) ||
        (!together && quotesTotal(measured, claim));
}

/** Whether the document quotes both totals of a report: then that report is where its numbers come from. */
function isSource(
  { report: { totals } }: ReportEvidence,
  { counts }: ClaimContext,
): boolean {
  const lines = totals.lines ?? totals.statements;
  return (
    lines !== null &&
    counts.includes(lines.covered) &&
    counts.includes(lines.total)
  );
}

/** Whether the commit that brought a report names the plan that the claim is about: `test(19-02): …`. */
function isOfPlan(
  { version: { scope } }: ReportEvidence,
  { text }: Claim,
  { plan, directory }: ClaimContext,
): boolean {
  if (scope === null || directory === null) return false;
  const measured = planIdOf(scope, fileName(directory));
  return isSamePlan(measured, plan ?? planIn(text, directory));
}

/** The plan that a row or a sentence of a document about the whole phase names. */
function planIn(text: string, directory: string): string | null {
  const [token = null] =
    /(?<![\w-])\d{1,4}(?:\.\d{1,4})*[A-Za-z]?-\d{2}[A-Za-z]?(?![\w-])/.exec(
      text.slice(0, 200),
    ) ?? [];
  return token && planIdOf(token, fileName(directory));
}

/** How far the totals of one scope may differ, as a share of the total: see `compare.ts`. */
const SAME_SIZE = 0.1;

/** "Overall: 58 % (223/382 lines)" is the sum of what the document lists, not of the project's 43,218 lines. */
function isOfSameSize({ total }: Measured, { fraction }: Claim): boolean {
  return (
    fraction === null ||
    total === null ||
    Math.abs(fraction.d - total) <= SAME_SIZE * total
  );
}

/** In points. What is committed between a run and its report seldom moves a whole project by more. */
const FAR_OFF = 5;

/**
 * Nothing ties the report to the document but the time: a whole project's number may have moved a little in between, and in a
 * commit of many documents nobody knows what came first.
 */
function isFarOff({ value }: Measured, claim: Claim): boolean {
  const lower = Number(claim.value) - claim.tolerance;
  const upper = (claim.upper ?? Number(claim.value)) + claim.tolerance;
  return value <= lower - FAR_OFF || value >= upper + FAR_OFF;
}

/** The document's fraction is what the report counts as missing: 169 of 247 lines are not covered, they are missed. */
function countsMissing(
  { covered, total }: Measured,
  { fraction }: Claim,
): boolean {
  return (
    fraction?.d === total &&
    covered !== null &&
    total !== null &&
    fraction?.n === total - covered
  );
}

/** Numbers of one or two digits stand in every text. */
const TELLING_DIGITS = 3;

/**
 * One file's number depends on which tests were run: a summary often quotes the run of its own new tests, which no report keeps. The report
 * speaks against it only when the document quotes the report's own line count.
 */
function quotesTotal({ total }: Measured, { text, fraction }: Claim): boolean {
  if (total === null) return false;
  if (fraction) return fraction.d === total;
  const written = `${total}`;
  if (written.length < TELLING_DIGITS) return false;
  const numbers = text.replaceAll(/(?<=\d),(?=\d{3})/g, "").match(/\d+/g);
  return numbers?.includes(written) === true;
}

/** A report may be committed some days after it was made. */
const LEAD_MS = 3 * 86_400_000;

/** Whether a report says that it was made before the work began. */
function isOlderThanWork(
  { report: { measuredAt } }: ReportEvidence,
  { written, workBegan }: ClaimContext,
): boolean {
  if (measuredAt === null) return false;
  return workBegan
    ? clearlyBefore(measuredAt, Date.parse(workBegan.at))
    : clearlyBefore(measuredAt, Date.parse(written.at) - LEAD_MS);
}

/** coverage.py writes local time without a zone, and the world's zones span 14 hours: less proves nothing. */
const ZONES_MS = 14 * 3_600_000;

function clearlyBefore(measuredAt: string, moment: number): boolean {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(measuredAt)
    ? measuredAt
    : `${measuredAt}Z`;
  const at = Date.parse(zoned);
  return Number.isFinite(at) && at + ZONES_MS < moment;
}
