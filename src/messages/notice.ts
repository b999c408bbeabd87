import { messageOf } from "./blocks.ts";
import type { Message } from "./message.ts";
import { section, type Line } from "./page.ts";

/**
 * A short word of the bot itself: a change made, or why something is not there.
 *
 * @param text one line a row; what stands between backticks is shown as code
 */
export function renderNotice(headline: string, text: string): Message {
  return messageOf({
    headline,
    sections: section(null, text.split("\n").map(prose)),
    footer: [],
    buttons: [],
  });
}

function prose(text: string): Line {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? { code: part } : part))
    .filter((span) => span !== "");
}
