import MarkdownIt from "markdown-it";
import type { Statement } from "./statement.ts";

/**
 * The statements of a Markdown body. It works on the block tree, not on raw lines, so that code blocks, commands
 * and sample documents inside a plan are never mistaken for what the plan itself says. Only blocks are parsed: inline
 * Markdown stays in the text, and markdown-it's block parser is fast enough to read a whole repository (ADR 0006).
 */
const parser = new MarkdownIt({ html: true });
parser.core.ruler.enableOnly(["normalize", "block"]);

/** Statements are cut here. Readers of claims read less (4,000) and tell of the rest, which they could not if it were gone. */
const MAX_TEXT = 5_000;

/**
 * @param body the document below its front matter
 * @param firstLine the 1-based line at which the body begins in the file
 */
export function readStatements(body: string, firstLine: number): Statement[] {
  const { markdown, tags } = separateTags(body);
  const statements: Statement[] = [];
  const headings: { level: number; text: string }[] = [];
  let header: readonly string[] = [];
  let cells: string[] = [];
  let inRow = false;
  let listDepth = 0;
  let headingLevel = 0;
  let line = 0;

  // Statements below the same headings share one list of them: what it means is worked out once.
  let section: readonly string[] | null = null;
  let sectionTags: readonly Tag[] | undefined;
  const add = (text: string, at: number, about: About) => {
    const open = tags[at];
    if (section === null || open !== sectionTags) {
      section = [
        ...headings.map((heading) => heading.text),
        ...(open ?? []).map(({ name }) => name),
      ];
      sectionTags = open;
    }
    statements.push({
      text: cut(text),
      line: firstLine + at,
      section,
      row: null,
      checked: null,
      ...about,
    });
  };

  for (const token of parser.parse(markdown, {})) {
    // Cells and closing tokens have no place of their own: they stand where the last block began.
    if (token.map) [line] = token.map;
    switch (token.type) {
      case "bullet_list_open":
      case "ordered_list_open":
        listDepth++;
        break;
      case "bullet_list_close":
      case "ordered_list_close":
        listDepth--;
        break;
      case "heading_open":
        headingLevel = Number(token.tag.slice(1));
        break;
      case "heading_close":
        headingLevel = 0;
        break;
      case "thead_open":
        header = [];
        break;
      case "tr_open":
        cells = [];
        inRow = true;
        break;
      case "tr_close":
        inRow = false;
        if (header.length === 0) header = cells;
        else if (cells.some((cell) => cell !== "")) {
          add(cells.join(" | "), line, {
            place: "row",
            row: { header, cells },
          });
        }
        break;
      case "inline":
        if (inRow) cells.push(cut(token.content.trim()));
        else if (headingLevel > 0) {
          const title = token.content.trim();
          while ((headings.at(-1)?.level ?? 0) >= headingLevel) headings.pop();
          section = null;
          add(title, line, { place: "heading" });
          headings.push({ level: headingLevel, text: cut(title) });
          section = null;
        } else if (listDepth > 0) {
          for (const piece of pieces(token.content, line)) {
            const [box = "", tick] = /^\[([ xX])\]\s+/.exec(piece.text) ?? [];
            add(piece.text.slice(box.length), piece.line, {
              place: "item",
              checked: tick === undefined ? null : tick !== " ",
            });
          }
        } else {
          for (const piece of pieces(token.content, line)) {
            add(piece.text, piece.line, { place: "paragraph" });
          }
        }
        break;
    }
  }
  return statements;
}

type About = Pick<Statement, "place"> & Partial<Statement>;

/** A paragraph of `**Label:** value` or `Label: value` lines is as many statements; any other wraps and is one. */
function pieces(content: string, start: number) {
  const lines = content.split("\n").map((line) => line.trim());
  const isLabelled = (line: string) =>
    /^(?:\*\*[^*]+\*\*|\p{Lu}[\p{L} /-]{1,40}:\s)/u.test(line);
  const split = lines.filter(isLabelled).length >= 2;
  const found: { text: string; line: number }[] = [];
  for (const [index, text] of lines.entries()) {
    const last = found.at(-1);
    if (last && !(split && isLabelled(text))) last.text += ` ${text}`;
    else found.push({ text, line: start + index });
  }
  return found;
}

interface Tag {
  readonly name: string;
  /** `## <tasks>`: written as a heading, it ends where the next such heading stands, and is seldom closed. */
  readonly heading: boolean;
}

const TAG =
  /^\s{0,8}(#{1,6} +)?<(\/?)([a-z][a-z0-9_-]{1,40})(?:\s[^<>]{0,200})?>\s*$/i;

/** Open tags followed at once; documents of people and of GSD nest three. */
const MAX_OPEN = 20;

/**
 * Takes GSD's tags (`<success_criteria>`, `<output>`) out of the Markdown, keeping the line count: CommonMark would read
 * `<output>` as the start of an HTML block and swallow the list below it. Says for each line which tags it stands in.
 */
function separateTags(body: string) {
  const tags: (readonly Tag[])[] = [];
  let open: readonly Tag[] = [];
  let fence: string | null = null;
  const lines = body.split(/\r\n|\n|\r/).map((line, index) => {
    tags[index] = open;
    // A line with more backticks after the opening ones is inline code and opens nothing.
    const marker = /^\s*(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (marker?.startsWith(fence) && line.trim() === marker) fence = null;
      return line;
    }
    if (marker) {
      fence = marker;
      return line;
    }
    const tag = TAG.exec(line);
    if (!tag) return line;
    const [, hashes, slash, written = ""] = tag;
    const name = written.toLowerCase();
    const heading = hashes !== undefined;
    const end =
      slash === "/"
        ? open.findLastIndex((other) => other.name === name)
        : heading
          ? open.findIndex((other) => other.heading)
          : -1;
    if (end !== -1) open = open.slice(0, end);
    if (slash === "" && open.length < MAX_OPEN) {
      open = [...open, { name, heading }];
    }
    return "";
  });
  return { markdown: lines.join("\n"), tags };
}

function cut(text: string): string {
  return text.slice(0, MAX_TEXT);
}
