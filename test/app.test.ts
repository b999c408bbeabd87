import { once } from "node:events";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  onTestFinished,
  test,
} from "vitest";
import { startApp, type AppOptions } from "../src/app.ts";
import type { Config } from "../src/config.ts";
import { ActionableError } from "../src/core/errors.ts";
import { dispatch } from "../src/preview/dispatch.ts";
import type { Workspace } from "../src/preview/workspace.ts";
import { openStore } from "../src/store/openStore.ts";
import { createGitFixture } from "./support/gitFixture.ts";
import { portOf } from "./support/portOf.ts";
import { PLOT } from "./jobs/support.ts";
import { BOT_TOKEN, QUALITY, workspace } from "./preview/support.ts";
import { socketModeSlack } from "./slack/socketMode.ts";
import {
  configOf,
  instance,
  listeningLog,
  runningBot,
  SHOP,
  SIGNING_SECRET,
} from "./slack/support.ts";

let slack: Workspace;
beforeAll(async () => {
  slack = await workspace();
});
afterAll(() => slack[Symbol.asyncDispose]());

const overHttp = (apiUrl = slack.apiUrl) => ({
  botToken: BOT_TOKEN,
  signingSecret: SIGNING_SECRET,
  appToken: null,
  apiUrl,
});

/** A place for the program's data, and a start of the program in it. */
async function place() {
  const directory = await mkdtemp(join(tmpdir(), "phasewatch-app-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const database = `sqlite:${join(directory, "phasewatch.db")}`;
  const { log, logged } = listeningLog();
  return {
    directory,
    database,
    logged,
    start: (config: Partial<Config> = {}, options: Partial<AppOptions> = {}) =>
      startApp(configOf(config), {
        slack: overHttp(),
        databaseUrl: database,
        dataDirectory: directory,
        cwd: directory,
        log,
        instance,
        ...options,
      }),
  };
}

const refusal = async (start: Promise<unknown>): Promise<ActionableError> => {
  const error: unknown = await start.then(
    () => new Error("It started."),
    (why: unknown) => why,
  );
  expect(error).toBeInstanceOf(ActionableError);
  return error as ActionableError;
};

/** A port that another program holds. */
async function portInUse(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  return portOf(server);
}

const get = (port: number, path: string, method = "GET") =>
  fetch(`http://127.0.0.1:${port}${path}`, { method });

describe("A start that cannot succeed says what to do", () => {
  test("when Slack refuses the token", async () => {
    const { start, database } = await place();
    const error = await refusal(
      start({}, { slack: { ...overHttp(), botToken: "xoxb-of-another-app" } }),
    );
    expect(error.message).toMatch(
      /did not accept the bot's token: .*invalid_auth/,
    );
    expect(error.hint).toMatch(/SLACK_BOT_TOKEN/);
    expect(error.message + error.hint).not.toContain("xoxb-of-another-app");
    // The store was closed again: its file is nobody's.
    await (await openStore(database))[Symbol.asyncDispose]();
  });

  test("when Slack cannot be reached", async () => {
    const { start } = await place();
    const error = await refusal(
      start({}, { slack: overHttp("http://127.0.0.1:9/api/") }),
    );
    expect(error.hint).toMatch(/Slack can be reached/);
  });

  test("when another program has the port, and starts once it is free", async () => {
    const { start } = await place();
    const port = await portInUse();
    const error = await refusal(start({ port }));
    expect(error.message).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program.`,
    );
    expect(error.hint).toMatch(/PORT=/);
    await using app = await start();
    expect(app.port).toBeGreaterThan(0);
  });

  test("when the port cannot be opened for another reason", async () => {
    const { start } = await place();
    // An address of no machine: https://www.rfc-editor.org/rfc/rfc5737
    const error = await refusal(start({ host: "203.0.113.1" }));
    expect(error.message).toMatch(
      /Port 0 on 203\.0\.113\.1 cannot be opened \(.*EADDRNOTAVAIL/,
    );
  });
});

describe("While it runs", () => {
  test("it tells whether it lives, whether it works, and what it has done", async () => {
    await using bot = await runningBot();
    const { port } = bot.app;
    expect(await (await get(port, "/healthz")).text()).toBe("ok\n");
    expect((await get(port, "/readyz")).status).toBe(200);
    expect((await get(port, "/readyz", "HEAD")).status).toBe(200);
    expect((await get(port, "/nothing")).status).toBe(404);
    const metrics = await get(port, "/metrics");
    expect(metrics.headers.get("content-type")).toMatch(/^text\/plain/);
    const lines = (await metrics.text()).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "phasewatch_commits_total 1",
        "phasewatch_poll_failures_total 0",
        'phasewatch_deliveries{status="parked"} 0',
        'phasewatch_repository_failures{repository="acme/shop"} 0',
      ]),
    );
    await bot.app.store[Symbol.asyncDispose]();
    expect((await get(port, "/metrics")).status).toBe(500);
  });

  test("it is not ready when its loop has not come round for long", async () => {
    const { start } = await place();
    let at = Date.parse("2026-04-01T08:00:00Z");
    await using app = await start({}, { now: () => new Date(at) });
    expect((await get(app.port, "/readyz")).status).toBe(200);
    at += 10 * 60_000;
    const response = await get(app.port, "/readyz");
    expect([response.status, await response.text()]).toEqual([
      503,
      "not ready\n",
    ]);
    expect((await get(app.port, "/healthz")).status).toBe(200);
  });

  test("it opens a repository again that was not there at first", async () => {
    const { directory, start } = await place();
    await using fixture = await createGitFixture(PLOT.slice(0, 4));
    await using app = await start({
      repositories: [
        { name: SHOP, git: "shop.git", branch: "main", pollMs: 60_000 },
      ],
    });
    await app.refresh(SHOP);
    expect((await app.store.repositories.find(SHOP))?.last_error).toMatch(
      /no repository at "shop\.git"/,
    );
    await rename(fixture.gitDir, join(directory, "shop.git"));
    await app.refresh(SHOP);
    const row = await app.store.repositories.find(SHOP);
    expect(row).toMatchObject({ last_error: null, failures: 0 });
    expect(row?.head).not.toBeNull();
    await app.refresh("acme/unknown");
  });

  test("it answers from an older program's evaluation until it has made its own", async () => {
    await using bot = await runningBot();
    const { store } = bot.app;
    expect((await bot.ask("phases")).text).toMatch(/2 phases/);
    await bot.story.advance();
    await bot.app.refresh(SHOP);
    const status = await store.evaluations.latest(SHOP);
    if (!status) throw new Error("Nothing was judged.");
    await store.evaluations.save(SHOP, "0/1", { ...status, phases: [] });
    expect((await bot.ask("phases")).text).not.toMatch(/2 phases/);
    await bot.app.refresh(SHOP);
    expect((await bot.ask("phases")).text).toMatch(/2 phases/);
  });
});

describe("A stop", () => {
  test("waits until an answer that is under way has arrived", async () => {
    const { start } = await place();
    const app = await start();
    const arrived = Promise.withResolvers<ServerResponse>();
    const person = createServer((_request, response) =>
      arrived.resolve(response),
    ).listen(0, "127.0.0.1");
    await once(person, "listening");
    onTestFinished(() => {
      person.close();
    });
    await dispatch(
      new URLSearchParams({
        command: "/coverage",
        text: "help",
        channel_id: QUALITY.id,
        user_id: "U0YOU",
        team_id: "T0PREVIEW",
        response_url: `http://127.0.0.1:${portOf(person)}/`,
      }),
      {
        botUrl: `http://127.0.0.1:${app.port}/slack/events`,
        signingSecret: SIGNING_SECRET,
        closing: AbortSignal.timeout(5_000),
      },
    );
    const response = await arrived.promise;

    let stopped = false;
    const stopping = app[Symbol.asyncDispose]().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(stopped).toBe(false);
    response.end("ok");
    await stopping;
    await expect(get(app.port, "/healthz")).rejects.toThrow("fetch failed");
  });
});

