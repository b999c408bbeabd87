import type { WebClient } from "@slack/web-api";
import { expect, test } from "vitest";
import {
  act,
  BOT_TOKEN,
  client,
  QUALITY,
  RELEASES,
  section,
  workspace,
} from "./support.ts";

const channel = QUALITY.id;

/** The error that Slack named, or "ok". */
async function refused(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "ok",
    (error: { data?: { error?: string } }) => error.data?.error ?? "no answer",
  );
}

test("a message can be posted, edited in place, answered in its thread and deleted", async () => {
  await using slack = await workspace();
  const web = client(slack);

  const parent = await web.chat.postMessage({
    channel,
    text: "Phase 19 misses a target",
    blocks: [section("*Phase 19* misses a target")],
  });
  const ts = parent.ts ?? "";
  await web.chat.postMessage({ channel, thread_ts: ts, text: "Still missing" });
  await web.chat.update({ channel, ts, text: "Phase 19: resolved" });

  const { messages: thread } = await web.conversations.replies({ channel, ts });
  expect(thread).toMatchObject([
    {
      ts,
      text: "Phase 19: resolved",
      edited: { user: "U0PHASEWATCH" },
      reply_count: 1,
      thread_ts: ts,
    },
    { text: "Still missing", thread_ts: ts, bot_id: "B0PHASEWATCH" },
  ]);
  expect(thread?.[0]).not.toHaveProperty("blocks");

  await web.chat.delete({ channel, ts: thread?.[1]?.ts ?? "" });
  expect((await web.conversations.replies({ channel, ts })).messages).toEqual([
    expect.not.objectContaining({ reply_count: expect.anything() }),
  ]);
});

test("a reply to a reply joins the same thread, and the history shows parents only", async () => {
  await using slack = await workspace();
  const web = client(slack);
  const say = async (text: string, thread_ts?: string) =>
    (
      await web.chat.postMessage(
        thread_ts === undefined
          ? { channel, text }
          : { channel, text, thread_ts },
      )
    ).ts ?? "";

  const parent = await say("Parent");
  const reply = await say("Reply", parent);
  await say("Reply to the reply", reply);

  const { messages } = await web.conversations.replies({ channel, ts: parent });
  expect(messages?.map(({ text }) => text)).toEqual([
    "Parent",
    "Reply",
    "Reply to the reply",
  ]);
  const { messages: history } = await web.conversations.history({ channel });
  expect(history?.map(({ text }) => text)).toEqual(["Parent"]);
});

test("metadata is kept, shown when asked for, survives an edit and can be taken away", async () => {
  await using slack = await workspace();
  const web = client(slack);
  const metadata = {
    event_type: "phasewatch_delivery",
    event_payload: { id: "d-17" },
  };
  const { ts = "" } = await web.chat.postMessage({
    channel,
    text: "One",
    metadata,
  });
  const seen = async (include_all_metadata: boolean) =>
    (await web.conversations.history({ channel, include_all_metadata }))
      .messages?.[0]?.metadata;

  expect(await seen(false)).toBeUndefined();
  expect(await seen(true)).toEqual(metadata);
  await web.chat.update({ channel, ts, text: "Two" });
  expect(await seen(true)).toEqual(metadata);
  await web.apiCall("chat.update", {
    channel,
    ts,
    text: "Three",
    metadata: {},
  });
  expect(await seen(true)).toBeUndefined();
});

test("the history is newest first, in pages, within bounds", async () => {
  await using slack = await workspace();
  const web = client(slack);
  const all: string[] = [];
  for (const text of ["1", "2", "3", "4", "5"]) {
    all.push((await web.chat.postMessage({ channel, text })).ts ?? "");
  }
  await web.chat.postMessage({ channel: RELEASES.id, text: "Elsewhere" });
  const texts = async (
    more: Partial<Parameters<WebClient["conversations"]["history"]>[0]>,
  ) =>
    (await web.conversations.history({ channel, ...more })).messages?.map(
      ({ text }) => text,
    );

  const pages: unknown[] = [];
  let cursor = "";
  do {
    const page = await web.conversations.history({ channel, limit: 2, cursor });
    pages.push(page.messages?.map(({ text }) => text));
    cursor = page.response_metadata?.next_cursor ?? "";
  } while (cursor !== "");
  expect(pages).toEqual([["5", "4"], ["3", "2"], ["1"]]);
  expect(await texts({ oldest: all[1] ?? "", latest: all[3] ?? "" })).toEqual([
    "3",
  ]);
  expect(
    await texts({
      oldest: all[1] ?? "",
      latest: all[3] ?? "",
      inclusive: true,
    }),
  ).toEqual(["4", "3", "2"]);
  expect(await refused(texts({ limit: 0 }))).toBe("invalid_limit");
});

