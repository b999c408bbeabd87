import { fileName } from "../fileName.ts";
import type { DocumentRules } from "./layout.ts";
import { parsePhaseKey } from "./phaseKey.ts";

/**
 * What a planning document is, by where it lies and what it is called. Names in the wild: docs/design.md, "Documents".
 */
export type DocumentKind =
  | "plan"
  | "summary"
  | "phase_summary"
  | "verification"
  | "report"
  | "roadmap"
  | "requirements"
  | "state"
  /** In other layouts than GSD's: what a phase promises, a list of tasks, one file about the state of every plan. */
  | "spec"
  | "tasks"
  | "tracker"
  | "other";

export interface DocumentPlace {
  /** `.planning`, `backend/.planning`; "" for a report that lies outside of any. */
  readonly root: string;
  /** Path of the phase directory, or null for a document of the whole root. */
  readonly directory: string | null;
  readonly kind: DocumentKind;
  /** `19-09`, `GAP-03`: for plans and summaries of plans. */
  readonly planId: string | null;
  /** Where the layout says it, and not the directory's name. */
  readonly phase?: { readonly key: string; readonly slug: string };
  /** How to read it, in another layout than GSD's. */
  readonly rules?: DocumentRules;
}

/** Says where a Markdown path belongs; null for anything that neither lies in a `.planning` root nor is a report about tests. */
export function placeOf(path: string): DocumentPlace | null {
  if (!/\.md$/i.test(path)) return null;
  const match = /^((?:[^/]+\/)*?\.planning)\/(.+)$/.exec(path);
  if (!match) return reportOutside(path);
  const [, root = "", rest = ""] = match;
  const inPhase =
    /^((?:workstreams\/[^/]+\/)?(?:phases|milestones\/[^/]+-phases)\/([^/]+))\/(.+)$/.exec(
      rest,
    );
  if (!inPhase) {
    const name = fileName(rest).toUpperCase();
    const kind =
      /^(?:workstreams\/[^/]+\/)?(?:milestones\/[^/]*)?ROADMAP\.md$/.test(rest)
        ? "roadmap"
        : /^(?:workstreams\/[^/]+\/)?(?:milestones\/[^/]*)?REQUIREMENTS\.md$/.test(
              rest,
            )
          ? "requirements"
          : /^(?:workstreams\/[^/]+\/)?STATE\.md$/.test(rest)
            ? "state"
            : ABOUT_RESULTS.test(name.replace(/\.MD$/, "")) &&
                !rest.includes("/")
              ? "report"
              : "other";
    return { root, directory: null, kind, planId: null };
  }
  const [, below = "", directoryName = "", file = ""] = inPhase;
  const directory = `${root}/${below}`;
  return { root, directory, ...classify(file, directoryName) };
}

function classify(
  file: string,
  directoryName: string,
): Pick<DocumentPlace, "kind" | "planId"> {
  const name = fileName(file).replace(/\.md$/i, "");
  const upper = name.toUpperCase();
  if (/VERIFICATION(?:-OLD)?$/.test(upper)) {
    // PLANS-VERIFICATION checks plans before they are executed: it says nothing about results.
    return {
      kind: /PLANS-VERIFICATION/.test(upper) ? "other" : "verification",
      planId: null,
    };
  }
  if (upper.endsWith("SUMMARY")) {
    if (/(?:PLANNING|RESEARCH)-SUMMARY$/.test(upper)) {
      return { kind: "other", planId: null };
    }
    const stem = name.replace(/[-_]?(?:PLAN-)?SUMMARY$/i, "");
    const id = planIdOf(stem, directoryName);
    return /(?:^|[-_])(?:PHASE|AGGREGATE|FINAL|COMPLETE)[-_]?SUMMARY$/.test(
      upper,
    ) || id === null
      ? { kind: "phase_summary", planId: null }
      : { kind: "summary", planId: id };
  }
  if (
    /(?:^|[-_])PLAN$/.test(upper) ||
    /(?:^|[-_])PLAN[-_]\d+[A-Z]?(?:-|$)/.test(upper)
  ) {
    const stem = name.replace(/[-_]?PLAN$/i, "").replace(/PLAN[-_](?=\d)/i, "");
    return {
      kind: "plan",
      planId: planIdOf(stem, directoryName) ?? leadingKey(directoryName),
    };
  }
  return {
    kind:
      ABOUT_RESULTS.test(upper) || /(?:^|[-_])(?:STATE|INDEX)$/.test(upper)
        ? "report"
        : "other",
    planId: null,
  };
}

