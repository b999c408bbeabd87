import { z } from "zod";
import { kindOf } from "./gitTree.ts";
import type { GitHubClient } from "./githubClient.ts";
import type { Entry } from "./repository.ts";

/** Deeper than any path that Git can check out. */
const maxDepth = 200;

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

type TreeAnswer = z.infer<typeof treeAnswer>;

/**
 * Every file, symlink and submodule below a tree (or a commit's tree) by path; null when there is no such tree. GitHub
 * cuts a recursive answer at 100,000 entries or 7 MB (https://docs.github.com/en/rest/git/trees); then
 * the directories are asked for one by one, each recursively again.
 */
export async function fetchTree(
  client: GitHubClient,
  id: string,
): Promise<ReadonlyMap<string, Entry> | null> {
  const entries = new Map<string, Entry>();
  const found = await collect(client, { id, prefix: "", depth: 0 }, entries);
  return found ? entries : null;
}

async function collect(
  client: GitHubClient,
  { id, prefix, depth }: { id: string; prefix: string; depth: number },
  into: Map<string, Entry>,
): Promise<boolean> {
  if (depth > maxDepth) throw new Error(`${prefix} is nested too deeply.`);
  const whole = await ask(client, id, { recursive: 1 });
  if (whole === null) return false;
  const level = whole.truncated ? await ask(client, id, {}) : whole;
  if (level === null || level.truncated) {
    throw new Error(`GitHub cannot list the directory ${prefix || "/"} whole.`);
  }
  for (const { path, mode, sha, size } of level.tree) {
    const full = `${prefix}${path}`;
    if (mode !== "040000") {
      into.set(full, {
        path: full,
        blob: sha,
        kind: kindOf(mode),
        size: size ?? null,
      });
    } else if (whole.truncated) {
      const below = { id: sha, prefix: `${full}/`, depth: depth + 1 };
      if (!(await collect(client, below, into))) {
        throw new Error(`GitHub has lost the directory ${full}.`);
      }
    }
  }
  return true;
}

function ask(
  client: GitHubClient,
  id: string,
  parameters: { recursive?: number },
): Promise<TreeAnswer | null> {
  return client.json(
    {
      what: "a tree",
      route: "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
      parameters: { tree_sha: id, ...parameters },
      absent: [404, 422],
    },
    treeAnswer,
  );
}
