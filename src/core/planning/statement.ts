/**
 * One piece of a document that may set a target or make a claim: a list item, a
 * table row, a paragraph, a heading, a front matter string. Code blocks, commands and sample
 * front matter inside a body are not statements.
 */
export interface Statement {
  /** As written, with its inline Markdown; a table row is its cells joined with " | ". */
  readonly text: string;
  /** 1-based line in the document. */
  readonly line: number;
  readonly place: Place;
  /** Enclosing headings and GSD tags, outermost first: ["Results", "Coverage Metrics"], ["success_criteria"]. */
  readonly section: readonly string[];
  /** Only for a table row. Cells are trimmed and in column order; the header may be shorter than the row. */
  readonly row: {
    readonly header: readonly string[];
    readonly cells: readonly string[];
  } | null;
  /** Only for a list item with a box: true when ticked. */
  readonly checked: boolean | null;
}

export type Place = "heading" | "item" | "row" | "paragraph" | "front_matter";
