import { cellsOf } from "./requirementCells.ts";
import { idFirst, idList } from "./requirementIds.ts";
import { mention, type RequirementMention } from "./requirementMention.ts";
import type { Statement } from "./statement.ts";
import { plainWords } from "./verification.ts";

/** A verification's answer: a row of its requirements table, or an item of that section. */
export function readAnswer(statement: Statement): RequirementMention[] {
  const { row, text, line, place, section } = statement;
  const inSection = section.some((name) => /\brequirements?\b/i.test(name));
  if (row) {
    const cell = cellsOf(row);
    const status = cell(/^(?:status|result|verdict)\b/i, 1);
    const isTable =
      inSection || /^\W*req(?:uirement)?s?\b/i.test(row.header[0] ?? "");
    const first = isTable ? firstOrOnly(row.cells[0] ?? "") : null;
    if (!first || status === null) return [];
    const asked = cell(/^(?:description|requirement)\b/i, 1) ?? first.rest;
    return [
      mention({
        id: first.id,
        line,
        role: "verified",
        text: plainWords(asked) || null,
        says: plainStatus(status) || null,
      }),
    ];
  }
  const first = inSection && place === "item" ? idFirst(text) : null;
  const says = first && plainStatus(first.rest);
  return first && says && standingOf(says) !== null
    ? [mention({ id: first.id, line, role: "verified", says })]
    : [];
}

/** A cell may hold the id alone, with nothing that closes it. */
function firstOrOnly(cell: string): { id: string; rest: string } | null {
  const first = idFirst(cell);
  if (first) return first;
  const [only, other] = idList(cell);
  return only && !other ? { id: only.id, rest: only.text ?? "" } : null;
}

/** `✗ BLOCKED` keeps its word only; a mark that stands alone is put into words. */
function plainStatus(text: string): string {
  const words = plainWords(text);
  if (/\p{L}/u.test(words)) return words;
  if (/[✅✓✔☑]/u.test(text)) return "satisfied";
  if (/[❌✗✘]/u.test(text)) return "not satisfied";
  return words;
}

/** What a status in a document's own words comes to. */
export type Standing = "done" | "partial" | "not_done" | "open";

/** Reads a status word; null where the words say none of these. */
export function standingOf(says: string): Standing | null {
  const words = says.toLowerCase();
  if (words.startsWith("[ ]")) return "open";
  if (/\b(?:partial\w*|mostly|nearly)\b/.test(words)) return "partial";
  if (
    /\b(?:not|un(?:satisfied|met|verified)|blocked|failed|fails?|missing|gaps?|incomplete)\b/.test(
      words,
    )
  ) {
    return "not_done";
  }
  if (
    /\b(?:pending|open|planned|todo|to do|in progress|needs?|deferred|draft|active|uncertain)\b/.test(
      words,
    )
  ) {
    return "open";
  }
  return /\b(?:complete|completed|done|satisfied|passed|pass|verified|met|achieved|validated|shipped|fulfilled|ticked)\b/.test(
    words,
  )
    ? "done"
    : null;
}
