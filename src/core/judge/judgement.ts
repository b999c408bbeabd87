import { formatCount, formatPercent } from "../coverage/counts.ts";
import type { DocumentAt, Moment } from "../facts.ts";
import type { Claim } from "../planning/claim.ts";
import type { ClaimResult, ClaimVerdict } from "../status.ts";
import type { PhaseScope } from "./scope.ts";
import { said } from "./wording.ts";

/** The document a claim stands in, and when the work it reports on began. */
export interface ClaimContext {
  readonly phase: PhaseScope;
  readonly document: DocumentAt;
  /** The commit that last changed the document; the evaluated one where the history read does not reach it. */
  readonly written: Moment;
  /** Position and time at which the plan (or the phase) of the document was first committed; null when unknown. */
  readonly workBegan: Moment | null;
}

export type Judgement = Pick<ClaimResult, "verdict" | "measured" | "why">;

export function unverifiable(why: string): Judgement {
  return { verdict: "unverifiable", measured: null, why };
}

/** Verdicts that a team should look at. */
export function isDisputed(verdict: ClaimVerdict): boolean {
  return verdict === "contradicted" || verdict === "self_contradictory";
}

/** Percentage against fraction; null when they agree or there is nothing to check. */
export function selfContradiction(claim: Claim, value: number): string | null {
  const { fraction } = claim;
  if (!fraction || fraction.d === 0 || claim.unit !== "%" || claim.atLeast)
    return null;
  const ratio = (fraction.n / fraction.d) * 100;
  const slack = claim.tolerance + 1e-9;
  const upper = claim.upper ?? value;
  if (ratio >= value - slack && ratio <= upper + slack) return null;
  const rest = 100 - ratio;
  const sum = `${formatCount(fraction.n)} of ${formatCount(fraction.d)} is ${formatPercent(ratio)}`;
  return Math.abs(rest - value) <= slack + 0.5
    ? `The document says ${said(claim)}, but ${sum}: the fraction counts what is missing.`
    : `The document says ${said(claim)}, but ${sum}.`;
}
