/** Rows of one statement: databases cap the values of a statement (SQLite: 32,766; PostgreSQL: 65,535). */
const BATCH = 500;

/** Runs `write` for a few hundred rows at a time, in order, and not at all when there are none. */
export async function inBatches<Row>(
  rows: readonly Row[],
  write: (batch: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) {
    await write(rows.slice(start, start + BATCH));
  }
}
