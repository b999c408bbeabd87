/**
 * One place at which a document speaks of a requirement. A name such as `SHA-256` is written like an id, so an id counts only where
 * requirements are listed, or in a field that is there for them; anywhere else it is `named`, and counts once it is known.
 */
export interface RequirementMention {
  readonly id: string;
  /** 1-based. */
  readonly line: number;
  readonly role: RequirementRole;
  /** What the requirement asks for; null where the mention does not say. */
  readonly text: string | null;
  /** Only where it is defined: the sentences that say when it is fulfilled. */
  readonly criteria: readonly Sentence[];
  /** Its state in the document's own words; null where none is given. */
  readonly says: string | null;
  /** Key of the phase that is to fulfil it; null where the mention names none. */
  readonly phase: string | null;
}

/**
 * Where it stands: the list of requirements defines it, its table traces it to a phase, a plan's field claims it, a truth or
 * criterion begins with it, one only names it, a summary's field lists it as completed, a verification answers it.
 */
export type RequirementRole =
  | "defined"
  | "traced"
  | "claimed"
  | "promised"
  | "named"
  | "completed"
  | "verified";

export interface Sentence {
  readonly text: string;
  readonly line: number;
}

/** What a mention says; the rest it leaves open. */
type Said = Partial<RequirementMention> &
  Pick<RequirementMention, "id" | "line" | "role">;

/** A mention that says no more than it is given. */
export function mention(said: Said): RequirementMention {
  return { text: null, criteria: [], says: null, phase: null, ...said };
}
