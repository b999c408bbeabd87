import { RequestError } from "octokit";
import { z } from "zod";
import { ActionableError } from "../core/errors.ts";
import { RateLimitedError } from "./errors.ts";

const limitMessage = z.object({
  message: z.string().regex(/rate limit|abuse detection/i),
});

/**
 * What a failed request means to whoever asked: something for a person to do, something to wait for, or a service
 * that failed. `what` says what was asked, in words. The token is in none of them.
 */
export function meaningOf(
  error: unknown,
  { what, repository }: { what: string; repository: string },
): Error {
  if (!(error instanceof RequestError)) {
    return new Error(`GitHub did not answer ${what} as documented.`, {
      cause: error,
    });
  }
  const retryAt = retryTimeOf(error);
  if (retryAt !== null) {
    return new RateLimitedError(
      `GitHub's rate limit is reached until ${retryAt}.`,
      { retryAt, cause: error },
    );
  }
  if (error.status === 409) {
    return new ActionableError(`${repository} has no commits yet.`, {
      hint: "Push a first commit, or check that this is the repository you mean.",
      cause: error,
    });
  }
  const hint = hintFor(error);
  if (hint !== null) {
    return new ActionableError(
      `GitHub refuses ${what} of ${repository} (status ${error.status}).`,
      { hint, cause: error },
    );
  }
  return new Error(
    `GitHub failed at ${what} of ${repository}: ${error.message.slice(0, 300)}`,
    { cause: error },
  );
}

/** A second attempt can help against a failing service and a torn connection; never against a refusal. */
export function isTransient(error: unknown): boolean {
  return !(error instanceof RequestError) || error.status >= 500;
}

/**
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately:
 * retry-after, else the reset time when nothing remains, else at least a minute.
 */
function retryTimeOf(error: RequestError): string | null {
  if (error.status !== 403 && error.status !== 429) return null;
  const headers = error.response?.headers ?? {};
  const now = Date.now();
  const after = Number(headers["retry-after"] ?? Number.NaN);
  if (after >= 0) return timeWithinADay(now + after * 1000, now);
  if (headers["x-ratelimit-remaining"] === "0") {
    return timeWithinADay(Number(headers["x-ratelimit-reset"]) * 1000, now);
  }
  const limited =
    error.status === 429 ||
    limitMessage.safeParse(error.response?.data).success;
  return limited ? timeWithinADay(now + 60_000, now) : null;
}

/** Never in the past, and never so far off that a wrong header silences a repository for good. */
function timeWithinADay(milliseconds: number, now: number): string {
  const wanted = Number.isFinite(milliseconds) ? milliseconds : now + 60_000;
  const bounded = Math.min(Math.max(wanted, now), now + 86_400_000);
  return new Date(bounded).toISOString();
}

const tooLarge = z.object({
  errors: z.array(z.object({ code: z.literal("too_large") })).min(1),
});

function hintFor({ status, response }: RequestError): string | null {
  // A blob over 100 MB is refused with 403 too: https://docs.github.com/en/rest/git/blobs
  if (tooLarge.safeParse(response?.data).success) return null;
  switch (status) {
    case 401:
      return "The credentials are wrong or expired: renew GITHUB_TOKEN, or check GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY.";
    case 403:
      return response?.headers["x-github-sso"] === undefined
        ? "Give the token or GitHub App the permission contents:read on this repository."
        : "Authorize the token for the organization's single sign-on.";
    case 404:
      return "Check the repository's name, and that the token or GitHub App may read it (contents:read); GitHub hides what it may not.";
    default:
      return null;
  }
}
