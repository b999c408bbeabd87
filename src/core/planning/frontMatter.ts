import {
  isAlias,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type ParsedNode,
  type Scalar,
} from "yaml";
import type { Finding } from "../finding.ts";

/**
 * Front matter, read so that nothing is lost. People and agents write YAML that strict parsers refuse
 * (10 % of a large repository's documents: docs/design.md, "Documents"); a document that is refused whole is a
 * verdict that is missing. Errors become findings with their line, and what can be recovered stays.
 */
export interface FrontMatter {
  readonly fields: FrontMap;
  /** 1-based line at which the body begins. */
  readonly bodyLine: number;
  readonly findings: readonly Finding[];
}

export type FrontValue = FrontText | FrontList | FrontMap;

export interface FrontText {
  readonly kind: "text";
  readonly text: string;
  readonly line: number;
}

export interface FrontList {
  readonly kind: "list";
  readonly items: readonly FrontValue[];
  readonly line: number;
}

export interface FrontMap {
  readonly kind: "map";
  readonly entries: readonly {
    readonly key: string;
    readonly line: number;
    readonly value: FrontValue;
  }[];
  readonly line: number;
}

/** Errors told one by one; past this the rest are counted, since one lost dash makes hundreds. */
const ERRORS_TOLD = 20;

/** Deeper nesting than this is no front matter but an attack on the stack. */
const MAX_DEPTH = 40;

/**
 * Reads the front matter at the very start of a document: `---` alone on the first line (after a byte order mark),
 * closed by `---`. A document without one has no fields. Never throws.
 */
export function readFrontMatter(path: string, text: string): FrontMatter {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines[0]?.replace(/^\uFEFF/, "").trimEnd() !== "---") return none(1);

  const closing = lines.findIndex(
    (line, index) => index > 0 && line.trimEnd() === "---",
  );
  const begin = bodyBegin(lines);
  if (closing !== -1) {
    const whole = parse(path, lines.slice(1, closing));
    // With errors and a body inside, the `---` found was a horizontal rule further down.
    if (whole.findings.length === 0 || begin === -1 || begin > closing) {
      return { ...whole, bodyLine: closing + 2 };
    }
  }

  const end = begin === -1 ? lines.length : begin;
  const part = parse(path, lines.slice(1, end));
  if (part.fields.entries.every(({ key }) => key === "")) {
    const unclosed = oddity(
      path,
      1,
      "Front matter is opened on line 1, never closed, and holds no field. Remove line 1, or write fields and a line `---` after the last one.",
    );
    return { ...none(2), findings: [unclosed] };
  }
  const unclosed =
    begin === -1
      ? oddity(
          path,
          1,
          "The front matter opened on line 1 is never closed; it was read to the end. Add a line `---` after its last field.",
        )
      : oddity(
          path,
          begin + 1,
          `The front matter opened on line 1 is not closed before the text on line ${begin + 1}; it was read up to there. Add a line \`---\` above line ${begin + 1}.`,
        );
  return {
    fields: part.fields,
    bodyLine: end + 1,
    findings: [unclosed, ...part.findings],
  };
}

/** The value of a key, by any of its spellings; undefined where there is none. */
export function field(
  value: FrontValue | undefined,
  ...names: readonly string[]
): FrontValue | undefined {
  if (value?.kind !== "map") return undefined;
  for (const name of names) {
    const found = value.entries.find((entry) => entry.key === name);
    if (found) return found.value;
  }
  return undefined;
}

/** A scalar's text, trimmed; undefined for anything else and for an empty one. */
export function textOf(value: FrontValue | undefined): string | undefined {
  if (value?.kind !== "text") return undefined;
  const text = value.text.trim();
  return text === "" ? undefined : text;
}

/** The items of a list; a single scalar counts as a list of one, as people write `tags: coverage`. */
export function itemsOf(value: FrontValue | undefined): readonly FrontValue[] {
  if (value === undefined) return [];
  if (value.kind === "list") return value.items;
  return textOf(value) === undefined ? [] : [value];
}

/** Every scalar below a value with the keys that lead to it, in document order. */
export function* textsBelow(
  value: FrontValue,
  keys: readonly string[] = [],
): Generator<{ text: string; line: number; keys: readonly string[] }> {
  switch (value.kind) {
    case "text":
      if (value.text.trim() !== "") {
        yield { text: value.text.trim(), line: value.line, keys };
      }
      return;
    case "list":
      for (const item of value.items) yield* textsBelow(item, keys);
      return;
    case "map":
      for (const entry of value.entries) {
        yield* textsBelow(entry.value, [...keys, entry.key]);
      }
  }
}

function none(bodyLine: number): FrontMatter {
  return {
    fields: { kind: "map", entries: [], line: 1 },
    bodyLine,
    findings: [],
  };
}

/**
 * The index of the first line that is Markdown for certain, else -1: a title alone between blank lines (a YAML comment
 * stands above a field), or bold text or a tag at the margin.
 */
function bodyBegin(lines: readonly string[]): number {
  const blank = (line: string | undefined) => (line ?? "").trim() === "";
  return lines.findIndex(
    (line, index) =>
      index > 0 &&
      (/^(?:\*\*\S|<[A-Za-z])/.test(line) ||
        (/^#{1,6} \S/.test(line) &&
          blank(lines[index - 1]) &&
          blank(lines[index + 1]))),
  );
}