test("a thread comes in pages too, its parent first", async () => {
  await using slack = await workspace();
  const web = client(slack);
  const { ts = "" } = await web.chat.postMessage({ channel, text: "Parent" });
  for (const text of ["a", "b", "c"]) {
    await web.chat.postMessage({ channel, text, thread_ts: ts });
  }

  const first = await web.conversations.replies({ channel, ts, limit: 2 });
  const second = await web.conversations.replies({
    channel,
    ts,
    limit: 2,
    cursor: first.response_metadata?.next_cursor ?? "",
  });

  expect(first.messages?.map(({ text }) => text)).toEqual(["Parent", "a"]);
  expect(second.messages?.map(({ text }) => text)).toEqual(["b", "c"]);
  expect(second.has_more).toBe(false);
});

test("timestamps grow strictly, however many messages come in one millisecond and whatever the clock does", async () => {
  let at = Date.parse("2026-03-02T09:00:00Z");
  await using slack = await workspace({ now: () => new Date(at) });
  const web = client(slack);
  const ts: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    if (count === 3) at -= 60_000;
    ts.push((await web.chat.postMessage({ channel, text: "x" })).ts ?? "");
  }

  expect(ts).toEqual([
    "1772442000.000000",
    "1772442000.000001",
    "1772442000.000002",
    "1772442000.000003",
    "1772442000.000004",
  ]);
});

test("an ephemeral message is seen by the person and by no method", async () => {
  await using slack = await workspace();
  const web = client(slack);

  const { message_ts: ts = "" } = await web.chat.postEphemeral({
    channel,
    user: "U0YOU",
    text: "For you",
  });

  expect(slack.state().messages).toMatchObject([
    { text: "For you", onlyYou: true },
  ]);
  expect((await web.conversations.history({ channel })).messages).toEqual([]);
  expect([
    await refused(web.chat.update({ channel, ts, text: "Changed" })),
    await refused(web.chat.delete({ channel, ts })),
    await refused(web.conversations.replies({ channel, ts })),
    await refused(web.chat.postMessage({ channel, thread_ts: ts, text: "x" })),
    await refused(
      web.chat.postEphemeral({ channel, user: "U0OTHER", text: "x" }),
    ),
  ]).toEqual([
    "message_not_found",
    "message_not_found",
    "thread_not_found",
    "thread_not_found",
    "user_not_in_channel",
  ]);
});

test("only the bot's own messages can be edited or deleted", async () => {
  await using slack = await workspace();
  const web = client(slack);
  await act(slack, "/compose", { channel, text: "A person's words" });
  const ts = slack.state().messages[0]?.ts ?? "";

  expect([
    await refused(web.chat.update({ channel, ts, text: "Mine" })),
    await refused(web.chat.delete({ channel, ts })),
  ]).toEqual(["cant_update_message", "cant_delete_message"]);
});

