import type { Kysely } from "kysely";
import { sql } from "../kysely.ts";

/** The tables of schema.ts, which says what their columns mean. PostgreSQL will differ in nothing but `autoincrement`. */
const STATEMENTS = [
  `create table repository (
    id text primary key not null,
    branch text,
    head text,
    next_poll_ms bigint not null,
    lease_owner text,
    lease_until_ms bigint,
    failures integer not null,
    last_error text,
    last_polled_at text,
    first_seen_at text
  )`,
  `create table reading (
    blob text not null,
    role text not null,
    version text not null,
    value text not null,
    primary key (blob, role)
  )`,
  `create table history_commit (
    repository_id text not null,
    position integer not null,
    sha text not null,
    parents text not null,
    at text not null,
    subject text not null,
    changes text not null,
    primary key (repository_id, position),
    unique (repository_id, sha)
  )`,
  `create table evaluation (
    sequence integer primary key autoincrement,
    repository_id text not null,
    commit_sha text not null,
    version text not null,
    at text not null,
    status text not null,
    unique (repository_id, commit_sha)
  )`,
  `create table observation (
    repository_id text not null references repository (id),
    path text not null,
    commit_sha text not null,
    blob text not null,
    at text not null,
    basis text not null,
    trust text not null,
    covered integer,
    total integer,
    files integer,
    primary key (repository_id, path, commit_sha)
  )`,
  `create table series (
    repository_id text not null references repository (id),
    key text not null,
    state text not null,
    primary key (repository_id, key)
  )`,
  `create table incident (
    id text primary key not null,
    repository_id text not null references repository (id),
    key text not null,
    state text not null,
    news text not null,
    opened_at text not null,
    opened_commit text not null,
    changed_at text not null,
    resolved_at text
  )`,
  "create index incident_of_repository on incident (repository_id)",
  `create table channel (
    id text primary key not null,
    team_id text,
    timezone text not null,
    digest text,
    digest_source text not null,
    dry_run integer not null,
    created_at text not null
  )`,
  `create table subscription (
    channel_id text not null references channel (id),
    repository_id text not null,
    topics text not null,
    source text not null,
    created_at text not null,
    primary key (channel_id, repository_id)
  )`,
  "create index subscription_to_repository on subscription (repository_id)",
  `create table message (
    incident_id text not null references incident (id),
    channel_id text not null,
    ts text not null,
    primary key (incident_id, channel_id)
  )`,
  `create table delivery (
    sequence integer primary key autoincrement,
    id text not null unique,
    channel_id text not null,
    incident_id text references incident (id),
    operation text not null,
    payload text not null,
    status text not null,
    attempts integer not null,
    next_attempt_ms bigint not null,
    lease_owner text,
    lease_until_ms bigint,
    created_at text not null,
    sent_at text,
    ts text,
    last_error text
  )`,
  "create index delivery_by_status on delivery (status, channel_id, sequence)",
  `create table digest_slot (
    channel_id text not null,
    slot text not null,
    claimed_at text not null,
    until text not null,
    primary key (channel_id, slot)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
