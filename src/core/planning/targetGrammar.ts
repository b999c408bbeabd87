import type { Quantity } from "./quantity.ts";
import type { TargetReading } from "./target.ts";
import {
  PRESENT,
  promiseOf,
  readClauses,
  splitLabel,
} from "./targetClauses.ts";
import { badMetric, headOf, nothingFails } from "./targetCount.ts";
import { durationOf, isAlone } from "./targetDuration.ts";
import { upToVerb, type Subject } from "./targetPhrase.ts";
import { Spoken } from "./targetSubject.ts";
import {
  aspectsIn,
  aspectsOf,
  closes,
  firstSaid,
  isBaseline,
  isGrowth,
  shareOf,
  ties,
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
  const { label, rest } = splitLabel(
    readTokens(plainStatement(text.slice(0, MAX_STATEMENT))),
  );
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

/** A target to which a later clause may add a baseline, a tolerance or a way out. */
type Draft = { -readonly [Key in keyof TargetReading]: TargetReading[Key] };

/** What a reader of one threshold says of it; the rest has the same default everywhere. */
type Found = Pick<Draft, "metric" | "op" | "value"> &
  Partial<Draft> & {
    readonly about: Subject;
    readonly token: Token | undefined;
  };

/** Reads one statement, clause by clause: what was said before tells whom and what the next clause means. */
class Reading {
  readonly #drafts: Draft[] = [];
  /** Where each draft stands in the statement. */
  readonly #starts = new Map<Draft, number>();
  readonly #whom: Spoken;
  readonly #mentionsCoverage: boolean;
  #share: Share["metric"] | null = null;
  /** Whose duration the clause before an aside speaks of. */
  #timed: Subject | null = null;
  /** A baseline named before its target: the A of "from A to B". */
  #baseline: Quantity | null = null;

  constructor(label: readonly Token[], rest: readonly Token[]) {
    this.#whom = new Spoken(label);
    // Only coverage is measured by three aspects at once.
    this.#mentionsCoverage = rest.some(
      ({ kind, text }) =>
        kind === "coverage" ||
        (kind === "aspect" && aspectsIn(text).length > 2),
    );
  }

  targets(): TargetReading[] {
    return this.#drafts.toSorted(
      (a, b) => (this.#starts.get(a) ?? 0) - (this.#starts.get(b) ?? 0),
    );
  }

  /** "… OR gap closure plan documented" offers a way out of all that was said. */
  orDocumented(): void {
    for (const draft of this.#drafts) draft.orDocumented = true;
  }

  read(tokens: readonly Token[], aside: boolean): void {
    this.#whom.aside = aside;
    const nothing = nothingFails(tokens);
    const about = nothing && this.#whom.named(nothing.subject);
    if (nothing && about) {
      this.#add({
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
    if (!aside) this.#timed = timed && this.#whom.named(timed);
    for (const [place, { kind, quantity }] of tokens.entries()) {
      if (nothing && place < nothing.end) continue;
      if (quantity) this.#readQuantity(tokens, place, quantity);
      else if (kind === "none") this.#readNone(tokens, place, nothing !== null);
    }
  }

  #readQuantity(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const last = this.#drafts.at(-1);
    if (quantity.sign === "±") {
      if (last && last.unit === quantity.unit) last.tolerance = quantity.value;
    } else if (isBaseline(tokens, place) || this.#isPresent(tokens, place))
      this.#nameBaseline(tokens, place, quantity);
    else if (quantity.unit === "s") this.#readDuration(tokens, place, quantity);
    else if (quantity.unit === null) this.#readCount(tokens, place, quantity);
    else this.#readShare(tokens, place, quantity);
  }

  /** "(now 79.4%)" behind a target is where things stand. */
  #isPresent(tokens: readonly Token[], place: number): boolean {
    return (
      this.#whom.aside &&
      this.#drafts.length > 0 &&
      PRESENT.test(tokens[place - 1]?.text ?? "")
    );
  }

  /** A baseline belongs to the target that follows in "from A to B", else to the one before it. */
  #nameBaseline(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const unit = quantity.unit ?? "tests";
    const behind = tokens.slice(place + 1);
    const level = this.#drafts.findLast((draft) => draft.unit === unit);
    const last =
      level ??
      this.#drafts.findLast((draft) => unit === "%" && draft.unit === "pp");
    const pair = behind.some(
      (token) => token.quantity?.unit === quantity.unit && !token.quantity.sign,
    );
    // "(+407 lines from 169)" and "(from 2351 total)" count something else than tests.
    const counted = [
      ...tokens.slice(0, place).map(({ kind }) => kind === "aspect"),
      ...behind.map(({ kind }) => kind === "overall" || kind === "word"),
    ];
    if (pair || !last) this.#baseline = quantity;
    else if (unit !== "tests" || !counted.includes(true))
      last.from ??= quantity.value;
  }

  #takeBaseline(unit: Quantity["unit"]): number | null {
    const baseline = this.#baseline?.unit === unit ? this.#baseline : null;
    if (baseline) this.#baseline = null;
    return baseline?.value ?? null;
  }

  #readShare(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const share = shareOf(tokens, place, {
      metric: this.#share,
      coverage: this.#mentionsCoverage,
      tests:
        this.#whom.aside &&
        (this.#whom.last?.metric.startsWith("tests_") ?? false),
    });
    const delta =
      quantity.unit === "pp" ||
      quantity.sign === "+" ||
      isGrowth(tokens, place);
    const op = opOf(quantity) ?? ">=";
    // A share below a line is what is looked for, not what is promised: "files with <50% coverage".
    if (!share || op === "<" || op === "<=" || quantity.sign === "-") return;
    // "50% per file (not 100%)"
    if (NOT.test(tokens[place - 1]?.text ?? "")) return;
    if (delta ? share.metric === "pass_rate" : quantity.value > 100) return;
    const about = this.#whom.around(tokens, place, share);
    if (!about) return;
    this.#share = share.metric;
    const from = this.#takeBaseline("%");
    const aspects =
      share.metric === "coverage" ? aspectsOf(tokens, place, share.at) : [null];
    for (const aspect of aspects) {
      this.#add({
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
    const baseline = this.#takeBaseline("s");
    // "Reduce the runtime from 30 s to 10 s"
    const shrinks = baseline !== null && quantity.value < baseline;
    const op = opOf(quantity) ?? (shrinks ? "<=" : null);
    if (!about || (op !== "<" && op !== "<=")) return;
    this.#add({
      token: tokens[place],
      about,
      metric: "duration",
      op,
      value: quantity.value,
      unit: "s",
      from: baseline,
    });
  }

  #readCount(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const before = tokens.slice(0, place);
    const head = headOf(tokens.slice(place + 1));
    if (
      !head &&
      this.#whom.aside &&
      isAlone(tokens, place) &&
      this.#countsTests(tokens[place], quantity)
    )
      return;
    if (!head) {
      if (closes(tokens.slice(place + 1)))
        this.#readNamedBefore(tokens, place, quantity);
      return;
    }
    const op = opOf(quantity) ?? boundOf(before, head.behind);
    const about = this.#whom.counted(before, head.name, head.behind);
    const found = {
      token: tokens[place],
      about,
      value: quantity.value,
      upper: quantity.upper,
    };
    const bad = badMetric(head);
    const said = firstSaid(head.behind);
    if (bad) {
      if (
        boundsFailures(op, quantity.value) &&
        said !== "fixed" &&
        said !== "pass"
      )
        this.#add({ ...found, metric: bad, op: op ?? "==" });
      return;
    }
    const value = wholeTests(quantity);
    const partly =
      quantity.denominator !== null && quantity.denominator !== quantity.value;
    if (head.kind === "pass" || said === "pass") {
      // "244 tests pass" tells how many there are.
      if (op !== null || (quantity.denominator !== null && !partly))
        this.#add({
          ...found,
          metric: "tests_passing",
          value,
          op: op ?? "==",
          from: this.#takeBaseline(null),
        });
    } else if (quantity.denominator === null && op !== null && op !== "==") {
      this.#add({
        ...found,
        metric: "tests_total",
        value,
        op,
        each: about.each,
        from: this.#takeBaseline(null),
      });
    }
  }

  /** "All tests pass (242/242)", "all tests pass (≥ 220)". */
  #countsTests(token: Token | undefined, quantity: Quantity): boolean {
    const last = this.#whom.last;
    const ofTests =
      last?.metric === "tests_failing" || last?.metric === "pass_rate";
    const whole = quantity.denominator === quantity.value;
    if (
      !ofTests ||
      (!whole && quantity.bound !== ">=" && quantity.bound !== ">")
    )
      return false;
    this.#add({
      token,
      about: last.about,
      metric: whole ? "tests_passing" : "tests_total",
      value: quantity.value,
      op: whole || quantity.bound === null ? "==" : quantity.bound,
    });
    return true;
  }

  /** "Test failures: 0", "flaky tests <= 3", "test count >= 500", "coverage > 80". */
  #readNamedBefore(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const before = tokens.slice(0, place);
    const bad = before.findLastIndex(({ kind }) => BAD.has(kind));
    const at =
      bad >= 0
        ? bad
        : before.findLastIndex(
            ({ kind }) => kind === "tests" || kind === "coverage",
          );
    const kind = before[at]?.kind;
    if (kind === undefined || !ties(before.slice(at + 1))) return;
    const op = opOf(quantity) ?? boundOf(before, tokens.slice(place + 1));
    const found = {
      token: tokens[place],
      value: quantity.value,
      upper: quantity.upper,
      op: op ?? "==",
    };
    if (kind === "coverage") {
      if (op !== null)
        this.#readShare(tokens, place, { ...quantity, unit: "%" });
      return;
    }
    const about = this.#whom.named(upToVerb(before.slice(0, at)));
    if (!about) return;
    if (kind !== "tests") {
      if (!boundsFailures(op, quantity.value)) return;
      const metric = kind === "flaky" ? "tests_flaky" : "tests_failing";
      this.#add({ ...found, about, metric, from: this.#takeBaseline(null) });
    } else if (op === ">=" || op === ">") {
      this.#add({
        ...found,
        about,
        metric: "tests_total",
        value: wholeTests(quantity),
        from: this.#takeBaseline(null),
      });
    }
  }

  /** "Zero test failures", "no flaky tests", "no tests fail". */
  #readNone(
    tokens: readonly Token[],
    place: number,
    saidAlready: boolean,
  ): void {
    const head = headOf(tokens.slice(place + 1));
    const metric = head && badMetric(head);
    // "All tests pass without failures" says it once.
    if (!metric || (saidAlready && metric === "tests_failing")) return;
    const before = tokens.slice(0, place);
    // "… now possible without test failures" is how something else goes.
    const ours =
      before.length === 0 ||
      before.some(({ kind }) => kind === "tests" || kind === "suite");
    if (!ours && WITHOUT.test(tokens[place]?.text ?? "")) return;
    this.#add({
      token: tokens[place],
      about: this.#whom.counted(before, head.name, head.behind),
      metric,
      op: "==",
      value: 0,
    });
  }

  #add({ about, token, ...found }: Found): void {
    const { subject } = about;
    // "Tests passing (≥95% success rate)": not all of them.
    const whole = this.#drafts.at(-1);
    if (
      this.#whom.aside &&
      found.metric === "pass_rate" &&
      found.value < 100 &&
      whole?.metric === "tests_failing"
    )
      this.#drafts.pop();
    const twin = this.#drafts.find(
      (draft) =>
        draft.metric === found.metric &&
        draft.value === found.value &&
        draft.op === found.op &&
        draft.aspect === (found.aspect ?? null) &&
        (this.#whom.aside ||
          draft.subject.toLowerCase() === subject.toLowerCase()),
    );
    if (twin) {
      twin.from ??= found.from ?? null;
      return;
    }
    this.#whom.last = { about, metric: found.metric };
    const draft: Draft = {
      subject,
      each: false,
      aspect: null,
      upper: null,
      unit: "tests",
      from: null,
      tolerance: null,
      orDocumented: false,
      ...found,
    };
    this.#drafts.push(draft);
    this.#starts.set(draft, token?.start ?? 0);
  }
}

