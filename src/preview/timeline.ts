import type { Block, HomeTab } from "./content.ts";

/** What was said in the workspace, in order. Messages are values: an edit puts a new one in the old one's place. */
export interface ShownMessage {
  readonly channel: string;
  /** Seconds with six decimals, as Slack writes it; no two are alike and later ones are greater. */
  readonly ts: string;
  /** The parent's `ts` for a reply. */
  readonly threadTs: string | null;
  readonly author: "bot" | "person" | "slack";
  /** Escaped as Slack stores it: `&amp;`, `&lt;`, `&gt;`. */
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata: Metadata | null;
  readonly editedTs: string | null;
  /** Ephemeral: the bot's own reading of the channel does not show it. */
  readonly onlyYou: boolean;
  /** Milliseconds from the request to this answer, when it is one. */
  readonly answeredInMs: number | null;
}

export interface Metadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

export interface PublishedHome extends HomeTab {
  readonly id: string;
  /** Changes with every publication; `views.publish` may name the one it means to replace. */
  readonly hash: string;
}

/** What an app keeps when it wants the workspace to outlive the server. */
export interface SavedWorkspace {
  readonly messages: readonly ShownMessage[];
  readonly home: PublishedHome | null;
}

export type Draft = Pick<ShownMessage, "channel" | "author" | "text"> &
  Partial<
    Pick<
      ShownMessage,
      "threadTs" | "blocks" | "metadata" | "onlyYou" | "answeredInMs"
    >
  >;

export class Timeline {
  readonly #now: () => Date;
  readonly #changed: () => void;
  #messages: ShownMessage[];
  #home: PublishedHome | null;
  #lastMicros = 0;
  #lastBlockId = 0;

  constructor({
    saved,
    now,
    changed,
  }: {
    saved: SavedWorkspace | null;
    now: () => Date;
    changed: () => void;
  }) {
    this.#now = now;
    this.#changed = changed;
    this.#messages = [...(saved?.messages ?? [])];
    this.#home = saved?.home ?? null;
    // A saved workspace may be ahead of this clock, and a `ts` must not come twice.
    for (const { ts, editedTs } of this.#messages) {
      this.#lastMicros = Math.max(
        this.#lastMicros,
        toMicros(ts),
        toMicros(editedTs ?? "0"),
      );
    }
  }

  /** Strictly growing, however fast it is asked and whatever the clock does. */
  nextTs(): string {
    const micros = Math.max(
      this.#lastMicros + 1,
      this.#now().getTime() * 1_000,
    );
    this.#lastMicros = micros;
    const seconds = Math.floor(micros / 1_000_000);
    return `${seconds}.${String(micros % 1_000_000).padStart(6, "0")}`;
  }

  post(draft: Draft): ShownMessage {
    const message: ShownMessage = {
      threadTs: null,
      metadata: null,
      onlyYou: false,
      answeredInMs: null,
      ...draft,
      blocks: this.#withIds(draft.blocks ?? []),
      ts: this.nextTs(),
      editedTs: null,
    };
    this.#messages.push(message);
    this.#changed();
    return message;
  }

  edit(
    original: ShownMessage,
    changes: Pick<ShownMessage, "text" | "blocks"> &
      Partial<Pick<ShownMessage, "metadata">>,
  ): ShownMessage {
    const edited: ShownMessage = {
      ...original,
      ...changes,
      blocks: this.#withIds(changes.blocks),
      editedTs: this.nextTs(),
    };
    this.#messages = this.#messages.map((message) =>
      isSame(message, original) ? edited : message,
    );
    this.#changed();
    return edited;
  }

  remove(original: ShownMessage): void {
    this.#messages = this.#messages.filter(
      (message) => !isSame(message, original),
    );
    this.#changed();
  }

  find(channel: string, ts: string): ShownMessage | null {
    return (
      this.#messages.find(
        (message) => message.channel === channel && message.ts === ts,
      ) ?? null
    );
  }

  /** Every message, ephemeral ones included, oldest first. */
  all(): readonly ShownMessage[] {
    return [...this.#messages];
  }

  /** What a bot may read of a channel: no ephemeral messages and no replies; oldest first. */
  history(channel: string): readonly ShownMessage[] {
    return this.#messages.filter(
      (message) =>
        message.channel === channel &&
        !message.onlyYou &&
        message.threadTs === null,
    );
  }

  /** What a bot may read of a thread, without its parent; oldest first. */
  replies(channel: string, parentTs: string): readonly ShownMessage[] {
    return this.#messages.filter(
      (message) =>
        message.channel === channel &&
        !message.onlyYou &&
        message.threadTs === parentTs,
    );
  }

  get home(): PublishedHome | null {
    return this.#home;
  }

  publish(view: HomeTab): PublishedHome {
    this.#home = {
      ...view,
      blocks: this.#withIds(view.blocks),
      id: "V0HOME",
      hash: this.nextTs(),
    };
    this.#changed();
    return this.#home;
  }

  /** Slack names every block that has no name of its own; actions refer to it. */
  #withIds(blocks: readonly Block[]): readonly Block[] {
    return blocks.map((block) => {
      if (block.block_id !== undefined) return block;
      this.#lastBlockId += 1;
      return { ...block, block_id: `b${this.#lastBlockId.toString(36)}` };
    });
  }
}

function isSame(one: ShownMessage, other: ShownMessage): boolean {
  return one.channel === other.channel && one.ts === other.ts;
}

function toMicros(ts: string): number {
  return Math.round(Number(ts) * 1_000_000);
}
