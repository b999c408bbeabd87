import { nameWithin } from "./targetName.ts";
import type { Token, WordClass } from "./targetWords.ts";

/** Whom a threshold is about. */
export interface Subject {
  /** As written, or `overall`. */
  readonly subject: string;
  /** Said of every member: "each service", "all 6 files", "A and B". */
  readonly each: boolean;
  /** The noun is the tests themselves; what they cover may be named behind. */
  readonly ofTests: boolean;
}

export const WHOLE: Subject = {
  subject: "overall",
  each: false,
  ofTests: false,
};

/** Tokens of the longest name; what is longer is a sentence that was not understood. */
export const MAX_NAME = 14;

/** East Asian text is cut into single characters; about three of them are a word. */
export function wordCount(tokens: readonly Token[]): number {
  const single = tokens.filter(
    ({ kind, text }) =>
      kind === "word" && text.length === 1 && /\p{L}/u.test(text),
  ).length;
  const joints = tokens.filter(
    ({ kind }) => kind === "and" || kind === "comma",
  ).length;
  return tokens.length - joints - single + Math.ceil(single / 3);
}

/** Nouns that mean the whole project when nothing restricts them. */
const WHOLE_PROJECT =
  /^(?:projects?|product|app|application|system|software|code ?base|code|source code|repository|repo|(?:project|repo|repository|codebase)[- ]wide|tests?|test[- ]?(?:suites?|runs?|cases?)|test[- ]?(?:suite )?executions?|suites?|it|this|(?:phase|plan)\s+[\w.-]+|measured|baseline|merged|average|requirement|test count|number of tests|ci|ci\/cd|build|gesamtprojekts?|projekts?|codebasis|codes|kiểm thử|testlauf|anzahl (?:der )?tests|projet|code source|dépôt|nombre de tests|proyecto|código|repositorio|projeto|número de (?:pruebas|tests|testes)|su[ií]te de (?:tests|pruebas|testes)|pruebas?|testes?|progetto|codice|проекта?|код[ау]?|kodu?|projektu|局|вс(?:ей|его) (?:системе|проекте)|тест(?:ы|ов)|тести|тестів|test(?:y|ów|ler)|项目|專案|代码|代码库|程式碼|测试|測試|测试用例|测试套件|プロジェクト|コード|コードベース|テスト|テストスイート|프로젝트|코드|테스트)$/iu;

/** Commands that run the whole suite, and services that report on it. */
const RUNS_OR_REPORTS =
  /^(?:(?:pytest|vitest|jest|mocha|rspec|phpunit|tox|nox|ctest)(?: \.)?|(?:npm|pnpm|yarn|bun)(?: run)?(?: tests?)?|(?:(?:cargo|go|make|mvn|dotnet|rake|flutter|swift|mix|composer|deno|playwright) tests?|(?:\.\/)?gradlew? (?:\w+:)?test)(?: \.\/\.\.\.?)?|sonar(?:cloud|qube)|codecov|coveralls|jacoco|istanbul|nyc|lcov|tarpaulin|coverlet|simplecov|kover)$/iu;

/** What a project wants or shows, not what it is made of: "for better reliability", "Stability rate: …". */
export const ABSTRACT =
  /^(?:performance|reliability|stability|quality|rates?|speed|status|description|progress|loops?|feedback|health|goals?|metrics?|kpis?|scores?|results?|criteria|impact|gain|confidence|completeness|standards?|polic(?:y|ies)|expectations?|acceptance|assurance|efficiency|maintainability|robustness|summary|overview|notes?|outcomes?|objectives?|leadership|excellence|readiness|safety|culture|hygiene|improvements?|ci)$/iu;

/** Adjectives that name nothing by themselves: "New test coverage ≥ 90% on added lines". */
const BARE_ADJECTIVE =
  /^(?:new|added|changed|modified|touched|existing|current|expected|average|high|better|fast|good|strong|minimum|required|general|unit|single|automated|next|previous|initial|ultimate|long-term|short-term)$/iu;