test("what Slack would refuse is refused with the same word", async () => {
  await using slack = await workspace();
  const web = client(slack);
  const post = (body: Record<string, unknown>) =>
    refused(web.apiCall("chat.postMessage", { channel, ...body }));
  const { ts = "" } = await web.chat.postMessage({ channel, text: "Hello" });
  const update = (body: Record<string, unknown>) =>
    refused(web.apiCall("chat.update", { channel, ts, ...body }));

  expect({
    nothing: await post({}),
    emptyBlocks: await post({ blocks: [] }),
    elsewhere: await post({ channel: "C0NOWHERE", text: "x" }),
    notAList: await post({ text: "x", blocks: { type: "section" } }),
    notJson: await post({ text: "x", blocks: "[{" }),
    noType: await post({ text: "x", blocks: [{ text: "x" }] }),
    tooMany: await post({
      text: "x",
      blocks: Array.from({ length: 51 }, () => ({ type: "divider" })),
    }),
    tooLong: await post({ text: "x", blocks: [section("x".repeat(3_001))] }),
    noThread: await post({ text: "x", thread_ts: "1.000001" }),
    metadata: await post({ text: "x", metadata: { event_type: "x" } }),
    longEdit: await update({ text: "é".repeat(2_001) }),
    fittingEdit: await update({ text: "é".repeat(2_000) }),
    badEdit: await update({ text: "x", blocks: [section("")] }),
    badMetadata: await update({ text: "x", metadata: "{" }),
    goneEdit: await update({ text: "x", ts: "1.000001" }),
    strayEdit: await update({ text: "x", channel: "C0NOWHERE" }),
  }).toEqual({
    nothing: "no_text",
    emptyBlocks: "no_text",
    elsewhere: "channel_not_found",
    notAList: "invalid_blocks_format",
    notJson: "invalid_blocks_format",
    noType: "invalid_blocks_format",
    tooMany: "invalid_blocks",
    tooLong: "invalid_blocks",
    noThread: "thread_not_found",
    metadata: "invalid_metadata_format",
    longEdit: "msg_too_long",
    fittingEdit: "ok",
    badEdit: "invalid_blocks",
    badMetadata: "invalid_metadata_format",
    goneEdit: "message_not_found",
    strayEdit: "channel_not_found",
  });
  expect(slack.state().messages).toHaveLength(1);
});

test("a refusal of blocks says where and why", async () => {
  await using slack = await workspace();

  await expect(
    client(slack).chat.postMessage({
      channel,
      text: "x",
      blocks: [section("x".repeat(3_001))],
    }),
  ).rejects.toMatchObject({
    data: {
      response_metadata: {
        messages: [expect.stringContaining("/blocks/0/text/text")],
      },
    },
  });
});

test("who and where can be looked up", async () => {
  await using slack = await workspace();
  const web = client(slack);

  const me = await web.auth.test();
  expect(me).toMatchObject({ user: "phasewatch", team: "Preview" });
  expect((await web.bots.info({ bot: me.bot_id ?? "" })).bot?.user_id).toBe(
    me.user_id,
  );
  expect((await web.users.info({ user: "U0YOU" })).user?.is_bot).toBe(false);
  expect((await web.team.info()).team?.id).toBe(me.team_id);
  expect((await web.conversations.info({ channel })).channel).toMatchObject({
    name: "quality",
    is_member: true,
  });
  expect(
    (await web.conversations.list()).channels?.map(({ name }) => name),
  ).toEqual(["quality", "releases"]);
  expect(
    (await web.chat.postMessage({ channel: "#releases", text: "By name" }))
      .channel,
  ).toBe(RELEASES.id);
  expect([
    await refused(web.users.info({ user: "U0OTHER" })),
    await refused(web.bots.info({ bot: "B0OTHER" })),
    await refused(web.conversations.info({ channel: "C0NOWHERE" })),
    await refused(web.conversations.history({ channel: "C0NOWHERE" })),
    await refused(web.conversations.replies({ channel: "C0NOWHERE", ts: "1" })),
    await refused(
      web.chat.postEphemeral({
        channel: "C0NOWHERE",
        user: "U0YOU",
        text: "x",
      }),
    ),
    await refused(web.chat.postEphemeral({ channel, user: "U0YOU", text: "" })),
  ]).toEqual([
    "user_not_found",
    "bot_not_found",
    "channel_not_found",
    "channel_not_found",
    "channel_not_found",
    "channel_not_found",
    "no_text",
  ]);
});

