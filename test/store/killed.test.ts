import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { openStore } from "../../src/store/openStore.ts";
import { CHANNEL, REPOSITORY } from "./examples.ts";

const WRITER = fileURLToPath(new URL("writer.ts", import.meta.url));
const ROUNDS = 10;
const LONGEST_LIFE_MS = 150;

const directory = mkdtempSync(join(tmpdir(), "phasewatch-killed-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("A process that is killed while it writes loses nothing that had returned, and leaves no step half written", async () => {
  const path = join(directory, "phasewatch.db");
  const url = `sqlite:${path}`;
  const written: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    written.push(...(await killedAtRandom(url, `r${round}`)));
    using file = new DatabaseSync(path);
    expect(file.prepare("pragma integrity_check").all()).toEqual([
      { integrity_check: "ok" },
    ]);
    expect(file.prepare("pragma foreign_key_check").all()).toEqual([]);
  }

  await using store = await openStore(url);
  const said = (what: string) =>
    written
      .filter((line) => line.startsWith(`${what} `))
      .map((line) => line.slice(what.length + 1));
  expect(said("step").length).toBeGreaterThan(ROUNDS);

  const deliveries = await store.deliveries.list({ limit: 100_000 });
  const sent = deliveries.filter(({ status }) => status === "sent");
  expect(sent.map(({ id }) => id)).toEqual(
    expect.arrayContaining(said("sent")),
  );
  const subscribed = await store.channels.subscriptionsOf(CHANNEL);
  expect(subscribed.map(({ repository }) => repository)).toEqual(
    expect.arrayContaining(said("subscription")),
  );

  // The parts of a step that stay; each must name the same steps, in those orders that are kept.
  const steps = (await store.history.read(REPOSITORY)).map(({ sha }) => sha);
  expect(steps).toEqual(expect.arrayContaining(said("step")));
  expect((await store.repositories.find(REPOSITORY))?.head).toBe(steps[0]);
  expect((await store.evaluations.latest(REPOSITORY))?.commit).toBe(steps[0]);
  expect(deliveries.map(({ id }) => id)).toEqual(
    steps.flatMap((name) => [`${name}b`, `${name}a`]),
  );
  const incidents = await store.incidents.list(REPOSITORY);
  expect(incidents.map(({ id }) => id).toSorted()).toEqual(steps.toSorted());
  expect([...(await store.incidents.series(REPOSITORY)).keys()]).toEqual(
    steps.map((name) => `series ${name}`).toSorted(),
  );
}, 60_000);

/** Starts a writer, kills it some time after its first write, and returns what it said. */
async function killedAtRandom(url: string, round: string): Promise<string[]> {
  const writer = spawn(process.execPath, [WRITER, url, round], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = text(writer.stdout);
  const complaints = text(writer.stderr);
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    writer.once("exit", (_code, signal) => resolve(signal));
  });
  await Promise.race([
    new Promise((resolve) => writer.stdout.once("data", resolve)),
    ended,
  ]);
  await sleep(Math.random() * LONGEST_LIFE_MS);
  writer.kill("SIGKILL");
  expect([await ended, await complaints]).toEqual(["SIGKILL", ""]);
  return (await output).split("\n").filter((line) => line !== "");
}
