import { answer, type Question } from "../core/answer.ts";
import { nearest, parseCommand, type Command } from "../core/command.ts";
import { firstOf } from "../core/firstOf.ts";
import type { RepositoryStatus } from "../core/status.ts";
import { digestMessage, skipPassedSlot } from "../jobs/digest.ts";
import { renderAnswer } from "../messages/answers.ts";
import type { Message, RenderContext } from "../messages/message.ts";
import { renderNotice } from "../messages/notice.ts";
import { renderHelp, renderUsage } from "../messages/usage.ts";
import type { RepositoryRow } from "../store/schema.ts";
import type { Store } from "../store/store.ts";

/** What a command needs; everything is answered from the store. */
export interface Replying {
  readonly store: Store;
  readonly now: () => Date;
  readonly link: (repository: string) => RenderContext["link"];
  readonly reschedule: (channel: string) => Promise<void>;
  /** The newest evaluation, kept parsed while it is the newest. */
  readonly latest: (row: RepositoryRow) => Promise<RepositoryStatus | null>;
}

export interface Reply {
  readonly message: Message;
  /** Subscription changes are shown to the channel; everything else to the one who asked. */
  readonly visible: boolean;
}

/** Answers what follows `/coverage`. Bad input changes nothing and is answered with its usage. */
export async function reply(
  text: string,
  channel: string,
  replying: Replying,
): Promise<Reply> {
  const parsed = parseCommand(text);
  if (parsed.kind === "error") return privately(renderUsage(parsed));
  return carryOut(parsed.command, channel, replying);
}

async function carryOut(
  command: Command,
  channel: string,
  replying: Replying,
): Promise<Reply> {
  const { store, now } = replying;
  switch (command.name) {
    case "status":
    case "phase":
    case "phases":
    case "gaps":
    case "claims":
      return privately(await ask(command, channel, replying));
    case "subscribe":
      return subscribe(command, channel, replying);
    case "unsubscribe":
      return unsubscribe(command, channel, replying);
    case "list":
      return privately(await list(channel, replying));
    case "digest":
      return setDigest(command, channel, replying);
    case "digestPreview": {
      const row = await store.channels.find(channel);
      const last = await store.digests.last(channel);
      const until = now().toISOString();
      const since =
        last?.until ??
        row?.created_at ??
        new Date(now().getTime() - 7 * 86_400_000).toISOString();
      const message = await digestMessage(
        { id: channel, timezone: row?.timezone ?? "UTC" },
        { since, until },
        replying,
      );
      return privately(
        message ??
          renderNotice(
            "Nothing to tell",
            `Nothing this channel is subscribed to has changed since ${since.slice(0, 16).replace("T", " ")} UTC. A digest with nothing in it is not sent.`,
          ),
      );
    }
    case "help":
      return privately(renderHelp(command.topic));
    case "doctor":
      return privately(await doctor(channel, replying));
    case "later":
      return privately(
        renderNotice(
          "Not in this version",
          `“${command.word}” is planned, but this version of phasewatch does not have it yet. \`/coverage help\` lists what it does have.`,
        ),
      );
  }
}

async function ask(
  question: Question,
  channel: string,
  replying: Replying,
): Promise<Message> {
  const chosen = await chooseRepository(question.repository, channel, replying);
  if ("message" in chosen) return chosen.message;
  const { row } = chosen;
  const status = await replying.latest(row);
  if (!status) {
    return renderNotice(
      `${row.id} has not been read yet`,
      row.last_error === null
        ? "Its first reading is under way. It takes seconds for most repositories, minutes for very large ones."
        : `The last attempt failed: ${row.last_error} phasewatch keeps trying.`,
    );
  }
  return renderAnswer(
    answer(question, {
      repository: row.id,
      status,
      polledAt: row.last_polled_at,
      now: replying.now().toISOString(),
    }),
    { repository: row.id, link: replying.link(row.id) },
  );
}

