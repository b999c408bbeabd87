import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { onThisThread } from "../../src/jobs/readingPool.ts";
import { poll, unreachable } from "../../src/jobs/poll.ts";
import { configuredLayouts } from "../../src/core/planning/layouts.ts";
import { evaluationVersion } from "../../src/jobs/version.ts";
import { LeaseLost } from "../../src/store/store.ts";
import { repositoryOf } from "../support/statuses.ts";
import {
  BEFORE_WATCHING,
  PLOT,
  QUALITY,
  queuedFor,
  SHOP,
  subscribeTo,
  watch,
} from "./support.ts";
import { SPEC_KIT_HISTORY } from "../support/layoutRepositories.ts";

/** Everything that is queued, in the order of writing. */
const outboxOf = async ({
  store,
}: {
  store: Parameters<typeof queuedFor>[0];
}) =>
  (await store.deliveries.list({ limit: 1_000 })).map(
    ({ id, operation, channel_id, payload }) => ({
      id,
      operation,
      channel_id,
      payload,
    }),
  );

describe("The first sight of a repository", () => {
  test("is silent, however much there is to see", async () => {
    await using shop = await watch({ commits: PLOT.slice(0, 13) });

    expect(await shop.look()).toBe(1);

    const status = await shop.store.evaluations.latest(SHOP);
    expect(status?.phases.map(({ headline }) => headline)).toContain(
      "gaps_found",
    );
    expect(await queuedFor(shop.store)).toEqual([]);
    expect(await shop.store.incidents.list(SHOP)).toEqual([]);
  });

  test("remembers the whole history, for later questions about when", async () => {
    await using shop = await watch();
    await shop.look();
    expect(
      (await shop.store.history.read(SHOP)).map(({ subject }) => subject),
    ).toEqual(
      PLOT.slice(0, BEFORE_WATCHING)
        .map(({ subject }) => subject)
        .toReversed(),
    );
  });
});

test("A long history is read with a word now and then, and the lease is kept", async () => {
  const commits = Array.from({ length: 501 }, (_, index) => ({
    subject: `ci: run ${index + 1}`,
    at: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
    files: { "reports/pytest-output.log": `${index + 1} passed in 1.02s\n` },
  }));
  await using shop = await watch({ commits });
  const said: string[] = [];
  await shop.look({ progress: (message) => said.push(message) });
  expect(said).toEqual(["500 commits of history read"]);
  expect(await shop.store.history.read(SHOP)).toHaveLength(501);
});

