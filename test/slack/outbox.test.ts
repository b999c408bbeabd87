import { once } from "node:events";
import { createServer } from "node:http";
import { WebClient } from "@slack/web-api";
import { LogLevel } from "@slack/bolt";
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  onTestFinished,
  test,
} from "vitest";
import { renderNotice } from "../../src/messages/notice.ts";
import type { Fault } from "../../src/preview/faults.ts";
import type { Workspace } from "../../src/preview/workspace.ts";
import { slackOutbox } from "../../src/slack/outbox.ts";
import { client, QUALITY, workspace } from "../preview/support.ts";
import { portOf } from "../support/portOf.ts";

let slack: Workspace;
beforeAll(async () => {
  slack = await workspace();
});
afterAll(() => slack[Symbol.asyncDispose]());

const MESSAGE = renderNotice(
  "Phase 19 misses a target",
  "22.0 % (830 / 3,776)",
);
const PLACE = { deliveryId: "d1", thread: null };
const SINCE = { thread: null, since: "2026-02-18T09:00:00Z" };

const outboxAt = (apiUrl: string) => slackOutbox(client({ ...slack, apiUrl }));
const post = (apiUrl = slack.apiUrl) =>
  outboxAt(apiUrl).post(QUALITY.id, MESSAGE, PLACE);
const refused = (error: string): Fault => ({
  kind: "refused",
  error,
  performed: false,
});

describe("A post", () => {
  test("carries its delivery's id where only programs see it, and unfolds no links", async () => {
    const sent = await post();
    const message = slack.state().messages.at(-1);
    expect(sent).toEqual({ kind: "sent", ts: message?.ts });
    expect(message?.metadata).toEqual({
      event_type: "phasewatch_delivery",
      event_payload: { id: "d1" },
    });
    expect(message?.text).toMatch(/^Phase 19 misses a target/);
  });

  test.each([
    ["channel_not_found", { kind: "refused", error: "channel_not_found" }],
    ["not_in_channel", { kind: "refused", error: "not_in_channel" }],
    ["is_archived", { kind: "refused", error: "is_archived" }],
    ["token_revoked", { kind: "refused", error: "token_revoked" }],
    // A thread that is gone takes its replies along.
    ["thread_not_found", { kind: "gone", error: "thread_not_found" }],
    ["ratelimited", { kind: "later", afterMs: null, error: "ratelimited" }],
    [
      "message_limit_exceeded",
      { kind: "later", afterMs: null, error: "message_limit_exceeded" },
    ],
    ["fatal_error", { kind: "unknown", error: "fatal_error" }],
    ["internal_error", { kind: "unknown", error: "internal_error" }],
    // Not one of Slack's words: something between answered in its place.
    [
      "<html>Bad gateway</html>",
      { kind: "unknown", error: "<html>Bad gateway</html>" },
    ],
  ])("that ends with %s is told apart", async (error, outcome) => {
    slack.failNext("chat.postMessage", refused(error));
    expect(await post()).toEqual(outcome);
  });

  test.each([
    [400, { kind: "later", afterMs: null, error: "HTTP 400" }],
    [403, { kind: "later", afterMs: null, error: "HTTP 403" }],
    [500, { kind: "unknown", error: expect.stringMatching(/500/) }],
    [503, { kind: "unknown", error: expect.stringMatching(/503/) }],
  ])("that ends with HTTP %i is told apart", async (status, outcome) => {
    slack.failNext("chat.postMessage", {
      kind: "status",
      status,
      performed: false,
    });
    expect(await post()).toEqual(outcome);
  });

  test("that is limited says how long to wait", async () => {
    slack.failNext("chat.postMessage", {
      kind: "rate_limited",
      retryAfterSeconds: 12,
    });
    expect(await post()).toEqual({
      kind: "later",
      afterMs: 12_000,
      error: "rate limited",
    });
  });

  test("whose answer never came may have been posted", async () => {
    slack.failNext("chat.postMessage", { kind: "cut", performed: true });
    expect(await post()).toMatchObject({ kind: "unknown" });
    slack.failNext("chat.postMessage", { kind: "delayed", ms: 600 });
    const impatient = new WebClient("xoxb-of-the-tests", {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      timeout: 100,
      logLevel: LogLevel.ERROR,
    });
    expect(
      await slackOutbox(impatient).post(QUALITY.id, MESSAGE, PLACE),
    ).toMatchObject({ kind: "unknown" });
  });

  test("that never left may be sent again without looking", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const port = portOf(server);
    server.close();
    await once(server, "close");
    expect(await post(`http://127.0.0.1:${port}/api/`)).toMatchObject({
      kind: "later",
      afterMs: null,
    });
  });

  test.each(["invalid_blocks", "invalid_blocks_format", "msg_too_long"])(
    "whose layout is refused with %s is sent as plain text",
    async (error) => {
      slack.failNext("chat.postMessage", refused(error));
      expect(await post()).toMatchObject({ kind: "sent" });
      expect(slack.state().messages.at(-1)?.blocks).toEqual([]);
    },
  );

  test("whose plain text is refused too ends as that ends", async () => {
    slack.failNext(
      "chat.postMessage",
      refused("invalid_blocks"),
      refused("is_archived"),
    );
    expect(await post()).toEqual({ kind: "refused", error: "is_archived" });
    slack.failNext(
      "chat.postMessage",
      refused("invalid_blocks"),
      refused("msg_too_long"),
    );
    expect(await post()).toEqual({ kind: "refused", error: "msg_too_long" });
  });
});

