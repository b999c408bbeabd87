import { readFileSync } from "node:fs";
import type { Artifact } from "../../src/core/artifact.ts";
import type {
  CoverageReport,
  TrendFile,
} from "../../src/core/coverage/observation.ts";
import type { Finding } from "../../src/core/finding.ts";
import { readArtifact } from "../../src/core/readArtifact.ts";
import type { TestResults } from "../../src/core/results/testResults.ts";

/** An artifact that a tool wrote: see test/fixtures/artifacts/SOURCE.md. */
export function fixture(name: string): string {
  return readFileSync(
    new URL(`../fixtures/artifacts/${name}`, import.meta.url),
    "utf8",
  );
}

/** What a file with this text, or with this value as JSON, is read as. */
export function read(content: unknown, path = "artifact"): Artifact {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return readArtifact(path, new TextEncoder().encode(text));
}

export function readReport(content: unknown): CoverageReport {
  const artifact = read(content, "coverage.json");
  if (artifact.kind !== "coverage") throw unexpected(artifact);
  return artifact.report;
}

export function readTrendFile(content: unknown): TrendFile {
  const artifact = read(content, "trending.json");
  if (artifact.kind !== "trend") throw unexpected(artifact);
  return artifact.trend;
}

export function readResults(content: unknown): TestResults {
  const artifact = read(content, "tests.txt");
  if (artifact.kind !== "results") throw unexpected(artifact);
  return artifact.results;
}

export function findingsOf(artifact: Artifact): readonly Finding[] {
  switch (artifact.kind) {
    case "coverage":
      return artifact.report.findings;
    case "trend":
      return artifact.trend.findings;
    case "results":
      return artifact.results.findings;
    case "none":
      return artifact.findings;
  }
}

/** `kind: message` of every finding. */
export function told(findings: readonly Finding[]): string[] {
  return findings.map(({ kind, message }) => `${kind}: ${message}`);
}

function unexpected(artifact: Artifact): Error {
  return new Error(`It was read as ${JSON.stringify(artifact)}.`);
}
