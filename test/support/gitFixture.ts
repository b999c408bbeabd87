import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

/** What a path holds after a commit; null: it is deleted. */
export type FixtureFile =
  | string
  | Uint8Array
  | null
  | { readonly symlink: string }
  | { readonly submodule: string }
  | { readonly executable: string };

export interface FixtureCommit {
  readonly subject: string;
  /** ISO 8601 with an offset of zero. */
  readonly at: string;
  readonly files?: Readonly<Record<string, FixtureFile>>;
  /** Default `main`. */
  readonly branch?: string;
  /** Where the branch starts or is moved to; null: a root. Default: the branch's own tip. */
  readonly from?: string | null;
  /** A second parent. Its files are not merged: the commit says itself what it changes. */
  readonly merge?: string;
}

/** A bare repository in a temporary directory whose commits have fixed ids: authors and times are part of them. */
export interface GitFixture extends AsyncDisposable {
  readonly gitDir: string;
  /** Standard output of git in this repository, without the last line break. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  /** Adds a commit and says its id. */
  readonly commit: (commit: FixtureCommit) => Promise<string>;
  /** A new directory beside the repository, removed with it. */
  readonly directory: (name: string) => string;
}

/** In a path: the byte 0xFF, which no UTF-8 text holds. */
export const notUtf8 = "\ud800";

export const fixtureEnvironment = {
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "phasewatch example",
  GIT_AUTHOR_EMAIL: "example@invalid",
  GIT_COMMITTER_NAME: "phasewatch example",
  GIT_COMMITTER_EMAIL: "example@invalid",
};

/** The commits come in one go, so that none can name another one of them. */
export async function createGitFixture(
  commits: readonly FixtureCommit[] = [],
): Promise<GitFixture> {
  const root = await mkdtemp(join(tmpdir(), "phasewatch-fixture-"));
  const gitDir = join(root, "shop.git");
  const git = async (...args: readonly string[]): Promise<string> =>
    (await gitBytes(gitDir, args)).toString("utf8").replace(/\n$/, "");
  await git("init", "--quiet", "--bare", "--initial-branch=main", gitDir);
  const fixture: GitFixture = {
    gitDir,
    git,
    commit: async (commit) => {
      const [id = ""] = await importCommits(fixture, [commit]);
      return id;
    },
    directory: (name) => join(root, name),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
  if (commits.length > 0) await importCommits(fixture, commits);
  return fixture;
}

/** What git prints, byte for byte. */
export async function gitBytes(
  gitDir: string,
  args: readonly string[],
): Promise<Buffer> {
  const { stdout } = await promisify(execFile)(
    "git",
    ["-c", "protocol.file.allow=always", `--git-dir=${gitDir}`, ...args],
    { env: fixtureEnvironment, encoding: "buffer", maxBuffer: 2 ** 28 },
  );
  return stdout;
}

/** https://git-scm.com/docs/git-fast-import */
async function importCommits(
  fixture: GitFixture,
  commits: readonly FixtureCommit[],
): Promise<string[]> {
  const stream: (string | Uint8Array)[] = [];
  const branches = new Set<string>();
  for (const commit of commits) {
    const { branch = "main" } = commit;
    const parent = branches.has(branch)
      ? undefined
      : await parentOf(fixture, commit);
    branches.add(branch);
    stream.push(...(await describe(fixture, commit, parent)));
  }
  stream.push("done\n");
  const child = spawn(
    "git",
    [
      `--git-dir=${fixture.gitDir}`,
      "fast-import",
      "--quiet",
      "--force",
      "--done",
    ],
    { env: fixtureEnvironment },
  );
  child.stdin.end(
    Buffer.concat(
      stream.map((part) =>
        typeof part === "string" ? Buffer.from(part) : part,
      ),
    ),
  );
  const [out, said] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
  ]);
  const ids = out.split("\n").filter(Boolean);
  if (ids.length < commits.length) throw new Error(`git fast-import: ${said}`);
  return ids;
}

async function parentOf(
  { git }: GitFixture,
  { branch = "main", from }: FixtureCommit,
): Promise<string | null> {
  if (from === null) return null;
  const revision = from ?? `refs/heads/${branch}`;
  const known = await git("for-each-ref", `refs/heads/${branch}`);
  if (from === undefined && known === "") return null;
  return git("rev-parse", `${revision}^{commit}`);
}

/** `parent`: null for a root, undefined for the commit before on the same branch. */
async function describe(
  { git }: GitFixture,
  { subject, at, files = {}, branch = "main", merge }: FixtureCommit,
  parent: string | null | undefined,
): Promise<(string | Uint8Array)[]> {
  const ref = `refs/heads/${branch}`;
  const who = `phasewatch example <example@invalid> ${Date.parse(at) / 1000} +0000`;
  return [
    parent === null ? `reset ${ref}\n` : "",
    `commit ${ref}\nmark :1\nauthor ${who}\ncommitter ${who}\n`,
    ...dataOf(subject),
    "\n",
    parent ? `from ${parent}\n` : "",
    merge ? `merge ${await git("rev-parse", `${merge}^{commit}`)}\n` : "",
    ...Object.entries(files).flatMap(([path, file]) => changeOf(path, file)),
    "get-mark :1\n",
  ];
}

function changeOf(path: string, file: FixtureFile): (string | Uint8Array)[] {
  // A lone surrogate stands for a byte that is not UTF-8.
  const bytes = Array.from(path).flatMap((letter) =>
    letter === notUtf8 ? [0xff] : [...Buffer.from(letter)],
  );
  const quoted = `"${bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}"`;
  if (file === null) return [`D ${quoted}\n`];
  if (typeof file === "string" || file instanceof Uint8Array) {
    return [`M 100644 inline ${quoted}\n`, ...dataOf(file), "\n"];
  }
  if ("executable" in file) {
    return [`M 100755 inline ${quoted}\n`, ...dataOf(file.executable), "\n"];
  }
  if ("symlink" in file) {
    return [`M 120000 inline ${quoted}\n`, ...dataOf(file.symlink), "\n"];
  }
  return [`M 160000 ${file.submodule} ${quoted}\n`];
}

function dataOf(content: string | Uint8Array): (string | Uint8Array)[] {
  return [`data ${Buffer.byteLength(content)}\n`, content];
}
