import { parsePhaseKey } from "../planning/phaseKey.ts";
import type { Measured } from "../status.ts";
import type { TrendEvidence } from "./evidence.ts";

/** The phase whose target is asked about: which trend entries speak of it, and when its work began. */
export interface PhaseScope {
  readonly key: string;
  readonly slug: string;
  /** Position of the first commit of the phase's directory; null when the history read does not reach it. */
  readonly start: number | null;
  /** A later plan or document closes or documents the gaps of a target with an "or documented" escape. */
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

/** A trend entry counts for a phase when it names it. */
export function speaksOf(
  { entry }: TrendEvidence,
  phase: Pick<PhaseScope, "key" | "slug">,
): boolean {
  if (entry.phase === null) return false;
  const token = /^(?:phase[ _-]*)?[0-9]+[A-Za-z]?(?:\.[0-9]+)*/i.exec(
    entry.phase,
  )?.[0];
  return token !== undefined && parsePhaseKey(token) === phase.key;
}
