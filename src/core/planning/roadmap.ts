import { parsePhaseKey } from "./phaseKey.ts";
import { contributionIn, type Contribution } from "./contributions.ts";
import { idList, type NamedId } from "./requirementIds.ts";
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
  /** Ids of the `**Requirements**:` field. */
  readonly requirements: readonly (NamedId & { readonly line: number })[];
  /** What single plans of the phase are to add to coverage. */
  readonly contributions: readonly Contribution[];
  readonly planBoxes: readonly {
    readonly id: string;
    readonly checked: boolean;
    readonly line: number;
  }[];
}

type Draft = RoadmapPhase & {
  promises: { text: string; line: number }[];
  requirements: (NamedId & { line: number })[];
  contributions: Contribution[];
  planBoxes: { id: string; checked: boolean; line: number }[];
};

const TITLE =
  /^[^\p{L}\p{N}[]*(?:\[[^\]]*\]\s*)?Phase\s+(\d[0-9A-Za-z.]*)\**\s*(?:\([^)]*\)\s*)?(?::|[-–—](?!\d))\s*(.*)$/iu;

/** The fields that GSD writes in bold below a phase; any other bold item is a sentence with a bold beginning. */
const FIELD =
  /^(?:phase goal|goal|mode|depends on|dependencies|requirements?|success criteria|plans?|research|status|verification|estimated|actual)\b/i;

/** A roadmap says of the phase what it does not say of a plan by its name. */
const OF_NAMED_PLANS = { opened: null, aboutCoverage: false, own: false };

/** Reads checklist entries, `### Phase N: Name` sections and the progress table. */
export function readRoadmap(statements: readonly Statement[]): RoadmapReading {
  const phases: Draft[] = [];
  let current: Draft | null = null;
  let heading: string | null = null;
  let inCriteria = false;
  for (const statement of statements) {
    const { text, line, place, section, checked } = statement;
    if (statement.row) {
      const progress = progressRow(statement.row, line);
      if (progress) phases.push(progress);
      continue;
    }
    const [, number = "", name = ""] = TITLE.exec(text) ?? [];
    const began =
      place === "heading"
        ? draft(number, name, line, "details")
        : checked === null
          ? null
          : checklistEntry(text, line, checked);
    if (began) {
      phases.push(began);
      current = began;
      heading = place === "heading" ? text : null;
      inCriteria = false;
      continue;
    }
    if (place === "heading") {
      // `#### Success Criteria` below a phase belongs to it; any other heading ends it.
      if (heading === null || !section.includes(heading)) current = null;
      inCriteria = /^success criteria\b/i.test(plainWords(text));
      continue;
    }
    if (!current) continue;
    const expected = contributionIn(statement, OF_NAMED_PLANS);
    if (expected) current.contributions.push(expected);
    const planId = checked === null ? null : boxedPlan(text);
    if (checked !== null && planId !== null) {
      current.planBoxes.push({ id: planId, checked, line });
      continue;
    }
    const [, label = "", value = ""] =
      /^\*\*([^*:]+):?\*\*:?\s*(?:\([^)]*\))?:?\s*(.*)$/.exec(text) ?? [];
    if (inCriteria && place === "item" && !FIELD.test(label)) {
      current.promises.push({ text, line });
    } else if (label !== "") {
      inCriteria = /^success criteria\b/i.test(label);
      if (/^(?:phase )?goal$/i.test(label) && value !== "") {
        current.promises.push({ text: value, line });
      }
      if (/^requirements?$/i.test(label)) {
        for (const named of idList(value)) {
          current.requirements.push({ ...named, line });
        }
      }
    }
  }
  return { phases };
}

/** `**Phase 3: Name** - what it promises`, ticked or not; bold and promise may be absent. */
function checklistEntry(
  text: string,
  line: number,
  checked: boolean,
): Draft | null {
  // A name may hold a dash itself: where it is bold, it ends with the bold.
  const [, bold = "", after = ""] =
    /^(?:~~)?\*\*([^*]*[^*:\s])\*\*(.*)$/.exec(text) ?? [];
  const inBold = TITLE.exec(bold);
  const [, number = "", rest = ""] = inBold ?? TITLE.exec(text) ?? [];
  const name = inBold ? rest : rest.replace(/\s[-–—]\s.*$/, "");
  const said = inBold ? after : rest.slice(name.length);
  const entry = draft(number, name, line, "checklist");
  if (!entry) return null;
  const promise = untilResult(said)
    .replace(/^\s*[-–—:]?\s*/, "")
    .trim();
  return {
    ...entry,
    checked,
    promises: promise === "" ? [] : [{ text: promise, line }],
  };
}

