import { z } from "zod";
import { LONGEST_EDIT_BYTES } from "../messages/limits.ts";
import { parseJson, readContent, readHome, type Refusal } from "./content.ts";
import { APP_ID, BOT, PERSON, TEAM } from "./identities.ts";
import type { Metadata, ShownMessage, Timeline } from "./timeline.ts";

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
}

export type Fields = Readonly<Record<string, unknown>>;

/** What Slack puts in the body; the status is 200 for a refusal too. */
export type ApiAnswer =
  | { readonly ok: true; readonly [field: string]: unknown }
  | {
      readonly ok: false;
      readonly error: string;
      readonly [field: string]: unknown;
    };

interface Room {
  readonly timeline: Timeline;
  readonly channels: readonly Channel[];
  readonly url: string;
}

type Method = (fields: Fields, room: Room) => ApiAnswer;

const PAGE_SIZE = { usual: 100, most: 999 };

/** The Web API methods that the preview workspace speaks, by name. */
const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ["api.test", apiTest],
  ["auth.test", authTest],
  ["bots.info", botsInfo],
  ["chat.delete", chatDelete],
  ["chat.postEphemeral", chatPostEphemeral],
  ["chat.postMessage", chatPostMessage],
  ["chat.update", chatUpdate],
  ["conversations.history", conversationsHistory],
  ["conversations.info", conversationsInfo],
  ["conversations.list", conversationsList],
  ["conversations.replies", conversationsReplies],
  ["team.info", teamInfo],
  ["users.info", usersInfo],
  ["views.publish", viewsPublish],
]);

/** Answers one call as Slack would. `token` is what the caller showed, null when it showed none. */
export function callMethod(
  name: string,
  fields: Fields,
  token: string | null,
  room: Room & { readonly botToken: string },
): ApiAnswer {
  const method = METHODS.get(name);
  if (method === undefined) {
    return { ok: false, error: "unknown_method", req_method: name };
  }
  if (name !== "api.test") {
    if (token === null) return fail("not_authed");
    if (token !== room.botToken) return fail("invalid_auth");
  }
  return method(fields, room);
}

function apiTest(fields: Fields): ApiAnswer {
  return typeof fields["error"] === "string"
    ? { ok: false, error: fields["error"], args: fields }
    : { ok: true, args: fields };
}

function authTest(_fields: Fields, { url }: Room): ApiAnswer {
  return {
    ok: true,
    url: `${url}/`,
    team: TEAM.name,
    team_id: TEAM.id,
    user: BOT.name,
    user_id: BOT.userId,
    bot_id: BOT.botId,
    is_enterprise_install: false,
  };
}

function botsInfo(fields: Fields): ApiAnswer {
  const id = text(fields, "bot") ?? BOT.botId;
  if (id !== BOT.botId) return fail("bot_not_found");
  return {
    ok: true,
    bot: {
      id: BOT.botId,
      app_id: APP_ID,
      user_id: BOT.userId,
      name: BOT.name,
      deleted: false,
    },
  };
}

function chatPostMessage(fields: Fields, room: Room): ApiAnswer {
  const channel = findChannel(fields, room);
  if (channel === null) return fail("channel_not_found");
  const content = readContent(fields["text"], fields["blocks"]);
  if ("refused" in content) return refusal(content.refused);
  const metadata = readMetadata(fields["metadata"]);
  if (metadata === "invalid") return fail("invalid_metadata_format");
  const threadTs = text(fields, "thread_ts");
  const parent =
    threadTs === null ? null : room.timeline.find(channel.id, threadTs);
  if (threadTs !== null && (parent === null || parent.onlyYou)) {
    return fail("thread_not_found");
  }
  const message = room.timeline.post({
    channel: channel.id,
    author: "bot",
    text: content.text,
    blocks: content.blocks ?? [],
    metadata: metadata ?? null,
    // A reply to a reply belongs to the same thread: Slack has one level only.
    threadTs: parent === null ? null : (parent.threadTs ?? parent.ts),
  });
  return {
    ok: true,
    channel: channel.id,
    ts: message.ts,
    message: asSlackShows(message, room.timeline, true),
  };
}

