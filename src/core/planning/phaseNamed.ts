import { parsePhaseKey } from "./phaseKey.ts";
import type { Statement } from "./statement.ts";

const NUMBER = String.raw`0*(\d{1,6}[A-Za-z]?(?:\.\d{1,6}){0,3})`;

const KEY = String.raw`${NUMBER}(?![\w.]*\d)`;

/** "Phase 12", "phase-8.5", "PHASE_3". */
const NAMED = new RegExp(String.raw`\bphase[ _-]{0,2}${KEY}`, "gi");

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
  const first = row ? rowKey(row) : leadingKey(start);
  if (first !== null) return first;
  for (const heading of section.toReversed()) {
    const keys = keysIn(heading.slice(0, MAX_TEXT));
    if (keys.length === 1) return keys[0] ?? null;
    if (keys.length > 1) return null;
  }
  const keys = keysIn(start, COMPARED);
  if (keys.length > 0) return keys.length === 1 ? (keys[0] ?? null) : null;
  const [, plan, file] = PLAN.exec(start) ?? [];
  return parsePhaseKey(plan ?? file ?? "");
}

/**
 * The keys that a file's name may mean: `PHASE_8_6_REPORT.md` is of phase 8.6, or of phase 8 where there is no 8.6. None where it
 * names no phase.
 */
export function keysInFileName(name: string): string[] {
  const [, number, decimal] =
    /(?:^|[^a-z])phase[ _-]?(\d{1,6}[a-z]?)(?:[._-](\d{1,3})(?![\d-]))?/i.exec(
      name,
    ) ?? [];
  if (number === undefined) return [];
  return [
    ...(decimal === undefined ? [] : [`${number}.${decimal}`]),
    number,
  ].flatMap((token) => parsePhaseKey(token) ?? []);
}

/** The phase of a row in a table of phases. */
function rowKey({ header, cells }: NonNullable<Statement["row"]>) {
  if (!/^\W*phases?\W*$/i.test(header[0] ?? "")) return null;
  const [, token = ""] =
    new RegExp(String.raw`^\W{0,4}(?:phase\s+)?${KEY}`, "i").exec(
      cells[0] ?? "",
    ) ?? [];
  return parsePhaseKey(token);
}

function leadingKey(text: string): string | null {
  const [, token = ""] =
    new RegExp(String.raw`^[^\p{L}\p{N}]{0,8}phase[ _-]{0,2}${KEY}`, "iu").exec(
      text,
    ) ?? [];
  return parsePhaseKey(token);
}

/** The distinct phases that a text names, save those after words such as `unless`. */
function keysIn(text: string, unless?: RegExp): string[] {
  const keys = new Set<string>();
  for (const match of text.matchAll(NAMED)) {
    const key = parsePhaseKey(match[1] ?? "");
    const before = text.slice(Math.max(0, match.index - 20), match.index);
    if (key !== null && !unless?.test(before)) keys.add(key);
  }
  return [...keys];
}
