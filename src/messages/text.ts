import { clip, printable } from "./escaping.ts";
import { textOf } from "./page.ts";
import type { Line, Page, Section } from "./page.ts";

/** Cells up to this wide are padded to each other; a wider one would push the others out of sight. */
const WIDEST_PADDED = 40;
const LONGEST_LINE = 2_000;

/**
 * A page as plain lines.
 * @param width in columns, for a terminal: lines are wrapped and tables aligned; null leaves that to whoever shows it
 */
export function pageLines(page: Page, width: number | null): string[] {
  const fit = (text: string, indent: number) =>
    width === null ? [text] : wrap(text, width, indent);
  const gap = width === null ? [] : [""];
  return [
    ...fit(clip(printable(page.headline), 150), 2),
    ...page.sections.flatMap((section) => [
      ...gap,
      ...(section.title === null ? [] : fit(printable(section.title), 2)),
      ...sectionLines(section, width).flatMap((line) =>
        fit(`${section.title === null ? "" : "  "}${line}`, 4),
      ),
    ]),
    ...(page.footer.length === 0 ? [] : gap),
    ...page.footer.flatMap((line) => fit(lineText(line), 2)),
  ];
}

function sectionLines(section: Section, width: number | null): string[] {
  if (section.aligned !== true) return section.lines.map(lineText);
  const cells = section.lines.map((line) =>
    line.map((span) => clip(printable(textOf(span)), LONGEST_LINE)),
  );
  if (width === null) {
    return cells.map((row) => row.filter((cell) => cell !== "").join(" · "));
  }
  const widths: number[] = [];
  for (const row of cells) {
    for (const [index, cell] of row.entries()) {
      const padded = Math.min(columns(cell), WIDEST_PADDED);
      widths[index] = Math.max(widths[index] ?? 0, padded);
    }
  }
  return cells.map((row) =>
    row
      .map((cell, index) => {
        const padding = Math.max(0, (widths[index] ?? 0) - columns(cell));
        return unbroken(cell + " ".repeat(padding));
      })
      .join("  ")
      .trimEnd(),
  );
}

/** A line that is too long breaks between the cells of a table, not within them. */
function unbroken(cell: string): string {
  return cell.replaceAll(" ", "\u00A0");
}

function lineText(line: Line): string {
  return clip(printable(line.map(textOf).join("")), LONGEST_LINE);
}

/** Breaks between words; a word longer than the width is broken where it must be. */
function wrap(text: string, width: number, indent: number): string[] {
  const lines: string[] = [];
  const [start = ""] = /^ */.exec(text) ?? [];
  let line = start;
  let empty = true;
  const push = () => {
    lines.push(line.trimEnd());
    line = " ".repeat(indent);
    empty = true;
  };
  for (let word of text.slice(start.length).split(/ (?! )/)) {
    if (!empty && columns(line) + 1 + columns(word) > width) push();
    while (columns(line) + columns(word) + (empty ? 0 : 1) > width) {
      const head = headOf(word, width - columns(line));
      line += head;
      word = word.slice(head.length);
      push();
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line.trimEnd());
  return lines.map((each) => each.replaceAll("\u00A0", " ").trimEnd());
}

/** As much of a word as fits, at least one character. */
function headOf(word: string, width: number): string {
  let head = "";
  for (const character of word) {
    if (head !== "" && columns(head + character) > width) break;
    head += character;
  }
  return head;
}

const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;

/** How many columns a terminal takes for it. */
function columns(text: string): number {
  // The ordinary case, and the quick one.
  if (/^[ -~]*$/.test(text)) return text.length;
  let count = 0;
  for (const character of text) {
    count += /[\p{Mn}\p{Me}]/u.test(character)
      ? 0
      : WIDE.test(character)
        ? 2
        : 1;
  }
  return count;
}
