import type { FindingKind } from "../../finding.ts";
import type { Trust } from "../observation.ts";

/** Why a report may not be believed, one sentence each. */
export interface Doubts {
  /** Signs that a person or a script made the numbers up. */
  readonly estimated: string[];
  /** Numbers of one report that exclude each other. */
  readonly inconsistent: string[];
}

/** The worst that the doubts allow. An estimate explains its own contradictions, so it goes first. */
export function judgeTrust({ estimated, inconsistent }: Doubts): {
  readonly trust: Trust;
  readonly trustWhy: string | null;
  readonly findings: readonly {
    readonly kind: FindingKind;
    readonly message: string;
  }[];
} {
  const why = [...estimated, ...inconsistent];
  return {
    trust:
      estimated.length > 0
        ? "estimated"
        : inconsistent.length > 0
          ? "inconsistent"
          : "measured",
    trustWhy: why.length > 0 ? shorten(why.join(" ")) : null,
    findings: [
      ...estimated.map((message) => ({ kind: "estimated" as const, message })),
      ...inconsistent.map((message) => ({
        kind: "inconsistent" as const,
        message,
      })),
    ],
  };
}

const ESTIMATE =
  /(?<!\b(?:not|no longer|never) (?:an )?)\b(?:estimat(?:e|es|ed|ion)|projected|projection|approximated|extrapolated|guess(?:ed)?|manual(?:ly)?\s+(?:analy[sz]\w*|calculat\w*|count\w*|entered|entry|estimat\w*|review\w*))\b/i;
/** A note may estimate something else: "estimated effort: 3 days". */
const THE_NUMBERS =
  /\b(?:coverage|percent\w*|numbers?|figures?|values?|data|calculated|measured|baseline)\b|%|^\W*(?:estimat|project)ed\W+(?:from|by|based|for)\b/i;
const SOMETHING_ELSE =
  /\b(?:effort|gain|needed|remaining|to reach|will|hours?|days?)\b/i;

const NOTES = ["note", "notes", "comment", "source", "status"];
const MARKS = ["estimated", "estimate", "is_estimated", "projected", "manual"];

/** What in an object says that its numbers are no measurement, for the end of a sentence; null when nothing does. */
export function saysEstimated(
  object: Readonly<Record<string, unknown>>,
): string | null {
  for (const key of MARKS) {
    if (object[key] === true || typeof object[key] === "number") {
      return `its “${key}” says so`;
    }
  }
  for (const key of NOTES) {
    const text = object[key];
    if (typeof text !== "string") continue;
    if (
      MARKS.includes(text.trim().toLowerCase()) ||
      text.split(/[.;\n]/).some(estimatesTheNumbers)
    ) {
      return `its “${key}” reads “${shorten(text, 120)}”`;
    }
  }
  return null;
}

function estimatesTheNumbers(sentence: string): boolean {
  return (
    ESTIMATE.test(sentence) &&
    THE_NUMBERS.test(sentence) &&
    !SOMETHING_ELSE.test(sentence)
  );
}

function shorten(text: string, length = 400): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
