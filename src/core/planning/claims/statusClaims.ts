import type { Statement } from "../statement.ts";
import { isWish } from "./context.ts";
import { type Draft, MAX_SUBJECT, UNQUALIFIED } from "./draft.ts";
import { bare, cut, plain } from "./words.ts";

const MAX_STATUS = 60;

const STATUS_LABEL =
  /(?:^|[\s>])(?:overall |phase |plan |report |final |verification |current )?status:\s*(\S.*)$/i;

/** Fields that follow a status on the same line of a wrapped paragraph. */
const NEXT_FIELD =
  /\s(?=(?:last activity|progress|phase|plan|wave|date|verified|re-verification|completed|duration|score|next|stopped at|resume file|last session):)/i;

const STATUS_WORD =
  /\b(?:complete|completed|passed|failed|done|gaps[_ ]found|human[_ ]needed|partial|partially complete|in progress|blocked|superseded|all gaps closed)\b/i;

/** "# Wave 2 Complete - …", "# Phase 19 Summary - COMPLETE". */
const TITLE_START =
  /^(?:phase|plan|wave)\s+[\w.-]+(?:\s+plan\s+[\w.-]+)?:?\s+(complete|completed)\b/i;

const TITLE_END = /\s[-–—:]\s*(complete|completed|gaps found|in progress)$/i;

/** Sections in which a status is that of the document, not of a task, file or finding. */
const STATUS_SECTION =
  /^(?:current (?:position|status)|status|overall status|conclusion|summary|executive summary|overview|self-check.*|phase status|final status|verification (?:status|summary|result).*)$/i;

/** What a document says its own state, or that of a phase in its progress table, is: "Status: complete". */
export function readStatus(statement: Statement): Draft[] {
  const { place, section, row, checked } = statement;
  const text = plain(statement.text);
  if (row) return readStatusRow(row, section);
  if (place === "heading") {
    const word =
      section.length === 0
        ? (TITLE_START.exec(text) ?? TITLE_END.exec(bare(text)))?.[1]
        : undefined;
    return word === undefined ? [] : [status(word, wholeOf([text]))];
  }
  if (checked === true) {
    const phase = /^(Phase\s+[\w.]+)\s*:/i.exec(text)?.[1];
    if (phase !== undefined) return [status("[x] complete", phase)];
  }
  const said = STATUS_LABEL.exec(text.slice(0, 600));
  if (!said?.[1] || !speaksForDocument(statement, said[0])) return [];
  const value = bare(said[1].split(NEXT_FIELD)[0] ?? "");
  // "Status: 11/32 passing" is a count.
  if (value === "" || /^[\d(]/.test(value)) return [];
  return [status(value, wholeOf([...section.slice(0, 1), text]))];
}

function speaksForDocument(
  { place, section, text }: Statement,
  label: string,
): boolean {
  if (/overall status/i.test(label)) return true;
  if (place === "front_matter") return section.length === 1;
  if (!/^\W*(?:status|phase status|plan status|phase:)/i.test(text)) {
    return false;
  }
  return section.length <= 1 || STATUS_SECTION.test(section.at(-1) ?? "");
}

/** "Phase | Plans Complete | Status": a row of a progress table. */
function readStatusRow(
  { header, cells }: NonNullable<Statement["row"]>,
  section: readonly string[],
): Draft[] {
  const first = plain(header[0] ?? "");
  if (!/^(?:phase|plan|wave)s?$/i.test(first)) return [];
  if (header.some((name) => /\bfile|module\b/i.test(name))) return [];
  const column = header.findIndex((name) => /^\W*status\W*$/i.test(name));
  const value = bare(cells[column] ?? "");
  const name = plain(cells[0] ?? "").trim();
  if (!STATUS_WORD.test(value) || name === "" || isWish(section)) return [];
  const subject = /^\d/.test(name) ? `${first} ${name}` : name;
  return [status(value, subject)];
}

function status(word: string, subject: string): Draft {
  return {
    metric: "status",
    subject: cut(subject, MAX_SUBJECT),
    value: cut(word.trim(), MAX_STATUS),
    ...UNQUALIFIED,
  };
}

/** "Phase 19", "Phase 12 Plan 03", "Wave 2": whose state a title or line speaks of. */
function wholeOf(texts: readonly string[]): string {
  for (const text of texts) {
    const found =
      /\b(?:phase:?\s+[\w.]+(?:[\s,:-]+plan\s+[\w.-]+)?|wave\s+\d+|plan\s+[\w.-]*\d[\w.-]*)/i.exec(
        plain(text),
      )?.[0];
    if (found) return found.replace(/^phase:\s+/i, "Phase ");
  }
  return "unnamed";
}
