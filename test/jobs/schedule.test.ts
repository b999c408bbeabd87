import { rename } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { onThisThread } from "../../src/jobs/readingPool.ts";
import type { Outbox } from "../../src/jobs/deliver.ts";
import { startSchedule, type Scheduling } from "../../src/jobs/schedule.ts";
import type { Workspace } from "../../src/preview/workspace.ts";
import { slackOutbox } from "../../src/slack/outbox.ts";
import { client, workspace } from "../preview/support.ts";
import { QUALITY, queuedFor, SHOP, watch, type Watch } from "./support.ts";

let slack: Workspace;
beforeAll(async () => {
  slack = await workspace();
});
afterAll(() => slack[Symbol.asyncDispose]());

const POLL_MS = 60_000;

/** The schedule over a watched repository, with what it logs and counts. */
async function scheduled(shop: Watch, changed: Partial<Scheduling> = {}) {
  const logged: string[] = [];
  const counted: Record<string, number> = {};
  const write =
    (level: string) =>
    (_details: object, message: string): void => {
      logged.push(`${level}: ${message}`);
    };
  const schedule = await startSchedule({
    store: shop.store,
    owner: "worker-1",
    open: async () => shop.repository,
    reading: onThisThread,
    now: shop.clock.now,
    link: () => () => null,
    outbox: slackOutbox(client(slack)),
    pollMs: () => POLL_MS,
    log: { info: write("info"), warn: write("warn"), error: write("error") },
    count: (event, by = 1) => {
      counted[event] = (counted[event] ?? 0) + by;
    },
    ...changed,
  });
  return { schedule, logged, counted };
}

const repositoryRow = async ({ store }: Watch) => {
  const row = await store.repositories.find(SHOP);
  if (!row) throw new Error("The repository is not known.");
  return row;
};

/** Waits for the loops to come round, on the real clock. */
const until = (condition: () => Promise<boolean> | boolean) =>
  vi.waitFor(
    async () => {
      expect(await condition()).toBe(true);
    },
    { timeout: 5_000, interval: 10 },
  );

const notes = async (shop: Watch) =>
  (await queuedFor(shop.store)).filter((line) => line.startsWith("post Note"));

describe("The schedule", () => {
  test("polls what is due and sends what that brings", async () => {
    await using shop = await watch();
    const { schedule, counted } = await scheduled(shop);
    await using _ = schedule;
    await until(async () => (await repositoryRow(shop)).head !== null);

    await shop.goOn(2);
    shop.clock.forward(POLL_MS);
    schedule.wake();
    await slack.waitFor(({ messages }) =>
      messages.some(({ text }) => text.startsWith("Target missed")),
    );

    expect(counted).toMatchObject({ poll: 2, commit: 3 });
    expect(counted["delivery"]).toBeGreaterThan(0);
    expect(schedule.lastTick()).toEqual(shop.clock.now());
    const row = await repositoryRow(shop);
    expect(row).toMatchObject({
      lease_owner: null,
      failures: 0,
      next_poll_ms: shop.clock.now().getTime() + POLL_MS,
    });
  });

  test("waits for the work under way when it is stopped, and begins nothing after", async () => {
    await using shop = await watch();
    const polling = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    const { schedule, counted } = await scheduled(shop, {
      open: async () => {
        opened.resolve();
        await polling.promise;
        return shop.repository;
      },
    });
    await opened.promise;
    let stopped = false;
    const stopping = schedule[Symbol.asyncDispose]().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stopped).toBe(false);
    polling.resolve();
    await stopping;
    expect(await repositoryRow(shop)).toMatchObject({ lease_owner: null });
    expect((await repositoryRow(shop)).head).not.toBeNull();

    shop.clock.forward(POLL_MS);
    schedule.wake();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(counted).toEqual({ poll: 1, commit: 1 });
  });

  test("goes on after an error that nobody foresaw", async () => {
    await using shop = await watch();
    const real = slackOutbox(client(slack));
    let bugs = 1;
    const outbox: Outbox = {
      ...real,
      post: (...place) => {
        if (bugs-- > 0) throw new TypeError("A bug.");
        return real.post(...place);
      },
    };
    const { schedule, logged } = await scheduled(shop, { outbox });
    await using _ = schedule;
    await until(async () => (await repositoryRow(shop)).head !== null);
    await shop.goOn();
    shop.clock.forward(POLL_MS);
    schedule.wake();
    await until(() =>
      logged.includes("error: the deliver loop failed; it goes on"),
    );
    // The lease of what went wrong runs out.
    shop.clock.forward(60_000);
    await until(
      async () => (await shop.store.deliveries.counts())["sent"] === 1,
    );
  });

  test("leaves a repository to the process that has taken it over", async () => {
    await using shop = await watch();
    const { schedule, logged } = await scheduled(shop, {
      open: async () => {
        await shop.lease("worker-2");
        return shop.repository;
      },
    });
    await using _ = schedule;
    await until(() => logged.includes("warn: another process has taken over"));
    expect(await repositoryRow(shop)).toMatchObject({
      lease_owner: "worker-2",
      head: null,
      failures: 0,
    });
  });
});

