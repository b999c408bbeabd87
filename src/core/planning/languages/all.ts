import { CHINESE } from "./chinese.ts";
import { DUTCH } from "./dutch.ts";
import { ENGLISH } from "./english.ts";
import { FRENCH } from "./french.ts";
import { GERMAN } from "./german.ts";
import { INDONESIAN } from "./indonesian.ts";
import { ITALIAN } from "./italian.ts";
import { JAPANESE } from "./japanese.ts";
import { KOREAN } from "./korean.ts";
import { POLISH } from "./polish.ts";
import { PORTUGUESE } from "./portuguese.ts";
import { RUSSIAN } from "./russian.ts";
import { SPANISH } from "./spanish.ts";
import { TURKISH } from "./turkish.ts";
import { UKRAINIAN } from "./ukrainian.ts";
import { VIETNAMESE } from "./vietnamese.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Within a class the earlier language wins: what English calls "tests" opens "tests unitaires" in French. */
export const LANGUAGES: readonly Vocabulary[] = [
  GERMAN,
  FRENCH,
  SPANISH,
  PORTUGUESE,
  ITALIAN,
  DUTCH,
  POLISH,
  RUSSIAN,
  UKRAINIAN,
  TURKISH,
  VIETNAMESE,
  INDONESIAN,
  CHINESE,
  JAPANESE,
  KOREAN,
  ENGLISH,
];

/** Alternatives that all languages (of one script) give, as one regular expression source; null for none. */
export function alternatives(
  script: Vocabulary["script"],
  pick: (language: Vocabulary) => string | undefined,
): string | null {
  const found = LANGUAGES.filter((language) => language.script === script)
    .map(pick)
    .filter((spellings) => spellings !== undefined);
  return found.length === 0 ? null : found.join("|");
}
