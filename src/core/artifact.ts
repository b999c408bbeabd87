import type { CoverageReport, TrendFile } from "./coverage/observation.ts";
import type { Finding } from "./finding.ts";
import type { TestResults } from "./results/testResults.ts";

/** What the content of one file turned out to be. Names play no part: `coverage.json` is written by five tools. */
export type Artifact =
  | { readonly kind: "coverage"; readonly report: CoverageReport }
  | { readonly kind: "trend"; readonly trend: TrendFile }
  | { readonly kind: "results"; readonly results: TestResults }
  | { readonly kind: "none"; readonly findings: readonly Finding[] };
