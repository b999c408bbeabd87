import type { SeriesState } from "../../src/core/judge/regressions.ts";
import type { HealthNews, Incident } from "../../src/core/news.ts";
import type { RepositoryStatus } from "../../src/core/status.ts";
import type { CommitChanges } from "../../src/repositories/repository.ts";
import type { NewDelivery, Step, Store } from "../../src/store/store.ts";

/** Values as the jobs write them, small. */

export const NOW = "2026-02-18T14:13:23.000Z";
export const NOW_MS = Date.parse(NOW);
export const LEASE_MS = 60_000;
export const REPOSITORY = "acme/shop";
export const CHANNEL = "C0123456789";

export function status(
  sha: string,
  changed: Partial<RepositoryStatus> = {},
): RepositoryStatus {
  return {
    repository: REPOSITORY,
    commit: sha,
    at: "2026-02-18T14:13:23Z",
    phases: [],
    claims: [],
    artifacts: [
      {
        path: "backend/coverage.json",
        blob: "8d1c8b69c3fce7bea45c73efd06983e3c419a92f",
        kind: "coverage",
        format: "coverage.py",
        basis: "line",
        trust: "measured",
        covered: 830,
        total: 3776,
        files: 2,
        commit: sha,
        at: "2026-02-18T14:13:23Z",
      },
    ],
    findings: [],
    ...changed,
  };
}

export function commit(
  sha: string,
  changed: Partial<CommitChanges> = {},
): CommitChanges {
  return {
    sha,
    parents: [`before-${sha}`],
    at: "2026-02-18T14:13:23Z",
    subject: "test(19-09): coverage of the workflow engine — “done” ✓",
    changes: [
      {
        path: "backend/coverage.json",
        before: null,
        after: "8d1c8b69c3fce7bea45c73efd06983e3c419a92f",
      },
    ],
    ...changed,
  };
}

const news: HealthNews = {
  kind: "health",
  problem: "basis_changed",
  path: "backend/coverage.json",
  message: "It counted lines at 4cf180b and counts branches since 9a1e3c7.",
  commit: "9a1e3c7",
  at: "2026-02-18T14:13:23Z",
};

export function incident(
  id: string,
  changed: Partial<Incident> = {},
): Incident {
  return {
    id,
    key: `health|backend/coverage.json|${id}`,
    state: "open",
    news,
    openedAt: NOW,
    openedCommit: "9a1e3c7",
    changedAt: NOW,
    resolvedAt: null,
    ...changed,
  };
}

export function delivery(
  id: string,
  changed: Partial<NewDelivery> = {},
): NewDelivery {
  return {
    id,
    channel: CHANNEL,
    incident: null,
    operation: "post",
    payload: JSON.stringify({ text: "Phase 19 misses a target" }),
    status: "pending",
    createdAt: NOW,
    ...changed,
  };
}

export const series: SeriesState = {
  blob: "8d1c8b69c3fce7bea45c73efd06983e3c419a92f",
  baselines: [],
  alert: null,
  told: null,
  low: false,
  flips: [],
  flapping: false,
};

export function step(sha: string, changed: Partial<Step> = {}): Step {
  return {
    repository: REPOSITORY,
    owner: "worker-1",
    commit: sha,
    version: "1",
    status: status(sha),
    observations: [
      {
        path: "backend/coverage.json",
        commit_sha: sha,
        blob: "8d1c8b69c3fce7bea45c73efd06983e3c419a92f",
        at: "2026-02-18T14:13:23Z",
        basis: "line",
        trust: "measured",
        covered: 830,
        total: 3776,
        files: null,
      },
    ],
    series: new Map(),
    incidents: [],
    deliveries: [],
    history: [],
    ...changed,
  };
}

/** Registers a repository and takes its lease. */
export async function leased(
  store: Store,
  id = REPOSITORY,
  owner = "worker-1",
): Promise<void> {
  await store.repositories.register([{ id, branch: null }], NOW);
  await store.repositories.claimDue(owner, NOW_MS, LEASE_MS);
}

/** Queues deliveries the way a digest does. */
export async function queued(
  store: Store,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  await store.digests.claim(
    {
      channel: CHANNEL,
      slot: `slot of ${deliveries.map(({ id }) => id).join()}`,
      claimedAt: NOW,
      until: NOW,
    },
    deliveries,
  );
}
