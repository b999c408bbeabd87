import type { Claim } from "../planning/claim.ts";
import type { Measured } from "../status.ts";
import { isOverallSubject } from "./evidence.ts";
import type { ClaimContext } from "./judgement.ts";
import type { Witness } from "./witnesses.ts";

/** Whether a number that disagrees with a claim is of the very work that the claim reports on (ADR 0003). */
export function isOfSameWork(
  { report, position }: Witness,
  measured: Measured,
  claim: Claim,
  { written, workBegan }: ClaimContext,
): boolean {
  if (report === null || workBegan === null) return false;
  if (position > written.position || position <= workBegan.position) {
    return false;
  }
  const { measuredAt } = report.report;
  if (measuredAt !== null && clearlyBefore(measuredAt, workBegan.at)) {
    return false;
  }
  return (
    isOverallSubject(claim.subject) ||
    isOfSameRun(measured, claim, position === written.position)
  );
}

/**
 * One file's number depends on which tests were run: a summary often quotes the run of its own new tests, which no report keeps. The report
 * speaks against it only when it came with the document, or when the document quotes the report's own line count.
 */
function isOfSameRun(
  { covered, total }: Measured,
  { text, fraction }: Claim,
  together: boolean,
): boolean {
  // A file nobody ran says nothing about the tests that the document speaks of.
  if (covered === 0 || total === null) return false;
  return together || fraction?.d === total || quotes(text, total);
}

/** Numbers of one or two digits stand in every text. */
const TELLING_DIGITS = 3;

function quotes(text: string, total: number): boolean {
  const written = `${total}`;
  if (written.length < TELLING_DIGITS) return false;
  const numbers = text.replaceAll(/(?<=\d),(?=\d{3})/g, "").match(/\d+/g);
  return numbers?.includes(written) === true;
}

/** coverage.py writes local time without a zone, and the world's zones span 14 hours: less proves nothing. */
const ZONES_MS = 14 * 3_600_000;

function clearlyBefore(measuredAt: string, moment: string): boolean {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(measuredAt)
    ? measuredAt
    : `${measuredAt}Z`;
  const at = Date.parse(zoned);
  return Number.isFinite(at) && at + ZONES_MS < Date.parse(moment);
}
