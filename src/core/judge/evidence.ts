import type { Counts } from "../coverage/counts.ts";
import { percentCovered } from "../coverage/counts.ts";
import type {
  CoverageReport,
  FileCoverage,
  TrendEntry,
} from "../coverage/observation.ts";
import { matchFile } from "../coverage/paths.ts";
import type { ArtifactVersion, Facts } from "../facts.ts";
import { isTestFile } from "../planning/fileLists.ts";
import type { Measured } from "../status.ts";

/**
 * What the artifacts of a repository have measured, arranged so that a target or a claim can ask for it: by file, by
 * directory, or for the whole project.
 */
export interface Evidence {
  /** Oldest first. */
  readonly reports: readonly ReportEvidence[];
  readonly trends: readonly TrendEvidence[];
  readonly results: readonly ArtifactVersion[];
}

export interface ReportEvidence {
  readonly version: ArtifactVersion;
  readonly report: CoverageReport;
  /** It covers so much of the project that its total may be called overall. */
  readonly overall: boolean;
  /** Files by their base name, for suffix matching. */
  readonly byName: ReadonlyMap<string, readonly FileCoverage[]>;
  /** Files by their base name without its extension, in lower case: how people write a component. */
  readonly byStem: ReadonlyMap<string, readonly FileCoverage[]>;
}

export interface TrendEvidence {
  readonly version: ArtifactVersion;
  readonly entry: TrendEntry;
}

/** A report is overall when it has at least this share of the files of the largest one ever measured … */
const SHARE_OF_LARGEST = 0.5;
/** … and at least this share of the source files (of the same language) that the tree holds. */
const SHARE_OF_TREE = 0.25;

/** Arranges the artifact versions of `facts`. */
export function gatherEvidence(facts: Facts): Evidence {
  const largest = Math.max(
    0,
    ...facts.artifacts.map(({ artifact }) =>
      artifact.kind === "coverage" && artifact.report.trust === "measured"
        ? artifact.report.files.length
        : 0,
    ),
  );
  const sources = sourceFilesByExtension(facts.tree.keys());
  const reports: ReportEvidence[] = [];
  const trends: TrendEvidence[] = [];
  const results: ArtifactVersion[] = [];
  for (const version of facts.artifacts) {
    const { artifact } = version;
    switch (artifact.kind) {
      case "coverage":
        reports.push({
          version,
          report: artifact.report,
          overall: isOverall(artifact.report, largest, sources),
          byName: filesBy(artifact.report.files, baseName),
          byStem: filesBy(artifact.report.files, stem),
        });
        break;
      case "trend":
        for (const entry of artifact.trend.entries) {
          trends.push({ version, entry });
        }
        break;
      case "results":
        results.push(version);
        break;
      case "none":
        break;
    }
  }
  return { reports, trends, results };
}

/** The one file of a report that a name means: `x.py`, `core/x.py`, `core.x`, or a component written out ("workflow engine"). */
export function fileIn(
  evidence: ReportEvidence,
  subject: string,
): FileCoverage | "ambiguous" | null {
  const name = nameOf(subject);
  if (name === null) return null;
  const isPath = EXTENSION.test(name);
  const candidates = isPath
    ? evidence.byName.get(baseName(name))
    : evidence.byStem.get(name);
  const [first, second] = candidates ?? [];
  if (!candidates || !first) return null;
  if (!isPath) return second ? "ambiguous" : first;
  const found = matchFile(
    candidates.map((file) => file.path),
    name,
  );
  switch (found.kind) {
    case "none":
      return null;
    case "ambiguous":
      return "ambiguous";
    case "one":
      return candidates.find((file) => file.path === found.path) ?? null;
  }
}

/** The covered and total counts in the report's basis: branches are folded in where the tool folds them in. */
export function basisCounts(
  report: CoverageReport,
  file?: FileCoverage,
): Counts | null {
  const lines = file ?? report.totals.lines ?? report.totals.statements;
  const branches = file ? file.branches : report.totals.branches;
  switch (report.basis) {
    case "line+branch":
      return lines
        ? {
            covered: lines.covered + (branches?.covered ?? 0),
            total: lines.total + (branches?.total ?? 0),
          }
        : null;
    case "branch":
      return branches;
    case "statement":
      return file ?? report.totals.statements ?? report.totals.lines;
    case "line":
    case "region":
      return lines ? { covered: lines.covered, total: lines.total } : null;
  }
}