describe("A repository that cannot be read", () => {
  test("is asked less and less often; the third failure in a row is told, once; a success ends it", async () => {
    await using shop = await watch();
    const { schedule, counted } = await scheduled(shop);
    await using _ = schedule;
    await until(async () => (await repositoryRow(shop)).head !== null);
    const away = shop.fixture.directory("away.git");
    const failures = async (count: number) => {
      const { next_poll_ms: next } = await repositoryRow(shop);
      shop.clock.set(new Date(next).toISOString());
      schedule.wake();
      await until(async () => (await repositoryRow(shop)).failures === count);
      const row = await repositoryRow(shop);
      return row.next_poll_ms - shop.clock.now().getTime();
    };

    await rename(shop.fixture.gitDir, away);
    expect(await failures(1)).toBe(POLL_MS);
    expect(await failures(2)).toBe(2 * POLL_MS);
    expect(await notes(shop)).toEqual([]);
    expect(await failures(3)).toBe(4 * POLL_MS);
    expect(await notes(shop)).toEqual([
      expect.stringMatching(/cannot be read|unreachable|not be read/i),
    ]);
    expect(await failures(4)).toBe(8 * POLL_MS);
    expect(await failures(5)).toBe(15 * POLL_MS);
    expect(await failures(6)).toBe(15 * POLL_MS);
    expect(await notes(shop)).toHaveLength(1);
    expect((await repositoryRow(shop)).last_error).not.toBeNull();
    expect(counted["poll_failed"]).toBe(6);

    await rename(away, shop.fixture.gitDir);
    expect(await failures(0)).toBe(POLL_MS);
    expect((await repositoryRow(shop)).last_error).toBeNull();

    // Another episode is news again.
    await rename(shop.fixture.gitDir, away);
    for (const count of [1, 2, 3]) await failures(count);
    expect(await notes(shop)).toHaveLength(2);
  });

  test("and is asked seldom anyway keeps its own time", async () => {
    await using shop = await watch();
    const hours = 3_600_000;
    const { schedule } = await scheduled(shop, {
      pollMs: () => 2 * hours,
      open: () => Promise.reject("It is gone."),
    });
    await using _ = schedule;
    for (const count of [1, 2, 3, 4]) {
      await until(async () => (await repositoryRow(shop)).failures === count);
      const row = await repositoryRow(shop);
      expect(row.last_error).toBe("It is gone.");
      expect(row.next_poll_ms - shop.clock.now().getTime()).toBe(2 * hours);
      shop.clock.set(new Date(row.next_poll_ms).toISOString());
      schedule.wake();
    }
    // It was never read: there is no status to speak of, and `/coverage` says why.
    expect(await notes(shop)).toEqual([]);
  });
});

