import { timeOf } from "../coverage/measuredAt.ts";
import { fileName } from "../fileName.ts";
import type { Claim } from "../planning/claim.ts";
import { planInScope } from "../planning/documentKind.ts";
import type { Measured } from "../status.ts";
import { HUNDREDTH } from "./claimSources.ts";
import { isOverallSubject, type ReportEvidence } from "./evidence.ts";
import { agrees, type ClaimContext } from "./judgement.ts";
import { numbersFor } from "./parts.ts";
import { isSamePlan } from "./plans.ts";
import type { Witness } from "./witnesses.ts";

/** Whether a number that disagrees with a claim is of the very work that the claim reports on (ADR 0003). */
export function isOfSameWork(
  { report, position }: Witness,
  measured: Measured,
  claim: Claim,
  context: ClaimContext,
): boolean {
  const { written, workBegan, alone, finishedSince, directory } = context;
  if (report === null || position > written.position) return false;
  const whole = isOverallSubject(claim.subject);
  // What the document has put together itself is no number of the project.
  if (whole && context.combined.includes(claim.value)) return false;
  // A file that nobody ran says nothing about tests.
  if (!whole && measured.covered === 0) return false;
  if (!whole && isSource(report, context)) return true;
  // Where nothing tells when the work began, only what was committed together belongs together.
  const together = position === written.position;
  if (workBegan === null ? !together : position <= workBegan.position) {
    return false;
  }
  // "Core" may be a component as well as the directory of that name.
  if (whole ? !isOfSameSize(measured, claim) : measured.files !== 1) {
    return false;
  }
  const named = directory === null ? [] : plansIn(claim.text, directory);
  const [plan = context.plan, ...others] = named;
  if (others.length > 0) return false;
  if (isOfPlan(report, plan, context)) return true;
  // What a document says of another plan, nothing but a report of that plan can deny.
  if (named.length > 0 && !isSamePlan(plan, context.plan)) return false;
  if (isOlderThanWork(report, context) || finishedSince(report.version)) {
    return false;
  }
  if (together) {
    return (
      alone ||
      (whole ? isFarAbove(measured, claim) : countsMissing(measured, claim))
    );
  }
  return whole
    ? !isOfOtherWork(report, context) && isFarOff(measured, claim)
    : quotesTotal(measured, claim);
}

/**
 * Whether the document quotes the total of a report, its covered lines or its percentage, and nowhere another number for the whole
 * project: then that report is where its numbers come from. A document that tells of before and after quotes two reports, and a part's number may be of either.
 */
export function isSource(
  evidence: ReportEvidence,
  { counts, wholes }: ClaimContext,
): boolean {
  const { totals } = evidence.report;
  const lines = totals.lines ?? totals.statements;
  if (lines === null || !counts.includes(lines.total)) return false;
  const isOfReport = (claim: Claim) =>
    numbersFor(evidence, claim.subject, claim.aspect).some(({ value }) =>
      agrees(claim, Number(claim.value), value),
    );
  return (
    wholes.every(isOfReport) &&
    (counts.includes(lines.covered) ||
      wholes.some(({ tolerance }) => tolerance <= HUNDREDTH))
  );
}

/** Whether the commit that brought a report names the plan that the claim is about: `test(19-02): …`. */
function isOfPlan(
  { version: { scope } }: ReportEvidence,
  plan: string | null,
  { directory }: ClaimContext,
): boolean {
  return (
    scope !== null &&
    directory !== null &&
    isSamePlan(planInScope(scope, fileName(directory)), plan)
  );
}

/** The distinct plans of a phase that a row or a sentence names. */
function plansIn(text: string, directory: string): string[] {
  const plans: string[] = [];
  for (const [token] of text.slice(0, MAX_TEXT).matchAll(PLAN)) {
    const plan = planInScope(token, fileName(directory));
    if (plan !== null && !plans.some((other) => isSamePlan(other, plan))) {
      plans.push(plan);
    }
  }
  return plans;
}

/** `19-02`, `08.5-05`, `19-02-PLAN`; no date, and no range such as 12-15 %. */
const PLAN =
  /(?<![\w.-])\d{1,4}(?:\.\d{1,4})*[A-Za-z]?-\d{2}[A-Za-z]?(?!\w|[.-]\d|\s?%)/g;

/** A plan that is named later is seldom the one that a statement is about. */
const MAX_TEXT = 1_000;

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

/** Whether a plan's summary would be held against the report of another plan or phase: what the plan itself did came on top of that. */
function isOfOtherWork(
  { version: { scope } }: ReportEvidence,
  { plan }: ClaimContext,
): boolean {
  return plan !== null && scope !== null && /\d/.test(scope);
}

/** Nothing ties the report to the document but the time: a whole project's number may have moved a little in between. */
function isFarOff(measured: Measured, claim: Claim): boolean {
  const upper = (claim.upper ?? Number(claim.value)) + claim.tolerance;
  return isFarAbove(measured, claim) || measured.value >= upper + FAR_OFF;
}

/**
 * In a commit of many documents nobody knows what came first. A number below the report's may be of an earlier day, for coverage grows
 * while people work on it; one far above it was never reached.
 */
function isFarAbove({ value }: Measured, claim: Claim): boolean {
  return value <= Number(claim.value) - claim.tolerance - FAR_OFF;
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
export function quotesTotal(
  { total }: Measured,
  { text, fraction }: Claim,
): boolean {
  if (fraction) return fraction.d === total;
  const written = String(total);
  if (written.length < TELLING_DIGITS) return false;
  const numbers = text.replaceAll(/(?<=\d),(?=\d{3})/g, "").match(WHOLE);
  return numbers?.includes(written) === true;
}

/** A whole number that may count lines: no percentage, no decimals, no number of tests. */
const WHOLE = /(?<![\w.])\d{1,9}(?!\w|\.\d|\s?%|\s(?:\w{1,20}\s)?tests?\b)/gi;

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

/** Times without a zone may be off by so much: less proves nothing. */
const ZONES_MS = 14 * 3_600_000;

function clearlyBefore(measuredAt: string, moment: number): boolean {
  const at = timeOf(measuredAt);
  return Number.isFinite(at) && at + ZONES_MS < moment;
}
