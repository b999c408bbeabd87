import MarkdownIt, { type Token } from "markdown-it";
import type { Statement } from "./statement.ts";

/**
 * The statements of a Markdown body. It works on the block tree, not on raw lines, so that code blocks, commands
 * and sample documents inside a plan are never mistaken for what the plan itself says. Only blocks are parsed: inline
 * Markdown stays in the text, and markdown-it's block parser is fast enough to read a whole repository (ADR 0006).
 */
const parser = new MarkdownIt({ html: true });
parser.core.ruler.enableOnly(["normalize", "block"]);

/** Statements longer than this are cut: no sentence about a target is. */
const MAX_TEXT = 4_000;

/**
 * @param body the document below its front matter
 * @param firstLine the 1-based line at which the body begins in the file
 */
export function readStatements(body: string, firstLine: number): Statement[] {
  const { text, tags } = separateTags(body);
  const tokens = parser.parse(text, {});
  const statements: Statement[] = [];
  const headings: { level: number; text: string }[] = [];
  let header: string[] = [];
  let cells: string[] | null = null;
  let inHead = false;
  let rowLine = 0;
  let listDepth = 0;

  const sectionAt = (line: number) => [
    ...headings.map((heading) => heading.text),
    ...tagsAt(tags, line),
  ];

  for (const [index, token] of tokens.entries()) {
    switch (token.type) {
      case "bullet_list_open":
      case "ordered_list_open":
        listDepth++;
        break;
      case "bullet_list_close":
      case "ordered_list_close":
        listDepth--;
        break;
      case "thead_open":
        inHead = true;
        header = [];
        break;
      case "thead_close":
        inHead = false;
        break;
      case "tr_open":
        cells = [];
        rowLine = token.map?.[0] ?? rowLine + 1;
        break;
      case "tr_close":
        if (inHead) header = cells ?? [];
        else if (cells?.some((cell) => cell !== "")) {
          statements.push({
            text: cut(cells.join(" | ")),
            line: firstLine + rowLine,
            place: "row",
            section: sectionAt(rowLine),
            row: { header, cells },
            checked: null,
          });
        }
        cells = null;
        break;
      case "inline": {
        if (cells) {
          cells.push(cut(token.content.trim()));
          break;
        }
        const line = token.map?.[0] ?? 0;
        const opener = tokens[index - 1];
        if (opener?.type === "heading_open") {
          const level = Number(opener.tag.slice(1));
          while ((headings.at(-1)?.level ?? 0) >= level) headings.pop();
          statements.push({
            ...plain(token.content, firstLine + line, sectionAt(line)),
            place: "heading",
          });
          headings.push({ level, text: cut(token.content.trim()) });
          break;
        }
        const section = sectionAt(line);
        for (const piece of pieces(token)) {
          const box = /^\[([ xX])\]\s+/.exec(piece.text);
          statements.push({
            ...plain(
              box ? piece.text.slice(box[0].length) : piece.text,
              firstLine + piece.line,
              section,
            ),
            place: listDepth > 0 ? "item" : "paragraph",
            checked: box ? box[1] !== " " : null,
          });
        }
        break;
      }
    }
  }
  return statements;
}

function plain(text: string, line: number, section: string[]) {
  return {
    text: cut(text.trim()),
    line,
    section,
    row: null,
    checked: null,
  };
}

/** A paragraph of `**Label:** value` lines is as many statements; any other wraps and is one. */
function pieces(token: Token): { text: string; line: number }[] {
  const start = token.map?.[0] ?? 0;
  const lines = token.content.split("\n");
  const labelled = lines.filter((line) => /^\s*\*\*[^*]+\*\*/.test(line));
  if (lines.length === 1 || labelled.length < 2) {
    return [{ text: lines.map((line) => line.trim()).join(" "), line: start }];
  }
  const found: { text: string; line: number }[] = [];
  for (const [index, line] of lines.entries()) {
    if (/^\s*\*\*[^*]+\*\*/.test(line) || found.length === 0) {
      found.push({ text: line.trim(), line: start + index });
    } else {
      const last = found.at(-1);
      if (last) last.text += ` ${line.trim()}`;
    }
  }
  return found;
}

interface TagRange {
  readonly name: string;
  readonly from: number;
  to: number;
}

/**
 * Takes GSD's tags (`<success_criteria>`, `<output>`) out of the Markdown, keeping the line count: CommonMark would read
 * `<output>` as the start of an HTML block and swallow the list below it.
 */
function separateTags(body: string): { text: string; tags: TagRange[] } {
  const tags: TagRange[] = [];
  const open: TagRange[] = [];
  let fence: string | null = null;
  const lines = body.split(/\r\n|\n|\r/).map((line, index) => {
    const marker = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (marker?.startsWith(fence) && line.trim() === marker) fence = null;
      return line;
    }
    if (marker) {
      fence = marker;
      return line;
    }
    const tag =
      /^\s{0,8}(?:#{1,6} +)?<(\/?)([a-z][a-z_]{1,40})(?:\s[^<>]{0,200})?>\s*$/.exec(
        line,
      );
    if (!tag?.[2]) return line;
    if (tag[1] === "/") {
      const start = open.findLastIndex((range) => range.name === tag[2]);
      if (start !== -1) for (const r of open.splice(start)) r.to = index;
    } else if (open.length < 20) {
      const range = { name: tag[2], from: index, to: Number.MAX_SAFE_INTEGER };
      open.push(range);
      tags.push(range);
    }
    return "";
  });
  // Sections headed `## <tasks>` are seldom closed; a later one of the same kind ends them.
  return { text: lines.join("\n"), tags };
}

function tagsAt(tags: readonly TagRange[], line: number): string[] {
  return tags
    .filter((range) => line > range.from && line < range.to)
    .map((range) => range.name);
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
}
