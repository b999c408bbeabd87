import { bare } from "../claims/words.ts";
import { readQuantities, type Quantity } from "../quantity.ts";
import type { Statement } from "../statement.ts";

/** The rows of one table, in plain words. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  readonly section: readonly string[];
}

export interface TableRow {
  readonly line: number;
  /** Without emphasis and emoji. */
  readonly cells: readonly string[];
  /** As written. */
  readonly written: readonly string[];
  /** The first cell that is not empty: what the row is about, be it an id. */
  readonly name: string;
}

/** The tables of a document in order. */
export function tablesOf(statements: readonly Statement[]): Table[] {
  const tables: Table[] = [];
  let of: readonly string[] | null = null;
  let rows: TableRow[] = [];
  for (const { row, line, section } of statements) {
    // The rows of one table hold its very header.
    if (row && row.header !== of) {
      rows = [];
      tables.push({ header: row.header.map(bare), rows, section });
    }
    of = row?.header ?? null;
    if (!row) continue;
    const cells = row.cells.map(bare);
    rows.push({
      line,
      cells,
      written: row.cells,
      name: cells.find((cell) => cell !== "") ?? "",
    });
  }
  return tables;
}

/** A whole number that a cell holds and nothing else but the word for what it counts. */
export interface CellCount {
  readonly value: number;
  /** The d of `n/d`. */
  readonly of: number | null;
  readonly noun: string;
}

/** Null where the cell holds no count, only about one, or more than one number. */
export function countIn(cell: string): CellCount | null {
  const [quantity, another] = readQuantities(cell);
  if (!quantity || another || !isExactCount(quantity)) return null;
  const before = cell.slice(0, quantity.index);
  const after = cell.slice(quantity.index + quantity.length).trim();
  if (/\S/.test(before) || !/^(?:\p{L}+(?: \p{L}+)?)?$/u.test(after)) {
    return null;
  }
  return {
    value: quantity.sign === "-" ? -quantity.value : quantity.value,
    of: quantity.denominator,
    noun: after.toLowerCase().replace(/s$/, ""),
  };
}

/** A whole number written out: no "~", no "600+", no range, no unit. */
export function isExactCount(quantity: Quantity): boolean {
  return (
    quantity.unit === null &&
    quantity.precision === 0 &&
    quantity.upper === null &&
    !quantity.approximate &&
    quantity.sign !== "±" &&
    (quantity.bound === null || quantity.bound === "==")
  );
}