describe("The configuration file", () => {
  const channel = (changed: Partial<Config["channels"][number]> = {}) => ({
    id: QUALITY.id,
    timezone: "Europe/Berlin",
    subscribe: [{ repository: SHOP, topics: ["gaps" as const] }],
    digest: "daily 09:00",
    dryRun: false,
    ...changed,
  });
  const shop = { name: SHOP, git: "shop.git", branch: null, pollMs: 60_000 };

  test("makes subscriptions, digests and dry runs; taking one out ends it", async () => {
    const { start } = await place();
    {
      await using app = await start({
        repositories: [shop],
        channels: [channel({ dryRun: true })],
      });
      expect(await app.store.channels.find(QUALITY.id)).toMatchObject({
        digest: "daily 09:00",
        timezone: "Europe/Berlin",
        dry_run: 1,
      });
      expect(
        await app.store.channels.subscriptionsOf(QUALITY.id),
      ).toMatchObject([
        { repository: SHOP, topics: ["gaps"], source: "config" },
      ]);
    }
    await using app = await start({
      repositories: [shop],
      channels: [channel({ subscribe: [], digest: "daily 10:00" })],
    });
    expect((await app.store.channels.find(QUALITY.id))?.digest).toBe(
      "daily 10:00",
    );
    expect(await app.store.channels.subscriptionsOf(QUALITY.id)).toEqual([]);
    expect((await app.store.channels.find(QUALITY.id))?.dry_run).toBe(0);
  });

  test("leaves alone what people set by command", async () => {
    const { start, database } = await place();
    {
      await using store = await openStore(database);
      const now = new Date().toISOString();
      await store.channels.subscribe(
        {
          channel: QUALITY.id,
          repository: SHOP,
          topics: ["phases"],
          source: "command",
        },
        now,
      );
      await store.channels.save(
        {
          id: QUALITY.id,
          digest: "weekly mon 08:00",
          digest_source: "command",
          timezone: "UTC",
        },
        now,
      );
      await store.channels.save(
        { id: "C0OFF", digest: null, digest_source: "command" },
        now,
      );
    }
    await using app = await start({
      repositories: [shop],
      channels: [
        channel({ subscribe: [] }),
        channel({ id: "C0OFF", subscribe: [] }),
      ],
    });
    expect(await app.store.channels.find(QUALITY.id)).toMatchObject({
      digest: "weekly mon 08:00",
      timezone: "UTC",
    });
    expect((await app.store.channels.find("C0OFF"))?.digest).toBeNull();
    expect(await app.store.channels.subscriptionsOf(QUALITY.id)).toHaveLength(
      1,
    );
  });

  test("need not be told that a process died: what it held is due at once", async () => {
    const { start, database } = await place();
    {
      await using store = await openStore(database);
      const now = new Date();
      await store.repositories.register(
        [{ id: SHOP, branch: null }],
        now.toISOString(),
      );
      await store.repositories.claimDue("dead/1/a", now.getTime(), 3_600_000);
    }
    await using app = await start(
      { repositories: [shop] },
      {
        instance: {
          owner: "test/2/b",
          isDead: (owner) => owner.startsWith("dead"),
        },
      },
    );
    await expect
      .poll(async () => (await app.store.repositories.find(SHOP))?.failures)
      .toBeGreaterThan(0);
  });
});

