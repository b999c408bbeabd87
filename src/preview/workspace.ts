import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { ActionableError } from "../core/errors.ts";
import { bundlePage, PAGE_POLICY } from "./bundle.ts";
import { Conversation } from "./conversation.ts";
import { Faults, type Fault } from "./faults.ts";
import {
  HttpRefusal,
  isJson,
  readFields,
  refuseStrangers,
  send,
  sendJson,
} from "./http.ts";
import { COMMAND } from "./identities.ts";
import {
  Timeline,
  type PublishedHome,
  type SavedWorkspace,
  type ShownMessage,
} from "./timeline.ts";
import { callMethod, type ApiAnswer, type Channel } from "./webApi.ts";

export interface WorkspaceOptions {
  /** Default `127.0.0.1`: the workspace has no log-in. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The bot's `/slack/events`; asked at every request, because the bot may start later or move. */
  readonly botUrl: () => string;
  readonly signingSecret: string;
  readonly botToken: string;
  readonly channels: readonly Channel[];
  /** Makes the next commit of the story and waits until the bot has seen it. */
  readonly advance: () => Promise<{
    readonly label: string;
    readonly done: boolean;
  }>;
  readonly story: () => Story;
  readonly now?: () => Date;
  /** What an earlier workspace told `onChange` last. */
  readonly saved?: SavedWorkspace | null;
  readonly onChange?: (saved: SavedWorkspace) => void;
}

export interface Story {
  readonly label: string;
  readonly step: number;
  readonly steps: number;
}

/** Everything that the page shows, as `GET /workspace` gives it. */
export interface WorkspaceState {
  readonly command: string;
  readonly channels: readonly Channel[];
  /** Oldest first; replies and ephemeral messages are among them. */
  readonly messages: readonly ShownMessage[];
  readonly home: PublishedHome | null;
  readonly story: Story;
  /** A commit of the story is under way. */
  readonly advancing: boolean;
}

export interface Workspace extends AsyncDisposable {
  /** Where people look: `http://127.0.0.1:4003`. */
  readonly url: string;
  /** What the bot takes for Slack's Web API: ends with `/api/`. */
  readonly apiUrl: string;
  state(): WorkspaceState;
  /** Resolves with the first state for which the predicate holds; rejects after `timeoutMs` with the messages that there were. */
  waitFor(
    predicate: (state: WorkspaceState) => boolean,
    timeoutMs?: number,
  ): Promise<WorkspaceState>;
  /** Lets the next calls of a Web API method go wrong, one fault each. */
  failNext(method: string, ...faults: readonly Fault[]): void;
}

const PROBES = new Set(["/healthz", "/readyz", "/metrics"]);

/**
 * Starts a local Slack: the Web API, signed requests to the bot, `response_url`, and a page to look at it.
 *
 * @throws ActionableError when the port is taken or the page cannot be built.
 */
