import { keyOf, type ReadingCache } from "../jobs/readBlobs.ts";
import type { Database } from "./database.ts";
import { inBatches } from "./inBatches.ts";
import { sql } from "./kysely.ts";

/** What blobs turned out to say, as readers of one version saw it. A blob keeps the reading that was written last. */
export function readingsIn(db: Database, version: string): ReadingCache {
  return {
    find: async (wanted) => {
      const found = new Map<string, unknown>();
      await inBatches(wanted, async (batch) => {
        const keys = batch.map(({ blob, role }) => sql`(${blob}, ${role})`);
        const rows = await db
          .selectFrom("reading")
          .select(["blob", "role", "value"])
          .where("version", "=", version)
          .where(sql<boolean>`(blob, role) in (values ${sql.join(keys)})`)
          .execute();
        for (const { blob, role, value } of rows) {
          found.set(keyOf(blob, role), JSON.parse(value));
        }
      });
      return found;
    },
    save: (readings) =>
      db.transaction().execute((tx) => {
        const rows = new Map(
          readings.map(({ blob, role, value }) => [
            keyOf(blob, role),
            { blob, role, version, value: JSON.stringify(value) },
          ]),
        );
        return inBatches([...rows.values()], (batch) =>
          tx
            .insertInto("reading")
            .values(batch)
            .onConflict((conflict) =>
              conflict.columns(["blob", "role"]).doUpdateSet((excluded) => ({
                version: excluded.ref("excluded.version"),
                value: excluded.ref("excluded.value"),
              })),
            )
            .execute(),
        );
      }),
  };
}
