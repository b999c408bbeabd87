import type { Quantity } from "./quantity.ts";
import type { TargetReading } from "./target.ts";
import type { Subject } from "./targetPhrase.ts";
import type { Spoken } from "./targetSubject.ts";
import type { Token } from "./targetWords.ts";

/** A target to which a later clause may add a baseline, a tolerance or a way out. */
type Draft = { -readonly [Key in keyof TargetReading]: TargetReading[Key] };

/** What a reader of one threshold says of it; the rest has the same default everywhere. */
export type Found = Pick<Draft, "metric" | "op" | "value"> &
  Partial<Draft> & {
    readonly about: Subject;
    readonly token: Token | undefined;
  };

/** The targets of one statement as far as it was read. */
export class Drafts {
  readonly #drafts: Draft[] = [];
  /** Where each draft stands in the statement. */
  readonly #starts = new Map<Draft, number>();
  readonly #whom: Spoken;
  /** A baseline named before its target: the A of "from A to B". */
  #baseline: Quantity | null = null;

  constructor(whom: Spoken) {
    this.#whom = whom;
  }

  get empty(): boolean {
    return this.#drafts.length === 0;
  }

  inOrder(): TargetReading[] {
    return this.#drafts.toSorted(
      (a, b) => (this.#starts.get(a) ?? 0) - (this.#starts.get(b) ?? 0),
    );
  }

  /** "… OR gap closure plan documented" offers a way out of all that was said. */
  orDocumented(): void {
    for (const draft of this.#drafts) draft.orDocumented = true;
  }

  /** "±0.5%" behind a target. */
  tolerate({ value, unit }: Quantity): void {
    const last = this.#drafts.at(-1);
    if (last && last.unit === unit) last.tolerance = value;
  }

  /** A baseline belongs to the target that follows in "from A to B", else to the one before it. */
  nameBaseline(
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

  /** The baseline that waits for a target of this unit; it serves once. */
  takeBaseline(unit: Quantity["unit"]): number | null {
    const baseline = this.#baseline?.unit === unit ? this.#baseline : null;
    if (baseline) this.#baseline = null;
    return baseline?.value ?? null;
  }

  add({ about, token, ...found }: Found): void {
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

/** A range is a range whatever its signs say; null where neither sign nor word bounds the number. */
export function opOf({ bound, upper }: Quantity): TargetReading["op"] | null {
  return upper === null ? bound : "range";
}
