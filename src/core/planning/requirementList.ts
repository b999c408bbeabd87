import { parsePhaseKey } from "./phaseKey.ts";
import { cellsOf } from "./requirementCells.ts";
import { idFirst, idList } from "./requirementIds.ts";
import { mention, type RequirementMention } from "./requirementMention.ts";
import type { Statement } from "./statement.ts";
import { plainWords } from "./verification.ts";

/** What a REQUIREMENTS document lists, and the phases that its table traces that to. */
export function readRequirementList(
  statements: readonly Statement[],
): RequirementMention[] {
  return [...defined(statements), ...statements.flatMap(traced)];
}

/** Requirements as list items (`- [x] **AUTH-01**: …`) and as headings with fields and criteria below them. */
function defined(statements: readonly Statement[]): RequirementMention[] {
  const found: RequirementMention[] = [];
  let open: { heading: string; index: number } | null = null;
  for (const { text, line, place, section, checked } of statements) {
    if (place === "heading" || place === "item") {
      const first = idFirst(text);
      if (first) {
        const asked = plainWords(first.rest);
        if (place === "heading") open = { heading: text, index: found.length };
        found.push(
          mention({
            id: first.id,
            line,
            role: "defined",
            text: asked || null,
            criteria: asked === "" ? [] : [{ text: first.rest, line }],
            says: checked === null ? null : box(checked),
          }),
        );
        continue;
      }
    }
    if (open === null || !section.includes(open.heading)) continue;
    const owner = found[open.index];
    if (owner) {
      found[open.index] = withDetail(owner, { text, line, place });
    }
  }
  return found;
}

/** What stands below a requirement's heading: its status, its phase, its criteria. */
function withDetail(
  owner: RequirementMention,
  { text, line, place }: Pick<Statement, "text" | "line" | "place">,
): RequirementMention {
  const [, label = "", value = ""] =
    /^\*\*([^*:]{1,40}):?\*\*:?\s*(.*)$/s.exec(text) ?? [];
  const words = plainWords(value);
  if (/^status$/i.test(label) && words !== "") {
    return { ...owner, says: words };
  }
  if (/^phase$/i.test(label)) {
    return { ...owner, phase: owner.phase ?? phaseIn(words) };
  }
  return place === "item"
    ? { ...owner, criteria: [...owner.criteria, { text, line }] }
    : owner;
}

function box(checked: boolean): string {
  return checked ? "[x] ticked" : "[ ] not ticked";
}

/** `Phase 3`, `3`, `3.1: Billing`; "2-11" is no phase. */
function phaseIn(text: string): string | null {
  const token =
    /^(?:Phase\s+)?(\d[\dA-Za-z.]*)(?=$|[\s:,;)])(?!\s*[-–—]\s*\d)/i.exec(text);
  return token?.[1] === undefined
    ? null
    : parsePhaseKey(token[1].replace(/\.$/, ""));
}

/** A row of the traceability table: `| AUTH-01 | Phase 1 | Complete |`. */
function traced({ row, line }: Statement): RequirementMention[] {
  if (!row) return [];
  const cell = cellsOf(row);
  const ids = idList(row.cells[0] ?? "");
  const asked = cell(/^(?:description|requirement|text|title)\b/i, 1);
  const status = cell(/^status\b/i, 1);
  const phase = cell(/^phases?\b/i, 1);
  const says = status === null ? null : plainWords(status);
  return ids.flatMap(({ id }) => [
    ...(asked === null
      ? []
      : [
          mention({
            id,
            line,
            role: "defined",
            text: plainWords(asked),
            criteria: [{ text: asked, line }],
          }),
        ]),
    ...(status === null && phase === null
      ? []
      : [
          mention({
            id,
            line,
            role: "traced",
            says,
            phase: phase === null ? null : phaseIn(plainWords(phase)),
          }),
        ]),
  ]);
}