describe("An edit", () => {
  test("changes the message in place", async () => {
    const sent = await post();
    if (sent.kind !== "sent") throw new Error(sent.error);
    const before = slack.state().messages.length;
    expect(
      await slackOutbox(client(slack)).update(
        QUALITY.id,
        sent.ts,
        renderNotice("Phase 19 meets its target", "25.1 %"),
      ),
    ).toEqual(sent);
    const { messages } = slack.state();
    expect(messages).toHaveLength(before);
    expect(messages.at(-1)?.text).toMatch(/^Phase 19 meets its target/);
    // What was posted under an id can still be found by it.
    expect(messages.at(-1)?.metadata?.event_payload).toEqual({ id: "d1" });
  });

  test.each(["message_not_found", "cant_update_message", "edit_window_closed"])(
    "of a message that is beyond reach says so: %s",
    async (error) => {
      slack.failNext("chat.update", refused(error));
      expect(
        await slackOutbox(client(slack)).update(QUALITY.id, "1.0", MESSAGE),
      ).toEqual({ kind: "gone", error });
    },
  );
});

describe("A look-up", () => {
  const find = (
    id: string,
    place: Parameters<ReturnType<typeof slackOutbox>["find"]>[2] = SINCE,
  ) => slackOutbox(client(slack)).find(QUALITY.id, id, place);

  test("finds what was posted, and nothing else", async () => {
    const sent = await slackOutbox(client(slack)).post(QUALITY.id, MESSAGE, {
      deliveryId: "to be found",
      thread: null,
    });
    expect(await find("to be found")).toEqual(sent);
    expect(await find("never posted")).toBeNull();
  });

  test("does not look at what is older than the delivery", async () => {
    await slackOutbox(client(slack)).post(QUALITY.id, MESSAGE, {
      deliveryId: "old",
      thread: null,
    });
    const since = new Date(Date.now() + 120_000).toISOString();
    expect(await find("old", { thread: null, since })).toBeNull();
  });

  test("gives up on a channel where too much was said, rather than post twice", async () => {
    let pages = 0;
    const server = createServer((_request, response) => {
      pages++;
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({
          ok: true,
          messages: [{ type: "message", ts: "1.0", text: "Hello." }],
          response_metadata: { next_cursor: `page ${pages}` },
        }),
      );
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.close();
    });
    expect(
      await outboxAt(`http://127.0.0.1:${portOf(server)}/api/`).find(
        QUALITY.id,
        "buried",
        SINCE,
      ),
    ).toEqual({
      kind: "refused",
      error: expect.stringMatching(/not among the 4000 newest messages/),
    });
    expect(pages).toBe(20);
  });

  test("in a thread that is gone finds nothing", async () => {
    expect(
      await find("reply", { thread: "1.000000", since: SINCE.since }),
    ).toBeNull();
  });
});
