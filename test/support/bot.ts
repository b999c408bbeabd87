import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";

const MAIN = join(import.meta.dirname, "../../src/main.ts");

const Workspace = z.object({
  story: z.object({ step: z.number(), steps: z.number() }),
  messages: z.array(
    z.object({
      channel: z.string(),
      ts: z.string(),
      text: z.string(),
      threadTs: z.string().nullable(),
      author: z.string(),
      onlyYou: z.boolean(),
      metadata: z
        .object({ event_payload: z.object({ id: z.string() }) })
        .nullable(),
    }),
  ),
});

/** The bot as a process of its own, in a directory that outlives it. */
export class Bot {
  readonly #directory: string;
  #child: ChildProcess | null = null;
  #url = "";

  constructor(directory: string) {
    this.#directory = directory;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [MAIN, "start"], {
      cwd: this.#directory,
      env: { PATH: process.env["PATH"], PORT: "0", HOME: this.#directory },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    let out = "";
    for await (const chunk of child.stdout ?? []) {
      out += String(chunk);
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0];
      if (url) {
        this.#url = url;
        return;
      }
    }
    throw new Error(`The bot did not start: ${out}`);
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const exit = once(child, "exit");
    child.kill(signal);
    const [code] = (await exit) as [number | null];
    return code;
  }

  async get(path: string): Promise<Response> {
    return fetch(`${this.#url}${path}`);
  }

  async workspace() {
    const response = await this.get("/workspace");
    return Workspace.parse(await response.json());
  }

  /** Answers false when the process died in the middle. */
  async post(path: string, body: object): Promise<boolean> {
    return fetch(`${this.#url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }).then(
      (response) => response.ok,
      () => false,
    );
  }
}
