import type { Incident, Topic } from "../core/news.ts";
import type { SeriesState } from "../core/judge/regressions.ts";
import type { RepositoryStatus } from "../core/status.ts";
import type { ReadingCache } from "../jobs/readBlobs.ts";
import type { CommitChanges } from "../repositories/repository.ts";
import type {
  ChannelRow,
  DeliveryRow,
  ObservationRow,
  RepositoryRow,
} from "./schema.ts";

/**
 * The port through which everything is remembered. Every method is one transaction; whatever has returned survives the
 * death of the process. The rows are those of schema.ts; JSON inside them is parsed by schemas on the way out.
 */
export interface Store extends AsyncDisposable {
  readonly repositories: Repositories;
  readonly history: History;
  readonly evaluations: Evaluations;
  readonly incidents: Incidents;
  readonly channels: Channels;
  readonly deliveries: Deliveries;
  readonly digests: Digests;
  /** Readings of blobs; those of another version are not found. */
  readings(version: string): ReadingCache;
  /**
   * Writes what one commit brought: evaluation, observations, series, incidents, the deliveries they cause, and the repository's new
   * head. All of it or nothing.
   * @throws LeaseLost when `owner` no longer holds the repository's lease: somebody else has taken over, and nothing was written.
   */
  record(step: Step): Promise<void>;
  /**
   * Lets the leases of owners that are known to be dead run out now, so that a restart goes on at once. Returns how many.
   */
  expireLeases(isDead: (owner: string) => boolean): Promise<number>;
}

export class LeaseLost extends Error {
  override readonly name: string = "LeaseLost";
}

export interface Step {
  readonly repository: string;
  readonly owner: string;
  readonly commit: string;
  /** Version of the readers and judges that made the evaluation. */
  readonly version: string;
  readonly status: RepositoryStatus;
  readonly observations: readonly Omit<ObservationRow, "repository_id">[];
  readonly series: ReadonlyMap<string, SeriesState>;
  /** New or changed ones; ids are given by the caller and stay. */
  readonly incidents: readonly Incident[];
  readonly deliveries: readonly NewDelivery[];
  /** Appended to the stored chain, oldest first; the chain's last commit is then `commit`. */
  readonly history: readonly CommitChanges[];
}

export interface NewDelivery {
  readonly id: string;
  readonly channel: string;
  readonly incident: string | null;
  readonly operation: "post" | "update" | "reply";
  /** JSON: { text, blocks? } */
  readonly payload: string;
  /** `dry_run`: kept as what would have been posted. */
  readonly status: "pending" | "dry_run";
  /** ISO 8601 UTC */
  readonly createdAt: string;
}

export interface Repositories {
  /** Makes exactly these the watched ones; those already known keep what is remembered of them, watched or not. */
  register(
    configured: readonly { id: string; branch: string | null }[],
    now: string,
  ): Promise<void>;
  /** The watched ones, by name. */
  list(): Promise<readonly RepositoryRow[]>;
  find(id: string): Promise<RepositoryRow | null>;
  /** Takes the lease of one that is due, oldest due first; null when none is. */
  claimDue(
    owner: string,
    nowMs: number,
    leaseMs: number,
  ): Promise<RepositoryRow | null>;
  /** Prolongs a lease. False when it is lost. */
  renew(id: string, owner: string, leaseUntilMs: number): Promise<boolean>;
  /** Gives the lease back and says when to look again. `error` counts a failed poll; null resets the count. */
  release(
    id: string,
    owner: string,
    after: {
      readonly nextPollMs: number;
      readonly polledAt: string;
      readonly error: string | null;
    },
  ): Promise<void>;
  /** Makes one due at once; one that is being polled is polled once more. */
  hurry(id: string): Promise<void>;
}

export interface History {
  /** The stored first-parent chain, newest first. */
  read(repository: string): Promise<readonly CommitChanges[]>;
  /** Forgets the stored chain and keeps `chain` (newest first) instead: at first sight and after a rewrite. */
  replace(repository: string, chain: readonly CommitChanges[]): Promise<void>;
}

