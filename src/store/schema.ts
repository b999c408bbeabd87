/**
 * The one schema, for SQLite and PostgreSQL alike: text, integers and JSON as text, times as ISO 8601 UTC text
 * or, where they are compared by the database, as integer milliseconds since 1970 (`…_ms`).
 */
export interface Schema {
  repository: RepositoryRow;
  reading: ReadingRow;
  history_commit: HistoryCommitRow;
  evaluation: EvaluationRow;
  observation: ObservationRow;
  series: SeriesRow;
  incident: IncidentRow;
  channel: ChannelRow;
  subscription: SubscriptionRow;
  message: MessageRow;
  delivery: DeliveryRow;
  digest_slot: DigestSlotRow;
}

/** A repository that is watched. Work is due when `next_poll_ms` has passed and no lease holds it. */
export interface RepositoryRow {
  /** `acme/shop`: the name people use. */
  id: string;
  branch: string | null;
  /** The last commit whose evaluation, incidents and deliveries are all written. */
  head: string | null;
  next_poll_ms: number;
  lease_owner: string | null;
  lease_until_ms: number | null;
  /** Polls that failed in a row. */
  failures: number;
  last_error: string | null;
  last_polled_at: string | null;
  first_seen_at: string | null;
}

/** What one blob turned out to say. Content-addressed: shared by every repository and commit that holds the blob. */
export interface ReadingRow {
  blob: string;
  /** What it was read as: `plan`, `summary`, `artifact` … : the same bytes read differently are two readings. */
  role: string;
  /** Version of the readers; a newer program reads again. */
  version: string;
  value: string;
}

/** The first-parent chain of a watched branch, with what each commit changed among the watched paths. */
export interface HistoryCommitRow {
  repository_id: string;
  /** Grows from old to new; backfilled commits go below the first one seen. */
  position: number;
  sha: string;
  /** JSON: string[] */
  parents: string;
  at: string;
  subject: string;
  /** JSON: Change[] */
  changes: string;
}

/** A whole RepositoryStatus, as JSON. */
export interface EvaluationRow {
  /** Total order of writing: the newest of a repository are kept. */
  sequence: number;
  repository_id: string;
  commit_sha: string;
  version: string;
  at: string;
  status: string;
}

/** One artifact at one commit, as integers: what trends and comparisons read. */
export interface ObservationRow {
  repository_id: string;
  path: string;
  commit_sha: string;
  blob: string;
  at: string;
  basis: string;
  trust: string;
  covered: number | null;
  total: number | null;
  files: number | null;
}

export interface SeriesRow {
  repository_id: string;
  /** The artifact's path. */
  key: string;
  /** JSON: SeriesState of core/judge/regressions.ts */
  state: string;
}

export interface IncidentRow {
  id: string;
  repository_id: string;
  key: string;
  state: string;
  /** JSON: News */
  news: string;
  opened_at: string;
  opened_commit: string;
  changed_at: string;
  resolved_at: string | null;
}

export interface ChannelRow {
  id: string;
  team_id: string | null;
  timezone: string;
  /** `weekdays 09:00`, or null for none. */
  digest: string | null;
  /** Who set `digest`: `config` (phasewatch.yml) or `command` (a person in the channel, whose word stays when the file says otherwise). */
  digest_source: string;
  /** 0 or 1 */
  dry_run: number;
  created_at: string;
}

export interface SubscriptionRow {
  channel_id: string;
  repository_id: string;
  /** JSON: Topic[] */
  topics: string;
  /** `config` (phasewatch.yml) or `command` (a person in the channel). */
  source: string;
  created_at: string;
}

/** The living message of an incident in a channel. */
export interface MessageRow {
  incident_id: string;
  channel_id: string;
  ts: string;
}

/** One message to be sent, edited or added to a thread. The outbox. */
export interface DeliveryRow {
  id: string;
  /** Total order of writing; a channel's deliveries go out in this order. */
  sequence: number;
  channel_id: string;
  incident_id: string | null;
  /** `post`, `update` (edit the incident's message) or `reply` (in its thread). */
  operation: string;
  /** JSON: { text, blocks? } */
  payload: string;
  /** `pending`, `sending`, `sent`, `parked` (somebody must act), `dry_run` (would have been posted). */
  status: string;
  attempts: number;
  next_attempt_ms: number;
  lease_owner: string | null;
  lease_until_ms: number | null;
  created_at: string;
  sent_at: string | null;
  ts: string | null;
  last_error: string | null;
}

/** A digest that was due: the row is the claim, so two replicas never send one slot twice. */
export interface DigestSlotRow {
  channel_id: string;
  /** `2026-02-18T09:00 Europe/Berlin` */
  slot: string;
  claimed_at: string;
  /** The deliveries' news it covers goes up to here. */
  until: string;
}
