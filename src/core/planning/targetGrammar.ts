import type { Quantity } from "./quantity.ts";
import type { TargetMetric, TargetReading } from "./target.ts";
import { promiseOf, readClauses, splitLabel } from "./targetClauses.ts";
import { badMetric, headOf, nothingFails } from "./targetCount.ts";
import { durationOf, isAlone } from "./targetDuration.ts";
import {
  ABSTRACT,
  MAX_NAME,
  nameBehind,
  nameOf,
  upToVerb,
  WHOLE,
  wordCount,
  type Subject,
} from "./targetPhrase.ts";
import {
  aspectsIn,
  aspectsOf,
  closes,
  firstSaid,
  isBaseline,
  isGrowth,
  isPath,
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
  readonly #label: Subject | null;
  readonly #mentionsCoverage: boolean;
  /** In brackets: what stands there is said of what stands before them. */
  #aside = false;
  #last: { readonly about: Subject; readonly metric: TargetMetric } | null =
    null;
  #share: Share["metric"] | null = null;
  /** Whose duration the clause before an aside speaks of. */
  #timed: Subject | null = null;
  /** A baseline named before its target: the A of "from A to B". */
  #baseline: Quantity | null = null;

  constructor(label: readonly Token[], rest: readonly Token[]) {
    this.#label = labelled(label);
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
    this.#aside = aside;
    const nothing = nothingFails(tokens);
    const about = nothing && this.#named(nothing.subject);
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
    if (!aside) this.#timed = timed && this.#named(timed);
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
      this.#aside &&
      this.#drafts.length > 0 &&
      /^(?:now|today|jetzt|heute|maintenant|ahora|hoy|agora|hoje)$/iu.test(
        tokens[place - 1]?.text ?? "",
      )
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
      tests: this.#aside && (this.#last?.metric.startsWith("tests_") ?? false),
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
    const about = this.#around(tokens, place, share);
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
        each: about.each && !(share.metric === "pass_rate" && about.ofTests),
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
      ? this.#named(phrase)
      : this.#aside && isAlone(tokens, place)
        ? this.#timed
        : this.#label?.ofTests && isAlone(tokens, place)
          ? this.#label
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
      this.#aside &&
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
    const about = this.#counted(before, head.name, head.behind);
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
    const last = this.#last;
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
    const about = this.#named(upToVerb(before.slice(0, at)));
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
      about: this.#counted(before, head.name, head.behind),
      metric,
      op: "==",
      value: 0,
    });
  }

  /** "20+ ORM tests" is said of the ORM tests, "20+ tests" of what stands before it, else behind it. */
  #counted(
    before: readonly Token[],
    name: readonly Token[],
    behind: readonly Token[],
  ): Subject {
    const own = nameOf(name);
    if (own && own.subject !== WHOLE.subject) {
      return {
        ...own,
        each: own.each || before.some(({ kind }) => kind === "each"),
      };
    }
    const first = upToVerb(before.filter(({ kind }) => kind !== "colon"));
    const named = nameOf(first);
    const ofMetric = first[0] !== undefined && NAMED_BEFORE.has(first[0].kind);
    if (named && named.subject !== WHOLE.subject && !ofMetric) return named;
    return nameBehind(behind) ?? this.#implied();
  }

  /** Whom a share is said of: named before it, between it and its noun, or behind both. */
  #around(
    tokens: readonly Token[],
    place: number,
    share: Share,
  ): Subject | null {
    const first = share.at < 0 ? place : Math.min(place, share.at);
    const second = Math.max(place, share.at);
    const lead = tokens.slice(0, first);
    const colon = lead.findLastIndex(({ kind }) => kind === "colon");
    // "Gap closed: parser at 80%" speaks of the parser, "UI layer: 60%" of the layer.
    const opening =
      colon + 1 < first
        ? lead.slice(colon + 1)
        : lead.slice(0, Math.max(colon, 0));
    // "Coverage report shows the parser at 50%"
    const front = upToVerb(
      opening[0]?.kind === "coverage" ? opening.slice(1) : opening,
    );
    if (wordCount(front) > MAX_NAME) return null;
    // In "98% of ORM tests pass" the noun is the subject too.
    const middle = tokens.slice(
      first + 1,
      tokens[second]?.kind === "tests" ? second + 1 : second,
    );
    const behind = tokens.slice(second + 1);
    // "Unit tests cover 90% of the code" is said of the code.
    const byTests =
      tokens[second]?.kind === "covered" ||
      tokens[share.at]?.kind === "covered";
    const names = [
      byTests && nameOf(front)?.ofTests ? null : nameOf(front),
      (share.at < place ? nameBehind(middle) : null) ??
        nameOf(upToVerb(middle.filter(({ kind }) => !BESIDE_NAME.has(kind)))),
      nameBehind(behind),
      behind[0] && isPath(behind[0]) ? nameOf([behind[0]]) : null,
    ].filter((name) => name !== null && name.subject !== WHOLE.subject);
    const named = names.find((name) => !name?.ofTests) ?? names[0];
    const saysWhole = tokens.some(({ kind }) => kind === "overall");
    // "Integration tests add 5% to overall coverage": the tests are how, the whole is what.
    const adds =
      saysWhole &&
      tokens.slice(0, place).some(({ kind }) => kind === "addition");
    // "Overall coverage is 90% across all projects"
    // "All unit tests pass with 75% coverage": of the code, not of the tests.
    if (
      named?.ofTests &&
      share.metric === "coverage" &&
      this.#last?.metric === "tests_failing" &&
      this.#last.about.subject === named.subject
    )
      return this.#label ?? WHOLE;
    const spread =
      (saysWhole && named?.each === true && named === names.at(-1)) ||
      // "50% average coverage per file" lets some have less.
      (named?.each === true && tokens.some(({ text }) => AVERAGE.test(text)));
    if (named && !(named.ofTests && adds) && !spread) return named;
    if (spread || (saysWhole && !this.#label)) return WHOLE;
    const ofSameTests =
      share.metric === "pass_rate" &&
      (this.#last?.metric.startsWith("tests_") ?? false);
    return this.#implied(share.at < 0 || ofSameTests);
  }

  #named(tokens: readonly Token[]): Subject | null {
    if (wordCount(tokens) > MAX_NAME) return null;
    const own = nameOf(tokens);
    return own && own.subject !== WHOLE.subject ? own : this.#implied();
  }

  /** Whom a clause means that names nobody: in brackets who was named before them, else the label's, else the project. */
  #implied(continues = false): Subject {
    return (
      (this.#aside || continues ? this.#last?.about : null) ??
      this.#label ??
      WHOLE
    );
  }

  #add({ about, token, ...found }: Found): void {
    const { subject } = about;
    // "Tests passing (≥95% success rate)": not all of them.
    const whole = this.#drafts.at(-1);
    if (
      this.#aside &&
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
        (this.#aside || draft.subject.toLowerCase() === subject.toLowerCase()),
    );
    if (twin) {
      twin.from ??= found.from ?? null;
      return;
    }
    this.#last = { about, metric: found.metric };
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

/** Nouns of a metric: what opens with one names no subject. */
const NAMED_BEFORE: ReadonlySet<Token["kind"]> = new Set([
  "failures",
  "failing",
  "flaky",
  "tests",
  "coverage",
]);

const NOT = /^(?:not|nicht|pas|no|não|non|не)$/iu;

const AVERAGE =
  /^(?:average|avg|mean|durchschnittlich\p{L}*|moyenne|promedio|media|média)$/iu;

const WITHOUT = /^(?:without|ohne|sans|sin|sem)/iu;

/** Between a share and its noun these belong to no name. */
const BESIDE_NAME: ReadonlySet<Token["kind"]> = new Set([
  "colon",
  "gate",
  "aspect",
  "participle",
  "target",
  "growth",
  "addition",
]);

/** Words that name no subject of their own before a colon: "TQ-03:", "Quality: all tests pass". */
const EMPTY_LABEL =
  /^(?:[A-Z]{1,8}-?\d[\w.-]*|\d[\d.]*|(?:truth|goal|criteri(?:on|a)|success|step|phase|plan|must|req(?:uirement)?|sc|task|wave|tier|target|quality|verification|verify|result|outcome|metric|final|minimum|after|before|testing|ziel|qualität|objectif|qualité|objetivo|calidad|qualidade|目标|目標|質量|质量|品質)s?(?:\s+[\w.-]{1,12}){0,2})$/iu;

function labelled(all: readonly Token[]): Subject | null {
  // "E2E tests reliability: 100% pass rate" is said of the tests, "Stability rate: …" of nothing else.
  const end = all.findLastIndex(({ text }) => !ABSTRACT.test(text));
  const label = all.slice(0, end + 1);
  const name = nameOf(label);
  // "Combined impact: +3.4 points" says by what, not of what.
  const how = all.some(({ kind }) => kind === "addition" || kind === "growth");
  const words = label.map(({ text }) => text).join(" ");
  return name &&
    name.subject !== WHOLE.subject &&
    !how &&
    !EMPTY_LABEL.test(words)
    ? name
    : null;
}

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
