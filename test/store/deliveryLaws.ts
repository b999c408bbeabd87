import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LeaseLost, type Store } from "../../src/store/store.ts";
import { NOW, delivery, queued } from "./examples.ts";

const LEASE_MS = 10;

const event = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("queue" as const),
      channel: fc.constantFrom("C1", "C2"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("claim" as const),
      owner: fc.constantFrom("s1", "s2"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("sent" as const, "retry" as const, "park" as const),
      owner: fc.constantFrom("s1", "s2"),
      wait: fc.nat(15),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("unpark" as const),
      channel: fc.constantFrom("C1", "C2"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.nat(15),
    }),
  },
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

/** Whatever senders do and whenever they die, the store hands out what a list per channel would. */
export function deliveryLaws(name: string, open: () => Promise<Store>): void {
  describe(`Deliveries in ${name}`, () => {
    test("are handed out in the order of their channel, to one sender at a time", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(event, { minLength: 5, maxLength: 60 }),
          async (events) => {
            await using store = await open();
            const model: Modelled[] = [];
            const held = new Map<string, string>();
            let nowMs = 1000;

            for (const step of events) {
              switch (step.kind) {
                case "wait":
                  nowMs += step.ms;
                  break;
                case "queue": {
                  const { channel } = step;
                  const id = `d${model.length}`;
                  model.push({
                    id,
                    channel,
                    status: "pending",
                    atMs: 0,
                    owner: null,
                    attempts: 0,
                  });
                  await queued(store, [delivery(id, { channel })]);
                  break;
                }
                case "claim": {
                  const due = firstDue(model, nowMs);
                  const claimed = await store.deliveries.claimDue(
                    step.owner,
                    nowMs,
                    LEASE_MS,
                  );
                  expect(claimed?.id).toBe(due?.id);
                  if (!due) break;
                  if (due.status === "sending") due.attempts++;
                  Object.assign(due, {
                    status: "sending",
                    owner: step.owner,
                    atMs: nowMs + LEASE_MS,
                  });
                  expect(claimed).toMatchObject({
                    attempts: due.attempts,
                    lease_owner: step.owner,
                  });
                  held.set(step.owner, due.id);
                  break;
                }
                case "unpark": {
                  const parked = model.filter(
                    ({ status, channel }) =>
                      status === "parked" && channel === step.channel,
                  );
                  for (const one of parked)
                    Object.assign(one, { status: "pending", atMs: 0 });
                  expect(await store.deliveries.unpark(step.channel)).toBe(
                    parked.length,
                  );
                  break;
                }
                default: {
                  const id = held.get(step.owner);
                  const one = model.find((candidate) => candidate.id === id);
                  if (!one) break;
                  const atMs = nowMs + step.wait;
                  const settling =
                    step.kind === "sent"
                      ? store.deliveries.sent(one.id, step.owner, {
                          ts: "1.1",
                          at: NOW,
                        })
                      : step.kind === "retry"
                        ? store.deliveries.retry(one.id, step.owner, {
                            atMs,
                            error: "timeout",
                          })
                        : store.deliveries.park(
                            one.id,
                            step.owner,
                            "not_in_channel",
                          );
                  if (one.owner !== step.owner) {
                    await expect(settling).rejects.toThrow(LeaseLost);
                    break;
                  }
                  await settling;
                  one.attempts++;
                  Object.assign(one, {
                    status: { sent: "sent", retry: "pending", park: "parked" }[
                      step.kind
                    ],
                    owner: null,
                    atMs,
                  });
                }
              }
            }
            const stored = await store.deliveries.list({ limit: 100 });
            expect(
              stored
                .toReversed()
                .map(({ id, status, attempts }) => ({ id, status, attempts })),
            ).toEqual(
              model.map(({ id, status, attempts }) => ({
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

function firstDue(
  model: readonly Modelled[],
  nowMs: number,
): Modelled | undefined {
  const open = model.filter(
    ({ status }) => status === "pending" || status === "sending",
  );
  return open.find(
    (one) =>
      one.atMs <= nowMs &&
      open.find(({ channel }) => channel === one.channel) === one,
  );
}
