import type { CoverageReport } from "../coverage/observation.ts";
import type { SeriesState } from "../judge/regressions.ts";
import type { Announcement, Incident } from "../news.ts";
import type { RepositoryStatus } from "../status.ts";
import { artifactNews } from "./artifacts.ts";
import { contradictionNews } from "./contradictions.ts";
import { gapNews } from "./gaps.ts";
import { phaseNews } from "./phases.ts";

/** What is remembered of a repository from the commit before. */
export interface Memory {
  /** Null at first sight. */
  readonly status: RepositoryStatus | null;
  /** Open and resolved incidents alike: a key that was told once is not told again by accident. */
  readonly incidents: readonly Incident[];
  /** By the artifact's path. */
  readonly series: ReadonlyMap<string, SeriesState>;
}

/** What the new commit holds. */
export interface Current {
  readonly status: RepositoryStatus;
  /** The coverage reports of the tree, by path. */
  readonly reports: ReadonlyMap<string, CoverageReport>;
  /** Whether the tree holds a file under that name, whatever prefix the report leaves out. */
  existsInTree(path: string): boolean;
}

export interface Decision {
  readonly announcements: readonly Announcement[];
  readonly series: ReadonlyMap<string, SeriesState>;
}

/**
 * Decides what is new and worth saying about a commit. States are not news, transitions are; the first sight of a repository
 * is silent and only sets the baselines.
 *
 * @param now ISO 8601 UTC
 */
export function decide(
  previous: Memory,
  current: Current,
  now: string,
): Decision {
  const artifacts = artifactNews(previous, current, now);
  if (previous.status === null) {
    return { announcements: [], series: artifacts.series };
  }
  const known = { ...previous, status: previous.status };
  return {
    announcements: [
      ...phaseNews(known, current.status),
      ...gapNews(known, current.status),
      ...contradictionNews(known, current.status),
      ...artifacts.announcements,
    ],
    series: artifacts.series,
  };
}
