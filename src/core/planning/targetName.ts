import type { Token, WordClass } from "./targetWords.ts";

/**
 * The part of a phrase that names a file, module, component, set or suite: a noun phrase, else the files that stand in it, else
 * nothing. What is not seen to be a name is none, since "overall" is less wrong than half a sentence.
 */
export function nameWithin(phrase: readonly Token[]): readonly Token[] {
  const name = withoutTail(withoutVerb(phrase));
  if (name.length > 0 && isNounPhrase(name)) return name;
  const first = phrase.findIndex(isPath);
  const joined = phrase
    .slice(first)
    .findIndex((token) => !isPath(token) && !JOINTS.has(token.kind));
  return first < 0
    ? []
    : withoutTail(phrase.slice(first, joined < 0 ? undefined : first + joined));
}

/** A file or directory needs no preposition: "coverage ≥ 85% `src/bot/`". */
export function isPath({ kind, text }: Token): boolean {
  return (
    kind === "word" && /[\p{L}\p{N}_*-](?:\/|[._][\p{L}\p{N}])/u.test(text)
  );
}

/** "Implement the parser with 80% coverage" is said of the parser; what is fixed, planned or run is no part of the project. */
function withoutVerb(phrase: readonly Token[]): readonly Token[] {
  const [verb, next] = phrase;
  const text = verb?.text ?? "";
  if (verb?.kind !== "word") return phrase;
  if (next === undefined) return COMMANDS.test(text) ? [] : phrase;
  const makes = MAKES.test(text);
  const commands =
    makes || COMMANDS.test(text) || (MAY_COMMAND.test(text) && opensNoun(next));
  if (!commands) return phrase;
  const object = phrase.slice(1);
  const start = object.findIndex((token) => !opensNoun(token));
  return makes && start >= 0 ? object.slice(start) : [];
}

/** What stands before a noun but not between two parts of one. */
function opensNoun({ kind, quantity }: Token): boolean {
  return OPENS_NOUN.has(kind) || quantity !== null;
}

const OPENS_NOUN: ReadonlySet<WordClass> = new Set([
  "filler",
  "all",
  "each",
  "whole",
  "none",
]);

/** Imperatives whose object is what the project is made of. */
const MAKES =
  /^(?:implement|build|create|develop|refactor|rewrite|port|migrate|extend|ship|deliver|introduce|provide)$/iu;

/** Imperatives that are no nouns. */
const COMMANDS =
  /^(?:fix|write|set|get|make|take|give|use|add|begin|continue|configure|establish|replace|remove|convert|prepare|define|choose|finish|keep|let|help|allow|enable|enforce|install|list|include|execute|apply|assess|evaluate|analy[sz]e|identify|focus|transform|perform|conduct|schrei(?:be|ben)|escribir|escrever|implementar|criar|crear|écrire|ajouter|scrivere|написать|добавить|viết|hỗ|jaga|tulis|buat)$/iu;

/** Nouns that command before an article or a number: "Test the parser", but "Test utilities". */
const MAY_COMMAND =
  /^(?:test|build|plan|report|review|order|search|run|check|export|import|release|process|support|update|design|document|monitor|audit|cache|log|target|start|stop|complete|cover|track|measure|(?!existing|remaining|failing|passing|pending|missing|following|working)\p{L}{2,12}ing)$/iu;

/** Adverbs, flags, participles and "3 times" behind a name say something of it. */
function withoutTail(phrase: readonly Token[]): readonly Token[] {
  const end = phrase.findLastIndex(
    ({ kind, text, quantity }, place) =>
      !(kind === "word" && place > 0 && TAIL.test(text)) &&
      !(kind === "occasion" && phrase[place - 1]?.quantity) &&
      !(quantity && phrase[place + 1]?.kind === "occasion") &&
      !LOOSE.has(kind),
  );
  const start = phrase.findIndex(
    ({ kind, text }, place) =>
      !(
        kind === "word" &&
        isAdverb(text) &&
        !/ed$/iu.test(phrase[place + 1]?.text ?? "")
      ),
  );
  return start < 0 ? [] : phrase.slice(start, end + 1);
}

const LOOSE: ReadonlySet<WordClass> = new Set(["and", "comma", "preposition"]);