export interface Evaluations {
  find(
    repository: string,
    commit: string,
    version: string,
  ): Promise<RepositoryStatus | null>;
  /** The version under which `find` would find it, without reading megabytes; null when there is none. */
  version(repository: string, commit: string): Promise<string | null>;
  /** That of the recorded head, whatever its version. */
  latest(repository: string): Promise<RepositoryStatus | null>;
  /** Keeps an evaluation that no poll made: the command line's. The newest eight of a repository are kept, and that of its head. */
  save(
    repository: string,
    version: string,
    status: RepositoryStatus,
  ): Promise<void>;
}

export interface Incidents {
  list(repository: string): Promise<readonly Incident[]>;
  /** Those that changed after `since` (exclusive, ISO 8601 UTC). */
  changedSince(repository: string, since: string): Promise<readonly Incident[]>;
  series(repository: string): Promise<ReadonlyMap<string, SeriesState>>;
}

export interface Subscription {
  readonly channel: string;
  readonly repository: string;
  readonly topics: readonly Topic[];
  readonly source: "config" | "command";
}

export interface Channels {
  find(id: string): Promise<ChannelRow | null>;
  list(): Promise<readonly ChannelRow[]>;
  /** Inserts the channel, or changes the fields that are given. */
  save(
    channel: { readonly id: string } & Partial<Omit<ChannelRow, "id">>,
    now: string,
  ): Promise<void>;
  subscriptionsOf(channel: string): Promise<readonly Subscription[]>;
  subscribers(repository: string): Promise<
    readonly (Subscription & {
      readonly timezone: string;
      readonly dryRun: boolean;
    })[]
  >;
  /** Adds topics to the channel's subscription, or makes one; inserts the channel when it is new (timezone UTC). */
  subscribe(subscription: Subscription, now: string): Promise<Subscription>;
  /** Removes topics, or all of it when `topics` is null. False when there was nothing to remove. */
  unsubscribe(
    channel: string,
    repository: string,
    topics: readonly Topic[] | null,
  ): Promise<boolean>;
}

/** `sent`, `retry` and `park` throw LeaseLost, and change nothing, when `owner` no longer holds the delivery. */
export interface Deliveries {
  /**
   * Takes the lease of the oldest delivery that is due, never passing one of the same channel that is still open: a channel's
   * messages keep their order. An expired lease makes a `sending` one due again: its outcome is then unknown (`attempts` > 0).
   */
  claimDue(
    owner: string,
    nowMs: number,
    leaseMs: number,
  ): Promise<DeliveryRow | null>;
  /** Marks it sent, and remembers `ts` as the incident's message unless it was a reply. An empty `ts`: nothing was posted. */
  sent(
    id: string,
    owner: string,
    result: { readonly ts: string; readonly at: string },
  ): Promise<void>;
  /** Leaves it for later. */
  retry(
    id: string,
    owner: string,
    again: { readonly atMs: number; readonly error: string },
  ): Promise<void>;
  /** Sets it aside until somebody acts. */
  park(id: string, owner: string, error: string): Promise<void>;
  /** A channel's parked deliveries are tried again. Returns how many. */
  unpark(channel: string): Promise<number>;
  /** Where an incident's message stands in a channel, or null. */
  messageOf(incident: string, channel: string): Promise<string | null>;
  /** How many there are of each status. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Newest first. */
  list(filter: {
    readonly channel?: string;
    readonly status?: string;
    readonly limit: number;
  }): Promise<readonly DeliveryRow[]>;
}

export interface Digests {
  /** Claims a slot and queues what it says, together. False when the slot was claimed before. */
  claim(
    slot: {
      readonly channel: string;
      readonly slot: string;
      readonly claimedAt: string;
      readonly until: string;
    },
    deliveries: readonly NewDelivery[],
  ): Promise<boolean>;
  /** The newest claimed slot of a channel. */
  last(
    channel: string,
  ): Promise<{ readonly slot: string; readonly until: string } | null>;
}
