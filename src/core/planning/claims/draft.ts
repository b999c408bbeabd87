import type { Claim, ClaimMetric, ClaimReading } from "../claim.ts";
import type { Quantity } from "../quantity.ts";
import { testedBy } from "./fileNames.ts";
import { cut, endOf } from "./words.ts";

/** A claim before it is tied to the statement that makes it. */
export type Draft = Omit<ClaimReading, "text" | "line">;

/** What a number can be of. */
export type Metric = Exclude<ClaimMetric, "status">;

/** Characters of a subject that are kept. */
export const MAX_SUBJECT = 80;

/** What a claim says of its value where it says nothing more. */
export const UNQUALIFIED = {
  upper: null,
  unit: null,
  fraction: null,
  tolerance: 0,
  atLeast: false,
  estimated: false,
  historic: false,
  aspect: null,
} as const;

/** The claim that a number makes; `text` is where the number stands. */
export function draftOf(
  quantity: Quantity,
  text: string,
  said: Pick<
    Draft,
    "subject" | "fraction" | "historic" | "estimated" | "aspect"
  > & {
    readonly metric: Metric;
    readonly unit?: Claim["unit"];
  },
): Draft {
  const unit = said.unit ?? unitOf(quantity, said.metric);
  return {
    metric: said.metric,
    subject: cut(
      said.metric.startsWith("coverage")
        ? testedBy(said.subject)
        : said.subject,
      MAX_SUBJECT,
    ),
    value: quantity.sign === "-" ? -quantity.value : quantity.value,
    upper: quantity.upper,
    unit,
    fraction: said.fraction,
    tolerance: toleranceOf(quantity, text),
    atLeast: quantity.bound === ">=" || quantity.bound === ">",
    estimated: said.estimated,
    historic: said.historic,
    aspect: said.aspect,
  };
}

/** The unit in which a metric is claimed; null where the number is written in another and so is not of that metric. */
export function unitOf(
  { unit }: Quantity,
  metric: Metric,
): "%" | "pp" | "tests" | "s" | null {
  switch (metric) {
    case "coverage":
    case "pass_rate":
      return unit === "%" ? "%" : null;
    case "coverage_delta":
      return unit === "%" || unit === "pp" ? "pp" : null;
    case "duration":
      return unit === "s" ? "s" : null;
    case "tests_total":
    case "tests_passing":
    case "tests_failing":
    case "tests_flaky":
      return unit === null ? "tests" : null;
  }
}

/** Half a unit of the last digit written, a whole one after "~", or the "±" behind the number; durations in seconds. */
function toleranceOf(quantity: Quantity, text: string): number {
  const stated = /^\s*\(?±\s*(\d{1,6}(?:\.\d{1,6})?)/.exec(
    text.slice(endOf(quantity), endOf(quantity) + 20),
  )?.[1];
  if (stated !== undefined) return Number(stated);
  const digit = 10 ** -quantity.precision;
  return (
    (quantity.approximate ? digit : digit / 2) * secondsPerUnit(quantity, text)
  );
}

function secondsPerUnit(quantity: Quantity, text: string): number {
  if (quantity.unit !== "s") return 1;
  const written = text.slice(quantity.index, endOf(quantity));
  const unit = /([a-zµ]+)\W*$/i.exec(written)?.[1]?.toLowerCase() ?? "s";
  if (/^m(?:s|illi)/.test(unit)) return 0.001;
  if (unit.startsWith("m")) return 60;
  return unit.startsWith("h") ? 3600 : 1;
}

/** "169/169" as the fraction of a claim; nothing is n of none. */
export function fractionOf({
  value,
  denominator,
}: Quantity): Claim["fraction"] {
  return denominator === null || denominator === 0
    ? null
    : { n: value, d: denominator };
}

/** Whether the fraction behind a percentage is what it was computed from: "84% (70/549 lines)", not "58% (3/6 files)". */
export function attaches(
  text: string,
  quantity: Quantity,
  next: Quantity,
  metric: Metric,
): boolean {
  if (next.denominator === null) return false;
  const between = text.slice(endOf(quantity), next.index);
  if (!/^[^,;()→]{0,40}\(\s*(?:only )?$/.test(between)) return false;
  const behind = text.slice(endOf(next));
  // "24% (854/1163 lines missing)" says itself that it counts the rest.
  if (
    /^[^,;()]{0,30}\b(?:miss(?:ing|ed)|uncovered|not covered|untested)\b/i.test(
      behind,
    )
  )
    return false;
  return metric === "coverage"
    ? /^\s*(?:[),]|(?:lines?|statements?|stmts|branches|functions|covered)\b)/i.test(
        behind,
      )
    : metric === "pass_rate" &&
        /^\s*(?:[),]|(?:[\w-]+ )?tests?\b|pass)/i.test(behind);
}

const ASPECTS = ["line", "branch", "statement", "function"] as const;

/** "branch coverage", "Lines: 80%": which coverage the words speak of. */
export function aspectIn(words: string): Claim["aspect"] {
  const found =
    /\b(line|branch|statement|function)s?(?= coverage| cov\b|\s*:)/i.exec(
      words,
    )?.[1];
  const aspect = found?.toLowerCase();
  return ASPECTS.find((name) => name === aspect) ?? null;
}

/** The document calls the number beside it an estimate. */
export const ESTIMATE =
  /\b(?:est\.|estimated?|estimates|approximately|approx|projected|extrapolated|roughly)(?!\w)/i;