/** "-xvs"; "extended"; "typically". */
const TAIL =
  /^(?:--?\p{L}[\w-]*|extended|created|completed|done|implemented|added|covered|using|being|için|ab|\p{L}{3,20}[^aeiou\P{L}]ly)$/iu;

function isAdverb(text: string): boolean {
  return /^\p{L}{3,20}ly$/iu.test(text) && !NOUNS_IN_LY.test(text);
}

const NOUNS_IN_LY =
  /^(?:assembly|family|supply|reply|daily|weekly|monthly|nightly|yearly|quarterly|early|anomaly|monopoly|friendly|hourly|likely)$/iu;

/** A noun phrase has a word that names something, no word that only sentences have, and ends in what may be a noun. */
function isNounPhrase(name: readonly Token[]): boolean {
  return (
    name.some(names) &&
    !name.every(isTime) &&
    !name.some(
      ({ kind, text, quantity }, place) =>
        (IN_SENTENCES.has(kind) && !/^i$/u.test(text)) ||
        SENTENCE_WORD.test(text) ||
        // "a = b * 0.5"
        (kind === "word" && /^[^\p{L}\p{N}&/+#.]+$/u.test(text)) ||
        // "reduction of 228"
        (quantity !== null && name[place - 1]?.kind === "preposition") ||
        // "where to" and "assuming 50%", but "the core and the API"
        (place === name.length - 1 && NO_HEAD.has(kind)) ||
        (name.length === 1 && (kind === "assertion" || FOUND.test(text))),
    )
  );
}

/** "All failures found in CI": how they came to be known is no name. */
const FOUND =
  /^(?:found|discovered|identified|introduced|reported|detected|observed|encountered|caused|exposed|uncovered)$/iu;

/** A word of letters: a number, a sign or a single character of East Asian text names nothing. */
function names({ kind, text }: Token, _: number, all: readonly Token[]) {
  if (kind === "quantity" || LOOSE.has(kind)) return false;
  if (/\p{L}[\p{L}\p{N}_]|\p{L}[+#]/u.test(text)) return true;
  const letters = all.filter((token) => /^\p{L}$/u.test(token.text));
  return /\p{L}/u.test(text) && (letters.length > 1 || all.length > 1);
}

/** "6 months", "Week 3", "end of Q2": when, not what. */
function isTime({ kind, text, quantity }: Token): boolean {
  return (
    (quantity !== null && quantity.unit !== "%") ||
    kind === "preposition" ||
    kind === "filler" ||
    kind === "occasion" ||
    TIME.test(text)
  );
}

const TIME =
  /^(?:end|start|mid|first|second|third|fourth|next|last|short|medium|long|near|term|short-term|long-term|q[1-4]|h[12]|weeks?|months?|quarters?|days?|years?|sprints?|today|tomorrow|now|later|\d{1,4}|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|mois|semaines?|monate?n?|wochen?|meses|mes|semanas?|mesi|settiman[ae]|miesi\p{L}{2,4}|tygodni\p{L}{0,2}|недел\p{L}{1,3}|месяц\p{L}{0,3}|v?\d+(?:\.\d+)+)$/iu;

const JOINTS: ReadonlySet<WordClass> = new Set(["and", "comma", "filler"]);

const IN_SENTENCES: ReadonlySet<WordClass> = new Set([
  "none",
  "vague",
  "past",
  "condition",
  "speaker",
  "documented",
  "or",
  "from",
  "by",
  "to",
  "pass_rate",
]);

const NO_HEAD: ReadonlySet<WordClass> = new Set([
  "gate",
  "target",
  "duration",
  "participle",
]);

/** Pronouns, conjunctions and adverbs that stand in sentences and in no name. */
const SENTENCE_WORD =
  /^(?:which|that|who|whose|where|how|what|why|these|those|them|it|its|they|we|you|he|she|his|her|my|only|so|than|then|there|here|such|same|more|most|less|least|but|yet|assuming|targeting|rushing|etc|according|due|becomes?|remaining|closer|nearer|welche[rsnm]?|dass|daher|sowie|qui|que|dont|où|cuyo|donde|onde|che|который|которые|чтобы|để|yang|agar)$/iu;
