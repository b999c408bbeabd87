/**
 * One way in which a call to the Web API can go wrong, for tests and for trying the bot out. `performed` says whether Slack
 * had done what was asked before it went wrong: the outcome that the caller cannot tell.
 */
export type Fault =
  | { readonly kind: "rate_limited"; readonly retryAfterSeconds: number }
  | {
      readonly kind: "refused";
      readonly error: string;
      readonly performed: boolean;
    }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly performed: boolean;
    }
  | { readonly kind: "cut"; readonly performed: boolean }
  | { readonly kind: "delayed"; readonly ms: number };

/** Faults that wait for the next calls of a method, in the order in which they were set. */
export class Faults {
  readonly #waiting = new Map<string, Fault[]>();

  add(method: string, ...faults: readonly Fault[]): void {
    this.#waiting.set(method, [
      ...(this.#waiting.get(method) ?? []),
      ...faults,
    ]);
  }

  /** The fault that the next call of this method meets, which is then spent. */
  take(method: string): Fault | null {
    return this.#waiting.get(method)?.shift() ?? null;
  }
}
