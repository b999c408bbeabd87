import type { Database } from "./database.ts";
import { inBatches } from "./inBatches.ts";
import { LeaseLost, type Deliveries, type NewDelivery } from "./store.ts";

/** Those that later ones of the same channel wait for. */
const OPEN = ["pending", "sending"] as const;

const NONE_YET = { pending: 0, sending: 0, sent: 0, parked: 0, dry_run: 0 };

export function deliveriesIn(db: Database): Deliveries {
  return {
    claimDue: async (owner, nowMs, leaseMs) =>
      (await db
        .updateTable("delivery")
        .set((row) => ({
          status: "sending",
          lease_owner: owner,
          lease_until_ms: nowMs + leaseMs,
          // A lease that ran out was an attempt that nobody saw the end of.
          attempts: row
            .case()
            .when("status", "=", "sending")
            .then(row("attempts", "+", 1))
            .else(row.ref("attempts"))
            .end(),
          // What an earlier attempt is known to have done says nothing about that one.
          last_error: row
            .case()
            .when("status", "=", "sending")
            .then("the end of an attempt was not seen")
            .else(row.ref("last_error"))
            .end(),
        }))
        .where("sequence", "=", (due) =>
          due
            .selectFrom("delivery as first")
            .select("first.sequence")
            .where("first.status", "in", OPEN)
            .where((row) =>
              row.or([
                row.and([
                  row("first.status", "=", "pending"),
                  row("first.next_attempt_ms", "<=", nowMs),
                ]),
                row.and([
                  row("first.status", "=", "sending"),
                  row("first.lease_until_ms", "<=", nowMs),
                ]),
              ]),
            )
            .where((row) =>
              row.not(
                row.exists(
                  row
                    .selectFrom("delivery as earlier")
                    .select("earlier.sequence")
                    .where("earlier.status", "in", OPEN)
                    .whereRef("earlier.channel_id", "=", "first.channel_id")
                    .whereRef("earlier.sequence", "<", "first.sequence"),
                ),
              ),
            )
            .orderBy("first.sequence")
            .limit(1),
        )
        .returningAll()
        .executeTakeFirst()) ?? null,

    sent: (id, owner, { ts, at }) =>
      db.transaction().execute(async (tx) => {
        const { operation, incident_id, channel_id } = await settle(
          tx,
          id,
          owner,
          { status: "sent", ts, sent_at: at, last_error: null },
        );
        // An edit whose message was gone has become a post; one that was dropped has become nothing.
        if (operation === "reply" || incident_id === null || ts === "") return;
        await tx
          .insertInto("message")
          .values({ incident_id, channel_id, ts })
          .onConflict((conflict) =>
            conflict.columns(["incident_id", "channel_id"]).doUpdateSet({ ts }),
          )
          .execute();
      }),

    retry: async (id, owner, { atMs, error }) => {
      await settle(db, id, owner, {
        status: "pending",
        next_attempt_ms: atMs,
        last_error: error,
      });
    },

    park: async (id, owner, error) => {
      await settle(db, id, owner, { status: "parked", last_error: error });
    },

    unpark: async (channel) => {
      const { numUpdatedRows } = await db
        .updateTable("delivery")
        .set({ status: "pending", next_attempt_ms: 0 })
        .where("channel_id", "=", channel)
        .where("status", "=", "parked")
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },

    messageOf: async (incident, channel) => {
      const row = await db
        .selectFrom("message")
        .select("ts")
        .where("incident_id", "=", incident)
        .where("channel_id", "=", channel)
        .executeTakeFirst();
      return row?.ts ?? null;
    },

    counts: async () => {
      const rows = await db
        .selectFrom("delivery")
        .select((row) => ["status", row.fn.countAll<number>().as("count")])
        .groupBy("status")
        .execute();
      return {
        ...NONE_YET,
        ...Object.fromEntries(rows.map(({ status, count }) => [status, count])),
      };
    },

    list: ({ channel, status, limit }) => {
      let query = db
        .selectFrom("delivery")
        .selectAll()
        .orderBy("sequence", "desc")
        .limit(limit);
      if (channel !== undefined) {
        query = query.where("channel_id", "=", channel);
      }
      if (status !== undefined) query = query.where("status", "=", status);
      return query.execute();
    },
  };
}

/** Puts deliveries at the end of the queue, in their order. To be called within a transaction. */
export async function queue(
  tx: Database,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  const rows = deliveries.map((delivery) => ({
    id: delivery.id,
    channel_id: delivery.channel,
    incident_id: delivery.incident,
    operation: delivery.operation,
    payload: delivery.payload,
    status: delivery.status,
    attempts: 0,
    next_attempt_ms: 0,
    created_at: delivery.createdAt,
  }));
  await inBatches(rows, (batch) =>
    tx.insertInto("delivery").values(batch).execute(),
  );
}

type Outcome =
  | {
      readonly status: "sent";
      readonly ts: string;
      readonly sent_at: string;
      readonly last_error: null;
    }
  | {
      readonly status: "pending";
      readonly next_attempt_ms: number;
      readonly last_error: string;
    }
  | { readonly status: "parked"; readonly last_error: string };

/** Ends the attempt of `owner` with an outcome and gives the lease back. */
async function settle(
  tx: Database,
  id: string,
  owner: string,
  outcome: Outcome,
) {
  const settled = await tx
    .updateTable("delivery")
    .set((row) => ({
      ...outcome,
      attempts: row("attempts", "+", 1),
      lease_owner: null,
      lease_until_ms: null,
    }))
    .where("id", "=", id)
    .where("lease_owner", "=", owner)
    .returning(["operation", "incident_id", "channel_id"])
    .executeTakeFirst();
  if (settled === undefined) {
    throw new LeaseLost(
      `The lease of delivery ${id} ran out and somebody else has taken it over.`,
    );
  }
  return settled;
}
