import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Topic } from "../../src/core/news.ts";
import type { Store } from "../../src/store/store.ts";
import { NOW } from "./examples.ts";

const TOPICS: readonly Topic[] = [
  "phases",
  "gaps",
  "claims",
  "regressions",
  "health",
];
const channel = fc.constantFrom("C1", "C2");
const repository = fc.constantFrom("acme/shop", "acme/api");
const topics = fc.uniqueArray(fc.constantFrom(...TOPICS), { minLength: 1 });

const command = fc.oneof(
  fc.record({
    kind: fc.constant("subscribe" as const),
    channel,
    repository,
    topics,
    source: fc.constantFrom("config" as const, "command" as const),
  }),
  fc.record({
    kind: fc.constant("unsubscribe" as const),
    channel,
    repository,
    topics: fc.option(topics, { freq: 4 }),
  }),
);

/** Whatever people do to subscriptions, the store holds what a map of sets would hold. */
export function subscriptionLaws(
  name: string,
  open: () => Promise<Store>,
): void {
  describe(`Subscriptions in ${name}`, () => {
    test("are always what the commands so far add up to", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(command, { maxLength: 25 }),
          async (commands) => {
            await using store = await open();
            const model = new Map<
              string,
              { topics: Set<Topic>; byPerson: boolean }
            >();
            for (const { kind, ...wish } of commands) {
              const key = `${wish.channel} ${wish.repository}`;
              const known = model.get(key);
              if (kind === "subscribe" && "source" in wish && wish.topics) {
                const topicsNow = new Set([
                  ...(known?.topics ?? []),
                  ...wish.topics,
                ]);
                const byPerson =
                  known?.byPerson === true || wish.source === "command";
                model.set(key, { topics: topicsNow, byPerson });
                expect(
                  await store.channels.subscribe(
                    { ...wish, topics: wish.topics, source: wish.source },
                    NOW,
                  ),
                ).toEqual({
                  channel: wish.channel,
                  repository: wish.repository,
                  topics: TOPICS.filter((topic) => topicsNow.has(topic)),
                  source: byPerson ? "command" : "config",
                });
                continue;
              }
              const gone = wish.topics ?? TOPICS;
              const removes = gone.some((topic) => known?.topics.has(topic));
              for (const topic of gone) known?.topics.delete(topic);
              if (known?.topics.size === 0) model.delete(key);
              expect(
                await store.channels.unsubscribe(
                  wish.channel,
                  wish.repository,
                  wish.topics,
                ),
              ).toBe(removes);
            }

            const expected = [...model]
              .map(
                ([key, known]) =>
                  `${key}: ${TOPICS.filter((topic) => known.topics.has(topic)).join()}`,
              )
              .toSorted();
            const written = (
              list: readonly {
                channel: string;
                repository: string;
                topics: readonly Topic[];
              }[],
            ) =>
              list.map(
                (one) =>
                  `${one.channel} ${one.repository}: ${one.topics.join()}`,
              );
            const byChannel = await Promise.all(
              ["C1", "C2"].map((id) => store.channels.subscriptionsOf(id)),
            );
            expect(written(byChannel.flat()).toSorted()).toEqual(expected);
            const byRepository = await Promise.all(
              ["acme/shop", "acme/api"].map((id) =>
                store.channels.subscribers(id),
              ),
            );
            expect(written(byRepository.flat()).toSorted()).toEqual(expected);
          },
        ),
        { numRuns: 60 },
      );
    });
  });
}
