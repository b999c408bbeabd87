import type { CommitChanges } from "../repositories/repository.ts";
import type { Database } from "./database.ts";
import { inBatches } from "./inBatches.ts";
import type { History } from "./store.ts";

export function historyIn(db: Database): History {
  return {
    read: async (repository): Promise<CommitChanges[]> => {
      const rows = await db
        .selectFrom("history_commit")
        .select(["sha", "parents", "at", "subject", "changes"])
        .where("repository_id", "=", repository)
        .orderBy("position", "desc")
        .execute();
      return rows.map(({ sha, parents, at, subject, changes }) => ({
        sha,
        parents: JSON.parse(parents),
        at,
        subject,
        changes: JSON.parse(changes),
      }));
    },

    replace: (repository, chain) =>
      db.transaction().execute(async (tx) => {
        await tx
          .deleteFrom("history_commit")
          .where("repository_id", "=", repository)
          .execute();
        await append(tx, repository, chain.toReversed());
      }),
  };
}

/** Adds commits (oldest first) at the new end of a repository's chain. To be called within a transaction. */
export async function append(
  tx: Database,
  repository: string,
  commits: readonly CommitChanges[],
): Promise<void> {
  const newest = await tx
    .selectFrom("history_commit")
    .select("position")
    .where("repository_id", "=", repository)
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst();
  const start = newest === undefined ? 0 : newest.position + 1;
  const rows = commits.map(({ sha, parents, at, subject, changes }, index) => ({
    repository_id: repository,
    position: start + index,
    sha,
    parents: JSON.stringify(parents),
    at,
    subject,
    changes: JSON.stringify(changes),
  }));
  await inBatches(rows, (batch) =>
    tx.insertInto("history_commit").values(batch).execute(),
  );
}
