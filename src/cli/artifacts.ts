import type { Artifact } from "../core/artifact.ts";
import { formatCount, formatPercent } from "../core/coverage/counts.ts";
import type { CoverageReport } from "../core/coverage/observation.ts";
import type { Finding } from "../core/finding.ts";
import { readArtifact } from "../core/readArtifact.ts";
import type { TestResults } from "../core/results/testResults.ts";
import { readFiles } from "./files.ts";
import { EXIT, printJson, type Io } from "./io.ts";

const MAX_BYTES = 256 * 1024 * 1024;

interface Unread {
  readonly format: null;
  readonly findings: readonly Finding[];
}

/** `phasewatch coverage`: what coverage reports measured. */
export async function coverage(
  files: readonly string[],
  options: { readonly json?: boolean },
  io: Io,
): Promise<number> {
  return eachFile(
    files,
    options,
    io,
    (artifact) => (artifact.kind === "coverage" ? artifact.report : null),
    "coverage report",
    coverageLine,
  );
}

/** `phasewatch results`: what test-result files and logs say. */
export async function results(
  files: readonly string[],
  options: { readonly json?: boolean },
  io: Io,
): Promise<number> {
  return eachFile(
    files,
    options,
    io,
    (artifact) => (artifact.kind === "results" ? artifact.results : null),
    "test result",
    resultsLine,
  );
}

async function eachFile<T extends CoverageReport | TestResults>(
  files: readonly string[],
  { json }: { readonly json?: boolean },
  io: Io,
  pick: (artifact: Artifact) => T | null,
  wanted: string,
  line: (found: T) => string,
): Promise<number> {
  const contents = await Array.fromAsync(readFiles(files, MAX_BYTES, io));
  const read = contents.map((file) => {
    const { path } = file;
    if ("problem" in file) return unread(path, "unreadable", file.problem);
    const artifact = readArtifact(path, file.bytes);
    const found = pick(artifact);
    if (found) return { path, ...found };
    return artifact.kind === "none"
      ? { path, format: null, findings: at(path, artifact.findings) }
      : unread(
          path,
          "unrecognised",
          `This is no ${wanted} but ${named(artifact)}.`,
        );
  });
  const failed = read.filter((one) => one.format === null);
  if (json) {
    printJson(
      io,
      read.map((one) => ({ ...one, findings: at(one.path, one.findings) })),
    );
  } else {
    for (const one of read) {
      if (one.format !== null) io.out(`${one.path}  ${line(one)}\n`);
      for (const finding of one.findings) {
        io.err(
          `${one.path}${finding.line === null ? "" : `:${finding.line}`}: ${finding.message}\n`,
        );
      }
    }
  }
  return failed.length > 0 ? EXIT.unreadable : EXIT.done;
}

function unread(
  path: string,
  kind: Finding["kind"],
  message: string,
): Unread & { path: string } {
  return {
    path,
    format: null,
    findings: [{ kind, path, line: null, message }],
  };
}

function at(path: string, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, path }));
}

function named(artifact: Artifact): string {
  switch (artifact.kind) {
    case "coverage":
      return `a coverage report (${artifact.report.format}): see phasewatch coverage`;
    case "results":
      return `a test result (${artifact.results.format}): see phasewatch results`;
    case "trend":
      return `a trend file (${artifact.trend.format}, ${artifact.trend.entries.length} entries): phasewatch status reads it with its repository`;
    case "none":
      return "an unknown file";
  }
}

function coverageLine(report: CoverageReport): string {
  const { lines, statements, branches } = report.totals;
  const counts = lines ?? statements;
  const parts = [
    report.percent === null ? "no percentage" : formatPercent(report.percent),
    counts
      ? `${formatCount(counts.covered)} / ${formatCount(counts.total)} ${lines ? "lines" : "statements"}`
      : "no counts",
    ...(branches
      ? [
          `${formatCount(branches.covered)} / ${formatCount(branches.total)} branches`,
        ]
      : []),
    `${formatCount(report.files.length)} files`,
    report.format,
    report.trust,
  ];
  return `${parts.join(" · ")}${report.trustWhy ? ` (${report.trustWhy})` : ""}`;
}

function resultsLine(run: TestResults): string {
  const rate = run.passRate === null ? "none ran" : formatPercent(run.passRate);
  return [
    rate,
    `${formatCount(run.passed)} passed, ${formatCount(run.failed)} failed, ${formatCount(run.errors)} errors, ${formatCount(run.skipped)} skipped of ${formatCount(run.total)}`,
    ...(run.durationSeconds === null ? [] : [`${run.durationSeconds} s`]),
    run.format,
    run.complete ? "complete" : "cut off: the counts are a lower bound",
  ].join(" · ");
}