function parse(path: string, lines: readonly string[]) {
  const counter = new LineCounter();
  const document = parseDocument(lines.join("\n"), {
    // Failsafe keeps `plan: "09"` and `phase: 19.10` as written; the core schema makes them 9 and 19.1.
    schema: "failsafe",
    uniqueKeys: false,
    lineCounter: counter,
    prettyErrors: false,
  });
  // The YAML begins on line 2 of the file; an error at its very end belongs to its last line.
  const lineAt = (offset: number) =>
    Math.min(counter.linePos(offset).line, lines.length) + 1;
  const findings = document.errors
    .slice(0, ERRORS_TOLD)
    .map((error) =>
      oddity(
        path,
        lineAt(error.pos[0]),
        `Not valid YAML: ${mend(error.code, error.message)}`,
      ),
    );
  const untold = document.errors.length - findings.length;
  if (untold > 0) {
    findings.push(
      oddity(
        path,
        null,
        `${untold} more YAML errors follow; the first one usually causes the rest.`,
      ),
    );
  }

  const tooDeep = new Set<number>();
  const root = toValue(document.contents, { lineAt, tooDeep }, MAX_DEPTH);
  for (const line of tooDeep) {
    findings.push(
      oddity(
        path,
        line,
        `Fields are nested more than ${MAX_DEPTH} levels deep; what lies deeper was left out. Nest them less.`,
      ),
    );
  }
  if (root !== null && root.kind !== "map") {
    findings.push(
      oddity(
        path,
        root.line,
        "The front matter is not made of fields. Write each one as `name: value`.",
      ),
    );
  }
  const read: FrontMap["entries"] =
    root === null
      ? []
      : root.kind === "map"
        ? root.entries
        : [{ key: "", line: root.line, value: root }];
  const known = new Set(read.map(({ key }) => key));
  const recovered =
    findings.length === 0
      ? []
      : recoverFields(lines).filter(({ key }) => !known.has(key));
  const fields: FrontMap = {
    kind: "map",
    entries: [...read, ...recovered],
    line: 2,
  };
  return { fields, findings };
}

function oddity(path: string, line: number | null, message: string): Finding {
  return { kind: "front_matter", path, line, message };
}

/** Top-level `key: value` lines, for what a broken neighbour took down with it. */
function recoverFields(lines: readonly string[]): FrontMap["entries"] {
  return lines.flatMap((text, index) => {
    const match = /^([A-Za-z_][\w-]{0,60}):[ \t]+(\S.*)$/.exec(text);
    if (!match) return [];
    const [, key = "", value = ""] = match;
    const line = index + 2;
    const bare = value.trim().replace(/^(["'])(.*)\1$/, "$2");
    return [{ key, line, value: { kind: "text", text: bare, line } }];
  });
}

interface Place {
  /** The line in the file of an offset in the YAML. */
  readonly lineAt: (offset: number) => number;
  /** Lines at which something was nested too deep to be read. */
  readonly tooDeep: Set<number>;
}

function toValue(
  node: ParsedNode | null,
  place: Place,
  depth: number,
): FrontValue | null {
  if (node === null) return null;
  const line = place.lineAt(node.range[0]);
  if (depth === 0) {
    place.tooDeep.add(line);
    return null;
  }
  // Aliases are kept as written and never followed: that is what a billion laughs is made of.
  if (isAlias(node)) return { kind: "text", text: `*${node.source}`, line };
  if (isScalar(node)) return { kind: "text", text: scalarText(node), line };
  if (isSeq<ParsedNode>(node)) {
    const items = node.items.flatMap(
      (item) => toValue(item, place, depth - 1) ?? [],
    );
    return { kind: "list", items, line };
  }
  const entries = node.items.flatMap((pair) => {
    const value = toValue(pair.value, place, depth - 1);
    const keyLine = place.lineAt(pair.key.range[0]);
    if (isScalar(pair.key)) {
      const key = scalarText(pair.key);
      const empty: FrontText = { kind: "text", text: "", line: keyLine };
      return [{ key, line: keyLine, value: value ?? empty }];
    }
    // A missing `gaps:` makes the whole list a key; what it says is still there.
    return [toValue(pair.key, place, depth - 1), value].flatMap((lost) =>
      lost ? [{ key: "", line: keyLine, value: lost }] : [],
    );
  });
  return { kind: "map", entries, line };
}

/** The failsafe schema makes every scalar a text. */
function scalarText({ value }: Scalar): string {
  return String(value);
}

function mend(code: string, message: string): string {
  switch (code) {
    case "UNEXPECTED_TOKEN":
      return "text follows a quoted value. Put the whole value in one pair of quotes.";
    case "BAD_DQ_ESCAPE":
      return 'a backslash in double quotes starts an escape. Use single quotes, or write "\\\\".';
    case "BAD_SCALAR_START":
      return "a value cannot begin with `@` or a backtick. Put it in quotes.";
    case "BLOCK_AS_IMPLICIT_KEY":
      return "a colon inside an unquoted value starts a new field. Put the value in quotes.";
    default:
      return `${message.split("\n")[0]?.replace(/ at line .*$/, "")}.`;
  }
}
