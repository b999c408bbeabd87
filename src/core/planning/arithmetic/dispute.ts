import type { ClaimMetric } from "../claim.ts";

/** A number that its own document denies: where it stands, where the other side stands, and both sides in words. */
export interface Dispute {
  readonly line: number;
  /** The number denied, as a claim of that line gives it; for a fraction its n. */
  readonly value: number | string;
  /** What the denied number may be of; empty where the number and its line identify it. */
  readonly metrics: readonly ClaimMetric[];
  /** Where the other side begins. */
  readonly otherLine: number;
  /** One sentence naming both sides. */
  readonly why: string;
}
