import { randomUUID } from "node:crypto";
import { escapeText, parseJson, readContent, type Block } from "./content.ts";
import { dispatch, type Acknowledgement } from "./dispatch.ts";
import { HttpRefusal } from "./http.ts";
import { APP_ID, COMMAND, PERSON, TEAM } from "./identities.ts";
import { ResponseUrls, type Occasion } from "./responseUrls.ts";
import type { ShownMessage, Timeline } from "./timeline.ts";
import { asSlackShows, type Channel } from "./webApi.ts";

/** The channel that the page names when a button of the App Home is pressed. */
const HOME = "home";

/** What a button press or an opened App Home came to: the bot took it, or why not. */
export type Outcome =
  { readonly ok: true } | { readonly ok: false; readonly error: string };

/** What a person does, told to the bot, and what the bot answers straight away or through a `response_url`. */
export class Conversation {
  readonly #timeline: Timeline;
  readonly #channels: readonly Channel[];
  readonly #url: string;
  readonly #bot: () => Parameters<typeof dispatch>[1];
  readonly #responseUrls: ResponseUrls;

  constructor({
    timeline,
    channels,
    url,
    now,
    bot,
  }: {
    timeline: Timeline;
    channels: readonly Channel[];
    url: string;
    now: () => Date;
    bot: () => Parameters<typeof dispatch>[1];
  }) {
    this.#timeline = timeline;
    this.#channels = channels;
    this.#url = url;
    this.#bot = bot;
    this.#responseUrls = new ResponseUrls(now);
  }