/** The named repository, else the channel's own, else the only one there is. */
async function chooseRepository(
  name: string | null,
  channel: string,
  { store }: Replying,
): Promise<{ row: RepositoryRow } | { message: Message }> {
  const rows = await store.repositories.list();
  if (name !== null) {
    const row = findByName(rows, name);
    return row ? { row } : { message: unknownRepository(name, rows) };
  }
  const subscribed = new Set(
    (await store.channels.subscriptionsOf(channel)).map(
      ({ repository }) => repository,
    ),
  );
  const own = rows.filter(({ id }) => subscribed.has(id));
  const candidates = own.length > 0 ? own : rows;
  const [only, second] = candidates;
  if (only && !second) return { row: only };
  return {
    message: only
      ? renderNotice(
          "Which repository?",
          `${own.length > 0 ? "This channel is subscribed to several" : "Several are watched"}: ${names(candidates)}. Add one to the command, for example \`/coverage phase 19 ${only.id}\`.`,
        )
      : renderNotice(
          "No repository is watched",
          "Add one under `repositories:` in phasewatch.yml and start phasewatch again.",
        ),
  };
}

async function subscribe(
  { repository, topics }: Extract<Command, { name: "subscribe" }>,
  channel: string,
  { store, now }: Replying,
): Promise<Reply> {
  const rows = await store.repositories.list();
  const row = findByName(rows, repository);
  if (!row) return privately(unknownRepository(repository, rows));
  const subscription = await store.channels.subscribe(
    { channel, repository: row.id, topics, source: "command" },
    now().toISOString(),
  );
  // Whoever subscribes has probably mended what kept earlier messages out: invited the bot, granted a right.
  const again = await store.deliveries.unpark(channel);
  return visibly(
    renderNotice(
      `Subscribed to ${row.id}`,
      [
        `This channel hears of ${spoken(subscription.topics)}. What is true already is not news; ask with \`/coverage\`. End it with \`/coverage unsubscribe ${row.id}\`.`,
        ...(again === 0
          ? []
          : [
              `${again === 1 ? "One message that was" : `${again} messages that were`} set aside ${again === 1 ? "is" : "are"} tried again.`,
            ]),
      ].join("\n"),
    ),
  );
}

async function unsubscribe(
  { repository, topics }: Extract<Command, { name: "unsubscribe" }>,
  channel: string,
  { store }: Replying,
): Promise<Reply> {
  const subscriptions = await store.channels.subscriptionsOf(channel);
  const known = subscriptions.find(
    (subscription) =>
      subscription.repository.toLowerCase() === repository.toLowerCase(),
  );
  if (
    !known ||
    !(await store.channels.unsubscribe(channel, known.repository, topics))
  ) {
    return privately(
      renderNotice(
        "Nothing to unsubscribe from",
        known
          ? `This channel's subscription to ${known.repository} is ${spoken(known.topics)}.`
          : subscriptions.length === 0
            ? "This channel has no subscription."
            : `This channel is subscribed to ${names(subscriptions.map((subscription) => ({ id: subscription.repository })))}.`,
      ),
    );
  }
  const left = (await store.channels.subscriptionsOf(channel)).find(
    (subscription) => subscription.repository === known.repository,
  );
  return visibly(
    renderNotice(
      `Unsubscribed from ${known.repository}`,
      left
        ? `This channel still hears of ${spoken(left.topics)}.`
        : "This channel hears nothing more of it. Messages already posted stay as they are.",
    ),
  );
}

async function list(channel: string, { store }: Replying): Promise<Message> {
  const row = await store.channels.find(channel);
  const subscriptions = await store.channels.subscriptionsOf(channel);
  if (subscriptions.length === 0) {
    const first = (await store.repositories.list())[0];
    return renderNotice(
      "This channel has no subscription",
      `Make one with \`/coverage subscribe ${first?.id ?? "owner/repo"}\`.`,
    );
  }
  const lines = subscriptions.map(
    ({ repository, topics, source }) =>
      `• ${repository}: ${spoken(topics)}${source === "config" ? " (from phasewatch.yml)" : ""}`,
  );
  const digest =
    row?.digest == null
      ? "No digest. Set one with `/coverage digest weekdays 09:00`."
      : `Digest: ${row.digest} ${row.timezone}.`;
  const dry =
    row?.dry_run === 1 ? "\nDry run: nothing is posted, only recorded." : "";
  return renderNotice(
    "This channel's subscriptions",
    `${lines.join("\n")}\n${digest}${dry}`,
  );
}

