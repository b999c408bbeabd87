import type { App } from "@slack/bolt";
import { safe } from "../messages/blocks.ts";
import { renderNotice } from "../messages/notice.ts";
import { reply, type Reply, type Replying } from "./reply.ts";

export interface Listening extends Replying {
  /** Keeps count of work that goes on after Slack has been answered, so that a stop can wait for it. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  readonly log: {
    error(details: object, message: string): void;
  };
}

/** `/coverage …`: acknowledged before anything is looked up, because Slack gives up after three seconds. */
export function registerCommands(app: App, listening: Listening): void {
  app.command("/coverage", async ({ command, ack, respond }) => {
    await ack();
    await listening.track(
      (async () => {
        const { message, visible } = await answered(
          command.text,
          command.channel_id,
          listening,
        );
        await respond({
          ...safe(message),
          response_type: visible ? "in_channel" : "ephemeral",
        });
      })(),
    );
  });
  // A command without a listener leaves the person waiting three seconds for a technical error.
  app.command(/^(?!\/coverage$)/, async ({ command, ack }) => {
    await ack(
      `phasewatch does not know ${command.command}. It answers \`/coverage\`; try \`/coverage help\`.`,
    );
  });
}

/** A reply in every case: what goes wrong is told to the one who asked, and logged. */
export async function answered(
  text: string,
  channel: string,
  listening: Listening,
): Promise<Reply> {
  try {
    return await reply(text, channel, listening);
  } catch (error) {
    listening.log.error({ err: error, channel }, "a command failed");
    return {
      message: renderNotice(
        "That did not work",
        "phasewatch failed to answer; nothing was changed. The server's log says why.",
      ),
      visible: false,
    };
  }
}
