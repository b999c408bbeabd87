import type { Artifact } from "./artifact.ts";
import type { Finding } from "./finding.ts";
import type { DocumentPlace } from "./planning/documentKind.ts";
import type { DocumentReading } from "./planning/document.ts";

/**
 * Everything that is judged: what the repository held at one commit, what it held before, and in which order it came. All of
 * it has been read already; judging needs no clock and no network.
 */
export interface Facts {
  readonly repository: string;
  readonly commit: Moment;
  /** Path → blob id of every entry of the tree. */
  readonly tree: ReadonlyMap<string, string>;
  /** The planning documents of the tree. */
  readonly documents: readonly DocumentAt[];
  /** Every version of every artifact that is reachable from the commit, oldest first. */
  readonly artifacts: readonly ArtifactVersion[];
  /** When a path last changed, and when a directory first had a file. */
  readonly history: PathHistory;
  /** What required files hold, for those that exist: see core/judge/mustHaves.ts. */
  readonly fileChecks: ReadonlyMap<string, FileCheck>;
  /** About files that could not be read, and about the history itself. */
  readonly findings: readonly Finding[];
}

/** A commit on the branch, with its place in the order: commit times tie, positions do not. */
export interface Moment {
  readonly sha: string;
  /** Committer time, ISO 8601 UTC. */
  readonly at: string;
  /** Grows from old to new along the first-parent line. */
  readonly position: number;
}

export interface DocumentAt {
  readonly path: string;
  readonly blob: string;
  readonly place: DocumentPlace;
  readonly reading: DocumentReading;
}

export interface ArtifactVersion {
  readonly path: string;
  readonly blob: string;
  readonly artifact: Artifact;
  /** The commit that brought this content to this path. */
  readonly introduced: Moment;
  /** The scope that the subject of that commit names: `19-02` of `test(19-02): …`; null where it names none. */
  readonly scope: string | null;
  /** The evaluated tree still holds it. */
  readonly inTree: boolean;
}

export interface PathHistory {
  /** The commit that last changed a path; null where the history read does not reach back to it. */
  lastChange(path: string): Moment | null;
  /** The commit that first put a file below a directory; null where the history read does not reach back to it. */
  firstBelow(directory: string): Moment | null;
  /** The commit that last changed a file below a directory; null where the history read does not reach back to it. */
  lastBelow(directory: string): Moment | null;
  /** Key of the phase that the subject of the commit that last changed a path names as its scope; null where it names none. */
  phaseOfLastChange(path: string): string | null;
  /** The commits whose subject names a phase as its scope, `test(12-01): …`, oldest first. */
  mentions(phaseKey: string): readonly Moment[];
}

/** Answers to the checks of one required file. */
export interface FileCheck {
  readonly lines: number;
  /** Literal texts looked for, and whether the file holds them. */
  readonly contains: Readonly<Record<string, boolean>>;
  /** Patterns looked for (RE2), and whether they match; null for a pattern that RE2 refuses. */
  readonly matches: Readonly<Record<string, boolean | null>>;
}
