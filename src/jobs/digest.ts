import { createHash } from "node:crypto";
import { latestSlot } from "../core/decide/slots.ts";
import { renderDigest } from "../messages/digest.ts";
import type { Message, RenderContext } from "../messages/message.ts";

import type { ChannelRow } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { topicOf } from "./incidents.ts";

export interface Digesting {
  readonly store: Store;
  readonly now: () => Date;
  readonly link: (repository: string) => RenderContext["link"];
}

/**
 * Queues a channel's digest when one is due and was not sent: called by the clock and after every start, so that a slot
 * passed while the process was down is made up for. The claim of the slot and the delivery are one write.
 *
 * @returns whether a slot was claimed
 */
export async function digest(
  channel: ChannelRow,
  digesting: Digesting,
): Promise<boolean> {
  if (channel.digest === null) return false;
  const { store, now } = digesting;
  const slot = latestSlot(channel.digest, channel.timezone, now());
  if (!slot) return false;
  const last = await store.digests.last(channel.id);
  const since = last?.until ?? channel.created_at;
  // What was over before the channel was there is nobody's news.
  if (last?.slot === slot.name || slot.at <= since) return false;

  const until = now().toISOString();
  const message = await digestMessage(channel, { since, until }, digesting);
  const payload = message && JSON.stringify({ ...message, unposted: "post" });
  return store.digests.claim(
    { channel: channel.id, slot: slot.name, claimedAt: until, until },
    payload === null
      ? []
      : [
          {
            id: createHash("sha256")
              .update(`${channel.id} ${slot.name}`)
              .digest("base64url")
              .slice(0, 22),
            channel: channel.id,
            incident: null,
            operation: "post",
            payload,
            status: channel.dry_run === 1 ? "dry_run" : "pending",
            createdAt: until,
          },
        ],
  );
}

/** What changed for a channel since its last digest; null when nothing did. */
export async function digestMessage(
  channel: Pick<ChannelRow, "id" | "timezone">,
  { since, until }: { since: string; until: string },
  { store, link }: Digesting,
): Promise<Message | null> {
  const subscriptions = await store.channels.subscriptionsOf(channel.id);
  const repositories = await Promise.all(
    subscriptions.map(async ({ repository, topics }) => ({
      name: repository,
      status: await store.evaluations.latest(repository),
      incidents: (await store.incidents.changedSince(repository, since)).filter(
        ({ news }) => topics.includes(topicOf(news)),
      ),
    })),
  );
  if (repositories.every(({ incidents }) => incidents.length === 0)) {
    return null;
  }
  const first = repositories[0]?.name ?? "";
  return renderDigest(
    { repositories, since, until, timezone: channel.timezone },
    { repository: first, link: link(first) },
  );
}

/** Starts counting at a new schedule: the slot that has just passed is not owed. */
export async function skipPassedSlot(
  channel: ChannelRow,
  { store, now }: Pick<Digesting, "store" | "now">,
): Promise<void> {
  const slot =
    channel.digest && latestSlot(channel.digest, channel.timezone, now());
  if (!slot) return;
  const at = now().toISOString();
  const last = await store.digests.last(channel.id);
  await store.digests.claim(
    {
      channel: channel.id,
      slot: slot.name,
      claimedAt: at,
      until: last?.until ?? at,
    },
    [],
  );
}
