import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { inOrder } from "../../src/repositories/inOrder.ts";

test("results come in the order of the items, with so many under way and no more", async () => {
  let underWay = 0;
  let most = 0;
  const results = inOrder(
    [30, 1, 20, 2, 10],
    async (milliseconds) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await sleep(milliseconds);
      underWay -= 1;
      return milliseconds;
    },
    { atOnce: 2 },
  );
  expect(await Array.fromAsync(results)).toEqual([30, 1, 20, 2, 10]);
  expect(most).toBe(2);
});

test("a failure comes in its turn, and one that nobody waits for disturbs nobody", async () => {
  const seen: number[] = [];
  const results = inOrder(
    [1, 2, 3, 4],
    async (item) => {
      if (item >= 3) throw new Error(`item ${item}`);
      return item;
    },
    { atOnce: 4 },
  );
  const all = (async () => {
    for await (const result of results) seen.push(result);
  })();
  await expect(all).rejects.toThrow("item 3");
  expect(seen).toEqual([1, 2]);
});

test("an endless source is read no further than the consumer goes", async () => {
  let made = 0;
  async function* endless(): AsyncGenerator<number> {
    for (;;) yield (made += 1);
  }
  for await (const result of inOrder(endless(), async (item) => item, {
    atOnce: 3,
  })) {
    if (result === 2) break;
  }
  expect(made).toBeLessThanOrEqual(5);
});
