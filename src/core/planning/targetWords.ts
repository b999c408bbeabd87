import { alternatives } from "./languages/all.ts";
import {
  WORD_CLASSES,
  type Vocabulary,
  type WordClass,
} from "./languages/vocabulary.ts";
import { readQuantities, type Quantity } from "./quantity.ts";

export type { WordClass };

export interface Token {
  readonly kind: WordClass;
  /** As written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly quantity: Quantity | null;
}

/** A word of one of these spellings, whole. East Asian text has no word ends. */
function words(spellings: string): RegExp {
  return new RegExp(
    `(?:${spellings})(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}_]|[-./][\\p{L}\\p{N}_]|:\\p{Ll})`,
    "iuy",
  );
}

/** Before a vowel the preposition is glued to its noun: "d'intégration", "dell'API". */
const ELISION = /(?<!\p{L})(?:[dl]|dell|all|nell|sull)['’](?=\p{L})/iuy;

/** Arrows lead from one number to another in every language. */
const ARROWS = /→|->|=>|➜|⟶|➔|➡/uy;

/** The scripts that are looked up apart, since no word of one begins like a word of another. */
const SCRIPTS: readonly {
  readonly begins: RegExp;
  readonly lexicon: readonly (readonly [WordClass, RegExp])[];
}[] = [
  {
    begins:
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u,
    lexicon: lexiconOf("joined", (spellings) => new RegExp(spellings, "uy")),
  },
  { begins: /\p{Script=Cyrillic}/u, lexicon: lexiconOf("cyrillic", words) },
  { begins: /[\p{L}'’&.=→➜⟶➔➡-]/u, lexicon: lexiconOf("latin", words) },
];

/** First match wins. */
function lexiconOf(
  script: Vocabulary["script"],
  pattern: (spellings: string) => RegExp,
): (readonly [WordClass, RegExp])[] {
  return WORD_CLASSES.flatMap((kind) => {
    const spellings = alternatives(script, ({ words: of }) => of[kind]);
    return [
      spellings === null ? null : pattern(spellings),
      kind === "to" ? ARROWS : null,
      kind === "preposition" ? ELISION : null,
    ]
      .filter((found) => found !== null)
      .map((found): [WordClass, RegExp] => [kind, found]);
  });
}

const WORD =
  /[\p{L}\p{N}_@#$%+~*=<>\\^-](?:[\p{L}\p{N}_@#$+~*^'’-]|[./:](?=[\p{L}\p{N}_*])|\/(?=[\s),;]|$))*/uy;
/** Where a word holds the next: Latin before Han, and German compounds (Backend-Abdeckung). */
const WORD_WITHIN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]|-(?=(?:test|code)?-?(?:abdeckung|überdeckung|coverage|dekking))/iu;
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;

/** Cuts a text into classified words; numbers are taken whole, with their signs, words and units. */
export function readTokens(text: string): Token[] {
  const quantities = readQuantities(text).values();
  let quantity = quantities.next().value;
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    while (quantity && quantity.index < at) quantity = quantities.next().value;
    if (quantity?.index === at) {
      const end = at + quantity.length;
      tokens.push({
        kind: "quantity",
        text: text.slice(at, end),
        start: at,
        end,
        quantity,
      });
      at = end;
      continue;
    }
    const token = readToken(text, at);
    const end = quantity
      ? Math.min(token.end, Math.max(quantity.index, at + 1))
      : token.end;
    if (token.text.trim() !== "") {
      tokens.push(
        end < token.end ? { ...token, text: text.slice(at, end), end } : token,
      );
    }
    at = end;
  }
  return withAspectLists(tokens.map(asAdjective), text);
}

/** In "all tested files" no verb stands. */
function asAdjective(token: Token, at: number, all: readonly Token[]): Token {
  const before = all[at - 1];
  const next = all[at + 1]?.kind;
  const describes =
    PARTICIPLES.has(token.kind) &&
    /ed$/iu.test(token.text) &&
    (before?.kind === "all" ||
      before?.kind === "each" ||
      (before === undefined && token.kind === "verb") ||
      /^the$/iu.test(before?.text ?? "")) &&
    (next === "word" || next === "tests");
  return describes ? { ...token, kind: "word" } : token;
}

const PARTICIPLES: ReadonlySet<WordClass> = new Set([
  "verb",
  "participle",
  "addition",
  "growth",
  "covered",
]);

/** "lines, branches and functions" is one word of the sentence: what is said of it is said of each. */
function withAspectLists(tokens: readonly Token[], text: string): Token[] {
  const merged: Token[] = [];
  let joints: Token[] = [];
  for (const token of tokens) {
    const last = merged.at(-1);
    if (last?.kind === "aspect" && token.kind === "aspect") {
      merged[merged.length - 1] = {
        ...last,
        text: text.slice(last.start, token.end),
        end: token.end,
      };
      joints = [];
    } else if (last?.kind === "aspect" && JOINTS.has(token.kind)) {
      joints.push(token);
    } else {
      merged.push(...joints, token);
      joints = [];
    }
  }
  return [...merged, ...joints];
}

const JOINTS: ReadonlySet<WordClass> = new Set(["comma", "and"]);

function readToken(text: string, at: number): Token {
  const make = (kind: WordClass, end: number): Token => ({
    kind,
    text: text.slice(at, end),
    start: at,
    end,
    quantity: null,
  });
  const char = text.charAt(at);
  const before = text.charAt(at - 1);
  if (/\s/u.test(char)) return make("filler", at + 1);
  const mark = MARKS[char];
  if (
    mark &&
    !(char === "." && (/\S/u.test(text.charAt(at + 1)) || /[./]/.test(before)))
  )
    return make(mark, at + 1);
  if (/^[-–—]\s/u.test(text.slice(at, at + 2)) && /^\s?$/u.test(before))
    return make("stop", at + 1);
  const lexicon =
    SCRIPTS.find(({ begins }) => begins.test(char))?.lexicon ?? [];
  for (const [kind, pattern] of lexicon) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return make(kind, at + match[0].length);
  }
  if (EAST_ASIAN.test(char)) return make("word", at + 1);
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0] ?? char;
  const ends = word.search(WORD_WITHIN);
  return make("word", at + (ends > 0 ? ends : word.length));
}

const MARKS: Readonly<Record<string, WordClass>> = {
  "(": "open",
  "[": "open",
  "（": "open",
  ")": "close",
  "]": "close",
  "）": "close",
  ";": "stop",
  "；": "stop",
  ".": "stop",
  "。": "stop",
  "!": "stop",
  "|": "stop",
  ",": "comma",
  "，": "comma",
  ":": "colon",
  "：": "colon",
};