/** What an entry promised before it says what came of it: "… target 27 % ✅ COMPLETE (24 % achieved)", "… add tests. Achieved 15 %." */
function untilResult(said: string): string {
  const mark = said.search(MARKS);
  const told = said.search(/(?<=[.;!] )(?:actual(?:ly)? )?achieved\b/i);
  const ends = [mark, told].filter((index) => index >= 0);
  return said.slice(0, Math.min(said.length, ...ends));
}

/** The plan id at the start of a ticked line: `01-02: …`, `12-push-GAP-03-PLAN.md — …`. */
function boxedPlan(text: string): string | null {
  const [, id = "", suffix] =
    /^\**`?([0-9A-Za-z][\w.-]*?)(-PLAN(?:\.md)?)?`?\**(?:[\s:]|$)/i.exec(
      text,
    ) ?? [];
  return /\d/.test(id) && (suffix !== undefined || /-/.test(id)) ? id : null;
}

function draft(
  number: string,
  name: string,
  line: number,
  from: RoadmapPhase["from"],
): Draft | null {
  const key = parsePhaseKey(number.replace(/\.$/, ""));
  return key === null
    ? null
    : {
        key,
        name: phaseName(name),
        line,
        from,
        checked: null,
        plans: null,
        status: null,
        promises: [],
        requirements: [],
        contributions: [],
        planBoxes: [],
      };
}

function progressRow(
  { header, cells }: NonNullable<Statement["row"]>,
  line: number,
): Draft | null {
  const column = (name: RegExp) => header.findIndex((cell) => name.test(cell));
  const statusColumn = column(/^status/i);
  if (column(/^\**phase\**$/i) !== 0 || statusColumn === -1) return null;
  const cell = (index: number) => cells[index] ?? "";
  const [, number = "", name = ""] = PROGRESS_NAME.exec(cell(0)) ?? [];
  const phase = draft(number, name, line, "progress");
  if (!phase) return null;
  const plans = /^\**(\d{1,4})\s*\/\s*(\d{1,4})/.exec(cell(column(/^plans/i)));
  return {
    ...phase,
    plans: plans ? { done: Number(plans[1]), total: Number(plans[2]) } : null,
    status: plainWords(cell(statusColumn)),
  };
}

/** `1. Foundation`, `Phase 2: Billing`, `**3**`. */
const PROGRESS_NAME =
  /^[^\p{L}\p{N}]*(?:Phase\s+)?(\d[0-9A-Za-z.]*)\**(?:[:\s]\s*(?:[-–—]\s+)?(.*))?$/iu;

const MARKS = /[✅☑✔✓✗✘❌⚠🚧⏳🔄🟡🟢🔴📋⏸]/u;

const STATUS =
  "(?:(?:partially|mostly|nearly|not|in) )?(?:complete|completed|done|achieved|shipped|verified|passed|planned|started|progress|executed|blocked|deferred|superseded|incomplete|pending|failed|gaps found|wip)";

const MORE = "(?: ?(?:[-–—:,;]|on |with |v?\\d)[^()[\\]]*)?";

/** Endings that are no part of a name: `COMPLETE (with gaps)`, `- done`, `(NEW)`, `(completed 2026-02-01)`. */
const ENDINGS = [
  new RegExp(`(?:^| )${STATUS.toUpperCase()}(?: \\([^()]*\\))?$`),
  new RegExp(` [-–—:] ${STATUS}${MORE}(?: \\([^()]*\\))?$`, "i"),
  new RegExp(` ?[([](?:new|inserted|${STATUS})${MORE}[)\\]]$`, "i"),
];

/** The name in a phase's title, without the status words, ticks and decorations that follow it. */
export function phaseName(title: string): string {
  const mark = title.search(MARKS);
  const name = plainWords(mark > 0 ? title.slice(0, mark) : title);
  return ENDINGS.reduce(
    (rest, ending) => rest.replace(ending, ""),
    name.replaceAll("~~", ""),
  ).replace(/[\s:–—-]+$/, "");
}

/**
 * Whether a statement of a roadmap tells what came of the work. A roadmap promises in the present tense ("coverage reaches 80 %"): only
 * what is ticked off, tabled, or called achieved is a result.
 */
export function tellsResult({
  text,
  section,
  place,
  checked,
}: Statement): boolean {
  if (place === "heading") return false;
  if (checked !== null) return checked;
  if (TICKED.test(text) || place === "row") return true;
  return (
    /\b(?:achieved|achieving|achievement|actual(?:ly)?|current(?:ly)?|measured|delivered)\b/i.test(
      text,
    ) &&
    !/^success criteria\b/i.test(plainWords(section.at(-1) ?? "")) &&
    !FIELD.test(plainWords(text))
  );
}

const TICKED = /[✅☑✔✓⚠❌✗✘]/u;
