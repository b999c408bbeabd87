import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger as BoltLogger, LogLevel } from "@slack/bolt";
import type { Logger } from "pino";
import type { Config, SlackConfig } from "./config.ts";
import {
  detectedLayouts,
  type DocumentLayouts,
} from "./core/planning/layouts.ts";
import type { RepositoryStatus } from "./core/status.ts";
import { openReadingPool } from "./jobs/readingPool.ts";
import { startSchedule, type Schedule } from "./jobs/schedule.ts";
import { evaluationVersion } from "./jobs/version.ts";
import type { Instance } from "./instance.ts";
import { createMetrics } from "./metrics.ts";
import { openRepository } from "./repositories/openRepository.ts";
import type { Repository } from "./repositories/repository.ts";
import { registerActions } from "./slack/actions.ts";
import { connectSlack, type Route } from "./slack/bolt.ts";
import { registerCommands, type Listening } from "./slack/commands.ts";
import { registerHome } from "./slack/home.ts";
import { slackOutbox } from "./slack/outbox.ts";
import { openStore } from "./store/openStore.ts";
import type { RepositoryRow } from "./store/schema.ts";
import type { Store } from "./store/store.ts";

export interface AppOptions {
  readonly slack: SlackConfig;
  readonly databaseUrl: string;
  /** Where mirrors of remote repositories are kept. */
  readonly dataDirectory: string;
  /** Relative repository paths of the configuration are meant from here. */
  readonly cwd: string;
  /** What git is given: PATH, HOME, proxies, the SSH agent. Nothing when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly instance: Instance;
  readonly now?: () => Date;
}

export interface RunningApp extends AsyncDisposable {
  readonly port: number;
  readonly store: Store;
  /** Looks at a repository at once, and resolves when that poll is over, or after a minute. */
  refresh(repository: string): Promise<void>;
}

/** Polls that have not come round for this long mean that the process is stuck. */
const STUCK_MS = 10 * 60_000;
/** A stop waits this long for answers that are under way. */
const STOP_MS = 10_000;
const REFRESH_MS = 60_000;
const REFRESH_LOOK_MS = 20;

/**
 * Builds the whole shell and starts it: store, repositories, Slack, schedule.
 *
 * @throws ActionableError when a part cannot start; what had started is stopped again
 */
