/**
 * The port through which phasewatch sees a repository: `git.ts` for any Git
 * repository, `github.ts` for GitHub's API. Content is addressed by blob id, so a blob that was parsed
 * once is never fetched or parsed again. Both pass one contract suite (test/repositories).
 */
export interface Repository extends AsyncDisposable {
  /** How people name it: `acme/shop`, or the path or URL it was opened with (credentials removed). */
  readonly name: string;

  /**
   * The commit a revision names (branch, tag, SHA, `HEAD~2`); without one, the default branch's head.
   * @throws ActionableError naming the revision when there is no such commit.
   */
  resolve(revision?: string): Promise<Commit>;

  /**
   * The head of a branch (default: the repository's own). With `known`, a repository that has not moved answers
   * "unchanged" at the price of one conditional request.
   */
  head(branch?: string, known?: string): Promise<string>;

  /**
   * The first-parent commits after `from` (exclusive; null: from the root) up to `to` (inclusive), oldest first, each with what it
   * changed against its first parent among the watched paths. Commits that touch no watched path are left out, save `to` itself.
   * When `from` is no first-parent ancestor of `to` (rewritten history), only `to` comes, with `rewritten: true`.
   */
  walk(
    from: string | null,
    to: string,
    watched: PathFilter,
  ): AsyncIterable<CommitChanges>;

  /** The watched entries of a commit's tree, sorted by path. */
  list(commit: string, watched: PathFilter): Promise<readonly Entry[]>;

  /** The contents of blobs, in any order, each at most once. A blob over `maxBytes` comes as `tooLarge` with its size. */
  read(
    blobs: Iterable<string>,
    options: { maxBytes: number },
  ): AsyncIterable<BlobContent>;

  /**
   * The first-parent commits reachable from `commit` that change watched paths, newest first, `commit`'s own first. Reading stops early when the
   * consumer does. `limit` bounds how many commits are looked at where each costs a request.
   */
  history(
    commit: string,
    watched: PathFilter,
    options?: { limit?: number },
  ): AsyncIterable<CommitChanges>;

  /** A page where people can see a file at a commit, or null for a repository without one. */
  link(commit: string, path?: string, line?: number): string | null;
}

/** Says whether a repository-relative path is watched. */
export type PathFilter = (path: string) => boolean;

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  /** Committer time, ISO 8601 UTC (`2026-02-18T14:13:23Z`). */
  readonly at: string;
  readonly subject: string;
}

export interface CommitChanges extends Commit {
  readonly changes: readonly Change[];
  readonly rewritten?: boolean;
}

export interface Change {
  readonly path: string;
  /** Blob ids; null where the path did not exist. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface Entry {
  readonly path: string;
  /** Blob id; for a submodule, the commit it points at. */
  readonly blob: string;
  readonly kind: "file" | "symlink" | "submodule";
  /** Bytes; null where the repository does not say (submodules). */
  readonly size: number | null;
}

export type BlobContent =
  | { readonly blob: string; readonly bytes: Uint8Array }
  | { readonly blob: string; readonly tooLarge: number }
  | { readonly blob: string; readonly missing: true };
