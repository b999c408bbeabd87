import { SLACK } from "../../slack.ts";
import { formatCount, percentCovered, type Counts } from "../counts.ts";

/** Reports round to two decimals, people to one. */
const TOLERANCE = 0.05;

/** A percentage as a number or as text: 15.23, `"15.23%"`, `"~12 %"`. Null for anything else and for what no percentage can be. */
export function asPercent(value: unknown): number | null {
  const number =
    typeof value === "string"
      ? Number(/^\s*~?\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*$/.exec(value)?.[1] ?? NaN)
      : value;
  return typeof number === "number" && number >= 0 && number <= 100
    ? number
    : null;
}

/** A whole number from 0 on, as a number or as text: 1234, `"1,234"`. */
export function asCount(value: unknown): number | null {
  const number =
    typeof value === "string" && /^\d{1,3}(?:,\d{3})+$|^\d+$/.test(value)
      ? Number(value.replaceAll(",", ""))
      : value;
  return typeof number === "number" &&
    Number.isSafeInteger(number) &&
    number >= 0
    ? number
    : null;
}

/** Both numbers, if they can be counts of one thing. */
export function asCounts(covered: unknown, total: unknown): Counts | null {
  const counts = { covered: asCount(covered), total: asCount(total) };
  return counts.covered !== null &&
    counts.total !== null &&
    counts.covered <= counts.total
    ? { covered: counts.covered, total: counts.total }
    : null;
}

/**
 * What counts say where it is not the percentage beside them: `1 of 3 are 33.33 %`. Null where both agree; 0 of 0 agrees with
 * everything, as tools write 0 or 100 there.
 */
export function contradiction(
  percent: number,
  counts: Counts,
  tolerance: number = TOLERANCE,
): string | null {
  const computed = percentCovered(counts);
  return computed === null || Math.abs(computed - percent) <= tolerance + SLACK
    ? null
    : `${countsText(counts)} are ${percentText(computed)}`;
}

/** How far off a percentage may be that a person wrote: 22 stands for 21.5 to 22.5. */
export function writtenTolerance(percent: number): number {
  return Number.isInteger(percent) ? 0.5 : TOLERANCE;
}

export function plus(first: Counts, second: Counts): Counts {
  return {
    covered: first.covered + second.covered,
    total: first.total + second.total,
  };
}

export const NOTHING: Counts = { covered: 0, total: 0 };

export function same(first: Counts, second: Counts): boolean {
  return first.covered === second.covered && first.total === second.total;
}

/** `17,792 of 112,125`. */
export function countsText({ covered, total }: Counts): string {
  return `${formatCount(covered)} of ${formatCount(total)}`;
}

/** `15.87 %`: two decimals at most, so that the two sides of a disagreement do not look alike. */
export function percentText(percent: number): string {
  return `${Number(percent.toFixed(2))} %`;
}
