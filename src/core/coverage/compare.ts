import { basisCounts } from "./basis.ts";
import type { HealthNews } from "../news.ts";
import {
  formatCount,
  formatPercent,
  percentCovered,
  type Counts,
} from "./counts.ts";
import type { Basis, CoverageReport, FileCoverage } from "./observation.ts";
import { pairFiles, type FilePairs } from "./paths.ts";

export type Problem = HealthNews["problem"];

export type Comparison = NotComparable | Comparable;

/** Two reports that do not measure the same thing: there is no difference to speak of. */
export interface NotComparable {
  readonly comparable: false;
  readonly problem: Problem;
  /** One or two sentences that name both sides with their numbers. */
  readonly why: string;
}

/** Like for like: everything but `mix` is about the files that both reports have. */
export interface Comparable {
  readonly comparable: true;
  /** In points, negative for a drop; 0 exactly when the shares are equal. */
  readonly delta: number;
  /** In points: what the whole moved beyond `delta` because files came and went. */
  readonly mix: number;
  /** How many more lines are uncovered than before (branches, where the report counts only those); never negative. */
  readonly newlyUncovered: number;
  readonly base: Counts;
  readonly head: Counts;
  /** How many files both reports have. */
  readonly shared: number;
  /** The files whose counts changed, the one that lost most first. */
  readonly files: readonly FileChange[];
}

/** One file before and after, in the reports' basis. */
export interface FileChange {
  /** As the later report writes it. */
  readonly path: string;
  readonly before: Counts;
  readonly after: Counts;
  /** In points; null where one side counts nothing. */
  readonly delta: number | null;
  readonly newlyUncovered: number;
}

/** The files of the later commit. */
export interface Tree {
  /** Whether it holds a file under that name, whatever leading directories a report leaves out. */
  existsInTree(path: string): boolean;
}

/** Reports that share less of their files than this measure different things. */
const LEAST_OVERLAP = 0.9;
/** So do reports whose totals differ by more than this share of the earlier one. */
const MOST_GROWTH = 0.1;

/**
 * Compares two reports, if they can be: a difference is told only between measurements that are shown to measure the same
 * thing. The gate is ordered: untrusted, stale, another basis, another scope, files missing.
 */
export function compareReports(
  base: CoverageReport,
  head: CoverageReport,
  tree: Tree,
): Comparison {
  const distrust = untrusted(base, head) ?? otherBasis(base, head);
  if (distrust) return distrust;
  const paired = pairFiles(base.files, head.files);
  return (
    otherScope(base, head, paired) ??
    partial(base, head, paired, tree) ??
    likeForLike(base, head, paired)
  );
}

/** How many points a share moved; null where one side counts nothing. Whole numbers first: equal shares differ by 0 exactly. */
export function pointsBetween(before: Counts, after: Counts): number | null {
  return before.total === 0 || after.total === 0 ? null : moved(before, after);
}

function moved(before: Counts, after: Counts): number {
  const crossed = after.covered * before.total - before.covered * after.total;
  return crossed === 0 ? 0 : (crossed / (before.total * after.total)) * 100;
}

function untrusted(
  base: CoverageReport,
  head: CoverageReport,
): NotComparable | null {
  const doubtful = [head, base].find(({ trust }) => trust !== "measured");
  if (!doubtful) return null;
  const which = doubtful === head ? "The later" : "The earlier";
  const reason = doubtful.trustWhy
    ? ` ${firstSentence(doubtful.trustWhy)}`
    : "";
  return {
    comparable: false,
    problem: doubtful.trust === "stale" ? "stale" : "untrusted",
    why: `${which} report is ${doubtful.trust}.${reason} ${bothSides(base, head)}`,
  };
}

/**
 * The first doubt is enough for a note. A full stop within “quotes” ends no sentence. The alternatives exclude each other: the
 * quotes come from a report, and two ways to read each of them would take for ever.
 */
function firstSentence(text: string): string {
  return text.replace(
    /^((?:“[^”]*”|“(?![^”]*”)|[^.“]|\.(?!\s))*\.)\s[^]*$/,
    "$1",
  );
}

function otherBasis(
  base: CoverageReport,
  head: CoverageReport,
): NotComparable | null {
  if (base.basis === head.basis) return null;
  return {
    comparable: false,
    problem: "basis_changed",
    why: `The earlier report counts ${unitsOf(base.basis)}, the later one ${unitsOf(head.basis)}. ${bothSides(base, head)}`,
  };
}

function otherScope(
  base: CoverageReport,
  head: CoverageReport,
  { pairs, onlyBase, onlyHead }: FilePairs,
): NotComparable | null {
  const all = pairs.length + onlyBase.length + onlyHead.length;
  if (all > 0 && pairs.length < all * LEAST_OVERLAP) {
    return {
      comparable: false,
      problem: "scope_changed",
      why: `Only ${formatCount(pairs.length)} of ${countOf(all, "file")} are in both reports. ${bothSides(base, head)}`,
    };
  }
  const before = wholeOf(base);
  const after = wholeOf(head);
  const growth = Math.abs(after.total - before.total);
  if (growth > before.total * MOST_GROWTH && after.total > 0) {
    return {
      comparable: false,
      problem: "scope_changed",
      why: `What is measured went from ${formatCount(before.total)} to ${formatCount(after.total)} ${unitsOf(head.basis)}, by more than ${MOST_GROWTH * 100} %. ${bothSides(base, head)}`,
    };
  }
  return null;
}

