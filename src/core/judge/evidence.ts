import { basisCounts } from "../coverage/basis.ts";
import { compareReports, type Comparison } from "../coverage/compare.ts";
import { percentCovered } from "../coverage/counts.ts";
import type {
  CoverageReport,
  FileCoverage,
  TrendEntry,
} from "../coverage/observation.ts";
import { fileFinder } from "../coverage/paths.ts";
import type { ArtifactVersion, Facts } from "../facts.ts";
import { isTestFile } from "../planning/fileLists.ts";
import { parsePhaseKey } from "../planning/phaseKey.ts";
import type { TestResults } from "../results/testResults.ts";
import type { Measured } from "../status.ts";
import { filesByName, type NamedFile } from "./fileNames.ts";
import { lazily, remembered } from "./remembered.ts";

/**
 * What the artifacts of a repository have measured, arranged so that a target or a claim can ask for it: by file, by
 * directory, or for the whole project. Each list is oldest first.
 */
export interface Evidence {
  /** Id of the evaluated commit. */
  readonly commit: string;
  /** `compareReports` on this tree: each pair once, however many plans lie between the two. */
  readonly compare: (base: CoverageReport, head: CoverageReport) => Comparison;
  readonly reports: readonly ReportEvidence[];
  readonly trends: readonly TrendEvidence[];
  readonly results: readonly ResultsEvidence[];
}

export interface ReportEvidence {
  readonly version: ArtifactVersion;
  readonly report: CoverageReport;
  /** It covers so much of the project that its total may be called overall. */
  readonly overall: boolean;
  readonly fileNamed: (subject: string) => NamedFile;
  /** The files below a directory, given in lower case without a slash at either end. */
  readonly filesBelow: (directory: string) => readonly FileCoverage[];
  /** The files that have a percentage in the report's basis, with it. */
  readonly percents: () => readonly FilePercent[];
}

export interface FilePercent {
  readonly file: FileCoverage;
  readonly percent: number;
}

export interface TrendEvidence {
  readonly version: ArtifactVersion;
  readonly entry: TrendEntry;
  /** Key of the phase that the entry names: `19` for `19`, `phase_19` and `19-coverage-push`; null where it names none. */
  readonly phaseKey: string | null;
}

export interface ResultsEvidence {
  readonly version: ArtifactVersion;
  readonly results: TestResults;
}

/** A report is overall when it has at least this share of the files of the largest one ever measured … */
const SHARE_OF_LARGEST = 0.5;
/** … and at least this share of the source files (of the same language) that the tree holds. */
const SHARE_OF_TREE = 0.25;

/** Arranges the artifact versions of `facts`. */
export function gatherEvidence(facts: Facts): Evidence {
  const largest = facts.artifacts.reduce(
    (most, { artifact }) =>
      artifact.kind === "coverage" && artifact.report.trust === "measured"
        ? Math.max(most, artifact.report.files.length)
        : most,
    0,
  );
  const sources = sourceFilesByExtension(facts.tree.keys());
  const reports: ReportEvidence[] = [];
  const trends: TrendEvidence[] = [];
  const results: ResultsEvidence[] = [];
  for (const version of facts.artifacts) {
    const { artifact } = version;
    switch (artifact.kind) {
      case "coverage":
        reports.push({
          version,
          overall: isOverall(artifact.report, largest, sources),
          ...arranged(artifact.report),
        });
        break;
      case "trend":
        for (const entry of artifact.trend.entries) {
          trends.push({ version, entry, phaseKey: phaseKeyOf(entry) });
        }
        break;
      case "results":
        results.push({ version, results: artifact.results });
        break;
      case "none":
        break;
    }
  }
  const find = lazily(() => fileFinder(facts.tree.keys()));
  const tree = { existsInTree: (path: string) => find()(path) };
  const comparedWith = remembered((head: CoverageReport) =>
    remembered((base: CoverageReport) => compareReports(base, head, tree)),
  );
  return {
    commit: facts.commit.sha,
    compare: (base, head) => comparedWith(head)(base),
    reports,
    trends,
    results,
  };
}

/** What is asked of a report again and again is worked out once, when it is asked first. */
function arranged(
  report: CoverageReport,
): Omit<ReportEvidence, "version" | "overall"> {
  const { files } = report;
  return {
    report,
    fileNamed: filesByName(files),
    filesBelow: remembered((directory) =>
      files.filter(({ path }) =>
        `/${path.toLowerCase()}`.includes(`/${directory}/`),
      ),
    ),
    percents: lazily(() =>
      files.flatMap((file) => {
        const counts = basisCounts(report, file);
        const percent = counts && percentCovered(counts);
        return percent === null ? [] : [{ file, percent }];
      }),
    ),
  };
}

/** A number of a report with everything that it must travel with. */
export function measuredBy(
  { version, report }: ReportEvidence,
  number: Pick<Measured, "value" | "covered" | "total" | "files" | "basis">,
): Measured {
  return {
    ...number,
    trust: report.trust,
    path: version.path,
    commit: version.introduced.sha,
    at: version.introduced.at,
  };
}

/** A number that a trend file recorded. */
export function measuredByTrend(
  { version, entry }: TrendEvidence,
  number: Pick<Measured, "value" | "covered" | "total" | "basis">,
): Measured {
  return {
    ...number,
    files: null,
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

function phaseKeyOf({ phase }: TrendEntry): string | null {
  const token = /^(?:phase[ _-]*)?[0-9]+[A-Za-z]?(?:\.[0-9]+)*/i.exec(
    phase ?? "",
  );
  return token && parsePhaseKey(token[0]);
}

function isOverall(
  report: CoverageReport,
  largest: number,
  sources: ReadonlyMap<string, number>,
): boolean {
  const [first] = report.files;
  if (!first) return report.percent !== null;
  const inTree = sources.get(extensionOf(first.path)) ?? 0;
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

function extensionOf(path: string): string {
  return /\.[A-Za-z0-9]+$/.exec(path)?.[0].toLowerCase() ?? "";
}
