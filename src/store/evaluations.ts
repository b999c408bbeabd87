import type { RepositoryStatus } from "../core/status.ts";
import type { Database } from "./database.ts";
import type { Evaluations } from "./store.ts";

/** Evaluations of a repository that are kept; one may have megabytes. */
const KEPT = 8;

export function evaluationsIn(db: Database): Evaluations {
  return {
    find: async (repository, commit, version) => {
      const row = await db
        .selectFrom("evaluation")
        .select("status")
        .where("repository_id", "=", repository)
        .where("commit_sha", "=", commit)
        .where("version", "=", version)
        .executeTakeFirst();
      return row ? parse(row.status) : null;
    },

    version: async (repository, commit) => {
      const row = await db
        .selectFrom("evaluation")
        .select("version")
        .where("repository_id", "=", repository)
        .where("commit_sha", "=", commit)
        .executeTakeFirst();
      return row?.version ?? null;
    },

    latest: async (repository) => {
      const row = await db
        .selectFrom("evaluation")
        .innerJoin("repository", (join) =>
          join
            .onRef("repository.id", "=", "evaluation.repository_id")
            .onRef("repository.head", "=", "evaluation.commit_sha"),
        )
        .select("evaluation.status")
        .where("repository.id", "=", repository)
        .executeTakeFirst();
      return row ? parse(row.status) : null;
    },

    save: (repository, version, status) =>
      db.transaction().execute((tx) => keep(tx, repository, version, status)),
  };
}

/**
 * Writes an evaluation in the place of an earlier one of the same commit, and forgets those that are too many. That of the recorded head
 * stays: people are answered from it. To be called within a transaction.
 */
export async function keep(
  tx: Database,
  repository: string,
  version: string,
  status: RepositoryStatus,
): Promise<void> {
  await tx
    .deleteFrom("evaluation")
    .where("repository_id", "=", repository)
    .where("commit_sha", "=", status.commit)
    .execute();
  await tx
    .insertInto("evaluation")
    .values({
      repository_id: repository,
      commit_sha: status.commit,
      version,
      at: status.at,
      status: JSON.stringify(status),
    })
    .execute();
  const head = await tx
    .selectFrom("repository")
    .select("head")
    .where("id", "=", repository)
    .executeTakeFirst();
  await tx
    .deleteFrom("evaluation")
    .where("repository_id", "=", repository)
    .where("commit_sha", "!=", head?.head ?? status.commit)
    .where("sequence", "not in", (newest) =>
      newest
        .selectFrom("evaluation")
        .select("sequence")
        .where("repository_id", "=", repository)
        .orderBy("sequence", "desc")
        .limit(KEPT),
    )
    .execute();
}

function parse(status: string): RepositoryStatus {
  return JSON.parse(status);
}
