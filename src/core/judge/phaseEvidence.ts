import type { Evidence, TrendEvidence } from "./evidence.ts";
import type { PhaseScope } from "./scope.ts";
import { recordedRuns, type Run } from "./testRuns.ts";
import { witnessesOf, type Witnesses } from "./witnesses.ts";

/** What may answer the targets and claims of one phase: worked out once, asked hundreds of times. */
export interface PhaseEvidence extends Evidence {
  readonly phase: PhaseScope;
  /** The trend entries that name the phase, oldest first. */
  readonly ownTrends: readonly TrendEvidence[];
  /** The recorded test runs, newest first. */
  readonly runs: readonly Run[];
  readonly witnesses: Witnesses;
}

export function evidenceFor(
  phase: PhaseScope,
  evidence: Evidence,
): PhaseEvidence {
  const ownTrends = evidence.trends.filter(
    ({ phaseKey }) => phaseKey === phase.key,
  );
  return {
    ...evidence,
    phase,
    ownTrends,
    runs: recordedRuns(evidence.results, ownTrends),
    witnesses: witnessesOf(evidence, phase.key),
  };
}
