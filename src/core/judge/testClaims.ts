import { formatCount } from "../coverage/counts.ts";
import type { Moment } from "../facts.ts";
import { percentAgainstFraction } from "../planning/arithmetic/percentOfFraction.ts";
import type { Claim } from "../planning/claim.ts";
import type { Target } from "../planning/target.ts";
import type { Measured } from "../status.ts";
import {
  agrees,
  isOwnResult,
  nearest,
  unverifiable,
  type ClaimContext,
  type Judgement,
} from "./judgement.ts";
import { isWholeSuite } from "./testEvidence.ts";
import { measuredIn, type Run, type TestMetric } from "./testRuns.ts";
import { describe, said } from "./wording.ts";

export type TestClaim = Claim & { readonly metric: TestMetric };
type Fraction = NonNullable<Claim["fraction"]>;

/** Fewer tests than this agree by chance: 5 of 5 is claimed of every small suite. */
const TELLING_TOTAL = 20;

/**
 * Judges a claim about tests against the recorded runs of its phase. A run says nothing about which suite it was, so only a run of
 * the same size can confirm or contradict a fraction, and a suite named by itself stays unverifiable.
 *
 * @param recorded newest first
 */
export function judgeTestClaim(
  claim: TestClaim,
  recorded: readonly Run[],
  { written, workBegan }: ClaimContext,
): Judgement {
  if (typeof claim.value !== "number") {
    return unverifiable("The statement gives no number.");
  }
  const { value, fraction, metric } = claim;
  const arithmetic =
    metric === "pass_rate" ? percentAgainstFraction(claim) : null;
  if (arithmetic !== null) {
    return { verdict: "self_contradictory", measured: null, why: arithmetic };
  }
  const runs = recorded.filter(
    ({ from, position }) =>
      from === "trend" || workBegan === null || position >= workBegan.position,
  );
  const whole = isWholeSuite(claim.subject);
  if (fraction && fraction.d >= TELLING_TOTAL) {
    const judged = judgeFraction(claim, fraction, { runs, whole, written });
    if (judged) return judged;
  }
  if (!whole) {
    return unverifiable(
      `No result file says how “${claim.subject}” did on its own.`,
    );
  }
  const agreeing = fraction
    ? []
    : runs.flatMap((run) => {
        // A number alone ties a document to no run that was recorded later, as a fraction of the same size does.
        if (run.position > written.position) return [];
        const measured = measuredIn(run, metric);
        return measured && agrees(claim, value, measured.value)
          ? [{ run, position: run.position, measured }]
          : [];
      });
  const found = nearest(agreeing, written);
  if (found) {
    return agree(claim, found.measured, isNewest(found.run, runs, written));
  }
  return unverifiable(
    runs.length === 0
      ? "No test results and no trend entry of this phase are in the repository."
      : "The recorded runs of this phase are of other tests or of another size.",
  );
}

/** Null where no run of the fraction's size agrees with it or may speak against it. */
function judgeFraction(
  claim: TestClaim,
  { n, d }: Fraction,
  {
    runs,
    whole,
    written,
  }: {
    readonly runs: readonly Run[];
    readonly whole: boolean;
    readonly written: Moment;
  },
): Judgement | null {
  const { metric } = claim;
  const sameSize = runs.filter((run) => run.total === d || run.ran === d);
  const agreeing = nearest(
    sameSize.filter(
      (run) => n === (metric === "tests_failing" ? run.failing : run.passed),
    ),
    written,
  );
  if (agreeing) {
    const measured = asFraction(claim, agreeing, n, d);
    return agree(claim, measured, isNewest(agreeing, runs, written));
  }
  // A trend file is often brought up to date after the summaries of the runs that it lists.
  const other = sameSize.find(
    ({ position, from }) => from === "trend" || position <= written.position,
  );
  // Only "n of d pass" is denied by a run of d tests; "n of d fail" is another sentence.
  const passes = metric === "pass_rate" || metric === "tests_passing";
  if (!other || !whole || !passes || !isOwnResult(claim)) return null;
  const measured = asFraction(claim, other, other.passed, d);
  return {
    verdict: "contradicted",
    measured,
    why: `The document says ${said(claim)}; the run of ${formatCount(d)} tests recorded ${formatCount(other.passed)} passing: ${describe(measured, unitOf(claim))}.`,
  };
}

/** Whether no later run was known when the document was written. */
function isNewest(run: Run, runs: readonly Run[], written: Moment): boolean {
  const newest = runs.findIndex(({ position }) => position <= written.position);
  return newest === -1 || runs.indexOf(run) <= newest;
}

/** What a run says of a metric, in the size that the claim gives it. */
function asFraction(
  { metric }: TestClaim,
  { passed, measured }: Run,
  counted: number,
  total: number,
): Measured {
  const value = metric === "pass_rate" ? (counted / total) * 100 : counted;
  return measured({ value, covered: passed, total });
}

function agree(
  claim: TestClaim,
  measured: Measured,
  newest: boolean,
): Judgement {
  const text = describe(measured, unitOf(claim));
  if (claim.historic) {
    return {
      verdict: "confirmed",
      measured,
      why: `The document gives ${said(claim)} as an earlier value, which was recorded: ${text}.`,
    };
  }
  return !newest
    ? {
        verdict: "stale",
        measured,
        why: `The document says ${said(claim)}, which an earlier run recorded: ${text}.`,
      }
    : {
        verdict: "confirmed",
        measured,
        why: `The document says ${said(claim)}; recorded ${text}.`,
      };
}

function unitOf({ metric }: TestClaim): Target["unit"] {
  return metric === "pass_rate" ? "%" : metric === "duration" ? "s" : "tests";
}
