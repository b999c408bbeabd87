import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { ActionableError } from "../core/errors.ts";
import { openGit } from "./git.ts";
import type { Environment } from "./gitCommand.ts";
import type { GitHubOptions } from "./github.ts";
import { isRemoteLocation } from "./gitMirror.ts";
import type { Repository } from "./repository.ts";
import { repositoryName } from "./repositoryName.ts";

export interface OpenOptions {
  /** How to ask GitHub; without a token or an app, public repositories only. */
  readonly github?: {
    readonly token?: string | null;
    readonly app?: {
      readonly id: string | number;
      readonly privateKey: string;
    } | null;
    /** `https://host/api/v3` for an enterprise server. */
    readonly apiUrl?: string | null;
  };
  /** Where copies of repositories behind URLs are kept. */
  readonly cacheDir: string;
  /** What a relative path starts from; default: the directory the program runs in. */
  readonly cwd?: string;
  /** Git is stopped when it says nothing for so long; default 120,000. */
  readonly gitTimeoutMs?: number;
  /** What git needs to reach a server (PATH, HOME, proxies, the SSH agent); nothing else reaches it. */
  readonly env?: Environment;
}

/**
 * Opens what `--repo` and the configuration name: a path that exists, a Git URL (`https://`, `ssh://`, `file://`,
 * `git@host:path`), or else `owner/name` on GitHub.
 * @throws ActionableError when there is no such repository, git is missing, or access is refused.
 */
export async function openRepository(
  source: string,
  options: OpenOptions,
): Promise<Repository> {
  const { cacheDir, gitTimeoutMs, env } = options;
  const git = {
    cacheDir,
    ...(env && { env }),
    ...(gitTimeoutMs !== undefined && { silenceMs: gitTimeoutMs }),
  };
  if (isRemoteLocation(source)) return openGit(source, git);
  const path = resolve(options.cwd ?? "", source);
  if (source.trim() !== "" && (await exists(path))) {
    return openGit(path, { ...git, name: source });
  }
  const { owner, repo } = repositoryName.exec(source)?.groups ?? {};
  if (owner !== undefined && repo !== undefined) {
    // Loading its client takes longer than most questions to a local repository.
    const { openGitHub } = await import("./github.ts");
    return openGitHub({ owner, repo, ...gitHubOptions(options.github) });
  }
  throw new ActionableError(`There is no repository at "${source}".`, {
    hint: "Give the path of a Git repository, a Git URL, or owner/name on GitHub.",
  });
}

function gitHubOptions({
  token,
  app,
  apiUrl,
}: NonNullable<OpenOptions["github"]> = {}): Partial<GitHubOptions> {
  const auth = app ? { appId: app.id, privateKey: app.privateKey } : token;
  return { ...(auth && { auth }), ...(apiUrl && { baseUrl: apiUrl }) };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
