import { createHash } from "node:crypto";
import { z } from "zod";
import { ActionableError } from "../core/errors.ts";
import {
  type GitHubAuth,
  type GitHubClient,
  githubClient,
} from "./githubClient.ts";
import { type CommitWithTree, GitHubCommits } from "./githubCommits.ts";
import { fetchTree } from "./githubTree.ts";
import { inOrder } from "./inOrder.ts";
import type {
  BlobContent,
  Change,
  Commit,
  CommitChanges,
  Entry,
  PathFilter,
  Repository,
} from "./repository.ts";
import { byPath, isBranchName, isObjectId, isRevision } from "./revision.ts";
import { linkTo } from "./webPage.ts";

export interface GitHubOptions {
  readonly owner: string;
  readonly repo: string;
  /** The REST base, default GitHub's own. */
  readonly baseUrl?: string;
  readonly auth?: GitHubAuth;
  /** For each request with its answer; default 30 s. */
  readonly timeoutMs?: number;
}

/** `owner/name`; owners with `_` are enterprise-managed users. Nothing that could climb out of a URL's path. */
export const repositoryName =
  /^(?<owner>[A-Za-z0-9][\w-]{0,99})\/(?<repo>(?!\.{1,2}$)[\w.-]{1,100})$/;

/** Neighbouring commits share their trees: the ones of a commit and its parent, and a little more. */
const maxTrees = 4;
const maxSizes = 100_000;
const readsAtOnce = 4;
/** How many commits a walk follows before it asks where its start is. */
const patience = 100;

/**
 * A repository through GitHub's REST API. Nothing is asked yet: a wrong name or token shows at the first question.
 * Every question may throw ActionableError (refused), RateLimitedError (come back later) or Error (GitHub failed twice).
 */
export function openGitHub(options: GitHubOptions): Repository {
  const { owner, repo } = options;
  if (!repositoryName.test(`${owner}/${repo}`)) {
    throw new ActionableError(
      `"${owner}/${repo}" is not the name of a GitHub repository.`,
      { hint: "Write it as owner/name." },
    );
  }
  const baseUrl = (options.baseUrl ?? "https://api.github.com").replace(
    /\/+$/,
    "",
  );
  return new GitHubRepository({
    name: `${owner}/${repo}`,
    page: `${webAddressOf(baseUrl)}/${owner}/${repo}`,
    client: githubClient({ ...options, baseUrl }),
  });
}

class GitHubRepository implements Repository {
  readonly name: string;
  readonly #page: string;
  readonly #client: GitHubClient;
  readonly #commits: GitHubCommits;
  readonly #trees = new Map<string, ReadonlyMap<string, Entry>>();
  /** Of watched blobs: what is too large is not asked for. */
  readonly #sizes = new Map<string, number>();
  #defaultBranch: string | null = null;

  constructor({
    name,
    page,
    client,
  }: {
    name: string;
    page: string;
    client: GitHubClient;
  }) {
    this.name = name;
    this.#page = page;
    this.#client = client;
    this.#commits = new GitHubCommits(client);
  }

  async resolve(revision?: string): Promise<Commit> {
    const { base = "", steps = "" } =
      /^(?<base>.*?)(?<steps>(?:[~^]\d*)*)$/.exec(revision ?? "HEAD")?.groups ??
      {};
    let sha =
      base === "HEAD" || base === "@"
        ? await this.head()
        : isRevision(base)
          ? await this.#ask(base, undefined)
          : null;
    for (const [, kind, digits] of steps.matchAll(/([~^])(\d*)/g)) {
      const count = digits === "" ? 1 : Number(digits);
      if (sha !== null) sha = await this.#step(sha, { kind, count });
    }
    const found = sha === null ? null : await this.#commits.get(sha);
    if (found !== null) return found.commit;
    await this.#askDefaultBranch();
    throw new ActionableError(`${this.name} has no revision "${revision}".`, {
      hint: "Give a branch, a tag or a commit that this repository has.",
    });
  }

  async head(branch?: string, known?: string): Promise<string> {
    const name =
      branch ?? this.#defaultBranch ?? (await this.#askDefaultBranch());
    const tip = isBranchName(name)
      ? await this.#ask(`heads/${name}`, known)
      : null;
    if (tip !== null) return tip;
    // Either we may not see the repository any more, which this throws, or its default branch has another name now.
    const current = await this.#askDefaultBranch();
    if (branch === undefined && current !== name) return this.head(current, known);
    throw new ActionableError(`${this.name} has no branch "${name}".`, {
      hint: "Check the branch's name.",
    });
  }

  async *walk(
    from: string | null,
    to: string,
    watched: PathFilter,
  ): AsyncGenerator<CommitChanges> {
    if (from === to) return;
    const chain = await this.#chain(from, to);
    if (chain === null) {
      yield { ...(await this.#changes(await this.#existing(to), watched)), rewritten: true };
      return;
    }
    for (const item of chain.toReversed()) {
      const commit = await this.#changes(item, watched);
      if (commit.changes.length > 0 || commit.sha === to) yield commit;
    }
  }

  async list(commit: string, watched: PathFilter): Promise<readonly Entry[]> {
    const { tree } = await this.#existing(commit);
    const entries = [...(await this.#tree(tree)).values()];
    const listed = entries.filter((entry) => watched(entry.path));
    for (const { blob, size } of listed) this.#rememberSize(blob, size);
    return listed.toSorted(byPath);
  }

  async *read(
    blobs: Iterable<string>,
    { maxBytes }: { maxBytes: number },
  ): AsyncGenerator<BlobContent> {
    yield* inOrder(new Set(blobs), (blob) => this.#blob(blob, maxBytes), {
      atOnce: readsAtOnce,
    });
  }

  async *history(
    commit: string,
    watched: PathFilter,
    { limit = Number.POSITIVE_INFINITY }: { limit?: number } = {},
  ): AsyncGenerator<CommitChanges> {
    let looked = 0;
    if (limit > 0) await this.#existing(commit);
    for await (const item of this.#commits.firstParents(commit)) {
      if (looked >= limit) return;
      looked += 1;
      const changed = await this.#changes(item, watched);
      if (changed.changes.length > 0) yield changed;
    }
  }

  link(commit: string, path?: string, line?: number): string {
    return linkTo(
      { url: this.#page, infix: "" },
      {
        commit,
        ...(path !== undefined && { path }),
        ...(line !== undefined && { line }),
      },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Holds no connection of its own.
  }

  /** @throws ActionableError when the repository cannot be seen. */
  async #askDefaultBranch(): Promise<string> {
    const answer = await this.#client.json(
      { what: "the repository", route: "GET /repos/{owner}/{repo}" },
      z.object({ default_branch: z.string() }),
    );
    this.#defaultBranch = answer?.default_branch ?? "main";
    return this.#defaultBranch;
  }

  /**
   * The commit a ref names; null when there is none. A ref's commit is its ETag in this media type, so that it can be
   * asked for with any token and costs nothing when it did not move.
   * https://docs.github.com/en/rest/commits/commits#get-a-commit
   */
  async #ask(ref: string, known: string | undefined): Promise<string | null> {
    XXX
  }
}