  /** What a person typed: a slash command, or a message that the bot is not told of. */
  async compose({
    channel: id,
    text: typed,
  }: {
    channel: string;
    text: string;
  }): Promise<void> {
    const channel = this.#channel(id);
    const text = typed.trim();
    if (text === "") throw new HttpRefusal(400, "There is nothing to send.");
    const isCommand = text.startsWith("/");
    this.#timeline.post({
      channel: channel.id,
      author: "person",
      text: escapeText(text),
      onlyYou: isCommand,
    });
    if (!isCommand) return;
    const [command = ""] = text.split(/\s/, 1);
    if (command === COMMAND) {
      await this.#command(channel, text.slice(command.length).trim());
    } else {
      this.#notice(channel.id, `${command} is not a valid command.`);
    }
  }

  async #command(channel: Channel, text: string): Promise<void> {
    const occasion: Occasion = {
      channel: channel.id,
      messageTs: null,
      startedAt: performance.now(),
    };
    const acknowledged = await dispatch(
      new URLSearchParams({
        command: COMMAND,
        text,
        response_url: this.#responseUrl(occasion),
        trigger_id: randomUUID(),
        team_id: TEAM.id,
        team_domain: TEAM.domain,
        channel_id: channel.id,
        channel_name: channel.name,
        user_id: PERSON.id,
        user_name: PERSON.name,
        api_app_id: APP_ID,
        is_enterprise_install: "false",
      }),
      this.#bot(),
    );
    const error =
      acknowledged.kind === "failed"
        ? acknowledged.error
        : this.#showAcknowledgement(channel, acknowledged);
    if (error !== null) {
      this.#notice(channel.id, `${COMMAND} failed with the error "${error}"`);
    }
  }

  /** An acknowledgement may carry the answer; returns what was wrong with it. */
  #showAcknowledgement(
    channel: Channel,
    { body, ms }: Acknowledgement & { kind: "acknowledged" },
  ): string | null {
    if (body.trim() === "") return null;
    const parsed = parseJson(body);
    const fields: Record<string, unknown> =
      typeof parsed === "object" && parsed !== null
        ? { ...parsed }
        : { text: body };
    const content = readContent(fields["text"], fields["blocks"]);
    if ("refused" in content) return content.refused.error;
    this.#timeline.post({
      channel: channel.id,
      author: "bot",
      text: content.text,
      blocks: content.blocks ?? [],
      onlyYou: fields["response_type"] !== "in_channel",
      answeredInMs: ms,
    });
    return null;
  }

  /** A post to a `response_url`, named by its last part. */
  respond(
    id: string,
    fields: Readonly<Record<string, unknown>>,
  ): "ok" | { readonly status: number; readonly error: string } {
    const occasion = this.#responseUrls.use(id);
    if (typeof occasion === "string") return { status: 404, error: occasion };
    const original =
      occasion.messageTs === null
        ? null
        : this.#timeline.find(occasion.channel, occasion.messageTs);
    if (fields["delete_original"] === true) {
      if (original !== null) this.#timeline.remove(original);
      return "ok";
    }
    const content = readContent(fields["text"], fields["blocks"]);
    if ("refused" in content) {
      return { status: 400, error: content.refused.error };
    }
    const { text } = content;
    const blocks = content.blocks ?? [];
    if (fields["replace_original"] === true && original !== null) {
      this.#timeline.edit(original, { text, blocks });
      return "ok";
    }
    const threadTs = fields["thread_ts"];
    this.#timeline.post({
      channel: occasion.channel,
      author: "bot",
      text,
      blocks,
      threadTs: typeof threadTs === "string" ? threadTs : null,
      onlyYou: fields["response_type"] !== "in_channel",
      answeredInMs: Math.round(performance.now() - occasion.startedAt),
    });
    return "ok";
  }

  /** A press on a button of a message or, in the channel `home`, of the App Home. */
  async press({
    channel,
    ts,
    action_id,
    value,
  }: {
    channel: string;
    ts: string;
    action_id: string;
    value?: string | undefined;
  }): Promise<Outcome> {
    const place =
      channel === HOME
        ? this.#home()
        : this.#message(this.#channel(channel), ts);
    const found = findButton(place.blocks, action_id, value);
    if (found === null) {
      throw new HttpRefusal(404, `There is no button ${action_id} here.`);
    }
    const payload = {
      type: "block_actions",
      user: {
        id: PERSON.id,
        username: PERSON.name,
        name: PERSON.name,
        team_id: TEAM.id,
      },
      team: { id: TEAM.id, domain: TEAM.domain },
      api_app_id: APP_ID,
      is_enterprise_install: false,
      enterprise: null,
      trigger_id: randomUUID(),
      ...place.context,
      actions: [
        {
          ...found.button,
          block_id: found.block.block_id,
          action_ts: this.#timeline.nextTs(),
        },
      ],
    };
    return outcome(
      await dispatch(
        new URLSearchParams({ payload: JSON.stringify(payload) }),
        this.#bot(),
      ),
    );
  }

  /** A person opens the bot's App Home; the bot answers with `views.publish`. */
  async openHome(): Promise<Outcome> {
    const ts = this.#timeline.nextTs();
    const { home } = this.#timeline;
    return outcome(
      await dispatch(
        {
          type: "event_callback",
          event_id: `Ev${randomUUID()}`,
          event_time: Math.floor(Number(ts)),
          team_id: TEAM.id,
          api_app_id: APP_ID,
          authorizations: [
            { team_id: TEAM.id, is_bot: true, is_enterprise_install: false },
          ],
          event: {
            type: "app_home_opened",
            user: PERSON.id,
            channel: "D0PREVIEW",
            tab: "home",
            event_ts: ts,
            ...(home === null ? {} : { view: { type: "home", ...home } }),
          },
        },
        this.#bot(),
      ),
    );
  }

  #message(channel: Channel, ts: string) {
    const message = this.#timeline.find(channel.id, ts);
    if (message === null) {
      throw new HttpRefusal(404, "That message is gone.");
    }
    return {
      blocks: message.blocks,
      context: {
        channel: { id: channel.id, name: channel.name },
        container: {
          type: "message",
          message_ts: message.ts,
          channel_id: channel.id,
          is_ephemeral: message.onlyYou,
        },
        response_url: this.#responseUrl({
          channel: channel.id,
          messageTs: message.ts,
          startedAt: performance.now(),
        }),
        ...this.#shownToBot(message),
      },
    };
  }

  /** Slack does not send the message along when only one person could see it. */
  #shownToBot(message: ShownMessage): { message?: unknown } {
    return message.onlyYou
      ? {}
      : { message: asSlackShows(message, this.#timeline, true) };
  }

  #home() {
    const { home } = this.#timeline;
    if (home === null) {
      throw new HttpRefusal(404, "The App Home has not been published.");
    }
    return {
      blocks: home.blocks,
      context: {
        container: { type: "view", view_id: home.id },
        view: { type: "home", team_id: TEAM.id, ...home },
      },
    };
  }

  #channel(id: string): Channel {
    const channel = this.#channels.find((each) => each.id === id);
    if (channel === undefined) {
      throw new HttpRefusal(404, `There is no channel ${id}.`);
    }
    return channel;
  }

  #responseUrl(occasion: Occasion): string {
    return `${this.#url}/respond/${this.#responseUrls.issue(occasion)}`;
  }

  /** What Slack itself says to one person. */
  #notice(channel: string, text: string): void {
    this.#timeline.post({
      channel,
      author: "slack",
      text: escapeText(text),
      onlyYou: true,
    });
  }
}

function outcome(acknowledgement: Acknowledgement): Outcome {
  return acknowledgement.kind === "acknowledged"
    ? { ok: true }
    : { ok: false, error: acknowledgement.error };
}

/** The button with this action, and of several alike the one with this value, wherever it stands in a block. */
function findButton(
  blocks: readonly Block[],
  actionId: string,
  value: string | undefined,
): { block: Block; button: Record<string, unknown> } | null {
  for (const block of blocks) {
    for (const element of [block["accessory"], block["elements"]].flat()) {
      if (typeof element !== "object" || element === null) continue;
      const button: Record<string, unknown> = { ...element };
      if (
        button["type"] === "button" &&
        button["action_id"] === actionId &&
        (value === undefined || button["value"] === value)
      ) {
        return { block, button };
      }
    }
  }
  return null;
}
