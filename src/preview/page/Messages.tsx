import { useEffect, useRef } from "react";
import type { Channel } from "../webApi.ts";
import type { ShownMessage } from "../timeline.ts";
import type { Action } from "./Blocks.tsx";
import { MessageView } from "./MessageView.tsx";

/** How far from the end, in pixels, somebody still counts as reading the newest message. */
const NEAR_THE_END = 120;

export function Messages({
  channel,
  channels,
  command,
  messages,
  onPress,
}: {
  channel: Channel;
  channels: readonly Channel[];
  command: string;
  messages: readonly ShownMessage[];
  onPress: (ts: string, action: Action) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const follows = useRef(true);

  useEffect(() => {
    const element = list.current;
    // Whoever says something wants to see the answer, wherever they were reading.
    if (messages.at(-1)?.author === "person") follows.current = true;
    if (element !== null && follows.current) {
      element.scrollTop = element.scrollHeight;
    }
  }, [messages]);

  const present = new Set(messages.map(({ ts }) => ts));
  // A reply outlives its parent: then it stands by itself.
  const starts = messages.filter(
    ({ threadTs }) => threadTs === null || !present.has(threadTs),
  );
  const view = (message: ShownMessage) => (
    <MessageView
      message={message}
      channels={channels}
      onPress={(action) => onPress(message.ts, action)}
    />
  );

  return (
    <div
      ref={list}
      className="messages"
      role="log"
      aria-label={`Messages in #${channel.name}`}
      data-testid="messages"
      tabIndex={0}
      onScroll={({
        currentTarget: { scrollHeight, scrollTop, clientHeight },
      }) => {
        follows.current =
          scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
      }}
    >
      {messages.length === 0 && (
        <p className="empty">
          Nothing has been said in #{channel.name} yet. Press “Next commit” to
          let the example repository move on, or ask{" "}
          <code>{command} phase 19</code>.
        </p>
      )}
      {starts.map((message) => {
        const replies = messages.filter(
          ({ threadTs }) => threadTs === message.ts,
        );
        return (
          <div className="thread" key={message.ts}>
            {view(message)}
            {replies.length > 0 && (
              <div
                className="replies"
                role="group"
                aria-label={`${replies.length} ${replies.length === 1 ? "reply" : "replies"}`}
                data-testid="replies"
              >
                {replies.map((reply) => (
                  <div key={reply.ts}>{view(reply)}</div>
                ))}
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
}
