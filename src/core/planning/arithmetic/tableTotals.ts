import { formatCount } from "../../coverage/counts.ts";
import type { Dispute } from "./dispute.ts";
import {
  countIn,
  type CellCount,
  type Table,
  type TableRow,
} from "./tables.ts";

/** "Total", "**TOTAL**", "Grand total", "Total (6 files)", "Σ"; "Total latency" names a thing. */
const TOTAL =
  /^(?:(?:grand|combined|overall)[ -]?)?(?:totals?|sum|Σ|gesamt|summe|totale|somme|итого|合计|合計|总计)(?: (?:tests?|files?|lines?|suites?|modules?|plans?))?(?:\s*\([^()]*\))?\s*:?$/iu;

const SUBTOTAL = /^sub-?totals?\b|\bsub-?total\s*:?$/i;

/** A total only where its other numbers prove it: "Overall" may be the whole project, of which the rows are a part. */
const WHOLE = /^(?:overall|all|combined|together)\b/i;

/** Rows that are no part of the sum. */
const NO_PART =
  /\b(?:average|avg|mean|median|max|min|target|goal|gap|delta|baseline|difference|change|remaining|previous|before)\b/i;

/** Rows that say the list goes on, so that its total cannot be their sum. */
const GOES_ON = /^(?:\.{2,}|…|etc\b|(?:and )?(?:\d+ )?(?:more|others?)\b)/i;

/** Lists that are cut: the rest of the sum is not shown. */
const SELECTED =
  /\b(?:top|largest|biggest|worst|best|first|selected|example|sample|excerpt|highlights?|key|notable)\b/i;

/** A table that has one metric a row: what stands below each other in it does not add up. */
const METRICS =
  /^(?:metric|measure|criteri|indicator|kpi|requirement|check|aspect|item|property|attribute)/i;

/** Columns whose whole numbers are names, ranks, levels or times. */
const NO_COUNTS =
  /%|^#$|^(?:no|nr|id|rank|phase|plan|wave|sprint|week|day|year|line|order|step)\.?$|\b(?:rate|percent\w*|ratio|avg|average|mean|median|max|min|score|priority|date|time|duration|seconds|minutes|hours|target|goal|threshold|unique|distinct|per|version|weight|risk|workers|level|cumulative|running)\b/i;

/**
 * Totals of a table's columns that are not the sum of the rows above. A column with a cell that is no exact count is not
 * added up, nor is a list that is cut; with subtotals, any reading of what the parts are may make the sum true.
 */
export function disputedTotals({ header, rows, section }: Table): Dispute[] {
  const [about = ""] = header;
  if (
    METRICS.test(about) ||
    SELECTED.test(`${section.slice(-1).join()} ${about}`) ||
    rows.some(({ name }) => GOES_ON.test(name))
  ) {
    return [];
  }
  const summed = rows.filter(({ name }) => !NO_PART.test(name));
  const total = summed.at(-1);
  const above = summed.slice(0, -1);
  const [first] = above;
  if (!total || !first) return [];
  const isNamed = TOTAL.test(total.name);
  if (!isNamed && !WHOLE.test(total.name)) return [];
  const [plainly, ...otherwise] = partings(above);
  const columns = header.flatMap((label, column) => {
    const stated = countIn(total.cells[column] ?? "");
    if (!stated || NO_COUNTS.test(label)) return [];
    const sum = sumOf(plainly, column, stated);
    if (!sum) return [];
    const sums = [
      sum,
      ...otherwise.map((parts) => sumOf(parts, column, stated)),
    ];
    const addsUp = sums.some(
      (each) => each?.value === stated.value && each.of === stated.of,
    );
    return [{ label, stated, sum, addsUp }];
  });
  // "Overall" is a total where another of its numbers is one.
  if (!isNamed && !columns.some(({ addsUp }) => addsUp)) return [];
  return columns
    .filter(({ addsUp }) => !addsUp)
    .map(({ label, stated, sum }) => ({
      line: total.line,
      value: stated.value,
      metrics: [],
      otherLine: first.line,
      why: `The total row says ${written(stated)} for “${label}”; the ${plainly.length} rows above it (from line ${first.line}) add up to ${written(sum)}.`,
    }));
}

type Parts = readonly TableRow[];

/** What the parts of a total may be: all rows but subtotals, the subtotals, the rows since the last of them. */
function partings(above: Parts): [Parts, ...Parts[]] {
  const isSum = ({ name }: TableRow) =>
    SUBTOTAL.test(name) || TOTAL.test(name) || WHOLE.test(name);
  const last = above.findLastIndex(isSum);
  const single = above.filter((row) => !isSum(row));
  return last === -1
    ? [single]
    : [
        single,
        above,
        above.filter(isSum),
        above.slice(last),
        above.slice(last + 1),
      ];
}

type Sum = Pick<CellCount, "value" | "of">;

/** The sum of a column over some rows; null where they are not all counts of the same thing in the same form, or too few. */
function sumOf(parts: Parts, column: number, like: CellCount): Sum | null {
  if (parts.length < 2) return null;
  let value = 0;
  let of = 0;
  for (const { cells } of parts) {
    const count = countIn(cells[column] ?? "");
    if (!count || (count.of === null) !== (like.of === null)) return null;
    if (count.noun !== "" && like.noun !== "" && count.noun !== like.noun) {
      return null;
    }
    value += count.value;
    of += count.of ?? 0;
  }
  return { value, of: like.of === null ? null : of };
}

function written({ value, of }: Sum): string {
  return of === null
    ? formatCount(value)
    : `${formatCount(value)} / ${formatCount(of)}`;
}