/** A command before the file it runs: "pytest tests/test_api.py". */
const RUNNER = /^(?:pytest|vitest|jest|mocha|rspec|phpunit)$/iu;

const isOf = (
  kinds: ReadonlySet<WordClass>,
  token: Token | undefined,
): boolean => token !== undefined && kinds.has(token.kind);

/** A number that measures ("80%", "20+") rather than counts members ("6 files"). */
export function isMeasure({ quantity }: Token): boolean {
  return (
    quantity !== null && (quantity.unit !== null || quantity.bound !== null)
  );
}

function isBare(name: readonly Token[]): boolean {
  return name.length === 1 && BARE_ADJECTIVE.test(name[0]?.text ?? "");
}

/** What a phrase names, without quantifiers and metric words: `overall` when nothing is left, null for an empty phrase. */
export function nameOf(phrase: readonly Token[]): Subject | null {
  if (phrase.length === 0) return null;
  const words = phrase.filter(
    ({ kind, text }) => kind !== "overall" || !EVERYTHING.test(text),
  );
  let start = words.length > 1 && RUNNER.test(words[0]?.text ?? "") ? 1 : 0;
  let end = words.length;
  let each = false;
  for (; isOf(LEADING, words[start]); start += 1) {
    const { kind, text } = words[start] ?? { kind: "word", text: "" };
    each ||= kind === "all" || kind === "each" || PER.test(text);
  }
  while (end > start && isOf(TRAILING, words[end - 1])) {
    // "per function", "on added lines": the aspect is the noun.
    const noun =
      words[end - 1]?.kind === "aspect" &&
      (each || isBare(words.slice(start, end - 1)));
    if (noun && (each ? end - 1 === start : true)) break;
    end -= 1;
  }
  const name = nameWithin(withoutOccasion(words.slice(start, end)));
  const subject = written(name);
  // In "testes automatizados" the noun stands first.
  const ofTests =
    isOf(TESTS, name.at(-1)) ||
    (isOf(TESTS, name[0]) && name.every(({ kind }) => kind !== "preposition"));
  if (
    subject === "" ||
    WHOLE_PROJECT.test(subject) ||
    RUNS_OR_REPORTS.test(subject) ||
    isBare(name) ||
    name.every(({ kind }) => kind === "occasion" || kind === "filler") ||
    ABSTRACT.test(name.at(-1)?.text ?? "") ||
    !/[\p{L}\p{N}]/u.test(subject)
  )
    return { ...WHOLE, ofTests };
  // "A and B" are two; "command and endpoint code" is one.
  const joined =
    name.some(({ kind }) => kind === "and" || kind === "comma") &&
    !/\bcode$/iu.test(subject);
  return { subject, each: each || joined, ofTests };
}

/** "Unit tests in CI" are the unit tests; "lines in the parser" are the parser. */
function withoutOccasion(name: readonly Token[]): readonly Token[] {
  const at = name.findIndex(({ kind }) => kind === "preposition");
  const behind = name.slice(at + 1).filter(({ kind }) => kind !== "filler");
  if (
    at > 0 &&
    behind.length > 0 &&
    behind.every(({ kind }) => kind === "occasion")
  )
    return name.slice(0, at);
  const covers =
    at > 0 &&
    name
      .slice(0, at)
      .every(
        ({ kind, text }) =>
          kind === "aspect" || kind === "filler" || /^code$/iu.test(text),
      );
  return covers ? behind : name;
}

