import { basisCounts } from "../coverage/basis.ts";
import type { ArtifactVersion } from "../facts.ts";
import type { Finding } from "../finding.ts";
import type { ArtifactSummary } from "../status.ts";

/** One artifact of the tree, in a line. */
export function summaryOf({
  path,
  blob,
  artifact,
  introduced,
}: ArtifactVersion): ArtifactSummary {
  const report = artifact.kind === "coverage" ? artifact.report : null;
  const counts = report && basisCounts(report);
  const content = contentOf(artifact);
  return {
    path,
    blob,
    kind: artifact.kind,
    format: "format" in content ? content.format : null,
    basis: report?.basis ?? null,
    trust: report?.trust ?? null,
    covered: counts?.covered ?? null,
    total: counts?.total ?? null,
    files: report?.files.length ?? null,
    commit: introduced.sha,
    at: introduced.at,
  };
}

/** What was odd about an artifact, with its path. */
export function artifactFindings({
  path,
  artifact,
}: ArtifactVersion): Finding[] {
  return contentOf(artifact).findings.map((finding) => ({ ...finding, path }));
}

function contentOf(artifact: ArtifactVersion["artifact"]) {
  switch (artifact.kind) {
    case "coverage":
      return artifact.report;
    case "trend":
      return artifact.trend;
    case "results":
      return artifact.results;
    case "none":
      return artifact;
  }
}
