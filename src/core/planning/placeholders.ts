import { formatCount } from "../coverage/counts.ts";
import type { Finding } from "../finding.ts";
import type { DocumentKind } from "./documentKind.ts";
import { textsBelow, type FrontMatter } from "./frontMatter.ts";
import type { Statement } from "./statement.ts";

/** A place of a template that was never filled in. */
export interface Placeholder {
  /** As written: `[MEASURED]%`, `TBD`. */
  readonly text: string;
  readonly line: number;
}

/** Placeholders kept per document. */
export const MAX_PLACEHOLDERS = 50;

/** Documents that report results; in plans and templates an open place is what it should be. */
const RESULTS: ReadonlySet<DocumentKind> = new Set<DocumentKind>([
  "summary",
  "phase_summary",
  "report",
  "verification",
]);

/**
 * The unfilled places of a document that reports results, in document order. Never inside code, links, check boxes, quotation marks, or a
 * sentence about placeholders: a wrong "unfinished" is worse than a missed one.
 */
export function readPlaceholders(
  kind: DocumentKind,
  { fields }: FrontMatter,
  statements: readonly Statement[],
): Placeholder[] {
  if (!RESULTS.has(kind)) return [];
  const front = [...textsBelow(fields)].map(({ text, line, keys }) => ({
    line,
    values: [{ label: keys.join(" "), value: text }],
  }));
  const body = statements
    .filter(({ text }) => !/\b(?:placeholders?|templates?)\b/i.test(text))
    .map((statement) => ({
      line: statement.line,
      values: valuesOf(statement),
    }));
  return [...front, ...body].flatMap(({ line, values }) =>
    values.flatMap(openPlaces).map((text) => ({ text, line })),
  );
}

/** One finding for a document, at its first open place. */
export function placeholderFindings(
  placeholders: readonly Placeholder[],
): Finding[] {
  const [first] = placeholders;
  if (!first) return [];
  const more = placeholders.length - 1;
  const others =
    more === 0
      ? ""
      : `; ${formatCount(more)} more ${more === 1 ? "place is" : "places are"} open`;
  return [
    {
      kind: "placeholder",
      path: "",
      line: first.line,
      message: `“${first.text}” stands where a value belongs${others}. Fill in what was measured, or say that it was not.`,
    },
  ];
}

/** A piece of a document, and what it is the value of; "" where nothing says. */
interface Value {
  readonly label: string;
  readonly value: string;
}

const ELLIPSIS = /^(?:…|\.{3})$/;

function valuesOf({ row, text, section }: Statement): Value[] {
  const later = section.some((name) => LATER.test(name));
  if (row) {
    // A row of dots alone says that rows were left out, and is no template.
    if (row.cells.every((cell) => cell === "" || ELLIPSIS.test(cell)))
      return [];
    const subject = row.cells.slice(0, 1);
    return row.cells.map((value, column) => ({
      label: later
        ? ""
        : [row.header[column], ...(column > 0 ? subject : [])].join(" "),
      value,
    }));
  }
  const [, label = "", value = text] =
    /^[*_\s]{0,4}([^:*|]{2,60})[*_]{0,3}:[*_]{0,3}\s+(\S.*)$/.exec(text) ?? [];
  return [{ label: later ? "" : label, value }];
}

/** Sections about what is still to come: there "TBD" is an answer. */
const LATER =
  /\b(?:next (?:steps?|phases?|plans?|milestone)|future|remaining|recommend\w*|upcoming|handoff|to do|open (?:questions?|issues?|items?))\b/i;

function openPlaces({ label, value }: Value): string[] {
  if (!MAY_HOLD.test(value)) return [];
  const words = value.replace(/`[^`]*`/g, " ");
  const inside = [...words.matchAll(INSIDE)].map(([found]) => found.trim());
  if (inside.length > 0) return inside;
  const whole = words.replace(/^[\s*_~]+|[\s*_]+$/g, "");
  return WHOLE.test(whole) || (UNSAID.test(whole) && isResult(label))
    ? [whole]
    : [];
}

/** Most values have none of these, and one look says so. */
const MAY_HOLD = /[[{<…?X]|\.{3}|TBD|TODO/;

/**
 * Unmistakable wherever it stands: `[MEASURED]%`, `XX.X%`, `[PASS/FAIL]`, `[N]`, `<fill in>`. A link `[text](url)`, a reference
 * `[N]: url`, an index `x[N]` and what is quoted are something else.
 */
const INSIDE = new RegExp(
  [
    String.raw`(?<![\w\])"'“‘[])\[(?:MEASURED|ACTUAL|VALUE|RESULTS?|PERCENT(?:AGE)?|COUNT|NUMBER|DATE|TBD|N|NN|XX+|X+\.X+|N\.N|(?:fill in|insert|to be (?:determined|measured|filled|confirmed))\b[^\[\]]{0,60})\]%?(?![\w([:"'”’])`,
    String.raw`(?<![\w\])"'“‘[])\[[A-Z ]{0,20}(?:PASS|FAIL|YES|MET|DONE)[A-Z ]{0,20}(?:\/[A-Z ]{2,20}){1,4}\](?![\w([:"'”’])`,
    String.raw`(?<![\w"'“‘.])X{1,3}\.X{1,3}\s?%(?![\w"'”’])`,
    String.raw`(?<![\w"'“‘.])XX{1,2}(?:\s?%|\/XX{1,2})(?![\w"'”’])`,
    String.raw`<(?:fill[ -]?in|insert|to be)\b[^<>]{0,60}>`,
  ].join("|"),
  "g",
);

/** Open only where it is all that a cell or a field holds. */
const WHOLE =
  /^(?:\{\{\s*[A-Za-z_][\w .-]{0,40}\}\}|<(?:your|value|number|date|count|percent\w*|placeholder|tbd|todo)\b[^<>]{0,40}>|\[(?:hash|sha|commit|commit hash|date|value|number|count|percent\w*|duration|measured|result)\]%?|X\s?%|X{1,3}\.X{1,3}|\[X\]\s?%|\?{3,})$/i;

/** Says that there is no value; odd only where a result belongs. */
const UNSAID = /^(?:TBD|TODO|…|\.{3})$/i;

/** By the words that results stand under; those of a plan ("Target", "Due") may well be open. */
function isResult(label: string): boolean {
  return (
    /coverage|rate\b|result|actual|measured|value|current|achieved|\bafter\b|final|pass|fail|count|score|percent|%|\btests?\b|lines|duration|\btime\b|latency/i.test(
      label,
    ) &&
    !/target|goal|planned|\beta\b|\bdue\b|owner|next|future|pattern|status/i.test(
      label,
    )
  );
}
