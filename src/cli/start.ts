import { once } from "node:events";
import { join } from "node:path";
import { pino, type Logger } from "pino";
import { startApp, type AppOptions } from "../app.ts";
import type { Config } from "../config.ts";
import { EXIT, type Io } from "./io.ts";
import { loadConfig } from "./loadConfig.ts";

/** `phasewatch start`: the bot, on Slack when tokens are set, otherwise in the local preview workspace. */
export async function start(
  options: { readonly reset?: boolean },
  io: Io,
): Promise<number> {
  const { config, ignored } = loadConfig(io);
  for (const name of ignored) {
    io.err(`note: ${name} is set, but this version does not use it yet.\n`);
  }
  const dataDirectory = join(io.home, "data");
  if (config.slack === null) {
    const { startPreview } = await import("../preview/preview.ts");
    await using preview = await startPreview(config, {
      directory: join(dataDirectory, "preview"),
      cwd: io.home,
      reset: options.reset ?? false,
      log: logger(config, io, "warn"),
      instance: io.instance,
      env: io.env,
    });
    io.out(preview.welcome);
    await stopped(io);
    io.err("stopping …\n");
    return EXIT.done;
  }
  const log = logger(config, io, config.logLevel);
  if (config.repositories.length === 0) {
    log.warn("no repository is configured: add one to phasewatch.yml");
  }
  const settings: AppOptions = {
    slack: config.slack,
    databaseUrl:
      config.databaseUrl ?? `sqlite:${join(dataDirectory, "phasewatch.db")}`,
    dataDirectory,
    cwd: io.home,
    log,
    instance: io.instance,
    env: io.env,
  };
  await using app = await startApp(config, settings);
  log.info(
    {
      port: app.port,
      mode: config.slack.appToken === null ? "http" : "socket",
      repositories: config.repositories.map(({ name }) => name),
    },
    "phasewatch is running",
  );
  await stopped(io);
  log.info("stopping");
  return EXIT.done;
}

/** Secrets never reach a log, whatever object they are part of. */
function logger(config: Config, io: Io, level: string): Logger {
  return pino(
    {
      level: io.env["LOG_LEVEL"] ? config.logLevel : level,
      redact: {
        paths: [
          "token",
          "*.token",
          "*.*.token",
          "headers.authorization",
          "*.headers.authorization",
          "*.*.headers.authorization",
        ],
        censor: "[redacted]",
      },
    },
    { write: (line: string) => io.err(line) },
  );
}

async function stopped({ stop }: Io): Promise<void> {
  if (!stop.aborted) await once(stop, "abort");
}
