import type { DeliveryRow } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import type { Message } from "../messages/message.ts";
import type { Payload } from "./incidents.ts";

/** Where deliveries go: Slack's Web API, as far as they need it. */
export interface Outbox {
  /** Posts a message that carries the delivery's id, as a reply when `thread` is given. */
  post(
    channel: string,
    message: Message,
    options: { readonly deliveryId: string; readonly thread: string | null },
  ): Promise<Sent>;
  update(channel: string, ts: string, message: Message): Promise<Sent>;
  /** The message that carries a delivery's id, looked up in the channel; null when there is none. */
  find(
    channel: string,
    deliveryId: string,
    place: { readonly thread: string | null; readonly since: string },
  ): Promise<Sent | null>;
}

/** How an attempt ended. */
export type Sent =
  | { readonly kind: "sent"; readonly ts: string }
  /** Not accepted; nothing was posted. */
  | {
      readonly kind: "later";
      readonly afterMs: number | null;
      readonly error: string;
    }
  /** It may have been posted: the answer was lost. */
  | { readonly kind: "unknown"; readonly error: string }
  /** Somebody has to act first. */
  | { readonly kind: "refused"; readonly error: string }
  /** The message to be edited or answered is gone. */
  | { readonly kind: "gone"; readonly error: string };

export interface Delivering {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly owner: string;
  readonly now: () => Date;
}

const LEASE_MS = 60_000;
/** Begins the recorded error of an attempt that certainly posted nothing. */
const NOT_SENT = "not sent: ";
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15 * 60_000;
/** A delivery that failed so often needs a person: at the longest delay this is about a day. */
const MAX_ATTEMPTS = 100;

/**
 * Sends the next delivery that is due. May be killed anywhere: an attempt whose outcome is unknown is looked up in the
 * channel before anything is sent again, so that nothing is posted twice and nothing is lost.
 *
 * @returns false when nothing was due
 */
export async function deliver(delivering: Delivering): Promise<boolean> {
  const { store, owner, now } = delivering;
  const delivery = await store.deliveries.claimDue(
    owner,
    now().getTime(),
    LEASE_MS,
  );
  if (!delivery) return false;
  const sent = await attempt(delivery, delivering);
  switch (sent.kind) {
    case "sent":
      await store.deliveries.sent(delivery.id, owner, {
        ts: sent.ts,
        at: now().toISOString(),
      });
      break;
    case "refused":
      await store.deliveries.park(delivery.id, owner, sent.error);
      break;
    case "gone":
      // What it was about was deleted in Slack: nobody misses it.
      await store.deliveries.sent(delivery.id, owner, {
        ts: "",
        at: now().toISOString(),
      });
      break;
    case "later":
    case "unknown":
      if (delivery.attempts >= MAX_ATTEMPTS) {
        await store.deliveries.park(delivery.id, owner, sent.error);
      } else {
        await store.deliveries.retry(delivery.id, owner, {
          atMs:
            now().getTime() +
            ((sent.kind === "later" ? sent.afterMs : null) ??
              backoff(delivery.attempts)),
          error: sent.kind === "later" ? NOT_SENT + sent.error : sent.error,
        });
      }
      break;
  }
  return true;
}

async function attempt(
  delivery: DeliveryRow,
  { store, outbox }: Delivering,
): Promise<Sent> {
  const { unposted, ...message } = JSON.parse(delivery.payload) as Payload;
  const { id, channel_id: channel, incident_id: incident } = delivery;
  const parent = incident
    ? await store.deliveries.messageOf(incident, channel)
    : null;

  if (delivery.operation === "update" && parent !== null) {
    const edited = await outbox.update(channel, parent, message);
    // A message that somebody deleted is posted anew while it is open: what it says is still worth knowing.
    if (edited.kind !== "gone" || unposted === "drop") return edited;
  } else if (parent === null && unposted === "drop") {
    return { kind: "gone", error: "the message was never posted" };
  }
  const thread = delivery.operation === "reply" ? parent : null;
  // Before an attempt is repeated, what became of the earlier one is settled.
  if (delivery.attempts > 0 && !delivery.last_error?.startsWith(NOT_SENT)) {
    const settled = await outbox.find(channel, id, {
      thread,
      since: delivery.created_at,
    });
    if (settled) return settled;
  }
  return outbox.post(channel, message, { deliveryId: id, thread });
}

/** Doubles from one second to a quarter of an hour. */
function backoff(attempts: number): number {
  return Math.min(
    LONGEST_DELAY_MS,
    FIRST_DELAY_MS * 2 ** Math.min(attempts, 20),
  );
}