function chatPostEphemeral(fields: Fields, room: Room): ApiAnswer {
  const channel = findChannel(fields, room);
  if (channel === null) return fail("channel_not_found");
  if (fields["user"] !== PERSON.id) return fail("user_not_in_channel");
  const content = readContent(fields["text"], fields["blocks"]);
  if ("refused" in content) return refusal(content.refused);
  const message = room.timeline.post({
    channel: channel.id,
    author: "bot",
    text: content.text,
    blocks: content.blocks ?? [],
    threadTs: text(fields, "thread_ts"),
    onlyYou: true,
  });
  return { ok: true, message_ts: message.ts };
}

function chatUpdate(fields: Fields, room: Room): ApiAnswer {
  const found = findOwnMessage(fields, room, "cant_update_message");
  if ("error" in found) return found;
  const content = readContent(fields["text"], fields["blocks"]);
  if ("refused" in content) return refusal(content.refused);
  if (Buffer.byteLength(content.text) > LONGEST_EDIT_BYTES) {
    return fail("msg_too_long");
  }
  const metadata = readMetadata(fields["metadata"]);
  if (metadata === "invalid") return fail("invalid_metadata_format");
  const edited = room.timeline.edit(found.message, {
    text: content.text,
    // A text without blocks takes the old blocks away (docs.slack.dev, chat.update).
    blocks: content.blocks ?? [],
    // Metadata that is not mentioned stays; an empty object takes it away.
    ...(metadata === undefined ? {} : { metadata }),
  });
  return {
    ok: true,
    channel: edited.channel,
    ts: edited.ts,
    text: edited.text,
    message: asSlackShows(edited, room.timeline, true),
  };
}

function chatDelete(fields: Fields, room: Room): ApiAnswer {
  const found = findOwnMessage(fields, room, "cant_delete_message");
  if ("error" in found) return found;
  room.timeline.remove(found.message);
  return { ok: true, channel: found.message.channel, ts: found.message.ts };
}

function conversationsHistory(fields: Fields, room: Room): ApiAnswer {
  const channel = findChannel(fields, room);
  if (channel === null) return fail("channel_not_found");
  const newestFirst = within(
    room.timeline.history(channel.id),
    fields,
  ).toReversed();
  // The cursor is the `ts` that the page before ended with.
  const cursor = text(fields, "cursor");
  const rest =
    cursor === null
      ? newestFirst
      : newestFirst.filter((message) => Number(message.ts) < Number(cursor));
  return pageOf(rest, fields, room.timeline);
}

function conversationsReplies(fields: Fields, room: Room): ApiAnswer {
  const channel = findChannel(fields, room);
  if (channel === null) return fail("channel_not_found");
  const ts = text(fields, "ts");
  const parent = ts === null ? null : room.timeline.find(channel.id, ts);
  if (parent === null || parent.onlyYou) return fail("thread_not_found");
  const replies = within(room.timeline.replies(channel.id, parent.ts), fields);
  const cursor = text(fields, "cursor");
  return cursor === null
    ? pageOf([parent, ...replies], fields, room.timeline)
    : pageOf(
        replies.filter((message) => Number(message.ts) > Number(cursor)),
        fields,
        room.timeline,
      );
}

function conversationsInfo(fields: Fields, room: Room): ApiAnswer {
  const channel = findChannel(fields, room);
  return channel === null
    ? fail("channel_not_found")
    : { ok: true, channel: describeChannel(channel) };
}

function conversationsList(_fields: Fields, { channels }: Room): ApiAnswer {
  return {
    ok: true,
    channels: channels.map(describeChannel),
    response_metadata: { next_cursor: "" },
  };
}

function teamInfo(): ApiAnswer {
  return { ok: true, team: { ...TEAM } };
}

function usersInfo(fields: Fields): ApiAnswer {
  const user = [
    { id: PERSON.id, name: PERSON.name, is_bot: false },
    { id: BOT.userId, name: BOT.name, is_bot: true },
  ].find(({ id }) => id === fields["user"]);
  return user === undefined
    ? fail("user_not_found")
    : {
        ok: true,
        user: {
          ...user,
          team_id: TEAM.id,
          deleted: false,
          real_name: user.name,
          tz: "Etc/UTC",
          tz_offset: 0,
        },
      };
}

