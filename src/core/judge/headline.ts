import type { Progress } from "../planning/layout.ts";
import type {
  Headline,
  PlanStatus,
  TargetResult,
  VerificationStatus,
} from "../status.ts";
import { isExecuted } from "./statedPlans.ts";

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
  const done = live.filter(isExecuted).length;
  if (live.length === 0) return verification ? "unknown" : "planned";
  if (done < live.length) {
    const has = (progress: Progress) =>
      live.some(({ state }) => state?.progress === progress);
    if (has("in_progress")) return "in_progress";
    // What is not known may be all that is missing, or the only thing begun.
    if (has("unknown") && (done === 0 || !live.some(isOpen))) return "unknown";
    return done === 0 ? "planned" : "in_progress";
  }
  const complete =
    verification?.status === "passed" &&
    !verification.stale &&
    !targets.some((target) => target.verdict === "missed");
  return complete ? "complete" : "executed";
}

/** Certainly not executed. */
function isOpen(plan: PlanStatus): boolean {
  return !isExecuted(plan) && plan.state?.progress !== "unknown";
}
