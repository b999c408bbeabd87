import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  test,
} from "vitest";
import { deliver } from "../../src/jobs/deliver.ts";
import { renderNotice } from "../../src/messages/notice.ts";
import type { Workspace } from "../../src/preview/workspace.ts";
import { slackOutbox } from "../../src/slack/outbox.ts";
import { openStore } from "../../src/store/openStore.ts";
import {
  LeaseLost,
  type NewDelivery,
  type Store,
} from "../../src/store/store.ts";
import { client, QUALITY, RELEASES, workspace } from "../preview/support.ts";
import {
  delivery,
  incident,
  leased,
  NOW,
  queued,
  step,
} from "../store/examples.ts";
import { Clock } from "./support.ts";

let slack: Workspace;
beforeAll(async () => {
  slack = await workspace();
});
afterAll(() => slack[Symbol.asyncDispose]());

/** A store of its own for each test, and the messages of the shared workspace that came since it began. */
let store: Store;
let clock: Clock;
let earlier: number;
beforeEach(async () => {
  store = await openStore("sqlite::memory:");
  clock = new Clock(NOW);
  earlier = slack.state().messages.length;
  return () => store[Symbol.asyncDispose]();
});

const deliverOnce = (owner = "sender-1") =>
  deliver({
    store,
    outbox: slackOutbox(client(slack)),
    owner,
    now: clock.now,
  });

/** Sends until nothing is due; moves the clock on until nothing is open. */
async function deliverAll(): Promise<void> {
  for (let round = 0; round < 30; round++) {
    while (await deliverOnce());
    const { pending = 0, sending = 0 } = await store.deliveries.counts();
    if (pending + sending === 0) return;
    clock.forward(20 * 60_000);
  }
  throw new Error("It never ends.");
}

const said = () =>
  slack
    .state()
    .messages.slice(earlier)
    .map(({ text }) => text.split("\n")[0]);

const message = (
  id: string,
  {
    text = id,
    unposted = "post",
    ...changed
  }: Partial<NewDelivery> & { text?: string; unposted?: string } = {},
): NewDelivery =>
  delivery(id, {
    channel: QUALITY.id,
    payload: JSON.stringify({
      ...renderNotice(text, "Something happened."),
      unposted,
    }),
    ...changed,
  });

/** Queues what one commit brought to an incident. */
async function happened(
  sha: string,
  ...deliveries: readonly NewDelivery[]
): Promise<void> {
  if ((await store.repositories.list()).length === 0) await leased(store);
  await store.record(step(sha, { incidents: [incident("k3f9")], deliveries }));
}
const about = { incident: "k3f9" };

/** The one delivery there is of that id. */
async function row(id: string) {
  const rows = await store.deliveries.list({ limit: 100 });
  const found = rows.find((each) => each.id === id);
  if (!found) throw new Error(`There is no delivery ${id}.`);
  return found;
}

describe("Delivering", () => {
  test("does nothing when nothing is due", async () => {
    expect(await deliverOnce()).toBe(false);
    expect(said()).toEqual([]);
  });

  test("posts a channel's messages in the order in which they were written", async () => {
    await queued(
      store,
      ["one", "two", "three"].map((id) => message(id)),
    );
    await deliverAll();
    expect(said()).toEqual(["one", "two", "three"]);
    expect(await store.deliveries.counts()).toMatchObject({ sent: 3 });
  });

  test("never passes a message that waits, but goes on in other channels", async () => {
    await queued(store, [
      message("one"),
      message("two"),
      message("elsewhere", { channel: RELEASES.id }),
    ]);
    slack.failNext("chat.postMessage", {
      kind: "rate_limited",
      retryAfterSeconds: 30,
    });
    while (await deliverOnce());
    expect(said()).toEqual(["elsewhere"]);
    await deliverAll();
    expect(said()).toEqual(["elsewhere", "one", "two"]);
  });

  test("waits as long as Slack asks for when it is limited", async () => {
    await queued(store, [message("limited")]);
    slack.failNext("chat.postMessage", {
      kind: "rate_limited",
      retryAfterSeconds: 30,
    });
    await deliverOnce();
    clock.forward(29_999);
    expect(await deliverOnce()).toBe(false);
    clock.forward(1);
    expect(await deliverOnce()).toBe(true);
    expect(said()).toEqual(["limited"]);
  });

  test("tries again later and later while Slack is unwell", async () => {
    await queued(store, [message("patient")]);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 12; attempt++) {
      slack.failNext("chat.postMessage", {
        kind: "refused",
        error: "service_unavailable",
        performed: false,
      });
      await deliverOnce();
      const { next_attempt_ms: next } = await row("patient");
      waits.push(next - clock.now().getTime());
      clock.set(new Date(next).toISOString());
    }
    expect(waits.slice(0, 3)).toEqual([1_000, 2_000, 4_000]);
    expect(Math.max(...waits)).toBe(15 * 60_000);
    await deliverAll();
    expect(said()).toEqual(["patient"]);
  });

  test("sets a message aside after a hundred attempts", async () => {
    await queued(store, [message("hopeless")]);
    for (let attempt = 0; attempt <= 100; attempt++) {
      slack.failNext("chat.postMessage", {
        kind: "refused",
        error: "service_unavailable",
        performed: false,
      });
      expect(await deliverOnce()).toBe(true);
      clock.forward(15 * 60_000);
    }
    expect(await deliverOnce()).toBe(false);
    expect(await row("hopeless")).toMatchObject({
      status: "parked",
      last_error: "service_unavailable",
    });
  });

  test("sets aside what Slack refuses, with the reason, and goes on", async () => {
    await queued(store, [
      message("nowhere", { channel: "C0NOWHERE" }),
      message("here"),
    ]);
    await deliverAll();
    expect(await row("nowhere")).toMatchObject({
      status: "parked",
      last_error: "channel_not_found",
    });
    expect(said()).toEqual(["here"]);
  });

  test("posts the plain text when Slack refuses the layout", async () => {
    await queued(store, [message("plain")]);
    slack.failNext("chat.postMessage", {
      kind: "refused",
      error: "invalid_blocks",
      performed: false,
    });
    await deliverAll();
    const [posted] = slack.state().messages.slice(earlier);
    expect(posted?.text).toMatch(/^plain\n/);
    expect(posted?.blocks).toEqual([]);
  });
});

