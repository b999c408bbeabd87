import type { Counts } from "../coverage/counts.ts";
import type { Claim } from "../planning/claim.ts";
import type { Measured } from "../status.ts";
import { isOverallSubject, type ReportEvidence } from "./evidence.ts";
import { agrees, type ClaimContext, type Judgement } from "./judgement.ts";
import { numberOf } from "./parts.ts";
import { describe, files, said } from "./wording.ts";

/** Where else in the reports a claimed number stands, when it is not what was measured of its subject. */

/** Whole percents agree with something in every large report; only a written decimal identifies a source. */
const TELLING_TOLERANCE = 0.05;

/** A number for the whole project that is really the number of a part; null when it is not. */
export function ofAnotherScope(
  claim: Claim,
  value: number,
  reports: readonly ReportEvidence[],
  { written }: ClaimContext,
): Judgement | null {
  if (
    !isOverallSubject(claim.subject) ||
    claim.tolerance > TELLING_TOLERANCE ||
    claim.upper !== null ||
    claim.atLeast ||
    value === 0 ||
    value === 100
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
 * The measurement that holds both the percentage and the fraction of a claim: coverage.py's percentage folds branches in, the
 * counts beside it are lines alone, so that 21.59 % (19 / 72) is one true line of a report.
 */
export function whereBothStand(
  claim: Claim,
  value: number,
  reports: readonly ReportEvidence[],
): Measured | null {
  const { fraction } = claim;
  const holds = (counts: Counts | null) =>
    counts !== null &&
    counts.covered === fraction?.n &&
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
