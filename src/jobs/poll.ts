import { decide, type Memory } from "../core/decide/decide.ts";
import { fileFinder } from "../core/coverage/paths.ts";
import type { Announcement, HealthNews } from "../core/news.ts";
import type { RepositoryStatus } from "../core/status.ts";
import {
  detectedLayouts,
  type DocumentLayouts,
} from "../core/planning/layouts.ts";
import { watchedBy } from "../core/watched.ts";
import type {
  Commit,
  CommitChanges,
  Repository,
} from "../repositories/repository.ts";
import type { RepositoryRow } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { deliveriesFor, toldIncidents } from "./incidents.ts";
import { observe, type Observed } from "./observe.ts";
import type { Reading } from "./readingPool.ts";
import { evaluationVersion, READING_VERSION, sameLayouts } from "./version.ts";

export interface Polling {
  readonly store: Store;
  /** Name of this process in leases. */
  readonly owner: string;
  readonly open: (id: string) => Promise<Repository>;
  readonly reading: Reading;
  /** Where the documents of a repository lie; found out when absent. */
  readonly layouts?: (id: string) => DocumentLayouts;
  readonly now: () => Date;
  /**
   * Called before each commit, so that a long catch-up keeps its lease.
   * @throws LeaseLost
   */
  readonly renew: () => Promise<void>;
  readonly progress?: (message: string) => void;
}

/** How the documents of one repository are found. */
export function layoutsOf(
  id: string,
  { layouts }: Pick<Polling, "layouts">,
): DocumentLayouts {
  return layouts?.(id) ?? detectedLayouts;
}

/** Commits of history looked at on a first sight, where each may cost a request. */
const HISTORY_LIMIT = 5_000;

/**
 * Looks at a repository once: collect, read, judge, decide, remember, commit by commit. The first sight is silent.
 *
 * @returns how many commits were new
 * @throws whatever the repository's client throws; nothing of the commit at hand is written then
 */
export async function poll(
  row: RepositoryRow,
  polling: Polling,
): Promise<number> {
  const repository = await polling.open(row.id);
  const head = await repository.head(
    row.branch ?? undefined,
    row.head ?? undefined,
  );
  if (row.head === null) {
    await firstSight(row, repository, head, polling);
    return 1;
  }
  if (head === "unchanged" || head === row.head) {
    const known = await polling.store.evaluations.version(row.id, row.head);
    if (known !== evaluationVersion(layoutsOf(row.id, polling))) {
      await ofThisVersion(row.id, row.head, repository, polling);
    }
    return 0;
  }
  return follow(row.id, row.head, head, repository, polling);
}

async function firstSight(
  { id, branch }: RepositoryRow,
  repository: Repository,
  head: string,
  polling: Polling,
): Promise<void> {
  const commit = await repository.resolve(
    head === "unchanged" ? (branch ?? undefined) : head,
  );
  const layouts = layoutsOf(id, polling);
  const chain = await readHistory(repository, commit.sha, layouts, polling);
  await polling.store.history.replace(id, chain);
  const observed = await look(id, repository, commit, chain, polling);
  const memory: Memory = { status: null, incidents: [], series: new Map() };
  await remember(id, commit, [], observed, memory, [], repository, polling);
}

/** Every commit between two polls is judged on its own: whole phases land in one push, and the states between matter. */
async function follow(
  id: string,
  from: string,
  to: string,
  repository: Repository,
  polling: Polling,
): Promise<number> {
  const { store } = polling;
  const layouts = layoutsOf(id, polling);
  const isWatched = watchedBy(layouts.placeOf);
  let status = await ofThisVersion(id, from, repository, polling);
  let chain = await store.history.read(id);
  let count = 0;
  for await (const commit of repository.walk(from, to, isWatched)) {
    await polling.renew();
    polling.progress?.(`${commit.sha.slice(0, 7)} ${commit.subject}`);
    const extra: Announcement[] = [];
    if (commit.rewritten) {
      chain = await readHistory(repository, commit.sha, layouts, polling);
      await store.history.replace(id, chain);
      extra.push(rewritten(from, commit));
    } else {
      chain = [commit, ...chain];
    }
    const observed = await look(id, repository, commit, chain, polling);
    const [incidents, series] = await Promise.all([
      store.incidents.list(id),
      store.incidents.series(id),
    ]);
    await remember(
      id,
      commit,
      commit.rewritten ? [] : [commit],
      observed,
      { status, incidents, series },
      extra,
      repository,
      polling,
    );
    ({ status } = observed);
    count++;
  }
  return count;
}

