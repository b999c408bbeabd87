import { basisCounts } from "../coverage/basis.ts";
import { percentCovered, type Counts } from "../coverage/counts.ts";
import type {
  Basis,
  CoverageReport,
  FileCoverage,
} from "../coverage/observation.ts";
import type { Target } from "../planning/target.ts";
import type { Measured } from "../status.ts";
import {
  isOverallSubject,
  measuredBy,
  measuredByTrend,
  type ReportEvidence,
  type TrendEvidence,
} from "./evidence.ts";
import { isAmbiguous, type Ambiguous } from "./fileNames.ts";

type Aspect = Target["aspect"];

/**
 * What a report measured of a target's subject: one file, a directory, or the whole project. A directory is a part of an overall
 * report only, because another one may hold just some of its files.
 */
export function partFor(
  evidence: ReportEvidence,
  subject: string,
  aspect: Aspect,
): Measured | Ambiguous | null {
  if (isOverallSubject(subject)) {
    return evidence.overall ? numberOf(evidence, aspect) : null;
  }
  const file = evidence.fileNamed(subject);
  if (file && isAmbiguous(file)) return file;
  if (file) return numberOf(evidence, aspect, file);
  return evidence.overall && aspect === null
    ? directoryIn(
        evidence,
        subject.replace(/\s+(?:module|directory|package)s?$/i, ""),
      )
    : null;
}

/**
 * Every number that a claim about a subject may quote, the report's own first: a document that names no aspect means the
 * percentage that folds branches in, or the one of lines alone.
 */
export function numbersFor(
  evidence: ReportEvidence,
  subject: string,
  aspect: Aspect,
): Measured[] {
  const whole = isOverallSubject(subject);
  const file = whole ? undefined : evidence.fileNamed(subject);
  if (file && isAmbiguous(file)) return [];
  const aspects: readonly Aspect[] =
    aspect === null ? [null, "line"] : [aspect];
  const numbers = aspects.flatMap(
    (each) => numberOf(evidence, each, file) ?? [],
  );
  // Trust comes before scope: whoever repeats an estimate repeats an estimate, whatever it is an estimate of.
  if (whole && evidence.report.trust === "estimated") {
    return [...numbers, ...asWritten(evidence, numbers)];
  }
  if (whole) return evidence.overall ? numbers : [];
  if (file) return numbers;
  const directory = evidence.overall
    ? partFor(evidence, subject, aspect)
    : null;
  return directory && !isAmbiguous(directory) ? [directory] : [];
}

/** The percentage that an estimate itself gives, where its counts make another: people quote what is written. */
function asWritten(
  { report: { percent } }: ReportEvidence,
  [first]: readonly Measured[],
): Measured[] {
  return first && percent !== null && percent !== first.value
    ? [{ ...first, value: percent }]
    : [];
}

/**
 * What an entry of a trend file says of a subject: the whole project, the part of it that the entry is about, or one of its
 * files. Such numbers are of lines or of who knows what, and never answer for branches or functions.
 */
export function trendNumberFor(
  trend: TrendEvidence,
  subject: string,
  aspect: Aspect,
): Measured | null {
  if (aspect === "branch" || aspect === "function") return null;
  const { scope, percent, lines, files } = trend.entry;
  const own = isOverallSubject(subject)
    ? scope === null
    : scope?.toLowerCase() === subject.toLowerCase();
  if (own) {
    return percent === null
      ? null
      : measuredByTrend(trend, {
          value: percent,
          covered: lines?.covered ?? null,
          total: lines?.total ?? null,
          basis: lines && "line",
        });
  }
  const name = subject.replace(/[`*]/g, "");
  const file = isOverallSubject(subject)
    ? undefined
    : files.find(({ path }) => isSameFile(path, name));
  return file
    ? measuredByTrend(trend, {
        value: file.percent,
        covered: null,
        total: null,
        basis: null,
      })
    : null;
}

function isSameFile(path: string, name: string): boolean {
  return (
    path === name || path.endsWith(`/${name}`) || name.endsWith(`/${path}`)
  );
}

/** One number of a report, of one file or of all; null where it has none, or one of 0 of 0. */
export function numberOf(
  evidence: ReportEvidence,
  aspect: Aspect,
  file?: FileCoverage,
): Measured | null {
  const { report } = evidence;
  // A report that lists no files says of no file that it was measured.
  const files = file ? 1 : report.files.length || null;
  const { counts, basis } = countsOf(report, aspect, file);
  if (counts) return counted(evidence, counts, files, basis);
  // A report without counts states its percentage all the same.
  return aspect === null && !file && report.percent !== null
    ? measuredBy(evidence, {
        value: report.percent,
        covered: null,
        total: null,
        files,
        basis,
      })
    : null;
}

function counted(
  evidence: ReportEvidence,
  { covered, total }: Counts,
  files: number | null,
  basis: string,
): Measured | null {
  const value = percentCovered({ covered, total });
  return value === null
    ? null
    : measuredBy(evidence, { value, covered, total, files, basis });
}

/** Counts, and what they count: a number must not be shown as one of lines when it is one of branches. */
function countsOf(
  report: CoverageReport,
  aspect: Aspect,
  file: FileCoverage | undefined,
): { counts: Counts | null; basis: string } {
  const { lines, statements, branches, functions } = report.totals;
  switch (aspect) {
    case null:
      return { counts: basisCounts(report, file), basis: report.basis };
    case "line":
      return file || !lines
        ? { counts: file ?? statements, basis: linesOf(report.basis) }
        : { counts: lines, basis: "line" };
    case "statement":
      return file || !statements
        ? { counts: file ?? lines, basis: linesOf(report.basis) }
        : { counts: statements, basis: "statement" };
    case "branch":
      return { counts: file ? file.branches : branches, basis: "branch" };
    case "function":
      return { counts: file ? null : functions, basis: "function" };
  }
}

/** What a report of this basis counts besides branches. */
function linesOf(basis: Basis): Basis {
  return basis === "branch" || basis === "line+branch" ? "line" : basis;
}

/** All files below a directory, e.g. `core`, in the report's basis; null when there are none. */
function directoryIn(
  evidence: ReportEvidence,
  directory: string,
): Measured | null {
  const { report } = evidence;
  const name = directory.toLowerCase().replace(/^\/|\/$/g, "");
  if (!/^[a-z0-9_.-]+(?:\/[a-z0-9_.-]+)*$/.test(name)) return null;
  const below = evidence.filesBelow(name);
  let covered = 0;
  let total = 0;
  for (const file of below) {
    const counts = basisCounts(report, file);
    covered += counts?.covered ?? 0;
    total += counts?.total ?? 0;
  }
  return counted(evidence, { covered, total }, below.length, report.basis);
}
