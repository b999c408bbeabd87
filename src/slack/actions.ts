import type { App, BlockAction } from "@slack/bolt";
import { safe } from "../messages/blocks.ts";
import { answered, type Listening } from "./commands.ts";

/**
 * The buttons of messages. A button carries the command that it stands for, so that pressing it answers from what is
 * known now, not from what was known when the message was written.
 */
export function registerActions(app: App, listening: Listening): void {
  const pressed = (visible: boolean) => {
    return async ({
      ack,
      action,
      body,
      respond,
    }: {
      ack: () => Promise<void>;
      action: { type: string; value?: string };
      body: BlockAction;
      respond: (message: object) => Promise<unknown>;
    }) => {
      await ack();
      await listening.track(
        (async () => {
          const channel = body.channel?.id ?? "";
          const { message } = await answered(
            action.value ?? "",
            channel,
            listening,
          );
          await respond({
            ...safe(message),
            response_type: visible ? "in_channel" : "ephemeral",
            replace_original: false,
          });
        })(),
      );
    };
  };
  app.action<BlockAction>(
    { type: "block_actions", action_id: "share" },
    async (args) => pressed(true)(args as never),
  );
  app.action<BlockAction>(
    { type: "block_actions", action_id: "details" },
    async (args) => pressed(false)(args as never),
  );
  // Links are buttons that only need to be acknowledged.
  app.action(/^open/, async ({ ack }) => {
    await ack();
  });
}
