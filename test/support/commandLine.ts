import type { Io } from "../../src/cli/io.ts";
import { runCommandLine } from "../../src/cli/program.ts";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs command lines in this process, as main.ts would, in a directory and with a clock of the test's. */
export function commandLine(
  directory: string,
  { env = {}, stdin = "" }: { env?: Io["env"]; stdin?: string } = {},
): (...argv: string[]) => Promise<Ran> {
  return async (...argv) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCommandLine(argv, {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      readStdin: () => Promise.resolve(new TextEncoder().encode(stdin)),
      env: { XDG_CACHE_HOME: directory, ...env },
      cwd: directory,
      home: directory,
      terminal: false,
      progress: false,
      now: () => new Date("2026-03-20T00:00:00Z"),
      nodeVersion: process.version,
      stop: AbortSignal.abort(),
      instance: { owner: "test", isDead: () => false },
    });
    return { code, out: out.join(""), err: err.join("") };
  };
}
