import type { VerificationStatus } from "../status.ts";

/**
 * How a repository lays out its phase documents, where it is not GSD's way (documentKind.ts): what `docs:` in phasewatch.yml
 * describes. Globs are relative and have `/`: `*` is anything within a segment, a whole segment of two stars any number of
 * directories, `<id>` the number of a phase, `<plan>` that of a plan, `<slug>` words (layoutGlob.ts).
 */
export interface Layout {
  /** A preset's name, or one that changes with the description: readings are remembered under it. */
  readonly name: string;
  /** Where the documents lie, from the top of the repository. */
  readonly root: readonly string[];
  /** The directories of phases below the root; none where a file's name says its phase. */
  readonly unit: readonly string[];
  /** Below the phase's directory, else below the root. */
  readonly plan: readonly string[];
  readonly summary: readonly string[];
  readonly verification: VerificationRule | null;
  /** What tells that a plan is executed. */
  readonly done: "summaries" | "checkboxes" | "status" | TrackerRule;
  /** What the words of a status mean, beside the usual ones (progress.ts). */
  readonly words: Readonly<Record<string, Progress>>;
  readonly targets: readonly TargetSource[];
}

export interface VerificationRule {
  readonly file: string;
  /** Of its front matter, `result.status` for nested ones; null: as GSD writes it. */
  readonly field: string | null;
  readonly map: Readonly<Record<string, VerificationStatus["status"]>>;
}

/** One YAML file that says how far each plan is. */
export interface TrackerRule {
  /** Below the root. */
  readonly file: string;
  /** The field whose entries are units and plans. */
  readonly field: string;
  readonly unit: string;
  readonly plan: string;
}

/** Where a phase's measurable promises stand. Without a section and an id: anywhere in the document. */
export interface TargetSource {
  /** Null: in the plans. */
  readonly file: string | null;
  /** Words of the heading they stand below. */
  readonly section: string | null;
  /** What they are numbered with wherever they stand: `SC` for `SC-001`. */
  readonly id: string | null;
}

/** How far a plan is; unknown where a document uses a word that nobody has explained. */
export type Progress =
  "planned" | "in_progress" | "done" | "superseded" | "unknown";

/** What the reader of one document has to know of its layout. */
export interface DocumentRules {
  /** Readings are remembered under it: documents with one role are read alike. */
  readonly role: string;
  readonly targets: readonly Pick<TargetSource, "section" | "id">[];
  readonly words: Readonly<Record<string, Progress>>;
  readonly verification: Pick<VerificationRule, "field" | "map"> | null;
  readonly tracker: Omit<TrackerRule, "file"> | null;
  /** A `Status:` line says how far the plan, or the phase, is. */
  readonly hasStatus: boolean;
}

/** https://github.com/github/spec-kit/tree/main/templates */
export const SPEC_KIT: Layout = {
  name: "spec-kit",
  root: ["specs", ".specify/specs"],
  unit: ["<id>-<slug>"],
  plan: ["tasks.md"],
  summary: [],
  verification: null,
  done: "checkboxes",
  words: {},
  targets: [{ file: "spec.md", section: "success criteria", id: "SC" }],
};

/** https://docs.bmad-method.org: `sprint-status.yaml` and the story files beside it, at its present and its earlier place. */
export const BMAD: Layout = {
  name: "bmad",
  root: [
    "_bmad-output/implementation-artifacts",
    "docs/sprint-artifacts",
    "docs/implementation-artifacts",
  ],
  unit: [],
  plan: ["**/<id>-<plan>-<slug>.md", "**/<id>-<plan>.md"],
  summary: [],
  verification: null,
  done: {
    file: "sprint-status.y*ml",
    field: "development_status",
    unit: "epic-<id>",
    plan: "<id>-<plan>-<slug>",
  },
  words: {},
  targets: [{ file: null, section: "acceptance criteria", id: null }],
};
