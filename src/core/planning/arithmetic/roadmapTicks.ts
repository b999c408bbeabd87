import type { RoadmapPhase, RoadmapReading } from "../roadmap.ts";
import type { Dispute } from "./dispute.ts";

/** Status words of a progress table that say a phase is not done. */
const OPEN =
  /^(?:gaps? found|in[ -]progress|(?:partial(?:ly)?|mostly|nearly)(?: complete)?|incomplete|blocked|deferred|human needed|wip|executing|active|on hold|failed)\b/i;

/** They say that it has not begun: beside a full count of plans they are only out of date. */
const NOT_BEGUN =
  /^(?:not started|planned|planning(?: complete)?|pending|ready(?: to \w+)?|todo|to do|queued|upcoming)\b/i;

/**
 * Phases that a roadmap ticks off and that its own progress table calls open. A number that it gives to two phases is not
 * judged.
 */
export function disputedTicks({ phases }: RoadmapReading): Dispute[] {
  return phases.flatMap((ticked) => {
    if (ticked.from !== "checklist" || ticked.checked !== true) return [];
    const same = phases.filter(({ key }) => key === ticked.key);
    const rows = same.filter(({ from }) => from === "progress");
    const [row] = rows;
    if (
      !row ||
      rows.length > 1 ||
      same.filter(({ from }) => from === "checklist").length > 1 ||
      !mayBeSame(ticked, row)
    )
      return [];
    const denial = openness(row);
    return denial === null
      ? []
      : [
          {
            line: ticked.line,
            value: "[x] complete",
            metrics: ["status" as const],
            otherLine: row.line,
            why: `Line ${ticked.line} ticks the phase as complete; the progress table of the same document, line ${row.line}, says ${denial}.`,
          },
        ];
  });
}

/** What a row says against "complete"; null where it says nothing against it. */
function openness({ status, plans }: RoadmapPhase): string | null {
  const counted = plans ? `${plans.done} of ${plans.total} plans` : null;
  const unfinished = plans !== null && plans.done < plans.total;
  if (status === null || status === "") return unfinished ? counted : null;
  return OPEN.test(status) ||
    (NOT_BEGUN.test(status) && (plans === null || unfinished))
    ? `“${status}”${counted === null ? "" : ` with ${counted}`}`
    : null;
}

/** Two names of one phase share a word; a row without a name is known by its number. */
function mayBeSame({ name }: RoadmapPhase, row: RoadmapPhase): boolean {
  const words = new Set(wordsOf(name));
  const other = wordsOf(row.name);
  return (
    words.size === 0 ||
    other.length === 0 ||
    other.some((word) => words.has(word))
  );
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}
