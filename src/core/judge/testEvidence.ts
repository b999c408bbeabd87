import { formatCount } from "../coverage/counts.ts";
import type { Target } from "../planning/target.ts";
import type { PhaseEvidence } from "./phaseEvidence.ts";
import { predates, type Answer } from "./scope.ts";
import {
  measuredIn,
  runOfResults,
  runOfTrend,
  type Run,
  type TestMetric,
} from "./testRuns.ts";

type Wanted = Pick<Target, "subject" | "op" | "value"> & {
  readonly metric: TestMetric;
};

/**
 * The test run that answers a target about tests: the newest result file in the tree, else the newest trend entry of the phase.
 * Neither says which suite it ran, so a target about one suite is not measured by them.
 */
export function measureTests(
  wanted: Wanted,
  { results, ownTrends, phase }: PhaseEvidence,
): Answer {
  if (!isWholeSuite(wanted.subject)) {
    return notMeasured(
      `No result file says how “${wanted.subject}” did on its own.`,
    );
  }
  const file = results.findLast(
    ({ version }) => version.inTree && !predates(version.introduced, phase),
  );
  if (file?.results.complete === false) {
    return {
      kind: "untrusted",
      measured: null,
      why: `${file.version.path} ends before the test run did.`,
    };
  }
  if (file)
    return answerOf(wanted, runOfResults(file), file.version.path, null);

  for (const trend of ownTrends.toReversed()) {
    const run = runOfTrend(trend);
    if (!run) continue;
    const { path } = trend.version;
    const { plan } = trend.entry;
    return answerOf(
      wanted,
      run,
      path,
      `Recorded in ${path}${plan === null ? "" : ` for plan ${plan}`}, not in a result file.`,
    );
  }
  return notMeasured(
    "No test results and no trend entry of this phase are in the repository.",
  );
}

/** Words that mean every test of the phase or project rather than one named suite. */
export function isWholeSuite(subject: string): boolean {
  return /^(?:overall|unnamed|tests?|all tests|the tests|test suite|suite|full suite|full test suite|phase tests|existing tests|(?:all )?phase [0-9][0-9a-z.]* tests?|test failures?|failures?)$/i.test(
    subject.trim(),
  );
}

function answerOf(
  { metric, op, value }: Wanted,
  run: Run,
  path: string,
  note: string | null,
): Answer {
  const measured = measuredIn(run, metric);
  if (!measured) return notMeasured(`${path} does not say ${ASKED[metric]}.`);
  const ofSuite =
    op === "==" && (metric === "tests_passing" || metric === "tests_total");
  // "17/17 tests pass" is about a suite of 17; a run of 131 is another suite, not one with 114 too many.
  if (ofSuite && run.total !== null && run.total !== value) {
    return {
      kind: "not_comparable",
      measured,
      why: `The target speaks of ${formatCount(value)} tests; the recorded run has ${formatCount(run.total)}: ${path}.`,
    };
  }
  return { kind: "measured", measured, note };
}

const ASKED: Readonly<Record<TestMetric, string>> = {
  pass_rate: "a pass rate",
  tests_total: "how many tests there are",
  tests_passing: "how many tests pass",
  tests_failing: "how many tests fail",
  tests_flaky: "which tests are flaky (that takes several runs)",
  duration: "how long the tests took",
};

function notMeasured(why: string): Answer {
  return { kind: "not_measured", measured: null, why };
}
