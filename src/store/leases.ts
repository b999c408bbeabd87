import type { Database } from "./database.ts";

/** Ends the leases of dead owners at once: what they held is due, and what they were sending has an unknown outcome. */
export async function expireLeases(
  db: Database,
  isDead: (owner: string) => boolean,
): Promise<number> {
  let expired = 0;
  for (const table of ["repository", "delivery"] as const) {
    const owners = await db
      .selectFrom(table)
      .select("lease_owner")
      .distinct()
      .where("lease_owner", "is not", null)
      .execute();
    const dead = owners.flatMap(({ lease_owner: owner }) =>
      owner !== null && isDead(owner) ? [owner] : [],
    );
    if (dead.length === 0) continue;
    const { numUpdatedRows } = await db
      .updateTable(table)
      .set({ lease_until_ms: 0 })
      .where("lease_owner", "in", dead)
      .executeTakeFirst();
    expired += Number(numUpdatedRows);
  }
  return expired;
}
