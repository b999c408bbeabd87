import { z } from "zod";
import type { GitHubClient } from "./githubClient.ts";
import type { Commit } from "./repository.ts";
import { isoTime, subjectOf } from "./revision.ts";

const pageAnswer = z.array(
  z.object({
    sha: z.string(),
    parents: z.array(z.object({ sha: z.string() })),
    commit: z.object({
      tree: z.object({ sha: z.string() }),
      message: z.string(),
      committer: z.object({ date: z.string().optional() }).nullish(),
    }),
  }),
);

export interface CommitWithTree {
  readonly commit: Commit;
  readonly tree: string;
}

export interface CommitOnLine extends CommitWithTree {
  /** The tree of its first parent; null at a root. */
  readonly parentTree: string | null;
}

/** Enough for any walk, and a few megabytes. */
const maxRemembered = 20_000;

/** The commits of a repository. They never change, so each is fetched once, with up to 99 that it descends from. */
export class GitHubCommits {
  readonly #client: GitHubClient;
  readonly #remembered = new Map<string, CommitWithTree>();

  constructor(client: GitHubClient) {
    this.#client = client;
  }

  /** Null when there is no such commit. @throws ActionableError, RateLimitedError, Error */
  async get(sha: string): Promise<CommitWithTree | null> {
    const remembered = this.#remembered.get(sha);
    if (remembered !== undefined) return remembered;
    const page = await this.#client.json(
      {
        what: "the commits",
        route: "GET /repos/{owner}/{repo}/commits",
        parameters: { sha, per_page: 100 },
        statuses: { 404: null, 422: null },
      },
      pageAnswer,
    );
    if (this.#remembered.size > maxRemembered) this.#remembered.clear();
    for (const { sha: id, parents, commit } of page ?? []) {
      this.#remembered.set(id, {
        commit: {
          sha: id,
          parents: parents.map((parent) => parent.sha),
          at: isoTime(Date.parse(commit.committer?.date ?? "") / 1000),
          subject: subjectOf(commit.message),
        },
        tree: commit.tree.sha,
      });
    }
    return this.#remembered.get(sha) ?? null;
  }

  /** A commit with what its first parent held. */
  async onLine(item: CommitWithTree): Promise<CommitOnLine> {
    const parent = await this.#firstParent(item);
    return { ...item, parentTree: parent?.tree ?? null };
  }

  /** A commit, its first parent, that one's first parent … up to the root. Empty when there is no such commit. */
  async *firstParents(sha: string): AsyncGenerator<CommitOnLine> {
    let item = await this.get(sha);
    while (item !== null) {
      const parent: CommitWithTree | null = await this.#firstParent(item);
      yield { ...item, parentTree: parent?.tree ?? null };
      item = parent;
    }
  }

  async #firstParent({
    commit,
  }: CommitWithTree): Promise<CommitWithTree | null> {
    const [sha] = commit.parents;
    if (sha === undefined) return null;
    const parent = await this.get(sha);
    if (parent !== null) return parent;
    throw new Error(`GitHub does not know the parent commit ${sha}.`);
  }
}
