import {
  unverifiable,
  type ClaimContext,
  type Judgement,
} from "./judgement.ts";

/**
 * Judges a status word. Only a count of plans is checkable: it is confirmed by as many plans with summaries. A phase is shown with its
 * plans, verification and targets, so a word alone is neither confirmed nor denied.
 */
export function judgeStatus(
  says: string,
  { plans }: Pick<ClaimContext, "plans">,
): Judgement {
  const counted = COUNT.exec(says);
  if (!counted || !plans) {
    return unverifiable(
      `What “${says}” stands for is not measurable by itself; plans, verification and targets are shown beside it.`,
    );
  }
  const [done, total] = counted.slice(1).map(Number);
  const there = `${plans.done} of ${plans.total} plans have a summary`;
  return done === plans.done && total === plans.total
    ? {
        verdict: "confirmed",
        measured: null,
        why: `The document says “${says}”; ${there}.`,
      }
    : unverifiable(
        `The document says “${says}”; at this commit ${there}, which may be after or before it was written.`,
      );
}

/** "9 of 9 plans", "4/4 plans complete". */
const COUNT = /\b(\d{1,4})\s*(?:\/|of|out of)\s*(\d{1,4})\s+plans\b/i;
