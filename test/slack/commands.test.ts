import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  test,
} from "vitest";
import { MANUAL } from "../../src/core/command.ts";
import { dispatch } from "../../src/preview/dispatch.ts";
import { act, QUALITY, RELEASES } from "../preview/support.ts";
import { delivery, queued } from "../store/examples.ts";
import {
  runningBot,
  SHOP,
  SIGNING_SECRET,
  type RunningBot,
} from "./support.ts";

const LEGACY = "acme/legacy-shop";
const firstLine = ({ text }: { text: string }) => text.split("\n")[0];

describe("A bot that watches one repository", () => {
  let bot: RunningBot;
  beforeAll(async () => {
    bot = await runningBot();
  });
  afterAll(() => bot[Symbol.asyncDispose]());
  beforeEach(async () => {
    for (const channel of [QUALITY.id, RELEASES.id]) {
      await bot.app.store.channels.unsubscribe(channel, SHOP, null);
    }
  });

  describe("answers", () => {
    test.each([
      ["", /acme\/shop/],
      ["status", /acme\/shop/],
      ["phase 19", /Phase 19/],
      ["phase 019", /Phase 19/],
      ["phase coverage-push-and-bug-fixes", /Phase 19/],
      ["phase 12 plan 12-01", /12-01/],
      ["phases", /phases/i],
      ["phases failing", /phases/i],
      ["gaps", /gap/i],
      ["gaps phase 19 top:1", /gap/i],
      ["claims", /claim/i],
      ["claims contradicted", /claim|contradict/i],
      ["phase 19 shop", /Phase 19/],
      ["https://github.com/acme/shop", /acme\/shop/],
    ])("`/coverage %s` to the one who asked", async (text, expected) => {
      const answer = await bot.ask(text);
      expect(answer.text).toMatch(expected);
      expect(answer).toMatchObject({ author: "bot", onlyYou: true });
      expect(answer.blocks.length).toBeGreaterThan(0);
    });

    test("with numbers that have their counts and their commit with them", async () => {
      const { text } = await bot.ask("phase 19");
      expect(text).toMatch(/53\.5 % \(642 \/ 1,200/);
      const head = (await bot.app.store.repositories.find(SHOP))?.head ?? "";
      expect(text).toContain(head.slice(0, 7));
    });

    test.each(Object.keys(MANUAL))("`/coverage help %s`", async (word) => {
      const answer = await bot.ask(`help ${word}`);
      expect(answer.onlyYou).toBe(true);
      expect(answer.text).toContain(
        `/coverage ${word === "status" ? "" : word}`.trim(),
      );
    });

    test("`/coverage help` with every command there is", async () => {
      const { text } = await bot.ask("help");
      for (const word of Object.keys(MANUAL)) {
        if (word !== "status") expect(text).toContain(`/coverage ${word}`);
      }
    });

    test.each(["flaky", "trend 30d", "subscribe acme/shop regressions:>=1pp"])(
      "`/coverage %s` with the word that it comes later",
      async (text) => {
        const answer = await bot.ask(text);
        expect(answer.text).toMatch(/planned, but this version/);
        expect(answer.onlyYou).toBe(true);
      },
    );

    test("a mistake with its usage, and changes nothing", async () => {
      const answer = await bot.ask("subscribe acme/shop gaps and claims");
      expect(answer.text).toMatch(/“and” is no topic/);
      expect(answer.text).toMatch(/\/coverage subscribe/);
      expect(answer.onlyYou).toBe(true);
      expect(await bot.app.store.channels.subscriptionsOf(QUALITY.id)).toEqual(
        [],
      );
    });

    test("a near miss with what was probably meant", async () => {
      expect((await bot.ask("phasse 19")).text).toMatch(/phase/);
      expect((await bot.ask("status acme/shpo")).text).toMatch(
        /“acme\/shpo” is not watched\n.*Did you mean acme\/shop\? Watched: acme\/shop\./,
      );
    });

    test("another slash command at once, with what it does know", async () => {
      const acknowledged = await dispatch(
        new URLSearchParams({
          command: "/covrage",
          text: "phase 19",
          channel_id: QUALITY.id,
          user_id: "U0YOU",
          team_id: "T0PREVIEW",
        }),
        {
          botUrl: `http://127.0.0.1:${bot.app.port}/slack/events`,
          signingSecret: SIGNING_SECRET,
          closing: AbortSignal.timeout(5_000),
        },
      );
      expect(acknowledged).toMatchObject({
        kind: "acknowledged",
        body: expect.stringMatching(/does not know \/covrage.*\/coverage help/),
      });
    });
  });

  test("acknowledges before it answers: the answer comes by itself", async () => {
    const acknowledged = await dispatch(
      new URLSearchParams({
        command: "/coverage",
        text: "phase 19",
        channel_id: QUALITY.id,
        user_id: "U0YOU",
        team_id: "T0PREVIEW",
        response_url: "http://127.0.0.1:9/gone",
      }),
      {
        botUrl: `http://127.0.0.1:${bot.app.port}/slack/events`,
        signingSecret: SIGNING_SECRET,
        closing: AbortSignal.timeout(5_000),
      },
    );
    expect(acknowledged).toMatchObject({ kind: "acknowledged", body: "" });
  });

  test("refuses what Slack did not sign", async () => {
    const acknowledged = await dispatch(
      new URLSearchParams({ command: "/coverage", text: "" }),
      {
        botUrl: `http://127.0.0.1:${bot.app.port}/slack/events`,
        signingSecret: "somebody else's secret",
        closing: AbortSignal.timeout(5_000),
      },
    );
    expect(acknowledged.kind).toBe("failed");
  });

  describe("changes of subscriptions", () => {
    test("are shown to the channel, and listed", async () => {
      const subscribed = await bot.ask("subscribe acme/shop gaps phases");
      expect(subscribed.onlyYou).toBe(false);
      expect(firstLine(subscribed)).toBe("Subscribed to acme/shop");
      expect(subscribed.text).toMatch(/hears of phases and gaps/);
      const listed = await bot.ask("list");
      expect(listed.onlyYou).toBe(true);
      expect(listed.text).toMatch(/acme\/shop: phases and gaps/);
      expect(listed.text).toMatch(/No digest/);
    });

    test("add up, and end topic by topic or all at once", async () => {
      await bot.ask("subscribe shop gaps");
      expect((await bot.ask("subscribe shop claims")).text).toMatch(
        /hears of (?:gaps and claims|claims and gaps)/,
      );
      const fewer = await bot.ask("unsubscribe acme/shop gaps");
      expect(fewer.text).toMatch(/still hears of claims/);
      expect(fewer.onlyYou).toBe(false);
      const none = await bot.ask("unsubscribe ACME/shop");
      expect(none.text).toMatch(/hears nothing more of it/);
      expect((await bot.ask("list")).text).toMatch(
        /This channel has no subscription\n.*\/coverage subscribe acme\/shop/,
      );
    });

    test("that change nothing are told to the one who asked", async () => {
      const nothing = await bot.ask("unsubscribe acme/shop");
      expect(nothing).toMatchObject({ onlyYou: true });
      expect(nothing.text).toMatch(/This channel has no subscription/);
      await bot.ask("subscribe acme/shop gaps");
      expect((await bot.ask("unsubscribe acme/shop claims")).text).toMatch(
        /subscription to acme\/shop is gaps/,
      );
      expect((await bot.ask("unsubscribe acme/other")).text).toMatch(
        /subscribed to acme\/shop/,
      );
      const unknown = await bot.ask("subscribe acme/shopp");
      expect(unknown.onlyYou).toBe(true);
      expect(unknown.text).toMatch(/Did you mean acme\/shop\?/);
    });

    test("send again what had been set aside", async () => {
      const { store } = bot.app;
      const waiting = ["first", "second"].map((id) =>
        delivery(id, {
          channel: RELEASES.id,
          payload: JSON.stringify({
            text: `${id} message`,
            blocks: [],
            unposted: "post",
          }),
        }),
      );
      for (const one of waiting) {
        bot.slack.failNext("chat.postMessage", {
          kind: "refused",
          error: "not_in_channel",
          performed: false,
        });
        await queued(store, [one]);
        while (
          (
            await store.deliveries.list({ channel: RELEASES.id, limit: 9 })
          ).some(({ status }) => status === "pending" || status === "sending")
        ) {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
      const sick = await bot.ask("doctor", RELEASES.id);
      expect(sick.text).toMatch(/set aside for this channel.*not_in_channel/);
      expect(sick.text).toMatch(/\/coverage subscribe/);

      const subscribed = await bot.ask("subscribe acme/shop", RELEASES.id);
      expect(subscribed.text).toMatch(
        /2 messages that were set aside are tried again/,
      );
      await bot.slack.waitFor(({ messages }) =>
        ["first message", "second message"].every((text) =>
          messages.some((message) => message.text === text),
        ),
      );
    });
  });

  describe("a digest", () => {
    test("is set for the channel to see, in its time zone, and turned off again", async () => {
      const set = await bot.ask("digest weekdays 9:00 europe/berlin");
      expect(set.onlyYou).toBe(false);
      expect(firstLine(set)).toBe("Digest: weekdays 09:00 Europe/Berlin");
      expect(set.text).toMatch(/no subscription yet/);
      await bot.ask("subscribe acme/shop");
      expect((await bot.ask("list")).text).toMatch(
        /Digest: weekdays 09:00 Europe\/Berlin/,
      );
      // The time zone stays when only the time changes.
      const moved = await bot.ask("digest daily 10:30");
      expect(firstLine(moved)).toBe("Digest: daily 10:30 Europe/Berlin");
      expect(moved.text).not.toMatch(/no subscription/);
      expect((await bot.ask("digest off")).text).toMatch(/gets no digest/);
      expect((await bot.app.store.channels.find(QUALITY.id))?.digest).toBe(
        null,
      );
    });

    test("does not come for the slot that had passed when it was set", async () => {
      await bot.ask("subscribe acme/shop", RELEASES.id);
      const passed = new Date(Date.now() - 120_000).toISOString();
      await bot.ask(`digest daily ${passed.slice(11, 16)} UTC`, RELEASES.id);
      expect(await bot.app.store.digests.last(RELEASES.id)).not.toBeNull();
      await bot.ask("digest off", RELEASES.id);
    });

    test("can be seen before it comes", async () => {
      const preview = await bot.ask("digest preview");
      expect(preview.onlyYou).toBe(true);
      expect(preview.text).toMatch(/Nothing to tell\n.*has changed since/);
    });

    test("can be seen in a channel that the bot has not heard of", async () => {
      expect((await bot.ask("digest preview", RELEASES.id)).text).toMatch(
        /Nothing to tell/,
      );
    });
  });

  test("tells what is wrong when it is asked to examine itself", async () => {
    const doctor = await bot.ask("doctor");
    expect(doctor.onlyYou).toBe(true);
    expect(doctor.text).toMatch(
      /acme\/shop: looked at \d+ s ago, stands at [0-9a-f]{7}/,
    );
    expect(doctor.text).toMatch(/Messages: 0 waiting/);
  });

  test("shows where everything stands on its Home tab", async () => {
    await act(bot.slack, "/home");
    const { home } = await bot.slack.waitFor((state) => state.home !== null);
    const shown = JSON.stringify(home);
    expect(shown).toContain("acme/shop");
    expect(shown).toContain("Coverage push and bug fixes");
  });

  test("is not concerned with its other tabs", async () => {
    const before = bot.slack.state().home;
    const acknowledged = await dispatch(
      {
        type: "event_callback",
        event_id: "Ev1",
        team_id: "T0PREVIEW",
        api_app_id: "A0PREVIEW",
        event: {
          type: "app_home_opened",
          user: "U0YOU",
          channel: "D0PREVIEW",
          tab: "messages",
          event_ts: "1.0",
        },
      },
      {
        botUrl: `http://127.0.0.1:${bot.app.port}/slack/events`,
        signingSecret: SIGNING_SECRET,
        closing: AbortSignal.timeout(5_000),
      },
    );
    expect(acknowledged.kind).toBe("acknowledged");
    expect(bot.slack.state().home).toBe(before);
  });

  describe("a button", () => {
    test("shares an answer with the channel, from what is known then", async () => {
      const answer = await bot.ask("phase 19");
      const shared = await bot.press(answer, "share");
      expect(shared.onlyYou).toBe(false);
      expect(firstLine(shared)).toBe(firstLine(answer));
    });

    test("shows details to the one who pressed, and leaves the message as it is", async () => {
      const answer = await bot.ask("status");
      const details = await bot.press(answer, "details");
      expect(details.onlyYou).toBe(true);
      expect(details.ts).not.toBe(answer.ts);
      expect(
        bot.slack.state().messages.find(({ ts }) => ts === answer.ts)?.text,
      ).toBe(answer.text);
    });
  });
});

describe("A bot that watches several repositories", () => {
  let bot: RunningBot;
  beforeAll(async () => {
    bot = await runningBot({ more: [LEGACY] });
  });
  afterAll(() => bot[Symbol.asyncDispose]());

  test("asks which one is meant, until the channel has its own", async () => {
    const asked = await bot.ask("phase 19");
    expect(asked.text).toMatch(
      /Which repository\?\nSeveral are watched: acme\/legacy-shop, acme\/shop\./,
    );
    expect((await bot.ask("phase 19 legacy-shop")).text).toMatch(/Phase 19/);

    await bot.ask("subscribe shop");
    expect((await bot.ask("phase 19")).text).toMatch(/acme\/shop/);

    await bot.ask("subscribe legacy-shop");
    expect((await bot.ask("phase 19")).text).toMatch(
      /This channel is subscribed to several/,
    );
  });
});

describe("A bot in trouble", () => {
  test("says what happened when nothing is watched", async () => {
    await using bot = await runningBot({ config: { repositories: [] } });
    expect((await bot.ask("phase 19")).text).toMatch(
      /No repository is watched/,
    );
    expect((await bot.ask("status acme/shop")).text).toMatch(
      /No repository is watched yet/,
    );
    expect((await bot.ask("doctor")).text).toMatch(/No repository is watched/);
    expect((await bot.ask("list")).text).toMatch(/subscribe owner\/repo/);
    await act(bot.slack, "/home");
    await bot.slack.waitFor(({ home }) =>
      JSON.stringify(home).includes("No repository is watched"),
    );
  });

  test("says why a repository has not been read", async () => {
    await using bot = await runningBot({
      config: {
        repositories: [
          { name: SHOP, git: "./nowhere.git", branch: null, pollMs: 60_000 },
        ],
      },
    });
    const answer = await bot.ask("phase 19");
    expect(answer.text).toMatch(
      /acme\/shop has not been read yet\nThe last attempt failed: .*nowhere\.git.*keeps trying/,
    );
    const doctor = await bot.ask("doctor");
    expect(doctor.text).toMatch(
      /polls? failed in a row: There is no repository/,
    );
  });

  test("answers when a command fails, and logs it", async () => {
    await using bot = await runningBot();
    await bot.app.store[Symbol.asyncDispose]();
    const answer = await bot.ask("phase 19");
    expect(answer.text).toMatch(/That did not work/);
    expect(answer.onlyYou).toBe(true);
    expect(bot.logged).toContain("error: a command failed");
  });

  test("logs that an answer did not arrive", async () => {
    await using bot = await runningBot();
    bot.slack.failNext("views.publish", {
      kind: "refused",
      error: "hash_conflict",
      performed: false,
    });
    await act(bot.slack, "/home");
    await expect
      .poll(() => bot.logged)
      .toContain("error: a Slack request failed");
  });
});
