import type { Moment } from "../facts.ts";
import type { Claim } from "../planning/claim.ts";
import { SLACK } from "../slack.ts";
import type { ClaimResult, ClaimVerdict } from "../status.ts";
import type { MeasuredAt } from "./writings.ts";

/** When the document of a claim was written, and when the work it reports on began. */
export interface ClaimContext {
  /** The commit that last changed the document; the evaluated one where the history read does not reach it. */
  readonly written: Moment;
  /** The commit from which on measurements are of this work; null when unknown. */
  readonly workBegan: Moment | null;
  /** The phase's directory; null where no phase is spoken of. */
  readonly directory: string | null;
  /** Id of the plan whose summary makes it; null for any other document. */
  readonly plan: string | null;
  /** The plans of the phase, done of total; null where no phase is spoken of. */
  readonly plans: { readonly done: number; readonly total: number } | null;
  /** The document is the only one about results that its commit changed. */
  readonly alone: boolean;
  /** Whether another plan was finished between a measurement and the document. */
  readonly finishedSince: (measured: MeasuredAt) => boolean;
  /** The large whole numbers that the document quotes. */
  readonly counts: readonly number[];
  /** What the document claims of the whole project's coverage. */
  readonly wholes: readonly Claim[];
  /** What the document gives as the coverage of something that it lists: "Combined total: 25.71 % (323/860)". */
  readonly combined: readonly Claim["value"][];
}

export type Judgement = Pick<ClaimResult, "verdict" | "measured" | "why">;

export function unverifiable(why: string): Judgement {
  return { verdict: "unverifiable", measured: null, why };
}

/** Verdicts that a team should look at. */
export function isDisputed(verdict: ClaimVerdict): boolean {
  return verdict === "contradicted" || verdict === "self_contradictory";
}

/** Of things newest first, the newest that is not after a document, else the first after it. */
export function nearest<Dated extends { readonly position: number }>(
  newestFirst: readonly Dated[],
  written: Moment,
): Dated | undefined {
  return (
    newestFirst.find(({ position }) => position <= written.position) ??
    newestFirst.at(-1)
  );
}

/** Whether a number is what the claim says, within the claim's own precision. */
export function agrees(claim: Claim, value: number, number: number): boolean {
  const slack = claim.tolerance + SLACK;
  const upper = claim.atLeast ? Infinity : (claim.upper ?? value) + slack;
  return number >= value - slack && number <= upper;
}

/** Whether the document gives the number as a result of its own that a measurement could speak against. */
export function isOwnResult(claim: Claim): boolean {
  return !claim.historic && !claim.estimated && !claim.atLeast;
}
