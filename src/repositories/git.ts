import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { ActionableError } from "../core/errors.ts";
import { CatFile } from "./catFile.ts";
import {
  type Environment,
  type GitCommand,
  GitFailure,
  gitCommand,
  processOptions,
} from "./gitCommand.ts";
import { readLog } from "./gitLog.ts";
import { type GitMirror, isRemoteLocation, openMirror } from "./gitMirror.ts";
import { readTree } from "./gitTree.ts";
import type {
  BlobContent,
  Commit,
  CommitChanges,
  Entry,
  PathFilter,
  Repository,
} from "./repository.ts";
import { isBranchName, isObjectId, isRevision } from "./revision.ts";
import { linkTo, type WebPage, webPageOf } from "./webPage.ts";

export interface GitOptions {
  /** Where copies of remote repositories are kept; without it they last as long as the repository is open. */
  readonly cacheDir?: string;
  /** The environment that git runs in; nothing is inherited beside it. */
  readonly env?: Environment;
  /** How people name a local repository; default: its path. */
  readonly name?: string;
  /** Git is stopped when it says nothing for so long; default 120,000. */
  readonly silenceMs?: number;
  /** What git says while it transfers. */
  readonly onProgress?: (line: string) => void;
}

/**
 * Opens a work tree, a bare repository, or a copy of a remote one (`https://`, `ssh://`, `file://`, `git@host:path`).
 * A path names the repository itself; directories above it are not searched.
 * @throws ActionableError when there is no repository or it refuses access.
 */
export async function openGit(
  location: string,
  options: GitOptions = {},
): Promise<Repository> {
  if (isRemoteLocation(location)) {
    const mirror = await openMirror(location, options);
    const { name, gitDir } = mirror;
    const git = gitCommand({ gitDir, ...processOptions(options) });
    return new GitRepository({ name, git, mirror });
  }
  const { name = location } = options;
  const gitDir = await gitDirectoryOf(location, name);
  const git = gitCommand({ gitDir, ...processOptions(options) });
  await git.run(["rev-parse", "--git-dir"]).catch((cause: unknown) => {
    throw cause instanceof GitFailure ? noRepository(name, cause) : cause;
  });
  return new GitRepository({ name, git, mirror: null });
}

class GitRepository implements Repository {
  readonly name: string;
  readonly #git: GitCommand;
  readonly #objects: CatFile;
  readonly #mirror: GitMirror | null;
  readonly #page: WebPage | null;

  constructor({
    name,
    git,
    mirror,
  }: {
    name: string;
    git: GitCommand;
    mirror: GitMirror | null;
  }) {
    this.name = name;
    this.#git = git;
    this.#objects = new CatFile(git);
    this.#mirror = mirror;
    this.#page = mirror === null ? null : webPageOf(name);
  }

  async resolve(revision?: string): Promise<Commit> {
    const sha =
      revision === undefined
        ? await this.#tip(undefined)
        : await this.#commit(revision);
    if (sha === null) {
      throw new ActionableError(`${this.name} has no revision "${revision}".`, {
        hint: "Give a branch, a tag or a commit that this repository has.",
      });
    }
    for await (const commit of this.#log([sha, "--max-count=1"], nothing)) {
      const { parents, at, subject } = commit;
      return { sha, parents, at, subject };
    }
    throw new Error(`${this.name}: git log shows no commit ${sha}`);
  }

  async head(branch?: string, known?: string): Promise<string> {
    if (branch !== undefined && !isBranchName(branch))
      throw this.#noBranch(branch);
    const fetched = await this.#mirror?.refresh({ branch, known });
    if (fetched === "unchanged") return fetched;
    const tip = await this.#tip(branch);
    return tip === known ? "unchanged" : tip;
  }

