import {
  chmod,
  chown,
  mkdir,
  readFile,
  readdir,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ActionableError } from "../../src/core/errors.ts";
import {
  type OpenOptions,
  openRepository,
} from "../../src/repositories/openRepository.ts";
import type { Repository } from "../../src/repositories/repository.ts";
import { createGitFixture, fixtureEnvironment } from "../support/gitFixture.ts";
import { portOf } from "../support/portOf.ts";
import { createShopHistory, type ShopHistory } from "../support/shopHistory.ts";
import { accountOf, collect } from "./contract.ts";

const everything = () => true;

let shop: ShopHistory;

beforeAll(async () => {
  shop = await createShopHistory();
});
afterAll(() => shop.fixture[Symbol.asyncDispose]());

function open(
  source: string,
  options: Partial<OpenOptions> = {},
): Promise<Repository> {
  return openRepository(source, {
    cacheDir: shop.fixture.directory("cache"),
    env: fixtureEnvironment,
    ...options,
  });
}

async function refusalOf(
  source: string,
  options: Partial<OpenOptions> = {},
): Promise<ActionableError> {
  const error = await open(source, options).catch((thrown: unknown) => thrown);
  if (!(error instanceof ActionableError))
    throw new Error(`not actionable: ${inspect(error)}`);
  return error;
}

async function accountOfHead(source: string): ReturnType<typeof accountOf> {
  await using repository = await open(source);
  return await accountOf(repository, await repository.head());
}

describe("what a source names", () => {
  test("a relative path starts from cwd, and the repository is called what it was opened with", async () => {
    const cwd = dirname(shop.fixture.gitDir);
    await using repository = await open("./shop.git", { cwd });
    expect(repository.name).toBe("./shop.git");
    expect(await repository.head()).toBe(shop.commits.unrelated);
    expect(repository.link(shop.commits.start)).toBe(null);
  });

  test("without cwd it starts where the program runs", async () => {
    await using repository = await open(relative("", shop.fixture.gitDir));
    expect(await repository.head()).toBe(shop.commits.unrelated);
  });

  test("a path that exists comes before owner/name", async () => {
    const cwd = shop.fixture.directory("somewhere");
    await mkdir(join(cwd, "acme"), { recursive: true });
    await symlink(shop.fixture.gitDir, join(cwd, "acme/shop"));
    await using local = await open("acme/shop", { cwd });
    expect(local.link(shop.commits.start)).toBe(null);
    await using remote = await open("acme/other", { cwd });
    expect(remote.link("abc")).toBe("https://github.com/acme/other/commit/abc");
  });

  test("a linked work tree is a repository too", async () => {
    const linked = shop.fixture.directory("linked");
    await shop.fixture.git(
      "worktree",
      "add",
      "--quiet",
      "--detach",
      linked,
      shop.commits.tie,
    );
    await using repository = await open(linked);
    expect(await repository.head()).toBe(shop.commits.tie);
    await shop.fixture.git("worktree", "remove", "--force", linked);
  });

  test.each([
    ["/no/such/path", "There is no repository"],
    ["./acme/shop", "There is no repository"],
    ["shop", "There is no repository"],
    ["", "There is no repository"],
    ["-u/--upload-pack=x", "There is no repository"],
  ])("%j is refused with a hint", async (source, message) => {
    const error = await refusalOf(source);
    expect(error.message).toContain(message);
    expect(error.hint).toContain("owner/name");
  });

  test("a directory without a repository, and a file, are no Git repository", async () => {
    const empty = shop.fixture.directory("empty");
    await mkdir(empty);
    const file = join(empty, "shop.bundle");
    await writeFile(file, "# v2 git bundle\n");
    expect((await refusalOf(empty)).message).toContain(
      "is not a Git repository",
    );
    expect((await refusalOf(file)).hint).toContain("bundle");
  });

  test("without a git command, the error says to install it", async () => {
    const env = { PATH: "/nonexistent" };
    expect((await refusalOf(shop.fixture.gitDir, { env })).hint).toContain(
      "Install Git",
    );
    expect(
      (await refusalOf(pathToFileURL(shop.fixture.gitDir).href, { env })).hint,
    ).toContain("Install Git");
  });
});

