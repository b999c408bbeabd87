import { formatCount } from "../../coverage/counts.ts";
import { plain } from "../claims/words.ts";
import type { Statement } from "../statement.ts";
import type { Dispute } from "./dispute.ts";

/** "102 tests passing (28 + 13 + 23)", "214 (89 property + 125 integration)": a count and the sum written out behind it. */
const SUM =
  /(?<![\d.,/$~–-])(\d{1,7}|\d{1,3}(?:,\d{3}){1,2})((?: [a-z]+){0,4}) ?\(((?:\d[\d,]{0,8}(?: [a-z][\w./-]{0,40}){0,4} ?\+ ?){1,20}\d[\d,]{0,8}(?: [a-z][\w./-]{0,40}){0,4})\)/gi;

/** Counts that are not the sum written out in brackets behind them. */
export function disputedBracketSums({ text, line }: Statement): Dispute[] {
  if (!text.includes("+")) return [];
  const words = plain(text);
  return [...words.matchAll(SUM)].flatMap(([, count = "", , terms = ""]) => {
    const value = numberIn(count);
    const parts = terms.split("+").map(numberIn);
    const sum = parts.reduce((all, part) => all + part, 0);
    // "148 tests in 2 files (78 + 70)": the sum may be of a number further away.
    return numbersIn(words).has(sum)
      ? []
      : [
          {
            line,
            value,
            metrics: [],
            otherLine: line,
            why: `The statement says ${formatCount(value)} and writes it out as ${parts.map(formatCount).join(" + ")}, which is ${formatCount(sum)}.`,
          },
        ];
  });
}

function numbersIn(text: string): ReadonlySet<number> {
  return new Set(
    [...text.matchAll(/\d[\d,]*/g)].map(([each]) => numberIn(each)),
  );
}

/** The number that a term begins with: "1,125 integration tests". */
function numberIn(text: string): number {
  return Number.parseInt(text.replaceAll(",", ""), 10);
}
