import { expect, test } from "vitest";
import type { SavedWorkspace } from "../../src/preview/timeline.ts";
import {
  act,
  home,
  QUALITY,
  section,
  workspace,
  workspaceWithBot,
} from "./support.ts";

const ask = (text: string) => ({ channel: QUALITY.id, text });

test("a slash command reaches a real Bolt app, and its acknowledgement is shown to the person alone", async () => {
  const heard: string[] = [];
  await using both = await workspaceWithBot((app) => {
    app.command("/coverage", async ({ command, ack }) => {
      heard.push(
        `${command.command} ${command.text} by ${command.user_id} in #${command.channel_name}`,
      );
      await ack({
        text: "Phase 19: 22.0 %",
        blocks: [section("*Phase 19*: 22.0 % (830 / 3,776 statements)")],
      });
    });
  });

  await act(both.slack, "/compose", ask("/coverage phase 19"));

  expect(heard).toEqual(["/coverage phase 19 by U0YOU in #quality"]);
  const [typed, answer] = both.slack.state().messages;
  expect(typed).toMatchObject({
    author: "person",
    text: "/coverage phase 19",
    onlyYou: true,
  });
  expect(answer).toMatchObject({
    author: "bot",
    onlyYou: true,
    text: "Phase 19: 22.0 %",
    blocks: [section("*Phase 19*: 22.0 % (830 / 3,776 statements)")],
  });
  expect(answer?.answeredInMs).toBeGreaterThanOrEqual(0);
});

test("an acknowledgement of plain words is a message too, and in_channel shows it to everybody", async () => {
  await using both = await workspaceWithBot((app) => {
    app.command("/coverage", async ({ command, ack }) =>
      command.text === "help"
        ? ack("Try `/coverage phase 19`")
        : ack({ response_type: "in_channel", text: "Subscribed to acme/shop" }),
    );
  });

  await act(both.slack, "/compose", ask("/coverage help"));
  await act(both.slack, "/compose", ask("/coverage subscribe acme/shop"));

  expect(
    both.slack
      .state()
      .messages.filter(({ author }) => author === "bot")
      .map(({ text, onlyYou }) => ({ text, onlyYou })),
  ).toEqual([
    { text: "Try `/coverage phase 19`", onlyYou: true },
    { text: "Subscribed to acme/shop", onlyYou: false },
  ]);
});

test("the answer may come later through the response_url, and the time it took stands beside it", async () => {
  await using both = await workspaceWithBot((app) => {
    app.command("/coverage", async ({ ack, respond }) => {
      await ack();
      await new Promise((resolve) => setTimeout(resolve, 60));
      await respond("All three targets met");
    });
  });

  await act(both.slack, "/compose", ask("/coverage"));
  const { messages } = await both.slack.waitFor(({ messages: all }) =>
    all.some(({ text }) => text === "All three targets met"),
  );

  expect(messages.at(-1)).toMatchObject({ author: "bot", onlyYou: true });
  expect(messages.at(-1)?.answeredInMs).toBeGreaterThanOrEqual(55);
});

test("a response_url takes five posts and no sixth", async () => {
  const outcomes: string[] = [];
  await using both = await workspaceWithBot((app) => {
    app.command("/coverage", async ({ ack, respond }) => {
      await ack();
      for (let post = 1; post <= 6; post += 1) {
        await respond(`Post ${post}`).then(
          () => outcomes.push("ok"),
          (error: { statusCode: number }) =>
            outcomes.push(String(error.statusCode)),
        );
      }
    });
  });

  await act(both.slack, "/compose", ask("/coverage"));
  await expect.poll(() => outcomes).toHaveLength(6);

  expect(outcomes).toEqual(["ok", "ok", "ok", "ok", "ok", "404"]);
  expect(both.slack.state().messages.at(-1)?.text).toBe("Post 5");
});

