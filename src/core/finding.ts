/**
 * Something about the inputs that is worth telling. Nothing that cannot be read
 * is dropped: it becomes a finding that travels with the result.
 */
export interface Finding {
  /** What sort of oddity this is, stable for programs that filter. */
  readonly kind: FindingKind;
  /** Repository-relative path, with `/`. */
  readonly path: string;
  /** 1-based, or null where the whole file is meant. */
  readonly line: number | null;
  /** One sentence: what is odd and, where somebody can mend it, how. */
  readonly message: string;
}

export type FindingKind =
  | "unreadable"
  | "unrecognised"
  | "too_large"
  | "not_a_file"
  | "front_matter"
  | "structure"
  | "placeholder"
  | "inconsistent"
  | "estimated"
  | "ambiguous"
  | "not_comparable"
  | "history";
