import { randomUUID } from "node:crypto";

/** What a `response_url` was given out for. */
export interface Occasion {
  readonly channel: string;
  /** The message whose button was pressed; null for a slash command. */
  readonly messageTs: string | null;
  /** `performance.now()` when the person acted. */
  readonly startedAt: number;
}

/** docs.slack.dev, handling user interaction: five times within thirty minutes. */
const USES = 5;
const LIFETIME_MS = 30 * 60 * 1_000;

/** The `response_url`s that were given out, and how often each has been used. */
export class ResponseUrls {
  readonly #now: () => Date;
  readonly #issued = new Map<
    string,
    { occasion: Occasion; uses: number; expiresAt: number }
  >();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** The last part of a new URL: nobody guesses it. */
  issue(occasion: Occasion): string {
    const now = this.#now().getTime();
    for (const [id, { expiresAt }] of this.#issued) {
      if (expiresAt <= now) this.#issued.delete(id);
    }
    const id = randomUUID();
    this.#issued.set(id, { occasion, uses: 0, expiresAt: now + LIFETIME_MS });
    return id;
  }

  /** Counts one use, and says what the URL was for or why it is worth nothing. */
  use(id: string): Occasion | "expired_url" | "used_url" {
    const issued = this.#issued.get(id);
    if (issued === undefined || issued.expiresAt <= this.#now().getTime()) {
      return "expired_url";
    }
    if (issued.uses >= USES) return "used_url";
    issued.uses += 1;
    return issued.occasion;
  }
}