test("a response_url is worth nothing after thirty minutes", async () => {
  let now = new Date("2026-03-02T09:00:00Z");
  let responseUrl = "";
  await using both = await workspaceWithBot(
    (app) => {
      app.command("/coverage", async ({ command, ack }) => {
        responseUrl = command.response_url;
        await ack();
      });
    },
    { now: () => now },
  );
  await act(both.slack, "/compose", ask("/coverage"));
  const post = () =>
    fetch(responseUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: "Here it is" }),
    });

  now = new Date("2026-03-02T09:29:59Z");
  expect((await post()).status).toBe(200);
  now = new Date("2026-03-02T09:30:00Z");
  const late = await post();

  expect(late.status).toBe(404);
  expect(await late.json()).toEqual({ ok: false, error: "expired_url" });
  const old = responseUrl;
  await act(both.slack, "/compose", ask("/coverage"));
  expect((await post()).status).toBe(200);
  responseUrl = old;
  expect((await post()).status).toBe(404);
});

test("a bot that says nothing for three seconds has failed, as Slack words it", async () => {
  await using both = await workspaceWithBot((app) => {
    app.command("/coverage", async () => {
      await new Promise((resolve) => setTimeout(resolve, 3_600));
    });
  });

  await act(both.slack, "/compose", ask("/coverage"));

  expect(both.slack.state().messages.at(-1)).toMatchObject({
    author: "slack",
    onlyYou: true,
    text: '/coverage failed with the error "operation_timeout"',
  });
});

test("a bot that is not there has failed, and the workspace goes on", async () => {
  await using slack = await workspace();

  await act(slack, "/compose", ask("/coverage"));
  await act(slack, "/compose", ask("Is the bot away?"));

  expect(
    slack
      .state()
      .messages.slice(1)
      .map(({ text }) => text),
  ).toEqual([
    '/coverage failed with the error "dispatch_failed"',
    "Is the bot away?",
  ]);
});

test("requests signed with another secret are refused by the bot", async () => {
  await using both = await workspaceWithBot(
    (app) => {
      app.command("/coverage", async ({ ack }) => ack("Come in"));
    },
    { signingSecret: "not the bot's" },
  );

  await act(both.slack, "/compose", ask("/coverage"));

  expect(both.slack.state().messages.at(-1)?.text).toBe(
    '/coverage failed with the error "dispatch_failed"',
  );
});

test("an answer whose blocks Slack would refuse is not shown, and the person hears why", async () => {
  await using both = await workspaceWithBot((app) => {
    app.command("/coverage", async ({ ack }) =>
      ack({ text: "Too long", blocks: [section("x".repeat(3_001))] }),
    );
  });

  await act(both.slack, "/compose", ask("/coverage"));

  expect(both.slack.state().messages.at(-1)?.text).toBe(
    '/coverage failed with the error "invalid_blocks"',
  );
});

test("what is not the bot's command never reaches it", async () => {
  await using slack = await workspace();

  await act(slack, "/compose", ask("/weather today"));
  await act(slack, "/compose", ask("a < b && c > d"));

  expect(
    slack.state().messages.map(({ author, text }) => ({ author, text })),
  ).toEqual([
    { author: "person", text: "/weather today" },
    { author: "slack", text: "/weather is not a valid command." },
    { author: "person", text: "a &lt; b &amp;&amp; c &gt; d" },
  ]);
});

test("a pressed button carries its value and its message, and may replace that message", async () => {
  const pressed: unknown[] = [];
  await using both = await workspaceWithBot((app) => {
    app.action("ack_incident", async ({ ack, body, payload, respond }) => {
      await ack();
      pressed.push(
        payload.type === "button" && payload.value,
        "message" in body && body.message?.["text"],
      );
      await respond({ replace_original: true, text: "Acknowledged by you" });
    });
    app.command("/coverage", async ({ ack, client }) => {
      await ack();
      await client.chat.postMessage({
        channel: QUALITY.id,
        text: "Phase 19 misses a target",
        blocks: ["k3f9", "m2p7"].map((value) => ({
          type: "actions",
          elements: [
            {
              type: "button",
              action_id: "ack_incident",
              value,
              text: { type: "plain_text", text: `Acknowledge ${value}` },
            },
          ],
        })),
      });
    });
  });
  await act(both.slack, "/compose", ask("/coverage"));
  const { messages } = await both.slack.waitFor(({ messages: all }) =>
    all.some(({ author }) => author === "bot"),
  );

  const outcome = await act(both.slack, "/press", {
    channel: QUALITY.id,
    ts: messages.at(-1)?.ts,
    action_id: "ack_incident",
    value: "m2p7",
  });
  const after = await both.slack.waitFor(({ messages: all }) =>
    all.some(({ text }) => text === "Acknowledged by you"),
  );

  expect(outcome.answer).toEqual({ ok: true });
  expect(pressed).toEqual(["m2p7", "Phase 19 misses a target"]);
  expect(after.messages).toHaveLength(2);
  expect(after.messages.at(-1)).toMatchObject({
    ts: messages.at(-1)?.ts,
    blocks: [],
    onlyYou: false,
    editedTs: expect.any(String),
  });
});

