import type { Database } from "./database.ts";
import { queue } from "./deliveries.ts";
import type { Digests } from "./store.ts";

export function digestsIn(db: Database): Digests {
  return {
    claim: ({ channel, slot, claimedAt, until }, deliveries) =>
      db.transaction().execute(async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto("digest_slot")
          .values({ channel_id: channel, slot, claimed_at: claimedAt, until })
          .onConflict((conflict) =>
            conflict.columns(["channel_id", "slot"]).doNothing(),
          )
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        await queue(tx, deliveries);
        return true;
      }),

    last: async (channel) =>
      (await db
        .selectFrom("digest_slot")
        .select(["slot", "until"])
        .where("channel_id", "=", channel)
        .orderBy("claimed_at", "desc")
        .orderBy("slot", "desc")
        .limit(1)
        .executeTakeFirst()) ?? null,
  };
}
