import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import { startApp, type RunningApp } from "../app.ts";
import type { Config } from "../config.ts";
import { TOPICS } from "../core/news.ts";
import type { Instance } from "../instance.ts";
import { ActionableError } from "../core/errors.ts";
import type { SavedWorkspace } from "./timeline.ts";
import { startWorkspace, type Workspace } from "./workspace.ts";

export interface PreviewOptions {
  /** Where the preview keeps its store, its messages and the example repository. */
  readonly directory: string;
  readonly cwd: string;
  /** Begin the story anew. */
  readonly reset: boolean;
  readonly log: Logger;
  readonly instance: Instance;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Preview extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly app: RunningApp;
  /** What to tell the person who started it. */
  readonly welcome: string;
}

/** The name under which the example repository is watched. */
const EXAMPLE = "acme/shop";

/**
 * Runs the bot against a local workspace: the same program as on Slack, with another address for the Web API. Without
 * configured repositories it watches the example repository, whose story the page can advance.
 */
export async function startPreview(
  config: Config,
  { directory, cwd, reset, log, instance, env = {} }: PreviewOptions,
): Promise<Preview> {
  if (reset) await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await using stack = new AsyncDisposableStack();
  const story =
    config.repositories.length === 0 ? await openExample(directory) : null;
  let position = (await story?.position()) ?? NO_STORY;
  const watched = story ? withExample(config, story.directory) : config;
  const saved = savedWorkspace(join(directory, "workspace.json"));

  const signingSecret = randomBytes(32).toString("hex");
  const botToken = "xoxb-preview";
  let app: RunningApp | null = null;
  const workspace = stack.use(
    await startWorkspace({
      host: config.host,
      port: config.port,
      botUrl: () => `http://127.0.0.1:${app?.port ?? 0}/slack/events`,
      signingSecret,
      botToken,
      channels: watched.channels.map(
        ({ id }) => CHANNELS[id] ?? { id, name: id.toLowerCase(), purpose: "" },
      ),
      saved: saved.read(),
      onChange: saved.write,
      story: () => position,
      advance: async () => {
        const moved = (await story?.advance()) ?? false;
        if (story && moved) {
          position = await story.position();
          await app?.refresh(EXAMPLE);
        }
        return {
          label: position.label,
          done: position.step === position.steps,
        };
      },
    }),
  );
  app = stack.use(
    await startApp(
      { ...watched, host: "127.0.0.1", port: 0 },
      {
        slack: {
          botToken,
          signingSecret,
          appToken: null,
          apiUrl: workspace.apiUrl,
        },
        databaseUrl:
          config.databaseUrl ?? `sqlite:${join(directory, "phasewatch.db")}`,
        dataDirectory: directory,
        cwd,
        log,
        instance,
        env,
      },
    ),
  );
  const running = app;
  // Whoever types the first question should get an answer, not "has not been read yet".
  if (story) await running.refresh(EXAMPLE);
  const parts = stack.move();
  return {
    workspace,
    app: running,
    welcome: welcomeText(workspace.url, story !== null),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

const NO_STORY = { step: 0, steps: 0, label: "" };

const CHANNELS: Readonly<
  Record<string, { id: string; name: string; purpose: string }>
> = {
  C0QUALITY: {
    id: "C0QUALITY",
    name: "quality",
    purpose: `Hears everything about ${EXAMPLE}`,
  },
  C0RELEASES: {
    id: "C0RELEASES",
    name: "releases",
    purpose: `Try: /coverage subscribe ${EXAMPLE} regressions`,
  },
};

function withExample(config: Config, git: string): Config {
  const channel = (id: string, subscribed: boolean) => ({
    id,
    timezone: "UTC",
    subscribe: subscribed ? [{ repository: EXAMPLE, topics: TOPICS }] : [],
    digest: null,
    dryRun: false,
  });
  return {
    ...config,
    repositories: [{ name: EXAMPLE, git, branch: "main", pollMs: 2_000 }],
    channels: [channel("C0QUALITY", true), channel("C0RELEASES", false)],
  };
}

async function openExample(directory: string) {
  const { openStory } = await import("../../examples/story/build.ts").catch(
    (cause: unknown) => {
      throw new ActionableError("The example repository is not installed.", {
        hint: "Set SLACK_BOT_TOKEN to run on Slack, or start from a checkout of phasewatch.",
        cause,
      });
    },
  );
  return openStory(join(directory, "story.git"));
}

/**
 * The workspace's messages, kept so that a restart shows what was said before it. They are on disk before the bot gets its answer: Slack
 * does not forget what it has accepted either.
 */
function savedWorkspace(path: string) {
  return {
    read: (): SavedWorkspace | null => {
      if (!existsSync(path)) return null;
      try {
        return JSON.parse(readFileSync(path, "utf8")) as SavedWorkspace;
      } catch {
        return null;
      }
    },
    write: (saved: SavedWorkspace) => {
      // Written aside and renamed: a kill in the middle leaves the file of before.
      writeFileSync(`${path}.new`, JSON.stringify(saved));
      renameSync(`${path}.new`, path);
    },
  };
}

function welcomeText(url: string, story: boolean): string {
  return [
    "",
    `phasewatch is running in its preview workspace: ${url}`,
    "",
    "  No Slack account is needed. Open the page and type",
    "",
    "    /coverage phase 19",
    "",
    ...(story
      ? [
          "  or press “Next commit” to let the example repository go on and see",
          "  summaries and alerts arrive. `npm start -- --reset` begins it anew.",
          "",
        ]
      : []),
    "  On Slack: set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET (README, “Install into Slack”).",
    "  Stop with Ctrl+C.",
    "",
    "",
  ].join("\n");
}
