import type { Artifact } from "./artifact.ts";
import { decodeText } from "./artifactText.ts";
import { readCoveragePy } from "./coverage/formats/coveragePy.ts";
import { readIstanbulFinal } from "./coverage/formats/istanbulFinal.ts";
import { readIstanbulSummary } from "./coverage/formats/istanbulSummary.ts";
import { readPercentOnly } from "./coverage/formats/percentOnly.ts";
import { readTrend } from "./coverage/formats/trend.ts";
import type { CoverageReport, TrendFile } from "./coverage/observation.ts";
import type { Finding, FindingKind } from "./finding.ts";
import { readJson, type JsonDocument } from "./jsonText.ts";
import { readPytestJsonReport } from "./results/formats/pytestJsonReport.ts";
import { readPytestLog } from "./results/formats/pytestLog.ts";
import { readTestSummary } from "./results/formats/testSummary.ts";
import type { TestResults } from "./results/testResults.ts";

/** A report with more oddities than this is broken as a whole; one by one they help nobody. */
const FINDINGS_KEPT = 200;

/**
 * Says what the bytes of a file are. Decides by content alone; `path` only goes into findings. Never throws: what cannot be read is
 * an artifact of kind `none` with a finding that says why.
 */
export function readArtifact(path: string, bytes: Uint8Array): Artifact {
  const decoded = decodeText(bytes);
  if (decoded.kind === "none") return none(path, "unreadable", decoded.why);
  const { text } = decoded;

  if (!/^\s*[[{]/.test(text)) return readPlainText(path, text);
  const json = readJson(text);
  if (json.kind === "json") return readDocument(path, json.document);
  // A log may begin with a bracket too: `[gw0] …`, `[1/4] …`.
  const log = readPytestLog(path, text);
  return log === null
    ? none(
        path,
        "unreadable",
        `The file begins like JSON and is not valid on line ${json.line}; write it again with the tool that made it.`,
        json.line,
      )
    : ofResults(log, []);
}

function readPlainText(path: string, text: string): Artifact {
  const log = readPytestLog(path, text);
  return log === null
    ? none(
        path,
        "unrecognised",
        "The file is text but no known coverage or test format.",
      )
    : ofResults(log, []);
}

function readDocument(path: string, document: JsonDocument): Artifact {
  const odd = document.duplicateKeys.map(({ key, line }): Finding => ({
    kind: "inconsistent",
    path,
    line,
    message: `The key “${key.slice(0, 100)}” is there twice in one object; the last one counts. Remove the other.`,
  }));
  // The more particular shapes go first: a trend entry may hold what a test summary holds.
  const report =
    readCoveragePy(path, document) ??
    readIstanbulSummary(path, document) ??
    readIstanbulFinal(path, document);
  if (report !== null) return ofReport(report, odd);
  const tested = readPytestJsonReport(path, document);
  if (tested !== null) return ofResults(tested, odd);
  const trend = readTrend(path, document);
  if (trend !== null) return ofTrend(trend, odd);
  const percentages = readPercentOnly(path, document);
  if (percentages !== null) return ofReport(percentages, odd);
  const summary = readTestSummary(path, document);
  if (summary !== null) return ofResults(summary, odd);
  return none(
    path,
    "unrecognised",
    "The file is JSON but no known coverage or test format.",
  );
}

function ofReport(report: CoverageReport, odd: readonly Finding[]): Artifact {
  const findings = capped([...odd, ...report.findings]);
  return { kind: "coverage", report: { ...report, findings } };
}

function ofTrend(trend: TrendFile, odd: readonly Finding[]): Artifact {
  const findings = capped([...odd, ...trend.findings]);
  return { kind: "trend", trend: { ...trend, findings } };
}

function ofResults(results: TestResults, odd: readonly Finding[]): Artifact {
  const findings = capped([...odd, ...results.findings]);
  return { kind: "results", results: { ...results, findings } };
}

function none(
  path: string,
  kind: FindingKind,
  message: string,
  line: number | null = null,
): Artifact {
  return { kind: "none", findings: [{ kind, path, line, message }] };
}

function capped(findings: readonly Finding[]): readonly Finding[] {
  const kept = findings
    .slice(0, FINDINGS_KEPT)
    .map((finding) => ({ ...finding, message: clip(finding.message) }));
  const [first] = findings;
  if (first === undefined || findings.length <= FINDINGS_KEPT) return kept;
  return [
    ...kept.slice(0, -1),
    {
      kind: "structure",
      path: first.path,
      line: null,
      message: `${findings.length - FINDINGS_KEPT + 1} more findings about this file are not listed.`,
    },
  ];
}

function clip(message: string): string {
  return message.length <= 500 ? message : `${message.slice(0, 499)}…`;
}
