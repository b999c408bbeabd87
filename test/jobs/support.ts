import { FIRST_SIGHT, STORY } from "../../examples/story/commits.ts";
import { onThisThread } from "../../src/jobs/readingPool.ts";
import { digest } from "../../src/jobs/digest.ts";
import { poll, type Polling } from "../../src/jobs/poll.ts";
import { openGit } from "../../src/repositories/git.ts";
import type { Repository } from "../../src/repositories/repository.ts";
import { openStore } from "../../src/store/openStore.ts";
import type { RepositoryRow } from "../../src/store/schema.ts";
import { LeaseLost, type Store } from "../../src/store/store.ts";
import {
  createGitFixture,
  type FixtureCommit,
  type GitFixture,
} from "../support/gitFixture.ts";

export const SHOP = "acme/shop";
export const QUALITY = "C0QUALITY";
const LEASE_MS = 30_000;

/** A clock that stands still until it is moved. */
export class Clock {
  #at: number;

  constructor(at: string) {
    this.#at = Date.parse(at);
  }

  readonly now = (): Date => new Date(this.#at);

  forward(ms: number): void {
    this.#at += ms;
  }

  set(at: string): void {
    this.#at = Date.parse(at);
  }
}

/** The example's commits in the form that the fixture takes. */
export const PLOT: readonly FixtureCommit[] = STORY;
/** How many of them are there before anybody watches. */
export const BEFORE_WATCHING = FIRST_SIGHT;

/** A watched repository, and a store that remembers what is seen of it. */
export interface Watch extends AsyncDisposable {
  readonly fixture: GitFixture;
  readonly repository: Repository;
  readonly store: Store;
  readonly clock: Clock;
  /** Commits the story's next commits. */
  readonly goOn: (commits?: number) => Promise<void>;
  /** Looks once, as the schedule does. Returns how many commits were new. */
  readonly look: (changed?: Partial<Polling>) => Promise<number>;
  /** Takes the repository's lease without working on it. */
  readonly lease: (owner?: string) => Promise<RepositoryRow>;
  readonly sendDigest: (channel?: string) => Promise<boolean>;
}

export async function watch({
  commits = PLOT.slice(0, BEFORE_WATCHING),
  database = "sqlite::memory:",
  subscribe = true,
}: {
  commits?: readonly FixtureCommit[];
  database?: string;
  subscribe?: boolean;
} = {}): Promise<Watch> {
  await using stack = new AsyncDisposableStack();
  const fixture = stack.use(await createGitFixture(commits));
  const repository = stack.use(
    await openGit(fixture.gitDir, {
      cacheDir: fixture.directory("cache"),
      name: SHOP,
    }),
  );
  const store = stack.use(await openStore(database));
  const clock = new Clock("2026-04-01T08:00:00Z");
  const now = clock.now().toISOString();
  await store.repositories.register([{ id: SHOP, branch: null }], now);
  if (subscribe) await subscribeTo(store, QUALITY, now);

  let told = commits.length;
  const lease = async (owner = "worker-1") => {
    clock.forward(LEASE_MS + 1);
    const row = await store.repositories.claimDue(
      owner,
      clock.now().getTime(),
      LEASE_MS,
    );
    if (!row) throw new Error("The repository is not due.");
    return row;
  };
  const parts = stack.move();
  return {
    fixture,
    repository,
    store,
    clock,
    lease,
    goOn: async (more = 1) => {
      for (const commit of PLOT.slice(told, told + more)) {
        await fixture.commit(commit);
      }
      told += more;
    },
    look: async (changed = {}) => {
      const owner = "worker-1";
      const row = await lease(owner);
      try {
        return await poll(row, {
          store,
          owner,
          open: async () => repository,
          reading: onThisThread,
          now: clock.now,
          renew: async () => {
            const until = clock.now().getTime() + LEASE_MS;
            if (!(await store.repositories.renew(SHOP, owner, until))) {
              throw new LeaseLost("The lease is lost.");
            }
          },
          ...changed,
        });
      } finally {
        await store.repositories.release(SHOP, owner, {
          nextPollMs: clock.now().getTime(),
          polledAt: clock.now().toISOString(),
          error: null,
        });
      }
    },
    sendDigest: async (id = QUALITY) => {
      const channel = await store.channels.find(id);
      if (!channel) throw new Error("There is no such channel.");
      return digest(channel, { store, now: clock.now, link: () => () => null });
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

export async function subscribeTo(
  store: Store,
  channel: string,
  now: string,
): Promise<void> {
  await store.channels.subscribe(
    {
      channel,
      repository: SHOP,
      topics: ["phases", "gaps", "claims", "regressions", "health"],
      source: "command",
    },
    now,
  );
}

/** What a channel is to be told, oldest first: `post ✅ Phase 19 …`. */
export async function queuedFor(
  store: Store,
  channel: string = QUALITY,
): Promise<string[]> {
  const rows = await store.deliveries.list({ channel, limit: 1_000 });
  return rows.toReversed().map(({ operation, payload }) => {
    const { text } = JSON.parse(payload) as { text: string };
    return `${operation} ${text.split("\n")[0]}`;
  });
}