test("a home view is checked, and a stale hash is a conflict", async () => {
  await using slack = await workspace();
  const web = client(slack);
  const publish = (more: Record<string, unknown>) =>
    web.apiCall("views.publish", {
      user_id: "U0YOU",
      view: { type: "home", blocks: [section("Hello")] },
      ...more,
    });

  await publish({});
  const { hash } = slack.state().home ?? {};
  await publish({ hash });

  expect([
    await refused(publish({ hash })),
    await refused(publish({ user_id: "U0OTHER" })),
    await refused(publish({ view: { type: "modal", blocks: [] } })),
    await refused(
      publish({ view: { type: "home", blocks: [{ type: "sonnet" }] } }),
    ),
  ]).toEqual([
    "hash_conflict",
    "user_not_found",
    "invalid_arguments",
    "invalid_arguments",
  ]);
});

test("a wrong token, no token and an unknown method are told apart", async () => {
  await using slack = await workspace();
  const call = async (method: string, init: RequestInit = {}) => {
    const response = await fetch(`${slack.apiUrl}${method}`, {
      method: "POST",
      ...init,
    });
    return [response.status, await response.json()] as const;
  };

  expect(await refused(client(slack, "xoxb-another").auth.test())).toBe(
    "invalid_auth",
  );
  expect(await call("auth.test")).toEqual([
    200,
    { ok: false, error: "not_authed" },
  ]);
  expect(await call("apps.connections.open")).toEqual([
    200,
    {
      ok: false,
      error: "unknown_method",
      req_method: "apps.connections.open",
    },
  ]);
  expect(await call("toString")).toMatchObject([
    200,
    { error: "unknown_method" },
  ]);
  expect(
    await call("auth.test", {
      body: new URLSearchParams({ token: BOT_TOKEN }),
    }),
  ).toMatchObject([200, { ok: true }]);
});

test("arguments may come as JSON, and JSON that is none is refused", async () => {
  await using slack = await workspace();
  const post = async (body: string) => {
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${BOT_TOKEN}`,
        "content-type": "application/json; charset=utf-8",
      },
      body,
    });
    return response.json();
  };

  expect(
    await post(JSON.stringify({ channel, blocks: [section("As JSON")] })),
  ).toMatchObject({ ok: true });
  expect(await post("{")).toEqual({ ok: false, error: "invalid_json" });
  expect(await post("[]")).toEqual({ ok: false, error: "invalid_json" });
});

test("api.test needs no token and gives back what it got", async () => {
  await using slack = await workspace();
  const web = client(slack, "");

  expect(await web.apiCall("api.test", { foo: "bar" })).toMatchObject({
    args: { foo: "bar" },
  });
  expect(await refused(web.api.test({ error: "my_error" }))).toBe("my_error");
});

test("faults come once each, in the order in which they were set, to the method they were set for", async () => {
  await using slack = await workspace();
  const web = client(slack);
  slack.failNext(
    "chat.postMessage",
    { kind: "rate_limited", retryAfterSeconds: 7 },
    { kind: "refused", error: "fatal_error", performed: true },
    { kind: "status", status: 503, performed: false },
    { kind: "cut", performed: true },
    { kind: "cut", performed: false },
    { kind: "delayed", ms: 30 },
  );
  const post = (text: string) => web.chat.postMessage({ channel, text });

  await expect(post("1")).rejects.toMatchObject({ retryAfter: 7 });
  await expect(post("2")).rejects.toMatchObject({
    data: { error: "fatal_error" },
  });
  await expect(post("3")).rejects.toMatchObject({ statusCode: 503 });
  await expect(post("4")).rejects.toThrow(/fetch failed/);
  await expect(post("5")).rejects.toThrow(/fetch failed/);
  expect(await refused(web.auth.test())).toBe("ok");
  const started = performance.now();
  await post("6");
  expect(performance.now() - started).toBeGreaterThanOrEqual(28);
  await post("7");

  expect(slack.state().messages.map(({ text }) => text)).toEqual([
    "2",
    "4",
    "6",
    "7",
  ]);
});

test("a block keeps the name it has, and one without gets one of its own", async () => {
  await using slack = await workspace();
  await client(slack).chat.postMessage({
    channel,
    text: "x",
    blocks: [{ ...section("a"), block_id: "mine" }, section("b"), section("c")],
  });

  const ids = slack.state().messages[0]?.blocks.map((block) => block.block_id);
  expect(ids?.[0]).toBe("mine");
  expect(new Set(ids).size).toBe(3);
  expect(ids).not.toContain(undefined);
});
