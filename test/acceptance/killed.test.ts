import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { z } from "zod";

const MAIN = join(import.meta.dirname, "../../src/main.ts");

const Workspace = z.object({
  story: z.object({ step: z.number(), steps: z.number() }),
  messages: z.array(
    z.object({
      channel: z.string(),
      ts: z.string(),
      text: z.string(),
      threadTs: z.string().nullable(),
      author: z.string(),
      onlyYou: z.boolean(),
      metadata: z
        .object({ event_payload: z.object({ id: z.string() }) })
        .nullable(),
    }),
  ),
});

/** The bot as a process of its own, in a directory that outlives it. */
class Bot {
  readonly #directory: string;
  #child: ChildProcess | null = null;
  #url = "";

  constructor(directory: string) {
    this.#directory = directory;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [MAIN, "start"], {
      cwd: this.#directory,
      env: { PATH: process.env["PATH"], PORT: "0", HOME: this.#directory },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    let out = "";
    for await (const chunk of child.stdout ?? []) {
      out += String(chunk);
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0];
      if (url) {
        this.#url = url;
        return;
      }
    }
    throw new Error(`The bot did not start: ${out}`);
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const exit = once(child, "exit");
    child.kill(signal);
    const [code] = (await exit) as [number | null];
    return code;
  }

  async workspace() {
    const response = await fetch(`${this.#url}/workspace`);
    return Workspace.parse(await response.json());
  }

  /** Answers false when the process died in the middle. */
  async post(path: string, body: object): Promise<boolean> {
    return fetch(`${this.#url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }).then(
      (response) => response.ok,
      () => false,
    );
  }
}

describe("a bot that is killed again and again", () => {
  const directory = mkdtempSync(join(tmpdir(), "phasewatch-killed-"));
  const bot = new Bot(directory);
  afterEach(() => bot.stop("SIGKILL"));
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  test(
    "loses no subscription, no commit and no message, and says nothing twice",
    { timeout: 180_000 },
    async () => {
      await bot.start();
      expect(
        await bot.post("/compose", {
          channel: "C0RELEASES",
          text: "/coverage subscribe acme/shop",
        }),
      ).toBe(true);
      let { story } = await bot.workspace();
      for (let round = 0; story.step < story.steps; round++) {
        const advancing = bot.post("/advance", {});
        // From at once to well after everything has been said.
        await sleep((round * 37) % 260);
        await bot.stop("SIGKILL");
        await advancing;
        await bot.start();
        ({ story } = await bot.workspace());
      }

      const told = await settled(bot);
      const undisturbed = await wholeStory();
      for (const channel of ["C0QUALITY", "C0RELEASES"]) {
        const messages = told.filter((message) => message.channel === channel);
        const ids = messages.map(({ metadata }) => metadata?.event_payload.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(headlines(messages)).toEqual(headlines(undisturbed));
      }
      expect(await bot.stop("SIGTERM")).toBe(0);
    },
  );
});

/** What a bot says that nobody kills. */
async function wholeStory() {
  const directory = mkdtempSync(join(tmpdir(), "phasewatch-whole-"));
  const bot = new Bot(directory);
  try {
    await bot.start();
    let { story } = await bot.workspace();
    while (story.step < story.steps) {
      await bot.post("/advance", {});
      ({ story } = await bot.workspace());
    }
    return await settled(bot);
  } finally {
    await bot.stop("SIGTERM");
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The channels' messages once nothing has been added for a while. */
async function settled(bot: Bot) {
  let before = "";
  for (let quiet = 0; quiet < 6;) {
    await sleep(500);
    const { messages } = await bot.workspace();
    const now = JSON.stringify(messages);
    quiet = now === before ? quiet + 1 : 0;
    before = now;
  }
  const { messages } = await bot.workspace();
  return messages.filter(
    ({ author, onlyYou, metadata }) =>
      author === "bot" && !onlyYou && metadata !== null,
  );
}

/** First lines of the living messages, in no particular order: a kill may swap what two commits said. */
function headlines(
  messages: readonly { text: string; threadTs: string | null }[],
): string[] {
  return messages
    .filter(({ threadTs }) => threadTs === null)
    .map(({ text }) => text.split("\n")[0] ?? "")
    .toSorted();
}
