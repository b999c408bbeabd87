import { detectedLayouts } from "../core/planning/layouts.ts";
import type { Commit, Repository } from "../repositories/repository.ts";
import { traceHistory } from "./traceHistory.ts";

/** Phase directories that the history held and the tree no longer does, with the newest commit that had each. */
export async function removedPhases(
  repository: Repository,
  commit: Commit,
  present: readonly string[],
  { placeOf } = detectedLayouts,
): Promise<{ directory: string; lastSeen: string }[]> {
  const changes = await Array.fromAsync(
    repository.history(commit.sha, (path) => placeOf(path) !== null),
  );
  const removed = traceHistory(changes, {
    commit,
    complete: true,
    placeOf,
  }).removedDirectories(new Set(present));
  return [...removed].map(([directory, lastSeen]) => ({ directory, lastSeen }));
}