const BAD: ReadonlySet<Token["kind"]> = new Set([
  "failures",
  "failing",
  "flaky",
]);

const NOT = /^(?:not|nicht|pas|no|não|non|не)$/iu;

const WITHOUT = /^(?:without|ohne|sans|sin|sem)/iu;

/** A range is a range whatever its signs say; null where neither sign nor word bounds the number. */
function opOf({ bound, upper }: Quantity): TargetReading["op"] | null {
  return upper === null ? bound : "range";
}

/** "50 tests or more", "minimum test count: 50", "maximum failing tests: 2". */
function boundOf(
  before: readonly Token[],
  behind: readonly Token[],
): ">=" | "<=" | null {
  const first = behind.find(({ kind }) => kind !== "filler");
  const said =
    first?.kind === "bound"
      ? first.text
      : (before.find(({ kind }) => kind === "target")?.text ?? "");
  if (/less|fewer|lower|below|most|max|máx/iu.test(said)) return "<=";
  return /^(?:or|and|at|as|min|mín)/iu.test(said) ? ">=" : null;
}

/** "3 failing tests" tells what is; "at most 3" and "0" say what may be. */
function boundsFailures(
  op: TargetReading["op"] | null,
  value: number,
): boolean {
  return (
    op === "<" || op === "<=" || (value === 0 && (op === null || op === "=="))
  );
}

/** `1.163 Tests`: there are no parts of tests, so three decimals are thousands. */
function wholeTests({ value, precision }: Quantity): number {
  return precision === 3 ? Math.round(value * 1000) : value;
}
