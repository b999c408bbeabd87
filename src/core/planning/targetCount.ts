import { firstSaid } from "./targetShare.ts";
import type { Token, WordClass } from "./targetWords.ts";

/** The noun that a number or a "no" counts: "… ORM tests", "… failing tests", "… failures". */
export interface Head {
  readonly kind: "tests" | "suite" | "failures" | "failing" | "flaky" | "pass";
  /** What stands before the noun, with it where it belongs to the name ("ORM tests"). */
  readonly name: readonly Token[];
  /** What stands behind the noun. */
  readonly behind: readonly Token[];
}

/** How many words may stand between a count and its noun. */
const MAX_ADJECTIVES = 6;

/** Finds what the tokens behind a number or a "no" count; null when they count nothing of ours. */
export function headOf(tokens: readonly Token[]): Head | null {
  let state: "failing" | "flaky" | null = null;
  const head = (kind: Head["kind"], place: number, named: boolean): Head => ({
    kind,
    name: tokens
      .slice(0, named ? place + 1 : place)
      .filter((token) => token.kind !== state),
    behind: tokens.slice(place + 1),
  });
  for (const [place, { kind, text, quantity }] of tokens
    .slice(0, MAX_ADJECTIVES + 1)
    .entries()) {
    const said =
      kind === "test" ? firstSaid(tokens.slice(place + 1)) : undefined;
    // "No test fails", "aucun test instable"
    if (said === "failing" || said === "flaky") return head(said, place, false);
    if (
      (kind === "tests" || (kind === "test" && place === 0)) &&
      tokens[place + 1]?.kind !== "failures" &&
      (kind === "tests" || !/^\p{L}/u.test(tokens[place + 1]?.text ?? ""))
    )
      return head(state ?? "tests", place, true);
    if (kind === "failures") return head(kind, place, false);
    if (kind === "pass" && place === 0) return head(kind, place, false);
    if (kind === "failing" || kind === "flaky") state = kind;
    else if (
      quantity ||
      ENDS_SEARCH.has(kind) ||
      /^(?:other|files?|modules?)$/iu.test(text)
    )
      break;
  }
  return state && tokens[0]?.kind === state ? head(state, 0, false) : null;
}

const ENDS_SEARCH: ReadonlySet<WordClass> = new Set([
  "circumstance",
  "verb",
  "comma",
  "colon",
  "run",
  "from",
  "preposition",
  "coverage",
  "pass_rate",
  "growth",
  "gate",
  "by",
  "to",
  "and",
]);

/** Which metric a head bounds when what it counts must not be. */
export function badMetric({
  kind,
  behind,
}: Head): "tests_failing" | "tests_flaky" | null {
  const said = kind === "tests" ? firstSaid(behind) : kind;
  if (said === "flaky") return "tests_flaky";
  return said === "failing" || said === "failures" ? "tests_failing" : null;
}

/** "All … tests pass" and its kin: nothing of the subject may fail. */
export interface NothingFails {
  readonly at: number;
  /** Where to read on. */
  readonly end: number;
  readonly subject: readonly Token[];
  /** How many fail today: "All 40 test failures are fixed". */
  readonly from: number | null;
}

/** How far from "all" its noun may stand. */
const NOUN_REACH = 9;

/** Reads "all 51 ORM tests pass", "all 40 failures are fixed", "the full suite is green", "existing tests still pass". */
export function nothingFails(tokens: readonly Token[]): NothingFails | null {
  const quantifier = tokens.findIndex(
    ({ kind }) => kind === "all" || kind === "each",
  );
  // "97% of all tests pass"
  const part = tokens.slice(
    Math.max(0, quantifier - 3),
    Math.max(0, quantifier),
  );
  if (part.some(({ quantity }) => quantity?.unit === "%")) return null;
  const single = quantifier >= 0;
  const behind = nounFrom(tokens, quantifier + 1, single);
  // "Les tests passent tous": the quantifier may stand behind.
  const all = behind < 0 ? -1 : quantifier;
  const noun = behind < 0 ? nounFrom(tokens, 0) : behind;
  if (noun < 0) return quantifier < 0 ? null : allFixed(tokens, quantifier);
  const adjectives = tokens.slice(all + 1, noun);
  if (!adjectives.every(describes)) return null;
  const verb = predicateAfter(tokens, noun + 1);
  if (verb < 0) return null;
  const failures = tokens[noun]?.kind === "failures";
  const broken = failures || adjectives.some(({ kind }) => kind === "failing");
  // Tests pass and failures are fixed; fixed tests still may fail.
  if (tokens[verb]?.kind === "pass" ? failures : !broken) return null;
  if (all < 0 && !meansAll(tokens, noun, verb)) return null;
  // "All 40 failing tests" counts those of today, "all 51 ORM tests" is their name.
  const count = broken
    ? adjectives.find(({ quantity }) => quantity)
    : undefined;
  const name = adjectives.filter(
    (token) => token.kind !== "failing" && token !== count,
  );
  return {
    at: Math.max(0, all),
    end: verb + 1,
    subject: placeOf(tokens, noun, verb) ?? [
      ...name,
      ...tokens.slice(noun, failures ? noun : noun + 1),
      ...adjectiveBehind(tokens[noun + 1]),
    ],
    from: count?.quantity?.value ?? null,
  };
}

