import type { Metric } from "./draft.ts";
import { metricNamed } from "./metricNames.ts";
import { bare, plain } from "./words.ts";

type Column =
  | { readonly kind: "skip" }
  | { readonly kind: "prose" }
  | {
      readonly kind: "value";
      readonly metric: Metric | null;
      readonly historic: boolean;
    };

const SKIP: Column = { kind: "skip" };

const WISH_COLUMN =
  /\b(?:target|goal|expected|required?|requirement|threshold|gap|est|estimated|projected|potential|gain|planned|plan|plans|min|minimum|max|cumulative|remaining|missing|uncovered|truth|criterion|criteria|lines?|priority|risk|complexity|effort|size|date|commit|recommended|milestone|increment|reason|impact if|budget|variance|confidence|%\s+of)\b/i;

const PAST_COLUMN =
  /^(?:before\b.*|baseline\b.*|previous\b.*|previously\b.*|start(?:ing)?\b.*|initial\b.*|old|from|pre-.*|prior\b.*|.*\bclaim(?:ed|s)?|.*\(before\))$/i;

const NOW_COLUMN =
  /^(?:achieved|actual|after\b.*|current\b.*|now|final|result|results?|value|new|post-.*|measured|end(?:ing)?|outcome|%|percent|percentage)$/i;

const PROSE_COLUMN =
  /^(?:status|details?|evidence|notes?|explanation|impact|observation|comments?|description|verification|measurement)$/i;

/** What the cells below a column header hold; goals, dates and the like are skipped. */
export function columnOf(name: string): Column {
  const header = bare(plain(name)).replace(/\s+/g, " ");
  if (PAST_COLUMN.test(header)) {
    return { kind: "value", metric: metricNamed(header), historic: true };
  }
  if (PROSE_COLUMN.test(header)) return { kind: "prose" };
  if (/^coverage (?:areas?|source|gap)/i.test(header)) return SKIP;
  if (NOW_COLUMN.test(header)) {
    return { kind: "value", metric: metricNamed(header), historic: false };
  }
  if (WISH_COLUMN.test(header.replace(/\bline(?= coverage)/i, ""))) return SKIP;
  if (/^(?:improvement|delta|change|increase|Δ)$/i.test(header)) {
    return { kind: "value", metric: "coverage_delta", historic: false };
  }
  const metric = metricNamed(header);
  return metric === null ? SKIP : { kind: "value", metric, historic: false };
}

/** The cell that says what the row is about: under "File" where there is one, else the first that is not a number or an id. */
export function namingCell(
  header: readonly string[],
  cells: readonly string[],
  columns: readonly Column[],
): number | null {
  const file = header.findIndex((name) =>
    /^(?:file|module|target file|component|service)$/i.test(name),
  );
  if (file !== -1 && /\p{L}/u.test(cells[file] ?? "")) return file;
  for (const [index, cell] of cells.entries()) {
    if (index >= 3) break;
    if (columns[index]?.kind === "value" && metricNamed(header[index] ?? ""))
      continue;
    if (/\p{L}/u.test(cell) && !/^[\d.-]+[a-z]?$/i.test(cell)) return index;
  }
  return null;
}