describe("a copy of a remote repository", () => {
  test("is kept and used again, also by several at once", async () => {
    const cacheDir = shop.fixture.directory("shared");
    const url = pathToFileURL(shop.fixture.gitDir).href;
    const several = await Promise.all(
      [1, 2, 3].map(() => open(url, { cacheDir })),
    );
    for (const repository of several) {
      expect(await repository.head()).toBe(shop.commits.unrelated);
      await repository[Symbol.asyncDispose]();
    }
    expect(await readdir(cacheDir)).toHaveLength(1);
    await using again = await open(url, { cacheDir });
    expect(again.name).toBe(url);
    expect(await again.head(undefined, shop.commits.unrelated)).toBe(
      "unchanged",
    );
  });

  test("follows the default branch to another name", async () => {
    await using fixture = await createGitFixture([
      { subject: "Start", at: "2026-02-18T14:13:23Z", files: { a: "1" } },
    ]);
    await using repository = await open(pathToFileURL(fixture.gitDir).href);
    const head = await repository.head();
    await fixture.git("branch", "--move", "main", "trunk");
    expect(await repository.head("trunk")).toBe(head);
    expect(await repository.head()).toBe(head);
    await expect(repository.head("main")).rejects.toThrow("main");
  });

  test.each([
    ["file:///no/such/repository", "There is no Git repository"],
    ["ext::sh -c true", "There is no repository"],
    ["ext://sh", "There is no Git repository"],
    ["http://127.0.0.1:1/shop.git", "There is no Git repository"],
  ])("%s is refused", async (url, message) => {
    expect((await refusalOf(url)).message).toContain(message);
  });

  test("shows its credentials in no error", async () => {
    const server = createServer((_, response) => response.writeHead(401).end());
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const port = portOf(server);
    const url = `https://someone:verysecret@127.0.0.1:${port}/acme/shop.git?token=verysecret`;
    const error = await open(url).catch((thrown: unknown) => thrown);
    server.close();
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: 20 })).toContain(
      `https://127.0.0.1:${port}/acme/shop.git`,
    );
    expect(inspect(error, { depth: 20 })).not.toContain("verysecret");
  });

  test("is not waited for longer than allowed", async () => {
    const bin = shop.fixture.directory("bin");
    await mkdir(bin);
    await writeFile(join(bin, "git"), "#!/bin/sh\nexec sleep 60\n");
    await chmod(join(bin, "git"), 0o755);
    const env = { PATH: `${bin}:${process.env["PATH"]}` };
    const began = Date.now();
    await expect(
      open("https://example.invalid/shop.git", {
        env,
        gitTimeoutMs: 200,
        cacheDir: shop.fixture.directory("slow"),
      }),
    ).rejects.toThrow("stopped by SIGKILL");
    expect(Date.now() - began).toBeLessThan(5000);
  });
});

describe("a repository that somebody else wrote", () => {
  test("runs nothing of what its configuration and hooks name", async () => {
    await using fixture = await createGitFixture([
      {
        subject: "Start",
        at: "2026-02-18T14:13:23Z",
        files: { ".gitattributes": "* diff=evil filter=evil\n", a: "1" },
      },
    ]);
    await fixture.commit({
      subject: "Edit",
      at: "2026-02-19T14:13:23Z",
      files: { a: "2" },
    });
    const trace = fixture.directory("trace");
    const evil = fixture.directory("evil");
    await writeFile(evil, `#!/bin/sh\necho "$0 $*" >> '${trace}'\n`);
    await chmod(evil, 0o755);
    // Git would check this signature with the repository's gpg.program.
    const gpg = fixture.directory("gpg");
    await writeFile(
      gpg,
      "#!/bin/sh\ncat >/dev/null\necho '-----BEGIN PGP SIGNATURE-----'\nprintf '\\n[GNUPG:] SIG_CREATED ' >&2\n",
    );
    await chmod(gpg, 0o755);
    const signed = await fixture.git(
      "-c",
      `gpg.program=${gpg}`,
      "commit-tree",
      "-S",
      "-m",
      "Sign",
      "-p",
      "main",
      "main^{tree}",
    );
    await fixture.git("update-ref", "refs/heads/main", signed);
    const hooks = join(fixture.gitDir, "hooks");
    await mkdir(hooks, { recursive: true });
    const home = fixture.directory("home");
    await mkdir(home);
    await writeFile(join(home, ".gitconfig"), `[core]\nhooksPath = ${hooks}\n`);
    await symlink(evil, join(hooks, "reference-transaction"));
    for (const key of [
      "core.fsmonitor",
      "core.sshCommand",
      "core.pager",
      "pager.log",
      "gpg.program",
      "diff.external",
      "diff.evil.command",
      "diff.evil.textconv",
      "filter.evil.smudge",
      "filter.evil.clean",
      "credential.helper",
      "alias.log",
      "uploadpack.packObjectsHook",
    ]) {
      await fixture.git(
        "config",
        key,
        key.startsWith("alias") ? `!${evil}` : evil,
      );
    }
    await fixture.git("config", "log.showSignature", "true");
    for (const source of [fixture.gitDir, pathToFileURL(fixture.gitDir).href]) {
      await using repository = await open(source, {
        env: { ...fixtureEnvironment, HOME: home },
      });
      const head = await repository.head();
      const { history, entries } = await accountOf(repository, head);
      expect(history.map(({ subject }) => subject)).toEqual(["Edit", "Start"]);
      expect((await repository.resolve()).subject).toBe("Sign");
      expect(
        await collect(
          repository.read(
            entries.map(({ blob }) => blob),
            { maxBytes: 100 },
          ),
        ),
      ).toHaveLength(2);
    }
    await expect(readFile(trace, "utf8")).rejects.toThrow("ENOENT");
  });

  test("cannot change what is read by its configuration", async () => {
    const before = await accountOfHead(shop.fixture.gitDir);
    for (const [key, value] of [
      ["log.showRoot", "false"],
      ["diff.orderFile", "/no/such/file"],
      ["diff.renames", "copies"],
      ["diff.noprefix", "true"],
      ["color.ui", "always"],
      ["log.date", "relative"],
      ["diff.ignoreSubmodules", "all"],
      ["i18n.logOutputEncoding", "latin1"],
      ["core.quotePath", "true"],
      ["log.follow", "true"],
      ["log.diffMerges", "off"],
      ["core.abbrev", "7"],
      ["format.pretty", "oneline"],
      ["log.decorate", "full"],
    ] as const) {
      await shop.fixture.git("config", key, value);
    }
    expect(await accountOfHead(shop.fixture.gitDir)).toEqual(before);
  });

  test.runIf(process.getuid?.() === 0)(
    "can be read although another user owns it",
    async () => {
      await using fixture = await createGitFixture([
        { subject: "Start", at: "2026-02-18T14:13:23Z", files: { a: "1" } },
      ]);
      await chown(fixture.gitDir, 12_345, 12_345);
      await using repository = await open(fixture.gitDir);
      const head = await repository.head();
      expect(await repository.list(head, everything)).toHaveLength(1);
      const url = pathToFileURL(fixture.gitDir).href;
      expect((await refusalOf(url)).hint).toContain("Give its path instead");
    },
  );
});

