import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino, type Logger } from "pino";
import { openStory, type Story } from "../../examples/story/build.ts";
import { startApp, type AppOptions, type RunningApp } from "../../src/app.ts";
import type { Config } from "../../src/config.ts";
import type { Workspace } from "../../src/preview/workspace.ts";
import type { ShownMessage } from "../../src/preview/timeline.ts";
import { act, BOT_TOKEN, QUALITY, workspace } from "../preview/support.ts";

export const SHOP = "acme/shop";
export const SIGNING_SECRET = "a signing secret of the bot's tests";

/** A configuration that watches what a test names, on any free port. */
export function configOf(changed: Partial<Config> = {}): Config {
  return {
    slack: null,
    github: { token: null, app: null, apiUrl: null },
    databaseUrl: null,
    host: "127.0.0.1",
    port: 0,
    logLevel: "info",
    repositories: [],
    channels: [],
    ...changed,
  };
}

/** What the program writes to its log, as `level: message`. */
export function listeningLog(): { log: Logger; logged: string[] } {
  const logged: string[] = [];
  const log = pino(
    { level: "debug" },
    {
      write: (line: string) => {
        const { level, msg } = JSON.parse(line) as {
          level: number;
          msg: string;
        };
        logged.push(`${pino.levels.labels[level]}: ${msg}`);
      },
    },
  );
  return { log, logged };
}

export const instance = { owner: "test/1/a", isDead: () => false };

/** The whole bot on a workspace, watching the example repository, which is at its thirteenth commit. */
export interface RunningBot extends AsyncDisposable {
  readonly slack: Workspace;
  readonly app: RunningApp;
  readonly story: Story;
  readonly logged: readonly string[];
  /** Types `/coverage …` in a channel and waits for what the bot says to it. */
  readonly ask: (text: string, channel?: string) => Promise<ShownMessage>;
  readonly press: (
    message: ShownMessage,
    action: string,
    value?: string,
  ) => Promise<ShownMessage>;
}

export const VERIFIED_STEP = 13;

export async function runningBot({
  config = {},
  options = {},
  more = [],
}: {
  config?: Partial<Config>;
  options?: Partial<AppOptions>;
  /** Names of further repositories, with the same content. */
  more?: readonly string[];
} = {}): Promise<RunningBot> {
  await using stack = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "phasewatch-bot-"));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const story = await openStory(join(directory, "story.git"));
  while ((await story.position()).step < VERIFIED_STEP) await story.advance();
  let app: RunningApp | null = null;
  const slack = stack.use(
    await workspace({
      botUrl: () => `http://127.0.0.1:${app?.port ?? 0}/slack/events`,
      signingSecret: SIGNING_SECRET,
    }),
  );
  const { log, logged } = listeningLog();
  const repositories = [SHOP, ...more].map((name) => ({
    name,
    git: story.directory,
    branch: "main",
    pollMs: 60_000,
  }));
  app = stack.use(
    await startApp(configOf({ repositories, ...config }), {
      slack: {
        botToken: BOT_TOKEN,
        signingSecret: SIGNING_SECRET,
        appToken: null,
        apiUrl: slack.apiUrl,
      },
      databaseUrl: "sqlite::memory:",
      dataDirectory: directory,
      cwd: directory,
      log,
      instance,
      ...options,
    }),
  );
  const running = app;
  for (const { name } of config.repositories ?? repositories) {
    await running.refresh(name);
  }

  /** The first thing that the bot says once `work` has begun. */
  const answerTo = async (work: () => Promise<unknown>) => {
    const before = slack.state().messages.length;
    await work();
    const { messages } = await slack.waitFor((state) =>
      state.messages.slice(before).some(({ author }) => author !== "person"),
    );
    const answer = messages
      .slice(before)
      .find(({ author }) => author !== "person");
    if (!answer) throw new Error("Nobody answered.");
    return answer;
  };
  const parts = stack.move();
  return {
    slack,
    app: running,
    story,
    logged,
    ask: (text, channel = QUALITY.id) =>
      answerTo(() =>
        act(slack, "/compose", { channel, text: `/coverage ${text}` }),
      ),
    press: ({ channel, ts }, action_id, value) =>
      answerTo(() =>
        act(slack, "/press", {
          channel,
          ts,
          action_id,
          ...(value === undefined ? {} : { value }),
        }),
      ),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
