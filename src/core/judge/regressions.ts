import {
  compareReports,
  fileChange,
  wholeOf,
  type Comparable,
  type FileChange,
  type NotComparable,
  type Problem,
  type Tree,
} from "../coverage/compare.ts";
import type { Counts } from "../coverage/counts.ts";
import type {
  Basis,
  CoverageReport,
  FileCoverage,
} from "../coverage/observation.ts";
import { matchFile } from "../coverage/paths.ts";
import type { RegressionNews } from "../news.ts";
import type { Measured } from "../status.ts";
import { dropIn, hasDropped, isRecovered, severityOf } from "./drops.ts";
import { describe } from "./wording.ts";

/** What is remembered of one artifact, as JSON: enough to compare its next version. */
export interface SeriesState {
  /** Blob of the version seen last: the same bytes again are no new measurement. */
  readonly blob: string | null;
  /** Trusted versions, the newest last. Suites that take turns at one path are as many series. */
  readonly baselines: readonly Baseline[];
  readonly alert: OpenAlert | null;
  /** The problem of the present episode, which is told once; null while versions are comparable. */
  readonly told: Problem | null;
  /** Whether the last comparable version was low enough for an alert, told or held back. */
  readonly low: boolean;
  /** When `low` changed within the last 24 hours, ISO 8601 UTC, oldest first. */
  readonly flips: readonly string[];
  /** It changed so often that nothing is told until it has kept still for 24 hours. */
  readonly flapping: boolean;
}

/** A version that later ones are compared with. */
export interface Baseline {
  readonly path: string;
  /** The commit that brought it, and when. */
  readonly commit: string;
  readonly at: string;
  readonly format: string;
  readonly basis: Basis;
  readonly files: readonly FileRow[];
  /** The last like-for-like steps up to it, in points: how much the series moves by itself. */
  readonly deltas: readonly number[];
}

/** path, covered, total, branches covered, branches total (null where the tool counts none) */
export type FileRow = readonly [
  path: string,
  covered: number,
  total: number,
  branchesCovered: number | null,
  branchesTotal: number | null,
];

/** A drop that was told. */
export interface OpenAlert {
  /** What it dropped from; later versions are held against this one. */
  readonly baseline: Baseline;
  /** `overall`, or the one file as the report wrote it. */
  readonly subject: string;
  readonly severity: RegressionNews["severity"];
  /** The loss, in points, from which it fired. */
  readonly threshold: number;
  /** The delta told last, in points. */
  readonly delta: number;
  readonly firedAt: Measured;
}

/** A version of an artifact, or why there is none. */
export type Sighting =
  | {
      readonly kind: "report";
      readonly report: CoverageReport;
      readonly blob: string;
      /** The commit that brought it, and when. */
      readonly commit: string;
      readonly at: string;
    }
  | { readonly kind: "missing"; readonly problem: "absent" | "unreadable" };

/** What became of a series, if it is worth telling. */
export type Outcome =
  | { readonly kind: "none" }
  | {
      readonly kind: "fire" | "change" | "resolve";
      readonly regression: Regression;
    }
  | { readonly kind: "note"; readonly problem: Problem; readonly why: string };

/** The part of the news that the series knows. Its measurements are of the files that both versions have. */
export type Regression = Omit<
  RegressionNews,
  "kind" | "path" | "commit" | "at"
>;

export interface Advance {
  readonly state: SeriesState;
  readonly outcome: Outcome;
}

/** One comparable version and what it was compared with. */
interface Step {
  readonly base: Baseline;
  readonly head: Baseline;
  readonly comparison: Comparable;
}

/** What a step says about the subject of an alert. */
interface View {
  readonly subject: string;
  readonly delta: number;
  readonly newlyUncovered: number;
  readonly base: Measured;
  readonly head: Measured;
  readonly files: readonly FileChange[];
}

const OVERALL = "overall";
const BASELINES_KEPT = 5;
const DELTAS_KEPT = 20;
/** More than a message names; an alert must not carry a whole report along. */
const FILES_KEPT = 50;
const FLAPPING_FLIPS = 4;
const FLAPPING_MS = 24 * 60 * 60 * 1000;

const UNSEEN: SeriesState = {
  blob: null,
  baselines: [],
  alert: null,
  told: null,
  low: false,
  flips: [],
  flapping: false,
};

/**
 * Takes the next version of an artifact into account and says what of it is news. The first one never is: it is what later
 * ones are compared with. An open alert is held against the version it dropped from until that is regained; a version that is
 * not comparable with any remembered one is told once and measures no drop.
 */
