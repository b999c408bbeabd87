import { LANGUAGES, alternatives } from "./languages/all.ts";
import {
  NUMBER_WORDS,
  type Bound,
  type NumberWord,
  type Vocabulary,
} from "./languages/vocabulary.ts";
import type { Quantity } from "./quantity.ts";

/** The signs and words that stand before a number. */
export interface Prefix {
  readonly start: number;
  readonly bound: Quantity["bound"];
  readonly sign: Quantity["sign"];
  readonly approximate: boolean;
  readonly between: boolean;
}

/** How far before a number its words may begin: "not to fall any lower than or equal to approximately" fits. */
const PREFIX_REACH = 64;

/** Takes signs and words off the front of the number, nearest first. */
export function readPrefix(text: string, start: number, floor: number): Prefix {
  let before = text.slice(Math.max(floor, start - PREFIX_REACH), start);
  let bound: Quantity["bound"] = null;
  let sign: Quantity["sign"] = null;
  let approximate = false;
  let between = false;
  for (let taken = true; taken;) {
    taken = false;
    if (!MAY_END_PREFIX.test(before.slice(-4))) break;
    for (const { pattern, says } of PREFIXES) {
      const match = pattern.exec(before);
      if (!match) continue;
      // A bound nearer to the number wins: "coverage > at least 80%" is a breadcrumb.
      if (says.bound && bound) continue;
      before = before.slice(0, match.index);
      bound ??= says.bound ?? null;
      sign ??= says.sign ?? null;
      approximate ||= says.approximate ?? false;
      between ||= says.between ?? false;
      taken = true;
      break;
    }
  }
  const length = Math.min(PREFIX_REACH, start - floor) - before.length;
  return { start: start - length, bound, sign, approximate, between };
}

interface Saying {
  readonly bound?: Bound;
  readonly sign?: "+" | "-" | "±";
  readonly approximate?: boolean;
  readonly between?: boolean;
}

type Phrase = { readonly pattern: RegExp; readonly says: Saying };

/** What may stand between a word and its number: "a minimum of 80%", "au moins de 80 %", "almeno l'80%". */
const ARTICLES =
  "(?: (?:of|an?|the|de|um|una?|von|einer?|el|los|las|os?|les?|den|die|das|à|ao?|al?|del?|di|il|dem|het|to))?(?:[ \\u00a0:]{1,2}| ?(?:d|l|dell|all|nell|sull)['’])$";

/** Words before a number, with an article or preposition between them and it. */
function wordsBefore(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words})${ARTICLES}`, "iu");
}

/** Signs and East Asian words stand against the number and against the word before them. */
function signsBefore(signs: string): RegExp {
  return new RegExp(`(?:${signs})[ \\u00a0\\u202f]?$`, "u");
}

function saying(word: NumberWord): Saying {
  if (word === "about") return { approximate: true };
  return word === "between" ? { between: true } : { bound: word };
}

/** A negated bound is the other one: "not drop below", "darf nicht unter", "не ниже". */
const NEGATED: readonly (readonly [NumberWord, NumberWord])[] = [
  ["<", ">="],
  [">", "<="],
];

function negated({ not, before }: Vocabulary): Phrase[] {
  return NEGATED.flatMap(([word, turned]) =>
    not === undefined || before[word] === undefined
      ? []
      : [
          {
            pattern: wordsBefore(
              `(?:${not})(?: [\\p{L}'’-]{1,16}){0,3} (?:${before[word]})`,
            ),
            says: saying(turned),
          },
        ],
  );
}

function phrases(
  script: Vocabulary["script"],
  pattern: (spellings: string) => RegExp,
) {
  return NUMBER_WORDS.flatMap((word): Phrase[] => {
    const spellings = alternatives(script, ({ before }) => before[word]);
    return spellings === null
      ? []
      : [{ pattern: pattern(spellings), says: saying(word) }];
  });
}

/** Longest first: "no less than" before "less than", ">=" before "=". */
const PREFIXES: readonly Phrase[] = [
  {
    pattern: signsBefore("\\\\?>=|\\\\?=>|&gt;=|≥|&ge;"),
    says: { bound: ">=" },
  },
  {
    pattern: signsBefore("\\\\?<=|\\\\?=<|&lt;=|≤|&le;"),
    says: { bound: "<=" },
  },
  { pattern: signsBefore("(?<![-=])\\\\?>|&gt;"), says: { bound: ">" } },
  { pattern: signsBefore("\\\\?<|&lt;"), says: { bound: "<" } },
  { pattern: signsBefore("(?<![\\p{L}\\d_])={1,2}"), says: { bound: "==" } },
  { pattern: signsBefore("±|\\+/-|\\+-"), says: { sign: "±" } },
  { pattern: signsBefore("\\+"), says: { sign: "+" } },
  { pattern: /(?<![^\s(,;:≥≤<>=])-$/u, says: { sign: "-" } },
  { pattern: signsBefore("~|≈|≃"), says: { approximate: true } },
  ...LANGUAGES.flatMap(negated),
  ...phrases("latin", wordsBefore),
  ...phrases("cyrillic", wordsBefore),
  ...phrases("joined", signsBefore),
];

/**
 * A letter or a sign ends each of them, with little behind it: most numbers stand behind a bar, a bracket or an asterisk, and
 * need not be looked at closer.
 */
const MAY_END_PREFIX = /[\p{L}'’>=<≤≥;±+~≈≃-][ \u00a0\u202f:]{0,2}$/u;

/** "80% or more", "以上", "50 tests minimum". */
export function readSuffix(
  text: string,
  end: number,
): { end: number; bound: Quantity["bound"]; approximate: boolean } {
  for (const { pattern, says } of SUFFIXES) {
    pattern.lastIndex = end;
    const match = pattern.exec(text);
    if (match) {
      return {
        end: end + match[0].length,
        bound: says.bound ?? null,
        approximate: says.approximate ?? false,
      };
    }
  }
  return { end, bound: null, approximate: false };
}

const SPELLED_IN: readonly Vocabulary["script"][] = [
  "latin",
  "cyrillic",
  "joined",
];

const SUFFIXES: readonly Phrase[] = SPELLED_IN.flatMap((script) =>
  NUMBER_WORDS.flatMap((word): Phrase[] => {
    const spellings = alternatives(script, ({ after }) =>
      word === "between" ? undefined : after[word],
    );
    const wordEnd =
      script === "joined"
        ? ""
        : "(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\d_])";
    return spellings === null
      ? []
      : [
          {
            pattern: new RegExp(` ?(?:${spellings})${wordEnd}`, "iuy"),
            says: saying(word),
          },
        ];
  }),
);
