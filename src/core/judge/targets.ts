import { formatPercent } from "../coverage/counts.ts";
import type { Target } from "../planning/target.ts";
import type { TargetResult } from "../status.ts";
import { measureCoverage } from "./coverageAnswer.ts";
import { outcomeOf } from "./outcome.ts";
import type { PhaseEvidence } from "./phaseEvidence.ts";
import type { Answer } from "./scope.ts";
import { measureTests } from "./testEvidence.ts";
import { describe, threshold } from "./wording.ts";

/** Names of documents that are given for a documented gap. */
const ESCAPES_NAMED = 3;

/** Judges one target at the evaluated commit. Numbers in documents never answer. */
export function judgeTarget(
  target: Target,
  evidence: PhaseEvidence,
): TargetResult {
  const answer = measure(target, evidence);
  if (answer.kind !== "measured") {
    return {
      ...target,
      verdict: answer.kind,
      measured: answer.measured,
      gap: null,
      unitsToGo: null,
      why: answer.why,
    };
  }
  const { measured, note } = answer;
  const { verdict, gap, unitsToGo } = outcomeOf(target, measured);
  const { documents } = evidence.phase;
  const documented =
    verdict === "missed" && target.orDocumented && documents.length > 0;
  const why = [
    `Target ${threshold(target)}; measured ${describe(measured, target.unit)}.`,
    ...(note === null ? [] : [note]),
    ...(documented
      ? [
          `The target allows a documented gap: ${documents.slice(0, ESCAPES_NAMED).join(", ")}.`,
        ]
      : []),
  ];
  return {
    ...target,
    verdict: documented ? "documented" : verdict,
    measured,
    gap,
    unitsToGo,
    why: why.join(" "),
  };
}

function measure(target: Target, evidence: PhaseEvidence): Answer {
  switch (target.metric) {
    case "coverage":
      return measureCoverage(target, evidence);
    case "coverage_delta":
      return {
        kind: "not_comparable",
        measured: null,
        why:
          target.from === null
            ? "The statement names no baseline, so there is nothing to subtract from."
            : `The baseline ${formatPercent(target.from)} is a number in a document; no comparable measurement of it is known, so no difference is formed.`,
      };
    case "pass_rate":
    case "tests_total":
    case "tests_passing":
    case "tests_failing":
    case "tests_flaky":
    case "duration":
      return measureTests({ ...target, metric: target.metric }, evidence);
  }
}
