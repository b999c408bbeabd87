import type { Counts } from "../coverage/counts.ts";
import { unitsToReach } from "../coverage/counts.ts";
import type { Target } from "../planning/target.ts";
import type { Measured, TargetResult } from "../status.ts";

/** Where a measurement stands against a threshold. */
export type Outcome = {
  readonly verdict: "met" | "missed" | "above_range";
} & Pick<TargetResult, "gap" | "unitsToGo">;

/**
 * Holds a measurement against a target's threshold, less its tolerance. Whole counts decide where there are any: as a float,
 * 7 of 100 is 7.000000000000001 %.
 */
export function outcomeOf(target: Target, measured: Measured): Outcome {
  const reached = isReached(target, measured);
  if (!reached) return { verdict: "missed", ...distance(target, measured) };
  const above =
    target.op === "range" &&
    target.upper !== null &&
    compare(measured, target, target.upper + tolerance(target)) > 0;
  return { verdict: above ? "above_range" : "met", gap: 0, unitsToGo: 0 };
}

function isReached(target: Target, measured: Measured): boolean {
  const { op, value } = target;
  const slack = tolerance(target);
  const lower = compare(measured, target, value - slack);
  const upper = compare(measured, target, value + slack);
  switch (op) {
    case ">=":
    case "range":
      return lower >= 0;
    case ">":
      return lower > 0;
    case "<=":
      return upper <= 0;
    case "<":
      return upper < 0;
    case "==":
      return lower >= 0 && upper <= 0;
  }
}

/** How far a missed target is away: in its own unit from its value, and in whole units to where it is met. */
function distance(
  target: Target,
  measured: Measured,
): Pick<Outcome, "gap" | "unitsToGo"> {
  const { op, value, unit } = target;
  const rising = op === ">=" || op === ">" || op === "range";
  const gap = rising
    ? Math.max(0, value - measured.value)
    : Math.abs(measured.value - value);
  // At the boundary of "more than" it still takes one.
  const strict = op === ">" || op === "<";
  if (unit === "tests") {
    return { gap, unitsToGo: strict ? Math.floor(gap) + 1 : Math.ceil(gap) };
  }
  const counts = countsOf(target, measured);
  if (!rising || !counts) return { gap, unitsToGo: null };
  const lower = value - tolerance(target);
  const toGo = unitsToReach(lower, counts);
  const there = { ...counts, covered: counts.covered + toGo };
  return {
    gap,
    unitsToGo: strict && compareShare(there, lower) === 0 ? toGo + 1 : toGo,
  };
}

function tolerance(target: Target): number {
  return target.tolerance ?? 0;
}

/** Positive when the measurement is more than `bound`, 0 when it is that. */
function compare(measured: Measured, target: Target, bound: number): number {
  const counts = countsOf(target, measured);
  return counts
    ? compareShare(counts, bound)
    : scaled(measured.value) - scaled(bound);
}

/** The counts whose share the target speaks of; null where the measurement has none. */
function countsOf(
  { unit }: Target,
  { covered, total }: Measured,
): Counts | null {
  return unit === "%" && covered !== null && total !== null
    ? { covered, total }
    : null;
}

function compareShare({ covered, total }: Counts, percent: number): number {
  return covered * 100 * SCALE - scaled(percent) * total;
}

/** Six decimal places as a whole number: more precision than any document writes. */
const SCALE = 1e6;

function scaled(value: number): number {
  return Math.round(value * SCALE);
}
