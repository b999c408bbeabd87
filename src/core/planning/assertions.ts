import type { Target } from "./target.ts";

/**
 * A threshold that a plan's own check asserts: `assert 25 <= cov <= 30`. It sets no target, for code only serves what the plan says in
 * words; where the two differ, one of them is wrong.
 */
export interface Assertion extends Pick<Target, "op" | "value" | "upper"> {
  readonly metric: "coverage" | "pass_rate";
  readonly line: number;
}

/** Longer lines are data. */
const MAX_LINE = 1_000;

/** Per document. */
const MAX_ASSERTIONS = 50;

const NUMBER = String.raw`(\d{1,3}(?:\.\d{1,4})?)`;

/** `cov`, `d['totals']['percent_covered']`: the last name says what is compared. */
const NAMED = String.raw`([\w.'"\\[\]()]{1,80})`;

const BETWEEN = new RegExp(
  String.raw`\bassert\s+\(?${NUMBER}\s*(<=?)\s*${NAMED}\s*(<=?)\s*${NUMBER}(?![\w.])`,
);

const BOUND = new RegExp(
  String.raw`\bassert\s+\(?${NAMED}\s*(>=|<=|==|>|<)\s*${NUMBER}(?![\w.]|\s*/)`,
);

/**
 * The assertions about the whole project's coverage or pass rate, in percent, in the lines of a plan. Those about one file name it
 * in a variable, which cannot be resolved, and are left out.
 *
 * @param firstLine the 1-based line of the first of `lines`
 */
export function readAssertions(
  lines: readonly string[],
  firstLine: number,
): Assertion[] {
  return lines
    .flatMap((text, index) => {
      if (!text.includes("assert ") || text.length > MAX_LINE) return [];
      const found = between(text) ?? bound(text);
      return found ? [{ ...found, line: firstLine + index }] : [];
    })
    .slice(0, MAX_ASSERTIONS);
}

type Read = Omit<Assertion, "line">;

function between(text: string): Read | null {
  const [, low, first, name = "", second, high] = BETWEEN.exec(text) ?? [];
  const metric = metricOf(name);
  // A range without its ends is none that a document could state.
  if (metric === null || first !== "<=" || second !== "<=") return null;
  return { metric, op: "range", value: Number(low), upper: Number(high) };
}

function bound(text: string): Read | null {
  const [, name = "", op, value] = BOUND.exec(text) ?? [];
  const metric = metricOf(name);
  // A share of one, as in `assert rate <= 1`, is no percentage.
  if (metric === null || Number(value) <= 1) return null;
  return { metric, op: op as Read["op"], value: Number(value), upper: null };
}

function metricOf(name: string): Assertion["metric"] | null {
  const last = /(\w+)['"\\\])]*$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (
    /^(?:overall_|total_)?(?:cov|coverage|percent_covered|coverage_(?:pct|percent|percentage))$/.test(
      last,
    )
  ) {
    return "coverage";
  }
  return /^(?:pass_)?rate$|^pass_pct$/.test(last) ? "pass_rate" : null;
}
