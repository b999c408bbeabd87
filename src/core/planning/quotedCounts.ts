import type { Statement } from "./statement.ts";

/** Smaller numbers stand in every document. */
const TELLING = 1_000;

/** Numbers kept of one document. */
const MAX_COUNTS = 1_000;

/**
 * The whole numbers of a thousand and more that a document quotes, each once: a report whose covered and total lines are both among
 * them is the one that the document was written from.
 */
export function readCounts(statements: readonly Statement[]): number[] {
  const counts = new Set<number>();
  for (const { text } of statements) {
    for (const [written] of text.matchAll(COUNT)) {
      const count = Number(written.replaceAll(",", ""));
      if (count >= TELLING) counts.add(count);
      if (counts.size >= MAX_COUNTS) return [...counts];
    }
  }
  return [...counts];
}

/** "2,901", "56529"; no part of a longer token, a decimal or a path. */
const COUNT = /(?<![\w.,/-])(?:\d{1,3}(?:,\d{3})+|\d{4,9})(?![\w/-]|[.,]\d)/g;
