import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { ActionableError } from "../core/errors.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A remote that exists only in the environment of a command: its credentials are neither written to disk nor given as an argument. */
export interface Remote {
  readonly url: string;
  readonly name: string;
}

/** How a git process is run. */
export interface ProcessOptions {
  /** The environment git gets (PATH, HOME, proxies, SSH agent); nothing is inherited beside it. */
  readonly env?: Environment;
  /** Git is stopped when it says nothing for so long: a stalled transfer or disk never ends by itself. Default 120,000. */
  readonly silenceMs?: number;
}

/** The part of wider options that a git process wants. */
export function processOptions({
  env,
  silenceMs,
}: ProcessOptions): ProcessOptions {
  return { ...(env && { env }), ...(silenceMs !== undefined && { silenceMs }) };
}

/** The `git` command on one repository. */
export interface GitCommand {
  readonly silenceMs: number;
  /** Starts git and hands over its process. */
  readonly start: (args: readonly string[]) => ChildProcessWithoutNullStreams;
  /** Standard output, as it comes; git is stopped when the consumer stops. @throws GitFailure */
  readonly stream: (args: readonly string[]) => AsyncGenerator<Buffer>;
  /** Standard output, whole. @throws GitFailure */
  readonly run: (
    args: readonly string[],
    options?: RunOptions,
  ) => Promise<Buffer>;
}

export interface RunOptions {
  readonly onProgress?: (line: string) => void;
}

/** Git ended with an error. The message carries what git said, without credentials. */
export class GitFailure extends Error {
  override readonly name: string = "GitFailure";
}

/**
 * What a repository's own configuration must not decide. A repository that somebody else wrote can name programs
 * to run (hooks, fsmonitor, gpg) and can change what `log` prints.
 */
const configuration: readonly (readonly [string, string])[] = [
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  ["log.showSignature", "false"],
  ["diff.orderFile", "/dev/null"],
  // A garbage collection in the background would outlive us.
  ["gc.autoDetach", "false"],
];

/** A hook's GIT_DIR or GIT_INDEX_FILE would turn every command to another repository; how to reach a server may come from outside. */
const inherited =
  /^(?!GIT_)|^GIT_(?:SSH|SSL|ASKPASS|HTTP|PROXY|EXEC_PATH|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)$)/;

/**
 * Without a remote, no transport is allowed: the objects that a partial clone lacks stay missing, because fetching
 * them would run what that repository's configuration says.
 */
export function gitCommand({
  gitDir,
  env = {},
  silenceMs = 120_000,
  remote,
}: ProcessOptions & {
  readonly gitDir: string;
  readonly remote?: Remote;
}): GitCommand {
  const environment = gitEnvironment(env, remote);
  const start = (args: readonly string[]): ChildProcessWithoutNullStreams => {
    const child = spawn("git", [`--git-dir=${gitDir}`, ...args], {
      env: environment,
      stdio: "pipe",
    });
    // A git that dies while we write to it is noticed at its output.
    child.stdin.on("error", () => undefined);
    return child;
  };

  async function* stream(args: readonly string[]): AsyncGenerator<Buffer> {
    const child = start(args);
    child.stdin.end();
    const ended = endOf(child, (text) => redact(text, remote));
    // The caller may stop reading before the end; nobody waits for the failure then.
    ended.catch(() => undefined);
    let silence = stopAfter(child, silenceMs);
    try {
      for await (const chunk of child.stdout) {
        // A slow consumer is no silence of git's.
        clearTimeout(silence);
        if (Buffer.isBuffer(chunk)) yield chunk;
        silence = stopAfter(child, silenceMs);
      }
      await ended;
    } finally {
      clearTimeout(silence);
      child.kill();
    }
  }

  async function run(
    args: readonly string[],
    { onProgress }: RunOptions = {},
  ): Promise<Buffer> {
    const child = start(args);
    child.stdin.end();
    const ended = endOf(child, (text) => redact(text, remote));
    const chunks: Buffer[] = [];
    let silence = stopAfter(child, silenceMs);
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      clearTimeout(silence);
      silence = stopAfter(child, silenceMs);
      for (const line of chunk.toString().split(/[\r\n]+/)) {
        if (line.trim() !== "") onProgress?.(redact(line.trim(), remote));
      }
    });
    try {
      await ended;
    } finally {
      clearTimeout(silence);
    }
    return Buffer.concat(chunks);
  }

  return { silenceMs, start, stream, run };
}

function gitEnvironment(
  env: Environment,
  remote: Remote | undefined,
): Record<string, string | undefined> {
  const settings = [
    ...configuration,
    ...(remote === undefined
      ? []
      : [
          ["remote.origin.url", remote.url] as const,
          ["remote.origin.fetch", "+refs/heads/*:refs/heads/*"] as const,
          ["remote.origin.fetch", "+refs/tags/*:refs/tags/*"] as const,
        ]),
  ];
  return {
    ...Object.fromEntries(
      Object.entries(env).filter(([key]) => inherited.test(key)),
    ),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: remote === undefined ? "none" : "https:ssh:file",
    // https://git-scm.com/docs/git-config#ENVIRONMENT
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

function endOf(
  child: ChildProcessWithoutNullStreams,
  redacted: (text: string) => string,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  child.on("error", (cause: Error & { code?: string }) => {
    reject(
      cause.code === "ENOENT"
        ? new ActionableError("The git command was not found.", {
            hint: "Install Git, or put it on the PATH that phasewatch runs with.",
            cause,
          })
        : cause,
    );
  });
  child.on("close", (code, signal) => {
    if (code === 0) return resolve();
    const how = signal === null ? `exit code ${code}` : `stopped by ${signal}`;
    reject(new GitFailure(redacted(said).trim() || `git: ${how}`));
  });
  return promise;
}

function stopAfter(
  child: ChildProcessWithoutNullStreams,
  milliseconds: number,
): NodeJS.Timeout {
  // A process that hangs in a system call does not hear a polite signal.
  return setTimeout(() => child.kill("SIGKILL"), milliseconds);
}

/** Git leaves credentials out of some messages only. */
function redact(text: string, remote: Remote | undefined): string {
  const named =
    remote === undefined ? text : text.replaceAll(remote.url, remote.name);
  return named
    .replaceAll(/(\w:\/\/)[^/\s@]+@/g, "$1")
    .replaceAll(/(\w:\/\/[^\s?'"]+)\?[^\s'"]*/g, "$1");
}
