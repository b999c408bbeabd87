import type { ClaimMetric } from "../planning/claim.ts";
import type { Measured } from "../status.ts";
import {
  measuredByTrend,
  type ResultsEvidence,
  type TrendEvidence,
} from "./evidence.ts";

/** One recorded test run, from a result file or from an entry of a trend file. */
export interface Run {
  readonly passed: number;
  /** Failures and errors. */
  readonly failing: number | null;
  /** All tests that were counted, skipped ones too. */
  readonly total: number | null;
  /** What the pass rate is a rate of: skipped tests are not counted, unless whoever wrote the rate counted them. */
  readonly ran: number | null;
  /** In percent. */
  readonly rate: number | null;
  /** Null where nothing is known to be: one run cannot show that no test is flaky, a rerun that passed shows that one is. */
  readonly flaky: number | null;
  readonly seconds: number | null;
  /** Of the commit that brought it. */
  readonly position: number;
  /** A result file says of every run what it was; an entry of a trend file only counts for the phase that it names. */
  readonly from: "results" | "trend";
  readonly measured: (number: RunNumber) => Measured;
}

/** A number of a run, with the tests that passed of those it speaks of. */
type RunNumber = Pick<Measured, "value" | "covered" | "total">;

export type TestMetric = Exclude<
  ClaimMetric,
  "coverage" | "coverage_delta" | "status"
>;

export function runOfResults({ version, results }: ResultsEvidence): Run {
  const failing = results.failed + results.errors;
  return {
    passed: results.passed,
    failing,
    total: results.total,
    ran: results.passed + failing,
    rate: results.passRate,
    flaky: results.flaky > 0 ? results.flaky : null,
    seconds: results.durationSeconds,
    position: version.introduced.position,
    from: "results",
    measured: (number) => ({
      ...number,
      files: null,
      basis: null,
      trust: "measured",
      path: version.path,
      commit: version.introduced.sha,
      at: version.introduced.at,
    }),
  };
}

/** Null for an entry that does not say how many tests passed. */
export function runOfTrend(trend: TrendEvidence): Run | null {
  const { tests } = trend.entry;
  if (!tests || tests.passed === null) return null;
  const { passed, failed, errors, skipped, total, passRate: written } = tests;
  const failing = failed === null ? null : failed + (errors ?? 0);
  const ran = failing === null ? null : passed + failing;
  const unskipped = total === null ? null : total - (skipped ?? 0);
  const rated = [ran, unskipped, total].find(
    (of): of is number => of !== null && isRateOf(written, passed, of),
  );
  return {
    passed,
    failing,
    total,
    ran: rated ?? null,
    rate: rated === undefined ? written : (passed / rated) * 100,
    flaky: null,
    seconds: null,
    position: trend.version.introduced.position,
    from: "trend",
    measured: (number) => measuredByTrend(trend, { ...number, basis: null }),
  };
}

/** Rates are written in whole percents at worst. */
const WRITTEN_ROUNDING = 0.5;

/**
 * Whether a written rate follows from the counts; any does where none is written. One that does not is of other tests than they
 * are, and they are not given for it.
 */
function isRateOf(written: number | null, passed: number, of: number): boolean {
  if (of <= 0) return false;
  const rate = (passed / of) * 100;
  return written === null || Math.abs(rate - written) <= WRITTEN_ROUNDING;
}

/** What a run says of a metric, with the counts behind it; null where it does not say. */
export function measuredIn(run: Run, metric: TestMetric): Measured | null {
  const value = valueIn(run, metric);
  if (value === null) return null;
  const total = metric === "pass_rate" ? run.ran : run.total;
  const covered = total === null ? null : run.passed;
  return run.measured({ value, covered, total });
}

function valueIn(run: Run, metric: TestMetric): number | null {
  switch (metric) {
    case "pass_rate":
      return run.rate;
    case "tests_total":
      return run.total;
    case "tests_passing":
      return run.passed;
    case "tests_failing":
      return run.failing;
    case "tests_flaky":
      return run.flaky;
    case "duration":
      return run.seconds;
  }
}

/** Complete runs, newest first. */
export function recordedRuns(
  results: readonly ResultsEvidence[],
  trends: readonly TrendEvidence[],
): Run[] {
  const runs: Run[] = results
    .filter((evidence) => evidence.results.complete)
    .map(runOfResults);
  // The same entry stands in every later version of a trend file: the first one that held it is its source.
  const seen = new Set<string>();
  for (const trend of trends) {
    const run = runOfTrend(trend);
    if (!run) continue;
    const { plan, tests } = trend.entry;
    const id = JSON.stringify([trend.version.path, plan, tests]);
    if (seen.has(id)) continue;
    seen.add(id);
    runs.push(run);
  }
  // Entries of one file keep the file's order: the last is the newest.
  return runs.toReversed().toSorted((a, b) => b.position - a.position);
}
