import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { openStore } from "../../src/store/openStore.ts";
import { delivery, queued } from "./examples.ts";

const SENDER = fileURLToPath(new URL("sender.ts", import.meta.url));
const run = promisify(execFile);

const directory = mkdtempSync(join(tmpdir(), "phasewatch-competing-"));
afterAll(() => rmSync(directory, { recursive: true }));

const startSenders = (url: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const { stdout } = await run(process.execPath, [
        SENDER,
        url,
        `sender-${index}`,
      ]);
      return stdout.split("\n").filter((line) => line !== "");
    }),
  );

test("Processes that send from one file share the work, and no delivery is sent twice", async () => {
  const url = `sqlite:${join(directory, "shared.db")}`;
  const all = Array.from({ length: 300 }, (_, index) => ({
    channel: `C${index % 7}`,
    id: `d${String(index).padStart(3, "0")}`,
  }));
  {
    await using store = await openStore(url);
    await queued(
      store,
      all.map(({ id, channel }) => delivery(id, { channel })),
    );
  }

  const sent = await startSenders(url, 2);
  expect(sent.flat().toSorted()).toEqual(
    all.map(({ id, channel }) => `${channel} ${id}`).toSorted(),
  );
  // Each of them kept every channel's order, as far as one of them can see it.
  for (const lines of sent) {
    for (const ofChannel of Map.groupBy(lines, (line) =>
      line.slice(0, 2),
    ).values()) {
      expect(ofChannel).toEqual(ofChannel.toSorted());
    }
  }
  await using store = await openStore(url);
  expect(await store.deliveries.counts()).toMatchObject({ sent: 300 });
}, 60_000);

test("Processes that open a new file at the same moment all get a store", async () => {
  const url = `sqlite:${join(directory, "new.db")}`;
  expect(await startSenders(url, 6)).toEqual(
    Array.from({ length: 6 }, () => []),
  );
}, 60_000);

test("A store waits for a program that holds the file, and says so when that takes too long", async () => {
  const path = join(directory, "held.db");
  using other = new DatabaseSync(path);
  other.exec("begin exclusive");
  const opening = openStore(`sqlite:${path}`);
  await expect(opening).rejects.toThrow("is locked by another process");
  const patient = openStore(`sqlite:${path}`);
  await sleep(100);
  other.exec("rollback");
  await using store = await patient;
  expect(await store.repositories.list()).toEqual([]);
});
