import type { Trust } from "./coverage/observation.ts";
import type { Finding } from "./finding.ts";
import type { Claim } from "./planning/claim.ts";
import type { Progress } from "./planning/layout.ts";
import type { Target } from "./planning/target.ts";

/**
 * What phasewatch says about a phase: the shape of `phasewatch status --json`, a
 * contract (fields may be added, none renamed). Percentages are numbers in percent, counts are integers,
 * times are ISO 8601 UTC, lines are 1-based. Absent facts are null, never 0.
 */
export interface PhaseStatus {
  readonly phase: {
    /** `19`, `19.1`, `12A`: compared by parts. */
    readonly key: string;
    readonly slug: string;
    readonly name: string;
    readonly directory: string;
    /** The `.planning` root, e.g. `.planning` or `backend/.planning`. */
    readonly root: string;
    readonly presence: "present" | "removed";
    /** The commit at which the directory was last seen: the evaluated one while it is present. */
    readonly lastSeen: string;
  };
  readonly commit: string;
  readonly at: string;
  readonly headline: Headline;
  readonly plans: readonly PlanStatus[];
  readonly verification: VerificationStatus | null;
  /** Whether the phase is complete by each rule that is in use; the headline is the one answer. */
  readonly completeness: readonly Completeness[];
  /** What documents say the status is, each with the time of the commit that last changed the document. */
  readonly statements: readonly StatusStatement[];
  readonly targets: readonly TargetResult[];
  readonly claims: readonly ClaimResult[];
  readonly mustHaves: {
    readonly artifacts: readonly {
      readonly path: string;
      readonly check: string;
      readonly verdict: "met" | "missed" | "not_checkable";
      readonly why: string;
    }[];
    readonly keyLinks: readonly {
      readonly from: string;
      readonly to: string;
      readonly verdict: "met" | "missed" | "not_checkable" | "pending";
      readonly why: string;
    }[];
  };
  /** What plans promise to leave behind, one entry per document. */
  readonly promisedDocuments: readonly PromisedDocumentStatus[];
  /** The requirements that the phase is to fulfil, ordered by id. */
  readonly requirements: readonly RequirementStatus[];
  /** What documents expect single plans to add to coverage. */
  readonly contributions: readonly ContributionResult[];
  readonly gaps: readonly Gap[];
  /** One sentence each, naming both documents. */
  readonly conflicts: readonly string[];
  readonly findings: readonly Finding[];
}

export interface PromisedDocumentStatus {
  /** Where it lies; as promised while it is not there. */
  readonly path: string;
  /** Path of the plan that promises it first. */
  readonly promisedBy: string;
  readonly line: number;
  readonly verdict:
    | "delivered"
    /** There, and places of its template are still open. */
    | "unfinished"
    | "missing"
    /** Its plan has no summary yet: nothing is late. */
    | "pending"
    /** The path is a template, or fits several files. */
    | "not_checkable";
  readonly why: string;
}

export type Headline =
  | "planned"
  | "in_progress"
  | "executed"
  | "complete"
  | "gaps_found"
  | "human_needed"
  | "superseded"
  | "unknown";

export interface Completeness {
  /** GSD's rules by the command that follows them, and `documents`: their own words. */
  readonly definition:
    "roadmap" | "progress" | "verification" | "phase_complete" | "documents";
  /** The rule's own word: `partial`, `Executed`, `gaps_found`. */
  readonly says: string;
  /** Null where the rule does not know. */
  readonly complete: boolean | null;
  readonly why: string;
}

export interface PlanStatus {
  readonly id: string;
  readonly path: string;
  readonly wave: number | null;
  /** Path of the paired SUMMARY. */
  readonly summary: string | null;
  readonly gapClosure: boolean;
  readonly superseded: boolean;
  /** Where no summaries are written: what says how far the plan is, and where. */
  readonly state?: {
    readonly progress: Progress;
    /** `review`, `3 of 4 tasks ticked: Setup`. */
    readonly says: string;
    readonly path: string;
    readonly line: number;
  };
}

export interface VerificationStatus {
  readonly path: string;
  /** Normalised: `passed`, `gaps_found`, `human_needed`, `unknown`. */
  readonly status: "passed" | "gaps_found" | "human_needed" | "unknown";
  readonly rawStatus: string;
  readonly score: { readonly verified: number; readonly total: number } | null;
  /** A summary of the phase was committed after it. */
  readonly stale: boolean;
  /** The summaries that make it stale. */
  readonly newerSummaries: readonly string[];
}