export async function startApp(
  config: Config,
  options: AppOptions,
): Promise<RunningApp> {
  const { log } = options;
  const now = options.now ?? (() => new Date());
  await using stack = new AsyncDisposableStack();
  const store = stack.use(await openStore(options.databaseUrl));
  await store.expireLeases(options.instance.isDead);
  await remember(config, store, now());

  const opened = new Map<string, Promise<Repository>>();
  const links = new Map<string, Repository>();
  const open = (id: string): Promise<Repository> => {
    const known = opened.get(id);
    if (known) return known;
    const configured = config.repositories.find(({ name }) => name === id);
    const opening = openRepository(configured?.git ?? id, {
      github: config.github,
      cacheDir: join(options.dataDirectory, "mirrors"),
      cwd: options.cwd,
      env: options.env ?? {},
    });
    opened.set(id, opening);
    opening.then(
      (repository) => links.set(id, repository),
      // The next poll tries again.
      () => opened.delete(id),
    );
    return opening;
  };
  stack.defer(async () => {
    for (const repository of links.values()) {
      await repository[Symbol.asyncDispose]();
    }
  });
  const link = (id: string) => (commit: string, path?: string, line?: number) =>
    links.get(id)?.link(commit, path, line) ?? null;

  const layouts = (id: string) =>
    config.repositories.find(({ name }) => name === id)?.docs ??
    detectedLayouts;

  const metrics = createMetrics(store);
  let schedule: Schedule | null = null;
  let ready = false;
  const slack = await connectSlack(options.slack, {
    host: config.host,
    port: config.port,
    routes: probes({
      ready: () =>
        ready &&
        schedule !== null &&
        now().getTime() - schedule.lastTick().getTime() < STUCK_MS,
      metrics: metrics.text,
    }),
    logger: boltLogger(log.child({ part: "slack" })),
  });

  const working = new Set<Promise<unknown>>();
  const listening: Listening = {
    store,
    now,
    link,
    latest: latestEvaluations(store, layouts),
    reschedule: async (channel) => schedule?.reschedule(channel),
    track: (work) => {
      const settled = work.catch(() => undefined);
      working.add(settled);
      void settled.then(() => working.delete(settled));
      return work;
    },
    log,
  };
  registerCommands(slack.app, listening);
  registerActions(slack.app, listening);
  registerHome(slack.app, listening);
  slack.app.error(async (error) => {
    log.error({ err: error }, "a Slack request failed");
  });

  const { port } = await slack.listen();
  stack.defer(async () => {
    await slack.stop();
    await Promise.race([
      Promise.all(working),
      sleep(STOP_MS, undefined, { ref: false }),
    ]);
  });
  const running = await startSchedule({
    store,
    owner: options.instance.owner,
    open,
    reading: stack.use(openReadingPool()),
    layouts,
    now,
    link,
    outbox: slackOutbox(slack.app.client),
    pollMs: (id) =>
      config.repositories.find(({ name }) => name === id)?.pollMs ?? 60_000,
    log,
    count: metrics.count,
  });
  stack.use(running);
  schedule = running;
  ready = true;

  const parts = stack.move();
  return {
    port,
    store,
    refresh: async (id) => {
      await store.repositories.hurry(id);
      running.wake();
      const deadline = performance.now() + REFRESH_MS;
      while (performance.now() < deadline) {
        const row = await store.repositories.find(id);
        const isOver =
          row?.lease_owner === null && row.next_poll_ms > now().getTime();
        if (!row || isOver) return;
        await sleep(REFRESH_LOOK_MS);
      }
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** Writes what the configuration says into the store; what people set by command stays. */
async function remember(
  { repositories, channels }: Config,
  store: Store,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await store.repositories.register(
    repositories.map(({ name, branch }) => ({ id: name, branch })),
    at,
  );
  for (const { id, timezone, digest, dryRun, subscribe } of channels) {
    const known = await store.channels.find(id);
    await store.channels.save(
      {
        id,
        dry_run: dryRun ? 1 : 0,
        // What somebody set in the channel, "off" too, wins over the file.
        ...(known?.digest_source === "command" ? {} : { digest, timezone }),
      },
      at,
    );
    const configured = new Set<string>();
    for (const { repository, topics } of subscribe) {
      configured.add(repository);
      await store.channels.subscribe(
        { channel: id, repository, topics, source: "config" },
        at,
      );
    }
    for (const { repository, source } of await store.channels.subscriptionsOf(
      id,
    )) {
      if (source === "config" && !configured.has(repository)) {
        await store.channels.unsubscribe(id, repository, null);
      }
    }
  }
}

/** Parsing a large evaluation takes longer than answering from it: the newest of each repository is kept. */
function latestEvaluations(
  store: Store,
  layouts: (id: string) => DocumentLayouts,
) {
  const kept = new Map<string, { head: string; status: RepositoryStatus }>();
  return async ({ id, head }: RepositoryRow) => {
    if (head === null) return null;
    const known = kept.get(id);
    if (known?.head === head) return known.status;
    const version = evaluationVersion(layouts(id));
    const status = await store.evaluations.find(id, head, version);
    // That of an older program is about to be made again, or another commit has come in between.
    if (!status) return store.evaluations.latest(id);
    kept.set(id, { head, status });
    return status;
  };
}

function probes({
  ready,
  metrics,
}: {
  ready: () => boolean;
  metrics: () => Promise<{ contentType: string; body: string }>;
}): Route[] {
  const text = (path: string, status: () => number): Route => ({
    path,
    method: ["GET", "HEAD"],
    handler: (_request, response) => {
      const code = status();
      response
        .writeHead(code, { "content-type": "text/plain" })
        .end(code === 200 ? "ok\n" : "not ready\n");
    },
  });
  return [
    text("/healthz", () => 200),
    text("/readyz", () => (ready() ? 200 : 503)),
    {
      path: "/metrics",
      method: ["GET"],
      handler: (_request, response) => {
        metrics().then(
          ({ contentType, body }) =>
            response.writeHead(200, { "content-type": contentType }).end(body),
          () => response.writeHead(500).end(),
        );
      },
    },
  ];
}

function boltLogger(log: Logger): BoltLogger {
  const write =
    (level: "debug" | "info" | "warn" | "error") =>
    (...parts: unknown[]) =>
      log[level](
        parts
          .map((part) => (part instanceof Error ? part.message : String(part)))
          .join(" "),
      );
  return {
    debug: write("debug"),
    info: write("debug"),
    warn: write("warn"),
    error: write("error"),
    setLevel: () => undefined,
    getLevel: () => "warn" as LogLevel,
    setName: () => undefined,
  };
}
