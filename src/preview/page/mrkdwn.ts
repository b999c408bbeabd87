import type { Block } from "../content.ts";

// The renderer decodes `&lt;` and `&gt;` first and looks for mentions and links then, so escaped text turns into a mention
// that Slack would not show, and swallows the link after it. Private characters take their place until it has drawn.
const LESS = "\uE000";
const GREATER = "\uE001";

/**
 * The same blocks as the renderer must have them to draw what Slack draws: escaped angle brackets out of its sight, and no `verbatim`,
 * which in Slack turns off making links of bare names and addresses, and in the renderer all formatting
 * (https://docs.slack.dev/reference/block-kit/composition-objects/text-object).
 */
export function forRenderer(blocks: readonly Block[]): readonly Block[] {
  return blocks.map((block) => mapProperties(block));
}

/** Puts the brackets back into what was drawn. */
export function showBrackets(element: Element): void {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const { currentNode: node } = walker;
    const text = node.nodeValue ?? "";
    if (text.includes(LESS) || text.includes(GREATER)) {
      node.nodeValue = text.replaceAll(LESS, "<").replaceAll(GREATER, ">");
    }
  }
}

function mapProperties<T extends object>(value: T): T {
  const isMrkdwn = "type" in value && value.type === "mrkdwn";
  const entries = Object.entries(value).map(
    ([name, part]: [string, unknown]) => {
      if (!isMrkdwn) return [name, mapPart(part)];
      if (name === "verbatim") return [name, false];
      return [
        name,
        typeof part === "string"
          ? part.replaceAll("&lt;", LESS).replaceAll("&gt;", GREATER)
          : part,
      ];
    },
  );
  return { ...value, ...Object.fromEntries(entries) };
}

function mapPart(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(mapPart);
  return typeof part === "object" && part !== null ? mapProperties(part) : part;
}