export function advance(
  state: SeriesState | null,
  {
    path,
    sighting,
    tree,
    now,
  }: {
    readonly path: string;
    readonly sighting: Sighting;
    /** Of the commit that is evaluated. */
    readonly tree: Tree;
    /** ISO 8601 UTC */
    readonly now: string;
  },
): Advance {
  const known = calmDown(state ?? UNSEEN, now);
  if (sighting.kind === "missing") {
    return state === null
      ? quiet(known)
      : note(known, sighting.problem, whyMissing(known, sighting, path));
  }
  // What was held back while the series flapped is due when it is calm, whether or not there is a new version.
  const due = state?.flapping === true && !known.flapping;
  if (sighting.blob === known.blob && !due) return quiet(backAgain(known));
  return compareWithKnown({ ...known, blob: sighting.blob }, path, sighting, {
    tree,
    now,
  });
}

function compareWithKnown(
  state: SeriesState,
  path: string,
  sighting: Sighting & { kind: "report" },
  { tree, now }: { tree: Tree; now: string },
): Advance {
  const { report } = sighting;
  const head = baselineOf(path, sighting);
  const bases = [
    ...(state.alert ? [state.alert.baseline] : []),
    ...state.baselines.toReversed(),
  ];
  let problem: NotComparable | null = null;
  for (const base of bases) {
    const comparison = compareReports(reportOf(base), report, tree);
    if (comparison.comparable) {
      const seen = { ...state, told: null };
      const step = { base, head, comparison };
      return seen.alert?.baseline === base
        ? follow(seen, seen.alert, step, now)
        : look(seen, step, now);
    }
    // The one it should have been comparable with explains best why it is not.
    problem ??= comparison;
  }
  const next =
    report.trust === "measured" && wholeOf(reportOf(head)).total > 0
      ? { ...state, baselines: keepNewest([...state.baselines, head]) }
      : state;
  return problem ? note(next, problem.problem, problem.why) : quiet(next);
}

/** A version of a scope in which nothing is known to be wrong. */
function look(state: SeriesState, step: Step, now: string): Advance {
  const { base, head, comparison } = step;
  const drop = dropIn(comparison, base.deltas);
  const others = state.baselines.filter((one) => one !== base);
  if (drop === null) {
    const deltas = [...base.deltas, comparison.delta].slice(-DELTAS_KEPT);
    return quiet({
      // While another scope has an open alert, it is that scope which is low.
      ...(state.alert ? state : turn(state, false, now)),
      baselines: keepNewest([...others, { ...head, deltas }]),
    });
  }
  const turned = turn(state, true, now);
  if (turned.flapping) return quiet(turned);
  const view = viewOf(step, drop.file?.path ?? OVERALL);
  const alert: OpenAlert = {
    baseline: base,
    subject: view.subject,
    severity: drop.severity,
    threshold: drop.threshold,
    delta: view.delta,
    firedAt: view.head,
  };
  const left = state.alert ? [state.alert.baseline, ...others] : others;
  return {
    state: { ...turned, baselines: keepNewest(left), alert },
    outcome: {
      kind: state.alert ? "change" : "fire",
      regression: regressionOf(view, alert),
    },
  };
}

/** A version that is held against the one from which an open alert fired. */
function follow(
  state: SeriesState,
  alert: OpenAlert,
  step: Step,
  now: string,
): Advance {
  const view = viewOf(step, alert.subject);
  const drop = dropIn(step.comparison, step.base.deltas);
  const recovered = isRecovered(view.delta, alert.threshold);
  // A file's alert passes to whatever is worse, or else that loss would be forgotten with the file's recovery.
  const passes =
    alert.subject !== OVERALL &&
    drop !== null &&
    (recovered || drop.file === null);
  const turned = turn(state, passes || !recovered, now);
  if (turned.flapping) return quiet(turned);

  if (passes) {
    const worse = viewOf(step, drop.file?.path ?? OVERALL);
    return change(turned, worse, {
      ...alert,
      subject: worse.subject,
      severity: drop.severity,
      threshold: drop.threshold,
      firedAt: worse.head,
    });
  }
  if (recovered) {
    const regained = { ...step.head, deltas: alert.baseline.deltas };
    return {
      state: {
        ...turned,
        alert: null,
        baselines: keepNewest([...state.baselines, regained]),
      },
      outcome: { kind: "resolve", regression: regressionOf(view, alert) },
    };
  }
  const severity =
    alert.subject === OVERALL ? severityOf(view.delta) : alert.severity;
  // Small movements stay untold, or a noisy series would answer in the thread at every commit.
  const moved = Math.abs(view.delta - alert.delta) >= alert.threshold / 2;
  return moved || severity !== alert.severity
    ? change(turned, view, { ...alert, severity })
    : quiet(turned);
}

function change(state: SeriesState, view: View, to: OpenAlert): Advance {
  const alert = { ...to, delta: view.delta };
  return {
    state: { ...state, alert },
    outcome: { kind: "change", regression: regressionOf(view, alert) },
  };
}

function quiet(state: SeriesState): Advance {
  return { state, outcome: { kind: "none" } };
}

