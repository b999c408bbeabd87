/** Batches under way at once, so that a repository is not held in memory whole. */
const UNDER_WAY = 4;

/**
 * Hands items on in batches of about `bytes`, because thousands of small documents would be as many messages; a few batches
 * are under way at once.
 *
 * @throws what the first batch that failed threw, once nothing is under way any more
 */
export async function inBatches<T>(
  items: AsyncIterable<T>,
  sizeOf: (item: T) => number,
  bytes: number,
  work: (batch: readonly T[]) => Promise<void>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failed: unknown[] = [];
  let batch: T[] = [];
  let size = 0;
  const send = async () => {
    const sent = work(batch)
      .catch((error: unknown) => void failed.push(error))
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
    batch = [];
    size = 0;
    if (underWay.size >= UNDER_WAY) await Promise.race(underWay);
  };
  for await (const item of items) {
    if (failed.length > 0) break;
    batch.push(item);
    size += sizeOf(item);
    if (size >= bytes) await send();
  }
  if (batch.length > 0) await send();
  await Promise.all(underWay);
  if (failed.length > 0) throw failed[0];
}
