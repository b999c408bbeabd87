import type { ArtifactVersion } from "../facts.ts";
import { formatCount } from "../coverage/counts.ts";
import type { Target, TargetMetric } from "../planning/target.ts";
import { passRate } from "../results/testResults.ts";
import type { Measured } from "../status.ts";
import {
  measuredByTrend,
  type Evidence,
  type TrendEvidence,
} from "./evidence.ts";
import { speaksOf, type Answer, type PhaseScope } from "./scope.ts";

export type TestMetric = Exclude<TargetMetric, "coverage" | "coverage_delta">;

/**
 * The test run that answers a target about tests: the newest result file in the tree, else the newest trend entry of the phase.
 * Neither says which suite it ran, so a target about one suite is not measured by them.
 */
export function measureTests(
  target: Pick<Target, "subject" | "op" | "value"> & { metric: TestMetric },
  evidence: Evidence,
  phase: PhaseScope,
): Answer {
  const answer = measureRun(target, evidence, phase);
  const { metric, op, value } = target;
  const total = answer.measured?.total;
  // "17/17 tests pass" is about a suite of 17; a run of 131 is another suite, not one with 114 too many.
  return answer.kind === "measured" &&
    op === "==" &&
    (metric === "tests_passing" || metric === "tests_total") &&
    total != null &&
    total !== value
    ? {
        kind: "not_comparable",
        measured: answer.measured,
        why: `The target speaks of ${formatCount(value)} tests; the recorded run has ${formatCount(total)}: ${answer.measured.path}.`,
      }
    : answer;
}

function measureRun(
  { metric, subject }: { metric: TestMetric; subject: string },
  evidence: Evidence,
  phase: PhaseScope,
): Answer {
  if (!isWholeSuite(subject)) {
    return {
      kind: "not_measured",
      measured: null,
      why: `No result file says how “${subject}” did on its own.`,
    };
  }
  const run = evidence.results.findLast(
    (version) =>
      version.inTree &&
      (phase.start === null || version.introduced.position >= phase.start),
  );
  if (run?.artifact.kind === "results") {
    const { results } = run.artifact;
    if (!results.complete) {
      return {
        kind: "untrusted",
        measured: null,
        why: `${run.path} ends before the test run did.`,
      };
    }
    const value = ofRun(metric, results);
    return value === null
      ? notSaid(metric, run.path)
      : {
          kind: "measured",
          measured: fromRun(run, value, results.passed, results.total),
          note: null,
        };
  }

  const trend = newestRun(evidence, phase);
  if (!trend?.entry.tests) {
    return {
      kind: "not_measured",
      measured: null,
      why: "No test results and no trend entry of this phase are in the repository.",
    };
  }
  const value = ofTrend(metric, trend);
  if (value === null) return notSaid(metric, trend.version.path);
  const { passed, total } = trend.entry.tests;
  return {
    kind: "measured",
    measured: measuredByTrend(trend, value, {
      counts:
        passed !== null && total !== null ? { covered: passed, total } : null,
      basis: null,
    }),
    note: `Recorded in ${trend.version.path}${trend.entry.plan ? ` for plan ${trend.entry.plan}` : ""}, not in a result file.`,
  };
}

/** Words that mean every test of the phase or project rather than one named suite. */
export function isWholeSuite(subject: string): boolean {
  return /^(?:overall|unnamed|tests?|all tests|the tests|test suite|suite|full suite|full test suite|phase tests|existing tests|(?:all )?phase [0-9][0-9a-z.]* tests?|test failures?|failures?)$/i.test(
    subject.trim(),
  );
}

/** The newest trend entry of a phase that counts tests at all. */
export function newestRun(
  evidence: Evidence,
  phase: Pick<PhaseScope, "key" | "slug">,
): TrendEvidence | null {
  return (
    evidence.trends.findLast(
      (trend) =>
        trend.entry.tests !== null &&
        trend.entry.tests.passed !== null &&
        speaksOf(trend, phase),
    ) ?? null
  );
}

function ofRun(
  metric: TestMetric,
  results: {
    readonly passed: number;
    readonly failed: number;
    readonly errors: number;
    readonly flaky: number;
    readonly total: number;
    readonly passRate: number | null;
    readonly durationSeconds: number | null;
  },
): number | null {
  switch (metric) {
    case "pass_rate":
      return results.passRate;
    case "tests_total":
      return results.total;
    case "tests_passing":
      return results.passed;
    case "tests_failing":
      return results.failed + results.errors;
    case "tests_flaky":
      // One run cannot show that nothing is flaky; a rerun that passed shows that something is.
      return results.flaky > 0 ? results.flaky : null;
    case "duration":
      return results.durationSeconds;
  }
}

function ofTrend(metric: TestMetric, { entry }: TrendEvidence): number | null {
  const { tests } = entry;
  if (!tests) return null;
  switch (metric) {
    case "pass_rate":
      if (tests.passRate !== null) return tests.passRate;
      return tests.passed === null
        ? null
        : passRate({
            passed: tests.passed,
            failed: tests.failed ?? 0,
            errors: tests.errors ?? 0,
          });
    case "tests_total":
      return tests.total;
    case "tests_passing":
      return tests.passed;
    case "tests_failing":
      return tests.failed === null ? null : tests.failed + (tests.errors ?? 0);
    case "tests_flaky":
    case "duration":
      return null;
  }
}

function fromRun(
  version: ArtifactVersion,
  value: number,
  passed: number,
  total: number,
): Measured {
  return {
    value,
    covered: passed,
    total,
    files: null,
    basis: null,
    trust: "measured",
    path: version.path,
    commit: version.introduced.sha,
    at: version.introduced.at,
  };
}

function notSaid(metric: TestMetric, path: string): Answer {
  const what: Record<TestMetric, string> = {
    pass_rate: "a pass rate",
    tests_total: "how many tests there are",
    tests_passing: "how many tests pass",
    tests_failing: "how many tests fail",
    tests_flaky: "which tests are flaky (that takes several runs)",
    duration: "how long the tests took",
  };
  return {
    kind: "not_measured",
    measured: null,
    why: `${path} does not say ${what[metric]}.`,
  };
}
