import { SLACK } from "../slack.ts";

/** How many of how many: whole numbers, because a percentage cannot be added, compared or traced back. */
export interface Counts {
  readonly covered: number;
  readonly total: number;
}

/** 100 × covered / total; null for 0 of 0, which is no measurement and not 0 %. */
export function percentCovered({ covered, total }: Counts): number | null {
  return total === 0 ? null : (covered / total) * 100;
}

/** How many more units must be covered to reach `percent`, 0 when it is reached already. */
export function unitsToReach(
  percent: number,
  { covered, total }: Counts,
): number {
  // Decimal places are scaled away first: 0.07 × 100 is not 7 in floating point.
  const scaled = Math.round(percent * 1e6);
  const needed = Math.ceil((scaled * total) / 1e8 - SLACK);
  return Math.max(0, needed - covered);
}

/** `22.0 %`. Rounds towards the truth that matters: 99.99 is not shown as 100, nor 0.001 as 0. */
export function formatPercent(percent: number): string {
  const rounded = percent.toFixed(1);
  if (rounded === "100.0" && percent < 100) return "99.9 %";
  if (Number(rounded) === 0) return percent === 0 ? "0.0 %" : "< 0.1 %";
  return `${rounded} %`;
}

/** `3,776`: grouped as the product's language does, in every environment alike. */
export function formatCount(count: number): string {
  const [whole = "", fraction] = String(count).split(".");
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
