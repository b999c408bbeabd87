import * as fc from "fast-check";
import type {
  CoverageReport,
  FileCoverage,
} from "../../src/core/coverage/observation.ts";

/** `["core/models.py", 80, 100]`, with branches behind where the report counts them. */
export type Row = readonly [
  path: string,
  covered: number,
  total: number,
  branchesCovered?: number,
  branchesTotal?: number,
];

/** A trusted line report as coverage.py writes one, with totals that agree with its files. */
export function reportOf(
  rows: readonly Row[],
  overrides: Partial<CoverageReport> = {},
): CoverageReport {
  const files = rows.map(fileOf);
  const sum = (of: (file: FileCoverage) => number) =>
    files.reduce((total, file) => total + of(file), 0);
  const lines = { covered: sum((f) => f.covered), total: sum((f) => f.total) };
  const branches = files.some((file) => file.branches)
    ? {
        covered: sum((f) => f.branches?.covered ?? 0),
        total: sum((f) => f.branches?.total ?? 0),
      }
    : null;
  const counted = {
    covered: lines.covered + (branches?.covered ?? 0),
    total: lines.total + (branches?.total ?? 0),
  };
  return {
    format: "coverage.py",
    tool: "coverage.py 7.6.1",
    basis: branches ? "line+branch" : "line",
    trust: "measured",
    trustWhy: null,
    percent:
      counted.total === 0 ? null : (counted.covered / counted.total) * 100,
    totals: { lines, statements: null, branches, functions: null },
    files,
    measuredAt: null,
    findings: [],
    ...overrides,
  };
}

function fileOf([
  path,
  covered,
  total,
  branchesCovered,
  branchesTotal,
]: Row): FileCoverage {
  return {
    path,
    covered,
    total,
    branches:
      branchesCovered === undefined || branchesTotal === undefined
        ? null
        : { covered: branchesCovered, total: branchesTotal },
  };
}

/** Any trusted report that measured something. */
export function anyReport(): fc.Arbitrary<CoverageReport> {
  const segment = fc.constantFrom("core", "api", "a", "b", "models.py", "x.ts");
  const counts = fc
    .tuple(fc.nat({ max: 3000 }), fc.nat({ max: 3000 }))
    .map(([covered, missed]) => [covered, covered + missed] as const);
  const row = fc
    .record({
      path: fc.array(segment, { minLength: 1, maxLength: 4 }),
      lines: counts,
      branches: counts,
    })
    .map(({ path, lines, branches }): Row => [
      path.join("/"),
      ...lines,
      ...branches,
    ]);
  return fc
    .record({
      rows: fc.uniqueArray(row, {
        minLength: 1,
        maxLength: 12,
        selector: ([path]) => path,
      }),
      basis: fc.constantFrom(
        "line",
        "statement",
        "branch",
        "line+branch",
        "region",
      ),
    })
    .filter(({ rows, basis }) =>
      rows.some(([, , lines, , branches]) =>
        basis === "branch" ? (branches ?? 0) > 0 : lines > 0,
      ),
    )
    .map(({ rows, basis }) => reportOf(rows, { basis }));
}
