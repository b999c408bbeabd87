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
  if (
    METRICS.test(header[0] ?? "") ||
    SELECTED.test(`${section.at(-1) ?? ""} ${header[0] ?? ""}`) ||
    rows.some(({ name }) => GOES_ON.test(name))
  ) {
    return [];
  }
  const summed = rows.filter(({ name }) => !NO_PART.test(name));
  const total = summed.at(-1);
  if (!total) return [];
  const above = summed.slice(0, -1);
  const isNamed = TOTAL.test(total.name);
  if (!isNamed && !WHOLE.test(total.name)) return [];
  const columns = header.flatMap((label, column) => {
    const sum = countIn(total.cells[column] ?? "");
    if (!sum || NO_COUNTS.test(label)) return [];
    const readings = partings(above).flatMap((parts) => {
      const counts = parts.map(({ cells }) => countIn(cells[column] ?? ""));
      return counts.length > 1 && areAlike(sum, counts) ? [counts] : [];
    });
    return readings[0] ? [{ label, sum, readings, all: readings[0] }] : [];
  });
  const addsUp = ({ sum, readings }: (typeof columns)[number]) =>
    readings.some(
      (counts) =>
        added(counts, ({ value }) => value) === sum.value &&
        (sum.of === null || added(counts, ({ of }) => of ?? 0) === sum.of),
    );
  if (!isNamed && !columns.some(addsUp)) return [];
  return columns
    .filter((column) => !addsUp(column))
    .map(({ label, sum, all }) => ({
      line: total.line,
      value: sum.value,
      metrics: [],
      otherLine: above[0]?.line ?? total.line,
      why: `The total row says ${written(sum.value, sum.of)} for “${label}”; the ${all.length} rows above it (from line ${above[0]?.line ?? total.line}) add up to ${written(
        added(all, ({ value }) => value),
        sum.of === null ? null : added(all, ({ of }) => of ?? 0),
      )}.`,
    }));
}

/** What the parts of a total may be: all rows but subtotals, the subtotals, the rows since the last of them. */
function partings(above: readonly TableRow[]): (readonly TableRow[])[] {
  const isSum = ({ name }: TableRow) =>
    SUBTOTAL.test(name) || TOTAL.test(name) || WHOLE.test(name);
  const single = above.filter((row) => !isSum(row));
  if (single.length === above.length) return [single];
  return [
    single,
    above,
    above.filter(isSum),
    above.slice(above.findLastIndex(isSum) + 1),
    above.slice(above.findLastIndex(isSum)),
  ];
}

/** All are counts of the same thing in the same form. */
function areAlike(
  sum: CellCount,
  counts: readonly (CellCount | null)[],
): counts is readonly CellCount[] {
  return counts.every(
    (count) =>
      count !== null &&
      (count.of === null) === (sum.of === null) &&
      (count.noun === sum.noun || count.noun === "" || sum.noun === ""),
  );
}

function added(
  counts: readonly CellCount[],
  of: (count: CellCount) => number,
): number {
  return counts.reduce((sum, count) => sum + of(count), 0);
}

function written(value: number, of: number | null): string {
  return of === null
    ? formatCount(value)
    : `${formatCount(value)} / ${formatCount(of)}`;
}
