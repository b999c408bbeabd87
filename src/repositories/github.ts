import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { ActionableError } from "../core/errors.ts";
import {
  type GitHubAuth,
  type GitHubClient,
  githubClient,
} from "./githubClient.ts";
import {
  type CommitOnLine,
  type CommitWithTree,
  GitHubCommits,
} from "./githubCommits.ts";
import { GitHubTrees } from "./githubTrees.ts";
import { inOrder } from "./inOrder.ts";
import type {
  BlobContent,
  Commit,
  CommitChanges,
  Entry,
  PathFilter,
  Repository,
} from "./repository.ts";
import { repositoryName } from "./repositoryName.ts";
import { byPath, isBranchName, isObjectId, isRevision } from "./revision.ts";
import { linkTo } from "./webPage.ts";

export interface GitHubOptions {
  readonly owner: string;
  readonly repo: string;
  /** The REST base, default GitHub's own. */
  readonly baseUrl?: string;
  readonly auth?: GitHubAuth;
  /** For each request with its answer; default 20 s. */
  readonly timeoutMs?: number;
}

const readsAtOnce = 8;
const diffsAtOnce = 4;
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
  readonly #trees: GitHubTrees;
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
    this.#trees = new GitHubTrees(client);
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
    if (branch === undefined && current !== name)
      return this.head(current, known);
    throw new ActionableError(`${this.name} has no branch "${name}".`, {
      hint: "Check the branch's name.",
    });
  }

  async *walk(
    from: string | null,
    to: string,
    watched: PathFilter,
  ): AsyncGenerator<CommitChanges> {
    const newest = await this.#existing(to);
    if (from === to) return;
    const line = await this.#line(from, to);
    if (line === null) {
      const item = await this.#commits.onLine(newest);
      yield { ...(await this.#changed(item, watched)), rewritten: true };
      return;
    }
    for await (const commit of inOrder(
      line.toReversed(),
      (item) => this.#changed(item, watched),
      { atOnce: diffsAtOnce },
    )) {
      if (commit.changes.length > 0 || commit.sha === to) yield commit;
    }
  }

  async list(commit: string, watched: PathFilter): Promise<readonly Entry[]> {
    const { tree } = await this.#existing(commit);
    const entries = [...(await this.#trees.get(tree)).values()];
    return entries.filter(({ path }) => watched(path)).toSorted(byPath);
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
    await this.#existing(commit);
    for await (const item of inOrder(
      firstOf(this.#commits.firstParents(commit), limit),
      (found) => this.#changed(found, watched),
      { atOnce: diffsAtOnce },
    )) {
      if (item.changes.length > 0) yield item;
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
    this.#defaultBranch = answer.default_branch;
    return this.#defaultBranch;
  }

  /**
   * The commit a ref names; null when there is none. In this media type a commit's id is its ETag, which no new
   * token invalidates, and a ref that did not move costs nothing.
   * https://docs.github.com/en/rest/commits/commits#get-a-commit
   */
  #ask(ref: string, known?: string): Promise<string | null> {
    return this.#client.bytes(
      {
        what: `the commit of ${ref}`,
        route: "GET /repos/{owner}/{repo}/commits/{ref}",
        parameters: { ref },
        headers: {
          accept: "application/vnd.github.sha",
          ...(known !== undefined && { "if-none-match": `"${known}"` }),
        },
        statuses: { 304: "unchanged", 404: null, 422: null },
      },
      async (body) => {
        const text = (await buffer(body)).toString("latin1").trim();
        if (!isObjectId(text)) throw new Error("The answer is no commit id.");
        return text === known ? "unchanged" : text;
      },
    );
  }

  /** `~2` or `^2` from a commit: null where its history has no such place. */
  async #step(
    sha: string,
    { kind, count }: { kind: string | undefined; count: number },
  ): Promise<string | null> {
    if (kind === "^") {
      const found = await this.#commits.get(sha);
      return count === 0 ? sha : (found?.commit.parents[count - 1] ?? null);
    }
    let passed = 0;
    for await (const { commit } of this.#commits.firstParents(sha)) {
      if (passed === count) return commit.sha;
      passed += 1;
    }
    return null;
  }

  async #existing(sha: string): Promise<CommitWithTree> {
    const found = isObjectId(sha) ? await this.#commits.get(sha) : null;
    if (found !== null) return found;
    await this.#askDefaultBranch();
    throw new ActionableError(`${this.name} has no commit ${sha}.`, {
      hint: "It may have been dropped by a force push.",
    });
  }

  /** The first-parent commits after `from` up to `to`, newest first; null when `from` is not on that line. */
  async #line(
    from: string | null,
    to: string,
  ): Promise<readonly CommitOnLine[] | null> {
    const line: CommitOnLine[] = [];
    let atMost = Number.POSITIVE_INFINITY;
    for await (const item of this.#commits.firstParents(to)) {
      if (item.commit.sha === from) return line;
      if (from !== null && line.length === patience) {
        atMost = await this.#distance(from, to);
      }
      if (line.length >= atMost) return null;
      line.push(item);
    }
    return from === null ? line : null;
  }

  /**
   * How many commits `to` has that `from` lacks, when it has all of `from`'s; else 0.
   * https://docs.github.com/en/rest/commits/commits#compare-two-commits
   */
  async #distance(from: string, to: string): Promise<number> {
    const comparison = await this.#client.json(
      {
        what: "how two commits compare",
        route: "GET /repos/{owner}/{repo}/compare/{basehead}",
        parameters: { basehead: `${from}...${to}`, per_page: 1, page: 2 },
        statuses: { 404: null, 422: null },
      },
      z.object({ status: z.string(), ahead_by: z.int() }),
    );
    return comparison?.status === "ahead" ? comparison.ahead_by : 0;
  }

  async #changed(
    { commit, tree, parentTree }: CommitOnLine,
    watched: PathFilter,
  ): Promise<CommitChanges> {
    const changes = await this.#trees.between(parentTree, tree);
    return { ...commit, changes: changes.filter(({ path }) => watched(path)) };
  }

  async #blob(id: string, maxBytes: number): Promise<BlobContent> {
    if (!isObjectId(id)) return { blob: id, missing: true };
    const size = this.#trees.sizeOf(id);
    if (size !== null && size > maxBytes) return { blob: id, tooLarge: size };
    const content = await this.#client.bytes<BlobContent, null>(
      {
        what: "a file's content",
        route: "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
        parameters: { file_sha: id },
        headers: { accept: "application/vnd.github.raw+json" },
        statuses: { 404: null, 422: null },
      },
      (body) => readBlob(id, body, maxBytes),
    );
    return content ?? { blob: id, missing: true };
  }
}

async function* firstOf<Item>(
  items: AsyncIterable<Item>,
  count: number,
): AsyncGenerator<Item> {
  let taken = 0;
  if (count <= 0) return;
  for await (const item of items) {
    yield item;
    taken += 1;
    if (taken >= count) return;
  }
}

/** What is over the limit is counted and not kept. The id proves that nothing was cut off. */
async function readBlob(
  id: string,
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<BlobContent> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) return { blob: id, tooLarge: size };
  const bytes = Buffer.concat(chunks);
  const digest = createHash(id.length === 40 ? "sha1" : "sha256")
    .update(`blob ${size}\0`)
    .update(bytes)
    .digest("hex");
  if (digest !== id) throw new Error("The content was cut off.");
  return { blob: id, bytes };
}

/** `https://api.github.com` shows its pages at github.com, `https://host/api/v3` at its host. */
function webAddressOf(baseUrl: string): string {
  const { origin, hostname } = new URL(baseUrl);
  return hostname === "api.github.com" ? "https://github.com" : origin;
}
