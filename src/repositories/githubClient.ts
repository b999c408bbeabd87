import { createPrivateKey } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { App, Octokit, RequestError } from "octokit";
import { z } from "zod";
import { ActionableError } from "../core/errors.ts";
import { isTransient, meaningOf } from "./githubErrors.ts";

export type GitHubAuth =
  string | { readonly appId: string | number; readonly privateKey: string };

export interface GitHubClientOptions {
  readonly owner: string;
  readonly repo: string;
  /** The REST base: `https://api.github.com`, or `https://host/api/v3` on an enterprise server. */
  readonly baseUrl: string;
  /** A token, or a GitHub App that is installed on the repository; without either, public repositories only. */
  readonly auth?: GitHubAuth;
  /** For each request with its answer. */
  readonly timeoutMs?: number;
}

export interface GitHubQuestion<Other> {
  /** What is asked, in words, for errors. */
  readonly what: string;
  /** `GET /repos/{owner}/{repo}/…`; parameters are escaped into the path. */
  readonly route: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What a status means that is an answer and no failure. */
  readonly statuses?: Readonly<Record<number, Other>>;
}

export interface GitHubClient {
  /** The parsed answer. @throws ActionableError, RateLimitedError, Error */
  readonly json: <Answer, Other = never>(
    question: GitHubQuestion<Other>,
    schema: z.ZodType<Answer>,
  ) => Promise<Answer | Other>;
  /** The body byte for byte, through `read`, which throws when it is not what it should be. Throws like `json`. */
  readonly bytes: <Answer, Other = never>(
    question: GitHubQuestion<Other>,
    read: (body: AsyncIterable<Uint8Array>) => Promise<Answer>,
  ) => Promise<Answer | Other>;
}

const retryDelayMs = 250;
const byteStream = z.instanceof(ReadableStream<Uint8Array>);

/**
 * Octokit with our own patience: its retry plug-in waits 14 s and its throttling up to an hour inside one request.
 * Here each request has a time limit, one quick second attempt when the service failed, and errors that say what to do.
 * @throws ActionableError when an App's private key is none.
 */
export function githubClient(options: GitHubClientOptions): GitHubClient {
  const { owner, repo, baseUrl } = options;
  const auth =
    typeof options.auth === "object"
      ? { ...options.auth, privateKey: pemOf(options.auth.privateKey) }
      : options.auth;
  let session: Promise<Octokit> | null = null;
  const octokit = (): Promise<Octokit> => {
    session ??= authenticated({ ...options, ...(auth && { auth }) }).catch(
      (error: unknown) => {
        session = null;
        throw error;
      },
    );
    return session;
  };

  async function ask<Answer, Other>(
    question: GitHubQuestion<Other>,
    read: (data: unknown) => Answer | Promise<Answer>,
    { parse }: { parse: boolean },
  ): Promise<Answer | Other> {
    const { what, route, parameters, headers, statuses = {} } = question;
    for (let attempt = 1; ; attempt += 1) {
      let client: Octokit | null = null;
      try {
        client = await octokit();
        const answer = await client.request(route, {
          ...parameters,
          owner,
          repo,
          headers: { "X-GitHub-Api-Version": "2022-11-28", ...headers },
          request: { parseSuccessResponseBody: parse },
        });
        return await read(answer.data);
      } catch (error) {
        if (error instanceof RequestError) {
          // A GitHub App asks for tokens on the way: a 404 there is no answer about the repository.
          const answered = error.request.url.startsWith(`${baseUrl}/repos/`);
          if (!answered) session = null;
          const meaning = statuses[error.status];
          if (client !== null && answered && meaning !== undefined) {
            return meaning;
          }
        }
        if (attempt === 2 || !isTransient(error)) {
          throw meaningOf(error, { what, repository: `${owner}/${repo}` });
        }
        await sleep(retryDelayMs);
      }
    }
  }

  return {
    // Octokit hands over a torn JSON answer as text with status 200: only the schema notices.
    json: (question, schema) =>
      ask(question, (data) => schema.parse(data), { parse: true }),
    // Octokit decodes whatever says charset=utf-8 as text, and GitHub says so of every raw blob.
    bytes: (question, read) =>
      ask(question, (data) => read(byteStream.parse(data)), { parse: false }),
  };
}

async function authenticated(options: GitHubClientOptions): Promise<Octokit> {
  const { owner, repo, baseUrl, auth, timeoutMs = 20_000 } = options;
  const Configured = Octokit.defaults({
    baseUrl,
    userAgent: "phasewatch",
    retry: { enabled: false },
    throttle: { enabled: false },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: {
      // Here and not with each question, because the requests for an App's tokens have to end too.
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
    },
  });
  if (auth === undefined) return new Configured();
  if (typeof auth === "string") return new Configured({ auth });
  const app = new App({ ...auth, Octokit: Configured });
  const installation = await app.octokit.request(
    "GET /repos/{owner}/{repo}/installation",
    { owner, repo },
  );
  const { id } = z.object({ id: z.int() }).parse(installation.data);
  return app.getInstallationOctokit(id);
}

/** An environment variable often holds a key on one line, with `\n` written out. */
function pemOf(privateKey: string): string {
  const pem = privateKey.replaceAll("\\n", "\n").trim();
  try {
    createPrivateKey(pem);
  } catch (cause) {
    throw new ActionableError("The GitHub App's private key cannot be read.", {
      hint: "Put the whole content of the .pem file that GitHub gave into GITHUB_APP_PRIVATE_KEY.",
      cause,
    });
  }
  return pem;
}

function silent(): void {
  // Octokit writes to the console otherwise; failures reach the caller as errors.
}
