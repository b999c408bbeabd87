import { parsePhaseKey } from "./phaseKey.ts";
import type { Statement } from "./statement.ts";

const NUMBER = String.raw`0*(\d{1,6}[A-Za-z]?(?:\.\d{1,6}){0,3})`;

/** "Phases 8-9", "Phase 8/9", "Phase 8 and 9"; not "Phase 19-02", "Phase 08-80-api" nor "Phase 8-45%". */
const OTHERS = String.raw`((?:[-–—]|\s?[/&+]\s?|\s(?:and|to|through)\s)(?:phase\s)?[1-9]\d{0,2}(?:\.\d{1,3})?(?![\w-]|\.\d|\s?%))?`;

/** A key and, where more than one phase is named, the rest. */
const KEY = String.raw`${NUMBER}(?![\w.]*\d)${OTHERS}`;

/** "Phase 12", "phase-8.5", "PHASE_3", "Phases 8, 9". */
const NAMED = new RegExp(String.raw`\bphases?[ _-]{0,2}${KEY}`, "gi");

/** A phase that a number is compared with is not the one it speaks of: "up from Phase 8", "to start Phase 13". */
const COMPARED =
  /\b(?:from|since|after|before|than|versus|vs|next|for|to|start(?:ing)?|begin|upcoming|unblocks?)\W{1,3}$/i;

/** "Plan 8.5-03" and "12-push-GAP-01-PLAN.md" belong to the phase that they begin with. */
const PLAN = new RegExp(
  String.raw`\bplan\s+${NUMBER}-\d|(?:^|[\s(\x60])${NUMBER}-[\w-]{1,80}(?:PLAN|SUMMARY)\.md`,
  "i",
);

/** Longer texts are not searched further. */
const MAX_TEXT = 1_000;

/**
 * The key of the phase that a statement of a document about several phases speaks of: the one its row or its beginning names,
 * else the one that the nearest heading names, else the only one in its text. Null where none or several are.
 */
export function phaseNamed({ text, section, row }: Statement): string | null {
  const start = text.slice(0, MAX_TEXT);
  const first = row ? rowKeys(row) : keysOf(LEADING.exec(start));
  const headings = section
    .toReversed()
    .map((heading) => keysIn(heading.slice(0, MAX_TEXT)));
  const [key, ...others] =
    [first, ...headings, keysIn(start)].find(({ length }) => length > 0) ?? [];
  if (key !== undefined) return others.length === 0 ? key : null;
  const [, plan, file] = PLAN.exec(start) ?? [];
  return parsePhaseKey(plan ?? file ?? "");
}

/**
 * The keys that a file's name may mean: `PHASE_8_6_REPORT.md` is of phase 8.6, or of phase 8 where there is no 8.6. None where it
 * names no phase.
 */
export function keysInFileName(name: string): string[] {
  const [, number, decimal] =
    /(?:^|[^a-z])phase[ _-]?(\d{1,6}[a-z]?)(?:[._-]([1-9]\d{0,2})(?![\d-]))?/i.exec(
      name,
    ) ?? [];
  if (number === undefined) return [];
  return [...(decimal === undefined ? [] : [`${number}.${decimal}`]), number]
    .map(parsePhaseKey)
    .filter((key) => key !== null);
}

const LEADING = new RegExp(
  String.raw`^[^\p{L}\p{N}]{0,8}phases?[ _-]{0,2}${KEY}`,
  "iu",
);

const IN_CELL = new RegExp(String.raw`^\W{0,4}(?:phases?\s+)?${KEY}`, "i");

/** The phases of a row in a table of phases. */
function rowKeys({ header, cells }: NonNullable<Statement["row"]>): string[] {
  return /^\W*phases?\W*$/i.test(header[0] ?? "")
    ? keysOf(IN_CELL.exec((cells[0] ?? "").slice(0, MAX_TEXT)))
    : [];
}

/** The distinct phases that a text names, save those it only compares with. */
function keysIn(text: string): string[] {
  const keys = new Set<string>();
  for (const match of text.matchAll(NAMED)) {
    const before = text.slice(Math.max(0, match.index - 20), match.index);
    if (COMPARED.test(before)) continue;
    for (const key of keysOf(match)) keys.add(key);
  }
  return [...keys];
}

/** The phase of a match and, where it names more ("Phases 8, 9", "Phase 8-9"), its words: enough to know that it is not one. */
function keysOf(match: RegExpExecArray | null): string[] {
  const [named = "", number = "", others] = match ?? [];
  const key = parsePhaseKey(number);
  if (key === null) return [];
  return others === undefined && !/phases/i.test(named) ? [key] : [key, named];
}
