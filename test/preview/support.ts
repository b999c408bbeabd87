import { App, LogLevel } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import {
  startWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from "../../src/preview/workspace.ts";

const SIGNING_SECRET = "a signing secret of the tests";
export const BOT_TOKEN = "xoxb-of-the-tests";
export const QUALITY = {
  id: "C0QUALITY",
  name: "quality",
  purpose: "What the measurements say",
};
export const RELEASES = {
  id: "C0RELEASES",
  name: "releases",
  purpose: "What ships",
};

/** A workspace on a free port, whose bot is wherever `botUrl` says. */
export function workspace(
  options: Partial<WorkspaceOptions> = {},
): Promise<Workspace> {
  return startWorkspace({
    port: 0,
    botUrl: () => "http://127.0.0.1:9/slack/events",
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    channels: [QUALITY, RELEASES],
    advance: async () => ({ label: "Nothing", done: true }),
    story: () => ({ label: "Nothing", step: 0, steps: 0 }),
    ...options,
  });
}

/** The client that the bot uses, without its half hour of retries. */
export function client(
  { apiUrl }: Workspace,
  token: string = BOT_TOKEN,
): WebClient {
  return new WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    logLevel: LogLevel.ERROR,
    logger: silent,
    rejectRateLimitedCalls: true,
    timeout: 2_000,
  });
}

/** A workspace and a real Bolt app that talk to each other over sockets. */
export async function workspaceWithBot(
  register: (app: App) => void,
  options: Partial<WorkspaceOptions> = {},
): Promise<{ slack: Workspace } & AsyncDisposable> {
  let botUrl = "";
  const slack = await workspace({ botUrl: () => botUrl, ...options });
  const app = new App({
    token: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    clientOptions: {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
    },
    deferInitialization: true,
    logger: silent,
  });
  await app.init();
  register(app);
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  const address = server.address();
  if (typeof address !== "object" || address === null) {
    throw new Error("The bot has no address");
  }
  botUrl = `http://127.0.0.1:${address.port}/slack/events`;
  return {
    slack,
    async [Symbol.asyncDispose]() {
      await app.stop();
      await slack[Symbol.asyncDispose]();
    },
  };
}

/** What the page sends when a person does something. */
export async function act(
  { url }: Workspace,
  path: string,
  body: unknown = {},
  headers: Record<string, string> = {},
): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
}

export function section(text: string) {
  return { type: "section" as const, text: { type: "mrkdwn" as const, text } };
}

export function home(text: string) {
  return {
    type: "home" as const,
    blocks: [
      section(text),
      {
        type: "actions" as const,
        elements: [
          {
            type: "button" as const,
            action_id: "refresh",
            text: { type: "plain_text" as const, text: "Refresh" },
          },
        ],
      },
    ],
  };
}

/** Bolt and the client log every refusal that the tests provoke. */
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
