import { parsePhaseKey } from "./phaseKey.ts";
import type { Statement } from "./statement.ts";
import { plainWords } from "./verification.ts";

/** What a ROADMAP says about each phase. A roadmap names some phases twice; each mention is kept. */
export interface RoadmapReading {
  readonly phases: readonly RoadmapPhase[];
}

export interface RoadmapPhase {
  readonly key: string;
  readonly name: string;
  /** The line of the checklist entry, heading or progress row. */
  readonly line: number;
  readonly from: "checklist" | "details" | "progress";
  readonly checked: boolean | null;
  /** Progress row: `4/4`, `Gaps Found`. */
  readonly plans: { readonly done: number; readonly total: number } | null;
  readonly status: string | null;
  /** Goal and success criteria: sentences that may set targets. */
  readonly promises: readonly {
    readonly text: string;
    readonly line: number;
  }[];
  readonly planBoxes: readonly {
    readonly id: string;
    readonly checked: boolean;
    readonly line: number;
  }[];
}

type Draft = { -readonly [K in keyof RoadmapPhase]: RoadmapPhase[K] } & {
  promises: { text: string; line: number }[];
  planBoxes: { id: string; checked: boolean; line: number }[];
};

const TITLE =
  /^(?:~~)?\**\s*(?:\[[^\]]*\]\s*)?Phase\s+([0-9][0-9A-Za-z.]*)\s*(?:\([^)]*\)\s*)?(?::|[-–—])\s*(.*?)\**(?:~~)?$/i;

/** Reads checklist entries, `### Phase N: Name` sections and the progress table. */
export function readRoadmap(statements: readonly Statement[]): RoadmapReading {
  const phases: Draft[] = [];
  let current: Draft | null = null;
  let list: "criteria" | null = null;
  for (const statement of statements) {
    const { text, line, place } = statement;
    if (place === "heading") {
      current = open(TITLE.exec(text), line, "details");
      list = null;
      if (current) phases.push(current);
      continue;
    }
    if (place === "row") {
      const row = progressRow(statement);
      if (row) phases.push(row);
      continue;
    }
    if (place === "item" && statement.checked !== null) {
      const entry = /^\**(Phase\s+[^*]+?)\**(?:\s+[-–—]\s+(.*))?$/i.exec(text);
      const found = entry
        ? open(TITLE.exec(entry[1] ?? ""), line, "checklist")
        : null;
      if (found) {
        current = found;
        list = null;
        current.checked = statement.checked;
        if (entry?.[2]) current.promises.push({ text: entry[2], line });
        phases.push(current);
        continue;
      }
      const box =
        /^\**`?([0-9A-Za-z][\w.-]*?)(?:-PLAN(?:\.md)?)?`?\**(?:\s|:|$)/.exec(
          text,
        );
      if (current && box?.[1] && /\d/.test(box[1])) {
        current.planBoxes.push({
          id: box[1],
          checked: statement.checked,
          line,
        });
      }
      continue;
    }
    if (!current) continue;
    const label = /^\*\*([^*:]+):?\*\*:?\s*(?:\([^)]*\))?:?\s*(.*)$/.exec(text);
    if (label) {
      const name = (label[1] ?? "").trim().toLowerCase();
      list = name.startsWith("success criteria") ? "criteria" : null;
      if (name === "goal" && label[2]) {
        current.promises.push({ text: label[2], line });
      }
    } else if (list === "criteria" && place === "item") {
      current.promises.push({ text, line });
    }
  }
  return { phases };
}

function open(
  title: RegExpExecArray | null,
  line: number,
  from: "checklist" | "details",
): Draft | null {
  const key = parsePhaseKey(title?.[1]?.replace(/\.$/, "") ?? "");
  if (!title || key === null) return null;
  return {
    key,
    name: plainWords(title[2] ?? ""),
    line,
    from,
    checked: null,
    plans: null,
    status: null,
    promises: [],
    planBoxes: [],
  };
}

function progressRow({ row, line }: Statement): Draft | null {
  const [first = "", ...rest] = row?.cells ?? [];
  const header = row?.header.map((cell) => cell.toLowerCase()) ?? [];
  if (!/^\**phase\**$/.test(header[0] ?? "")) return null;
  const match =
    /^\**\s*(?:Phase\s+)?([0-9][0-9A-Za-z.]*?)[.:]?\s+(.*?)\**$/.exec(first);
  const key = parsePhaseKey(match?.[1] ?? "");
  const plansColumn = header.findIndex((cell) => cell.startsWith("plans"));
  const statusColumn = header.findIndex((cell) => cell.startsWith("status"));
  if (!match || key === null || statusColumn < 1) return null;
  const plans = /^\**(\d{1,4})\s*\/\s*(\d{1,4})/.exec(
    rest[plansColumn - 1] ?? "",
  );
  return {
    key,
    name: plainWords(match[2] ?? ""),
    line,
    from: "progress",
    checked: null,
    plans: plans ? { done: Number(plans[1]), total: Number(plans[2]) } : null,
    status: plainWords(rest[statusColumn - 1] ?? ""),
    promises: [],
    planBoxes: [],
  };
}
