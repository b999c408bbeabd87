import type { Moment } from "../facts.ts";
import type { Measured } from "../status.ts";

/** The phase whose documents are judged. */
export interface PhaseScope {
  readonly key: string;
  /** When its work began; null when the history read does not reach back to that. */
  readonly start: Moment | null;
  /** Names of the documents that document its gaps: what an "or documented" escape refers to. */
  readonly documents: readonly string[];
}

/** What is known about a target's subject, before it is compared with the threshold. */
export type Answer =
  | {
      readonly kind: "measured";
      readonly measured: Measured;
      readonly note: string | null;
    }
  | {
      readonly kind: "not_measured" | "not_comparable" | "untrusted";
      readonly measured: Measured | null;
      readonly why: string;
    };

/** Whether what came with a commit is older than the work of the phase, and hence no result of it. */
export function predates(
  { position }: Moment,
  { start }: Pick<PhaseScope, "start">,
): boolean {
  return start !== null && position < start.position;
}
