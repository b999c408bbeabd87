/** A measurable threshold that a document sets: the shape of `phasewatch targets --json`. */
export interface Target {
  readonly metric: TargetMetric;
  /** `overall`, or the file, set, component or suite as written. */
  readonly subject: string;
  /** The threshold holds for each member of the subject. */
  readonly each: boolean;
  readonly aspect: "line" | "branch" | "statement" | "function" | null;
  readonly op: ">=" | ">" | "<=" | "<" | "==" | "range";
  readonly value: number;
  /** Only with `range`. */
  readonly upper: number | null;
  /** Durations are in seconds, deltas in points. */
  readonly unit: "%" | "pp" | "tests" | "s";
  /** The baseline that the statement names, in the same unit as the value (percent for a delta). */
  readonly from: number | null;
  /** Same unit as the value. */
  readonly tolerance: number | null;
  /** "… OR gap closure plan documented". */
  readonly orDocumented: boolean;
  readonly text: string;
  readonly path: string | null;
  readonly line: number | null;
}

export type TargetMetric =
  | "coverage"
  | "coverage_delta"
  | "pass_rate"
  | "tests_total"
  | "tests_passing"
  | "tests_failing"
  | "tests_flaky"
  | "duration";

/** A target before anybody said where it stands. */
export type TargetReading = Omit<Target, "text" | "path" | "line">;