/** "testes automatizados", but not "tests consistently". */
function adjectiveBehind(token: Token | undefined): readonly Token[] {
  return token?.kind === "word" && !/ly$|ente$/iu.test(token.text)
    ? [token]
    : [];
}

/** Where the noun of the tests stands, if it is near; -1 when it is not. */
function nounFrom(
  tokens: readonly Token[],
  start: number,
  single = false,
): number {
  const found = tokens
    .slice(start, start + NOUN_REACH)
    .findIndex(({ kind }) => NOUNS.has(kind) || (single && kind === "test"));
  return found < 0 ? -1 : start + found;
}

const NOUNS: ReadonlySet<WordClass> = new Set(["tests", "suite", "failures"]);

/** A word that may describe the tests: no verb, no measure, no other metric. */
function describes({ kind, quantity }: Token): boolean {
  const counts =
    quantity === null ||
    (quantity.unit === null && quantity.denominator === null);
  return counts && !["verb", "comma", "none", "coverage"].includes(kind);
}

/** Without "all", a whole suite and plain tests are meant whole; a count, a share or "each test" is not. */
function meansAll(
  tokens: readonly Token[],
  noun: number,
  verb: number,
): boolean {
  // "Tests pass at 95%" says how many of them; "tests pass with 95% coverage" does not.
  const behind = tokens.slice(verb + 1);
  const next = behind.find(({ kind }) => kind !== "verb" && kind !== "filler");
  const ofCoverage = behind.some(({ kind }) => kind === "coverage");
  if (next?.quantity?.unit === "%" && !ofCoverage) return false;
  const plain = tokens
    .slice(0, noun)
    .every(
      ({ kind }, place) =>
        PLAIN.has(kind) || (kind === "quantity" && place > 0),
    );
  return tokens[noun]?.kind === "suite" || plain;
}

const PLAIN: ReadonlySet<WordClass> = new Set(["word", "filler", "whole"]);

/** "(all 40 fixed)": the noun was named before. */
function allFixed(tokens: readonly Token[], all: number): NothingFails | null {
  const count = tokens[all + 1]?.quantity;
  const fixed =
    firstSaid(tokens.slice(all + 2)) === "fixed" && tokens.length <= all + 4;
  return count?.unit === null && fixed
    ? { at: all, end: tokens.length, subject: [], from: count.value }
    : null;
}

/** How far behind the tests their verb may stand. */
const VERB_REACH = 10;

/** The verb of the tests, past adverbs and one phrase ("in tests/api", "discovered in phase 4"); -1 when there is none. */
function predicateAfter(tokens: readonly Token[], start: number): number {
  let inPhrase = false;
  for (const [place, { kind, text, quantity }] of tokens
    .slice(start, start + VERB_REACH)
    .entries()) {
    if (kind === "pass" || kind === "fixed") return start + place;
    if (kind === "comma" || kind === "none" || kind === "coverage") return -1;
    // "All tests run and pass", but "All tests run in 5 minutes"
    if (quantity && quantity.unit !== null) return -1;
    inPhrase ||=
      kind === "run" ||
      OPENS_PHRASE.has(kind) ||
      // "All tests implemented and passing", "all failures discovered in phase 4 are fixed"
      /^\p{L}{2,}ed$|^(?:found|written)$/iu.test(text);
    // "Todos os testes automatizados passam", "all tests consistently pass"
    const isAttribute = place === 0 && kind === "word";
    if (!inPhrase && !isAttribute && (kind === "word" || kind === "quantity"))
      return -1;
  }
  return -1;
}

const OPENS_PHRASE: ReadonlySet<WordClass> = new Set([
  "preposition",
  "from",
  "participle",
]);

/** "All tests in tests/api pass": where the tests are. Where failures were found is no subject. */
function placeOf(
  tokens: readonly Token[],
  noun: number,
  verb: number,
): readonly Token[] | null {
  const [preposition, ...rest] = tokens.slice(noun + 1, verb);
  if (preposition?.kind !== "preposition" || tokens[noun]?.kind === "failures")
    return null;
  const end = rest.findIndex(
    ({ kind }) => kind === "verb" || kind === "filler",
  );
  const phrase = end <= 0 ? rest : rest.slice(0, end);
  return phrase.length === 0 || phrase.some(({ kind }) => kind === "occasion")
    ? null
    : phrase;
}