/** Names of documents that tell results, in capitals and without `.MD`. */
const ABOUT_RESULTS =
  /(?:REPORT|SUMMARY|COVERAGE|FAILURES|PASS[-_]RATE|RESULTS|PROGRESS|METRICS|BASELINE|COMPLETED?|COMPLETION|STATUS|SUCCESS[-_]CRITERIA|AUDIT)$/;

/** Directories in which test and coverage tools and their users keep what they measured. */
const REPORTS =
  /(?:^|\/)(?:coverage|tests?)[-_]?(?:reports?|results?|metrics)\//i;

/** A document beside the artifacts that it tells of: `tests/coverage_reports/BASELINE_COVERAGE.md`. */
function reportOutside(path: string): DocumentPlace | null {
  const name = fileName(path).replace(/\.md$/i, "");
  return REPORTS.test(path) &&
    ABOUT_RESULTS.test(name.toUpperCase()) &&
    !/(?:^|\/)(?:node_modules|vendor|site-packages)\//.test(path)
    ? { root: "", directory: null, kind: "report", planId: null }
    : null;
}

/**
 * The canonical plan id in a file name's stem: `19-09`, `08-01` for `08-80-percent-coverage-push-01`, `GAP-03` for
 * `12-tier-1-coverage-push-GAP-03`, `05-01A`. Null when the stem names no plan.
 */
export function planIdOf(stem: string, directoryName: string): string | null {
  const number = leadingKey(directoryName);
  if (stem.toLowerCase().startsWith(`${directoryName.toLowerCase()}-`)) {
    const rest = stem.slice(directoryName.length + 1);
    return /^\d+[A-Za-z]?$/.test(rest)
      ? `${number}-${rest.toUpperCase()}`
      : rest.toUpperCase();
  }
  const [pair = "", phase = "", plan = ""] =
    /^(\d+[A-Za-z]?(?:\.\d+)*)-(\d{1,3}[A-Za-z]?)(?:-|$)/.exec(stem) ?? [];
  // In `08-80-percent-coverage-push` the 80 belongs to the slug: it names no plan.
  const inSlug = directoryName.toLowerCase().startsWith(pair.toLowerCase());
  if (!inSlug && sameNumber(phase, number)) {
    return /GAP/i.test(stem.slice(pair.length))
      ? stem.toUpperCase()
      : `${phase}-${plan.toUpperCase()}`;
  }
  const gap = /(?:^|-)((?:GAP|WAVE)[-_A-Z]*-?\d+[A-Z]?)$/i.exec(stem);
  if (gap?.[1]) return gap[1].toUpperCase();
  const trailing = /-(\d{1,3}[a-z]?)$/i.exec(stem);
  if (trailing?.[1] && stem !== directoryName) {
    return `${number}-${trailing[1].toUpperCase()}`;
  }
  return null;
}

/**
 * The plan of a phase that a commit's scope or a text's token names: `19-02`, `phase-19-02`, `12-GAP-03`. Null for a plan of another
 * phase, which `planIdOf` takes for one of the directory that a file lies in.
 */
export function planInScope(
  scope: string,
  directoryName: string,
): string | null {
  const stem = scope.replace(/^phase[ _-]{0,2}/i, "");
  if (directoryName.toLowerCase().startsWith(stem.toLowerCase())) return null;
  const key = parsePhaseKey(/^[^-]{1,40}(?=-)/.exec(stem)?.[0] ?? "");
  return key !== null && key === parsePhaseKey(leadingKey(directoryName))
    ? planIdOf(stem, directoryName)
    : null;
}

function leadingKey(directoryName: string): string {
  return /^\d+[A-Za-z]?(?:\.\d+)*/.exec(directoryName)?.[0] ?? directoryName;
}

function sameNumber(a: string, b: string): boolean {
  return a.replace(/^0+/, "") === b.replace(/^0+/, "");
}
