import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import {
  App,
  HTTPReceiver,
  LogLevel,
  SocketModeReceiver,
  type Logger,
} from "@slack/bolt";
import type { SlackConfig } from "../config.ts";
import { ActionableError } from "../core/errors.ts";

/** A plain HTTP route beside Slack's own endpoint. */
export interface Route {
  readonly path: string;
  readonly method: string[];
  readonly handler: (
    request: IncomingMessage,
    response: ServerResponse,
  ) => void;
}

export interface SlackServer {
  readonly app: App;
  /** Begins to accept requests. */
  listen(): Promise<{ readonly port: number }>;
  stop(): Promise<void>;
}

/** Slack waits this long for one Web API answer before the outcome counts as unknown. */
const TIMEOUT_MS = 10_000;

/**
 * The Bolt app, over HTTP or Socket Mode.
 *
 * @throws ActionableError when Slack refuses the token or cannot be reached
 */
export async function connectSlack(
  config: SlackConfig,
  {
    host,
    port,
    routes,
    logger,
  }: {
    host: string;
    port: number;
    routes: readonly Route[];
    logger: Logger;
  },
): Promise<SlackServer> {
  const common = { logger, logLevel: LogLevel.WARN };
  const http =
    config.appToken === null
      ? new HTTPReceiver({
          ...common,
          signingSecret: config.signingSecret ?? "",
          endpoints: "/slack/events",
          customRoutes: routes.map((route) => ({ ...route })),
        })
      : null;
  const receiver =
    http ??
    new SocketModeReceiver({ ...common, appToken: config.appToken ?? "" });
  const app = new App({
    ...common,
    receiver,
    token: config.botToken,
    // Without this, a bad token becomes an unhandled rejection and every later request gets 401.
    deferInitialization: true,
    clientOptions: {
      ...(config.apiUrl === null ? {} : { slackApiUrl: config.apiUrl }),
      // The outbox decides about repeating: a retried post whose answer was lost is a second message.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: TIMEOUT_MS,
    },
  });
  try {
    await app.init();
  } catch (cause) {
    throw new ActionableError(
      `Slack did not accept the bot's token: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: "Check SLACK_BOT_TOKEN (it begins with xoxb- and belongs to an installed app) and that Slack can be reached from here; `phasewatch doctor` tells which.",
        cause,
      },
    );
  }
  // Socket Mode needs no open port, but health checks and metrics do.
  const probes = http
    ? null
    : createServer((request, response) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname;
        const route = routes.find((candidate) => candidate.path === path);
        if (route) route.handler(request, response);
        else response.writeHead(404).end();
      });
  return {
    app,
    listen: async () => {
      if (http) {
        const server = await listening(http.start({ host, port }), host, port);
        return { port: portOf(server.address()) ?? port };
      }
      const server = probes ?? createServer();
      await listening(
        new Promise<void>((resolve, reject) => {
          server.once("error", reject);
          server.listen(port, host, () => resolve());
        }),
        host,
        port,
      );
      await app.start();
      return { port: portOf(server.address()) ?? port };
    },
    stop: async () => {
      await app.stop();
      if (probes?.listening) {
        await new Promise((resolve) => {
          probes.close(resolve);
          probes.closeAllConnections();
        });
      }
    },
  };
}

async function listening<T>(
  start: Promise<T>,
  host: string,
  port: number,
): Promise<T> {
  try {
    return await start;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const why =
      code === "EADDRINUSE"
        ? "is in use by another program"
        : code === "EACCES"
          ? "needs more rights than this process has"
          : `cannot be opened (${String(code ?? cause)})`;
    throw new ActionableError(`Port ${port} on ${host} ${why}.`, {
      hint: "Set PORT to a free port, for example PORT=3100.",
      cause,
    });
  }
}

function portOf(address: unknown): number | null {
  return address !== null && typeof address === "object" && "port" in address
    ? Number(address.port)
    : null;
}
