import {
  field,
  itemsOf,
  textOf,
  type FrontMatter,
  type FrontValue,
} from "./frontMatter.ts";

/** What a PLAN document promises. */
export interface PlanReading {
  readonly wave: number | null;
  readonly gapClosure: boolean;
  readonly superseded: boolean;
  readonly truths: readonly { readonly text: string; readonly line: number }[];
  readonly requiredFiles: readonly RequiredFile[];
  readonly keyLinks: readonly KeyLink[];
}

/** GSD's `must_haves.artifacts`: a file that must exist, and what it must hold. */
export interface RequiredFile {
  readonly path: string;
  readonly line: number;
  /** The text as written where it is no number. */
  readonly minLines: number | string | null;
  readonly contains: readonly string[];
  readonly exports: readonly string[];
}

/** GSD's `must_haves.key_links`: `from` must use `to`. */
export interface KeyLink {
  readonly from: string;
  readonly to: string;
  readonly pattern: string | null;
  readonly line: number;
}

/** Reads the fields of a plan's front matter; what is absent or of another shape is left out, never invented. */
export function readPlan({ fields }: FrontMatter): PlanReading {
  const mustHaves = field(fields, "must_haves", "must-haves");
  const wave = Number(textOf(field(fields, "wave")) ?? Number.NaN);
  return {
    wave: Number.isInteger(wave) ? wave : null,
    gapClosure: textOf(field(fields, "gap_closure", "gap-closure")) === "true",
    superseded: textOf(field(fields, "status")) === "superseded",
    // Some plans list their truths directly below `must_haves`.
    truths: truthsOf(
      mustHaves?.kind === "list" ? mustHaves : field(mustHaves, "truths"),
    ),
    requiredFiles: itemsOf(field(mustHaves, "artifacts")).flatMap(requiredFile),
    keyLinks: itemsOf(field(mustHaves, "key_links", "key-links")).flatMap(
      keyLink,
    ),
  };
}

function truthsOf(value: FrontValue | undefined) {
  return itemsOf(value).flatMap((item) => {
    const text = sentence(item);
    return text === null ? [] : [{ text, line: item.line }];
  });
}

/** A truth as one sentence: an unquoted colon turned some into maps (`Tests cover: x` ↦ {Tests cover: x}). */
export function sentence(value: FrontValue): string | null {
  if (value.kind === "text") return textOf(value) ?? null;
  if (value.kind === "map") {
    const [first] = value.entries;
    const said = [first?.key, textOf(first?.value)].filter(Boolean);
    return said.length === 0 ? null : said.join(": ");
  }
  return null;
}

function requiredFile(value: FrontValue): RequiredFile[] {
  const path =
    value.kind === "text" ? textOf(value) : textOf(field(value, "path"));
  if (path === undefined) return [];
  // Repeated `contains:` keys are invalid YAML that plans really use; each one is a check.
  const contains =
    value.kind === "map"
      ? value.entries
          .filter((entry) => entry.key === "contains")
          .flatMap((entry) => texts(entry.value))
      : [];
  return [
    {
      path,
      line: value.line,
      minLines: linesIn(textOf(field(value, "min_lines"))),
      contains,
      exports: texts(field(value, "exports")),
    },
  ];
}

/** `200`, `200+`, `~200 lines`, `1,200`. */
function linesIn(text: string | undefined): number | string | null {
  if (text === undefined) return null;
  const [, number] =
    /^(?:>=|≥|~|at least)? ?(\d{1,3}(?:,\d{3})+|\d{1,7}) ?\+? ?(?:lines)?$/i.exec(
      text.trim(),
    ) ?? [];
  return number === undefined ? text : Number(number.replaceAll(",", ""));
}

function keyLink(value: FrontValue): KeyLink[] {
  const from = textOf(field(value, "from"));
  const to = textOf(field(value, "to"));
  if (from === undefined || to === undefined) return [];
  return [
    {
      from,
      to,
      pattern: textOf(field(value, "pattern")) ?? null,
      line: value.line,
    },
  ];
}

function texts(value: FrontValue | undefined): string[] {
  return itemsOf(value).flatMap((item) => textOf(item) ?? []);
}
