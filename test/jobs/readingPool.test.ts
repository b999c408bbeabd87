import { expect, test } from "vitest";
import type { ReadingTask } from "../../src/jobs/reading.ts";
import {
  MANY_BYTES,
  onThisThread,
  openReadingPool,
} from "../../src/jobs/readingPool.ts";

const SUMMARY = `# Phase 19 Summary

- Overall coverage: **61.2%** (612/1000 lines)
- All 42 tests passing
`;

const bytes = (text: string) => new TextEncoder().encode(text);

const document = (text: string): ReadingTask => ({
  bytes: bytes(text),
  readers: [{ as: "document", place: { kind: "summary" } }],
});

test("A document, an artifact and a required file are read as what they are", async () => {
  const [read] = await onThisThread.read([
    {
      bytes: bytes('{"total":{"lines":{"total":4,"covered":3,"pct":75}}}'),
      readers: [
        { as: "artifact", path: "coverage-summary.json" },
        { as: "document", place: { kind: "report" } },
        {
          as: "file",
          question: { path: "x", contains: ["total"], patterns: ["pct.:75"] },
        },
      ],
    },
  ]);
  expect(read).toMatchObject([
    { kind: "coverage", report: { format: "istanbul-summary" } },
    { kind: "report", claims: [] },
    { lines: 1, contains: { total: true }, matches: { "pct.:75": true } },
  ]);
});

test("Other threads read the same as this one, in the same order", async () => {
  await using pool = openReadingPool();
  const tasks = [
    document(SUMMARY),
    document(`${SUMMARY}\n${"Nothing to tell here. ".repeat(30_000)}`),
    document("# Phase 19 Summary - COMPLETE"),
  ];
  expect(
    tasks.reduce((sum, task) => sum + task.bytes.byteLength, 0),
  ).toBeGreaterThan(MANY_BYTES);
  expect(await pool.read(tasks)).toEqual(await onThisThread.read(tasks));
});

test("While others read, this thread does other work", async () => {
  await using pool = openReadingPool();
  // One document: read on this thread, nothing else would happen until it is done.
  const large = document(SUMMARY.repeat(8_000));
  let turns = 0;
  const watch = setInterval(() => turns++, 1);
  await pool.read([large]);
  clearInterval(watch);
  expect(turns).toBeGreaterThan(10);
});

test("A pool that was never used has nothing to stop", async () => {
  await openReadingPool()[Symbol.asyncDispose]();
});

test("Long reading on this thread gives way to other work", async () => {
  let turns = 0;
  let done = false;
  const other = (async () => {
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
  })();
  await onThisThread.read(
    Array.from({ length: 8 }, () => document(SUMMARY.repeat(300))),
  );
  done = true;
  await other;
  expect(turns).toBeGreaterThanOrEqual(4);
});