/** Counts of all files below a directory of a report, e.g. `core`; null when it has none. */
export function directoryCounts(
  { report }: ReportEvidence,
  directory: string,
): { counts: Counts; files: number } | null {
  const name = directory.toLowerCase().replace(/^\/|\/$/g, "");
  if (!/^[a-z0-9_.-]+(?:\/[a-z0-9_.-]+)*$/.test(name)) return null;
  const below = report.files.filter((file) =>
    `/${file.path.toLowerCase()}`.includes(`/${name}/`),
  );
  if (below.length === 0) return null;
  let covered = 0;
  let total = 0;
  for (const file of below) {
    const counts = basisCounts(report, file);
    covered += counts?.covered ?? 0;
    total += counts?.total ?? 0;
  }
  return { counts: { covered, total }, files: below.length };
}

/** A measurement of a report with everything a number must travel with; null for 0 of 0. */
export function measuredBy(
  { version, report }: ReportEvidence,
  counts: Counts | null,
  files: number | null,
): Measured | null {
  const value = counts ? percentCovered(counts) : report.percent;
  if (value === null) return null;
  return {
    value,
    covered: counts?.covered ?? null,
    total: counts?.total ?? null,
    files,
    basis: report.basis,
    trust: report.trust,
    path: version.path,
    commit: version.introduced.sha,
    at: version.introduced.at,
  };
}

/** A number a trend file recorded: it has counts only where the file gives ones that agree. */
export function measuredByTrend(
  { version, entry }: TrendEvidence,
  value: number,
  of: { counts: Counts | null; basis: "line" | null },
): Measured {
  return {
    value,
    covered: of.counts?.covered ?? null,
    total: of.counts?.total ?? null,
    files: null,
    basis: of.basis,
    trust: entry.trust,
    path: version.path,
    commit: version.introduced.sha,
    at: version.introduced.at,
  };
}

/** Whole-project words: what is left of "overall backend coverage" when the metric is gone. */
export function isOverallSubject(subject: string): boolean {
  return /^(?:overall|total|project|whole project|codebase|repository|all|full|backend|overall backend|full backend|core backend|line coverage|backend overall)$/i.test(
    subject.trim(),
  );
}

function isOverall(
  report: CoverageReport,
  largest: number,
  sources: ReadonlyMap<string, number>,
): boolean {
  if (report.files.length === 0) return report.percent !== null;
  const extension = extensionOf(report.files[0]?.path ?? "");
  const inTree = sources.get(extension) ?? 0;
  return (
    report.files.length >= largest * SHARE_OF_LARGEST &&
    report.files.length >= inTree * SHARE_OF_TREE
  );
}

function sourceFilesByExtension(paths: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) {
    if (isTestFile(path)) continue;
    const extension = extensionOf(path);
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  return counts;
}

function filesBy(
  files: readonly FileCoverage[],
  key: (path: string) => string,
): Map<string, FileCoverage[]> {
  const map = new Map<string, FileCoverage[]>();
  for (const file of files) {
    const known = map.get(key(file.path));
    if (known) known.push(file);
    else map.set(key(file.path), [file]);
  }
  return map;
}

const EXTENSION = /\.[a-z]{1,6}$/i;

/** The spelling under which a subject may be found: a path, or a component's words as a file's stem; null for neither. */
function nameOf(subject: string): string | null {
  const cleaned = subject.replace(/[`*"']/g, "").trim();
  if (/^[\w./\\-]+\.[a-z]{1,6}$/i.test(cleaned)) return cleaned;
  const words = cleaned
    .toLowerCase()
    .replace(/\b(?:coverage|module|file|service file|component)s?$/, "")
    .trim();
  return /^[a-z0-9_ -]{3,60}$/.test(words)
    ? words.replace(/[ -]+/g, "_")
    : null;
}

function stem(path: string): string {
  return baseName(path).replace(EXTENSION, "").toLowerCase();
}

function baseName(path: string): string {
  return path.slice(path.replaceAll("\\", "/").lastIndexOf("/") + 1);
}

function extensionOf(path: string): string {
  return /\.[A-Za-z0-9]+$/.exec(path)?.[0].toLowerCase() ?? "";
}
