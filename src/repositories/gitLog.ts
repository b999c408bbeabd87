import type { GitCommand } from "./gitCommand.ts";
import type { Change, CommitChanges, PathFilter } from "./repository.ts";
import { byPath, isoTime } from "./revision.ts";

/**
 * Every flag that a repository's configuration could otherwise set is set here: log.showRoot, diff.renames,
 * diff.ignoreSubmodules, diff.relative, i18n.logOutputEncoding, color.ui …
 */
const flags = [
  "--first-parent",
  "--root",
  "--raw",
  "--no-abbrev",
  "--no-renames",
  "--no-relative",
  "--ignore-submodules=none",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-notes",
  "--encoding=UTF-8",
  "--format=%H%x00%P%x00%ct%x00%s",
  "-z",
];

/**
 * The commits of `git log`, with their watched changes against their first parent, as git prints them.
 * `args` are revisions (object ids, `^id`) and options that choose and order commits.
 * @throws GitFailure
 */
export async function* readLog(
  git: GitCommand,
  args: readonly string[],
  watched: PathFilter,
): AsyncGenerator<CommitChanges> {
  const parser = new LogParser(watched);
  const log = git.stream(["log", ...flags, ...args, "--"]);
  for await (const fields of fieldsOf(log)) yield* parser.read(fields);
  const last = parser.end();
  if (last !== null) yield last;
}

/** NUL-terminated fields, a batch for each chunk: cut at a NUL, no character is ever torn. */
export async function* fieldsOf(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<string[]> {
  let pending: Buffer[] = [];
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(0);
    if (end === -1) {
      pending.push(chunk);
      continue;
    }
    const complete = Buffer.concat([...pending, chunk.subarray(0, end)]);
    pending = [chunk.subarray(end + 1)];
    yield complete.toString("utf8").split("\0");
  }
}

type Draft = {
  sha: string;
  parents: string[];
  at: string;
  subject: string;
  changes: Change[];
};

/** After a commit's four fields come its changes, two fields each, the first beginning with a colon. */
class LogParser {
  readonly #watched: PathFilter;
  #draft: Draft | null = null;
  #expected: "sha" | "parents" | "time" | "subject" | "change" | "path" = "sha";
  #blobs: { before: string | null; after: string | null } | null = null;

  constructor(watched: PathFilter) {
    this.#watched = watched;
  }

  *read(fields: readonly string[]): Generator<CommitChanges> {
    for (const field of fields) {
      if (this.#expected === "change" && !/^\n?:/.test(field)) {
        const complete = this.end();
        if (complete !== null) yield complete;
      }
      this.#take(field);
    }
  }

  /** The commit under way: nothing more belongs to it. */
  end(): CommitChanges | null {
    const draft = this.#draft;
    this.#draft = null;
    this.#expected = "sha";
    return draft === null
      ? null
      : { ...draft, changes: draft.changes.toSorted(byPath) };
  }

  #take(field: string): void {
    if (this.#expected === "sha" || this.#draft === null) {
      this.#draft = {
        sha: field,
        parents: [],
        at: "",
        subject: "",
        changes: [],
      };
      this.#expected = "parents";
      return;
    }
    const draft = this.#draft;
    switch (this.#expected) {
      case "parents":
        draft.parents = field.split(" ").filter((parent) => parent !== "");
        this.#expected = "time";
        break;
      case "time":
        draft.at = isoTime(Number(field));
        this.#expected = "subject";
        break;
      case "subject":
        draft.subject = field;
        this.#expected = "change";
        break;
      case "change":
        this.#blobs = blobsOf(field);
        this.#expected = "path";
        break;
      case "path":
        if (this.#blobs !== null && this.#watched(field)) {
          draft.changes.push({ path: field, ...this.#blobs });
        }
        this.#expected = "change";
        break;
    }
  }
}

/** `:100644 100644 <before> <after> M`; null where only the mode changed. */
function blobsOf(
  field: string,
): { before: string | null; after: string | null } | null {
  const [, , before = "", after = ""] = field.split(" ");
  if (before === after) return null;
  return { before: presentId(before), after: presentId(after) };
}

function presentId(id: string): string | null {
  return /^0+$/.test(id) ? null : id;
}
