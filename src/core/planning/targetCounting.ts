import type { Quantity } from "./quantity.ts";
import type { TargetReading } from "./target.ts";
import { badMetric, headOf } from "./targetCount.ts";
import { opOf, type Drafts } from "./targetDrafts.ts";
import { isAlone } from "./targetDuration.ts";
import { upToVerb } from "./targetPhrase.ts";
import { closes, firstSaid, ties } from "./targetShare.ts";
import type { Spoken } from "./targetSubject.ts";
import type { Token } from "./targetWords.ts";

/** Reads the thresholds that are numbers of tests: how many there are, pass, fail or are flaky. */
export class Counting {
  readonly #whom: Spoken;
  readonly #drafts: Drafts;

  constructor(whom: Spoken, drafts: Drafts) {
    this.#whom = whom;
    this.#drafts = drafts;
  }

  /** "50+ tests", "51/51 tests pass", "at most 3 failures", "test count >= 500". */
  readCount(tokens: readonly Token[], place: number, quantity: Quantity): void {
    const before = tokens.slice(0, place);
    const head = headOf(tokens.slice(place + 1));
    if (!head) {
      if (
        this.#whom.aside &&
        isAlone(tokens, place) &&
        this.#countsTests(tokens[place], quantity)
      )
        return;
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
        this.#drafts.add({ ...found, metric: bad, op: op ?? "==" });
      return;
    }
    const value = wholeTests(quantity);
    const partly =
      quantity.denominator !== null && quantity.denominator !== quantity.value;
    if (head.kind === "pass" || said === "pass") {
      // "244 tests pass" tells how many there are.
      if (op !== null || (quantity.denominator !== null && !partly))
        this.#drafts.add({
          ...found,
          metric: "tests_passing",
          value,
          op: op ?? "==",
          from: this.#drafts.takeBaseline(null),
        });
    } else if (quantity.denominator === null && op !== null && op !== "==") {
      this.#drafts.add({
        ...found,
        metric: "tests_total",
        value,
        op,
        each: about.each,
        from: this.#drafts.takeBaseline(null),
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
    this.#drafts.add({
      token,
      about: last.about,
      metric: whole ? "tests_passing" : "tests_total",
      value: quantity.value,
      op: whole || quantity.bound === null ? "==" : quantity.bound,
    });
    return true;
  }

  /** "Test failures: 0", "flaky tests <= 3", "test count >= 500". */
  #readNamedBefore(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const before = tokens.slice(0, place);
    const at = countedBefore(before);
    const kind = before[at]?.kind;
    if (kind === undefined || !ties(before.slice(at + 1))) return;
    const op = opOf(quantity) ?? boundOf(before, tokens.slice(place + 1));
    const about = this.#whom.named(upToVerb(before.slice(0, at)));
    if (!about) return;
    const found = {
      token: tokens[place],
      about,
      value: quantity.value,
      upper: quantity.upper,
      op: op ?? "==",
    };
    if (kind !== "tests") {
      if (!boundsFailures(op, quantity.value)) return;
      const metric = kind === "flaky" ? "tests_flaky" : "tests_failing";
      this.#drafts.add({
        ...found,
        metric,
        from: this.#drafts.takeBaseline(null),
      });
    } else if (op === ">=" || op === ">") {
      this.#drafts.add({
        ...found,
        metric: "tests_total",
        value: wholeTests(quantity),
        from: this.#drafts.takeBaseline(null),
      });
    }
  }

  /** "Zero test failures", "no flaky tests", "no tests fail". */
  readNone(
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
    this.#drafts.add({
      token: tokens[place],
      about: this.#whom.counted(before, head.name, head.behind),
      metric,
      op: "==",
      value: 0,
    });
  }
}

/** Where the noun stands that a number behind it counts: the failures, else the tests; -1 where there is none. */
function countedBefore(before: readonly Token[]): number {
  const bad = before.findLastIndex(({ kind }) => BAD.has(kind));
  return bad >= 0 ? bad : before.findLastIndex(({ kind }) => kind === "tests");
}

/** "Coverage > 80": a bare number that a coverage before it bounds is a percentage. */
export function isBarePercentage(
  tokens: readonly Token[],
  place: number,
  quantity: Quantity,
): boolean {
  const before = tokens.slice(0, place);
  const behind = tokens.slice(place + 1);
  const coverage = before.findLastIndex(({ kind }) => kind === "coverage");
  return (
    coverage > countedBefore(before) &&
    !headOf(behind) &&
    closes(behind) &&
    ties(before.slice(coverage + 1)) &&
    (opOf(quantity) ?? boundOf(before, behind)) !== null
  );
}

const BAD: ReadonlySet<Token["kind"]> = new Set([
  "failures",
  "failing",
  "flaky",
]);

const WITHOUT = /^(?:without|ohne|sans|sin|sem)/iu;

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
