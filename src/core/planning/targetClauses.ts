import { isMeasure, wordCount } from "./targetPhrase.ts";
import type { Token, WordClass } from "./targetWords.ts";

/** A stretch of a statement that holds together, with the asides in brackets that belong to it. */
export interface Clause {
  readonly tokens: readonly Token[];
  readonly asides: readonly (readonly Token[])[];
  /** Stands behind an "or". */
  readonly alternative: boolean;
}

/** Longest label in tokens: what stands before a later colon is a sentence. */
const MAX_LABEL = 8;

/** Takes "test_auth.py:" or "**Social feed**:" off the front; "Overall coverage:" stays, since it names the metric. */
export function splitLabel(tokens: readonly Token[]): {
  label: readonly Token[];
  rest: readonly Token[];
} {
  const colon = tokens.findIndex(opensThreshold);
  const label = withoutAside(tokens.slice(0, Math.max(0, colon)));
  const rest = tokens.slice(colon + 1);
  // "All tests pass: `npm test`"
  if (states(label))
    return { label: [], rest: withMark(tokens, colon, "stop") };
  // "Unit tests: 80% coverage" is said of the unit tests; "Failing tests: 0" and "Unit tests: 50+" are counts.
  if (!names(label) || (isTests(label.at(-1)) && isCount(rest)))
    return { label: [], rest: withMark(tokens, colon, "colon") };
  // "Task 3: Parser - raise coverage to 90%"
  const dash = rest.findIndex(
    ({ kind, text }) => kind === "stop" && /^[-–—]$/u.test(text),
  );
  const behind = rest.slice(0, Math.max(0, dash));
  // A phase's title is its theme, and "overall" says that no part is meant.
  const themed =
    THEMED.test(label[0]?.text ?? "") ||
    rest.some(({ kind }) => kind === "overall");
  return !themed &&
    names(behind) &&
    behind.every(({ kind }) => kind !== "verb" && kind !== "tests")
    ? { label: behind, rest: rest.slice(dash + 1) }
    : { label, rest };
}

/** A colon, or the dash of "`parser.ts` — 90% coverage". */
function opensThreshold(
  { kind, text }: Token,
  place: number,
  all: readonly Token[],
): boolean {
  const next = all[place + 1];
  return (
    kind === "colon" ||
    (kind === "stop" &&
      /^[-–—]$/u.test(text) &&
      place < MAX_LABEL &&
      !all.slice(0, place).some((token) => token.kind === "stop") &&
      (next?.kind === "coverage" || (next?.quantity ?? null) !== null))
  );
}

/** "Parser (core): 80%": brackets without a number only describe. */
function withoutAside(label: readonly Token[]): readonly Token[] {
  const open = label.findIndex(({ kind }) => kind === "open");
  const close = label.findLastIndex(({ kind }) => kind === "close");
  return open > 0 &&
    close === label.length - 1 &&
    label.slice(open).every(({ quantity }) => quantity === null)
    ? label.slice(0, open)
    : label;
}

/** The same tokens with this mark in place of the colon or dash. */
function withMark(
  tokens: readonly Token[],
  at: number,
  kind: "colon" | "stop",
): readonly Token[] {
  return tokens.map((token, place) =>
    place === at ? { ...token, kind } : token,
  );
}

function isTests(token: Token | undefined): boolean {
  return token?.kind === "tests";
}

/** A bare number and nothing that it counts. */
function isCount([first, next]: readonly Token[]): boolean {
  return (
    first?.quantity?.unit === null &&
    (next === undefined || ENDS_COUNT.has(next.kind))
  );
}

const ENDS_COUNT: ReadonlySet<WordClass> = new Set([
  "open",
  "comma",
  "stop",
  "participle",
  "target",
]);

const THEMED = /^(?:phase|plan|milestone|sprint|wave|epic|release)$/iu;

function names(label: readonly Token[]): boolean {
  return (
    label.length > 0 &&
    wordCount(label) <= MAX_LABEL &&
    label.every(
      ({ kind, text, quantity }) =>
        !NO_LABEL.has(kind) &&
        !COUNT.test(text) &&
        (quantity === null || quantity.unit === null),
    )
  );
}

/** "Test count: 50+" names a metric, "Unit tests: 50+" whom it is about. */
const COUNT = /count$|^(?:number|anzahl|nombre|número) /iu;

const NO_LABEL: ReadonlySet<WordClass> = new Set([
  "coverage",
  "pass_rate",
  "failures",
  "failing",
  "flaky",
  "duration",
  "open",
  "gate",
  "vague",
]);

