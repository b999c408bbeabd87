import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Topic } from "../../src/core/news.ts";
import type { Store, Subscription } from "../../src/store/store.ts";
import { NOW } from "./examples.ts";

const TOPICS: readonly Topic[] = [
  "phases",
  "gaps",
  "claims",
  "regressions",
  "health",
];
const CHANNELS = ["C1", "C2"];
const REPOSITORIES = ["acme/shop", "acme/api"];

type Command =
  | { readonly kind: "subscribe"; readonly wish: Subscription }
  | {
      readonly kind: "unsubscribe";
      readonly channel: string;
      readonly repository: string;
      readonly topics: readonly Topic[] | null;
    };

const channel = fc.constantFrom(...CHANNELS);
const repository = fc.constantFrom(...REPOSITORIES);
// Few at a time: otherwise nearly every wish is for everything, and nothing is left to remove in part.
const topics = fc.uniqueArray(fc.constantFrom(...TOPICS), {
  minLength: 1,
  maxLength: 2,
});
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant("subscribe" as const),
    wish: fc.record({
      channel,
      repository,
      topics,
      source: fc.constantFrom("config" as const, "command" as const),
    }),
  }),
  fc.record({
    kind: fc.constant("unsubscribe" as const),
    channel,
    repository,
    topics: fc.option(topics, { freq: 4 }),
  }),
);

/** Whatever people do to subscriptions, the store holds what a plain map of them would hold. */
export function subscriptionLaws(
  kind: string,
  open: () => Promise<Store>,
): void {
  describe(`Subscriptions in ${kind}`, () => {
    test("are always what the commands so far add up to", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(command, { maxLength: 25 }),
          async (commands) => {
            await using store = await open();
            const model = new Map<string, Subscription>();
            for (const one of commands) {
              expect(await perform(store, one)).toEqual(predict(model, one));
            }
            const expected = [...model.values()];
            const byChannel = await Promise.all(
              CHANNELS.map((id) => store.channels.subscriptionsOf(id)),
            );
            expect(sorted(byChannel.flat())).toEqual(sorted(expected));
            const byRepository = await Promise.all(
              REPOSITORIES.map((id) => store.channels.subscribers(id)),
            );
            expect(sorted(byRepository.flat())).toEqual(
              sorted(
                expected.map((one) =>
                  Object.assign({ timezone: "UTC", dryRun: false }, one),
                ),
              ),
            );
          },
        ),
        { numRuns: 60 },
      );
    });
  });
}

function perform(store: Store, one: Command): Promise<Subscription | boolean> {
  return one.kind === "subscribe"
    ? store.channels.subscribe(one.wish, NOW)
    : store.channels.unsubscribe(one.channel, one.repository, one.topics);
}

function predict(
  model: Map<string, Subscription>,
  one: Command,
): Subscription | boolean {
  if (one.kind === "subscribe") {
    const known = model.get(keyOf(one.wish));
    const wished = new Set([...one.wish.topics, ...(known?.topics ?? [])]);
    const merged: Subscription = {
      ...one.wish,
      topics: TOPICS.filter((topic) => wished.has(topic)),
      source: known?.source === "command" ? "command" : one.wish.source,
    };
    model.set(keyOf(merged), merged);
    return merged;
  }
  const known = model.get(keyOf(one));
  if (!known) return false;
  const left = known.topics.filter(
    (topic) => !(one.topics ?? TOPICS).includes(topic),
  );
  if (left.length === 0) model.delete(keyOf(one));
  else model.set(keyOf(one), { ...known, topics: left });
  return left.length < known.topics.length;
}

function keyOf(one: { channel: string; repository: string }): string {
  return `${one.channel} ${one.repository}`;
}

function sorted<T extends { channel: string; repository: string }>(
  list: readonly T[],
): T[] {
  return list.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
