import type { ActionsBlock, KnownBlock } from "@slack/types";
import { clip, code, escape, link, plain } from "./escaping.ts";
import { LONGEST_EDIT_BYTES } from "./limits.ts";
import type { Message } from "./message.ts";
import { textOf, withText } from "./page.ts";
import type { Button, Line, Page, Section, Span } from "./page.ts";
import { pageLines } from "./text.ts";

export { checkHome, checkMessage, safe } from "./limits.ts";

/** Room left below Slack's limits (limits.ts): the headline, footers and counts of what is left out need some. */
const SECTION_ROOM = 2_900;
const MESSAGE_ROOM = 8_500;
/** A title, and a word on what is left out. */
const SHORTEST_SECTION = 200;
const LONGEST_TITLE = 140;
const MOST_SECTIONS = 30;

/** A page as a Slack message within Slack's limits; what does not fit is counted. */
export function messageOf(page: Page): Message {
  return {
    text: fallbackText(page),
    blocks: pageBlocks(page, MOST_SECTIONS, MESSAGE_ROOM),
  };
}

/** A page as blocks, with at most so many sections and so many characters in them. */
export function pageBlocks(
  page: Page,
  mostSections: number,
  room: number,
): KnownBlock[] {
  return [
    header(page.headline),
    ...sectionBlocks(page.sections, mostSections, room),
    ...footerBlocks(page.footer),
    ...buttonBlocks(page.buttons),
  ];
}

function header(text: string): KnownBlock {
  return {
    type: "header",
    text: {
      type: "plain_text",
      text: plain(text, 150) || "phasewatch",
      emoji: false,
    },
  };
}

function sectionBlocks(
  sections: readonly Section[],
  mostSections: number,
  room: number,
): KnownBlock[] {
  const shown = sections.slice(0, mostSections);
  let left = room;
  const blocks = shown.flatMap((section, index) => {
    const later = (shown.length - index - 1) * SHORTEST_SECTION;
    const text = sectionText(
      section,
      Math.max(SHORTEST_SECTION, Math.min(SECTION_ROOM, left - later)),
    );
    left -= text.length;
    return text.trim() === "" ? [] : [mrkdwnSection(text)];
  });
  const more = sections.length - shown.length;
  return more === 0
    ? blocks
    : [...blocks, mrkdwnSection(`… and ${more} more sections.`)];
}

/** As many lines as fit, never part of one. */
function sectionText(section: Section, room: number): string {
  const parts = section.title === null ? [] : [`*${titleText(section.title)}*`];
  let used = parts.join("").length;
  let shown = 0;
  for (const line of section.lines.slice(0, section.most ?? Infinity)) {
    const text = mrkdwnLine(line, section.aligned === true);
    // 30 for the word on what is left out.
    if (used + text.length + 30 > room) break;
    parts.push(text);
    used += text.length + 1;
    shown++;
  }
  const more = section.lines.length - shown;
  if (more > 0) parts.push(`… and ${more} more`);
  return parts.join("\n");
}

/** Escaping can make a text five times as long; a title leaves room for the lines below it. */
function titleText(title: string): string {
  let shown = plain(title, LONGEST_TITLE);
  let text = escape(shown);
  while (text.length > LONGEST_TITLE) {
    shown = clip(shown, Math.floor(shown.length / 2));
    text = escape(shown);
  }
  return text;
}

function mrkdwnSection(text: string): KnownBlock {
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}

/** A line is a sentence or two; one that goes on for pages is somebody's idea of a joke. */
const LONGEST_LINE = 500;

/** The line with its spans cut to what a message can take. */
function mrkdwnLine(line: Line, aligned: boolean): string {
  let left = LONGEST_LINE;
  const spans: string[] = [];
  for (const span of line) {
    if (left <= 0) break;
    const text = clip(textOf(span), left);
    left -= text.length;
    if (text.trim() !== "" || !aligned)
      spans.push(mrkdwn(withText(span, text)));
  }
  return spans.join(aligned ? " · " : "");
}

function mrkdwn(span: Span): string {
  if (typeof span === "string") return escape(span);
  if ("strong" in span) return `*${escape(span.strong).trim()}*`;
  if ("code" in span) return code(span.code);
  return link(span.url, escape(span.label));
}

function footerBlocks(footer: readonly Line[]): KnownBlock[] {
  if (footer.length === 0) return [];
  return [
    {
      type: "context",
      elements: footer.slice(0, 10).map((line) => ({
        type: "mrkdwn" as const,
        text: mrkdwnLine(line, false),
        verbatim: true,
      })),
    },
  ];
}

function buttonBlocks(buttons: readonly Button[]): ActionsBlock[] {
  // A button whose command does not fit would ask something else.
  const pressable = buttons.filter(({ command }) => command.length <= 1_000);
  if (pressable.length === 0) return [];
  return [
    {
      type: "actions",
      elements: pressable.map(({ id, label, command }) => ({
        type: "button",
        action_id: id,
        text: { type: "plain_text", text: clip(label, 75), emoji: false },
        value: command,
      })),
    },
  ];
}

/** The page in words, as much of it as an edit may carry. */
function fallbackText(page: Page): string {
  const lines = pageLines(page, null).map(escape);
  const kept: string[] = [];
  let room = LONGEST_EDIT_BYTES - 100;
  for (const line of lines) {
    room -= bytes(line) + 1;
    if (room < 0) break;
    kept.push(line);
  }
  const more = lines.length - kept.length;
  return [...kept, ...(more > 0 ? [`… and ${more} more lines`] : [])].join(
    "\n",
  );
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
