import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { GitCommand } from "./gitCommand.ts";

export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  /** null where the object is larger than asked for. */
  readonly bytes: Uint8Array | null;
}

/**
 * One long-lived `git cat-file --batch`: a process per object would cost milliseconds each. Requests are answered
 * one after the other; a process that died is started anew.
 * https://git-scm.com/docs/git-cat-file#_batch_output
 */
export class CatFile implements AsyncDisposable {
  readonly #git: GitCommand;
  #conversation: Conversation | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(git: GitCommand) {
    this.#git = git;
  }

  /**
   * The object that a name (without line breaks) stands for, or null when there is none, or when a partial clone
   * does not hold it.
   * @throws Error when git dies over the object twice, or falls silent (some versions do over a damaged object).
   */
  ask(
    name: string,
    { maxBytes }: { maxBytes: number },
  ): Promise<GitObject | null> {
    const answer = this.#turn.then(async () => {
      try {
        return await this.#ask(name, maxBytes);
      } catch (error) {
        if (!(error instanceof ConversationEnded)) throw error;
        if (error.lacksObject) return null;
        return this.#ask(name, maxBytes);
      }
    });
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async #ask(name: string, maxBytes: number): Promise<GitObject | null> {
    this.#conversation ??= new Conversation(
      this.#git.start(["cat-file", "--batch"]),
      this.#git.silenceMs,
    );
    try {
      return await this.#conversation.ask(name, maxBytes);
    } catch (error) {
      this.#conversation.end();
      this.#conversation = null;
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#turn;
    this.#conversation?.end();
    this.#conversation = null;
  }
}

class ConversationEnded extends Error {
  readonly lacksObject: boolean;

  constructor(said: string) {
    super(`git cat-file ended: ${said.trim() || "it was stopped"}`);
    this.lacksObject = /promisor remote/.test(said);
  }
}

class Conversation {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #silenceMs: number;
  readonly #chunks: AsyncIterator<unknown>;
  #pending: Buffer = Buffer.alloc(0);
  readonly #closed: Promise<unknown>;
  #said = "";

  constructor(child: ChildProcessWithoutNullStreams, silenceMs: number) {
    this.#child = child;
    this.#silenceMs = silenceMs;
    this.#chunks = child.stdout[Symbol.asyncIterator]();
    this.#closed = new Promise((resolve) => {
      child.on("close", resolve);
      child.on("error", resolve);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString()).slice(-2000);
    });
  }

  async ask(name: string, maxBytes: number): Promise<GitObject | null> {
    this.#child.stdin.write(`${name}\n`);
    const header = /^([0-9a-f]+) (\w+) (\d+)$/.exec(await this.#readLine());
    if (header === null) return null;
    const [, id = "", type = "", digits = ""] = header;
    const size = Number(digits);
    const bytes = size <= maxBytes ? Buffer.alloc(size) : null;
    await this.#readBody(size, bytes);
    await this.#readLine();
    return { id, type, size, bytes };
  }

  end(): void {
    // A stopped process would not hear a polite signal.
    this.#child.kill("SIGKILL");
  }

  async #readLine(): Promise<string> {
    let end = this.#pending.indexOf("\n");
    while (end === -1) {
      this.#pending = Buffer.concat([this.#pending, await this.#next()]);
      end = this.#pending.indexOf("\n");
    }
    const line = this.#pending.toString("utf8", 0, end);
    this.#pending = this.#pending.subarray(end + 1);
    return line;
  }

  /** Past `size` bytes, which are kept when there is somewhere to keep them. */
  async #readBody(size: number, into: Buffer | null): Promise<void> {
    let read = 0;
    while (read < size) {
      if (this.#pending.length === 0) this.#pending = await this.#next();
      const part = this.#pending.subarray(0, size - read);
      into?.set(part, read);
      read += part.length;
      this.#pending = this.#pending.subarray(part.length);
    }
  }

  async #next(): Promise<Buffer> {
    const stopped = Promise.withResolvers<never>();
    const silence = setTimeout(() => {
      stopped.reject(
        new Error(
          `git cat-file said nothing for ${this.#silenceMs} ms: the repository may be damaged (git fsck tells).`,
        ),
      );
    }, this.#silenceMs);
    const { done, value } = await Promise.race([
      this.#chunks.next(),
      stopped.promise,
    ]).finally(() => clearTimeout(silence));
    if (done !== true && Buffer.isBuffer(value)) return value;
    // What git said on its way out arrives beside its output.
    await this.#closed;
    throw new ConversationEnded(this.#said);
  }
}