test("a shallow clone's history ends where it was cut", async () => {
  const clone = shop.fixture.directory("shallow");
  const url = pathToFileURL(shop.fixture.gitDir).href;
  await shop.fixture.git("clone", "--quiet", "--depth=3", url, clone);
  await using repository = await open(clone);
  const { start, modeOnly, removal, unrelated } = shop.commits;
  const { history } = await accountOf(repository, unrelated);
  expect(history.map(({ sha }) => sha)).toEqual([unrelated, removal, modeOnly]);
  expect(
    await collect(repository.walk(null, unrelated, everything)),
  ).toHaveLength(3);
  expect(
    await collect(repository.walk(start, unrelated, everything)),
  ).toMatchObject([{ sha: unrelated, rewritten: true }]);
  const refused = repository.list(start, everything);
  await expect(refused).rejects.toMatchObject({
    hint: expect.stringContaining("shallow clone"),
  });
});

test("a partial clone says which contents it lacks and fetches none", async () => {
  const clone = shop.fixture.directory("partial");
  const url = pathToFileURL(shop.fixture.gitDir).href;
  await shop.fixture.git("config", "uploadpack.allowFilter", "true");
  const filter = "--filter=blob:none";
  await shop.fixture.git("clone", "--quiet", "--bare", filter, url, clone);
  await using repository = await open(clone);
  const { history, entries } = await accountOf(
    repository,
    shop.commits.unrelated,
  );
  expect(history).toHaveLength(7);
  const readme = entries.find(({ path }) => path === "README.md");
  expect(readme?.size).toBe(null);
  const blob = readme?.blob ?? "";
  expect(await collect(repository.read([blob], { maxBytes: 100 }))).toEqual([
    { blob, missing: true },
  ]);
});

test("a branch that HEAD does not name stands in for it when it is the only one", async () => {
  await using fixture = await createGitFixture([
    {
      subject: "Start",
      at: "2026-02-18T14:13:23Z",
      files: { a: "1" },
      branch: "trunk",
    },
  ]);
  await using repository = await open(fixture.gitDir);
  expect(await repository.head()).toBe(await fixture.git("rev-parse", "trunk"));
  await fixture.git("branch", "other", "trunk");
  await expect(repository.head()).rejects.toThrow("has no default branch");
});

test("whatever is committed, replaying the changes gives the tree", async () => {
  const path = fc.constantFrom("a", "b", "c/d", "c/e", "c", "é", "a b\n");
  const file = fc.oneof(
    fc.constant(null),
    fc.constantFrom("1", "2"),
    fc.constantFrom({ executable: "1" }, { symlink: "a" }),
  );
  const step = fc.dictionary(path, file, { maxKeys: 3, noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 5 }),
      async (steps) => {
        await using fixture = await createGitFixture();
        for (const files of steps) {
          await fixture.commit({
            subject: "",
            at: "2026-02-18T14:13:23Z",
            files,
          });
        }
        await using repository = await open(fixture.gitDir);
        const head = await repository.head();
        const tree = new Map<string, string>();
        for await (const { changes } of repository.walk(
          null,
          head,
          everything,
        )) {
          for (const { path: changed, after } of changes) {
            if (after === null) tree.delete(changed);
            else tree.set(changed, after);
          }
        }
        const listed = await repository.list(head, everything);
        expect(
          new Map(listed.map(({ path: name, blob }) => [name, blob])),
        ).toEqual(tree);
      },
    ),
    { numRuns: 15 },
  );
});
