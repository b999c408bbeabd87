import { isMeasure, objectOf } from "./targetPhrase.ts";
import type { TargetReading } from "./target.ts";
import type { Token, WordClass } from "./targetWords.ts";

/** Which share a percentage is, and the token that says so: -1 where it was said earlier in the statement. */
export interface Share {
  readonly metric: "coverage" | "pass_rate";
  readonly at: number;
}

/** What the statement has said before the clause at hand. */
export interface Known {
  readonly metric: Share["metric"] | null;
  /** Somewhere it speaks of coverage: "Lines ≥ 85% and branches ≥ 75% coverage". */
  readonly coverage: boolean;
}

/** How far behind a percentage its noun may stand: "80%+ overall backend line coverage". */
const REACH = 6;

/** Finds what a percentage measures: named behind it ("80%+ line coverage"), before it, or earlier in the statement. */
export function shareOf(
  tokens: readonly Token[],
  place: number,
  known: Known,
): Share | null {
  const before = tokens.slice(0, place);
  const behind = tokens.slice(place + 1);
  const named = behind.findIndex(({ kind }) => isShare(kind) || BARS.has(kind));
  const kind = behind[named]?.kind;
  if (isShare(kind) && named <= REACH) {
    const at = place + 1 + named;
    return isOfContent(tokens, at) ? null : { metric: kind, at };
  }
  const passing = passRateBehind(before, behind);
  if (passing >= 0) return { metric: "pass_rate", at: place + 1 + passing };
  if (!isFree(behind)) return null;
  const at = before.findLastIndex((token) => isShare(token.kind));
  const since = before.slice(Math.max(0, at));
  if (
    since.some((token) => token.kind === "foreign") ||
    isOfContent(tokens, at)
  )
    return null;
  const said = before[at]?.kind;
  if (isShare(said)) return { metric: said, at };
  if (known.coverage && aspectOf(tokens, place, -1) !== null)
    return { metric: "coverage", at: -1 };
  return known.metric && { metric: known.metric, at: -1 };
}

function isShare(kind: WordClass | undefined): kind is Share["metric"] {
  return kind === "coverage" || kind === "pass_rate";
}

/** Between a percentage and its noun these begin something else. */
const BARS: ReadonlySet<WordClass> = new Set([
  "quantity",
  "comma",
  "colon",
  "foreign",
  "verb",
  "growth",
  "run",
  "from",
  "pass",
  "fixed",
  "each",
]);

/** "98% of tests pass", "100% passing", "tests pass at a 95% rate": where that is said, or -1. */
function passRateBehind(
  before: readonly Token[],
  behind: readonly Token[],
): number {
  const next = behind[0];
  if (next?.kind === "pass") return 0;
  const has = (...kinds: WordClass[]) =>
    before.some(({ kind }) => kinds.includes(kind));
  if (
    /^(?:success )?rate$/iu.test(next?.text ?? "") &&
    has("pass") &&
    has("tests", "suite")
  )
    return 0;
  const tests = behind
    .slice(0, REACH)
    .findIndex(({ kind }) => kind === "tests");
  return tests >= 0 && firstSaid(behind.slice(tests + 1)) === "pass"
    ? tests
    : -1;
}

/** Nothing else claims the percentage, as "accuracy" would in "80% accuracy". */
function isFree(behind: readonly Token[]): boolean {
  const next = behind.find(({ kind }) => kind !== "filler");
  return next === undefined || !CLAIMS.has(next.kind);
}

const CLAIMS: ReadonlySet<WordClass> = new Set([
  "word",
  "foreign",
  "content",
  "tests",
  "failures",
  "failing",
  "flaky",
]);

/** "100% requirement coverage", "coverage of all docstrings": not of code by tests. */
function isOfContent(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.kind !== "coverage") return false;
  const before = tokens[at - 1]?.kind;
  return (
    before === "foreign" ||
    before === "content" ||
    objectOf(tokens.slice(at + 1)).at(-1)?.kind === "content"
  );
}

