import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { ActionableError } from "./core/errors.ts";
import { TOPICS, type Topic } from "./core/news.ts";
import type { DocumentLayouts } from "./core/planning/layouts.ts";
import { Docs } from "./docsConfig.ts";

/**
 * The environment and `phasewatch.yml`, parsed once at the door. Names and meanings are a contract: docs/configuration.md.
 */
export interface Config {
  readonly slack: SlackConfig | null;
  readonly github: {
    readonly token: string | null;
    readonly app: { readonly id: string; readonly privateKey: string } | null;
    readonly apiUrl: string | null;
  };
  /** Null: the caller's default. */
  readonly databaseUrl: string | null;
  readonly port: number;
  readonly host: string;
  readonly logLevel:
    "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
  readonly repositories: readonly RepositoryConfig[];
  readonly channels: readonly ChannelConfig[];
}

export interface SlackConfig {
  readonly botToken: string;
  /** For HTTP; Socket Mode needs none. */
  readonly signingSecret: string | null;
  /** Socket Mode when set. */
  readonly appToken: string | null;
  readonly apiUrl: string | null;
}

export interface RepositoryConfig {
  /** The name people use in Slack. */
  readonly name: string;
  /** A path or URL; null for `owner/name` on GitHub. */
  readonly git: string | null;
  readonly branch: string | null;
  readonly pollMs: number;
  /** Where its documents lie; absent: it is found out. */
  readonly docs?: DocumentLayouts;
}

export interface ChannelConfig {
  readonly id: string;
  readonly timezone: string;
  readonly subscribe: readonly {
    readonly repository: string;
    readonly topics: readonly Topic[];
  }[];
  /** `weekdays 09:00` */
  readonly digest: string | null;
  readonly dryRun: boolean;
}

const optional = (schema: z.ZodString) =>
  z.preprocess(
    (value) => (value === "" ? undefined : value),
    schema.optional(),
  );

/** Polling more often than this asks more than a repository can say. */
const POLL_MIN_MS = 200;
const POLL_MAX_MS = 24 * 3_600_000;

const Duration = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)?$/.exec(
      String(value).trim(),
    );
    const unit =
      { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 }[
        match?.[2] ?? "s"
      ] ?? 1000;
    const ms = match ? Number(match[1]) * unit : Number.NaN;
    if (!(ms >= POLL_MIN_MS && ms <= POLL_MAX_MS)) {
      context.addIssue({
        code: "custom",
        message: `“${value}” is no duration between 0.2s and 24h. Write for example 60s or 5m.`,
      });
      return z.NEVER;
    }
    return ms;
  });

const TimeZone = z.string().refine(isTimeZone, {
  error: (issue) =>
    `“${String(issue.input)}” is no IANA time zone. Write for example Europe/Berlin.`,
});

const DIGEST =
  /^(?:(?:daily|weekdays|weekly (?:mon|tue|wed|thu|fri|sat|sun)) ([01]\d|2[0-3]):[0-5]\d|off)$/;

const File = z.strictObject({
  repositories: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(
            /^[\w.-]{1,100}(?:\/[\w.-]{1,100})?$/,
            "A repository's name is owner/name or one word.",
          ),
        git: z.string().min(1).optional(),
        branch: z.string().min(1).optional(),
        poll: Duration.optional(),
        docs: Docs.optional(),
      }),
    )
    .default([]),
  channels: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(
            /^[A-Z0-9]{3,20}$/,
            "A channel is given by its id, such as C0123456789 (in Slack: channel details, at the bottom).",
          ),
        timezone: TimeZone.default("UTC"),
        subscribe: z
          .array(
            z.strictObject({
              repository: z.string().min(1),
              topics: z
                .array(z.enum(TOPICS))
                .min(1)
                .default([...TOPICS]),
            }),
          )
          .default([]),
        digest: z
          .string()
          .regex(
            DIGEST,
            "A digest is `daily 09:00`, `weekdays 09:00`, `weekly mon 09:00` or `off`.",
          )
          .optional(),
        dryRun: z.boolean().default(false),
      }),
    )
    .default([]),
});