test("an ephemeral message is not sent along with its button, but can be shared or deleted through the response_url", async () => {
  const saw: unknown[] = [];
  await using both = await workspaceWithBot((app) => {
    app.command("/coverage", async ({ ack }) =>
      ack({
        text: "22.0 %",
        blocks: [
          {
            ...section("22.0 %"),
            accessory: {
              type: "button",
              action_id: "share",
              value: "phase 19",
              text: { type: "plain_text", text: "Share" },
            },
          },
        ],
      }),
    );
    app.action("share", async ({ ack, body, respond }) => {
      await ack();
      saw.push("message" in body, "container" in body && body.container);
      await respond({ delete_original: true });
      await respond({ response_type: "in_channel", text: "Shared: 22.0 %" });
    });
  });
  await act(both.slack, "/compose", ask("/coverage phase 19"));
  const ts = both.slack.state().messages.at(-1)?.ts;

  await act(both.slack, "/press", {
    channel: QUALITY.id,
    ts,
    action_id: "share",
  });
  const { messages } = await both.slack.waitFor(({ messages: all }) =>
    all.some(({ text }) => text === "Shared: 22.0 %"),
  );

  expect(saw).toEqual([
    false,
    {
      type: "message",
      message_ts: ts,
      channel_id: QUALITY.id,
      is_ephemeral: true,
    },
  ]);
  expect(messages.map(({ text, onlyYou }) => ({ text, onlyYou }))).toEqual([
    { text: "/coverage phase 19", onlyYou: true },
    { text: "Shared: 22.0 %", onlyYou: false },
  ]);
});

test("a button that is not there cannot be pressed", async () => {
  await using slack = await workspace();
  await act(slack, "/compose", ask("Hello"));

  const missing = await act(slack, "/press", {
    channel: QUALITY.id,
    ts: slack.state().messages[0]?.ts,
    action_id: "share",
  });
  const gone = await act(slack, "/press", {
    channel: QUALITY.id,
    ts: "1.000001",
    action_id: "share",
  });
  const homeless = await act(slack, "/press", {
    channel: "home",
    action_id: "refresh",
  });

  expect([missing, gone, homeless]).toEqual([
    {
      status: 404,
      answer: { ok: false, error: "There is no button share here." },
    },
    { status: 404, answer: { ok: false, error: "That message is gone." } },
    {
      status: 404,
      answer: { ok: false, error: "The App Home has not been published." },
    },
  ]);
});

test("opening the App Home lets the bot publish it, and its buttons work", async () => {
  const refreshed: unknown[] = [];
  await using both = await workspaceWithBot((app) => {
    app.event("app_home_opened", async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: home(event.view === undefined ? "First" : "Again"),
      });
    });
    app.action("refresh", async ({ ack, body }) => {
      await ack();
      refreshed.push("view" in body && body.view?.id);
    });
  });
  const homeSays = (words: string) =>
    both.slack.waitFor((state) => JSON.stringify(state.home).includes(words));

  expect((await act(both.slack, "/home")).answer).toEqual({ ok: true });
  const first = await homeSays("First");
  await act(both.slack, "/home");
  await homeSays("Again");
  await act(both.slack, "/press", { channel: "home", action_id: "refresh" });

  expect(refreshed).toEqual([first.home?.id]);
});

test("a press that the bot does not take says so", async () => {
  await using slack = await workspace();

  expect((await act(slack, "/home")).answer).toEqual({
    ok: false,
    error: "dispatch_failed",
  });
});