  async *walk(
    from: string | null,
    to: string,
    watched: PathFilter,
  ): AsyncGenerator<CommitChanges> {
    const tip = await this.#existing(to);
    const start =
      from !== null && isObjectId(from) ? await this.#commit(from) : null;
    if (start === tip) return;
    if (from !== null && !(await this.#leadsTo(start, tip))) {
      for await (const commit of this.#log([tip, "--max-count=1"], watched)) {
        yield { ...commit, rewritten: true };
      }
      return;
    }
    const range = start === null ? [tip] : [tip, `^${start}`];
    for await (const commit of this.#log([...range, "--reverse"], watched)) {
      if (commit.changes.length > 0 || commit.sha === tip) yield commit;
    }
  }

  async list(commit: string, watched: PathFilter): Promise<readonly Entry[]> {
    return readTree(this.#git, await this.#existing(commit), watched);
  }

  async *read(
    blobs: Iterable<string>,
    { maxBytes }: { maxBytes: number },
  ): AsyncGenerator<BlobContent> {
    for (const blob of new Set(blobs)) {
      const object = isObjectId(blob)
        ? await this.#objects.ask(blob, { maxBytes })
        : null;
      if (object?.type !== "blob") yield { blob, missing: true };
      else if (object.bytes === null) yield { blob, tooLarge: object.size };
      else yield { blob, bytes: object.bytes };
    }
  }

  /** Everything comes from one process, so `limit` does not apply. */
  async *history(
    commit: string,
    watched: PathFilter,
  ): AsyncGenerator<CommitChanges> {
    const start = await this.#existing(commit);
    for await (const item of this.#log([start], watched)) {
      if (item.changes.length > 0) yield item;
    }
  }

  link(commit: string, path?: string, line?: number): string | null {
    if (this.#page === null) return null;
    return linkTo(this.#page, {
      commit,
      ...(path !== undefined && { path }),
      ...(line !== undefined && { line }),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#objects[Symbol.asyncDispose]();
    await this.#mirror?.[Symbol.asyncDispose]();
  }

  #log(
    args: readonly string[],
    watched: PathFilter,
  ): AsyncGenerator<CommitChanges> {
    return readLog(this.#git, args, watched);
  }

  /** Whether `start` is on the first-parent chain of `tip`: the oldest commit after it then stands on it. */
  async #leadsTo(start: string | null, tip: string): Promise<boolean> {
    if (start === null) return false;
    const options = ["--first-parent", "--parents", "--reverse"];
    const chain = await this.#git.run([
      "rev-list",
      ...options,
      tip,
      `^${start}`,
    ]);
    const [oldest = ""] = chain.toString("latin1").split("\n", 1);
    return oldest.split(" ")[1] === start;
  }

  /** The id of the commit that a revision names, asked on standard input, where no text is taken for an option. */
  async #commit(revision: string): Promise<string | null> {
    if (!isRevision(revision)) return null;
    const object = await this.#objects.ask(`${revision}^{commit}`, {
      maxBytes: 0,
    });
    return object?.type === "commit" ? object.id : null;
  }

  async #existing(commit: string): Promise<string> {
    const id = isObjectId(commit) ? await this.#commit(commit) : null;
    if (id !== null) return id;
    throw new ActionableError(`${this.name} has no commit ${commit}.`, {
      hint: "It may have been dropped by a force push, or lie beyond a shallow clone's depth.",
    });
  }

  async #tip(branch: string | undefined): Promise<string> {
    if (branch !== undefined) {
      const tip = await this.#commit(`refs/heads/${branch}`);
      if (tip === null) throw this.#noBranch(branch);
      return tip;
    }
    const head = await this.#commit("HEAD");
    if (head !== null) return head;
    const listed = await this.#git.run([
      "for-each-ref",
      "--format=%(refname)",
      "refs/heads",
    ]);
    const branches = listed.toString("utf8").split("\n").filter(Boolean);
    const [only] = branches.length === 1 ? branches : [];
    for (const candidate of ["refs/heads/main", "refs/heads/master", only]) {
      if (candidate === undefined || !branches.includes(candidate)) continue;
      const tip = await this.#commit(candidate);
      if (tip !== null) return tip;
    }
    throw branches.length === 0
      ? new ActionableError(`${this.name} has no commits yet.`, {
          hint: "Push a first commit, or check that this is the repository you mean.",
        })
      : new ActionableError(`${this.name} has no default branch.`, {
          hint: "Name the branch: its HEAD points at one that does not exist.",
        });
  }

  #noBranch(branch: string): ActionableError {
    return new ActionableError(`${this.name} has no branch "${branch}".`, {
      hint: "Check the branch's name.",
    });
  }
}

function nothing(): boolean {
  return false;
}

async function gitDirectoryOf(location: string, name: string): Promise<string> {
  const path = await realpath(location).catch((cause: unknown) => {
    throw noRepository(name, cause);
  });
  if (!(await stat(path)).isDirectory()) throw noRepository(name);
  // A work tree has `.git` as a directory, a linked work tree as a file that git follows.
  const inside = join(path, ".git");
  return stat(inside).then(
    () => inside,
    () => path,
  );
}

function noRepository(name: string, cause?: unknown): ActionableError {
  return new ActionableError(`${name} is not a Git repository.`, {
    hint: "Give the top directory of a work tree or a bare repository; a bundle has to be cloned first (git clone --bare).",
    cause,
  });
}
