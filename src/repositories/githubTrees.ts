import { z } from "zod";
import { kindOf } from "./gitTree.ts";
import type { GitHubClient } from "./githubClient.ts";
import type { Change, Entry } from "./repository.ts";
import { byPath } from "./revision.ts";

/** Files, symlinks and submodules by path. */
export type Tree = ReadonlyMap<string, Entry>;

/** Four comparisons at once need five trees; each may have 100,000 entries. */
const maxTrees = 8;
/** Of comparisons, counted in changes: some tens of megabytes. */
const maxChanges = 200_000;
const maxLarge = 100_000;
const largeBytes = 1_048_576;
/** Deeper than any path that Git can check out. */
const maxDepth = 200;
/** Git does not store the tree without entries. */
const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

const treeAnswer = z.object({
  truncated: z.boolean(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      sha: z.string(),
      size: z.int().optional(),
    }),
  ),
});

/**
 * The trees of a repository and what changed between them. Neither ever changes: what was fetched lately is not
 * fetched again, and of older trees the comparison is kept, so that a history is paid for once.
 */
export class GitHubTrees {
  readonly #client: GitHubClient;
  readonly #latest = new Map<string, Promise<Tree>>();
  readonly #compared = new Map<string, readonly Change[]>();
  #changes = 0;
  readonly #large = new Map<string, number>();

  constructor(client: GitHubClient) {
    this.#client = client;
  }

  /** @throws ActionableError, RateLimitedError, Error */
  get(id: string): Promise<Tree> {
    const known = this.#latest.get(id);
    const tree = known ?? this.#fetch(id);
    if (known === undefined) tree.catch(() => this.#latest.delete(id));
    // The one that was asked for last goes last.
    this.#latest.delete(id);
    this.#latest.set(id, tree);
    for (const oldest of this.#latest.keys()) {
      if (this.#latest.size <= maxTrees) break;
      this.#latest.delete(oldest);
    }
    return tree;
  }

  /** What `after` has that `before` has not (null: nothing at all) and the other way round, sorted by path. */
  async between(
    before: string | null,
    after: string,
  ): Promise<readonly Change[]> {
    if (before === after) return [];
    const key = `${before}:${after}`;
    const known = this.#compared.get(key);
    if (known !== undefined) return known;
    const [old, current] = await Promise.all([
      before === null ? new Map<string, Entry>() : this.get(before),
      this.get(after),
    ]);
    const changes = changesBetween(old, current);
    this.#changes += changes.length + 1;
    if (this.#changes > maxChanges) {
      this.#compared.clear();
      this.#changes = changes.length + 1;
    }
    this.#compared.set(key, changes);
    return changes;
  }

  /** The bytes of a large blob that a tree has shown, else null: what is too large need not be asked for. */
  sizeOf(blob: string): number | null {
    return this.#large.get(blob) ?? null;
  }

  async #fetch(id: string): Promise<Tree> {
    const entries = new Map<string, Entry>();
    if (id !== emptyTree) {
      await this.#collect({ id, prefix: "", depth: 0 }, entries);
    }
    return entries;
  }

  /**
   * GitHub cuts a recursive answer at 100,000 entries or 7 MB (https://docs.github.com/en/rest/git/trees); then the
   * directories are asked for one by one, each recursively again.
   */
  async #collect(
    { id, prefix, depth }: { id: string; prefix: string; depth: number },
    into: Map<string, Entry>,
  ): Promise<void> {
    if (depth > maxDepth) throw new Error(`${prefix} is nested too deeply.`);
    const whole = await this.#ask(id, { recursive: 1 });
    const level = whole.truncated ? await this.#ask(id, {}) : whole;
    if (level.truncated) {
      throw new Error(`GitHub cannot list the directory /${prefix} whole.`);
    }
    for (const { path: name, mode, sha, size = null } of level.tree) {
      const path = `${prefix}${name}`;
      if (mode !== "040000") {
        into.set(path, { path, blob: sha, kind: kindOf(mode), size });
        this.#rememberLarge(sha, size);
      } else if (whole.truncated) {
        const below = { id: sha, prefix: `${path}/`, depth: depth + 1 };
        await this.#collect(below, into);
      }
    }
  }

  #ask(
    id: string,
    parameters: { recursive?: number },
  ): Promise<z.infer<typeof treeAnswer>> {
    return this.#client.json(
      {
        what: "a tree",
        route: "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
        parameters: { tree_sha: id, ...parameters },
      },
      treeAnswer,
    );
  }

  #rememberLarge(blob: string, size: number | null): void {
    if (size === null || size < largeBytes) return;
    if (this.#large.size >= maxLarge) this.#large.clear();
    this.#large.set(blob, size);
  }
}

function changesBetween(before: Tree, after: Tree): readonly Change[] {
  const changes: Change[] = [];
  for (const { path, blob } of after.values()) {
    const old = before.get(path)?.blob ?? null;
    if (old !== blob) changes.push({ path, before: old, after: blob });
  }
  for (const { path, blob } of before.values()) {
    if (!after.has(path)) changes.push({ path, before: blob, after: null });
  }
  return changes.toSorted(byPath);
}
