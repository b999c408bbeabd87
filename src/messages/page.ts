/**
 * What a message says before it is Slack's blocks or a terminal's lines: composed once, so that both say the same. Texts are as
 * people or documents wrote them; nothing here is escaped.
 */
export interface Page {
  /** One line. */
  readonly headline: string;
  readonly sections: readonly Section[];
  /** Where the facts come from and how old they are. */
  readonly footer: readonly Line[];
  readonly buttons: readonly Button[];
}

export interface Section {
  readonly title: string | null;
  readonly lines: readonly Line[];
  /** How many lines a message shows, counting the others; a terminal shows all. Null for as many as fit. */
  readonly most: number | null;
  /** Each span of a line is a cell of a table. */
  readonly aligned?: boolean;
}

export type Line = readonly Span[];

/** A piece of text: as it is, standing out, as code, or leading somewhere when there is a web page. */
export type Span =
  | string
  | { readonly strong: string }
  | { readonly code: string }
  | { readonly label: string; readonly url: string | null };

export interface Button {
  readonly id: "share" | "details";
  readonly label: string;
  /** What pressing it asks, as one would type it after `/coverage`. */
  readonly command: string;
}

/** A span without its dress. */
export function textOf(span: Span): string {
  if (typeof span === "string") return span;
  if ("strong" in span) return span.strong;
  return "code" in span ? span.code : span.label;
}

/** The same span with another text. */
export function withText(span: Span, text: string): Span {
  if (typeof span === "string") return text;
  if ("strong" in span) return { strong: text };
  return "code" in span ? { code: text } : { ...span, label: text };
}

/** A section that is left out when it has nothing to say. */
export function section(
  title: string | null,
  lines: readonly Line[],
  most: number | null = null,
): Section[] {
  return lines.length === 0 ? [] : [{ title, lines, most }];
}

/** The cells of a table row as a line of their own. */
export function inOneCell(row: Line): Line {
  return row
    .filter((cell) => textOf(cell) !== "")
    .flatMap((cell, index) => (index === 0 ? [cell] : [" · ", cell]));
}
