import type { Counts } from "./counts.ts";
import type { CoverageReport, FileCoverage } from "./observation.ts";

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
