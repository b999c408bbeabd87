/**
 * The one place where text that people or documents wrote becomes Slack mrkdwn. What comes out mentions nobody, links nowhere and
 * formats nothing, whatever went in. Rules: docs.slack.dev, "Formatting message text".
 */

/** One line of someone else's words: control and direction characters removed, Markdown's own marks taken off. */
export function plain(text: string, limit = 300): string {
  return clip(
    // Cut before looking for pairs, which takes time that grows with the square of the length.
    clip(printable(text), 4 * limit)
      .replaceAll(/(\*\*|__)(?=\S)(.*?\S)\1/g, "$2")
      .replaceAll(/`([^`]*)`/g, "$1")
      .trim(),
    limit,
  );
}

/** Text as mrkdwn that shows itself. */
export function escape(text: string): string {
  return entities(
    printable(text)
      .replaceAll("`", "'")
      // A mark that follows a letter and ends a word would close a format; its twin does not. So would `:100:` be an emoji.
      .replaceAll(/(?<=\S)[*_~](?![\p{L}\p{N}])/gu, (mark) => TWINS[mark] ?? "")
      .replaceAll(/:(?=[\w+'-]+:)/g, "\u2236"),
  );
}

const TWINS: Readonly<Record<string, string>> = {
  "*": "\u2217",
  _: "\u02CD",
  "~": "\u223C",
};

/** A path, id or number as code, exactly as it is written. */
export function code(text: string): string {
  return `\`${entities(printable(text).replaceAll("`", "'")) || " "}\``;
}

/** A longer one would take the room of what it stands beside. */
const LONGEST_ADDRESS = 1_000;

/** The label, linked where there is a web address to link to: one of visible ASCII, as the URL standard writes it. */
export function link(url: string | null, label: string): string {
  return url !== null &&
    label.trim() !== "" &&
    url.length <= LONGEST_ADDRESS &&
    /^https?:\/\/[!-;=?-{}~]+$/.test(url)
    ? `<${url.replaceAll("&", "&amp;")}|${label}>`
    : label;
}

/** At most `limit` characters, cut at a whole one, with a sign that something is missing. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text);
  return characters.length <= limit
    ? text
    : `${characters.slice(0, Math.max(0, limit - 1)).join("")}…`;
}

/** One line without characters that hide, reorder or break what is shown. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replaceAll(/\p{Cf}/gu, "");
}

function entities(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
