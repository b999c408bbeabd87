import type { Quantity } from "./quantity.ts";
import type { TargetReading } from "./target.ts";
import {
  PRESENT,
  promiseOf,
  readClauses,
  splitLabel,
} from "./targetClauses.ts";
import { nothingFails } from "./targetCount.ts";
import { Counting, isBarePercentage } from "./targetCounting.ts";
import { Drafts, opOf } from "./targetDrafts.ts";
import { durationOf, isAlone } from "./targetDuration.ts";
import { isMeasure, type Subject } from "./targetPhrase.ts";
import { Spoken } from "./targetSubject.ts";
import {
  aspectsIn,
  aspectsOf,
  isBaseline,
  isGrowth,
  nounOf,
  shareOf,
  type Known,
  type Share,
} from "./targetShare.ts";
import { plainStatement } from "./targetText.ts";
import { readTokens, type Token } from "./targetWords.ts";

/** Characters of a statement that are read: no threshold is stated past that. */
const MAX_STATEMENT = 2_000;

/**
 * The measurable thresholds that one statement sets for the project's own tests and coverage, in order of appearance.
 * When in doubt there is none: gates, product behaviour, estimates and vague wishes give an empty list.
 * Never throws; takes time linear in the text.
 */
export function readTargets(text: string): TargetReading[] {
  if (CODE.test(text)) return [];
  const { label, rest } = splitLabel(
    readTokens(plainStatement(text.slice(0, MAX_STATEMENT))),
  );
  // "80% coverage and 90% identity" aligns sequences.
  if (rest.some(isIdentity)) return [];
  const reading = new Reading(label, rest);
  for (const { tokens, asides, alternative } of readClauses(rest)) {
    if (alternative && tokens.some(({ kind }) => kind === "documented")) {
      reading.orDocumented();
      continue;
    }
    const promise = promiseOf(tokens);
    reading.read(promise, false);
    // An aside of what is no promise is none: "Stretch goal (25% coverage) …".
    if (promise.length === 0 && tokens.length > 0) continue;
    for (const aside of asides) reading.read(promiseOf(aside), true);
  }
  return reading.targets();
}

