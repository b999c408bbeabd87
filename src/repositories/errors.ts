/** A service asked us to come back later. Nothing is wrong: whoever polls tries again at `retryAt`. */
export class RateLimitedError extends Error {
  override readonly name: string = "RateLimitedError";
  /** ISO 8601 UTC. */
  readonly retryAt: string;

  constructor(
    message: string,
    { retryAt, cause }: { retryAt: string; cause?: unknown },
  ) {
    super(message, { cause });
    this.retryAt = retryAt;
  }
}