/** "increased by 3%", "adds 5-10%", "contribution of 3%": a difference, not a level. */
export function isGrowth(tokens: readonly Token[], place: number): boolean {
  const before = tokens
    .slice(Math.max(0, place - 4), place)
    .filter(({ kind }) => kind !== "filler");
  const last = before.at(-1);
  if (last?.kind === "addition" || last?.kind === "growth") return true;
  const grows = before.some(
    ({ kind }) => kind === "growth" || kind === "addition",
  );
  return (
    grows && (last?.kind === "by" || /^(?:of|von|de)$/iu.test(last?.text ?? ""))
  );
}

/** Whether a number is where things stood before: "from 22%", "45% → …", "22.8% baseline". */
export function isBaseline(tokens: readonly Token[], place: number): boolean {
  const before = tokens
    .slice(0, place)
    .findLast(({ kind }) => kind !== "filler");
  const [joint, ...after] = tokens.slice(place + 1);
  const follows = [joint, ...after].find((token) => token?.kind !== "filler");
  if (before?.kind === "from" || follows?.kind === "baseline") return true;
  const paired =
    OPENS_PAIR.test(tokens[place - 1]?.text ?? "") &&
    JOINS_PAIR.test(joint?.text ?? "");
  const next = after.find(({ kind }) => kind !== "filler" && kind !== "target");
  return (
    (joint?.kind === "to" || paired) &&
    next?.quantity?.unit === tokens[place]?.quantity?.unit
  );
}

/** "de 40 % à 60 %", "del 45 % al 65 %", "de 45% para 65%". */
const OPENS_PAIR = /^(?:von|de|d[eo]l?|du|da)$/iu;
const JOINS_PAIR = /^(?:à|al?|para|auf)$/iu;

/** The aspect beside the number or the metric word, or in that word itself (Zeilenabdeckung). */
export function aspectOf(
  tokens: readonly Token[],
  place: number,
  metricAt: number,
): TargetReading["aspect"] {
  for (const at of [
    place + 1,
    metricAt - 1,
    metricAt,
    metricAt + 1,
    place - 1,
    place - 2,
  ]) {
    const token = tokens[at];
    const aspect =
      token?.kind === "aspect" || token?.kind === "coverage"
        ? aspectIn(token.text)
        : null;
    if (aspect) return aspect;
  }
  return null;
}

function aspectIn(text: string): TargetReading["aspect"] {
  return ASPECTS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

const ASPECTS: readonly (readonly [
  NonNullable<TargetReading["aspect"]>,
  RegExp,
])[] = [
  ["line", /line|zeile|ligne|línea|linha|行|ライン/iu],
  ["branch", /branch|zweig|ramas|ramos|分支|ブランチ|分岐/iu],
  ["statement", /statement|anweisung|instruc|instruç|sentencias|语句|命令/iu],
  ["function", /function|funktion|fonctions|funciones|funções|函数|関数/iu],
];

/** The first word that says something, past adverbs and auxiliaries. */
export function firstSaid(tokens: readonly Token[]): WordClass | undefined {
  return tokens.find(({ kind }) => !PASSED_OVER.has(kind))?.kind;
}

const PASSED_OVER: ReadonlySet<WordClass> = new Set([
  "filler",
  "verb",
  "participle",
  "target",
  "overall",
]);

/** Whether a number ends what it says: nothing behind it, or only where and since when. */
export function closes(behind: readonly Token[]): boolean {
  const next = behind.find(
    ({ kind }) =>
      kind !== "filler" && kind !== "participle" && kind !== "target",
  );
  return (
    next === undefined ||
    next.kind === "preposition" ||
    next.kind === "from" ||
    isMeasure(next)
  );
}

/** Whether tokens only tie a noun to its number: "coverage *is at*", "failing tests *reduced from 14 to*". */
export function ties(tokens: readonly Token[]): boolean {
  return tokens.every(({ kind }) => TIES.has(kind));
}

const TIES: ReadonlySet<WordClass> = new Set([
  "verb",
  "filler",
  "colon",
  "participle",
  "target",
  "growth",
  "to",
  "by",
  "aspect",
  "overall",
  "tests",
  "from",
  "quantity",
]);
