import { readQuantities } from "./quantity.ts";

/**
 * What a statement says, without how it looks: inline Markdown, ticks, bullets and pictures off, struck text gone, a table
 * row as "name: threshold". Never throws; takes time linear in the text.
 */
export function plainStatement(text: string): string {
  return withDigits(rowAsSentence(withoutMarks(text)))
    .replace(GIVEN_WHEN, "")
    .replace(WHOLE_SHARE, "All ")
    .replace(SUB, "< ")
    .replace(PER, "per ");
}

/** Of "Given a checkout, when CI runs, then all tests pass" the last part promises. */
const GIVEN_WHEN =
  /^(?:\p{L}{1,8}-?\d{1,4}: )?given\b[^]{1,1000}?\bthen\b[,: ]*/iu;

/** "A sub-2 minute run", "per-file coverage". */
const SUB = /\bsub-(?=\d)/giu;
const PER = /\bper-(?=\p{L})/giu;

/** "100% of business logic files have 80% coverage" is said of all of them. */
const WHOLE_SHARE =
  /^(?:\p{Lu}{1,8}-?\d{1,4}: )?100 ?% of (?:the )?(?=[^\d]{1,160}\d{1,3} ?%)/u;

/** A tick or cross before a value says that it was measured, not promised. */
const MEASURED = /^[^\p{L}\p{N}]*[✅✓✔☑❌✗✘⚠]/u;

function withoutMarks(text: string): string {
  return text
    .replace(/~~[^~]{0,400}~~/gu, " ")
    .replace(/\[([^[\]]{0,200})\]\([^()\s]{0,500}\)/gu, "$1")
    .replace(/(?<!\/)\*\*/gu, "")
    .replace(/(?<![^\s(])__|__(?![^\s).,:])|`/gu, "")
    .replace(
      /(?<![\p{L}\p{N}*/])\*(?=[^\s*])|(?<=[^\s*/])\*(?![\p{L}\p{N}*./])/gu,
      "",
    )
    .replace(
      /^(?:\s|>\s+(?!\d))*(?:(?:[-*+•▪◦●·]|\/\/|[├└│─]+|\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?(?=\s+\p{L}))\s+)*(?:\[[ xX~]?\]\s+)?/u,
      "",
    );
}

/** Symbols that show a mood or a state; arrows among them mean something. */
const PICTURES =
  /(?![➔➡➜])[\u2600-\u27bf]|\p{Emoji_Presentation}|[\d#*]\ufe0f?\u20e3|\ufe0f|\u200d|\p{Emoji_Modifier}/gu;

/**
 * "Line coverage | ≥ 80% | 74%" sets 80%: the first cell names, the cell with a bound sets. Cells without a bound may be what
 * was measured, and are not read.
 */
function rowAsSentence(text: string): string {
  const cells = text
    .split("|")
    .map((cell) => cell.trim())
    .filter((cell) => cell !== "");
  const said = (cell: string) => cell.replace(PICTURES, " ").trim();
  const [name, ...others] = cells;
  if (name === undefined || others.length === 0) return said(text);
  const values = others.filter((cell) => !MEASURED.test(cell)).map(said);
  if (measures(name)) return said(name);
  const bound = values.find((cell) => measures(cell, true));
  if (bound === undefined) {
    // "100% passed" says itself what it measures.
    const told = values.filter(
      (cell) => !measures(cell) || /\p{L}{3}/u.test(cell),
    );
    const [first, ...more] = told;
    return first !== undefined && measures(first)
      ? `${said(name)}: ${first}`
      : [said(name), first, ...more].join(" | ");
  }
  return /\p{L}\p{L}/u.test(name) && startsWithValue(bound)
    ? `${said(name)}: ${bound}`
    : bound;
}

function measures(cell: string, bounded = false): boolean {
  return readQuantities(cell).some(
    ({ unit, bound, upper }) =>
      bound !== null ||
      (!bounded && unit !== null) ||
      (unit !== null && upper !== null),
  );
}

function startsWithValue(cell: string): boolean {
  return (readQuantities(cell)[0]?.index ?? Number.POSITIVE_INFINITY) <= 2;
}

const NUMBERS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

/** Behind a bound a number may be spelled out: "at least twenty unit tests", "under one minute". */
const SPELLED = new RegExp(
  `(?<=\\b(?:least|most|than|under|over|below|above|within|minimum of|maximum of|in) )(?:${Object.keys(NUMBERS).join("|")})\\b(?=[ -]\\p{L})`,
  "giu",
);

/** "in less than a minute" */
const A_MINUTE =
  /(?<=\b(?:than|under|within|below) )an?(?= (?:minute|hour)\b)/giu;

function withDigits(text: string): string {
  return text
    .replace(A_MINUTE, "1")
    .replace(SPELLED, (word) => String(NUMBERS[word.toLowerCase()]));
}
