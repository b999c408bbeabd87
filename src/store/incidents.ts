import { z } from "zod";
import type { SeriesState } from "../core/judge/regressions.ts";
import type { Incident, News } from "../core/news.ts";
import type { Database } from "./database.ts";
import type { IncidentRow } from "./schema.ts";
import type { Incidents } from "./store.ts";

const KINDS: Readonly<Record<News["kind"], true>> = {
  phase: true,
  gap: true,
  contradiction: true,
  regression: true,
  health: true,
};

const StoredNews = z.custom<News>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    typeof value.kind === "string" &&
    Object.hasOwn(KINDS, value.kind),
  "This is no news that this version knows.",
);

const State = z.enum(["open", "resolved", "note"]);

export function incidentsIn(db: Database): Incidents {
  const rowsOf = (repository: string) =>
    db
      .selectFrom("incident")
      .selectAll()
      .where("repository_id", "=", repository)
      .orderBy("opened_at")
      .orderBy("id")
      .execute();
  return {
    list: async (repository) => (await rowsOf(repository)).map(toIncident),

    changedSince: async (repository, since) => {
      // As moments, not as text: `…:23Z` and `…:23.000Z` are one moment and two texts.
      const after = Date.parse(since);
      return (await rowsOf(repository))
        .filter(({ changed_at }) => Date.parse(changed_at) > after)
        .map(toIncident);
    },

    series: async (repository) => {
      const rows = await db
        .selectFrom("series")
        .select(["key", "state"])
        .where("repository_id", "=", repository)
        .orderBy("key")
        .execute();
      return new Map<string, SeriesState>(
        rows.map(({ key, state }) => [key, JSON.parse(state)]),
      );
    },
  };
}

/**
 * Writes incidents that are new or have changed. To be called within a transaction.
 *
 * @throws Error when an id belongs to an incident of another repository
 */
export async function put(
  tx: Database,
  repository: string,
  incidents: readonly Incident[],
): Promise<void> {
  for (const incident of incidents) {
    const row = toRow(repository, incident);
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto("incident")
      .values(row)
      .onConflict((conflict) =>
        conflict
          .column("id")
          .doUpdateSet(row)
          .where("incident.repository_id", "=", repository),
      )
      .executeTakeFirst();
    // Ids are short: without this, one that is drawn twice would overwrite the incident of another team.
    if (numInsertedOrUpdatedRows !== 1n) {
      throw new Error(
        `The incident id ${incident.id} is taken by another repository.`,
      );
    }
  }
}

function toRow(repository: string, incident: Incident): IncidentRow {
  return {
    id: incident.id,
    repository_id: repository,
    key: incident.key,
    state: incident.state,
    news: JSON.stringify(incident.news),
    opened_at: incident.openedAt,
    opened_commit: incident.openedCommit,
    changed_at: incident.changedAt,
    resolved_at: incident.resolvedAt,
  };
}

function toIncident(row: IncidentRow): Incident {
  try {
    return {
      id: row.id,
      key: row.key,
      state: State.parse(row.state),
      news: StoredNews.parse(JSON.parse(row.news)),
      openedAt: row.opened_at,
      openedCommit: row.opened_commit,
      changedAt: row.changed_at,
      resolvedAt: row.resolved_at,
    };
  } catch (cause) {
    throw new Error(
      `The stored incident ${row.id} of ${row.repository_id} cannot be read.`,
      { cause },
    );
  }
}