test("the next commit is made once, however many pages ask for it at the same time", async () => {
  let step = 0;
  const permission = Promise.withResolvers<void>();
  await using slack = await workspace({
    story: () => ({ label: `Commit ${step}`, step, steps: 14 }),
    advance: async () => {
      await permission.promise;
      step += 1;
      return { label: `Commit ${step}`, done: false };
    },
  });

  const both = [act(slack, "/advance"), act(slack, "/advance")];
  await slack.waitFor(({ advancing }) => advancing);
  // The second request must have arrived before the first is done.
  await new Promise((resolve) => setTimeout(resolve, 50));
  permission.resolve();

  expect(await Promise.all(both)).toEqual(
    [1, 2].map(() => ({
      status: 200,
      answer: { ok: true, label: "Commit 1", done: false },
    })),
  );
  expect(slack.state()).toMatchObject({
    advancing: false,
    story: { label: "Commit 1", step: 1, steps: 14 },
  });
});

test("a story that cannot go on says why", async () => {
  await using slack = await workspace({
    advance: () => Promise.reject(new Error("The repository is locked")),
  });

  expect(await act(slack, "/advance")).toEqual({
    status: 500,
    answer: { ok: false, error: "The repository is locked" },
  });
  expect(slack.state().advancing).toBe(false);
});

test("messages outlive the server when the app keeps them, and time goes on", async () => {
  let kept: SavedWorkspace = { messages: [], home: null };
  const options = { now: () => new Date("2026-03-02T09:00:00Z") };
  {
    await using first = await workspace({
      ...options,
      onChange: (it) => {
        kept = it;
      },
    });
    await act(first, "/compose", ask("Before"));
  }

  await using second = await workspace({ ...options, saved: kept });
  await act(second, "/compose", ask("After"));

  expect(second.state().messages.map(({ ts, text }) => [ts, text])).toEqual([
    ["1772442000.000000", "Before"],
    ["1772442000.000001", "After"],
  ]);
});

test("waiting in vain names what was said instead", async () => {
  await using slack = await workspace();
  await act(slack, "/compose", ask("Something else"));

  await expect(slack.waitFor(() => false, 20)).rejects.toThrow(
    "Not within 20 ms. There was:\n- Something else",
  );
  await expect(
    slack.waitFor(() => {
      throw new Error("the predicate is at fault");
    }),
  ).rejects.toThrow("the predicate is at fault");
});

test("a port that is taken is an error with advice", async () => {
  await using slack = await workspace();
  const port = Number(new URL(slack.url).port);

  await expect(workspace({ port })).rejects.toMatchObject({
    message: `The preview workspace cannot listen on 127.0.0.1:${port}`,
    hint: "Stop what uses that port, or choose another one.",
  });
});

test("the answer to a command can go into a thread, and a button that is gone can no longer be replaced", async () => {
  const urls: string[] = [];
  await using both = await workspaceWithBot((app) => {
    app.command("/coverage", async ({ command, ack }) => {
      urls.push(command.response_url);
      await ack();
    });
  });
  await act(both.slack, "/compose", ask("Anyone?"));
  await act(both.slack, "/compose", ask("/coverage"));
  const thread_ts = both.slack.state().messages[0]?.ts;
  const post = async (body: unknown) =>
    (
      await fetch(urls[0] ?? "", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      })
    ).status;

  expect([
    await post({ text: "In the thread", thread_ts }),
    await post({ text: "A command has no original", replace_original: true }),
    await post({ delete_original: true }),
    await post({ text: "x", blocks: [{ type: "sonnet" }] }),
    await post([]),
  ]).toEqual([200, 200, 200, 400, 400]);
  expect(both.slack.state().messages.slice(2)).toMatchObject([
    { text: "In the thread", threadTs: thread_ts, onlyYou: true },
    { text: "A command has no original", editedTs: null },
  ]);
});

test("listening on every address, the workspace still names itself as a browser here reaches it", async () => {
  await using everywhere = await workspace({ host: "0.0.0.0" });
  await using six = await workspace({ host: "::1" });

  expect(everywhere.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(six.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect((await fetch(everywhere.url)).status).toBe(200);
  expect((await fetch(six.url)).status).toBe(200);
});
