import type { Finding } from "../finding.ts";
import {
  field,
  readFrontMatter,
  textOf,
  type FrontMap,
} from "./frontMatter.ts";
import type { DocumentRules } from "./layout.ts";
import { nameMatcher } from "./layoutGlob.ts";
import { progressOf, type StatedProgress } from "./progress.ts";

/** What a tracker says of one phase and its plans. */
export interface TrackedPhase {
  /** The number in `epic-<id>`. */
  readonly id: string;
  /** What the comment above the entry calls it. */
  readonly name: string | null;
  /** Null where the tracker lists plans of a phase that it does not list itself. */
  readonly own: StatedProgress | null;
  readonly plans: readonly TrackedPlan[];
}

export interface TrackedPlan extends StatedProgress {
  /** `1-2` for the entry `1-2-user-login`. */
  readonly id: string;
  /** The entry as written. */
  readonly name: string;
}

/** Entries that are read; a tracker of ten thousand stories is no tracker. */
const MAX_ENTRIES = 5_000;

/**
 * Reads a YAML file whose entries are phases and plans with a status word, such as BMAD's `sprint-status.yaml`. Entries of
 * neither form (retrospectives) are none of our business.
 */
export function readTracker(
  text: string,
  { tracker, words }: Pick<DocumentRules, "tracker" | "words">,
): { phases: TrackedPhase[]; findings: Finding[] } {
  if (!tracker) return { phases: [], findings: [] };
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  // Documents of a YAML stream are separated by the line that would end front matter here.
  const body = lines.map((line) => (/^---(?:\s|$)/.test(line) ? "" : line));
  const front = readFrontMatter("", ["---", ...body, "---"].join("\n"));
  const findings: Finding[] = front.findings.map((finding) => ({
    ...finding,
    line: finding.line === null ? null : Math.max(1, finding.line - 1),
  }));
  const found = field(front.fields, tracker.field);
  if (found?.kind !== "map") {
    findings.push({
      kind: "structure",
      path: "",
      line: null,
      message: `There is no field \`${tracker.field}\` that lists what is tracked, so nothing is known of its phases.`,
    });
    return { phases: [], findings };
  }
  const entries = found.entries.slice(0, MAX_ENTRIES);
  if (entries.length < found.entries.length) {
    findings.push({
      kind: "too_large",
      path: "",
      line: null,
      message: `\`${tracker.field}\` has ${found.entries.length} entries; the first ${MAX_ENTRIES} were read.`,
    });
  }
  return { phases: phasesIn(entries, tracker, words, lines), findings };
}

function phasesIn(
  entries: FrontMap["entries"],
  tracker: NonNullable<DocumentRules["tracker"]>,
  words: DocumentRules["words"],
  lines: readonly string[],
): TrackedPhase[] {
  const unitIn = nameMatcher(tracker.unit);
  const planIn = nameMatcher(tracker.plan);
  const phases = new Map<
    string,
    { name: string | null; own: StatedProgress | null; plans: TrackedPlan[] }
  >();
  const of = (id: string) => {
    const known = phases.get(id) ?? { name: null, own: null, plans: [] };
    phases.set(id, known);
    return known;
  };
  for (const { key, line: below, value } of entries) {
    const line = below - 1;
    const says = textOf(value) ?? textOf(field(value, "status"));
    if (says === undefined) continue;
    const stated = { says, line, progress: progressOf(says, words) };
    const unit = unitIn(key);
    if (unit?.id) {
      const phase = of(unit.id);
      phase.own = stated;
      phase.name = nameAbove(lines, line);
      continue;
    }
    const plan = planIn(key);
    if (plan?.id && plan.plan) {
      const id = `${plan.id}-${plan.plan}`;
      of(plan.id).plans.push({ ...stated, id, name: key });
    }
  }
  return [...phases].map(([id, phase]) => ({ id, ...phase }));
}

/** `# Epic 3: Checkout`, as the tool writes it above the entry. */
function nameAbove(lines: readonly string[], line: number): string | null {
  const comment = /^\s*#+\s*[\p{L}]*\s*\d[\w.]*\s*[:–—-]\s*(\S.*)$/u.exec(
    lines[line - 2] ?? "",
  );
  return comment?.[1]?.trim() ?? null;
}