describe("An attempt whose answer is lost", () => {
  const lost = [
    ["the connection was cut", { kind: "cut" }],
    ["Slack had an error of its own", { kind: "status", status: 500 }],
    ["Slack does not know itself", { kind: "refused", error: "fatal_error" }],
  ] as const;

  test.each(lost)(
    "is looked up and not repeated when the message is there: %s",
    async (why, fault) => {
      const posted = `posted: ${why}`;
      await queued(store, [message(posted)]);
      slack.failNext("chat.postMessage", { ...fault, performed: true });
      await deliverOnce();
      expect(await row(posted)).toMatchObject({ status: "pending" });
      await deliverAll();
      expect(said()).toEqual([posted]);
      expect((await row(posted)).ts).toBe(slack.state().messages.at(-1)?.ts);
    },
  );

  test.each(lost)(
    "is repeated when the message is not there: %s",
    async (why, fault) => {
      const late = `posted late: ${why}`;
      await queued(store, [message(late)]);
      slack.failNext("chat.postMessage", { ...fault, performed: false });
      await deliverAll();
      expect(said()).toEqual([late]);
    },
  );

  test("is not repeated before it could be looked up", async () => {
    await queued(store, [message("careful")]);
    slack.failNext("chat.postMessage", { kind: "cut", performed: true });
    slack.failNext(
      "conversations.history",
      { kind: "rate_limited", retryAfterSeconds: 1 },
      { kind: "status", status: 503, performed: false },
      { kind: "cut", performed: false },
    );
    await deliverAll();
    expect(said()).toEqual(["careful"]);
    expect((await row("careful")).attempts).toBe(5);
  });

  test("is set aside when the bot may not look it up, and says which right is missing", async () => {
    await queued(store, [message("blind")]);
    slack.failNext("chat.postMessage", { kind: "cut", performed: true });
    slack.failNext("conversations.history", {
      kind: "refused",
      error: "missing_scope",
      performed: false,
    });
    await deliverAll();
    expect(said()).toEqual(["blind"]);
    expect(await row("blind")).toMatchObject({
      status: "parked",
      last_error: expect.stringMatching(/missing_scope.*channels:history/),
    });
  });

  test("is found again however much was said in the channel since", async () => {
    await queued(store, [message("buried")]);
    slack.failNext("chat.postMessage", { kind: "cut", performed: true });
    await deliverOnce();
    const people = client(slack);
    for (let count = 0; count < 450; count++) {
      await people.chat.postMessage({ channel: QUALITY.id, text: "Hello." });
    }
    await deliverAll();
    expect(said().filter((text) => text === "buried")).toHaveLength(1);
    expect(await row("buried")).toMatchObject({ status: "sent" });
  });

  test("that was a reply is looked up in its thread", async () => {
    await happened("a1", message("parent", about));
    await deliverAll();
    await happened("a2", message("answer", { ...about, operation: "reply" }));
    slack.failNext("chat.postMessage", { kind: "cut", performed: true });
    await deliverAll();
    expect(said()).toEqual(["parent", "answer"]);
  });
});