describe("A poll", () => {
  test("judges each commit that came since the last one: what opened and closed in between is told", async () => {
    await using shop = await watch();
    await shop.look();
    // Phase 12 misses a target at the second of these commits and meets it at the fifth.
    await shop.goOn(6);

    expect(await shop.look()).toBe(6);

    const gaps = (await shop.store.incidents.list(SHOP)).filter(
      ({ news }) => news.kind === "gap",
    );
    expect(gaps.map(({ state }) => state)).toContain("resolved");
    const told = await queuedFor(shop.store);
    expect(told.filter((line) => /target/i.test(line))).toEqual([
      "post Target missed · Phase 12 · Payment core",
      "update Resolved · Target met · Phase 12 · Payment core",
      "reply Resolved · Target met · Phase 12 · Payment core",
    ]);
  });

  test("tells the same whether it looks after every commit or once at the end", async () => {
    await using often = await watch();
    await using once = await watch();
    const standing = () => new Date("2026-04-01T08:00:00Z");
    await often.look({ now: standing });
    await once.look({ now: standing });

    for (let step = BEFORE_WATCHING; step < PLOT.length; step++) {
      await often.goOn();
      await often.look({ now: standing });
    }
    await once.goOn(PLOT.length);
    await once.look({ now: standing });

    const told = await outboxOf(often);
    expect(told.length).toBeGreaterThan(20);
    expect(await outboxOf(once)).toEqual(told);
    expect(await once.store.incidents.list(SHOP)).toEqual(
      await often.store.incidents.list(SHOP),
    );
  });

  test("says how far it is", async () => {
    await using shop = await watch();
    await shop.look();
    await shop.goOn(2);
    const said: string[] = [];
    await shop.look({ progress: (message) => said.push(message) });
    expect(said.map((line) => line.replace(/^[0-9a-f]{7} /, ""))).toEqual(
      PLOT.slice(BEFORE_WATCHING, BEFORE_WATCHING + 2).map(
        ({ subject }) => subject,
      ),
    );
  });

  test("of a repository that has not moved writes nothing", async () => {
    const directory = await mkdtemp(join(tmpdir(), "phasewatch-poll-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const file = join(directory, "store.db");
    await using shop = await watch({ database: `sqlite:${file}` });
    await shop.look();
    const observer = new DatabaseSync(file);
    try {
      // https://sqlite.org/pragma.html#pragma_data_version: changes when another connection has written.
      const written = () =>
        observer.prepare("pragma data_version").get()?.["data_version"];
      const row = await shop.lease();
      const before = written();
      const commits = await poll(row, {
        store: shop.store,
        owner: "worker-1",
        open: async () => shop.repository,
        reading: onThisThread,
        now: shop.clock.now,
        renew: async () => {},
      });
      expect(commits).toBe(0);
      expect(written()).toBe(before);
    } finally {
      observer.close();
    }
  });

  test("passes over a commit that touches nothing watched, and stands at it all the same", async () => {
    await using shop = await watch();
    await shop.look();
    const head = await shop.fixture.commit({
      subject: "Say hello",
      at: "2026-03-02T12:00:00Z",
      files: { "README.md": "# shop\n\nHello.\n" },
    });
    expect(await shop.look()).toBe(1);
    expect((await shop.store.repositories.find(SHOP))?.head).toBe(head);
    expect(await queuedFor(shop.store)).toEqual([]);
  });

  test("tells only the channels that subscribed, and only of their topics", async () => {
    await using shop = await watch({ subscribe: false });
    const now = shop.clock.now().toISOString();
    await subscribeTo(shop.store, QUALITY, now);
    await shop.store.channels.subscribe(
      {
        channel: "C0PHASES",
        repository: SHOP,
        topics: ["phases"],
        source: "command",
      },
      now,
    );
    await shop.look();
    await shop.goOn(3);
    await shop.look();
    const phases = await queuedFor(shop.store, "C0PHASES");
    const everything = await queuedFor(shop.store);
    expect(phases.length).toBeGreaterThan(0);
    expect(everything.length).toBeGreaterThan(phases.length);
    expect(everything).toEqual(expect.arrayContaining(phases));
    expect(await queuedFor(shop.store, "C0OTHER")).toEqual([]);
  });
});

describe("A history that was rewritten", () => {
  test("is told of once, and the next commits are judged as ever", async () => {
    await using shop = await watch();
    await shop.look();
    await shop.goOn(2);
    await shop.look();
    const before = (await queuedFor(shop.store)).length;

    // The last commit is replaced by another one.
    await shop.fixture.commit({
      subject: "docs: amended",
      at: "2026-03-04T17:00:00Z",
      from: "refs/heads/main~1",
      files: { "reports/pytest-output.log": "24 passed in 1.02s\n" },
    });
    expect(await shop.look()).toBe(1);
    expect(await shop.look()).toBe(0);

    const told = (await queuedFor(shop.store)).slice(before);
    expect(
      told.filter((line) => line === "post Note · History rewritten"),
    ).toHaveLength(1);
    const { incidents } = shop.store;
    const notes = (await incidents.list(SHOP)).filter(({ key }) =>
      key.startsWith("health|rewritten|"),
    );
    expect(notes).toHaveLength(1);
    expect(notes[0]?.state).toBe("note");

    await shop.goOn();
    expect(await shop.look()).toBe(1);
    const [newest, amended] = await shop.store.history.read(SHOP);
    expect(newest?.subject).toBe(PLOT[BEFORE_WATCHING + 2]?.subject);
    expect(amended?.subject).toBe("docs: amended");
  });

  test("may have lost the commit that was judged last, and by an older program at that", async () => {
    await using shop = await watch();
    await shop.look();
    const known = await shop.store.evaluations.latest(SHOP);
    if (!known) throw new Error("Nothing was judged.");
    await shop.store.evaluations.save(SHOP, "0/1", known);
    await shop.fixture.commit({
      subject: "Start anew",
      at: "2026-03-04T17:00:00Z",
      from: null,
      files: { "README.md": "# shop\n" },
    });
    await shop.fixture.git("reflog", "expire", "--expire=now", "--all");
    await shop.fixture.git("gc", "--quiet", "--prune=now");
    expect(await shop.look()).toBe(1);
    expect(await queuedFor(shop.store)).toContain(
      "post Note · History rewritten",
    );
  });
});

describe("A program with other rules", () => {
  test("judges the last commit again, so that the rules make no news", async () => {
    await using shop = await watch();
    await shop.look();
    await shop.goOn(3);
    await shop.look();
    const before = await outboxOf(shop);
    // As an older program would have left it: it saw no phases and no artifacts.
    const known = await shop.store.evaluations.latest(SHOP);
    if (!known) throw new Error("Nothing was judged.");
    await shop.store.evaluations.save(SHOP, "0/1", {
      ...known,
      phases: [],
      artifacts: [],
    });

    expect(await shop.look()).toBe(0);

    expect(
      await shop.store.evaluations.find(
        SHOP,
        known.commit,
        evaluationVersion({ fingerprint: "" }),
      ),
    ).toEqual(known);
    await shop.fixture.commit({
      subject: "Say hello",
      at: "2026-03-05T10:00:00Z",
      files: { "README.md": "# shop\n\nHello.\n" },
    });
    await shop.look();
    expect(await outboxOf(shop)).toEqual(before);
  });
});

describe("A repository whose documents are looked for elsewhere from now on", () => {
  test("is judged again with the history of those places, and no news", async () => {
    await using shop = await watch({ commits: SPEC_KIT_HISTORY });
    const gsd = configuredLayouts(["gsd"]);
    await shop.look({ layouts: () => gsd });
    expect((await shop.store.evaluations.latest(SHOP))?.phases).toEqual([]);

    const specKit = configuredLayouts(["spec-kit"]);
    expect(await shop.look({ layouts: () => specKit })).toBe(0);

    const latest = await shop.store.evaluations.latest(SHOP);
    expect(latest?.phases.map(({ headline }) => headline)).toEqual([
      "executed",
      "planned",
    ]);
    expect(latest?.phases[0]?.statements).toMatchObject([
      { says: "Draft", at: "2026-03-02T09:00:00Z" },
    ]);
    expect(await outboxOf(shop)).toEqual([]);
  });
});

describe("What has to be read once more because the program or its settings changed", () => {
  test("is read on the threads that read, like everything else", async () => {
    await using shop = await watch({ commits: SPEC_KIT_HISTORY });
    await shop.look({ layouts: () => configuredLayouts(["gsd"]) });
    let tasks = 0;

    await shop.look({
      layouts: () => configuredLayouts(["spec-kit"]),
      reading: {
        read: (batch) => {
          tasks += batch.length;
          return onThisThread.read(batch);
        },
      },
    });

    expect(tasks).toBeGreaterThan(0);
  });
});

describe("A poll whose lease is lost", () => {
  test("writes nothing more of the commits it was at", async () => {
    await using shop = await watch();
    await shop.look();
    await shop.goOn(3);
    const head = (await shop.store.repositories.find(SHOP))?.head;
    const told = await outboxOf(shop);
    let commits = 0;
    await expect(
      shop.look({
        renew: async () => {
          // Another process takes over while the second commit is judged.
          if (++commits === 2) await shop.lease("worker-2");
        },
      }),
    ).rejects.toThrow(LeaseLost);

    const row = await shop.store.repositories.find(SHOP);
    expect(row?.lease_owner).toBe("worker-2");
    expect(row?.head).not.toBe(head);
    const chain = await shop.store.history.read(SHOP);
    expect(chain).toHaveLength(BEFORE_WATCHING + 1);
    expect(chain[0]?.sha).toBe(row?.head);
    expect((await outboxOf(shop)).length).toBeGreaterThanOrEqual(told.length);
  });

  test("leaves the history alone that another process has read further", async () => {
    await using shop = await watch();
    await expect(
      shop.look({
        renew: async () => {
          throw new LeaseLost("Another process has taken over.");
        },
      }),
    ).rejects.toThrow(LeaseLost);
    expect(await shop.store.history.read(SHOP)).toEqual([]);
    expect((await shop.store.repositories.find(SHOP))?.head).toBeNull();
  });
});

test("A failure of the repository is the caller's, and nothing is written", async () => {
  await using shop = await watch();
  await shop.look();
  await expect(
    shop.look({ open: () => Promise.reject(new Error("It is gone.")) }),
  ).rejects.toThrow("It is gone.");
  expect(await queuedFor(shop.store)).toEqual([]);
});

test("What is said of an unreachable repository names the error and the commit that is shown", () => {
  expect(unreachable(repositoryOf([]), "git said no.")).toMatchObject({
    transition: "note",
    news: {
      problem: "unreachable",
      message:
        "The repository could not be read three times in a row: git said no. What is shown is as of c0ffee2.",
    },
  });
});