/** Reads what is not remembered on the threads that read, whatever the reason for looking. */
function look(
  id: string,
  repository: Repository,
  commit: Commit,
  history: readonly CommitChanges[],
  polling: Polling,
): Promise<Observed> {
  return observe(repository, commit, {
    cache: polling.store.readings(READING_VERSION),
    reading: polling.reading,
    layouts: layoutsOf(id, polling),
    history,
  });
}

async function remember(
  id: string,
  commit: Commit,
  history: readonly CommitChanges[],
  observed: Observed,
  memory: Memory,
  extra: readonly Announcement[],
  repository: Repository,
  polling: Polling,
): Promise<void> {
  const { store, owner, now } = polling;
  const at = now().toISOString();
  const decision = decide(
    memory,
    {
      status: observed.status,
      reports: observed.reports,
      existsInTree: fileFinder(observed.tree.keys()),
    },
    at,
  );
  const step = { repository: id, commit: commit.sha, now: at };
  const told = toldIncidents(
    [...decision.announcements, ...extra],
    memory.incidents,
    step,
  );
  await store.record({
    repository: id,
    owner,
    commit: commit.sha,
    version: evaluationVersion(layoutsOf(id, polling)),
    status: observed.status,
    observations: observationsOf(observed.status),
    series: decision.series,
    incidents: told.map(({ incident }) => incident),
    deliveries: deliveriesFor(
      told,
      await store.channels.subscribers(id),
      {
        repository: id,
        link: (...place) => repository.link(...place),
      },
      step,
    ),
    history,
  });
}

/** The stored evaluation of a commit; judged again when an older program made it, so that its rules make no news. */
async function ofThisVersion(
  id: string,
  sha: string,
  repository: Repository,
  polling: Polling,
): Promise<RepositoryStatus | null> {
  const { store } = polling;
  const layouts = layoutsOf(id, polling);
  const version = evaluationVersion(layouts);
  const known = await store.evaluations.find(id, sha, version);
  if (known) return known;
  const commit = await repository.resolve(sha).catch(() => null);
  if (!commit) return store.evaluations.latest(id);
  const before = await store.evaluations.version(id, sha);
  if (before !== null && !sameLayouts(before, version)) {
    // What was not watched before is not in the stored history.
    await store.history.replace(
      id,
      await readHistory(repository, sha, layouts, polling),
    );
  }
  const chain = await store.history.read(id);
  const { status } = await look(id, repository, commit, chain, polling);
  await store.evaluations.save(id, version, status);
  return status;
}

async function readHistory(
  repository: Repository,
  sha: string,
  { placeOf }: DocumentLayouts,
  { progress, renew }: Polling,
): Promise<CommitChanges[]> {
  const chain: CommitChanges[] = [];
  for await (const changes of repository.history(sha, watchedBy(placeOf), {
    limit: HISTORY_LIMIT,
  })) {
    chain.push(changes);
    if (chain.length % 500 === 0) {
      progress?.(`${chain.length} commits of history read`);
      await renew();
    }
  }
  // What was read replaces what is stored: not when another process has gone further meanwhile.
  await renew();
  return chain;
}

function observationsOf({ commit, artifacts }: RepositoryStatus) {
  return artifacts.flatMap(
    ({ path, blob, at, basis, trust, covered, total, files }) =>
      basis === null || trust === null
        ? []
        : [
            {
              path,
              commit_sha: commit,
              blob,
              at,
              basis,
              trust,
              covered,
              total,
              files,
            },
          ],
  );
}

function rewritten(from: string, { sha, at }: Commit): Announcement {
  const news: HealthNews = {
    kind: "health",
    problem: "history_rewritten",
    path: "",
    message: `The branch's history was rewritten: ${from.slice(0, 7)} is no longer part of it. ${sha.slice(0, 7)} was judged directly; the commits between are unknown.`,
    commit: sha,
    at,
  };
  return { key: `health|rewritten|${sha}`, transition: "note", news };
}

/** Said once per episode, after the third poll in a row that failed. */
export function unreachable(
  status: RepositoryStatus,
  error: string,
): Announcement {
  return {
    key: "health|unreachable",
    transition: "note",
    news: {
      kind: "health",
      problem: "unreachable",
      path: "",
      message: `The repository could not be read three times in a row: ${error} What is shown is as of ${status.commit.slice(0, 7)}.`,
      commit: status.commit,
      at: status.at,
    },
  };
}
