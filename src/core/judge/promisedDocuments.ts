import type { DocumentAt, Facts, PathHistory } from "../facts.ts";
import { fileName } from "../fileName.ts";
import { placeOf } from "../planning/documentKind.ts";
import type { Placeholder } from "../planning/placeholders.ts";
import type { PlanStatus, PromisedDocumentStatus } from "../status.ts";
import { isSamePlan } from "./plans.ts";
import { short } from "./wording.ts";

/** What a repository holds, as promises ask for it. */
export interface Holdings {
  /** The files of the tree by their names in lower case. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** The first open place of every document that has one, by path. */
  readonly openPlaces: ReadonlyMap<string, Placeholder>;
}

/** Collects them once, because every promise of every phase asks. */
export function holdingsOf({
  tree,
  documents,
}: Pick<Facts, "tree" | "documents">): Holdings {
  return {
    names: Map.groupBy(tree.keys(), (path) => fileName(path).toLowerCase()),
    openPlaces: new Map(
      documents.flatMap(({ path, reading }) =>
        reading.placeholders.slice(0, 1).map((first) => [path, first] as const),
      ),
    ),
  };
}

export interface PromisingPhase {
  readonly root: string;
  readonly directory: string;
  readonly documents: readonly DocumentAt[];
  readonly plans: readonly PlanStatus[];
}

/** Judges what the plans of a phase promise to leave behind: one entry per document, by the first plan that is due. Superseded plans promise nothing. */
export function judgePromisedDocuments(
  phase: PromisingPhase,
  holdings: Holdings,
  history: PathHistory,
): PromisedDocumentStatus[] {
  const promises = phase.plans
    .filter(({ superseded }) => !superseded)
    .flatMap((plan) =>
      phase.documents
        .filter(({ path }) => path === plan.path)
        .flatMap(({ reading }) => reading.promisedDocuments)
        .map(({ path, line }) => ({ path, line, plan })),
    );
  const byName = Map.groupBy(promises, ({ path }) =>
    fileName(path).toLowerCase(),
  );
  const inFull = [...byName.values()].flatMap((alike) => {
    const compared = alike.slice(0, MOST_ALIKE);
    return alike.map((promise) => ({
      ...promise,
      path: fullPath(promise, compared),
    }));
  });
  const judged = new Map<string, PromisedDocumentStatus>();
  for (const promise of inFull) {
    const result = judge(promise, phase, holdings, history);
    const known = judged.get(result.path);
    if (!known || (known.verdict === "pending" && result.verdict !== "pending"))
      judged.set(result.path, result);
  }
  return [...judged.values()];
}

/** Promises of one file name that are compared with each other; no team writes more. */
const MOST_ALIKE = 200;

/** "INVARIANTS.md includes …" speaks of the `tests/INVARIANTS.md` that another line promises, best of the same plan. */
function fullPath(
  { path, plan }: DuePromise,
  alike: readonly DuePromise[],
): string {
  const ending = `/${path.toLowerCase()}`;
  const longer = alike.filter((other) =>
    other.path.toLowerCase().endsWith(ending),
  );
  const own = longer.filter((other) => other.plan === plan);
  const [only, second] = new Set(
    (own.length > 0 ? own : longer).map((other) => other.path),
  );
  return only !== undefined && second === undefined ? only : path;
}

interface DuePromise {
  readonly path: string;
  readonly line: number;
  readonly plan: PlanStatus;
}

function judge(
  { path, line, plan }: DuePromise,
  phase: PromisingPhase,
  holdings: Holdings,
  history: PathHistory,
): PromisedDocumentStatus {
  const promised = { promisedBy: plan.path, line };
  const found = find(path, plan, phase, holdings);
  const due = plan.summary !== null;
  if (found.length > 1) {
    return {
      ...promised,
      path,
      verdict: "not_checkable",
      why: `${found.length} files go by that name, and the plan does not say which one it means.`,
    };
  }
  const [file] = found;
  if (file !== undefined) {
    const open = due ? holdings.openPlaces.get(file) : undefined;
    return {
      ...promised,
      path: file,
      verdict: open ? "unfinished" : "delivered",
      why: open
        ? `“${open.text}” on line ${open.line} is not filled in.`
        : file === path
          ? "The tree has it."
          : `The tree has it; the plan calls it ${path}.`,
    };
  }
  if (isTemplate(path)) {
    return {
      ...promised,
      path,
      verdict: "not_checkable",
      why: "The path is a template, not a name.",
    };
  }
  if (!due) {
    return {
      ...promised,
      path,
      verdict: "pending",
      why: `Plan ${plan.id} has no summary yet.`,
    };
  }
  const removed = history.lastChange(path);
  return {
    ...promised,
    path,
    verdict: "missing",
    why: removed
      ? `Plan ${plan.id} has its summary; ${short(removed.sha)} removed the file.`
      : `Plan ${plan.id} has its summary; the tree has no such file.`,
  };
}

/**
 * The files that a promised path may mean, by the first reading of it that finds one: from the repository's root, the plan's own
 * summary, from the phase's directory, from the planning root, by name within the phase, as the end of a longer path.
 */
function find(
  path: string,
  plan: PlanStatus,
  phase: PromisingPhase,
  { names }: Holdings,
): readonly string[] {
  const name = fileName(path).toLowerCase();
  const candidates = names.get(name) ?? [];
  for (const exact of [
    path,
    `${phase.directory}/${path}`,
    `${phase.root}/${path}`,
  ]) {
    if (candidates.includes(exact)) return [exact];
  }
  if (isOwnSummary(path, plan))
    return plan.summary === null ? [] : [plan.summary];
  if (!path.includes("/") || placeOf(path)?.directory) {
    const within = phase.documents.filter(({ path: other }) => {
      const otherName = fileName(other).toLowerCase();
      return otherName === name || otherName.endsWith(`-${name}`);
    });
    if (within.length > 0) return within.map((document) => document.path);
  }
  const ending = `/${path.toLowerCase()}`;
  return candidates.filter((other) => other.toLowerCase().endsWith(ending));
}

/** By its id, as a template, or as bare `SUMMARY.md`: the summary may be called otherwise than its plan says. */
function isOwnSummary(path: string, plan: PlanStatus): boolean {
  const name = fileName(path);
  if (/^SUMMARY\.md$/i.test(path)) return true;
  if (isTemplate(path)) return /[-_]SUMMARY\.md$/i.test(name);
  const place = placeOf(
    path.includes("/")
      ? path
      : `${plan.path.slice(0, plan.path.lastIndexOf("/"))}/${path}`,
  );
  return place?.kind === "summary" && isSamePlan(place.planId, plan.id);
}

/** `{phase}-REPORT.md`, `XX-REPORT.md`, `<name>.md`. */
function isTemplate(path: string): boolean {
  return /[{}<>[\]]|(?<![A-Za-z])(?:X{2,}|N{2,}|MM)(?![A-Za-z])/.test(path);
}