describe("In Socket Mode", () => {
  const appToken = "xapp-of-the-tests";
  const overSocket = (apiUrl: string) => ({
    botToken: BOT_TOKEN,
    signingSecret: null,
    appToken,
    apiUrl,
  });

  test("it answers without an open port for Slack, and still tells how it is", async () => {
    await using cloud = await socketModeSlack(appToken);
    const { start } = await place();
    const app = await start({}, { slack: overSocket(cloud.apiUrl) });
    expect(await cloud.command("help")).toMatch(/\/coverage phase/);
    expect((await get(app.port, "/healthz?now")).status).toBe(200);
    expect((await get(app.port, "/metrics", "HEAD")).status).toBe(404);
    expect((await get(app.port, "/slack/events")).status).toBe(404);
    await app[Symbol.asyncDispose]();
    await expect(get(app.port, "/healthz")).rejects.toThrow("fetch failed");
  });

  test("it says what to do when Slack refuses its token, and frees the port again", async () => {
    await using cloud = await socketModeSlack("xapp-of-another-app");
    const { start } = await place();
    const port = await freePort();
    const error = await refusal(
      start({ port }, { slack: overSocket(cloud.apiUrl) }),
    );
    expect(error.message).toMatch(/Socket Mode token: .*invalid_auth/);
    expect(error.hint).toMatch(/SLACK_APP_TOKEN/);
    await using app = await start({ port });
    expect(app.port).toBe(port);
  });

  test("it says what to do when another program has the port", async () => {
    await using cloud = await socketModeSlack(appToken);
    const { start } = await place();
    const port = await portInUse();
    const error = await refusal(
      start({ port }, { slack: overSocket(cloud.apiUrl) }),
    );
    expect(error.message).toMatch(/is in use by another program/);
  });
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server);
  server.close();
  await once(server, "close");
  return port;
}
