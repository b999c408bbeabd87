import type { Quantity } from "../quantity.ts";

/** Characters of a statement that are read; nothing longer is a sentence about a result. */
export const MAX_TEXT = 4_000;

/** Inline Markdown and look-alike arrows out of the way; names keep their underscores. */
export function plain(text: string): string {
  const read = text.slice(0, MAX_TEXT);
  // Half of all texts have nothing of the kind, and each is asked for several times.
  if (!/[*`\\\]>➔➜⟶➡]/.test(read)) return read;
  return read
    .replace(/[*`\\]+/g, "")
    .replace(/\[([^[\]]{1,200})\]\([^()]{0,300}\)/g, "$1")
    .replace(/-+>|=>|➔|➜|⟶|➡\uFE0F?/g, "→");
}

/** Without emoji, marks and quotes around it. */
export function bare(text: string): string {
  return plain(text)
    .replace(/\p{Extended_Pictographic}|\uFE0F|\u200D|[✓✗✔✘"“”]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Where the text goes on after a number; its start where there is no number. */
export function endOf(quantity: Quantity | undefined): number {
  return quantity === undefined ? 0 : quantity.index + quantity.length;
}

/** The first words of a text, parted by single spaces. */
export function firstWords(text: string, count: number): string {
  return text.trimStart().split(/\s+/, count).join(" ");
}

/** The last words of a text and the one before them, looked for in its last 200 characters. */
export function lastWords(text: string, count: number): string {
  return text
    .slice(-200)
    .split(/\s+/)
    .slice(-count - 1)
    .join(" ");
}

/** The text, or as much of its start as fits. */
export function cut(text: string, length: number): string {
  return text.length > length ? text.slice(0, length).trimEnd() : text;
}
