import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  digest,
  digestMessage,
  skipPassedSlot,
} from "../../src/jobs/digest.ts";
import { openStore } from "../../src/store/openStore.ts";
import {
  BEFORE_WATCHING,
  QUALITY,
  queuedFor,
  watch,
  type Watch,
} from "./support.ts";

/** A channel that wants a digest every day at nine, an hour before the first one is due. */
async function daily() {
  const shop = await watch();
  await shop.store.channels.save(
    { id: QUALITY, digest: "daily 09:00" },
    shop.clock.now().toISOString(),
  );
  await shop.look();
  return shop;
}

const digests = async ({ store }: Watch) =>
  (await queuedFor(store)).filter((line) => line.includes("Digest"));

describe("A digest", () => {
  test("tells once what changed, when its time has come", async () => {
    await using shop = await daily();
    await shop.goOn(3);
    await shop.look();
    expect(await shop.sendDigest()).toBe(false);
    shop.clock.set("2026-04-01T09:00:00Z");
    expect(await shop.sendDigest()).toBe(true);
    expect(await shop.sendDigest()).toBe(false);
    expect(await digests(shop)).toEqual(["post Digest · 2 changes"]);
  });

  test("tells only what changed since the last one", async () => {
    await using shop = await daily();
    await shop.goOn(3);
    await shop.look();
    shop.clock.set("2026-04-01T09:00:00Z");
    await shop.sendDigest();
    shop.clock.set("2026-04-01T12:00:00Z");
    await shop.goOn();
    await shop.look();
    shop.clock.set("2026-04-02T09:00:00Z");
    expect(await shop.sendDigest()).toBe(true);
    // Of the two incidents, one is news again and the other was told yesterday.
    expect(await digests(shop)).toEqual([
      "post Digest · 2 changes",
      "post Digest · 1 change",
    ]);
  });

  test("is not sent when nothing changed, and the slot is past all the same", async () => {
    await using shop = await daily();
    shop.clock.set("2026-04-01T09:00:00Z");
    expect(await shop.sendDigest()).toBe(true);
    expect(await digests(shop)).toEqual([]);
    expect(await shop.store.digests.last(QUALITY)).toMatchObject({
      slot: "2026-04-01T09:00 UTC",
    });
    expect(await shop.sendDigest()).toBe(false);
  });

  test("is made up for after an absence, once, and covers all of it", async () => {
    await using shop = await daily();
    await shop.goOn(3);
    await shop.look();
    // Three slots went by while nothing ran.
    shop.clock.set("2026-04-04T07:00:00Z");
    expect(await shop.sendDigest()).toBe(true);
    expect(await shop.sendDigest()).toBe(false);
    expect(await digests(shop)).toEqual(["post Digest · 2 changes"]);
    expect(await shop.store.digests.last(QUALITY)).toMatchObject({
      slot: "2026-04-03T09:00 UTC",
    });
  });

  test("is only of the topics that the channel wished for", async () => {
    await using shop = await daily();
    const { store, clock } = shop;
    await store.channels.unsubscribe(QUALITY, "acme/shop", [
      "phases",
      "gaps",
      "claims",
      "regressions",
    ]);
    await shop.goOn(3);
    await shop.look();
    clock.set("2026-04-01T09:00:00Z");
    await shop.sendDigest();
    expect(await digests(shop)).toEqual([]);
  });

  test("is only recorded in a dry run", async () => {
    await using shop = await daily();
    await shop.store.channels.save({ id: QUALITY, dry_run: 1 }, "");
    await shop.goOn(3);
    await shop.look();
    shop.clock.set("2026-04-01T09:00:00Z");
    expect(await shop.sendDigest()).toBe(true);
    expect(
      new Set(
        (await shop.store.deliveries.list({ limit: 100 })).map(
          ({ status }) => status,
        ),
      ),
    ).toEqual(new Set(["dry_run"]));
  });

  test("is not sent to a channel that wants none, nor by a schedule that nobody can read", async () => {
    await using shop = await daily();
    shop.clock.set("2026-04-01T10:00:00Z");
    for (const schedule of [null, "now and then"]) {
      await shop.store.channels.save({ id: QUALITY, digest: schedule }, "");
      expect(await shop.sendDigest()).toBe(false);
    }
  });

  test("of a slot from before the channel was there is nobody's", async () => {
    await using shop = await daily();
    await shop.store.channels.subscribe(
      {
        channel: "C0NEW",
        repository: "acme/shop",
        topics: ["phases"],
        source: "command",
      },
      "2026-04-01T09:30:00.000Z",
    );
    await shop.store.channels.save({ id: "C0NEW", digest: "daily 09:00" }, "");
    shop.clock.set("2026-04-01T10:00:00Z");
    expect(await shop.sendDigest("C0NEW")).toBe(false);
    shop.clock.set("2026-04-02T09:00:00Z");
    expect(await shop.sendDigest("C0NEW")).toBe(true);
  });
});

test("Two processes that come to a slot at the same time send one digest", async () => {
  const directory = await mkdtemp(join(tmpdir(), "phasewatch-digest-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const database = `sqlite:${join(directory, "store.db")}`;
  await using shop = await watch({ database });
  await shop.store.channels.save({ id: QUALITY, digest: "daily 09:00" }, "");
  await shop.look();
  await shop.goOn(3);
  await shop.look();
  shop.clock.set("2026-04-01T09:00:00Z");
  await using other = await openStore(database);
  const channel = await other.channels.find(QUALITY);
  if (!channel) throw new Error("There is no channel.");
  const sent = await Promise.all(
    [shop.store, other].map((store) =>
      digest(channel, { store, now: shop.clock.now, link: () => () => null }),
    ),
  );
  expect(sent.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([false, true]);
  expect(await digests(shop)).toHaveLength(1);
});

describe("A schedule that is set anew", () => {
  test("does not owe the slot that has just passed, nor forgets what happened before it", async () => {
    await using shop = await daily();
    const { store, clock } = shop;
    clock.set("2026-04-01T09:00:00Z");
    await shop.sendDigest();
    await shop.goOn(3);
    await shop.look();
    clock.set("2026-04-01T12:00:00Z");
    await store.channels.save({ id: QUALITY, digest: "daily 11:30" }, "");
    const channel = await store.channels.find(QUALITY);
    if (!channel) throw new Error("There is no channel.");
    await skipPassedSlot(channel, { store, now: clock.now });
    expect(await shop.sendDigest()).toBe(false);
    clock.set("2026-04-02T11:30:00Z");
    expect(await shop.sendDigest()).toBe(true);
    expect(await digests(shop)).toEqual(["post Digest · 2 changes"]);
  });

  test("owes nothing when it is off", async () => {
    await using shop = await daily();
    await shop.store.channels.save({ id: QUALITY, digest: null }, "");
    const channel = await shop.store.channels.find(QUALITY);
    if (!channel) throw new Error("There is no channel.");
    await skipPassedSlot(channel, {
      store: shop.store,
      now: shop.clock.now,
    });
    expect(await shop.store.digests.last(QUALITY)).toBeNull();
  });
});

test("A preview of the digest is nothing for a channel without a subscription", async () => {
  await using shop = await daily();
  await shop.goOn(BEFORE_WATCHING);
  await shop.look();
  expect(
    await digestMessage(
      { id: "C0OTHER", timezone: "UTC" },
      { since: "2026-01-01T00:00:00.000Z", until: "2027-01-01T00:00:00.000Z" },
      { store: shop.store, now: shop.clock.now, link: () => () => null },
    ),
  ).toBeNull();
});