function note(state: SeriesState, problem: Problem, why: string): Advance {
  return state.told === problem
    ? quiet(state)
    : {
        state: { ...state, told: problem },
        outcome: { kind: "note", problem, why },
      };
}

/** Forgets flips of more than 24 hours ago; with the last of them the flapping is over. */
function calmDown(state: SeriesState, now: string): SeriesState {
  const flips = state.flips.filter(
    (at) => Date.parse(now) - Date.parse(at) < FLAPPING_MS,
  );
  return { ...state, flips, flapping: state.flapping && flips.length > 0 };
}

function turn(state: SeriesState, low: boolean, now: string): SeriesState {
  if (state.low === low) return state;
  const flips = [...state.flips, now];
  return {
    ...state,
    low,
    flips,
    flapping: state.flapping || flips.length >= FLAPPING_FLIPS,
  };
}

/** The version seen last is there: if it was missing in between, that episode is over. */
function backAgain(state: SeriesState): SeriesState {
  return state.told === "absent" || state.told === "unreadable"
    ? { ...state, told: null }
    : state;
}

function whyMissing(
  { alert, baselines }: SeriesState,
  { problem }: Sighting & { kind: "missing" },
  path: string,
): string {
  const what =
    problem === "absent"
      ? `${path} is no longer in the repository.`
      : `${path} can no longer be read as a coverage report.`;
  const last = baselines.at(-1) ?? alert?.baseline;
  if (!last) return what;
  const measured = measuredOf(last, wholeOf(reportOf(last)), last.files.length);
  return `${what} It last measured ${describe(measured, "%")}.`;
}

function keepNewest(baselines: readonly Baseline[]): readonly Baseline[] {
  return baselines.slice(-BASELINES_KEPT);
}

function regressionOf(view: View, alert: OpenAlert): Regression {
  return {
    severity: alert.severity,
    subject: view.subject,
    base: view.base,
    head: view.head,
    delta: view.delta,
    newlyUncovered: view.newlyUncovered,
    files: view.files
      .slice(0, FILES_KEPT)
      .map(({ path, before, after }) => ({ path, before, after })),
    firedAt: alert.firedAt,
  };
}

/** The step as seen from a subject. A file that is gone or empty was deleted, and what is left to look at is the whole. */
function viewOf(step: Step, subject: string): View {
  const { base, head, comparison } = step;
  const file = subject === OVERALL ? null : changeOf(step, subject);
  if (file && file.delta !== null) {
    const { before, after, delta, newlyUncovered } = file;
    const others = comparison.files.filter(
      (one) => one.path !== file.path && hasDropped(one),
    );
    return {
      subject: file.path,
      delta,
      newlyUncovered,
      base: measuredOf(base, before, 1),
      head: measuredOf(head, after, 1),
      files: [file, ...others],
    };
  }
  const { shared, delta, newlyUncovered, files } = comparison;
  return {
    subject: OVERALL,
    delta,
    newlyUncovered,
    base: measuredOf(base, comparison.base, shared),
    head: measuredOf(head, comparison.head, shared),
    files: files.filter((one) => one.newlyUncovered > 0),
  };
}

function changeOf({ base, head }: Step, subject: string): FileChange | null {
  const [from, to] = [reportOf(base), reportOf(head)];
  const before = fileOf(from, subject);
  const after = fileOf(to, subject);
  return before && after ? fileChange(from, before, to, after) : null;
}

function fileOf(
  { files }: CoverageReport,
  name: string,
): FileCoverage | undefined {
  const found = matchFile(
    files.map(({ path }) => path),
    name,
  );
  return files.find(({ path }) => found.kind === "one" && path === found.path);
}

/** Of counts that count something: 0 of 0 is no measurement. */
function measuredOf(
  { path, commit, at, basis }: Baseline,
  { covered, total }: Counts,
  files: number,
): Measured {
  return {
    value: (covered / total) * 100,
    covered,
    total,
    files,
    basis,
    trust: "measured",
    path,
    commit,
    at,
  };
}

function baselineOf(
  path: string,
  { report, commit, at }: Sighting & { kind: "report" },
): Baseline {
  return {
    path,
    commit,
    at,
    format: report.format,
    basis: report.basis,
    files: report.files.map((file) => [
      file.path,
      file.covered,
      file.total,
      file.branches?.covered ?? null,
      file.branches?.total ?? null,
    ]),
    deltas: [],
  };
}

function reportOf({ format, basis, files }: Baseline): CoverageReport {
  return {
    format,
    tool: null,
    basis,
    trust: "measured",
    trustWhy: null,
    percent: null,
    totals: { lines: null, statements: null, branches: null, functions: null },
    files: files.map(
      ([path, covered, total, branchesCovered, branchesTotal]) => ({
        path,
        covered,
        total,
        branches:
          branchesCovered === null || branchesTotal === null
            ? null
            : { covered: branchesCovered, total: branchesTotal },
      }),
    ),
    measuredAt: null,
    findings: [],
  };
}
