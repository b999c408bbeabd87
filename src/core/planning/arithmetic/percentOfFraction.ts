import { formatCount, formatPercent } from "../../coverage/counts.ts";
import { SLACK } from "../../slack.ts";
import type { Claim } from "../claim.ts";

/** A fraction of what is missing is often rounded once more. */
const MISSING_ROUNDING = 0.5;

/** About half is covered as much as it is missing: which of them a fraction counts cannot be told there. */
const NEAR_HALF = 5;

/**
 * Branches that a program has for a line, at most, and how far its branches may be better covered than its lines: what
 * a percentage can differ by from the fraction of lines beside it when the tool counts branches into the percentage, as
 * coverage.py does (https://coverage.readthedocs.io/en/latest/branch.html).
 */
const BRANCHES_PER_LINE = 0.3;
const BRANCHES_AHEAD = 20;

/** What a percentage says against the fraction beside it; null when they agree or there is nothing to check. */
export function percentAgainstFraction(
  claim: Pick<
    Claim,
    | "metric"
    | "value"
    | "unit"
    | "fraction"
    | "tolerance"
    | "atLeast"
    | "upper"
    | "aspect"
  >,
): string | null {
  const { fraction, value, tolerance, upper } = claim;
  if (
    !fraction ||
    fraction.d === 0 ||
    typeof value !== "number" ||
    claim.unit !== "%" ||
    claim.atLeast
  )
    return null;
  const ratio = (fraction.n / fraction.d) * 100;
  // People cut digits off as often as they round: 59.5 % is written as 59 %.
  const slack = 2 * tolerance - SLACK;
  if (ratio > value - slack && ratio < (upper ?? value) + slack) return null;
  const missing =
    Math.abs(100 - ratio - value) <= tolerance + SLACK + MISSING_ROUNDING &&
    Math.abs(ratio - value) > NEAR_HALF;
  if (
    claim.metric === "coverage" &&
    !missing &&
    mayHoldBranches(claim, value, ratio)
  )
    return null;
  const sum = `The statement says ${value} % beside ${formatCount(fraction.n)} of ${formatCount(fraction.d)}, which is ${formatPercent(ratio)}`;
  return missing ? `${sum}: the fraction counts what is missing.` : `${sum}.`;
}

function mayHoldBranches(
  { aspect, tolerance }: Pick<Claim, "aspect" | "tolerance">,
  value: number,
  ratio: number,
): boolean {
  if (aspect !== null && aspect !== "line" && aspect !== "statement") {
    return false;
  }
  const share = BRANCHES_PER_LINE / (1 + BRANCHES_PER_LINE);
  const lowest = ratio * (1 - share);
  const highest = Math.min(100, ratio + BRANCHES_AHEAD * share);
  return value >= lowest - tolerance && value <= highest + tolerance;
}
