import { alternatives } from "./languages/all.ts";
import type { UnitWord } from "./languages/vocabulary.ts";
import { readPrefix, readSuffix } from "./quantityWords.ts";

/**
 * A number as people write it in documents, with the words and signs that belong to it.
 * `≥ 98 %`, `80%+`, `at least 80 percent`, `25–27%`, `~35%`, `±0.5%`, `131/131`, `30+/33`, `<60 minutes`, `98,5 %`.
 */
export interface Quantity {
  /** Where it starts in the text as given: at its first sign or bound word ("at least 80%" starts at "at"). */
  readonly index: number;
  /** Characters up to the end of its unit and of what follows it ("80 % or more" ends after "more"). */
  readonly length: number;
  /** Durations are in seconds; the rest is as written, without its sign. */
  readonly value: number;
  /** End of a written range (25–27 %), same unit as `value`, always greater than it; else null. */
  readonly upper: number | null;
  /** The d of `n/d` or `n of d`; `value` is n. */
  readonly denominator: number | null;
  /** `%`, percentage points, seconds, or null for a bare number. */
  readonly unit: "%" | "pp" | "s" | null;
  /** Decimals written (55.32 → 2, 55 → 0); the greater of both for a range. As written, so "1.5 minutes" has 1. */
  readonly precision: number;
  /** What the signs and words say (`80%+`, "at least", "under"); null where they say nothing, "==" for "exactly" and `=`. */
  readonly bound: ">=" | ">" | "<=" | "<" | "==" | null;
  /** An explicit sign before the number; `±` states a tolerance. */
  readonly sign: "+" | "-" | "±" | null;
  /** "~", "about", "etwa", "environ". */
  readonly approximate: boolean;
}

/** Characters that are read; a statement longer than this is not prose. */
export const MAX_QUANTITY_TEXT = 20_000;

/** Reads every number of a text in order. Never throws; takes time linear in the text. */
export function readQuantities(text: string): Quantity[] {
  const plain = narrow(text.slice(0, MAX_QUANTITY_TEXT));
  const quantities: Quantity[] = [];
  let end = 0;
  for (const { index, 0: digits } of plain.matchAll(NUMBER)) {
    if (index < end) continue;
    const skipped = partOfAName(plain, index, index + digits.length);
    if (skipped > 0) {
      end = skipped;
      continue;
    }
    const quantity = readOne(plain, index, end);
    end = quantity.index + quantity.length;
    const whole = continued(plain, quantities.at(-1), quantity);
    if (whole) quantities[quantities.length - 1] = whole;
    else quantities.push(quantity);
  }
  return quantities;
}

/** Digits with thousands in groups of three, or with one decimal mark. */
const NUMBER =
  /\d{1,3}(?:[,\u00a0\u202f\u2009'’]\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:[.,]\d+)?/gu;

const NUMBER_HERE = new RegExp(NUMBER.source, "uy");

/** Full-width forms of East Asian text as their ASCII twins, one for one, so that positions stay true. */
function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e≧⩾≦⩽−〜∼≃≅]/g, (char) => {
    const twin = TWINS[char];
    return twin ?? String.fromCharCode(char.charCodeAt(0) - 0xfee0);
  });
}

const TWINS: Readonly<Record<string, string>> = {
  "≧": "≥",
  "⩾": "≥",
  "≦": "≤",
  "⩽": "≤",
  "−": "-",
  "〜": "~",
  "∼": "~",
  "≃": "≈",
  "≅": "≈",
};

/**
 * Digits inside a name, an ordinal, a date or a version are no quantity: TQ-02, test_3.py, 11th, 2026-02-10, v1.2.3.
 * Returns where to read on, or 0 when the number stands for itself.
 */
