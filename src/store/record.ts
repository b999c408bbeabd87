import type { Database } from "./database.ts";
import { queue } from "./deliveries.ts";
import { keep } from "./evaluations.ts";
import { append } from "./history.ts";
import { put } from "./incidents.ts";
import { inBatches } from "./inBatches.ts";
import { LeaseLost, type Step } from "./store.ts";

/**
 * Writes what one commit brought. To be called within a transaction.
 *
 * @throws LeaseLost when the step's owner does not hold the repository's lease
 */
export async function record(tx: Database, step: Step): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("repository")
    .set({ head: step.commit })
    .where("id", "=", step.repository)
    .where("lease_owner", "=", step.owner)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) {
    throw new LeaseLost(
      `The lease of ${step.repository} ran out and somebody else has taken it over.`,
    );
  }
  await keep(tx, step.repository, step.version, step.status);
  await putObservations(tx, step);
  await putSeries(tx, step);
  await put(tx, step.repository, step.incidents);
  await queue(tx, step.deliveries);
  await append(tx, step.repository, step.history);
}

async function putObservations(
  tx: Database,
  { repository, observations }: Step,
): Promise<void> {
  const rows = observations.map((observation) => ({
    ...observation,
    repository_id: repository,
  }));
  await inBatches(rows, (batch) =>
    tx
      .insertInto("observation")
      .values(batch)
      .onConflict((conflict) =>
        conflict
          .columns(["repository_id", "path", "commit_sha"])
          .doUpdateSet((excluded) => ({
            blob: excluded.ref("excluded.blob"),
            at: excluded.ref("excluded.at"),
            basis: excluded.ref("excluded.basis"),
            trust: excluded.ref("excluded.trust"),
            covered: excluded.ref("excluded.covered"),
            total: excluded.ref("excluded.total"),
            files: excluded.ref("excluded.files"),
          })),
      )
      .execute(),
  );
}

async function putSeries(
  tx: Database,
  { repository, series }: Step,
): Promise<void> {
  const rows = [...series].map(([key, state]) => ({
    repository_id: repository,
    key,
    state: JSON.stringify(state),
  }));
  await inBatches(rows, (batch) =>
    tx
      .insertInto("series")
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(["repository_id", "key"]).doUpdateSet((excluded) => ({
          state: excluded.ref("excluded.state"),
        })),
      )
      .execute(),
  );
}
