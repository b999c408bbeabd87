import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import {
  App,
  HTTPReceiver,
  LogLevel,
  SocketModeReceiver,
  type Logger,
  type Receiver,
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
  /**
   * Begins to accept requests. What had begun has ended again when it fails.
   * @throws ActionableError when the port cannot be had, or Slack refuses the Socket Mode token
   */
  listen(): Promise<{ readonly port: number }>;
  /** To be called once `listen` has returned. */
  stop(): Promise<void>;
}

export interface SlackServerOptions {
  readonly host: string;
  readonly port: number;
  readonly routes: readonly Route[];
  readonly logger: Logger;
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
  options: SlackServerOptions,
): Promise<SlackServer> {
  const { receiver, listen, stop } =
    config.appToken === null
      ? overHttp(config, options)
      : overSocket(config, config.appToken, options);
  const app = new App({
    logger: options.logger,
    receiver,
    token: config.botToken,
    // Without this, a bad token becomes an unhandled rejection and every later request gets 401.
    deferInitialization: true,
    clientOptions: {
      ...address(config),
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
      `Slack did not accept the bot's token: ${reason(cause)}`,
      {
        hint: "Check SLACK_BOT_TOKEN (it begins with xoxb- and belongs to an installed app) and that Slack can be reached from here; `phasewatch doctor` tells which.",
        cause,
      },
    );
  }
  return { app, listen, stop };
}

type Connection = Omit<SlackServer, "app"> & { readonly receiver: Receiver };

/** Slack's requests and the routes arrive at one port. */
function overHttp(
  config: SlackConfig,
  { host, port, routes, logger }: SlackServerOptions,
): Connection {
  const receiver = new HTTPReceiver({
    logger,
    logLevel: LogLevel.WARN,
    signingSecret: config.signingSecret ?? "",
    endpoints: "/slack/events",
    customRoutes: routes.map((route) => ({ ...route })),
  });
  return {
    receiver,
    listen: async () => {
      const server = await receiver
        .start({ host, port })
        .catch((cause: unknown) => {
          throw portRefused(cause, host, port);
        });
      return { port: portOf(server.address()) };
    },
    stop: async () => {
      await receiver.stop();
    },
  };
}

/** Socket Mode needs no open port, but health checks and metrics do. */
function overSocket(
  config: SlackConfig,
  appToken: string,
  { host, port, routes, logger }: SlackServerOptions,
): Connection {
  const receiver = new SocketModeReceiver({
    logger,
    logLevel: LogLevel.WARN,
    appToken,
    // The receiver has a client of its own, which asks Slack where to connect to.
    installerOptions: { clientOptions: address(config) },
  });
  const server = createServer((request, response) => {
    const [path] = (request.url ?? "").split("?");
    const route = routes.find(
      (candidate) =>
        candidate.path === path &&
        candidate.method.includes(request.method ?? ""),
    );
    if (route) route.handler(request, response);
    else response.writeHead(404).end();
  });
  const close = async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    receiver,
    listen: async () => {
      server.listen(port, host);
      await once(server, "listening").catch((cause: unknown) => {
        throw portRefused(cause, host, port);
      });
      try {
        await receiver.start();
      } catch (cause) {
        await close();
        throw new ActionableError(
          `Slack did not accept the Socket Mode token: ${reason(cause)}`,
          {
            hint: "Check SLACK_APP_TOKEN (it begins with xapp- and has connections:write) and that Socket Mode is on for the app.",
            cause,
          },
        );
      }
      return { port: portOf(server.address()) };
    },
    stop: async () => {
      await receiver.stop();
      await close();
    },
  };
}

function address({ apiUrl }: SlackConfig): { slackApiUrl?: string } {
  return apiUrl === null ? {} : { slackApiUrl: apiUrl };
}

function portRefused(
  cause: unknown,
  host: string,
  port: number,
): ActionableError {
  const { code } = cause as NodeJS.ErrnoException;
  const why =
    code === "EADDRINUSE"
      ? "is in use by another program"
      : code === "EACCES"
        ? "needs more rights than this process has"
        : `cannot be opened (${reason(cause)})`;
  return new ActionableError(`Port ${port} on ${host} ${why}.`, {
    hint: "Set PORT to a free port, for example PORT=3100.",
    cause,
  });
}

/** The port that was given by the system when 0 was asked for. */
function portOf(bound: unknown): number {
  return (bound as AddressInfo).port;
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
