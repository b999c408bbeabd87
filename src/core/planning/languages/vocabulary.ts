/** What a word does in a sentence that sets a threshold. */
export type WordClass =
  | (typeof WORD_CLASSES)[number]
  | "open"
  | "close"
  | "stop"
  | "comma"
  | "colon"
  | "quantity"
  | "word";

/** In this order a word is looked up: what holds other words ("test coverage") before what is held ("test"). */
export const WORD_CLASSES = [
  // What is measured.
  "pass_rate",
  "coverage",
  "aspect",
  "suite",
  "failures",
  "failing",
  "flaky",
  "tests",
  "duration",
  // What is said of it.
  "pass",
  "fixed",
  "covered",
  "run",
  "growth",
  "addition",
  "none",
  // Who it is said of.
  "overall",
  "whole",
  "all",
  "each",
  // Numbers against numbers.
  "bound",
  "from",
  "to",
  "by",
  "baseline",
  // What makes it no target.
  "gate",
  "vague",
  "past",
  "condition",
  "assertion",
  "foreign",
  "content",
  // The rest of a sentence.
  "circumstance",
  "documented",
  "speaker",
  "verb",
  "target",
  "participle",
  "preposition",
  "and",
  "or",
  "occasion",
  "test",
  "filler",
] as const;

export type Bound = ">=" | ">" | "<=" | "<" | "==";

/** What words next to a number may say of it, in the order in which they are looked up: "no less than" before "less than". */
export const NUMBER_WORDS = [
  ">=",
  "<=",
  ">",
  "<",
  "==",
  "about",
  "between",
] as const;

export type NumberWord = (typeof NUMBER_WORDS)[number];

/** Units of a number and how many of the base unit (percent, points, seconds) each is. */
export type UnitWord = "%" | "pp" | "ms" | "s" | "min" | "h";

/**
 * The words of one language, as alternatives of a regular expression without anchors. The grammar is the same for all
 * languages; where two share a spelling the order of WORD_CLASSES decides.
 */
export interface Vocabulary {
  /** In "joined" scripts words stand without spaces between them, so that no word end can be asked for. */
  readonly script: "latin" | "cyrillic" | "joined";
  readonly words: Readonly<Partial<Record<WordClass, string>>>;
  /** "at least 80%". */
  readonly before: Readonly<Partial<Record<NumberWord, string>>>;
  /** "80% or more". */
  readonly after: Readonly<
    Partial<Record<Exclude<NumberWord, "between">, string>>
  >;
  /** Turns a bound around, with up to three words between them: "not drop below 80%". */
  readonly not?: string;
  readonly units: Readonly<Partial<Record<UnitWord, string>>>;
}
