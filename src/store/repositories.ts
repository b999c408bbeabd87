import type { Database } from "./database.ts";
import type { Repositories } from "./store.ts";

/** After every moment a clock can show: a repository that is no longer configured is remembered, and not looked at. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** Before every moment a clock can show: due at once, and before all that became due by itself. */
const AT_ONCE = 0;

export function repositoriesIn(db: Database): Repositories {
  return {
    register: (configured, now) =>
      db.transaction().execute(async (tx) => {
        await tx
          .updateTable("repository")
          .set({ next_poll_ms: NEVER })
          .where(
            "id",
            "not in",
            configured.map(({ id }) => id),
          )
          .execute();
        for (const { id, branch } of configured) {
          await tx
            .insertInto("repository")
            .values({
              id,
              branch,
              head: null,
              next_poll_ms: Date.parse(now),
              lease_owner: null,
              lease_until_ms: null,
              failures: 0,
              last_error: null,
              last_polled_at: null,
              first_seen_at: now,
            })
            .onConflict((conflict) =>
              conflict.column("id").doUpdateSet((row) => ({
                branch,
                next_poll_ms: row
                  .case()
                  .when("repository.next_poll_ms", "=", NEVER)
                  .then(Date.parse(now))
                  .else(row.ref("repository.next_poll_ms"))
                  .end(),
              })),
            )
            .execute();
        }
      }),

    list: () =>
      db
        .selectFrom("repository")
        .selectAll()
        .where("next_poll_ms", "<", NEVER)
        .orderBy("id")
        .execute(),

    find: async (id) =>
      (await db
        .selectFrom("repository")
        .selectAll()
        .where("id", "=", id)
        .executeTakeFirst()) ?? null,

    claimDue: async (owner, nowMs, leaseMs) =>
      (await db
        .updateTable("repository")
        .set({
          lease_owner: owner,
          lease_until_ms: nowMs + leaseMs,
          // It has been served; if it is hurried again while it is worked on, `release` can tell.
          next_poll_ms: nowMs,
        })
        .where("id", "=", (due) =>
          due
            .selectFrom("repository")
            .select("id")
            .where("next_poll_ms", "<=", nowMs)
            .where((row) =>
              row.or([
                row("lease_owner", "is", null),
                row("lease_until_ms", "<=", nowMs),
              ]),
            )
            .orderBy("next_poll_ms")
            .orderBy("id")
            .limit(1),
        )
        .returningAll()
        .executeTakeFirst()) ?? null,

    renew: async (id, owner, leaseUntilMs) => {
      const { numUpdatedRows } = await db
        .updateTable("repository")
        .set({ lease_until_ms: leaseUntilMs })
        .where("id", "=", id)
        .where("lease_owner", "=", owner)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    release: async (id, owner, { nextPollMs, polledAt, error }) => {
      await db
        .updateTable("repository")
        .set((row) => ({
          lease_owner: null,
          lease_until_ms: null,
          next_poll_ms: row
            .case()
            .when("next_poll_ms", "=", AT_ONCE)
            .then(AT_ONCE)
            .else(nextPollMs)
            .end(),
          last_polled_at: polledAt,
          last_error: error,
          failures: error === null ? 0 : row("failures", "+", 1),
        }))
        .where("id", "=", id)
        .where("lease_owner", "=", owner)
        .execute();
    },

    hurry: async (id) => {
      await db
        .updateTable("repository")
        .set({ next_poll_ms: AT_ONCE })
        .where("id", "=", id)
        .execute();
    },
  };
}
