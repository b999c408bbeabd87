import { fileName } from "../fileName.ts";
import { firstOf } from "../firstOf.ts";
import type { DocumentAt } from "../facts.ts";
import type { Finding } from "../finding.ts";
import type { Progress } from "../planning/layout.ts";
import type { TaskGroup } from "../planning/taskGroups.ts";
import type { TrackedPlan } from "../planning/tracker.ts";
import type { PlanStatus } from "../status.ts";
import { isSamePlan, planStatuses } from "./plans.ts";

export interface StatedPlans {
  readonly plans: readonly PlanStatus[];
  /** Where a plan's own document and the tracker disagree about whether it is done. */
  readonly conflicts: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * The plans of a phase and how far each is: by its summary, and in other layouts than GSD's by its boxes, its own status or a
 * tracker. Where two say it, the tracker counts and the difference is told.
 *
 * @param key the phase's
 */
export function plansOf(
  documents: readonly DocumentAt[],
  key: string,
): StatedPlans {
  const written = planStatuses(documents);
  const trackers = documents.filter(({ reading }) => reading.work?.tracked);
  const listed = documents.flatMap(({ path, reading }) =>
    reading.work?.tasks ? taskPlans(path, reading.work.tasks, key) : [],
  );
  if (trackers.length === 0) {
    const plans = written.map((plan) => withOwnStatus(plan, documents));
    const all = [...plans, ...listed];
    return { plans: all, conflicts: [], findings: unknownWords(all) };
  }
  const tracked = trackers.flatMap(({ path, reading }) =>
    (reading.work?.tracked ?? []).flatMap(({ plans }) =>
      plans.map((plan) => ({ path, plan })),
    ),
  );
  const met = tracked.map(({ path, plan }) =>
    trackedPlan(path, plan, written, documents),
  );
  const unlisted = written.filter(
    ({ id, path }) =>
      ownStatus(path, documents) !== null &&
      !tracked.some(({ plan }) => isSamePlan(plan.id, id)),
  );
  const plans = [
    ...met.map(({ plan }) => plan),
    ...unlisted.map((plan) => withOwnStatus(plan, documents)),
  ].toSorted((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
  return {
    plans,
    conflicts: met.flatMap(({ conflict }) => conflict ?? []),
    findings: [...unknownWords(plans), ...notListed(unlisted, trackers)],
  };
}

/** Whether a plan is executed: it has a summary, or in another layout what says so there. */
export function isExecuted(plan: PlanStatus): boolean {
  return plan.state ? plan.state.progress === "done" : plan.summary !== null;
}

function taskPlans(
  path: string,
  groups: readonly TaskGroup[],
  key: string,
): PlanStatus[] {
  const plan = { path, wave: null, summary: null, gapClosure: false };
  if (groups.length === 0) {
    const says = "no tasks with boxes";
    const state = { progress: "unknown" as const, says, path, line: 1 };
    return [{ ...plan, id: key, superseded: false, state }];
  }
  return groups.map(({ id, title, line, done, total }) => ({
    ...plan,
    id: `${key}-${id}`,
    superseded: false,
    state: {
      progress: done === total ? "done" : done > 0 ? "in_progress" : "planned",
      says: `${done} of ${total} tasks ticked${title === "" ? "" : `: ${title}`}`,
      path,
      line,
    },
  }));
}

function ownStatus(path: string, documents: readonly DocumentAt[]) {
  const own = documents.find((document) => document.path === path);
  return own?.reading.work?.status ?? null;
}

function withOwnStatus(
  plan: PlanStatus,
  documents: readonly DocumentAt[],
): PlanStatus {
  const own = documents.find(({ path }) => path === plan.path);
  // GSD, and layouts with summaries.
  if (!own?.place.rules?.hasStatus) return plan;
  const status = own.reading.work?.status;
  return withState(plan, plan.path, status ?? NO_STATUS);
}

const NO_STATUS = { says: "no status", line: 1, progress: "unknown" } as const;

function withState(
  plan: PlanStatus,
  path: string,
  { says, line, progress }: NonNullable<PlanStatus["state"]> | Said,
): PlanStatus {
  return {
    ...plan,
    superseded: plan.superseded || progress === "superseded",
    state: { progress, says, path, line },
  };
}

interface Said {
  readonly says: string;
  readonly line: number;
  readonly progress: Progress;
}

function trackedPlan(
  path: string,
  entry: TrackedPlan,
  written: readonly PlanStatus[],
  documents: readonly DocumentAt[],
): { plan: PlanStatus; conflict: string | null } {
  const same = written.filter(({ id }) => isSamePlan(id, entry.id));
  // Notes about a story are called like it: the entry's own name goes first, then a document that states a status.
  const plan = same.find((one) => fileName(one.path) === `${entry.name}.md`) ??
    same.find((one) => ownStatus(one.path, documents) !== null) ??
    same[0] ?? {
      id: entry.id,
      path,
      wave: null,
      summary: null,
      gapClosure: false,
      superseded: false,
    };
  const own = ownStatus(plan.path, documents);
  const differs =
    own !== null &&
    own.progress !== "unknown" &&
    entry.progress !== "unknown" &&
    (own.progress === "done") !== (entry.progress === "done");
  return {
    plan: withState({ ...plan, id: entry.id }, path, entry),
    conflict: differs
      ? `${fileName(plan.path)}:${own.line} says “${own.says}”; ${fileName(path)}:${entry.line} says “${entry.says}”.`
      : null,
  };
}

function unknownWords(plans: readonly PlanStatus[]): Finding[] {
  return plans.flatMap(({ id, state }) =>
    state?.progress === "unknown"
      ? [
          {
            kind: "structure" as const,
            path: state.path,
            line: state.line,
            message: `How far ${id} is, is not known: ${state.says.startsWith("no ") ? `it has ${state.says}.` : `“${state.says}” is no word that is known here. Explain it below \`words:\` of the layout in phasewatch.yml.`}`,
          },
        ]
      : [],
  );
}

function notListed(
  plans: readonly PlanStatus[],
  trackers: readonly DocumentAt[],
): Finding[] {
  const [first] = plans;
  const [tracker] = trackers;
  if (!first || !tracker) return [];
  const names = plans.map(({ path }) => fileName(path));
  return [
    {
      kind: "structure",
      path: first.path,
      line: null,
      message: `${fileName(tracker.path)} does not list ${firstOf(names, 3)}; what ${names.length === 1 ? "it says" : "they say"} of ${names.length === 1 ? "itself" : "themselves"} counts.`,
    },
  ];
}