export async function startWorkspace(
  options: WorkspaceOptions,
): Promise<Workspace> {
  const host = options.host ?? "127.0.0.1";
  const page = await bundlePage();
  const now = options.now ?? (() => new Date());
  const faults = new Faults();
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  let advancing: Promise<{ label: string; done: boolean }> | null = null;

  const changed = () => {
    for (const listener of listeners) listener();
  };
  const timeline = new Timeline({
    saved: options.saved ?? null,
    now,
    changed: () => {
      options.onChange?.({ messages: timeline.all(), home: timeline.home });
      changed();
    },
  });

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) {
        response.destroy();
      } else if (error instanceof HttpRefusal) {
        sendJson(response, error.status, { ok: false, error: error.message });
      } else {
        const why = error instanceof Error ? error.message : String(error);
        sendJson(response, 500, { ok: false, error: why });
      }
    });
  });
  await listen(server, host, options.port);
  const address = server.address();
  const port =
    typeof address === "object" && address !== null
      ? address.port
      : options.port;
  const url = `http://${nameOf(host)}:${port}`;

  const conversation = new Conversation({
    timeline,
    channels: options.channels,
    url,
    now,
    bot: () => ({
      botUrl: options.botUrl(),
      signingSecret: options.signingSecret,
      closing: closing.signal,
    }),
  });

  async function handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    refuseStrangers(request, host);
    const { pathname } = new URL(request.url ?? "/", url);
    const isPost = request.method === "POST";
    const [, room, name] = /^\/(api|respond)\/([\w.-]+)$/.exec(pathname) ?? [];
    if (room === "api" && name !== undefined) {
      await answerApi(name, request, response);
    } else if (room === "respond" && name !== undefined && isPost) {
      const fields = await readFields(request);
      const answer = conversation.respond(name, fields ?? {});
      if (answer === "ok") send(response, 200, "text/plain", "ok");
      else
        sendJson(response, answer.status, { ok: false, error: answer.error });
    } else if (PROBES.has(pathname) && !isPost) {
      await probe(pathname, response);
    } else if (isPost) {
      await answerPage(pathname, request, response);
    } else {
      show(pathname, response);
    }
  }

  async function answerApi(
    method: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const given = await readFields(request);
    const fault = faults.take(method);
    const perform = (): ApiAnswer => {
      if (given === null) return { ok: false, error: "invalid_json" };
      const { token, ...fields } = given;
      const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "");
      const shown = bearer?.[1] ?? (typeof token === "string" ? token : null);
      return callMethod(method, fields, shown, {
        timeline,
        channels: options.channels,
        url,
        botToken: options.botToken,
      });
    };
    if (fault === null) return sendJson(response, 200, perform());
    switch (fault.kind) {
      case "rate_limited":
        return sendJson(
          response,
          429,
          { ok: false, error: "ratelimited" },
          { "retry-after": String(fault.retryAfterSeconds) },
        );
      case "delayed":
        await sleep(fault.ms, undefined, { signal: closing.signal });
        return sendJson(response, 200, perform());
      case "refused":
        if (fault.performed) perform();
        return sendJson(response, 200, { ok: false, error: fault.error });
      case "status":
        if (fault.performed) perform();
        return send(response, fault.status, "text/html", "<html></html>");
      case "cut":
        if (fault.performed) perform();
        response.destroy();
    }
  }

  async function answerPage(
    pathname: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    // A form on another site can send text, but only this page can send JSON.
    if (!isJson(request)) {
      throw new HttpRefusal(415, "Send application/json.");
    }
    const fields = await readFields(request);
    switch (pathname) {
      case "/compose":
        await conversation.compose(parse(composed, fields));
        return sendJson(response, 200, { ok: true });
      case "/press":
        return sendJson(
          response,
          200,
          await conversation.press(parse(pressed, fields)),
        );
      case "/home":
        return sendJson(response, 200, await conversation.openHome());
      case "/advance":
        return sendJson(response, 200, { ok: true, ...(await advance()) });
      default:
        throw new HttpRefusal(404, "There is nothing here.");
    }
  }

  /** The bot has a port of its own here; who watches over it should not need to know that. */
  async function probe(
    pathname: string,
    response: ServerResponse,
  ): Promise<void> {
    const answer = await fetch(new URL(pathname, options.botUrl()), {
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(5_000)]),
    }).catch(() => null);
    if (answer === null) {
      return send(response, 503, "text/plain", "not ready\n");
    }
    const type = answer.headers.get("content-type") ?? "text/plain";
    send(response, answer.status, type, await answer.text());
  }

  function advance(): Promise<{ label: string; done: boolean }> {
    // Two pages may press at the same time; the story still goes one step.
    advancing ??= options.advance().finally(() => {
      advancing = null;
      changed();
    });
    changed();
    return advancing;
  }

  function show(pathname: string, response: ServerResponse): void {
    switch (pathname) {
      case "/":
        return send(response, 200, "text/html; charset=utf-8", page.html, {
          "content-security-policy": PAGE_POLICY,
          "referrer-policy": "no-referrer",
        });
      case "/page.js":
        return send(
          response,
          200,
          "text/javascript; charset=utf-8",
          page.script,
        );
      case "/page.css":
        return send(response, 200, "text/css; charset=utf-8", page.style);
      case "/workspace":
        return sendJson(response, 200, state());
      case "/events":
        return stream(response);
      default:
        throw new HttpRefusal(404, "There is nothing here.");
    }
  }

  /** Says that something changed, not what: a page that is slow to read then catches up with one request. */
  function stream(response: ServerResponse): void {
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
    });
    const tell = () => response.write("data: changed\n\n");
    tell();
    listeners.add(tell);
    response.on("close", () => listeners.delete(tell));
  }

  function state(): WorkspaceState {
    return {
      command: COMMAND,
      channels: options.channels,
      messages: timeline.all(),
      home: timeline.home,
      story: options.story(),
      advancing: advancing !== null,
    };
  }

  function waitFor(
    predicate: (state: WorkspaceState) => boolean,
    timeoutMs = 5_000,
  ): Promise<WorkspaceState> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        listeners.delete(look);
      };
      const look = () => {
        const current = state();
        try {
          if (!predicate(current)) return;
        } catch (error) {
          settle();
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        settle();
        resolve(current);
      };
      const timer = setTimeout(() => {
        settle();
        const said = timeline.all().map(({ text }) => `\n- ${text}`);
        reject(
          new Error(`Not within ${timeoutMs} ms. There was:${said.join("")}`),
        );
      }, timeoutMs);
      listeners.add(look);
      look();
    });
  }

  return {
    url,
    apiUrl: `${url}/api/`,
    state,
    waitFor,
    failNext: (method, ...more) => faults.add(method, ...more),
    async [Symbol.asyncDispose]() {
      closing.abort();
      const closed = once(server, "close");
      server.close();
      // Pages hold their stream open for as long as they are looked at.
      server.closeAllConnections();
      await closed;
    },
  };
}

const composed = z.object({
  channel: z.string(),
  text: z.string().max(40_000),
});

const pressed = z.object({
  /** `home` for the App Home. */
  channel: z.string(),
  ts: z.string().default(""),
  action_id: z.string(),
  value: z.string().optional(),
});

function parse<T>(shape: z.ZodType<T>, fields: unknown): T {
  const parsed = shape.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new HttpRefusal(400, z.prettifyError(parsed.error));
}

/** How a browser on this machine reaches a server that listens on this address. */
function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

async function listen(
  server: ReturnType<typeof createServer>,
  host: string,
  port: number,
): Promise<void> {
  const listening = once(server, "listening");
  server.listen(port, host);
  try {
    await listening;
  } catch (cause) {
    throw new ActionableError(
      `The preview workspace cannot listen on ${host}:${port}`,
      { hint: "Stop what uses that port, or choose another one.", cause },
    );
  }
}
