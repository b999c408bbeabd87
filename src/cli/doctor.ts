import { join } from "node:path";
import type { Config } from "../config.ts";
import { ActionableError } from "../core/errors.ts";
import { EXIT, printJson, type Io } from "./io.ts";
import { loadConfig } from "./loadConfig.ts";

/** What was looked at, and what came of it. */
interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** How to mend it. */
  readonly hint: string | null;
}

const SCOPES = ["commands", "chat:write"];
/** Slack refuses requests that are five minutes off: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const CLOCK_SKEW_MAX_S = 60;
const TIMEOUT_MS = 10_000;

/** `phasewatch doctor`: everything the bot needs, tried one by one. */
export async function doctor(
  { json }: { readonly json?: boolean },
  io: Io,
): Promise<number> {
  const checks: Check[] = [
    check("Node", true, `${io.nodeVersion}; 24.12 or newer is needed`),
  ];
  let config: Config | null = null;
  try {
    const loaded = loadConfig(io);
    ({ config } = loaded);
    checks.push(
      check(
        "configuration",
        true,
        loaded.path === null
          ? "environment only; there is no phasewatch.yml"
          : `environment and ${loaded.path}`,
      ),
    );
  } catch (error) {
    checks.push(failed("configuration", error));
  }
  if (config) {
    checks.push(await checkStore(config, io));
    checks.push(...(await checkSlack(config, io)));
    for (const repository of config.repositories) {
      checks.push(await checkRepository(repository, config, io));
    }
    if (config.repositories.length === 0) {
      checks.push(
        check(
          "repositories",
          config.slack === null,
          "none is configured",
          "Add one under repositories: in phasewatch.yml.",
        ),
      );
    }
  }
  const ok = checks.every((one) => one.ok);
  if (json) printJson(io, { ok, checks });
  else {
    for (const one of checks) {
      io.out(`${one.ok ? "ok  " : "FAIL"}  ${one.name}: ${one.detail}\n`);
      if (!one.ok && one.hint) io.out(`      → ${one.hint}\n`);
    }
  }
  return ok ? EXIT.done : EXIT.usage;
}

async function checkStore(config: Config, io: Io): Promise<Check> {
  const url =
    config.databaseUrl ??
    `sqlite:${join(io.home, "data", config.slack ? "" : "preview", "phasewatch.db")}`;
  try {
    const { openStore } = await import("../store/openStore.ts");
    await using store = await openStore(url);
    const rows = await store.repositories.list();
    const counts = await store.deliveries.counts();
    const parked = counts["parked"] ?? 0;
    return check(
      "store",
      parked === 0,
      `opens; ${rows.length} repositories, ${counts["pending"] ?? 0} messages waiting, ${parked} set aside`,
      "Messages are set aside when Slack refuses them: `/coverage doctor` in the channel says why.",
    );
  } catch (error) {
    return failed("store", error);
  }
}

async function checkSlack(config: Config, io: Io): Promise<Check[]> {
  const { slack } = config;
  if (slack === null) {
    return [
      check("Slack", true, "no token is set: start runs the preview workspace"),
    ];
  }
  const { WebClient } = await import("@slack/web-api");
  let date: string | null = null;
  const client = new WebClient(slack.botToken, {
    ...(slack.apiUrl === null ? {} : { slackApiUrl: slack.apiUrl }),
    retryConfig: { retries: 0 },
    timeout: TIMEOUT_MS,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      date = response.headers.get("date");
      return response;
    },
  });
  try {
    const auth = await client.auth.test();
    const granted = auth.response_metadata?.scopes ?? [];
    const missing = SCOPES.filter(
      (scope) => granted.length > 0 && !granted.includes(scope),
    );
    const seconds =
      date === null
        ? null
        : Math.round((io.now().getTime() - Date.parse(date)) / 1000);
    return [
      check(
        "Slack token",
        missing.length === 0,
        `${auth.team ?? "workspace"} as ${auth.user ?? "bot"}${missing.length > 0 ? `; scopes are missing: ${missing.join(", ")}` : ""}`,
        "Add the scopes in the app's settings (manifest.yml lists them) and install it again.",
      ),
      check(
        "lost answers",
        true,
        granted.includes("channels:history")
          ? "channels:history is granted, so a lost answer can be settled"
          : "channels:history is not granted: a message whose answer is lost waits for you instead of being looked up",
      ),
      ...(seconds === null
        ? []
        : [
            check(
              "clock",
              Math.abs(seconds) <= CLOCK_SKEW_MAX_S,
              `${Math.abs(seconds)} s ${seconds < 0 ? "behind" : "ahead of"} Slack`,
              "Set the machine's clock; Slack refuses requests that are five minutes off.",
            ),
          ]),
    ];
  } catch (error) {
    return [
      failed("Slack token", error, "Check SLACK_BOT_TOKEN and the network."),
    ];
  }
}

async function checkRepository(
  { name, git, branch }: Config["repositories"][number],
  config: Config,
  io: Io,
): Promise<Check> {
  try {
    const { openRepository } =
      await import("../repositories/openRepository.ts");
    await using repository = await openRepository(git ?? name, {
      github: config.github,
      cacheDir: join(io.home, "data", "mirrors"),
      cwd: io.home,
      env: io.env,
    });
    const head = await repository.head(branch ?? undefined);
    return check(`repository ${name}`, true, `reads; head ${head.slice(0, 7)}`);
  } catch (error) {
    return failed(`repository ${name}`, error);
  }
}

function check(
  name: string,
  ok: boolean,
  detail: string,
  hint: string | null = null,
): Check {
  return { name, ok, detail, hint: ok ? null : hint };
}

function failed(name: string, error: unknown, hint?: string): Check {
  return {
    name,
    ok: false,
    detail: error instanceof Error ? error.message : String(error),
    hint: error instanceof ActionableError ? error.hint : (hint ?? null),
  };
}
