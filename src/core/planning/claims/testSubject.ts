import { readQuantities } from "../quantity.ts";
import type { Context } from "./context.ts";
import { TESTS_AFTER } from "./countMetric.ts";
import { MAX_SUBJECT, type Metric } from "./draft.ts";
import { onlyFile } from "./fileNames.ts";
import { clauseBefore, isName, subjectIn } from "./nounPhrase.ts";
import type { Spot } from "./spot.ts";
import { testedPart } from "./testedPart.ts";
import { WHOLE_SUITE } from "./wholeLabels.ts";
import { bare, cut, firstWords, lastWords } from "./words.ts";

/** Whose tests a number counts: a file, a suite, a part, or "tests" where the sentence names none of them. */
export function testSubject(
  spot: Spot,
  context: Context,
  metric: Metric,
): string {
  const { after, before, quantity, upTo } = spot;
  const aimed = /^[^,;()]{0,60}?\b(?:for|in|of|on)\s+(\S+)/i.exec(after)?.[1];
  const file =
    onlyFile(clauseBefore(upTo)) ??
    (aimed === undefined ? null : onlyFile(aimed));
  if (file !== null) return file;
  const rated =
    /\bpass rate (?:for|on|of|in) (?:the )?([^,;():]{3,60}?\btests)\b/i.exec(
      after,
    )?.[1];
  const kind =
    quantity.unit === null
      ? (TESTS_AFTER.exec(after)?.[1] ?? "").replace(OUTCOMES, "").trim()
      : "";
  const phase = /\b(phase [\d.]+ tests?)\b/i.exec(
    `${lastWords(before, 6)} ${firstWords(after, 8)}`,
  )?.[1];
  if (phase !== undefined) return phase;
  if (rated !== undefined && !WHOLE_SUITE.test(rated)) return rated;
  const named = headOf(upTo, metric);
  if (named !== null) return named;
  if (kind !== "") return cut(`${kind} tests`, MAX_SUBJECT);
  const own = metric === "pass_rate" ? subjectIn(clauseBefore(upTo)) : null;
  if (own !== null && isName(own) && !WHOLE_SUITE.test(own)) return own;
  return (
    onlyFile(upTo) ??
    context.subject ??
    context.suite ??
    testedPart(spot) ??
    "tests"
  );
}

const OUTCOMES =
  /\b(?:failing|failed|passing|passed|flaky|total|high-quality|comprehensive|quality|new|all|created|of|the)\b/gi;

/**
 * What stands before "(5 tests)", "- 5 tests" or ": 5/5 passing": a class, a suite, a task. Its count must not
 * pass for that of all tests.
 */
function headOf(upTo: string, metric: Metric): string | null {
  const open = upTo.lastIndexOf("(");
  const inside = open > upTo.lastIndexOf(")");
  const outer = inside
    ? upTo.slice(0, open)
    : (/^(.*?)(?:\s[-–—]\s|:\s)[^\d]{0,24}$/s.exec(
        upTo.replace(/\([^()]*\)/g, " "),
      )?.[1] ?? "");
  const counted =
    /\d[\d,]*\+? (?:new |comprehensive )?((?:[a-z][\w-]* ){1,3}tests)\b/i.exec(
      outer,
    )?.[1];
  if (counted !== undefined && inside) {
    const kind = counted.replace(OUTCOMES, "").trim();
    return WHOLE_SUITE.test(kind) ? null : kind;
  }
  const clause = outer
    .replace(/^\W*\[[^\]]{0,80}\]:?\s*/, "")
    .split(/[;,]\s/)
    .at(-1);
  const pieces = bare(clause ?? "").split(/:\s/);
  const last = pieces.at(-1) ?? "";
  const [label = ""] = pieces;
  const specific =
    WHOLE_SUITE.test(label) && isName(last) && last.split(" ").length <= 5;
  const head = (specific ? last : label)
    .replace(
      /^(?:[\w.]+\.|all|and|the|our|new|passing|failing|created|added|implemented|extended)\s+/i,
      "",
    )
    .replace(/[:\s-]+$/, "");
  if (!/\p{L}{2}/u.test(head) || WHOLE_SUITE.test(head)) return null;
  // "Fixed the locks in ORM tests (47% pass rate)" is about the ORM tests.
  if (metric === "pass_rate" && /^\w+ed\b/i.test(head)) {
    return (
      /\b(?:in|for|of|on)\s+((?:[\w-]+ ){1,3}tests)$/i.exec(head)?.[1] ?? null
    );
  }
  // A result before the bracket ("100% pass rate (131/131 …") is no name.
  return readQuantities(head).some(
    ({ unit, denominator }) => unit === "%" || denominator !== null,
  )
    ? null
    : cut(head, MAX_SUBJECT);
}