describe("A process that is killed between sending and writing it down", () => {
  test("does not make its successor post again", async () => {
    await queued(store, [message("once")]);
    const claimed = await store.deliveries.claimDue(
      "killed",
      clock.now().getTime(),
      60_000,
    );
    expect(claimed?.id).toBe("once");
    await slackOutbox(client(slack)).post(
      QUALITY.id,
      renderNotice("once", "Something happened."),
      { deliveryId: "once", thread: null },
    );

    expect(await deliverOnce("successor")).toBe(false);
    clock.forward(60_000);
    expect(await deliverOnce("successor")).toBe(true);

    expect(said()).toEqual(["once"]);
    expect(await row("once")).toMatchObject({ status: "sent" });
  });

  test("makes its successor post what it had not sent yet", async () => {
    await queued(store, [message("after all")]);
    await store.deliveries.claimDue("killed", clock.now().getTime(), 60_000);
    clock.forward(60_000);
    await deliverAll();
    expect(said()).toEqual(["after all"]);
  });

  test("writes nothing down when it was only slow, and somebody has taken over", async () => {
    await queued(store, [message("slow")]);
    const outbox = slackOutbox(client(slack));
    const slow = deliver({
      store,
      owner: "slow",
      now: clock.now,
      outbox: {
        ...outbox,
        post: async (...place) => {
          const sent = await outbox.post(...place);
          clock.forward(60_000);
          await deliverOnce("successor");
          return sent;
        },
      },
    });
    await expect(slow).rejects.toThrow(LeaseLost);
    expect(said()).toEqual(["slow"]);
    expect(await row("slow")).toMatchObject({ status: "sent" });
  });
});

describe("A living message", () => {
  const edit = (id: string, unposted = "post") =>
    message(id, { ...about, operation: "update", unposted });
  const answer = (id: string) =>
    message(id, { ...about, operation: "reply", unposted: "drop" });
  const removeLast = async () => {
    const { channel = "", ts = "" } = slack.state().messages.at(-1) ?? {};
    await client(slack).chat.delete({ channel, ts });
  };

  test("is edited in place, and answered in its thread", async () => {
    await happened("a1", message("fired", about));
    await happened("a2", edit("changed"), answer("why"));
    await deliverAll();
    const [parent, reply, ...more] = slack.state().messages.slice(earlier);
    expect(more).toEqual([]);
    expect(parent?.text).toMatch(/^changed/);
    expect(reply?.text).toMatch(/^why/);
    expect(reply?.threadTs).toBe(parent?.ts);
  });

  test("that was deleted is posted anew while it is open, and lives on there", async () => {
    await happened("a1", message("fired", about));
    await deliverAll();
    await removeLast();
    await happened("a2", edit("changed"), answer("why"));
    await happened("a3", edit("changed again"));
    await deliverAll();
    const [parent, reply, ...more] = slack.state().messages.slice(earlier);
    expect(more).toEqual([]);
    expect(parent?.text).toMatch(/^changed again/);
    expect(reply?.threadTs).toBe(parent?.ts);
  });

  test("that was deleted is posted anew only once, though the answer is lost", async () => {
    await happened("a1", message("fired", about));
    await deliverAll();
    await removeLast();
    await happened("a2", edit("changed"));
    slack.failNext("chat.postMessage", { kind: "cut", performed: true });
    await deliverAll();
    expect(said()).toEqual(["changed"]);
  });

  test("that was deleted is not missed when it is over", async () => {
    await happened("a1", message("fired", about));
    await deliverAll();
    await removeLast();
    await happened("a2", edit("resolved", "drop"), answer("why"));
    await deliverAll();
    expect(said()).toEqual([]);
    expect(await store.deliveries.counts()).toMatchObject({
      sent: 3,
      parked: 0,
    });
  });

  test("whose thread vanished while the answer to a reply was lost is not missed either", async () => {
    await happened("a1", message("fired", about));
    await deliverAll();
    await happened("a2", answer("why"));
    slack.failNext("chat.postMessage", { kind: "cut", performed: false });
    await deliverOnce();
    await removeLast();
    await deliverAll();
    expect(said()).toEqual([]);
    expect(await row("why")).toMatchObject({ status: "sent", ts: "" });
  });

  test("that the channel never had is posted at its next change", async () => {
    await happened("a2", edit("changed"), answer("why"));
    await deliverAll();
    const [parent, reply] = slack.state().messages.slice(earlier);
    expect(parent?.text).toMatch(/^changed/);
    expect(reply?.threadTs).toBe(parent?.ts);
  });

  test("that the channel never had is not told of when it is over", async () => {
    await happened("a2", edit("resolved", "drop"), answer("why"));
    await deliverAll();
    expect(said()).toEqual([]);
    expect(await store.deliveries.counts()).toMatchObject({ sent: 2 });
  });
});
