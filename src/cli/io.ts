import type { Instance } from "../instance.ts";

/** What a command may touch of the process: main.ts fills it in, tests do too. */
export interface Io {
  /** Standard output: results, and with --json one document and nothing else. */
  readonly out: (text: string) => void;
  /** Standard error: progress, notes, errors. */
  readonly err: (text: string) => void;
  readonly readStdin: () => Promise<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths on the command line are meant from here. */
  readonly cwd: string;
  /** Where configuration and data of the bot are. */
  readonly home: string;
  /** Standard output is a terminal: people read it. */
  readonly terminal: boolean;
  /** Standard error is a terminal, so progress may overwrite itself. */
  readonly progress: boolean;
  readonly now: () => Date;
  /** `v24.21.0` */
  readonly nodeVersion: string;
  /** Aborted when the process is asked to stop. */
  readonly stop: AbortSignal;
  readonly instance: Instance;
}

/** Exit codes: docs/commands in `phasewatch --help`, a contract. */
export const EXIT = { done: 0, missed: 1, usage: 2, unreadable: 3 } as const;

/** A source that could not be read: exit code 3. */
export class UnreadableSource extends Error {
  override readonly name: string = "UnreadableSource";
  readonly hint: string | null;

  constructor(message: string, hint: string | null, cause?: unknown) {
    super(message, { cause });
    this.hint = hint;
  }
}

/** A word of the command line that does not work: exit code 2. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
}

/** Indented for a person; indenting megabytes for a program would take longer than finding the answer. */
export function printJson(
  io: Pick<Io, "out" | "terminal">,
  value: unknown,
): void {
  io.out(`${JSON.stringify(value, null, io.terminal ? 2 : 0)}\n`);
}

/** Prints a JSON array element by element: what thousands of documents claim is not held at once. */
export function jsonArray(io: Pick<Io, "out" | "terminal">) {
  let before = "[\n";
  return {
    print: (value: unknown): void => {
      io.out(`${before}${JSON.stringify(value, null, io.terminal ? 2 : 0)}`);
      before = ",\n";
    },
    end: (): void => io.out(before === "[\n" ? "[]\n" : "\n]\n"),
  };
}