describe("By the clock", () => {
  /** Timers and the date stand still, so that nobody waits for nine o'clock. Nothing here uses a socket. */
  async function standing<T>(at: string, work: () => Promise<T>): Promise<T> {
    vi.useFakeTimers({
      toFake: [
        "Date",
        "setTimeout",
        "clearTimeout",
        "setInterval",
        "clearInterval",
      ],
      now: new Date(at),
    });
    try {
      return await work();
    } finally {
      vi.useRealTimers();
    }
  }

  const idle: Outbox = {
    post: () => Promise.reject(new Error("Nothing is to be sent.")),
    update: () => Promise.reject(new Error("Nothing is to be sent.")),
    find: () => Promise.reject(new Error("Nothing is to be sent.")),
  };

  /** A repository that was read, with news for a channel that only records, and nothing due for a day. */
  async function withNews(digest: string | null): Promise<Watch> {
    const shop = await watch();
    await shop.store.channels.save(
      { id: QUALITY, digest, dry_run: 1 },
      shop.clock.now().toISOString(),
    );
    await shop.look();
    await shop.goOn(3);
    await shop.look();
    await shop.lease("asleep");
    await shop.store.repositories.release(SHOP, "asleep", {
      nextPollMs: Date.parse("2026-05-01T00:00:00Z"),
      polledAt: shop.clock.now().toISOString(),
      error: null,
    });
    return shop;
  }

  const digests = async ({ store }: Watch) =>
    (await queuedFor(store)).filter((line) => line.includes("Digest")).length;

  test("a digest is queued when its time comes", async () => {
    await using shop = await withNews("daily 09:00");
    await standing("2026-04-01T08:59:30Z", async () => {
      const { schedule, counted } = await scheduled(shop, {
        outbox: idle,
        now: () => new Date(),
      });
      await using _ = schedule;
      expect(await digests(shop)).toBe(0);
      await vi.advanceTimersByTimeAsync(31_000);
      expect(await digests(shop)).toBe(1);
      expect(counted["digest"]).toBe(1);
    });
  });

  test("a digest whose time came while the machine slept is queued when it wakes", async () => {
    await using shop = await withNews("daily 09:00");
    await standing("2026-04-01T08:59:30Z", async () => {
      const { schedule } = await scheduled(shop, {
        outbox: idle,
        now: () => new Date(),
      });
      await using _ = schedule;
      vi.setSystemTime("2026-04-01T14:12:00Z");
      await vi.advanceTimersByTimeAsync(31_000);
      expect(await digests(shop)).toBe(1);
    });
  });

  test("a digest that was due while nothing ran is queued at the start", async () => {
    await using shop = await withNews("daily 09:00");
    await standing("2026-04-03T17:00:00Z", async () => {
      const { schedule } = await scheduled(shop, {
        outbox: idle,
        now: () => new Date(),
      });
      await using _ = schedule;
      expect(await digests(shop)).toBe(1);
    });
  });

  test("a schedule that changes holds from then on, and one that ends is not sent any more", async () => {
    await using shop = await withNews(null);
    await standing("2026-04-01T09:59:00Z", async () => {
      const { schedule } = await scheduled(shop, {
        outbox: idle,
        now: () => new Date(),
      });
      const timers = vi.getTimerCount();
      const set = async (digest: string | null) => {
        await shop.store.channels.save({ id: QUALITY, digest }, "");
        await schedule.reschedule(QUALITY);
      };
      await set("daily 10:00");
      await set("daily 10:01");
      expect(vi.getTimerCount()).toBe(timers + 1);
      await vi.advanceTimersByTimeAsync(61_000);
      expect(await digests(shop)).toBe(0);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(await digests(shop)).toBe(1);

      await set(null);
      await schedule.reschedule("C0UNKNOWN");
      expect(vi.getTimerCount()).toBe(timers);

      await schedule[Symbol.asyncDispose]();
      // An answer that is under way during the stop.
      await set("daily 10:02");
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  test("a digest that fails is logged, and the rest of the program goes on", async () => {
    await using shop = await withNews("daily 09:00");
    await standing("2026-04-01T10:00:00Z", async () => {
      const { schedule, logged } = await scheduled(shop, {
        outbox: idle,
        now: () => new Date(),
        link: () => {
          throw new TypeError("A bug.");
        },
      });
      await using _ = schedule;
      expect(logged).toEqual(["error: a digest failed"]);
    });
  });

  test("a long poll keeps its lease", async () => {
    await using shop = await withNews(null);
    await standing("2026-05-01T00:00:00Z", async () => {
      const polling = Promise.withResolvers<void>();
      const { schedule } = await scheduled(shop, {
        outbox: idle,
        now: () => new Date(),
        open: async () => {
          await polling.promise;
          throw new Error("It is gone.");
        },
      });
      await vi.advanceTimersByTimeAsync(5 * 60_000);
      const row = await repositoryRow(shop);
      expect(row.lease_owner).toBe("worker-1");
      expect(row.lease_until_ms).toBeGreaterThan(Date.now());
      polling.resolve();
      await schedule[Symbol.asyncDispose]();
    });
  });
});
