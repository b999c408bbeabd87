import { useState } from "react";

export function Composer({
  channel,
  command,
  onSend,
}: {
  channel: string;
  command: string;
  onSend: (text: string) => void;
}) {
  const [text, setText] = useState("");
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === "") return;
        onSend(text);
        setText("");
      }}
    >
      <input
        type="text"
        aria-label={`Message #${channel}`}
        data-testid="composer"
        placeholder={`Message #${channel}, or ask: ${command} phase 19 · ${command} help`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        maxLength={4_000}
        autoComplete="off"
        autoFocus
      />
      <button type="submit" data-testid="send" disabled={text.trim() === ""}>
        Send
      </button>
    </form>
  );
}
