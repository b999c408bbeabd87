/**
 * Maps items with at most `atOnce` under way, results in the order of the items. When the consumer stops, what is
 * under way ends unheard.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  map: (item: Item) => Promise<Result>,
  { atOnce }: { atOnce: number },
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  for await (const item of items) {
    const result = map(item);
    // A failure is heard when its turn comes, which may be never.
    result.catch(() => undefined);
    underWay.push(result);
    const first = underWay.length >= atOnce ? underWay.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const result of underWay) yield await result;
}
