import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { Bot } from "../support/bot.ts";

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
