import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ActionableError } from "../core/errors.ts";
import {
  type GitCommand,
  GitFailure,
  gitCommand,
  type ProcessOptions,
  processOptions,
  type Remote,
} from "./gitCommand.ts";

export interface GitMirror extends AsyncDisposable {
  readonly gitDir: string;
  /** The remote's address without credentials. */
  readonly name: string;
  /**
   * Brings the mirror to the remote's state, unless `branch` (default: the remote's own) still stands at `known`:
   * then one question to the remote is all, and the answer is "unchanged".
   */
  readonly refresh: (at?: {
    branch: string | undefined;
    known: string | undefined;
  }) => Promise<"refreshed" | "unchanged">;
}

/** Whether a location is a URL that git can reach, and not a path: `https://…`, `ssh://…`, `file://…`, `git@host:path`. */
export function isRemoteLocation(location: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|[\w.-]+@[\w.-]+:)/i.test(location);
}

/**
 * A bare copy of a remote's branches and tags in `cacheDir`, refreshed when it is opened; without a `cacheDir` in a
 * temporary directory that is removed at the end.
 * @throws ActionableError when the URL cannot be used or the remote refuses; Error when it cannot be reached.
 */
export async function openMirror(
  url: string,
  options: ProcessOptions & {
    readonly cacheDir?: string;
    readonly onProgress?: (line: string) => void;
  } = {},
): Promise<GitMirror> {
  const remote = { url, name: nameOf(url) };
  const temporary =
    options.cacheDir === undefined
      ? await mkdtemp(join(tmpdir(), "phasewatch-git-"))
      : null;
  const cacheDir = options.cacheDir ?? temporary ?? "";
  const remove = async (): Promise<void> => {
    if (temporary !== null) await rm(temporary, { recursive: true });
  };
  try {
    const gitDir = await create(remote, cacheDir, options);
    return {
      gitDir,
      name: remote.name,
      refresh: oneAtATime((at) =>
        bringUpToDate({ gitDir, remote, ...options }, at),
      ),
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Transfer extends ProcessOptions {
  readonly gitDir: string;
  readonly remote: Remote;
  readonly onProgress?: (line: string) => void;
}

type Position = Parameters<GitMirror["refresh"]>[0];

async function create(
  remote: Remote,
  cacheDir: string,
  options: Omit<Transfer, "gitDir" | "remote">,
): Promise<string> {
  const key = createHash("sha256").update(remote.name).digest("hex");
  const gitDir = join(cacheDir, `${key.slice(0, 32)}.git`);
  if (await exists(join(gitDir, "HEAD"))) {
    await bringUpToDate({ gitDir, remote, ...options }, undefined);
    return gitDir;
  }
  await mkdir(cacheDir, { recursive: true });
  // A mirror appears under its name only when it is complete: another process may be making the same one.
  const draft = await mkdtemp(join(cacheDir, "incomplete-"));
  try {
    const git = gitCommand({ gitDir: draft, ...processOptions(options) });
    await git.run(["init", "--bare", "--quiet", "--template="]);
    await bringUpToDate({ gitDir: draft, remote, ...options }, undefined);
    await rename(draft, gitDir).catch(async (error: unknown) => {
      if (!(await exists(join(gitDir, "HEAD")))) throw error;
    });
    return gitDir;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function bringUpToDate(
  { gitDir, remote, onProgress, ...options }: Transfer,
  at: Position,
): Promise<"refreshed" | "unchanged"> {
  const git = gitCommand({ gitDir, remote, ...processOptions(options) });
  try {
    const wanted =
      at?.branch === undefined ? "HEAD" : `refs/heads/${at.branch}`;
    const advertised = await advertisedBy(git, wanted);
    if (at?.known !== undefined && advertised.tip === at.known) {
      return "unchanged";
    }
    await git.run(["fetch", "--progress", "--prune", "--no-tags", "origin"], {
      ...(onProgress && { onProgress }),
    });
    if (advertised.defaultBranch !== null) {
      await git.run(["symbolic-ref", "HEAD", advertised.defaultBranch]);
    }
    return "refreshed";
  } catch (error) {
    throw refusal(error, remote.name);
  }
}

/** https://git-scm.com/docs/git-ls-remote: `ref: refs/heads/main<TAB>HEAD`, then `<id><TAB><name>`. */
async function advertisedBy(
  git: GitCommand,
  wanted: string,
): Promise<{ tip: string | null; defaultBranch: string | null }> {
  const answer = await git.run([
    "ls-remote",
    "--symref",
    "origin",
    "HEAD",
    wanted,
  ]);
  const lines = answer.toString("utf8").split("\n");
  const tip = lines.find(
    (line) => line.endsWith(`\t${wanted}`) && !line.startsWith("ref:"),
  );
  const head = lines.find((line) => /^ref: refs\/heads\/.+\tHEAD$/.test(line));
  return {
    tip: tip?.split("\t")[0] ?? null,
    defaultBranch: head?.slice("ref: ".length, -"\tHEAD".length) ?? null,
  };
}

function refusal(error: unknown, name: string): unknown {
  if (!(error instanceof GitFailure)) return error;
  const said = error.message;
  if (
    /authentication failed|could not read (?:username|password)|permission denied|returned error: 40[13]/i.test(
      said,
    )
  ) {
    return new ActionableError(`${name} refuses access: ${said}`, {
      hint: "Give Git credentials that may read this repository (a credential helper, an SSH key, or a token in the URL).",
      cause: error,
    });
  }
  if (
    /not found|does not exist|not appear to be a git repository|transport '.*' not allowed|unable to find remote helper/i.test(
      said,
    )
  ) {
    return new ActionableError(
      `There is no Git repository at ${name}: ${said}`,
      {
        hint: "Check the address; https://, ssh:// and file:// are understood.",
        cause: error,
      },
    );
  }
  // Serving a repository runs what its configuration names, so git wants the owner's word first; reading it does not.
  if (/dubious ownership/.test(said)) {
    return new ActionableError(`${name} belongs to another user.`, {
      hint: "Give its path instead of a file:// URL, or trust it: git config --global --add safe.directory <path>.",
      cause: error,
    });
  }
  return new Error(`${name} could not be fetched: ${said}`, { cause: error });
}

/** In `git@host:path` and `ssh://git@host` the user is no secret; in `https://token@host` it may be one. */
function nameOf(url: string): string {
  if (!url.includes("://")) return url;
  if (!URL.canParse(url)) {
    throw new ActionableError("The repository's address is not a URL.", {
      hint: "Write it as https://host/path, ssh://user@host/path or file:///path.",
    });
  }
  const named = new URL(url);
  named.password = "";
  if (named.protocol !== "ssh:") named.username = "";
  named.search = "";
  named.hash = "";
  return named.href;
}

/** Two fetches into one mirror would fight over its locks. */
function oneAtATime(
  refresh: (at: Position) => Promise<"refreshed" | "unchanged">,
): GitMirror["refresh"] {
  let last: Promise<unknown> = Promise.resolve();
  return (at) => {
    const next = last.then(() => refresh(at));
    last = next.catch(() => undefined);
    return next;
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