async function setDigest(
  { schedule, timezone }: Extract<Command, { name: "digest" }>,
  channel: string,
  replying: Replying,
): Promise<Reply> {
  const { store, now, reschedule } = replying;
  const at = now().toISOString();
  await store.channels.save(
    {
      id: channel,
      digest: schedule,
      digest_source: "command",
      ...(timezone === null ? {} : { timezone }),
    },
    at,
  );
  const row = await store.channels.find(channel);
  if (row) await skipPassedSlot(row, replying);
  await reschedule(channel);
  const subscribed = (await store.channels.subscriptionsOf(channel)).length > 0;
  return visibly(
    schedule === null
      ? renderNotice("Digest off", "This channel gets no digest any more.")
      : renderNotice(
          `Digest: ${schedule} ${row?.timezone ?? "UTC"}`,
          `This channel gets what changed since the last digest, and nothing when nothing did.${subscribed ? "" : " It has no subscription yet: `/coverage subscribe owner/repo`."}`,
        ),
  );
}

async function doctor(channel: string, { store, now }: Replying) {
  const rows = await store.repositories.list();
  const counts = await store.deliveries.counts();
  const parked = await store.deliveries.list({
    channel,
    status: "parked",
    limit: 3,
  });
  const lines = rows.map((row) => {
    const polled =
      row.last_polled_at === null
        ? "not looked at yet"
        : `looked at ${age(now(), row.last_polled_at)} ago`;
    const head = row.head === null ? "" : `, stands at ${row.head.slice(0, 7)}`;
    const problem =
      row.last_error === null
        ? ""
        : ` — ${row.failures} ${row.failures === 1 ? "poll" : "polls"} failed in a row: ${row.last_error}`;
    return `• ${row.id}: ${polled}${head}${problem}`;
  });
  const waiting = (counts["pending"] ?? 0) + (counts["sending"] ?? 0);
  return renderNotice(
    "Doctor",
    [
      ...(lines.length > 0 ? lines : ["No repository is watched."]),
      `Messages: ${waiting} waiting, ${counts["parked"] ?? 0} set aside, ${counts["sent"] ?? 0} sent.`,
      ...parked.map(
        ({ created_at, last_error }) =>
          `• set aside for this channel (${created_at.slice(0, 16)}): ${last_error ?? "unknown reason"}`,
      ),
      ...(parked.length > 0
        ? ["Once that is mended, `/coverage subscribe` tries them again."]
        : []),
      "Tokens and scopes are checked on the server: `phasewatch doctor`.",
    ].join("\n"),
  );
}

function unknownRepository(
  name: string,
  rows: readonly RepositoryRow[],
): Message {
  const near = nearest(
    name,
    rows.map(({ id }) => id),
  );
  return renderNotice(
    `“${name}” is not watched`,
    rows.length === 0
      ? "No repository is watched yet. Add one under `repositories:` in phasewatch.yml."
      : `${near ? `Did you mean ${near}? ` : ""}Watched: ${names(rows)}. Others are added under \`repositories:\` in phasewatch.yml.`,
  );
}

function findByName(
  rows: readonly RepositoryRow[],
  name: string,
): RepositoryRow | undefined {
  const wanted = name.toLowerCase();
  const exact = rows.find(({ id }) => id.toLowerCase() === wanted);
  if (exact) return exact;
  const byLastPart = rows.filter(
    ({ id }) => id.toLowerCase().split("/").at(-1) === wanted,
  );
  return byLastPart.length === 1 ? byLastPart[0] : undefined;
}

function names(rows: readonly { readonly id: string }[]): string {
  return firstOf(
    rows.map(({ id }) => id),
    10,
  );
}

function spoken(words: readonly string[]): string {
  return words.length < 2
    ? (words[0] ?? "nothing")
    : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function age(now: Date, iso: string): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(iso)) / 1000);
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

function privately(message: Message): Reply {
  return { message, visible: false };
}

function visibly(message: Message): Reply {
  return { message, visible: true };
}
