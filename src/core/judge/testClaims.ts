import { formatCount } from "../coverage/counts.ts";
import type { Claim } from "../planning/claim.ts";
import type { Measured } from "../status.ts";
import {
  selfContradiction,
  unverifiable,
  type ClaimContext,
  type Judgement,
} from "./judgement.ts";
import { measuredByTrend, type Evidence } from "./evidence.ts";
import { isWholeSuite } from "./testEvidence.ts";
import { speaksOf } from "./scope.ts";
import { describe, said } from "./wording.ts";

/** One recorded test run of the phase: the newest is what counts, older ones are history. */
interface Run {
  readonly passed: number;
  readonly failing: number | null;
  /** Every total under which the run may be quoted: all tests, or those that ran. */
  readonly totals: readonly number[];
  readonly rate: number | null;
  readonly position: number;
  readonly measured: (value: number) => Measured;
}

/** Fewer tests than this agree by chance: 5 of 5 is claimed of every small suite. */
const TELLING_TOTAL = 20;

/**
 * Judges a claim about tests against the recorded runs of its phase. A run says nothing about which suite it was, so only a run of
 * the same size can confirm or contradict a fraction, and a suite named by itself stays unverifiable.
 */
export function judgeTestClaim(
  claim: Claim,
  evidence: Evidence,
  context: ClaimContext,
): Judgement {
  if (typeof claim.value !== "number") {
    return unverifiable("The statement gives no number.");
  }
  const value = claim.value;
  const arithmetic =
    claim.metric === "pass_rate" ? selfContradiction(claim, value) : null;
  if (arithmetic !== null) {
    return { verdict: "self_contradictory", measured: null, why: arithmetic };
  }
  const whole = isWholeSuite(claim.subject);
  const runs = recordedRuns(evidence, context);
  const { fraction } = claim;

  if (fraction && fraction.d >= TELLING_TOTAL) {
    const sameSize = runs.filter((run) => run.totals.includes(fraction.d));
    const agreeing = sameSize.find((run) => run.passed === fraction.n);
    if (agreeing) return agree(claim, agreeing, runs, fraction.n);
    const other = sameSize[0];
    if (
      other &&
      whole &&
      !claim.historic &&
      !claim.estimated &&
      passes(claim)
    ) {
      const measured = other.measured(
        other.rate ?? (other.passed / fraction.d) * 100,
      );
      return {
        verdict: "contradicted",
        measured,
        why: `The document says ${said(claim)}; the run of ${formatCount(fraction.d)} tests recorded ${formatCount(other.passed)} passing: ${describe(measured, "%")}.`,
      };
    }
  }
  if (!whole) {
    return unverifiable(
      `No result file says how “${claim.subject}” did on its own.`,
    );
  }
  const agreeing = runs.find((run) => {
    const number = numberOf(claim, run);
    return (
      number !== null && Math.abs(number - value) <= claim.tolerance + 1e-9
    );
  });
  if (agreeing && !fraction) return agree(claim, agreeing, runs, value);
  return unverifiable(
    runs.length === 0
      ? "No test results and no trend entry of this phase are in the repository."
      : "The recorded runs of this phase are of other tests or of another size.",
  );
}

function agree(
  claim: Claim,
  run: Run,
  runs: readonly Run[],
  value: number,
): Judgement {
  const isRate = claim.metric === "pass_rate";
  const measured = run.measured(isRate ? (run.rate ?? value) : value);
  const text = describe(measured, isRate ? "%" : "tests");
  const newest = runs[0] === run;
  if (claim.historic || !newest) {
    return {
      verdict: "stale",
      measured,
      why: `The document says ${said(claim)}, which an earlier run recorded: ${text}.`,
    };
  }
  return {
    verdict: "confirmed",
    measured,
    why: `The document says ${said(claim)}; recorded ${text}.`,
  };
}

/** Only "n of d pass" can be contradicted by a run of d tests; "n of d fail" is another sentence. */
function passes({ metric }: Claim): boolean {
  return metric === "pass_rate" || metric === "tests_passing";
}

function numberOf({ metric }: Claim, run: Run): number | null {
  switch (metric) {
    case "pass_rate":
      return run.rate;
    case "tests_total":
      return run.totals[0] ?? null;
    case "tests_passing":
      return run.passed;
    case "tests_failing":
      return run.failing;
    default:
      return null;
  }
}

/** Recorded runs that concern the phase, newest first. */
function recordedRuns(
  evidence: Evidence,
  { phase, workBegan }: ClaimContext,
): Run[] {
  const runs: Run[] = [];
  for (const version of evidence.results) {
    if (version.artifact.kind !== "results") continue;
    const { results } = version.artifact;
    if (!results.complete) continue;
    if (workBegan && version.introduced.position < workBegan.position) continue;
    runs.push({
      passed: results.passed,
      failing: results.failed + results.errors,
      totals: [results.total, results.passed + results.failed + results.errors],
      rate: results.passRate,
      position: version.introduced.position,
      measured: (value) => ({
        value,
        covered: results.passed,
        total: results.total,
        files: null,
        basis: null,
        trust: "measured",
        path: version.path,
        commit: version.introduced.sha,
        at: version.introduced.at,
      }),
    });
  }
  // The same entry stands in every later version of a trend file: the first one that held it is its source.
  const seen = new Set<string>();
  for (const trend of evidence.trends) {
    const { tests } = trend.entry;
    if (!tests || tests.passed === null || !speaksOf(trend, phase)) continue;
    const id = JSON.stringify([trend.version.path, trend.entry.plan, tests]);
    if (seen.has(id)) continue;
    seen.add(id);
    const { passed, total } = tests;
    runs.push({
      passed,
      failing:
        tests.failed === null ? null : tests.failed + (tests.errors ?? 0),
      totals: total === null ? [] : [total],
      rate: tests.passRate,
      position: trend.version.introduced.position,
      measured: (value) =>
        measuredByTrend(trend, value, {
          counts: total === null ? null : { covered: passed, total },
          basis: null,
        }),
    });
  }
  // Entries of one file keep the file's order: the last is the newest.
  return runs.toReversed().toSorted((a, b) => b.position - a.position);
}