/** Brackets hold asides; a stop, an "or" and, between two statements, a comma or an "and" part clauses. */
export function readClauses(tokens: readonly Token[]): Clause[] {
  return splitOutside(tokens).flatMap(({ own, asides, alternative }) => {
    const pieces = splitStatements(own);
    return pieces.map((piece, place) => {
      const since = place === 0 ? -1 : startOf(piece);
      const next =
        place + 1 < pieces.length
          ? startOf(pieces[place + 1])
          : Number.POSITIVE_INFINITY;
      return {
        tokens: piece,
        alternative,
        asides: asides
          .filter((aside) => startOf(aside) > since && startOf(aside) < next)
          .flatMap(splitStatements),
      };
    });
  });
}

function startOf(tokens: readonly Token[] | undefined): number {
  return tokens?.[0]?.start ?? 0;
}

interface Part {
  readonly own: Token[];
  readonly asides: Token[][];
  readonly alternative: boolean;
}

/** Cuts at stops and at "or" outside of brackets, and takes the brackets out. */
function splitOutside(tokens: readonly Token[]): Part[] {
  let part: Part = { own: [], asides: [], alternative: false };
  const parts = [part];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === "open") {
      if (depth === 0) part.asides.push([]);
      depth += 1;
    } else if (token.kind === "close") depth = Math.max(0, depth - 1);
    else if (depth > 0) part.asides.at(-1)?.push(token);
    else if (token.kind === "or" || token.kind === "stop") {
      part = { own: [], asides: [], alternative: token.kind === "or" };
      parts.push(part);
    } else part.own.push(token);
  }
  return parts;
}

/** Commas and "and" part two statements, not the members of a list: "A, B and C have 80%, all tests pass". */
function splitStatements(tokens: readonly Token[]): Token[][] {
  const parts = splitAtSeparators(tokens);
  const lastStating = parts.findLastIndex(({ stating }) => stating);
  const pieces: Token[][] = [];
  let current: Token[] = [];
  let complete = false;
  for (const [place, { before, tokens: part, stating }] of parts.entries()) {
    const parted =
      before?.kind === "comma" || (stating && place <= lastStating);
    if (complete && parted) {
      pieces.push(current);
      current = [...part];
      complete = stating;
    } else {
      if (before && current.length > 0) current.push(before);
      current.push(...part);
      complete ||= stating || states(current);
    }
  }
  return [...pieces, current].filter((piece) => piece.length > 0);
}

function splitAtSeparators(tokens: readonly Token[]) {
  const parts: { before: Token | null; tokens: Token[]; stating: boolean }[] =
    [];
  let before: Token | null = null;
  let open: Token[] = [];
  const close = () =>
    parts.push({ before, tokens: open, stating: states(open) });
  for (const token of tokens) {
    if (token.kind !== "comma" && token.kind !== "and") open.push(token);
    else {
      close();
      before = token;
      open = [];
    }
  }
  close();
  return parts;
}

/** Whether a stretch says something measurable by itself. */
function states(tokens: readonly Token[]): boolean {
  const has = (...kinds: WordClass[]) =>
    tokens.some(({ kind }) => kinds.includes(kind));
  return (
    tokens.some(
      ({ quantity }) => quantity !== null && quantity.unit !== null,
    ) ||
    (has("quantity", "none") &&
      has("tests", "failures", "failing", "flaky", "coverage")) ||
    (has("tests", "suite", "failures") && has("pass", "fixed"))
  );
}

/** Longest clause in tokens. Readers look both ways from every number, so without an end a list of numbers costs its square. */
const MAX_CLAUSE = 150;

/**
 * What a clause promises; nothing when it speaks of a gate, an estimate or of what a test asserts about the product.
 * An imperative may open it ("Ensure all tests pass"); a condition ends it ("… when run in parallel", while "the build
 * fails if coverage < 80%" leaves nothing).
 */
export function promiseOf(tokens: readonly Token[]): readonly Token[] {
  if (tokens.length > MAX_CLAUSE) return [];
  const start = startOfPromise(tokens);
  const promise = start < 0 ? [] : tokens.slice(start, endOfPromise(tokens));
  if (isPast(promise)) return [];
  // "Coverage meets the 80% threshold" is no setting of a gate.
  const meets = promise.some(({ text }) => MEETS.test(text));
  const none = promise.some(
    ({ kind, text }, place) =>
      kind === "vague" ||
      // At the end it is a noun: "tests per security check".
      (kind === "assertion" && place < promise.length - 1) ||
      // Verbs of East Asian sentences stand last, and so do their conditions.
      (kind === "condition" && JOINED.test(text)) ||
      (kind === "gate" && !(meets && /^threshold/iu.test(text))),
  );
  return none ? [] : promise;
}