const Environment = z.object({
  SLACK_BOT_TOKEN: optional(z.string().startsWith("xoxb-")),
  SLACK_SIGNING_SECRET: optional(z.string().min(8)),
  SLACK_APP_TOKEN: optional(z.string().startsWith("xapp-")),
  SLACK_API_URL: optional(z.string().regex(/^https?:\/\//)),
  GITHUB_TOKEN: optional(z.string().min(1)),
  GITHUB_APP_ID: optional(z.string().regex(/^\d+$/)),
  GITHUB_APP_PRIVATE_KEY: optional(z.string().includes("PRIVATE KEY")),
  GITHUB_API_URL: optional(z.string().regex(/^https?:\/\//)),
  DATABASE_URL: optional(
    z
      .string()
      .regex(
        /^(?:sqlite:|postgres(?:ql)?:\/\/)/,
        "Write sqlite:path/to/file.db or postgres://…",
      ),
  ),
  PORT: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number().int().min(0).max(65_535).default(3000),
  ),
  HOST: optional(z.string().min(1)),
  LOG_LEVEL: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z
      .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
      .default("info"),
  ),
});

/** Variables that belong to features of later versions: a program that ignored them would surprise. */
const NOT_YET = [
  "SLACK_CLIENT_ID",
  "SLACK_CLIENT_SECRET",
  "SLACK_STATE_SECRET",
  "TOKEN_ENCRYPTION_KEY",
  "GITHUB_WEBHOOK_SECRET",
];

/** Secrets that may be given as a file by `NAME_FILE`. */
const SECRETS = [
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_APP_TOKEN",
  "GITHUB_TOKEN",
  "GITHUB_APP_PRIVATE_KEY",
  "DATABASE_URL",
];

export interface ConfigSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of the configuration file, or null when there is none. */
  readonly file: { readonly path: string; readonly text: string } | null;
  /** Reads a secret's file; throws when it cannot. */
  readonly readSecret: (path: string) => string;
}

/**
 * Parses both sources.
 *
 * @returns the configuration and the names of variables that are set but not supported yet
 * @throws ActionableError that lists every problem at once, without any value of a secret
 */
export function parseConfig({ env, file, readSecret }: ConfigSources): {
  config: Config;
  ignored: readonly string[];
} {
  const problems: string[] = [];
  const values: Record<string, string | undefined> = { ...env };
  for (const name of SECRETS) {
    const path = env[`${name}_FILE`];
    if (path === undefined || path === "" || values[name]) continue;
    try {
      values[name] = readSecret(path).trim();
    } catch {
      problems.push(`${name}_FILE: the file ${path} cannot be read.`);
    }
  }

  const environment = Environment.safeParse(values);
  if (!environment.success) problems.push(...issues(environment.error, ""));
  const parsed = readFile(file, problems);
  const e = environment.data;
  if (e) {
    if (e.SLACK_BOT_TOKEN && !e.SLACK_SIGNING_SECRET && !e.SLACK_APP_TOKEN) {
      problems.push(
        "SLACK_BOT_TOKEN is set; set SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) too.",
      );
    }
    if (!e.SLACK_BOT_TOKEN && (e.SLACK_SIGNING_SECRET || e.SLACK_APP_TOKEN)) {
      problems.push(
        "SLACK_BOT_TOKEN is missing beside the other Slack variables.",
      );
    }
    if (
      (e.GITHUB_APP_ID === undefined) !==
      (e.GITHUB_APP_PRIVATE_KEY === undefined)
    ) {
      problems.push("GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY go together.");
    }
  }
  if (problems.length > 0 || !e || !parsed) {
    throw unusable(problems);
  }
  return {
    config: {
      slack: e.SLACK_BOT_TOKEN
        ? {
            botToken: e.SLACK_BOT_TOKEN,
            signingSecret: e.SLACK_SIGNING_SECRET ?? null,
            appToken: e.SLACK_APP_TOKEN ?? null,
            apiUrl: e.SLACK_API_URL ?? null,
          }
        : null,
      github: {
        token: e.GITHUB_TOKEN ?? null,
        app:
          e.GITHUB_APP_ID && e.GITHUB_APP_PRIVATE_KEY
            ? {
                id: e.GITHUB_APP_ID,
                privateKey: e.GITHUB_APP_PRIVATE_KEY.replaceAll("\\n", "\n"),
              }
            : null,
        apiUrl: e.GITHUB_API_URL ?? null,
      },
      databaseUrl: e.DATABASE_URL ?? null,
      port: e.PORT,
      host: e.HOST ?? "127.0.0.1",
      logLevel: e.LOG_LEVEL,
      repositories: parsed.repositories.map(repositoryOf),
      channels: parsed.channels.map((channel) => ({
        ...channel,
        digest:
          channel.digest === undefined || channel.digest === "off"
            ? null
            : channel.digest,
      })),
    },
    ignored: NOT_YET.filter((name) => env[name] || env[`${name}_FILE`]),
  };
}

/**
 * The repositories of a configuration file, for a command that asks for no more.
 *
 * @throws ActionableError that lists every problem of the file
 */
export function repositoriesIn(
  file: NonNullable<ConfigSources["file"]>,
): RepositoryConfig[] {
  const problems: string[] = [];
  const parsed = readFile(file, problems);
  if (!parsed || problems.length > 0) throw unusable(problems);
  return parsed.repositories.map(repositoryOf);
}

function repositoryOf({
  name,
  git,
  branch,
  poll,
  docs,
}: z.infer<typeof File>["repositories"][number]): RepositoryConfig {
  return {
    name,
    git: git ?? null,
    branch: branch ?? null,
    pollMs: poll ?? 60_000,
    ...(docs && { docs }),
  };
}

function unusable(problems: readonly string[]): ActionableError {
  return new ActionableError(
    `The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    {
      hint: "Mend the variables and lines named above; docs/configuration.md explains each of them.",
    },
  );
}

function readFile(
  file: ConfigSources["file"],
  problems: string[],
): z.infer<typeof File> | null {
  if (file === null) return File.parse({});
  let content: unknown;
  try {
    content = parseYaml(file.text, { maxAliasCount: 100 }) ?? {};
  } catch (error) {
    problems.push(
      `${file.path}: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : "not valid YAML"}`,
    );
    return null;
  }
  const result = File.safeParse(content);
  if (!result.success) {
    problems.push(...issues(result.error, `${file.path}: `));
    return null;
  }
  const names = new Set(result.data.repositories.map(({ name }) => name));
  if (names.size < result.data.repositories.length) {
    problems.push(`${file.path}: two repositories have the same name.`);
  }
  for (const { id, subscribe } of result.data.channels) {
    for (const { repository } of subscribe) {
      if (!names.has(repository)) {
        problems.push(
          `${file.path}: channel ${id} subscribes to ${repository}, which is not listed under repositories.`,
        );
      }
    }
  }
  for (const { name, git } of result.data.repositories) {
    if (git === undefined && !name.includes("/")) {
      problems.push(
        `${file.path}: repository ${name} needs \`git:\`, or a name of the form owner/name for GitHub.`,
      );
    }
  }
  return result.data;
}

function issues(error: z.ZodError, prefix: string): string[] {
  return error.issues.map(
    ({ path, message }) =>
      `${prefix}${path.length > 0 ? `${path.join(".")}: ` : ""}${message}`,
  );
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
