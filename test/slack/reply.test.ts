import { afterEach, beforeEach, expect, test } from "vitest";
import { reply } from "../../src/slack/reply.ts";
import { openStore } from "../../src/store/openStore.ts";
import type { Store } from "../../src/store/store.ts";

const NOW = "2026-04-01T08:00:00.000Z";
const CHANNEL = "C0QUALITY";

let store: Store;
beforeEach(async () => {
  store = await openStore("sqlite::memory:");
});
afterEach(() => store[Symbol.asyncDispose]());

const ask = async (text: string, now = NOW) => {
  const { message } = await reply(text, CHANNEL, {
    store,
    now: () => new Date(now),
    link: () => () => null,
    reschedule: async () => {},
    latest: async () => null,
  });
  return message.text;
};

/** Watches repositories of which none has been read yet. */
const watched = (...names: readonly string[]) =>
  store.repositories.register(
    names.map((id) => ({ id, branch: null })),
    NOW,
  );

async function lookedAt(at: string, error: string | null): Promise<void> {
  await store.repositories.claimDue("worker-1", Date.parse(NOW), 60_000);
  await store.repositories.release("acme/shop", "worker-1", {
    nextPollMs: Date.parse(NOW),
    polledAt: at,
    error,
  });
}

test("A question about a repository that is being read for the first time is answered with patience", async () => {
  await watched("acme/shop");
  expect(await ask("phase 19")).toMatch(
    /acme\/shop has not been read yet\nIts first reading is under way/,
  );
  await lookedAt(NOW, "git said no.");
  expect(await ask("phase 19")).toMatch(
    /The last attempt failed: git said no\./,
  );
});

test("A name without its owner is understood when it can only mean one repository", async () => {
  await watched("acme/shop", "acme/legacy", "other/shop");
  expect(await ask("status legacy")).toMatch(/^acme\/legacy has not been read/);
  expect(await ask("status Other/Shop")).toMatch(/^other\/shop has not been/);
  expect(await ask("status shop")).toMatch(/“shop” is not watched/);
});

test("A long list of repositories is cut, and counts the rest", async () => {
  await watched(
    ...Array.from({ length: 12 }, (_, index) => `acme/shop-${index + 10}`),
  );
  expect(await ask("status")).toMatch(
    /Several are watched: acme\/shop-10, .*acme\/shop-19 and 2 more\./,
  );
});

test.each([
  ["2026-04-01T08:00:30.000Z", "30 s"],
  ["2026-04-01T08:03:00.000Z", "3 min"],
  ["2026-04-01T10:00:00.000Z", "2 h"],
  ["2026-04-04T08:00:00.000Z", "3 days"],
  // A clock that was set back.
  ["2026-04-01T07:00:00.000Z", "0 s"],
])("At %s, the doctor says that it looked %s ago", async (now, age) => {
  await watched("acme/shop");
  expect(await ask("doctor")).toMatch(/acme\/shop: not looked at yet/);
  await lookedAt(NOW, null);
  expect(await ask("doctor", now)).toContain(`looked at ${age} ago`);
});

test("The doctor names what fails, how often in a row and why", async () => {
  await watched("acme/shop");
  await lookedAt(NOW, "git said no.");
  expect(await ask("doctor")).toMatch(/1 poll failed in a row: git said no\./);
  await lookedAt(NOW, "git said no.");
  expect(await ask("doctor")).toMatch(/2 polls failed in a row/);
});

test("A list tells what came from the configuration, and that a dry run posts nothing", async () => {
  await watched("acme/shop");
  await store.channels.subscribe(
    {
      channel: CHANNEL,
      repository: "acme/shop",
      topics: ["gaps"],
      source: "config",
    },
    NOW,
  );
  await store.channels.save({ id: CHANNEL, dry_run: 1 }, NOW);
  const list = await ask("list");
  expect(list).toMatch(/acme\/shop: gaps \(from phasewatch\.yml\)/);
  expect(list).toMatch(/Dry run: nothing is posted/);
});
