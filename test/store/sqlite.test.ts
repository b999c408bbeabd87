import { mkdtempSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import { ActionableError } from "../../src/core/errors.ts";
import { sql } from "../../src/store/kysely.ts";
import { openStore } from "../../src/store/openStore.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { storeOn } from "../../src/store/storeOn.ts";
import { storeContract } from "./contract.ts";
import {
  CHANNEL,
  NOW,
  NOW_MS,
  REPOSITORY,
  delivery,
  incident,
  leased,
  queued,
  series,
  step,
} from "./examples.ts";
import { deliveryLaws } from "./deliveryLaws.ts";
import { subscriptionLaws } from "./subscriptionLaws.ts";

const directory = mkdtempSync(join(tmpdir(), "phasewatch-store-"));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
const newFile = () => join(directory, `${files++}.db`);

storeContract("SQLite, in memory", () => openStore("sqlite::memory:"));
storeContract("SQLite, in a file", () => openStore(`sqlite:${newFile()}`));
subscriptionLaws("SQLite", () => openStore("sqlite::memory:"));
deliveryLaws("SQLite", () => openStore("sqlite::memory:"));

async function refusal(url: string): Promise<ActionableError> {
  const error = await openStore(url).catch((reason: unknown) => reason);
  if (error instanceof ActionableError) return error;
  throw new Error("The store was opened, or refused without advice", {
    cause: error,
  });
}

describe("A store in a file", () => {
  test("makes the directories that lead to it", async () => {
    const path = join(directory, "made", "on the way", "phasewatch.db");
    await using _ = await openStore(`sqlite:${path}`);
    expect(existsSync(path)).toBe(true);
  });

  test.each(["sqlite:", "sqlite://"])("may be named by %s", async (scheme) => {
    const path = newFile();
    await using _ = await openStore(`${scheme}${path}`);
    expect(existsSync(path)).toBe(true);
  });

  test("remembers everything when it is opened again", async () => {
    const path = newFile();
    {
      await using store = await openStore(`sqlite:${path}`);
      await leased(store);
      await store.record(
        step("c1", {
          incidents: [incident("k3f9")],
          series: new Map([["a", series]]),
          deliveries: [delivery("d1")],
        }),
      );
    }
    await using store = await openStore(`sqlite:${path}`);
    expect((await store.evaluations.latest(REPOSITORY))?.commit).toBe("c1");
    expect(await store.incidents.list(REPOSITORY)).toHaveLength(1);
    expect((await store.deliveries.counts())["pending"]).toBe(1);
  });

  test("can be read by other programs while it is open, and is closed when the store is", async () => {
    const path = newFile();
    const store = await openStore(`sqlite:${path}`);
    const file = new DatabaseSync(path, { readOnly: true });
    expect(file.prepare("pragma journal_mode").get()).toEqual({
      journal_mode: "wal",
    });
    file.close();
    expect(existsSync(`${path}-wal`)).toBe(true);
    await store[Symbol.asyncDispose]();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  test("that was closed before its first start was over is completed at the next", async () => {
    const path = newFile();
    {
      await using store = await openStore(`sqlite:${path}`);
      await leased(store);
      using file = new DatabaseSync(path);
      file.exec("pragma user_version = 0");
    }
    await using store = await openStore(`sqlite:${path}`);
    expect(await store.repositories.list()).toHaveLength(1);
    using file = new DatabaseSync(path);
    expect(file.prepare("pragma user_version").get()).toEqual({
      user_version: 1,
    });
  });

  test("counts deliveries on, also when the newest was removed", async () => {
    const path = newFile();
    await using store = await openStore(`sqlite:${path}`);
    await queued(store, [delivery("d1"), delivery("d2")]);
    using file = new DatabaseSync(path);
    file.exec("delete from delivery where id = 'd2'");
    await queued(store, [delivery("d3")]);
    expect((await store.deliveries.list({ limit: 1 }))[0]?.sequence).toBe(3);
  });

  test("keeps an artifact's counts as numbers, and unknown ones as unknown", async () => {
    const path = newFile();
    await using store = await openStore(`sqlite:${path}`);
    await leased(store);
    const once = step("c1");
    await store.record(once);
    await store.record({
      ...once,
      observations: once.observations.map((row) => ({ ...row, covered: 831 })),
    });
    using file = new DatabaseSync(path, { readOnly: true });
    expect(
      file.prepare("select covered, total, files from observation").all(),
    ).toEqual([{ covered: 831, total: 3776, files: null }]);
  });

  test("names the row that somebody has damaged", async () => {
    const path = newFile();
    await using store = await openStore(`sqlite:${path}`);
    await leased(store);
    await store.record(step("c1", { incidents: [incident("k3f9")] }));
    await store.channels.subscribe(
      {
        channel: CHANNEL,
        repository: REPOSITORY,
        topics: ["gaps"],
        source: "command",
      },
      NOW,
    );
    using file = new DatabaseSync(path);
    for (const news of ["{", "null", '"gap"', "{}", '{"kind":"weather"}']) {
      file.prepare("update incident set news = ?").run(news);
      await expect(store.incidents.list(REPOSITORY)).rejects.toThrow(
        "The stored incident k3f9 of acme/shop cannot be read.",
      );
    }
    for (const topics of ["", "{}", '["weather"]']) {
      file.prepare("update subscription set topics = ?").run(topics);
      await expect(store.channels.subscriptionsOf(CHANNEL)).rejects.toThrow(
        "The stored subscription of C0123456789 to acme/shop cannot be read.",
      );
    }
  });

  test("waits for another process that is writing, and then goes on", async () => {
    const path = newFile();
    await using one = await openStore(`sqlite:${path}`);
    await using two = await openStore(`sqlite:${path}`);
    await Promise.all(
      [one, two].flatMap((store, writer) =>
        Array.from({ length: 20 }, (_, index) =>
          queued(store, [delivery(`w${writer}-${index}`)]),
        ),
      ),
    );
    expect((await two.deliveries.counts())["pending"]).toBe(40);
  });

  test("loses no change of two programs to one row at the same moment", async () => {
    const path = newFile();
    await using one = await openStore(`sqlite:${path}`);
    await using two = await openStore(`sqlite:${path}`);
    const topics = ["phases", "gaps", "claims", "regressions"] as const;
    await one.channels.subscribe(
      {
        channel: CHANNEL,
        repository: REPOSITORY,
        topics: [...topics, "health"],
        source: "command",
      },
      NOW,
    );
    const removed = await Promise.all(
      topics.map((topic, index) =>
        (index % 2 === 0 ? one : two).channels.unsubscribe(
          CHANNEL,
          REPOSITORY,
          [topic],
        ),
      ),
    );
    expect(removed).toEqual([true, true, true, true]);
    expect(await two.channels.subscriptionsOf(CHANNEL)).toMatchObject([
      { topics: ["health"] },
    ]);
  });

  test("says that the disk is full, and goes on", async () => {
    const db = await openSqlite(":memory:");
    await using store = storeOn(db);
    await leased(store);
    await sql`pragma max_page_count = 100`.execute(db);
    const large = step("c1", {
      deliveries: [delivery("d1", { payload: "x".repeat(1_000_000) })],
    });
    await expect(store.record(large)).rejects.toThrow("disk is full");
    expect((await store.repositories.find(REPOSITORY))?.head).toBeNull();
    await store.record(step("c1"));
  });

  test("goes on after a write that failed", async () => {
    await using store = await openStore("sqlite::memory:");
    await leased(store);
    const twice = [delivery("d1"), delivery("d1")];
    await expect(queued(store, twice)).rejects.toThrow(/unique/i);
    await queued(store, [delivery("d1")]);
    expect((await store.deliveries.claimDue("sender-1", NOW_MS, 1))?.id).toBe(
      "d1",
    );
  });
});

describe("A store that cannot be used says what to do:", () => {
  test("PostgreSQL", async () => {
    const error = await refusal("postgres://bot:s3cret@db.example/phasewatch");
    expect(error.message).toBe(
      "This version keeps its data in SQLite; PostgreSQL comes with a later one.",
    );
    expect(error.hint).toContain("sqlite:data/phasewatch.db");
    expect(JSON.stringify([error.message, error.hint])).not.toContain("s3cret");
  });

  test.each([
    "",
    "sqlite:",
    "sqlite://",
    "mysql://root:s3cret@db/x",
    "data/x.db",
  ])("the URL “%s”", async (url) => {
    const error = await refusal(url);
    expect(error.message).toBe("DATABASE_URL names no database.");
    expect(error.hint).toContain("sqlite:data/phasewatch.db");
  });

  test("a file that is no SQLite file, and leaves it as it is", async () => {
    const path = newFile();
    writeFileSync(path, "Name,Amount\n".repeat(1000));
    const error = await refusal(`sqlite:${path}`);
    expect(error.message).toContain("damaged or no SQLite file");
    expect(error.message).toContain(path);
    expect(error.hint).toContain("backup");
  });

  test("a damaged file", async () => {
    const path = newFile();
    await (await openStore(`sqlite:${path}`))[Symbol.asyncDispose]();
    writeFileSync(path, Buffer.alloc(4096, 7), { flag: "r+" });
    expect((await refusal(`sqlite:${path}`)).message).toContain("damaged");
  });

  test("a directory that cannot be made", async () => {
    const file = newFile();
    writeFileSync(file, "");
    const error = await refusal(`sqlite:${join(file, "below", "x.db")}`);
    expect(error.message).toContain("cannot be opened");
    expect(error.hint).toContain("writable");
  });

  test("a path that is a directory", async () => {
    const error = await refusal(`sqlite:${directory}`);
    expect(error.message).toContain("cannot be opened");
    expect(error.hint).toContain("DATABASE_URL");
  });

  test("a file of a newer version", async () => {
    const path = newFile();
    await (await openStore(`sqlite:${path}`))[Symbol.asyncDispose]();
    using file = new DatabaseSync(path);
    file.exec("pragma user_version = 99");
    const error = await refusal(`sqlite:${path}`);
    expect(error.message).toContain("written by a newer version of phasewatch");
    expect(error.message).toContain("schema 99");
    expect(error.hint).toContain("newer version");
  });

  test("the database of another program, and leaves it as it is", async () => {
    const path = newFile();
    using file = new DatabaseSync(path);
    file.exec("create table invoice (id integer)");
    const error = await refusal(`sqlite:${path}`);
    expect(error.message).toContain("the database of another program");
    expect(file.prepare("select name from sqlite_schema").all()).toEqual([
      { name: "invoice" },
    ]);
  });
});
