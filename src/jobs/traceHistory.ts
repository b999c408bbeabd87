import type { ArtifactVersion, Moment, PathHistory } from "../core/facts.ts";
import type { PlaceOf } from "../core/planning/layouts.ts";
import { parsePhaseKey } from "../core/planning/phaseKey.ts";
import type { Commit, CommitChanges } from "../repositories/repository.ts";

export interface Trace {
  /** The evaluated commit with its place in the order. */
  readonly head: Moment;
  readonly history: PathHistory;
  /** Every version of the artifacts that `wanted` names, oldest first; `present` are those of the evaluated tree. */
  versions(
    present: readonly { readonly path: string; readonly blob: string }[],
    wanted: (path: string) => boolean,
  ): Omit<ArtifactVersion, "artifact">[];
  /** Phase directories that existed once and are gone, with the commit that last held them. */
  removedDirectories(present: ReadonlySet<string>): ReadonlyMap<string, string>;
}

/**
 * Arranges the first-parent changes of a repository (newest first): when each path last changed, which versions an
 * artifact had. The order of commits decides, since commit times tie in a rebased batch.
 */
export function traceHistory(
  changes: readonly CommitChanges[],
  {
    commit,
    complete,
    placeOf,
  }: { commit: Commit; complete: boolean; placeOf: PlaceOf },
): Trace {
  const moments = changes.map(({ sha, at }, index): Moment => ({
    sha,
    at,
    position: changes.length - 1 - index,
  }));
  const head: Moment = {
    sha: commit.sha,
    at: commit.at,
    position:
      changes[0]?.sha === commit.sha ? changes.length - 1 : changes.length,
  };
  const last = new Map<string, Moment>();
  const first = new Map<string, Moment>();
  const lastBelow = new Map<string, Moment>();
  const lastPhase = new Map<string, string | null>();
  const mentions = new Map<string, Moment[]>();
  for (const [index, { changes: changed, subject }] of changes.entries()) {
    const moment = moments[index];
    if (!moment) continue;
    const key = phaseInScope(subject);
    if (key !== null) mentions.set(key, [moment, ...(mentions.get(key) ?? [])]);
    for (const { path, after } of changed) {
      if (!last.has(path)) {
        last.set(path, moment);
        lastPhase.set(path, key);
      }
      const directory = placeOf(path)?.directory;
      if (!directory) continue;
      if (!lastBelow.has(directory)) lastBelow.set(directory, moment);
      if (after !== null) first.set(directory, moment);
    }
  }

  return {
    head,
    history: {
      lastChange: (path) => last.get(path) ?? null,
      firstBelow: (directory) => first.get(directory) ?? null,
      lastBelow: (directory) => lastBelow.get(directory) ?? null,
      phaseOfLastChange: (path) => lastPhase.get(path) ?? null,
      mentions: (phaseKey) => mentions.get(phaseKey) ?? [],
    },
    versions: (present, wanted) => {
      const inTree = new Map(present.map(({ path, blob }) => [path, blob]));
      const found: Omit<ArtifactVersion, "artifact">[] = [];
      const current = new Set<string>();
      for (const [index, { changes: changed, subject }] of changes.entries()) {
        const introduced = moments[index];
        if (!introduced) continue;
        const scope = scopeOf(subject);
        for (const { path, after } of changed) {
          if (after === null || !wanted(path)) continue;
          const isCurrent = !current.has(path) && inTree.get(path) === after;
          if (isCurrent) current.add(path);
          found.push({
            path,
            blob: after,
            introduced,
            scope,
            inTree: isCurrent,
          });
        }
      }
      // The history read may end before a file came in: then its oldest commit is the earliest it can be said of.
      const oldest = moments.at(-1) ?? head;
      for (const { path, blob } of present) {
        if (!current.has(path)) {
          found.push({
            path,
            blob,
            introduced: complete ? head : oldest,
            scope: null,
            inTree: true,
          });
        }
      }
      return found.toSorted(
        (a, b) => a.introduced.position - b.introduced.position,
      );
    },
    removedDirectories: (present) => {
      const removed = new Map<string, string>();
      for (const [index, { changes: changed }] of changes.entries()) {
        for (const { path, after } of changed) {
          const directory = placeOf(path)?.directory;
          if (!directory || after !== null || present.has(directory)) continue;
          // The commit before the deletion held it: the next older one that touched anything watched.
          const before = moments[index + 1]?.sha;
          if (before && !removed.has(directory)) removed.set(directory, before);
        }
      }
      return removed;
    },
  };
}

/** `19-02` in `test(19-02): …`: what a subject says its commit belongs to. */
function scopeOf(subject: string): string | null {
  return /^\w+\(([^()]{1,100})\)/.exec(subject)?.[1] ?? null;
}

/** `12` in `test(12-01): …` and `docs(phase-12): …`: how 88 % of the example's subjects say which phase they belong to. */
function phaseInScope(subject: string): string | null {
  const number =
    /^(?:phase[- ]?)?(\d{1,6}[A-Za-z]?(?:\.\d{1,6})*)(?=-|$)/i.exec(
      scopeOf(subject) ?? "",
    )?.[1];
  return number === undefined ? null : parsePhaseKey(number);
}
