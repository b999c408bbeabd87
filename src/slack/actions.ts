import type {
  App,
  BlockAction,
  ButtonAction,
  Middleware,
  SlackActionMiddlewareArgs,
} from "@slack/bolt";
import { safe } from "../messages/blocks.ts";
import { answered, type Listening } from "./commands.ts";

type Press = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;

/**
 * The buttons of messages. A button carries the command that it stands for, so that pressing it answers from what is
 * known now, not from what was known when the message was written.
 */
export function registerActions(app: App, listening: Listening): void {
  const pressed =
    (responseType: "in_channel" | "ephemeral"): Middleware<Press> =>
    async ({ ack, action, body, respond }) => {
      await ack();
      await listening.track(
        (async () => {
          const { message } = await answered(
            action.value ?? "",
            body.channel?.id ?? "",
            listening,
          );
          await respond({
            ...safe(message),
            response_type: responseType,
            replace_original: false,
          });
        })(),
      );
    };
  app.action<BlockAction<ButtonAction>>("share", pressed("in_channel"));
  app.action<BlockAction<ButtonAction>>("details", pressed("ephemeral"));
}