export interface StatusStatement {
  readonly path: string;
  readonly line: number;
  readonly says: string;
  readonly at: string;
}

export interface Gap {
  readonly truth: string;
  readonly status: string;
  readonly reason: string | null;
  readonly missing: readonly string[];
  readonly path: string;
  readonly line: number;
  readonly open: boolean;
}

/** The measurement that answers a target or a claim. A number never travels without its counts, scope and commit. */
export interface Measured {
  /** In the unit of what it answers: percent, points, tests or seconds. */
  readonly value: number;
  readonly covered: number | null;
  readonly total: number | null;
  /** Files in the measured scope. */
  readonly files: number | null;
  readonly basis: string | null;
  readonly trust: Trust;
  readonly path: string;
  readonly commit: string;
  /** When that commit was made. */
  readonly at: string;
}

export type TargetVerdict =
  | "met"
  | "missed"
  | "above_range"
  | "not_measured"
  | "not_comparable"
  | "untrusted"
  | "documented"
  | "not_checkable";

export interface TargetResult extends Target {
  readonly verdict: TargetVerdict;
  readonly measured: Measured | null;
  /** Distance to the target in its own unit, positive when short of it. */
  readonly gap: number | null;
  /** Lines (or tests) still to cover. */
  readonly unitsToGo: number | null;
  readonly why: string;
  /** The set this result is one member of, as written: "6 Tier 1 files". */
  readonly set?: string;
}

/** The verdict of the target that answers; else the documents' own word, which nobody measured. */
export type RequirementVerdict =
  | TargetVerdict
  | "satisfied"
  | "partial"
  | "unsatisfied"
  | "orphaned"
  | "unknown";

export interface RequirementStatus {
  readonly id: string;
  /** What it asks for; "" where no document says. */
  readonly text: string;
  readonly path: string;
  readonly line: number;
  /** Ids of the plans that take it on. */
  readonly plans: readonly string[];
  /** What documents say of it, each with the time of the commit that last changed the document. */
  readonly says: readonly StatusStatement[];
  readonly verdict: RequirementVerdict;
  /** The target that answers it, or one of its criteria; null where none does. */
  readonly target: TargetResult | null;
  readonly why: string;
}

export type ContributionVerdict =
  "met" | "missed" | "exceeded" | "not_comparable" | "not_measured";

/** What one plan was to add to coverage, against two reports around its work. */
export interface ContributionResult {
  /** Id of the plan; as written where the phase has none of that number. */
  readonly plan: string;
  /** `overall`, or a file. */
  readonly subject: string;
  readonly text: string;
  readonly path: string;
  readonly line: number;
  readonly value: number;
  readonly upper: number | null;
  /** Points of coverage, or covered lines. */
  readonly unit: "pp" | "lines";
  /** Of the files that both reports have; null unless the two are comparable. */
  readonly measured: {
    readonly before: Measured;
    readonly after: Measured;
    /** In the unit of the value. */
    readonly delta: number;
  } | null;
  readonly verdict: ContributionVerdict;
  readonly why: string;
}

export type ClaimVerdict =
  | "confirmed"
  | "contradicted"
  | "stale"
  | "scope_mismatch"
  | "estimated"
  | "self_contradictory"
  | "unverifiable";

export interface ClaimResult extends Claim {
  readonly verdict: ClaimVerdict;
  readonly measured: Measured | null;
  /** Names both sides. */
  readonly why: string;
  /** Blob id of the document: a claim is news once per document and wording. */
  readonly blob?: string;
}

/** `phasewatch status --json`. */
export interface RepositoryStatus {
  readonly repository: string;
  readonly commit: string;
  readonly at: string;
  readonly phases: readonly PhaseStatus[];
  /** What roadmaps, states and reports claim without saying of which phase. */
  readonly claims: readonly ClaimResult[];
  /** The artifacts of the tree that could be read, and what each measured. */
  readonly artifacts: readonly ArtifactSummary[];
  readonly findings: readonly Finding[];
}

export interface ArtifactSummary {
  readonly path: string;
  readonly blob: string;
  readonly kind: "coverage" | "trend" | "results" | "none";
  readonly format: string | null;
  readonly basis: string | null;
  readonly trust: Trust | null;
  readonly covered: number | null;
  readonly total: number | null;
  readonly files: number | null;
  readonly commit: string;
  readonly at: string;
}
