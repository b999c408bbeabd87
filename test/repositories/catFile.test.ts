import type { ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CatFile } from "../../src/repositories/catFile.ts";
import { gitCommand } from "../../src/repositories/gitCommand.ts";
import {
  createGitFixture,
  fixtureEnvironment,
  type GitFixture,
} from "../support/gitFixture.ts";

const size = 3 * 1_048_576;
const maxBytes = size;

let fixture: GitFixture;
let objects: CatFile;
/** The processes that were started, in their order. */
let children: ChildProcess[];

beforeEach(async () => {
  fixture = await createGitFixture([
    {
      subject: "Start",
      at: "2026-02-18T14:13:23Z",
      files: { small: "small", large: new Uint8Array(size).fill(7) },
    },
  ]);
  open();
});
afterEach(async () => {
  await objects[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

function open(silenceMs = 20_000): void {
  const git = gitCommand({
    gitDir: fixture.gitDir,
    env: fixtureEnvironment,
    silenceMs,
  });
  children = [];
  objects = new CatFile({
    ...git,
    start: (args) => {
      const child = git.start(args);
      children.push(child);
      return child;
    },
  });
}

test("many questions at once share one process", async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => objects.ask("HEAD:small", { maxBytes })),
  );
  expect(answers.map((answer) => String(answer?.bytes))).toEqual(
    Array.from({ length: 50 }, () => String(Buffer.from("small"))),
  );
  expect(children).toHaveLength(1);
});

test("a large object that is not wanted is passed over", async () => {
  const large = await objects.ask("HEAD:large", { maxBytes: 10 });
  expect(large).toMatchObject({ type: "blob", size, bytes: null });
  expect(await objects.ask("HEAD:small", { maxBytes })).toMatchObject({
    size: 5,
  });
});

test("a process that was killed between two questions is started anew", async () => {
  await objects.ask("HEAD:small", { maxBytes });
  const killed = new Promise((resolve) => children[0]?.on("close", resolve));
  children[0]?.kill("SIGKILL");
  await killed;
  expect(await objects.ask("HEAD:small", { maxBytes })).toMatchObject({
    size: 5,
  });
  expect(children).toHaveLength(2);
});

test("a process that is killed in the middle of an answer is started anew, and the answer is whole", async () => {
  await objects.ask("HEAD:small", { maxBytes });
  const [child] = children;
  child?.stdout?.once("data", () => child.kill("SIGKILL"));
  const large = await objects.ask("HEAD:large", { maxBytes });
  expect(large?.bytes?.every((byte) => byte === 7)).toBe(true);
  expect(children).toHaveLength(2);
});

test("a process that falls silent is an error, and the next question is answered by another", async () => {
  open(1000);
  await objects.ask("HEAD:small", { maxBytes });
  const killed = new Promise((resolve) => children[0]?.on("close", resolve));
  children[0]?.kill("SIGSTOP");
  await expect(objects.ask("HEAD:small", { maxBytes })).rejects.toThrow(
    "git cat-file said nothing for 1000 ms",
  );
  expect(await objects.ask("HEAD:small", { maxBytes })).toMatchObject({
    size: 5,
  });
  expect(children).toHaveLength(2);
  await killed;
});

test("a damaged object is an error, and the next question is answered", async () => {
  open(1000);
  const content = randomBytes(100_000);
  const object = Buffer.concat([Buffer.from("blob 100000\0"), content]);
  const id = createHash("sha1").update(object).digest("hex");
  const directory = join(fixture.gitDir, "objects", id.slice(0, 2));
  await mkdir(directory, { recursive: true });
  const damaged = deflateSync(object).fill(0xff, 50_000, 50_100);
  await writeFile(join(directory, id.slice(2)), damaged);
  await expect(objects.ask(id, { maxBytes })).rejects.toThrow("git cat-file");
  expect(await objects.ask("HEAD:small", { maxBytes })).toMatchObject({
    size: 5,
  });
});

test("after it was disposed of, no process is left", async () => {
  await objects.ask("HEAD:small", { maxBytes });
  const closed = new Promise((resolve) => children[0]?.on("close", resolve));
  await objects[Symbol.asyncDispose]();
  await closed;
  expect(children[0]?.exitCode ?? children[0]?.signalCode).not.toBe(null);
});