function partOfAName(text: string, start: number, end: number): number {
  const before = text.slice(Math.max(0, start - 2), start);
  const inside =
    /[A-Za-z_@#$\\]$|[\p{L}\p{N}_][-./:]$|[./]$/u.test(before) &&
    // "coverage:80%" and "50%/60%" are not names.
    !/(?:\p{L}:|[%+][/-])$/u.test(before);
  NAME_AFTER.lastIndex = end;
  const after = NAME_AFTER.exec(text);
  return inside || after ? end + (after?.[0].length ?? 0) : 0;
}

/** A letter glued to the number (11th, 2x, 01b), a further part (1.2.3, 10:30) or a date; units are let through. */
const NAME_AFTER =
  /(?!(?:ms|s|secs?|mins?|m|h|hrs?|pp|pts?|pct)(?![A-Za-z]))[A-Za-z_]{1,40}|[.:]\d[\d.:]{0,40}|-\d{1,4}-\w[\w-]{0,40}|\/\d{1,4}\/\d{1,4}/y;

interface Part {
  readonly value: number;
  readonly decimals: number;
  readonly unit: Quantity["unit"];
  readonly plus: boolean;
  readonly end: number;
}

function readOne(text: string, start: number, floor: number): Quantity {
  const percentFirst = PERCENT_FIRST.test(
    text.slice(Math.max(floor, start - 2), start),
  );
  const prefix = readPrefix(text, percentFirst ? start - 1 : start, floor);
  const first = readPart(text, start);
  const joined =
    readFraction(text, first) ?? readRange(text, start, first, prefix.between);
  const last = joined ?? first;
  const suffix = readSuffix(text, last.end);
  const plus = first.plus || last.plus;
  const { approximate, sign } = prefix;
  return {
    index: prefix.start,
    length: suffix.end - prefix.start,
    value:
      first.unit === null && joined?.upper !== undefined
        ? joined.scale * first.value
        : first.value,
    upper: joined?.upper ?? null,
    denominator: joined?.denominator ?? null,
    unit: last.unit ?? (percentFirst ? "%" : null),
    precision: Math.max(
      first.decimals,
      joined?.upper === undefined ? 0 : last.decimals,
    ),
    bound: prefix.bound ?? suffix.bound ?? (plus ? ">=" : null),
    sign,
    approximate: approximate || suffix.approximate,
  };
}

/** Turkish and Basque write "%80". */
const PERCENT_FIRST = /(?:^|[^\p{L}\p{N}%])%$/u;

interface Joined extends Part {
  readonly denominator?: number;
  readonly upper?: number;
  /** What the range's shared unit makes of its first number: 60 in "5-10 minutes". */
  readonly scale: number;
}

/** One number with its unit and its plus: "80", "80%+", "80+ %", "5 minutes". */
function readPart(
  text: string,
  start: number,
): Part & { readonly scale: number } {
  NUMBER_HERE.lastIndex = start;
  const digits = NUMBER_HERE.exec(text)?.[0] ?? "";
  let end = start + digits.length;
  let plus = false;
  const takePlus = () => {
    PLUS.lastIndex = end;
    const found = PLUS.exec(text)?.[0];
    if (found === undefined) return;
    plus = true;
    end += found.length;
  };
  takePlus();
  const unit = readUnit(text, end);
  end += unit.length;
  if (unit.length > 0) takePlus();
  const { value, decimals } = numberOf(digits, unit.unit);
  return {
    value: value * unit.scale,
    decimals,
    unit: unit.unit,
    scale: unit.scale,
    plus,
    end,
  };
}

/** A plus that ends a number, not one that adds the next: "80%+" but not "80 +5". */
const PLUS = /\+(?![\d\p{L}])/uy;

/** `1,163` is thousands and `98,5` decimals; a percentage has no thousands. */
function numberOf(
  digits: string,
  unit: Quantity["unit"],
): { value: number; decimals: number } {
  const grouped =
    /^\d{1,3}(?:[,\u00a0\u202f\u2009'’]\d{3})+(?:\.\d+)?$/u.test(digits) &&
    !(unit === "%" && /^\d{1,3},\d{3}$/.test(digits));
  const plain = grouped
    ? digits.replace(/[^\d.]/gu, "")
    : digits.replace(",", ".");
  return {
    value: Number(plain),
    decimals: /\.(\d+)$/.exec(plain)?.[1]?.length ?? 0,
  };
}

function readUnit(
  text: string,
  at: number,
): { unit: Quantity["unit"]; scale: number; length: number } {
  for (const { pattern, unit, scale } of UNITS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { unit, scale, length: match[0].length };
  }
  return { unit: null, scale: 1, length: 0 };
}

/** A unit may follow a space or a hyphen ("5-minute run"), and ends where its word ends. */
function unitPattern(word: UnitWord): RegExp {
  const spellings = (["latin", "cyrillic", "joined"] as const)
    .map((script) => alternatives(script, ({ units }) => units[word]))
    .filter((found) => found !== null);
  return new RegExp(
    `[ \\u00a0\\u202f\\u2009-]?(?:${spellings.join("|")})(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\d_])`,
    "iuy",
  );
}

const UNITS: readonly {
  pattern: RegExp;
  unit: "%" | "pp" | "s";
  scale: number;
}[] = [
  { pattern: unitPattern("pp"), unit: "pp", scale: 1 },
  { pattern: /[ \u00a0\u202f\u2009]?%/uy, unit: "%", scale: 1 },
  { pattern: unitPattern("%"), unit: "%", scale: 1 },
  { pattern: unitPattern("ms"), unit: "s", scale: 0.001 },
  { pattern: unitPattern("s"), unit: "s", scale: 1 },
  { pattern: unitPattern("min"), unit: "s", scale: 60 },
  { pattern: unitPattern("h"), unit: "s", scale: 3600 },
  { pattern: /m(?![\p{L}\d_])/uy, unit: "s", scale: 60 },
];

/** `131/131`, `30+/33`, `24 of 28`, `24 von 28`: two bare numbers. */
function readFraction(text: string, first: Part): Joined | null {
  if (first.unit !== null) return null;
  FRACTION.lastIndex = first.end;
  const match = FRACTION.exec(text);
  if (!match) return null;
  const below = readPart(text, first.end + match[0].length);
  return below.unit === null && below.decimals === 0
    ? { ...below, plus: first.plus, denominator: below.value, scale: 1 }
    : null;
}

const FRACTION = / ?\/ ?(?=\d)(?!\d+\/)| (?:out of|of|von|sur|de) (?=\d)/iuy;

/** `25-27%`, `25% – 27%`, `5 to 10 minutes`, `80%～90%`, "between 80% and 90%". */
function readRange(
  text: string,
  start: number,
  first: Part & { readonly scale: number },
  between: boolean,
): Joined | null {
  const dash = between ? BETWEEN_AND : RANGE_DASH;
  dash.lastIndex = first.end;
  const match = dash.exec(text);
  if (!match || (first.plus && !between)) return null;
  const second = readPart(text, first.end + match[0].length);
  // "Phase 12 - 80%" and "from 5 to 10%" are two numbers; a spaced dash joins only what has a unit on both sides.
  const spaced = /\s/u.test(match[0]);
  const worded = /\p{L}/u.test(match[0]);
  if (!between) {
    if (worded && (first.unit !== null || second.unit === null)) return null;
    if (
      worded &&
      // "von 9 auf 42" grows, "von 70 bis 80" does not.
      !/bis/iu.test(match[0]) &&
      BASELINE_BEFORE.test(text.slice(Math.max(0, start - 12), start))
    )
      return null;
    if (spaced && !worded && (first.unit === null || second.unit === null))
      return null;
  }
  if (first.unit !== null && second.unit !== null && first.unit !== second.unit)
    return null;
  // "80%-90" shares the first unit, "5-10 minutes" the second.
  const unit = second.unit ?? first.unit;
  const upper =
    second.unit === null ? second.value * first.scale : second.value;
  const lower = first.unit === null ? first.value * second.scale : first.value;
  return lower < upper ? { ...second, unit, upper, scale: second.scale } : null;
}

const RANGE_DASH =
  / ?(?:[-–—~]|\.\.\.?) ?(?=\d)| (?:to|bis|à|a) (?=\d)|[至到](?=\d)/iuy;
const BETWEEN_AND = / (?:and|und|et|y|e) (?=\d)| ?[-–—~和与] ?(?=\d)/iuy;
const BASELINE_BEFORE = /(?<!\p{L})(?:from|von|de|desde|depuis)\s*$/iu;

/** "1 h 30 min" and "2m 30s" are one duration: the second part continues the first. */
function continued(
  text: string,
  before: Quantity | undefined,
  part: Quantity,
): Quantity | null {
  if (before?.unit !== "s" || part.unit !== "s" || part.bound !== null)
    return null;
  const gap = text.slice(before.index + before.length, part.index);
  const written = text.slice(before.index, before.index + before.length);
  const joins =
    /^(?: |,? (?:and|und|et|y|e) )?$/u.test(gap) &&
    before.upper === null &&
    part.upper === null &&
    before.value >= 60 &&
    part.value < 3600 &&
    part.value < before.value &&
    !written.endsWith("+");
  return joins
    ? {
        ...before,
        length: part.index + part.length - before.index,
        value: before.value + part.value,
      }
    : null;
}
