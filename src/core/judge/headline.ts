import type {
  Headline,
  PlanStatus,
  TargetResult,
  VerificationStatus,
} from "../status.ts";

/** GSD's own rule for a completed phase (open-gsd `phase_complete`), refined by what was measured: product.md, "Verdicts". */
export function headlineOf(
  plans: readonly PlanStatus[],
  verification: VerificationStatus | null,
  targets: readonly TargetResult[],
): Headline {
  const live = plans.filter((plan) => !plan.superseded);
  if (plans.length > 0 && live.length === 0) return "superseded";
  if (verification?.status === "gaps_found") return "gaps_found";
  if (verification?.status === "human_needed") return "human_needed";
  const done = live.filter((plan) => plan.summary !== null).length;
  if (live.length === 0) return verification ? "unknown" : "planned";
  if (done === 0) return "planned";
  if (done < live.length) return "in_progress";
  const complete =
    verification?.status === "passed" &&
    !verification.stale &&
    !targets.some((target) => target.verdict === "missed");
  return complete ? "complete" : "executed";
}