/** Behind an opening imperative or "we need to", "as a developer I want". */
function startOfPromise(tokens: readonly Token[]): number {
  const says = tokens.findIndex(
    ({ kind, quantity }) => MEASURES.has(kind) || quantity !== null,
  );
  const speaker = tokens
    .slice(0, Math.max(0, says))
    .findLastIndex(({ kind }) => kind === "speaker");
  const opens = tokens.findIndex(
    ({ kind, text }, place) =>
      place > speaker && (!OPENS.has(kind) || PRESENT.test(text)),
  );
  // "Run `npm test` to confirm that …"
  const confirms = tokens.findIndex(
    ({ kind }, place) =>
      place > 0 && kind === "assertion" && (says < 0 || place < says),
  );
  if (tokens[0]?.kind === "run" && confirms > 0)
    return tokens.findIndex(
      ({ kind }, place) => place > confirms && !OPENS.has(kind),
    );
  // "Before committing, confirm that …"
  const comma = tokens.findIndex(({ kind }) => kind === "comma");
  const opening = tokens[0]?.kind;
  if (
    comma > 0 &&
    (opening === "condition" ||
      (opening === "circumstance" && (says < 0 || comma < says)))
  ) {
    const behind = tokens.findIndex(
      ({ kind }, place) => place > comma && !OPENS.has(kind),
    );
    if (behind > 0) return behind;
  }
  const until = tokens.findIndex(({ text }) => UNTIL.test(text));
  // "Add tests until every package reaches 80%": what is said before the aim says nothing itself.
  return until >= 0 && !tokens.slice(0, until).some(isMeasure)
    ? until + 1
    : opens;
}

const JOINED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** "now 79%" tells where things stand. */
export const PRESENT =
  /^(?:now|today|jetzt|heute|maintenant|ahora|hoy|agora|hoje)$/iu;

const UNTIL = /^(?:until|bis|hasta|jusqu['’]à ce que)$/iu;

/** A condition ends a promise, and so does what else is to be done: "… and configure enforcement", "… as a quality gate". */
function endOfPromise(tokens: readonly Token[]): number | undefined {
  const condition = tokens.findIndex(
    ({ kind, text }) =>
      kind === "condition" && !UNTIL.test(text) && !JOINED.test(text),
  );
  const last = tokens.findLastIndex(isMeasure);
  const gate = tokens.findIndex(({ kind }) => kind === "gate");
  const turn =
    last < 0 || gate < last
      ? -1
      : tokens.findIndex(
          ({ kind, text }, place) =>
            place > last &&
            place < gate &&
            (kind === "and" || /^(?:as|als|comme|como)$/iu.test(text)),
        );
  // "… to ensure reliability" is what for.
  const purpose = tokens.findIndex(
    ({ kind }, place) =>
      last >= 0 &&
      place > last + 1 &&
      kind === "assertion" &&
      (tokens[place - 1]?.kind === "to" ||
        tokens[place - 1]?.kind === "circumstance"),
  );
  const ends = [condition, turn, purpose].filter((end) => end >= 0);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** "Increased coverage from 63% to 81%" tells what was done; "Coverage increased to 81%" what holds. */
function isPast(promise: readonly Token[]): boolean {
  const first = promise[0];
  return (
    (first !== undefined &&
      PARTICIPLES.has(first.kind) &&
      DONE.test(first.text)) ||
    promise.some(({ kind }) => kind === "past")
  );
}

const PARTICIPLES: ReadonlySet<WordClass> = new Set([
  "growth",
  "addition",
  "participle",
  "verb",
]);

const DONE =
  /^(?:increased|improved|raised|boosted|lifted|expanded|added|achieved|reached|attained|gained|brought|reduced|moved)$/iu;

const MEASURES: ReadonlySet<WordClass> = new Set([
  "coverage",
  "pass_rate",
  "covered",
]);

const OPENS: ReadonlySet<WordClass> = new Set([
  "assertion",
  "filler",
  "comma",
  "and",
  "speaker",
]);

const MEETS =
  /^(?:meets?|reach(?:es|ed)?|exceed(?:s|ed)?|met|achiev(?:es|ed))$/iu;