function partial(
  base: CoverageReport,
  head: CoverageReport,
  { pairs, onlyBase }: FilePairs,
  tree: Tree,
): NotComparable | null {
  const missing = onlyBase.filter(({ path }) => tree.existsInTree(path));
  const [first] = missing;
  if (first) {
    const more =
      missing.length > 1
        ? ` and ${countOf(missing.length - 1, "other file")}`
        : "";
    return {
      comparable: false,
      problem: "partial",
      why: `The later report leaves out ${first.path}${more}, still in the repository. ${bothSides(base, head)}`,
    };
  }
  const [before, after] = sharedCounts(base, head, pairs);
  return before.total > 0 && after.total > 0
    ? null
    : {
        comparable: false,
        problem: "partial",
        why: `The reports have no measured file in common. ${bothSides(base, head)}`,
      };
}

function likeForLike(
  base: CoverageReport,
  head: CoverageReport,
  { pairs }: FilePairs,
): Comparable {
  const [before, after] = sharedCounts(base, head, pairs);
  const delta = moved(before, after);
  const changes = pairs
    .map(([old, now]) => fileChange(base, old, head, now))
    .filter(hasChanged)
    .toSorted(worstFirst);
  return {
    comparable: true,
    delta,
    mix: moved(wholeOf(base), wholeOf(head)) - delta,
    newlyUncovered: Math.max(
      0,
      pairs.reduce(
        (more, [old, now]) =>
          more + missedLines(head, now) - missedLines(base, old),
        0,
      ),
    ),
    base: before,
    head: after,
    shared: pairs.length,
    files: changes,
  };
}

/** One file of two reports, in each report's basis. */
export function fileChange(
  base: CoverageReport,
  old: FileCoverage,
  head: CoverageReport,
  now: FileCoverage,
): FileChange {
  const before = countsOf(base, old);
  const after = countsOf(head, now);
  return {
    path: now.path,
    before,
    after,
    delta: pointsBetween(before, after),
    newlyUncovered: Math.max(
      0,
      missedLines(head, now) - missedLines(base, old),
    ),
  };
}

function hasChanged({ before, after }: FileChange): boolean {
  return before.covered !== after.covered || before.total !== after.total;
}

/** Leaves equal ones in the order of the pairs, which is by path. */
function worstFirst(a: FileChange, b: FileChange): number {
  return b.newlyUncovered - a.newlyUncovered || (a.delta ?? 0) - (b.delta ?? 0);
}

function countsOf(report: CoverageReport, file: FileCoverage): Counts {
  return basisCounts(report, file) ?? { covered: 0, total: 0 };
}

function missedLines(report: CoverageReport, file: FileCoverage): number {
  const { covered, total } =
    report.basis === "branch" ? countsOf(report, file) : file;
  return total - covered;
}

function sharedCounts(
  base: CoverageReport,
  head: CoverageReport,
  pairs: FilePairs["pairs"],
): [Counts, Counts] {
  return [
    sum(pairs.map(([old]) => countsOf(base, old))),
    sum(pairs.map(([, now]) => countsOf(head, now))),
  ];
}

/** What a report measured in its basis. The files' sum where there are files: totals may round, or include what no file accounts for. */
export function wholeOf(report: CoverageReport): Counts {
  return report.files.length > 0
    ? sum(report.files.map((file) => countsOf(report, file)))
    : (basisCounts(report) ?? { covered: 0, total: 0 });
}

function sum(counts: readonly Counts[]): Counts {
  let covered = 0;
  let total = 0;
  for (const one of counts) {
    covered += one.covered;
    total += one.total;
  }
  return { covered, total };
}

/** `Before: 62.5 % (2,449 / 3,920 lines and branches, 2 files); now: …` */
function bothSides(base: CoverageReport, head: CoverageReport): string {
  return `Before: ${side(base)}; now: ${side(head)}.`;
}

/** In the report's own totals: what an estimated report's files add up to is nothing that anybody has seen. */
function side(report: CoverageReport): string {
  const counts = basisCounts(report) ?? wholeOf(report);
  const percent = percentCovered(counts) ?? report.percent;
  const scope = `${formatCount(counts.covered)} / ${formatCount(counts.total)} ${unitsOf(report.basis)}, ${countOf(report.files.length, "file")}`;
  return `${percent === null ? "nothing measured" : formatPercent(percent)} (${scope})`;
}

function unitsOf(basis: Basis): string {
  switch (basis) {
    case "line":
      return "lines";
    case "statement":
      return "statements";
    case "branch":
      return "branches";
    case "line+branch":
      return "lines and branches";
    case "region":
      return "regions";
  }
}

function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
