import { BOT } from "../identities.ts";
import type { ShownMessage } from "../timeline.ts";
import type { Channel } from "../webApi.ts";
import { Blocks, type Action } from "./Blocks.tsx";

const AUTHORS = {
  bot: { name: BOT.name, initial: "◔", label: "APP" },
  person: { name: "You", initial: "Y", label: null },
  slack: { name: "Slackbot", initial: "S", label: null },
} as const;

const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
});

export function MessageView({
  message,
  channels,
  onPress,
}: {
  message: ShownMessage;
  channels: readonly Channel[];
  onPress: (action: Action) => void;
}) {
  const { ts, author, text, blocks, editedTs, onlyYou, answeredInMs } = message;
  const { name, initial, label } = AUTHORS[author];
  const at = new Date(Number(ts) * 1_000);
  return (
    <article
      className={`message from-${author}${onlyYou ? " only-you" : ""}`}
      aria-label={`${name} at ${clock.format(at)}`}
      data-testid="message"
      data-ts={ts}
    >
      <span className="avatar" aria-hidden="true">
        {initial}
      </span>
      <div className="said">
        <p className="byline">
          <strong>{name}</strong>
          {label !== null && <span className="app">{label}</span>}
          <time dateTime={at.toISOString()}>{clock.format(at)}</time>
          {editedTs !== null && <span data-testid="edited">(edited)</span>}
          {onlyYou && <span data-testid="only-you">Only visible to you</span>}
          {answeredInMs !== null && (
            <span className="answer-time" data-testid="answer-time">
              answered in {answeredInMs} ms
            </span>
          )}
        </p>
        <Blocks
          blocks={
            blocks.length > 0
              ? blocks
              : [{ type: "section", text: { type: "mrkdwn", text } }]
          }
          fallback={text}
          channels={channels}
          onPress={onPress}
        />
      </div>
    </article>
  );
}
