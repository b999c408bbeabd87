import { isPath } from "./targetName.ts";
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
  /** In brackets behind what was said of tests: "tests pass (95% success rate)". */
  readonly tests: boolean;
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
  const passing = passRateBehind(before, behind, known);
  if (passing >= 0) return { metric: "pass_rate", at: place + 1 + passing };
  const covered = coveredAt(before, behind);
  if (covered !== null) return { metric: "coverage", at: covered };
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
  if (known.coverage && aspectsOf(tokens, place, -1)[0] !== null)
    return { metric: "coverage", at: -1 };
  return known.metric && { metric: known.metric, at: -1 };
}

/** The share that a clause without a number names last. */
export function nounOf(tokens: readonly Token[]): Share | null {
  const at = tokens.findLastIndex(({ kind }) => isShare(kind));
  const kind = tokens[at]?.kind;
  return isShare(kind) && !isOfContent(tokens, at)
    ? { metric: kind, at }
    : null;
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
  known: Known,
): number {
  const next = behind[0];
  if (next?.kind === "pass") return 0;
  const has = (...kinds: WordClass[]) =>
    before.some(({ kind }) => kinds.includes(kind));
  if (
    /^(?:success )?rate$/iu.test(next?.text ?? "") &&
    (known.tests || (has("pass") && has("tests", "suite")))
  )
    return 0;
  const tests = behind
    .slice(0, REACH)
    .findIndex(({ kind }) => kind === "tests");
  return tests >= 0 && firstSaid(behind.slice(tests + 1)) === "pass"
    ? tests
    : -1;
}

/** "80% of the code is covered", "90% covered by tests", "is covered to at least 75%": where that is said, or null. */
function coveredAt(
  before: readonly Token[],
  behind: readonly Token[],
): number | null {
  const place = before.length;
  const end = behind.findIndex(({ kind }) => kind === "covered");
  const between = behind.slice(0, Math.max(0, end));
  if (
    end >= 0 &&
    between.every(({ kind }) => !BARS_COVERED.has(kind)) &&
    (between.every(({ kind }) => kind === "verb" || kind === "filler") ||
      isOfCode(between))
  )
    return place + 1 + end;
  const at = before.findLastIndex(({ kind }) => kind === "covered");
  const said = before[at]?.text ?? "";
  const tied = before
    .slice(at + 1)
    .every(({ kind }) => TIES.has(kind) || kind === "preposition");
  if (at < 0 || !tied) return null;
  // "covers 80% of the use cases" is another coverage.
  const passive = /ed$/iu.test(said) && isFree(behind);
  return passive || isOfCode(behind) ? at : null;
}

const BARS_COVERED: ReadonlySet<WordClass> = new Set([
  "quantity",
  "comma",
  "colon",
  "content",
  "foreign",
]);

/** "of the code", "of lines in the reducer package", "del código". */
function isOfCode(tokens: readonly Token[]): boolean {
  const [of, ...rest] = tokens;
  if (of?.kind !== "preposition") return false;
  const object = rest.slice(0, 4);
  return object.some(({ kind, text }) => kind === "aspect" || CODE.test(text));
}

/** Words for what tests cover. */
const CODE =
  /^(?:code|code ?base|project|repository|modules?|files?|classes|methods?|paths?|logic|source|codes|quellcodes?|código|codice|кода|[\p{L}\p{N}_-]+[./_][\p{L}\p{N}_./*-]+)$/iu;

/** Nothing else claims the percentage, as "accuracy" would in "80% accuracy" or "the cost" in "15% of the cost". */
function isFree(behind: readonly Token[]): boolean {
  const at = behind.findIndex(({ kind }) => !BESIDE_NUMBER.has(kind));
  const next = behind[at];
  if (next === undefined || isPath(next)) return true;
  // "above the 91% statements floor"
  if (behind.slice(at, at + 3).some(({ kind }) => kind === "target"))
    return true;
  if (PART_OF.test(next.text)) {
    const object = behind.slice(at + 1, at + 5);
    return object.some(({ kind, text }) => OURS.has(kind) || CODE.test(text));
  }
  return !CLAIMS.has(next.kind);
}

const BESIDE_NUMBER: ReadonlySet<WordClass> = new Set(["filler", "bound"]);

const PART_OF = /^(?:of|von|der|des|du|di|dei|delle|del|из)$/iu;

const OURS: ReadonlySet<WordClass> = new Set([
  "tests",
  "suite",
  "test",
  "aspect",
  "coverage",
  "pass_rate",
]);

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
  if (!isShare(tokens[at]?.kind)) return false;
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
  const grows = (near: readonly Token[]) =>
    near.some(({ kind }) => kind === "growth" || kind === "addition");
  // "Increase the coverage of the parser by 2%"
  if (last?.kind === "by") return grows(tokens.slice(0, place));
  return grows(before) && /^(?:of|von|de)$/iu.test(last?.text ?? "");
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

/** The aspects beside the number or the metric word, or in that word itself (Zeilenabdeckung): [null] for none. */
export function aspectsOf(
  tokens: readonly Token[],
  place: number,
  metricAt: number,
): readonly TargetReading["aspect"][] {
  const beside = [
    place + 1,
    metricAt - 1,
    metricAt,
    metricAt + 1,
    place - 1,
    place - 2,
  ].map((at) => tokens[at]);
  // "90% of all lines are covered", "coverage for statements, branches and lines"
  const between = tokens.slice(place + 1, Math.max(place, metricAt));
  const lists = tokens.filter(
    ({ kind, text }) => kind === "aspect" && aspectsIn(text).length > 1,
  );
  const alone = tokens.filter(isMeasure).length === 1;
  for (const token of [...beside, ...between, ...(alone ? lists : [])]) {
    const found =
      token?.kind === "aspect" || token?.kind === "coverage"
        ? aspectsIn(token.text)
        : [];
    if (found.length > 0) return found;
  }
  return [null];
}

/** In order of appearance. */
export function aspectsIn(text: string): TargetReading["aspect"][] {
  return ASPECTS.map(([aspect, pattern]) => ({
    aspect,
    at: text.search(pattern),
  }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)
    .map(({ aspect }) => aspect);
}

const ASPECTS: readonly (readonly [
  NonNullable<TargetReading["aspect"]>,
  RegExp,
])[] = [
  [
    "line",
    /line|loc|zeile|ligne|línea|linha|righ|lini|строк|строч|ряд|satır|行|ライン|라인/iu,
  ],
  [
    "branch",
    /branch|zweig|ramas|ramos|rami|gałęz|ветв|веток|гіл|dal(?:\s|$)|takken|分支|ブランチ|分岐|브랜치|분기/iu,
  ],
  [
    "statement",
    /statement|stmt|anweisung|instruc|instruç|istruz|instrukc|sentencias|语句|語句|命令|ステートメント|구문/iu,
  ],
  [
    "function",
    /function|funktion|fonctions|funciones|funções|funzion|funkcj|функци|函数|函數|関数|함수/iu,
  ],
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
  "bound",
]);

/** Whether a number ends what it says: nothing behind it, or only where and since when. */
export function closes(behind: readonly Token[]): boolean {
  const next = behind.find(
    ({ kind }) =>
      kind !== "filler" &&
      kind !== "participle" &&
      kind !== "target" &&
      kind !== "bound",
  );
  return (
    next === undefined ||
    next.kind === "preposition" ||
    next.kind === "circumstance" ||
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
  "bound",
]);
