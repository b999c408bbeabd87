#!/usr/bin/env node
// Reads the process: environment, arguments, signals, streams. Nothing else does. Parts load when they are needed, because a
// remembered answer should take less time than loading the program that made it.
import { randomUUID } from "node:crypto";
import { enableCompileCache } from "node:module";
import { hostname } from "node:os";
import { dirname } from "node:path";
import type { Io } from "./cli/io.ts";
import { createInstance } from "./instance.ts";

enableCompileCache();
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stop.abort();
    // A second one means now.
    process.once(signal, () => process.exit(130));
  });
}
// `… --json | head` closes the pipe early: that is the reader's right.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const io: Io = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  readStdin: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  env: process.env,
  cwd: typedIn(),
  home: process.cwd(),
  terminal: process.stdout.isTTY,
  progress: process.stderr.isTTY,
  now: () => new Date(),
  nodeVersion: process.version,
  stop: stop.signal,
  instance: createInstance({
    host: hostname(),
    pid: process.pid,
    id: randomUUID(),
    isAlive: (pid) => {
      try {
        // Signal 0 only asks. EPERM: it runs, as somebody else.
        return process.kill(pid, 0);
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
      }
    },
  }),
};

/** npm runs a script in the package's directory; a relative path is meant from where the command was typed. */
function typedIn(): string {
  const cwd = process.cwd();
  const ownScript = cwd === dirname(import.meta.dirname);
  return (ownScript && process.env["INIT_CWD"]) || cwd;
}

const { runCommandLine } = await import("./cli/program.ts");
process.exitCode = await runCommandLine(process.argv.slice(2), io);
