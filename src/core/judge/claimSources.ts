import type { Counts } from "../coverage/counts.ts";
import { fileName } from "../fileName.ts";
import type { Claim } from "../planning/claim.ts";
import type { Measured } from "../status.ts";
import { isOverallSubject, type ReportEvidence } from "./evidence.ts";
import { agrees, type ClaimContext, type Judgement } from "./judgement.ts";
import { numberOf } from "./parts.ts";
import { describe, files, said } from "./wording.ts";

/** Where else in the reports a claimed number stands, when it is not what was measured of its subject. */

/** Whole percents agree with something in every large report; only a written decimal identifies a source. */
export const TELLING_TOLERANCE = 0.05;

/** A number for the whole project that is really the number of a part; null when it is not. */
export function ofAnotherScope(
  claim: Claim,
  value: number,
  reports: readonly ReportEvidence[],
  { written, combined }: ClaimContext,
): Judgement | null {
  if (
    !isOverallSubject(claim.subject) ||
    // "Overall" then means what the document itself has put together.
    combined.includes(value) ||
    claim.tolerance > TELLING_TOLERANCE ||
    !isExact(claim, value)
  ) {
    return null;
  }
  const known = reports.filter(
    ({ report, version }) =>
      report.trust === "measured" &&
      version.introduced.position <= written.position,
  );
  for (const evidence of known.toReversed()) {
    const whole = evidence.overall ? null : numberOf(evidence, null);
    if (whole && agrees(claim, value, whole.value)) {
      return mismatch(
        claim,
        whole,
        `a report of ${files(evidence.report.files.length)}`,
      );
    }
    const one = evidence
      .percents()
      .find(({ percent }) => agrees(claim, value, percent));
    const part = one && numberOf(evidence, null, one.file);
    if (part) return mismatch(claim, part, `the one file ${one.file.path}`);
  }
  return null;
}

function mismatch(claim: Claim, measured: Measured, scope: string): Judgement {
  return {
    verdict: "scope_mismatch",
    measured,
    why: `The document says ${said(claim)} for the whole project; that is the number of ${scope}: ${describe(measured, "%")}.`,
  };
}

/**
 * A written decimal without a subject that is the total of a report of the same work: "documented 25.71 % coverage". Null when no
 * such report says it.
 */
export function ofUnnamed(
  claim: Claim,
  value: number,
  reports: readonly ReportEvidence[],
  { written, workBegan }: ClaimContext,
): Judgement | null {
  if (
    claim.subject !== "unnamed" ||
    claim.tolerance > HUNDREDTH ||
    !isExact(claim, value) ||
    workBegan === null
  ) {
    return null;
  }
  for (const evidence of reports.toReversed()) {
    const { position } = evidence.version.introduced;
    if (position <= workBegan.position || position > written.position) continue;
    const whole =
      evidence.report.trust === "measured" ? numberOf(evidence, null) : null;
    if (whole && agrees(claim, value, whole.value)) {
      return {
        verdict: claim.historic ? "stale" : "confirmed",
        measured: whole,
        why: `The document says ${said(claim)} without saying of what; that is the total of a report of the same work: ${describe(whole, "%")}.`,
      };
    }
  }
  return null;
}

/** Half of a hundredth of a point: two decimals were written. */
export const HUNDREDTH = 0.005;

/** Whether a number is one that few things have: no bound, no range, neither nothing nor all. */
export function isExact({ upper, atLeast }: Claim, value: number): boolean {
  return upper === null && !atLeast && value !== 0 && value !== 100;
}

/**
 * The estimate that a trend file only repeats: an estimated report of the same number that was there when the entry was
 * written, and whose name says that it is about the same part. Null when there is none.
 */
export function estimateBehind(
  claim: Claim,
  { value, commit }: Measured,
  reports: readonly ReportEvidence[],
): Measured | null {
  const part = claim.subject.toLowerCase();
  const estimate = reports.find(
    ({ report, version }) =>
      report.trust === "estimated" &&
      report.percent === value &&
      version.introduced.sha === commit &&
      fileName(version.path).toLowerCase().includes(part),
  );
  return estimate ? numberOf(estimate, null) : null;
}

/**
 * The measurement that holds both the percentage and the fraction of a claim, where one is not the other: coverage.py's
 * percentage folds branches in, the counts beside it are lines alone, so that 21.59 % (19 / 72) is one true line of a report.
 */
export function whereBothStand(
  claim: Claim,
  value: number,
  reports: readonly ReportEvidence[],
): Measured | null {
  const { fraction } = claim;
  if (!fraction || agrees(claim, value, (fraction.n / fraction.d) * 100))
    return null;
  const holds = (counts: Counts | null) =>
    counts !== null &&
    counts.covered === fraction.n &&
    counts.total === fraction.d;
  for (const evidence of reports.toReversed()) {
    const { report } = evidence;
    if (report.trust !== "measured") continue;
    const parts = [
      ...(holds(report.totals.lines) ? [undefined] : []),
      ...report.files.filter(holds),
    ];
    for (const file of parts) {
      const measured = numberOf(evidence, null, file);
      if (measured && agrees(claim, value, measured.value)) return measured;
    }
  }
  return null;
}
