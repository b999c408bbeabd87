import { type GitCommand, GitFailure } from "./gitCommand.ts";
import { fieldsOf } from "./gitLog.ts";
import type { Entry, PathFilter } from "./repository.ts";
import { byPath } from "./revision.ts";

/**
 * The watched entries of a commit's tree, sorted by path. Absent sizes are null: a partial clone does not know those
 * of the blobs that it lacks.
 * @throws GitFailure
 */
export async function readTree(
  git: GitCommand,
  commit: string,
  watched: PathFilter,
): Promise<readonly Entry[]> {
  const listing = ["ls-tree", "-r", "-z", "--full-tree"];
  try {
    return await read(git.stream([...listing, "--long", commit]), watched);
  } catch (error) {
    // Git gives up at the first blob whose size it would have to fetch.
    if (!(error instanceof GitFailure)) throw error;
    return read(git.stream([...listing, commit]), watched);
  }
}

async function read(
  listing: AsyncIterable<Buffer>,
  watched: PathFilter,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const lines of fieldsOf(listing)) {
    for (const line of lines) {
      const entry = parseEntry(line);
      if (entry !== null && watched(entry.path)) entries.push(entry);
    }
  }
  return entries.toSorted(byPath);
}

/** `<mode> <type> <id>[ <size>]<TAB><path>`; a size is `-` for submodules and `BAD` for blobs that are absent. */
function parseEntry(line: string): Entry | null {
  const match = /^(\d+) \w+ ([0-9a-f]+)(?: +(\S+))?\t([^]*)$/.exec(line);
  if (match === null) return null;
  const [, mode = "", blob = "", size = "", path = ""] = match;
  return {
    path,
    blob,
    kind: kindOf(mode),
    size: /^\d+$/.test(size) ? Number(size) : null,
  };
}

/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_tree_objects */
export function kindOf(mode: string): Entry["kind"] {
  if (mode === "160000") return "submodule";
  return mode === "120000" ? "symlink" : "file";
}
