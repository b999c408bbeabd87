import { formatCount } from "./coverage/counts.ts";

/** The first `most` of a list in words, and how many more there are: `a, b, c and 4 more`. */
export function firstOf(items: readonly string[], most: number): string {
  const named = items.slice(0, most).join(", ");
  const more = items.length - most;
  return more > 0 ? `${named} and ${formatCount(more)} more` : named;
}
