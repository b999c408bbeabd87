import type {
  ClaimResult,
  Headline,
  Measured,
  TargetResult,
} from "./status.ts";

/**
 * What there may be to say about a repository, as values. `decide` makes announcements out of them, `messages/`
 * renders them. Every piece of news belongs to an incident (a living message per channel) with one key.
 */
export type News =
  PhaseNews | GapNews | ContradictionNews | RegressionNews | HealthNews;

/** The state of a phase after a commit that changed it. */
export interface PhaseNews {
  readonly kind: "phase";
  readonly phase: PhaseDigest;
  /** As it was when last told; null the first time. */
  readonly before: PhaseDigest | null;
}

/** What a phase summary needs, small enough to remember. */
export interface PhaseDigest {
  readonly key: string;
  readonly name: string;
  readonly directory: string;
  readonly headline: Headline;
  readonly plans: {
    readonly done: number;
    readonly total: number;
    /** Something else than summaries tells which are done. */
    readonly stated?: true;
  };
  readonly verification: {
    readonly rawStatus: string;
    readonly score: {
      readonly verified: number;
      readonly total: number;
    } | null;
    readonly stale: boolean;
    readonly newerSummaries: number;
  } | null;
  readonly targets: readonly TargetResult[];
  /** Claims that are contradicted or contradict themselves. */
  readonly disputed: readonly ClaimResult[];
  readonly claims: {
    readonly confirmed: number;
    readonly disputed: number;
    readonly total: number;
  };
  readonly openGaps: number;
  readonly conflicts: readonly string[];
  readonly commit: string;
  readonly at: string;
}

/** A target that went to missed, and later what became of it. */
export interface GapNews {
  readonly kind: "gap";
  readonly phase: { readonly key: string; readonly name: string };
  readonly target: TargetResult;
  /** The result that fired, kept after it is resolved. */
  readonly fired: TargetResult;
  /** For a set of files: how many of its members miss the target. */
  readonly members: { readonly missed: number; readonly total: number } | null;
  readonly commit: string;
  readonly at: string;
}

/** A document's claim that a measurement of the same scope contradicts. */
export interface ContradictionNews {
  readonly kind: "contradiction";
  /** Null for a claim that no document ties to a phase. */
  readonly phase: { readonly key: string; readonly name: string } | null;
  readonly claim: ClaimResult;
  /** More contradicted claims of the same document that came with it; shown as a count. */
  readonly others: number;
  /** Set when the document or the measurement changed so that it is no longer contradicted. */
  readonly resolvedBy: string | null;
  readonly commit: string;
  readonly at: string;
}

/** A like-for-like drop between two comparable measurements. */
export interface RegressionNews {
  readonly kind: "regression";
  readonly severity: "warning" | "critical";
  /** `overall`, or the one file. */
  readonly subject: string;
  /** The artifact. */
  readonly path: string;
  readonly base: Measured;
  readonly head: Measured;
  /** Like-for-like, in points on the shared files, negative for a drop. */
  readonly delta: number;
  readonly newlyUncovered: number;
  /** The files that lost most, worst first. */
  readonly files: readonly {
    readonly path: string;
    readonly before: { readonly covered: number; readonly total: number };
    readonly after: { readonly covered: number; readonly total: number };
  }[];
  /** The head measurement that fired, kept after it is resolved. */
  readonly firedAt: Measured;
  readonly commit: string;
  readonly at: string;
}

/** Something about the data itself: an artifact vanished, became unreadable, or changed what it measures. */
export interface HealthNews {
  readonly kind: "health";
  readonly problem:
    | "absent"
    | "unreadable"
    | "untrusted"
    | "stale"
    | "basis_changed"
    | "scope_changed"
    | "partial"
    | "infrastructure"
    | "history_rewritten"
    | "unreachable";
  readonly path: string;
  /** One or two sentences that name both sides. */
  readonly message: string;
  readonly commit: string;
  readonly at: string;
}

export interface Announcement {
  /** Identifies the incident within its repository: `phase|.planning/phases/19-x`, `gap|…`. */
  readonly key: string;
  readonly transition: "fire" | "change" | "resolve" | "note";
  readonly news: News;
}

/** What a channel may wish to hear of, in the order in which people are shown it. */
export const TOPICS = [
  "phases",
  "gaps",
  "claims",
  "regressions",
  "health",
] as const;

export type Topic = (typeof TOPICS)[number];

/** An alert's life, as remembered. */
export interface Incident {
  /** Short, unique, readable by people: `k3f9`. */
  readonly id: string;
  readonly key: string;
  readonly state: "open" | "resolved" | "note";
  readonly news: News;
  readonly openedAt: string;
  readonly openedCommit: string;
  readonly changedAt: string;
  readonly resolvedAt: string | null;
}
