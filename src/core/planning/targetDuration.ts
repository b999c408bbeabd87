import { upToVerb } from "./targetPhrase.ts";
import { ties } from "./targetShare.ts";
import type { Token, WordClass } from "./targetWords.ts";

/**
 * Whose time a duration at `place` is: the phrase that names the tests before it ("The *unit tests* finish in …"); null when
 * it is not the time that a set of tests takes ("each test …", "… timeout of 30 s", "100 ms each").
 */
export function durationOf(
  tokens: readonly Token[],
  place: number,
): readonly Token[] | null {
  const colon = tokens
    .slice(0, place)
    .findLastIndex(({ kind }) => kind === "colon");
  const since = tokens.slice(colon + 1, place);
  // "Test execution time: all unit tests complete within 10 s"
  const before = since.some(isOurs) ? since : tokens.slice(0, place);
  const behind = tokens.slice(place + 1);
  if (
    [...before, ...behind].some(({ kind }) => kind === "foreign") ||
    isOfOne(before, behind)
  )
    return null;
  const ours = before.findLastIndex(isOurs);
  const takes = before.findLastIndex(({ kind }) => TAKES.has(kind));
  const nounBehind = behind.findIndex(isOurs);
  if (ours < 0) {
    // "<30s unit tests"
    const name = behind.slice(0, Math.max(0, nounBehind));
    return nounBehind >= 0 &&
      nounBehind <= 3 &&
      before.every(({ kind }) => kind === "target" || kind === "colon") &&
      name.every(({ kind }) => NAMES.has(kind))
      ? behind.slice(0, nounBehind + 1)
      : null;
  }
  // Verbs of East Asian sentences stand last.
  const timed =
    takes >= 0 ||
    behind.some(({ kind }) => kind === "run") ||
    (place < tokens.length &&
      before[ours]?.kind !== "test" &&
      followsOn(before.slice(ours + 1)));
  if (!timed) return null;
  const named =
    before[takes]?.kind !== "run"
      ? before
      : // "CI runs the smoke tests in under 3 minutes"
        ours > takes
        ? before.slice(takes + 1, ours + 1)
        : before.slice(0, takes);
  return upToVerb(
    named.filter(({ kind }) => kind !== "duration" && kind !== "colon"),
  );
}

/** Nothing is in an aside but the duration. */
export function isAlone(tokens: readonly Token[], place: number): boolean {
  return tokens.every(
    ({ kind }, at) =>
      at === place ||
      kind === "filler" ||
      kind === "target" ||
      (kind === "word" && /^[個个개]$/u.test(tokens[at]?.text ?? "")),
  );
}

const isOurs = ({ kind }: Token): boolean =>
  kind === "tests" || kind === "suite" || kind === "test";

/** The limit of one test is none of the suite. */
function isOfOne(before: readonly Token[], behind: readonly Token[]): boolean {
  return (
    before.some(
      ({ kind, text }, place) =>
        (kind === "each" || /^(?:single|one|per)$/iu.test(text)) &&
        before
          .slice(place + 1, place + 4)
          .some((token) => token.kind === "test"),
    ) ||
    behind.slice(0, 1).some(({ kind }) => kind === "each") ||
    (/^(?:per|pro|par|por|a|\/)$/iu.test(behind[0]?.text ?? "") &&
      behind.slice(0, 3).some(isOurs))
  );
}

/** Between tests and their time only what ties them: "unit tests < 1 s", "suite green in < 5 s". */
function followsOn(between: readonly Token[]): boolean {
  return ties(
    between.filter(({ kind }) => kind !== "pass" && kind !== "preposition"),
  );
}

const NAMES: ReadonlySet<WordClass> = new Set([
  "word",
  "filler",
  "whole",
  "preposition",
]);

const TAKES: ReadonlySet<WordClass> = new Set(["run", "duration"]);
