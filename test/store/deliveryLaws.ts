import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LeaseLost, type Store } from "../../src/store/store.ts";
import { NOW, delivery, queued } from "./examples.ts";

const LEASE_MS = 10;

type Event =
  | { readonly kind: "queue"; readonly channel: string }
  | { readonly kind: "claim"; readonly owner: string }
  /** The owner ends what it claimed last, even when it has lost it since. */
  | { readonly kind: "sent" | "park"; readonly owner: string }
  | { readonly kind: "retry"; readonly owner: string; readonly inMs: number }
  | { readonly kind: "unpark"; readonly channel: string }
  | { readonly kind: "wait"; readonly ms: number };

const owner = fc.constantFrom("sender-1", "sender-2");
const channel = fc.constantFrom("C1", "C2");
const of = <K extends Event["kind"]>(kind: K) => fc.constant(kind);
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: of("queue"), channel }) },
  { weight: 4, arbitrary: fc.record({ kind: of("claim"), owner }) },
  { weight: 2, arbitrary: fc.record({ kind: of("sent"), owner }) },
  { weight: 1, arbitrary: fc.record({ kind: of("park"), owner }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: of("retry"), owner, inMs: fc.nat(15) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: of("unpark"), channel }) },
  { weight: 2, arbitrary: fc.record({ kind: of("wait"), ms: fc.nat(15) }) },
);

interface Modelled {
  readonly id: string;
  readonly channel: string;
  status: "pending" | "sending" | "sent" | "parked";
  /** When a pending one may go, or a sending one's lease ends. */
  atMs: number;
  owner: string | null;
  attempts: number;
}

/** Whatever senders do and wherever they stop, the store hands out what a plain list would. */
export function deliveryLaws(kind: string, open: () => Promise<Store>): void {
  describe(`Deliveries in ${kind}`, () => {
    test("are handed out in the order of their channel, to one sender at a time", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(event, { minLength: 5, maxLength: 60 }),
          async (events) => {
            await using store = await open();
            const real = realSenders(store);
            const model = modelledSenders();
            for (const one of events) {
              expect(await real(one)).toEqual(model.happens(one));
            }
            const stored = await store.deliveries.list({ limit: 100 });
            expect(
              stored.toReversed().map(({ id, status, attempts }) => ({
                id,
                status,
                attempts,
              })),
            ).toEqual(
              model.queue.map(({ id, status, attempts }) => ({
                id,
                status,
                attempts,
              })),
            );
          },
        ),
        { numRuns: 100 },
      );
    });
  });
}

/** How an attempt to settle a delivery went. */
async function settled(settling: Promise<void>): Promise<"settled" | "lost"> {
  try {
    await settling;
    return "settled";
  } catch (error) {
    if (error instanceof LeaseLost) return "lost";
    throw error;
  }
}

function realSenders(store: Store) {
  const held = new Map<string, string>();
  let written = 0;
  let nowMs = 1000;
  return async (one: Event): Promise<unknown> => {
    switch (one.kind) {
      case "queue":
        await queued(store, [
          delivery(`d${written++}`, { channel: one.channel }),
        ]);
        return null;
      case "claim": {
        const claimed = await store.deliveries.claimDue(
          one.owner,
          nowMs,
          LEASE_MS,
        );
        if (!claimed) return null;
        held.set(one.owner, claimed.id);
        return { id: claimed.id, attempts: claimed.attempts };
      }
      case "sent":
        return settled(
          store.deliveries.sent(held.get(one.owner) ?? "none", one.owner, {
            ts: "1.1",
            at: NOW,
          }),
        );
      case "park":
        return settled(
          store.deliveries.park(
            held.get(one.owner) ?? "none",
            one.owner,
            "not_in_channel",
          ),
        );
      case "retry":
        return settled(
          store.deliveries.retry(held.get(one.owner) ?? "none", one.owner, {
            atMs: nowMs + one.inMs,
            error: "timeout",
          }),
        );
      case "unpark":
        return store.deliveries.unpark(one.channel);
      case "wait":
        nowMs += one.ms;
        return null;
    }
  };
}

function modelledSenders() {
  const queue: Modelled[] = [];
  const held = new Map<string, Modelled>();
  let nowMs = 1000;

  const firstDue = () => {
    const open = queue.filter(
      ({ status }) => status === "pending" || status === "sending",
    );
    return open.find(
      (one) =>
        one.atMs <= nowMs &&
        open.find((other) => other.channel === one.channel) === one,
    );
  };
  const settle = (sender: string, after: Partial<Modelled>) => {
    const one = held.get(sender);
    if (one?.owner !== sender) return "lost";
    Object.assign(one, after, { owner: null, attempts: one.attempts + 1 });
    return "settled";
  };
  const happens = (one: Event): unknown => {
    switch (one.kind) {
      case "queue":
        queue.push({
          id: `d${queue.length}`,
          channel: one.channel,
          status: "pending",
          atMs: 0,
          owner: null,
          attempts: 0,
        });
        return null;
      case "claim": {
        const due = firstDue();
        if (!due) return null;
        if (due.status === "sending") due.attempts++;
        due.status = "sending";
        due.owner = one.owner;
        due.atMs = nowMs + LEASE_MS;
        held.set(one.owner, due);
        return { id: due.id, attempts: due.attempts };
      }
      case "sent":
        return settle(one.owner, { status: "sent" });
      case "park":
        return settle(one.owner, { status: "parked" });
      case "retry":
        return settle(one.owner, {
          status: "pending",
          atMs: nowMs + one.inMs,
        });
      case "unpark": {
        const parked = queue.filter(
          (other) => other.status === "parked" && other.channel === one.channel,
        );
        for (const other of parked) {
          other.status = "pending";
          other.atMs = 0;
        }
        return parked.length;
      }
      case "wait":
        nowMs += one.ms;
        return null;
    }
  };
  return { queue, happens };
}