function viewsPublish(fields: Fields, { timeline }: Room): ApiAnswer {
  if (fields["user_id"] !== PERSON.id) return fail("user_not_found");
  const view = readHome(fields["view"]);
  if ("refused" in view) return refusal(view.refused);
  const hash = text(fields, "hash");
  if (hash !== null && hash !== timeline.home?.hash) {
    return fail("hash_conflict");
  }
  const home = timeline.publish(view);
  return { ok: true, view: { type: "home", team_id: TEAM.id, ...home } };
}

/** A message as `conversations.history` and the interactivity payload show it. */
export function asSlackShows(
  message: ShownMessage,
  timeline: Timeline,
  withMetadata: boolean,
): Record<string, unknown> {
  const replies = timeline.replies(message.channel, message.ts);
  const fromBot = message.author === "bot";
  return {
    type: "message",
    ts: message.ts,
    text: message.text,
    team: TEAM.id,
    user: fromBot ? BOT.userId : PERSON.id,
    ...(fromBot ? { bot_id: BOT.botId, app_id: APP_ID } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.editedTs === null
      ? {}
      : { edited: { user: BOT.userId, ts: message.editedTs } }),
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(replies.length === 0
      ? {}
      : {
          thread_ts: message.ts,
          reply_count: replies.length,
          latest_reply: replies.at(-1)?.ts,
        }),
    ...(withMetadata && message.metadata !== null
      ? { metadata: message.metadata }
      : {}),
  };
}

function findChannel(fields: Fields, { channels }: Room): Channel | null {
  const wanted = text(fields, "channel")?.replace(/^#/, "");
  return (
    channels.find(({ id, name }) => id === wanted || name === wanted) ?? null
  );
}

function findOwnMessage(
  fields: Fields,
  room: Room,
  notYours: string,
): { message: ShownMessage } | (ApiAnswer & { ok: false }) {
  const channel = findChannel(fields, room);
  if (channel === null) return fail("channel_not_found");
  const ts = text(fields, "ts");
  const message = ts === null ? null : room.timeline.find(channel.id, ts);
  // An ephemeral message has a `ts` that no method accepts.
  if (message === null || message.onlyYou) return fail("message_not_found");
  return message.author === "bot" ? { message } : fail(notYours);
}

const metadataShape = z.object({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
});

/** Undefined when it was not mentioned, null when it is to be taken away. */
function readMetadata(given: unknown): Metadata | null | undefined | "invalid" {
  if (given === undefined || given === "") return undefined;
  const value = parseJson(given);
  if (
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length === 0
  ) {
    return null;
  }
  const parsed = metadataShape.safeParse(value);
  return parsed.success ? parsed.data : "invalid";
}

function within(
  messages: readonly ShownMessage[],
  fields: Fields,
): readonly ShownMessage[] {
  const oldest = Number(text(fields, "oldest") ?? 0);
  const latest = Number(text(fields, "latest") ?? Infinity);
  const inclusive = isTrue(fields["inclusive"]);
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return inclusive
      ? at >= oldest && at <= latest
      : at > oldest && at < latest;
  });
}

function pageOf(
  messages: readonly ShownMessage[],
  fields: Fields,
  timeline: Timeline,
): ApiAnswer {
  const asked = Number(text(fields, "limit") ?? PAGE_SIZE.usual);
  if (!Number.isInteger(asked) || asked < 1) return fail("invalid_limit");
  const page = messages.slice(0, Math.min(asked, PAGE_SIZE.most));
  const more = messages.length > page.length;
  return {
    ok: true,
    messages: page.map((message) =>
      asSlackShows(message, timeline, isTrue(fields["include_all_metadata"])),
    ),
    has_more: more,
    response_metadata: { next_cursor: (more && page.at(-1)?.ts) || "" },
  };
}

function describeChannel({ id, name, purpose }: Channel) {
  return {
    id,
    name,
    is_channel: true,
    is_private: false,
    is_archived: false,
    is_member: true,
    purpose: { value: purpose },
    topic: { value: "" },
  };
}

/** A field that is there and says something; numbers come as numbers in JSON bodies. */
function text(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true" || value === "1";
}

function fail(error: string): ApiAnswer & { ok: false } {
  return { ok: false, error };
}

/** The SDK logs what stands in `response_metadata.messages`. */
function refusal({ error, details }: Refusal): ApiAnswer {
  return {
    ok: false,
    error,
    errors: details,
    response_metadata: {
      messages: details.map((detail) => `[ERROR] ${detail}`),
    },
  };
}
