import type { DocumentAt } from "../facts.ts";
import { fileName } from "../fileName.ts";
import type { RequirementRole } from "../planning/requirementMention.ts";
import { standingOf } from "../planning/requirementAnswers.ts";
import type { RequirementVerdict } from "../status.ts";
import type {
  RequirementFacts,
  Sources,
  Spoken,
} from "./requirementSources.ts";

export interface Word {
  readonly verdict: RequirementVerdict;
  readonly why: string;
}

/**
 * What documents say, by GSD's three sources: the verification's row, the summaries' lists, the list of requirements with its table.
 * A repository whose summaries list none (GSD before 1.20) is not held to that.
 */
export function documentsWord(sources: Sources, facts: RequirementFacts): Word {
  const { own } = sources;
  const rows = own.filter(({ role }) => role === "verified");
  const row =
    rows.find(({ path }) => path === facts.verification) ?? rows.at(-1);
  const completed = own.find(({ role }) => role === "completed") ?? null;
  if (row) return byVerification(row, completed, facts);
  if (completed) {
    return {
      verdict: "partial",
      why: `${where(completed)} lists it as completed; no verification answers it.`,
    };
  }
  return withoutAnswer(sources, facts);
}

function byVerification(
  row: Spoken,
  completed: Spoken | null,
  { documents }: RequirementFacts,
): Word {
  if (row.says === null) {
    return { verdict: "unknown", why: `${where(row)} gives it no status.` };
  }
  const said = `${where(row)} says “${row.says}”`;
  switch (standingOf(row.says)) {
    case "done":
      if (completed) {
        return {
          verdict: "satisfied",
          why: `${said}, and ${where(completed)} lists it as completed; nothing measures it.`,
        };
      }
      return documents.some(mentions("completed"))
        ? {
            verdict: "partial",
            why: `${said}; no summary lists it as completed.`,
          }
        : { verdict: "satisfied", why: `${said}; nothing measures it.` };
    case "partial":
      return { verdict: "partial", why: `${said}.` };
    case "not_done":
      return { verdict: "unsatisfied", why: `${said}.` };
    case "open":
    case null:
      return { verdict: "unknown", why: `${said}.` };
  }
}

function withoutAnswer(
  { listed, mapped }: Sources,
  { documents, key }: RequirementFacts,
): Word {
  // A verification without a table of requirements leaves none of them out.
  const table = documents.find(mentions("verified"));
  const trace =
    mapped[0] ??
    listed.find(({ role, phase }) => role === "traced" && phase === key);
  if (table && trace) {
    return {
      verdict: "orphaned",
      why: `${where(trace)} gives it to the phase; ${fileName(table.path)} has no row for it.`,
    };
  }
  return {
    verdict: "unknown",
    why: "No verification or summary of the phase answers it.",
  };
}

function mentions(wanted: RequirementRole) {
  return ({ reading }: DocumentAt) =>
    reading.requirements.some(({ role }) => role === wanted);
}

function where({ path, line }: Spoken): string {
  return `${fileName(path)}:${line}`;
}