/** "… on each of the three modules": the name behind a preposition, up to what ends it. */
export function nameBehind(tokens: readonly Token[]): Subject | null {
  const at = tokens.findIndex((token) => !isOf(BEFORE_PREPOSITION, token));
  const preposition = tokens[at];
  if (
    preposition?.kind !== "preposition" &&
    !/^(?:auf|no)$/iu.test(preposition?.text ?? "")
  )
    return null;
  const rest = tokens.slice(at + 1);
  const end = rest.findIndex(
    (token, place) => isMeasure(token) || (place > 0 && isOf(ENDS_NAME, token)),
  );
  // "across 3 full suite runs" says when, not what.
  if (/^runs?$/iu.test(rest[end]?.text ?? "")) return null;
  const phrase = end < 0 ? rest : rest.slice(0, end);
  if (
    wordCount(phrase) > MAX_NAME ||
    phrase.some((token) => isOf(NO_NAME, token))
  )
    return null;
  const name = nameOf(phrase);
  return name && PER.test(preposition?.text ?? "")
    ? { ...name, each: true }
    : name;
}

/** What a sentence speaks of: its tokens before the first verb or measure. An opening imperative is passed over. */
export function upToVerb(tokens: readonly Token[]): readonly Token[] {
  const opening = tokens.findIndex((token) => !isOf(VERBS, token));
  if (opening < 0) return [];
  const start = opening;
  const end = tokens.findIndex(
    (token, place) =>
      isMeasure(token) || (place > start && isOf(ENDS_SUBJECT, token)),
  );
  return tokens.slice(start, end < 0 ? tokens.length : end);
}

/** The object of a preposition at the start: "of all requirements" of "coverage of all requirements is …". */
export function objectOf(tokens: readonly Token[]): readonly Token[] {
  if (tokens[0]?.kind !== "preposition") return [];
  const end = tokens.findIndex(
    (token) => isMeasure(token) || isOf(ENDS_NAME, token),
  );
  return tokens.slice(1, end < 0 ? undefined : end);
}

const PER = /^(?:per|pro|par|por|je)$/iu;

/** Tokens as they were written; brackets between them are gone with what they held. */
function written(tokens: readonly Token[]): string {
  let text = "";
  let end = 0;
  for (const token of tokens) {
    text += text !== "" && token.start > end ? ` ${token.text}` : token.text;
    end = token.end;
  }
  return text.replace(/^["'“]|["'”]$/gu, "");
}

const EVERYTHING = /^(?:overall|in total|整体|总体|全体)$/iu;

const TESTS: ReadonlySet<WordClass> = new Set(["tests", "suite"]);

/** What may stand before a name without being part of it. */
const LEADING: ReadonlySet<WordClass> = new Set([
  "speaker",
  "bound",
  "all",
  "each",
  "filler",
  "whole",
  "overall",
  "preposition",
  "comma",
  "and",
  "colon",
]);

/** What may stand behind a name without being part of it. */
const TRAILING: ReadonlySet<WordClass> = new Set([
  "bound",
  "filler",
  "overall",
  "whole",
  "aspect",
  "comma",
  "colon",
  "and",
  "preposition",
  "participle",
  "target",
  "each",
  "verb",
  "from",
]);

/** "coverage *achieved* on", "80% *line* coverage in". */
const BEFORE_PREPOSITION: ReadonlySet<WordClass> = new Set([
  "bound",
  "participle",
  "target",
  "filler",
  "verb",
  "overall",
  "aspect",
  "coverage",
  "covered",
]);

const ENDS_NAME: ReadonlySet<WordClass> = new Set([
  "circumstance",
  "verb",
  "from",
  "by",
  "to",
  "run",
  "pass",
  "participle",
  "growth",
  "colon",
  "comma",
  "gate",
  "fixed",
  "covered",
]);

/** "in coverage report", "across Plan 01 and Plan 02", "for each run". */
const NO_NAME: ReadonlySet<WordClass> = new Set(["occasion", "coverage"]);

const VERBS: ReadonlySet<WordClass> = new Set([
  "circumstance",
  "verb",
  "growth",
  "addition",
  "run",
  "to",
  "by",
  "pass",
  "fixed",
  "covered",
]);

const ENDS_SUBJECT: ReadonlySet<WordClass> = new Set([...VERBS, "from"]);
