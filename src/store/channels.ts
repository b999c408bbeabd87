import { z } from "zod";
import { TOPICS } from "../core/news.ts";
import type { Database } from "./database.ts";
import type { SubscriptionRow } from "./schema.ts";
import type { Channels, Subscription } from "./store.ts";

const StoredTopics = z.array(z.enum(TOPICS));
const Source = z.enum(["config", "command"]);

export function channelsIn(db: Database): Channels {
  return {
    find: async (id) =>
      (await db
        .selectFrom("channel")
        .selectAll()
        .where("id", "=", id)
        .executeTakeFirst()) ?? null,

    list: () => db.selectFrom("channel").selectAll().orderBy("id").execute(),

    save: async ({ id, ...fields }, now) => {
      await db
        .insertInto("channel")
        .values({ ...newChannel(id, now), ...fields })
        .onConflict((conflict) =>
          Object.keys(fields).length === 0
            ? conflict.column("id").doNothing()
            : conflict.column("id").doUpdateSet(fields),
        )
        .execute();
    },

    subscriptionsOf: async (channel) => {
      const rows = await db
        .selectFrom("subscription")
        .selectAll()
        .where("channel_id", "=", channel)
        .orderBy("repository_id")
        .execute();
      return rows.map(toSubscription);
    },

    subscribers: async (repository) => {
      const rows = await db
        .selectFrom("subscription")
        .innerJoin("channel", "channel.id", "subscription.channel_id")
        .selectAll("subscription")
        .select(["channel.timezone", "channel.dry_run"])
        .where("subscription.repository_id", "=", repository)
        .orderBy("subscription.channel_id")
        .execute();
      return rows.map((row) => ({
        ...toSubscription(row),
        timezone: row.timezone,
        dryRun: row.dry_run !== 0,
      }));
    },

    subscribe: ({ channel, repository, topics, source }, now) =>
      db.transaction().execute(async (tx) => {
        await tx
          .insertInto("channel")
          .values(newChannel(channel, now))
          .onConflict((conflict) => conflict.column("id").doNothing())
          .execute();
        const existing = await subscription(tx, channel, repository);
        const merged: Subscription = {
          channel,
          repository,
          topics: TOPICS.filter((topic) =>
            [...topics, ...(existing?.topics ?? [])].includes(topic),
          ),
          // What a person asked for stays theirs when the configuration names it too.
          source: existing?.source === "command" ? "command" : source,
        };
        const changed = {
          topics: JSON.stringify(merged.topics),
          source: merged.source,
        };
        await tx
          .insertInto("subscription")
          .values({
            channel_id: channel,
            repository_id: repository,
            created_at: now,
            ...changed,
          })
          .onConflict((conflict) =>
            conflict
              .columns(["channel_id", "repository_id"])
              .doUpdateSet(changed),
          )
          .execute();
        return merged;
      }),

    unsubscribe: (channel, repository, topics) =>
      db.transaction().execute(async (tx) => {
        const existing = await subscription(tx, channel, repository);
        if (existing === null) return false;
        const left = existing.topics.filter(
          (topic) => topics !== null && !topics.includes(topic),
        );
        if (topics !== null && left.length === existing.topics.length) {
          return false;
        }
        if (left.length === 0) {
          await tx
            .deleteFrom("subscription")
            .where("channel_id", "=", channel)
            .where("repository_id", "=", repository)
            .execute();
        } else {
          await tx
            .updateTable("subscription")
            .set({ topics: JSON.stringify(left) })
            .where("channel_id", "=", channel)
            .where("repository_id", "=", repository)
            .execute();
        }
        return true;
      }),
  };
}

function newChannel(id: string, now: string) {
  return {
    id,
    team_id: null,
    timezone: "UTC",
    digest: null,
    digest_source: "config",
    dry_run: 0,
    created_at: now,
  };
}

async function subscription(
  tx: Database,
  channel: string,
  repository: string,
): Promise<Subscription | null> {
  const row = await tx
    .selectFrom("subscription")
    .selectAll()
    .where("channel_id", "=", channel)
    .where("repository_id", "=", repository)
    .executeTakeFirst();
  return row ? toSubscription(row) : null;
}

function toSubscription(row: SubscriptionRow): Subscription {
  try {
    return {
      channel: row.channel_id,
      repository: row.repository_id,
      topics: StoredTopics.parse(JSON.parse(row.topics)),
      source: Source.parse(row.source),
    };
  } catch (cause) {
    throw new Error(
      `The stored subscription of ${row.channel_id} to ${row.repository_id} cannot be read.`,
      { cause },
    );
  }
}
