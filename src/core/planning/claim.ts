/** A measurable statement that a document makes about a result: a number, a fraction, or "complete". */
export interface Claim {
  readonly metric: ClaimMetric;
  /** `overall`, or the file, set, component, suite or phase as written. */
  readonly subject: string;
  /** The number claimed, or the status word for `status`. */
  readonly value: number | string;
  /** The end of a claimed range, else null. */
  readonly upper: number | null;
  readonly unit: "%" | "pp" | "tests" | "s" | "files" | null;
  /** The `n/d` beside the number: 169 of 169, 530/792 lines. */
  readonly fraction: { readonly n: number; readonly d: number } | null;
  /** Half a unit of the last digit written (55.32 → 0.005, 55 → 0.5, "~12" → 1), or what the document states. */
  readonly tolerance: number;
  /** A lower bound only: "95%+", ">35%". */
  readonly atLeast: boolean;
  /** The document itself calls it an estimate. */
  readonly estimated: boolean;
  /** An earlier value, not a result of now: the A of "A → B", a "Before" column, "claimed X but …". */
  readonly historic: boolean;
  readonly aspect: "line" | "branch" | "statement" | "function" | null;
  /** What the same document says against it, and the line where it begins to. */
  readonly disputed?: { readonly line: number; readonly why: string };
  readonly text: string;
  readonly path: string;
  readonly line: number;
  /** Key of the phase that the statement speaks of, where its document speaks of several and it names one. */
  readonly phase?: string;
}

export type ClaimMetric =
  | "coverage"
  | "coverage_delta"
  | "pass_rate"
  | "tests_total"
  | "tests_passing"
  | "tests_failing"
  | "tests_flaky"
  | "duration"
  | "status";

/** A claim before anybody said where it stands. */
export type ClaimReading = Omit<Claim, "path">;
