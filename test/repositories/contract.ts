import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ActionableError } from "../../src/core/errors.ts";
import type {
  BlobContent,
  Change,
  CommitChanges,
  Entry,
  PathFilter,
  Repository,
} from "../../src/repositories/repository.ts";
import { createGitFixture, type GitFixture } from "../support/gitFixture.ts";
import {
  binaryFile,
  createShopHistory,
  largeFile,
  type ShopCommit,
  type ShopHistory,
} from "../support/shopHistory.ts";

/** A repository opened somehow on top of a fixture's bare one, with what has to be taken down after it. */
export interface Opened extends AsyncDisposable {
  readonly repository: Repository;
  /** Brings to the opened place what was committed to the fixture since; nothing where it is the fixture itself. */
  readonly publish?: () => Promise<unknown>;
}

const everything: PathFilter = () => true;
const phases: PathFilter = (path) => path.startsWith("phases/");

/** What every repository promises, whatever it is opened through. */
export function itIsARepository(
  open: (fixture: GitFixture) => Promise<Opened>,
): void {
  let shop: ShopHistory;
  let opened: Opened;
  let repository: Repository;
  let id: ShopHistory["commits"];

  beforeAll(async () => {
    shop = await createShopHistory();
    id = shop.commits;
    opened = await open(shop.fixture);
    repository = opened.repository;
  });
  afterAll(async () => {
    await opened[Symbol.asyncDispose]();
    await shop.fixture[Symbol.asyncDispose]();
  });

  function nameOf(sha: string): string {
    return Object.entries(id).find(([, value]) => value === sha)?.[0] ?? sha;
  }

  async function freshly<Result>(
    use: (fixture: GitFixture, now: Opened) => Promise<Result>,
  ): Promise<Result> {
    await using fixture = await createGitFixture([
      { subject: "Start", at: "2026-02-18T14:13:23Z", files: { a: "1" } },
    ]);
    await using openedNow = await open(fixture);
    return await use(fixture, openedNow);
  }

  describe("resolve", () => {
    test("knows the default branch's head with its parents, time and subject", async () => {
      expect(await repository.resolve()).toEqual({
        sha: id.unrelated,
        parents: [id.removal],
        at: "2026-03-04T00:00:00Z",
        subject: "Say hello",
      });
    });

    test("joins a subject of several lines and keeps letters beyond ASCII", async () => {
      expect((await repository.resolve(id.tie)).subject).toBe(
        "Report coverage in the same second",
      );
      expect((await repository.resolve(id.assets)).subject).toBe(
        "Añade imágenes ✓",
      );
    });

    test.each<[string, ShopCommit]>([
      ["main", "unrelated"],
      ["HEAD", "unrelated"],
      ["feature/summary", "side"],
      ["v1.0", "plan"],
      ["HEAD~2", "modeOnly"],
      ["main^", "removal"],
      ["HEAD~4^2", "side"],
      ["HEAD~3^1~1", "tie"],
    ])("takes %s for the commit %s", async (revision, expected) => {
      const { sha } = await repository.resolve(revision);
      expect(nameOf(sha)).toBe(expected);
    });

    test("takes an abbreviated id", async () => {
      const { sha } = await repository.resolve(id.plan.slice(0, 10));
      expect(sha).toBe(id.plan);
    });

    test("says that a merge has two parents", async () => {
      const { parents } = await repository.resolve(id.merge);
      expect(parents.map(nameOf)).toEqual(["tie", "side"]);
    });

    test.each([
      "nowhere",
      "0000000000000000000000000000000000000000",
      "HEAD~99",
      "HEAD^9",
      "",
      "--all",
      "-1",
      "main..v1.0",
      "../../../user",
      "main\nHEAD",
      "main:README.md",
    ])("names %j when there is no such commit", async (revision) => {
      const refused = repository.resolve(revision);
      await expect(refused).rejects.toThrow(ActionableError);
      await expect(refused).rejects.toThrow(`"${revision}"`);
    });
  });

  describe("head", () => {
    test("is the tip of the default branch, or of the one named", async () => {
      expect(await repository.head()).toBe(id.unrelated);
      expect(await repository.head("feature/summary")).toBe(id.side);
    });

    test("is unchanged while the known commit is the tip", async () => {
      expect(await repository.head(undefined, id.unrelated)).toBe("unchanged");
      expect(await repository.head("main", id.removal)).toBe(id.unrelated);
    });

    test.each(["nowhere", "--all", "main~1", "HEAD:x", "../tags/v1.0"])(
      "names the branch %j when there is none",
      async (branch) => {
        const refused = repository.head(branch);
        await expect(refused).rejects.toThrow(ActionableError);
        await expect(refused).rejects.toThrow(`"${branch}"`);
      },
    );

    test("does not take a tag for a branch", async () => {
      await expect(repository.head("v1.0")).rejects.toThrow(ActionableError);
    });

    test("sees what is committed while the repository is open", async () => {
      await freshly(async (fixture, { repository: fresh, publish }) => {
        const before = await fresh.head();
        const later = await fixture.commit({
          subject: "Later",
          at: "2026-02-19T00:00:00Z",
          files: { a: "2" },
        });
        await fixture.git("gc", "--quiet");
        await publish?.();
        expect(await fresh.head("main", before)).toBe(later);
        expect(await fresh.list(later, everything)).toHaveLength(1);
      });
    });
  });

  describe("history", () => {
    test("tells first-parent changes, newest first, in the order of the commits even where their times tie", async () => {
      const history = await collect(repository.history(id.unrelated, phases));
      expect(history.map(({ sha }) => nameOf(sha))).toEqual([
        "removal",
        "assets",
        "merge",
        "plan",
        "start",
      ]);
    });

    test("shows what a merge brought to its first parent", async () => {
      const merge = (
        await collect(repository.history(id.merge, everything))
      )[0];
      expect(merge).toMatchObject({
        sha: id.merge,
        parents: [id.tie, id.side],
      });
      expect(merge?.changes).toEqual([
        {
          path: "phases/19-cart/19-SUMMARY.md",
          before: null,
          after: await blobAt(id.side, "phases/19-cart/19-SUMMARY.md"),
        },
      ]);
    });

    test("shows an edit with both blobs and a deletion with the old one", async () => {
      const history = await collect(repository.history(id.unrelated, phases));
      const plan = "phases/19-cart/19-PLAN.md";
      expect(changesOf(history, id.plan)).toEqual([
        {
          path: plan,
          before: await blobAt(id.start, plan),
          after: await blobAt(id.plan, plan),
        },
      ]);
      const dropped = "phases/20-checkout/20-PLAN.md";
      expect(changesOf(history, id.removal)).toEqual([
        { path: dropped, before: await blobAt(id.start, dropped), after: null },
      ]);
    });

    test("leaves out a commit that only changes a file's mode", async () => {
      const history = await collect(
        repository.history(id.modeOnly, everything),
      );
      expect(history.map(({ sha }) => nameOf(sha))).not.toContain("modeOnly");
    });

    test("can be left early and read again", async () => {
      for await (const { sha } of repository.history(id.unrelated, phases)) {
        expect(nameOf(sha)).toBe("removal");
        break;
      }
      expect(
        await collect(repository.history(id.start, everything)),
      ).toHaveLength(1);
    });

    test("of an unknown commit is an error that names it", async () => {
      const unknown = "1".repeat(40);
      await expect(
        collect(repository.history(unknown, everything)),
      ).rejects.toThrow(unknown);
      await expect(
        collect(repository.history("main", everything)),
      ).rejects.toThrow(ActionableError);
    });
  });

  describe("walk", () => {
    test("goes from one commit to another, oldest first, and always ends with the last", async () => {
      const walk = await collect(
        repository.walk(id.plan, id.unrelated, phases),
      );
      expect(walk.map(({ sha }) => nameOf(sha))).toEqual([
        "merge",
        "assets",
        "removal",
        "unrelated",
      ]);
      expect(walk.at(-1)?.changes).toEqual([]);
      expect(walk.every(({ rewritten }) => rewritten === undefined)).toBe(true);
    });

    test("starts at the root when there is nothing to start from", async () => {
      const walk = await collect(repository.walk(null, id.tie, everything));
      expect(walk.map(({ sha }) => nameOf(sha))).toEqual([
        "start",
        "plan",
        "tie",
      ]);
    });

    test("has nothing to tell about a repository that did not move", async () => {
      expect(
        await collect(repository.walk(id.tie, id.tie, everything)),
      ).toEqual([]);
    });

    test.each<[string, (known: typeof id) => string]>([
      ["lies ahead", ({ unrelated }) => unrelated],
      ["came in by a merge only", ({ side }) => side],
      ["is gone", () => "2".repeat(40)],
      ["is no id", () => "main"],
    ])("starts anew when the known commit %s", async (_, from) => {
      const walk = await collect(repository.walk(from(id), id.assets, phases));
      expect(walk.map(({ sha }) => nameOf(sha))).toEqual(["assets"]);
      expect(walk[0]?.rewritten).toBe(true);
      expect(walk[0]?.changes.length).toBe(2);
    });

    test("starts anew on a rewritten branch", async () => {
      await freshly(async (fixture, { repository: fresh, publish }) => {
        const before = await fresh.head();
        const after = await fixture.commit({
          subject: "Start differently",
          at: "2026-02-18T14:13:23Z",
          from: null,
          files: { b: "1" },
        });
        await publish?.();
        expect(await fresh.head("main", before)).toBe(after);
        const walk = await collect(fresh.walk(before, after, everything));
        expect(walk).toMatchObject([
          {
            sha: after,
            rewritten: true,
            changes: [{ path: "b", before: null }],
          },
        ]);
      });
    });

    test("replayed from the root gives the tree of every commit it passes", async () => {
      const files = new Map<string, string>();
      for await (const { sha, changes } of repository.walk(
        null,
        id.unrelated,
        everything,
      )) {
        for (const { path, before, after } of changes) {
          expect(files.get(path) ?? null).toBe(before);
          if (after === null) files.delete(path);
          else files.set(path, after);
        }
        const listed = await repository.list(sha, everything);
        expect(listed.map(({ path, blob }) => [path, blob])).toEqual(
          [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)),
        );
      }
      expect(files.size).toBe(12);
    });
  });

  describe("list", () => {
    test("shows files, symlinks and submodules with their sizes, sorted by path", async () => {
      const entries = await repository.list(id.unrelated, everything);
      expect(entries.map(({ path, kind, size }) => [path, kind, size])).toEqual(
        [
          ["README.md", "file", 15],
          ["assets/binary.bin", "file", 256],
          ["assets/empty.txt", "file", 0],
          ["assets/large.bin", "file", 3 * 1_048_576],
          ["build.sh", "file", 10],
          ["coverage/lcov.info", "file", 29],
          ["current.md", "symlink", 25],
          ["phases/19-cart/19-PLAN.md", "file", 41],
          ["phases/19-cart/19-SUMMARY.md", "file", 14],
          ['phases/21-größe/日本語 "quoted"\ttab.md', "file", 8],
          ["phases/22-odd/caf\ufffd.md", "file", 13],
          ["vendor/payments", "submodule", null],
        ],
      );
    });

    test("names the commit that a submodule points at", async () => {
      expect(await blobAt(id.assets, "vendor/payments")).toBe(id.plan);
    });

    test("shows watched paths only", async () => {
      const entries = await repository.list(id.tie, phases);
      expect(entries.map(({ path }) => path)).toEqual([
        "phases/19-cart/19-PLAN.md",
        "phases/20-checkout/20-PLAN.md",
      ]);
    });

    test("of an unknown commit is an error that names it", async () => {
      const unknown = "3".repeat(40);
      await expect(repository.list(unknown, everything)).rejects.toThrow(
        unknown,
      );
    });
  });

  describe("read", () => {
    test("gives contents byte for byte, each once", async () => {
      const large = await blobAt(id.assets, "assets/large.bin");
      const binary = await blobAt(id.assets, "assets/binary.bin");
      const empty = await blobAt(id.assets, "assets/empty.txt");
      const contents = await read([large, binary, empty, binary]);
      expect([...contents.keys()].toSorted()).toEqual(
        [large, binary, empty].toSorted(),
      );
      // Compared as a whole: a failing comparison of three million numbers takes minutes to print.
      expect(bytesOf(contents.get(large))?.equals(largeFile)).toBe(true);
      expect(bytesOf(contents.get(binary))?.equals(binaryFile)).toBe(true);
      expect(bytesOf(contents.get(empty))).toHaveLength(0);
    });

    test("says how large a blob is that it does not read, and goes on", async () => {
      const large = await blobAt(id.assets, "assets/large.bin");
      const binary = await blobAt(id.assets, "assets/binary.bin");
      const empty = await blobAt(id.assets, "assets/empty.txt");
      const contents = await read([large, binary, empty], 255);
      expect(contents.get(large)).toEqual({
        blob: large,
        tooLarge: 3 * 1_048_576,
      });
      expect(contents.get(binary)).toEqual({ blob: binary, tooLarge: 256 });
      expect(bytesOf(contents.get(empty))).toEqual(Buffer.alloc(0));
    });

    test("reads a blob that is exactly as large as allowed", async () => {
      const binary = await blobAt(id.assets, "assets/binary.bin");
      expect(bytesOf((await read([binary], 256)).get(binary))).toHaveLength(
        256,
      );
    });

    test("says what is missing: unknown ids, commits and what is no id", async () => {
      const none = [
        "4".repeat(40),
        id.plan,
        "main",
        "",
        "--batch-all-objects",
        "a\nb",
      ];
      const contents = await read(none);
      expect([...contents.values()]).toEqual(
        expect.arrayContaining(none.map((blob) => ({ blob, missing: true }))),
      );
      expect(contents.size).toBe(none.length);
    });

    test("can be left early and used again", async () => {
      const entries = await repository.list(
        id.assets,
        (path) => path !== "vendor/payments",
      );
      const blobs = entries.map(({ blob }) => blob);
      for await (const content of repository.read(blobs, {
        maxBytes: 2 ** 24,
      })) {
        expect(content).toHaveProperty("bytes");
        break;
      }
      expect((await read(blobs)).size).toBe(new Set(blobs).size);
    });
  });

  test("a repository without commits says so", async () => {
    await using fixture = await createGitFixture();
    await using empty = await open(fixture);
    const asked = empty.repository.head();
    await expect(asked).rejects.toThrow(ActionableError);
    await expect(asked).rejects.toThrow("has no commits yet");
    await expect(empty.repository.resolve()).rejects.toThrow(ActionableError);
  });

  async function blobAt(commit: string, path: string): Promise<string> {
    const [entry] = await repository.list(commit, (name) => name === path);
    if (entry === undefined) throw new Error(`no ${path} at ${commit}`);
    return entry.blob;
  }

  async function read(
    blobs: Iterable<string>,
    maxBytes = 2 ** 24,
  ): Promise<Map<string, BlobContent>> {
    const contents = await collect(repository.read(blobs, { maxBytes }));
    const byId = new Map(contents.map((content) => [content.blob, content]));
    expect(contents).toHaveLength(byId.size);
    return byId;
  }
}

export async function collect<Item>(
  items: AsyncIterable<Item>,
): Promise<Item[]> {
  return Array.fromAsync(items);
}

function changesOf(
  history: readonly CommitChanges[],
  sha: string,
): readonly Change[] | undefined {
  return history.find((commit) => commit.sha === sha)?.changes;
}

function bytesOf(content: BlobContent | undefined): Buffer | undefined {
  return content !== undefined && "bytes" in content
    ? Buffer.from(content.bytes)
    : undefined;
}

/** Everything a repository says about a commit's past, to compare two ways of opening it. */
export async function accountOf(
  repository: Repository,
  commit: string,
): Promise<{ history: CommitChanges[]; entries: readonly Entry[] }> {
  return {
    history: await collect(repository.history(commit, everything)),
    entries: await repository.list(commit, everything),
  };
}
