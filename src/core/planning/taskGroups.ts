import type { Finding } from "../finding.ts";
import type { Statement } from "./statement.ts";
import { plainWords } from "./verification.ts";

/** The tasks below one heading of a task list. */
export interface TaskGroup {
  /** `3` for "Phase 3: User Story 1", else the heading's words joined by hyphens. */
  readonly id: string;
  /** What the heading says without its number. */
  readonly title: string;
  readonly line: number;
  readonly done: number;
  readonly total: number;
}

/** `T001`, `1.2`, `TASK-7`, ticked or not: how lists of tasks number them. */
const NUMBERED =
  /^[*_~`]*(?:\[[^\]]{0,10}\]\s*)?[*_~`]*(?:[A-Z]{1,6}-?\d{1,5}[a-z]?|\d{1,3}(?:\.\d{1,3})*\.?)(?=[\s:.)*_~`\]]|$)/;

/** `[~]`, `[-]`: neither open nor ticked. */
const OTHER_BOX = /^\[[^\]\sxX]\]\s+/;

interface Task {
  readonly checked: boolean;
  readonly line: number;
  readonly section: readonly string[];
  readonly isNumbered: boolean;
  readonly isOther: boolean;
}

/**
 * Groups a document's boxes by the heading they stand below. Where some are numbered, the others are no tasks but acceptance
 * checks and gates, which nobody ticks.
 */
export function readTaskGroups(statements: readonly Statement[]): {
  groups: TaskGroup[];
  findings: Finding[];
} {
  const boxes = statements.flatMap((statement): Task[] => {
    const { text, checked, line, section, place } = statement;
    const isOther = place === "item" && OTHER_BOX.test(text);
    if (checked === null && !isOther) return [];
    return [
      {
        checked: checked === true,
        line,
        section,
        isNumbered: NUMBERED.test(text.replace(OTHER_BOX, "")),
        isOther,
      },
    ];
  });
  const numbered = boxes.filter((box) => box.isNumbered);
  const tasks = numbered.length > 0 ? numbered : boxes;
  return { groups: groupsOf(tasks), findings: oddities(tasks) };
}

function groupsOf(tasks: readonly Task[]): TaskGroup[] {
  // The title of the document stands above all of them and tells none apart.
  const [title] = tasks[0]?.section ?? [];
  const level =
    tasks.length > 0 && tasks.every(({ section }) => section[0] === title)
      ? 1
      : 0;
  const used = new Set<string>();
  return [
    ...Map.groupBy(
      tasks,
      ({ section }) => section[level] ?? section.at(-1) ?? "",
    ),
  ].map(([heading, members]) => {
    const { id, title: words } = numberIn(heading);
    let unique = id;
    for (let next = 2; used.has(unique); next++) unique = `${id}-${next}`;
    used.add(unique);
    return {
      id: unique,
      title: words,
      line: members[0]?.line ?? 1,
      done: members.filter(({ checked }) => checked).length,
      total: members.length,
    };
  });
}

/** `Phase 3.1: Core`, `2. Backend`, `Wave B — Polish`. */
function numberIn(heading: string): { id: string; title: string } {
  const words = plainWords(heading);
  const [, number, rest = ""] =
    /^(?:[\p{L}]+\s+)?(\d{1,4}[A-Za-z]?(?:\.\d{1,4})*)(?:[\s:.)–—-]+(.*))?$/u.exec(
      words,
    ) ?? [];
  if (number !== undefined) {
    return { id: number, title: rest === "" ? words : rest };
  }
  const slug = (words.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .slice(0, 6)
    .join("-");
  return { id: slug === "" ? "tasks" : slug, title: words };
}

function oddities(tasks: readonly Task[]): Finding[] {
  const others = tasks.filter(({ isOther }) => isOther);
  const [first] = others;
  if (!first) return [];
  return [
    {
      kind: "structure",
      path: "",
      line: first.line,
      message: `${others.length === 1 ? "A box is" : `${others.length} boxes are`} neither open “[ ]” nor ticked “[x]”; ${others.length === 1 ? "it counts" : "they count"} as open. Write one of the two.`,
    },
  ];
}
