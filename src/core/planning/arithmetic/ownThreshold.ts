import type { Claim } from "../claim.ts";
import { plain } from "../claims/words.ts";
import { readQuantities, type Quantity } from "../quantity.ts";
import type { Statement } from "../statement.ts";
import type { Dispute } from "./dispute.ts";
import type { Table, TableRow } from "./tables.ts";

/** Statements and rows that answer their own question wrongly: "coverage >= 50 %: YES (estimated 40-45 %)". */

/** The claims of each line. */
export type ClaimsByLine = ReadonlyMap<number, readonly Claim[]>;

const TARGET =
  /^(?:target|goal|threshold|required?|requirement|expected|minimum|min)\b/i;

const ACTUAL =
  /^(?:actual|achieved|current|result|measured|final|after|coverage|line coverage|pass rate|value)\b/i;

const STATUS =
  /^(?:status|met\??|pass(?:ed)?\??|verdict|target met\??|outcome)$/i;

/** A verdict and not a word more: "MET (baseline)" or "✅ Close" has thought about it. */
const REACHED =
  /^(?:(?:target )?(?:met|reached|achieved|passed|exceeded)|pass|yes|exceeds?(?: target)?|exceeded target)$/i;

const SHORT =
  /^(?:(?:target )?(?:not met|not reached|missed|not achieved)|fail(?:ed)?|no|(?:is )?below(?: target)?)$/i;

/** Rows whose status is not what their own target and result say. */
export function disputedRows(
  { header, rows }: Table,
  claimsAt: ClaimsByLine,
): Dispute[] {
  const target = onlyColumn(header, TARGET);
  const actual = onlyColumn(header, ACTUAL);
  const status = onlyColumn(header, STATUS);
  if (target === null || actual === null || status === null) return [];
  return rows.flatMap((row) => {
    const wanted = levelIn(row, target);
    const reached = levelIn(row, actual);
    const verdict = verdictIn(row, status);
    if (!wanted || !reached || verdict === null) return [];
    const claim = claimsAt
      .get(row.line)
      ?.find(
        ({ value, metric, historic }) =>
          value === reached.value &&
          !historic &&
          (metric === "coverage" || metric === "pass_rate"),
      );
    if (!claim || isReached(reached, wanted) !== !verdict) return [];
    return [
      {
        line: row.line,
        value: claim.value,
        metrics: [claim.metric],
        otherLine: row.line,
        why: `The row says ${written(reached)} against its target of ${written(wanted)} and calls it “${row.written[status]?.trim() ?? ""}”.`,
      },
    ];
  });
}

function onlyColumn(header: readonly string[], name: RegExp): number | null {
  const columns = header.flatMap((label, index) =>
    name.test(label) ? [index] : [],
  );
  return columns.length === 1 ? (columns[0] ?? null) : null;
}

/** The one percentage of a cell; a cell that says more is not judged. */
function levelIn({ cells }: TableRow, column: number): Quantity | null {
  const cell = cells[column] ?? "";
  const [quantity, another] = readQuantities(cell);
  if (
    !quantity ||
    another ||
    quantity.unit !== "%" ||
    quantity.sign !== null ||
    quantity.bound?.startsWith("<")
  )
    return null;
  return /\p{L}/u.test(
    cell.slice(0, quantity.index) +
      cell.slice(quantity.index + quantity.length),
  )
    ? null
    : quantity;
}

/** Whether a status cell says that the target is met; null where it says something else, or nothing. */
function verdictIn(
  { cells, written: cell }: TableRow,
  column: number,
): boolean | null {
  const words = (cells[column] ?? "").trim();
  const marks = cell[column] ?? "";
  if (REACHED.test(words)) return /[❌✗✘⚠]/u.test(marks) ? null : true;
  if (SHORT.test(words)) return /[✅✓✔]/u.test(marks) ? null : false;
  if (words !== "") return null;
  return /[✅✔]/u.test(marks) ? true : /[❌✘]/u.test(marks) ? false : null;
}

/** Whether a result reaches a level; null where their precision leaves it open, or the result is above a range. */
function isReached(result: Quantity, wanted: Quantity): boolean | null {
  const slack = precisionOf(result) + precisionOf(wanted);
  if ((result.upper ?? result.value) + slack < wanted.value) return false;
  return result.value - slack > wanted.value &&
    (wanted.upper === null || result.value <= wanted.upper)
    ? true
    : null;
}

/** Half a unit of the last digit, a whole one after "~". */
function precisionOf({ precision, approximate }: Quantity): number {
  return 10 ** -precision / (approximate ? 1 : 2);
}

/** "50 %", "40-45 %". */
function written({ value, upper }: Quantity): string {
  return upper === null ? `${value} %` : `${value}-${upper} %`;
}

/** "…: ✅ YES (estimated 40-45 % …": the answer, and what its bracket gives for it. */
const ANSWER =
  /(?::|→|\s[-–—])\s*(?:[✅✓✔☑]\uFE0F?\s*)?(?:yes|met|passed|pass|achieved|reached)\b[^()]{0,20}\(((?:(?:estimated|est\.?|actual(?:ly)?|currently|measured|achieved|now|at|only|about|approx\.?)\s+)*)/iu;

/** The level that a statement says yes to, where its bracket gives less. */
export function disputedAnswer(
  { text, line, row }: Statement,
  claimsAt: ClaimsByLine,
): Dispute[] {
  const asked = claimsAt
    .get(line)
    ?.find((claim) => claim.atLeast && claim.unit === "%");
  if (row !== null || !asked) return [];
  const words = plain(text);
  const answer = ANSWER.exec(words);
  if (!answer || typeof asked.value !== "number") return [];
  const value = asked.value;
  const start = answer.index + answer[0].length;
  const quantities = readQuantities(words);
  const level = quantities.find(
    (quantity) =>
      quantity.unit === "%" &&
      quantity.value === value &&
      quantity.index < answer.index,
  );
  const given = quantities.find(
    ({ index }) => index >= start - (answer[1]?.length ?? 0),
  );
  if (
    !level ||
    !given ||
    given.unit !== "%" ||
    given.index > start ||
    isReached(given, level) !== false
  )
    return [];
  return [
    {
      line,
      value,
      metrics: [asked.metric],
      otherLine: line,
      why: `The statement says yes to ${written(level)} and gives ${written(given)} for it.`,
    },
  ];
}