/** A line of source code: a call, or a value with a comment behind it. */
const CODE = /^\s*[\w.]{1,80}\(["'`]|^[^/]{0,200}[,;{]\s{0,40}\/\/ /u;

function isIdentity({ text }: Token, at: number, all: readonly Token[]) {
  return /^identity$/iu.test(text) && all[at - 1]?.quantity?.unit === "%";
}

/** Reads one statement, clause by clause: what was said before tells whom and what the next clause means. */
class Reading {
  readonly #whom: Spoken;
  readonly #drafts: Drafts;
  readonly #counting: Counting;
  readonly #mentionsCoverage: boolean;
  #share: Share["metric"] | null = null;
  /** Which share the clause before an aside speaks of without a number. */
  #announced: Share["metric"] | null = null;
  /** Whose duration the clause before an aside speaks of. */
  #timed: Subject | null = null;

  constructor(label: readonly Token[], rest: readonly Token[]) {
    this.#whom = new Spoken(label);
    this.#drafts = new Drafts(this.#whom);
    this.#counting = new Counting(this.#whom, this.#drafts);
    // Only coverage is measured by three aspects at once.
    this.#mentionsCoverage = rest.some(
      ({ kind, text }) =>
        kind === "coverage" ||
        (kind === "aspect" && aspectsIn(text).length > 2),
    );
  }

  targets(): TargetReading[] {
    return this.#drafts.inOrder();
  }

  orDocumented(): void {
    this.#drafts.orDocumented();
  }

  read(tokens: readonly Token[], aside: boolean): void {
    this.#whom.aside = aside;
    const nothing = nothingFails(tokens);
    const about = nothing && this.#whom.named(nothing.subject);
    if (nothing && about) {
      this.#drafts.add({
        token: tokens[nothing.at],
        about,
        metric: "tests_failing",
        op: "==",
        value: 0,
        from: nothing.from,
      });
    }
    // "Suite completes in reasonable time (<2 minutes)"
    const timed = aside ? null : durationOf(tokens, tokens.length);
    if (!aside) {
      this.#timed = timed && this.#whom.named(timed);
      this.#announceNoun(tokens);
    }
    for (const [place, { kind, quantity }] of tokens.entries()) {
      if (nothing && place < nothing.end) continue;
      if (quantity) this.#readQuantity(tokens, place, quantity);
      else if (kind === "none")
        this.#counting.readNone(tokens, place, nothing !== null);
    }
  }

  #readQuantity(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    if (quantity.sign === "±") this.#drafts.tolerate(quantity);
    else if (isBaseline(tokens, place) || this.#isPresent(tokens, place)) {
      this.#announce(tokens, place, quantity);
      this.#drafts.nameBaseline(tokens, place, quantity);
    } else if (quantity.unit === "s")
      this.#readDuration(tokens, place, quantity);
    else if (quantity.unit !== null) this.#readShare(tokens, place, quantity);
    else if (isBarePercentage(tokens, place, quantity))
      this.#readShare(tokens, place, { ...quantity, unit: "%" });
    else this.#counting.readCount(tokens, place, quantity);
  }

  /** "Coverage of the parser is 60% and must reach 80%": the baseline tells of what and of whom the next number is. */
  #announce(tokens: readonly Token[], place: number, { unit }: Quantity): void {
    const share = unit === "%" ? shareOf(tokens, place, this.#known()) : null;
    if (!share || share.at < 0) return;
    const about = this.#whom.around(tokens, place, share);
    if (!about) return;
    this.#share = share.metric;
    if (this.#drafts.empty) this.#whom.last = { about, metric: share.metric };
  }

  /** "Coverage of the parser (80%)": the number stands in the aside. */
  #announceNoun(tokens: readonly Token[]): void {
    this.#announced = null;
    if (tokens.some(isMeasure)) return;
    const share = nounOf(tokens);
    const about = share && this.#whom.around(tokens, share.at, share);
    if (!share || !about) return;
    this.#announced = share.metric;
    this.#whom.last = { about, metric: share.metric };
  }

  #known(): Known {
    const { aside, last } = this.#whom;
    return {
      metric: (aside ? this.#announced : null) ?? this.#share,
      coverage: this.#mentionsCoverage,
      tests: aside && (last?.metric.startsWith("tests_") ?? false),
    };
  }

  /** "(now 79.4%)" behind a target is where things stand. */
  #isPresent(tokens: readonly Token[], place: number): boolean {
    return (
      this.#whom.aside &&
      !this.#drafts.empty &&
      PRESENT.test(tokens[place - 1]?.text ?? "")
    );
  }

  #readShare(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const share = shareOf(tokens, place, this.#known());
    const delta =
      quantity.unit === "pp" ||
      quantity.sign === "+" ||
      isGrowth(tokens, place);
    const op = opOf(quantity) ?? ">=";
    // A share below a line is what is looked for, not what is promised: "files with <50% coverage".
    if (!share || op === "<" || op === "<=" || quantity.sign === "-") return;
    // "50% per file (not 100%)"
    if (
      NOT.test(tokens[place - 1]?.text ?? "") ||
      (this.#whom.aside && NOT.test(tokens[0]?.text ?? ""))
    )
      return;
    // Nothing covers less than 0%, and "64 lines, 37% coverage" describes a file.
    if (
      (quantity.value === 0 && op !== ">" && op !== "range") ||
      (quantity.bound === null && countsLines(tokens.slice(0, place)))
    )
      return;
    if (delta ? share.metric === "pass_rate" : quantity.value > 100) return;
    const about = this.#whom.around(tokens, place, share);
    if (!about) return;
    this.#share = share.metric;
    const from = this.#drafts.takeBaseline("%");
    const aspects =
      share.metric === "coverage" ? aspectsOf(tokens, place, share.at) : [null];
    for (const aspect of aspects) {
      this.#drafts.add({
        token: tokens[place],
        about,
        metric: delta ? "coverage_delta" : share.metric,
        each:
          (about.each || tokens.at(-1)?.kind === "each") &&
          !(share.metric === "pass_rate" && about.ofTests),
        aspect,
        // Nothing passes more often than always.
        op: share.metric === "pass_rate" && op === "==" ? ">=" : op,
        value: quantity.value,
        upper: quantity.upper,
        unit: delta ? "pp" : "%",
        from,
      });
    }
  }

  /** "The suite runs in <60 minutes", "suite duration: under 5 min", "unit tests < 1 s": tests, and the time they take. */
  #readDuration(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const phrase = durationOf(tokens, place);
    const about = phrase
      ? this.#whom.named(phrase)
      : this.#whom.aside && isAlone(tokens, place)
        ? this.#timed
        : this.#whom.label?.ofTests && isAlone(tokens, place)
          ? this.#whom.label
          : null;
    const baseline = this.#drafts.takeBaseline("s");
    // "Reduce the runtime from 30 s to 10 s"
    const shrinks = baseline !== null && quantity.value < baseline;
    const op = opOf(quantity) ?? (shrinks ? "<=" : null);
    if (!about || (op !== "<" && op !== "<=")) return;
    this.#drafts.add({
      token: tokens[place],
      about,
      metric: "duration",
      op,
      value: quantity.value,
      unit: "s",
      from: baseline,
    });
  }
}

const NOT = /^(?:not|nicht|pas|no|não|non|не)$/iu;

/** "64 lines, …" */
function countsLines(before: readonly Token[]): boolean {
  return before.some(
    ({ quantity }, place) =>
      quantity?.unit === null &&
      before[place + 1]?.kind === "aspect" &&
      before[place + 2]?.kind === "comma",
  );
}
