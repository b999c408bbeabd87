import type { Finding } from "../finding.ts";
import type { Counts } from "./counts.ts";

/** How far a measurement may be believed. `stale` is said by the judge, never by a reader: it depends on who asks. */
export type Trust = "measured" | "inconsistent" | "estimated" | "stale";

/** What one number of a report counts. */
export type Basis = "line" | "statement" | "branch" | "line+branch" | "region";

/** What a coverage report measured: the shape of `phasewatch coverage --json`, without its path. */
export interface CoverageReport {
  /** `coverage.py`, `istanbul-final`, `istanbul-summary`, … */
  readonly format: string;
  /** Tool and version as the report states them. */
  readonly tool: string | null;
  readonly basis: Basis;
  readonly trust: Trust;
  /** Why the trust is not `measured`. */
  readonly trustWhy: string | null;
  /** The report's own overall percentage where it states one, else computed from the totals; null for 0 of 0. */
  readonly percent: number | null;
  readonly totals: {
    readonly lines: Counts | null;
    readonly statements: Counts | null;
    readonly branches: Counts | null;
    readonly functions: Counts | null;
  };
  readonly files: readonly FileCoverage[];
  /** As the tool wrote it: ISO 8601, often local time without a zone. */
  readonly measuredAt: string | null;
  readonly findings: readonly Finding[];
}

export interface FileCoverage {
  /** As written by the tool, with `/`. */
  readonly path: string;
  /** Lines or statements, whichever the format counts. */
  readonly covered: number;
  readonly total: number;
  readonly branches: Counts | null;
}

/** A file in which a project keeps numbers of several runs: `trending.json` and its relatives. */
export interface TrendFile {
  /** Which of the shapes it has: `trend-history`, `trend-phases`, … */
  readonly format: string;
  /** In the file's order; the last of a phase is its newest. */
  readonly entries: readonly TrendEntry[];
  readonly findings: readonly Finding[];
}

/** One recorded run. Numbers a script or a person wrote down: never as good as a report. */
export interface TrendEntry {
  /** As written: ISO 8601 with or without zone, or a bare date. */
  readonly at: string | null;
  /** As written: `19`, `phase_12`, `19-coverage-push-and-bug-fixes`. */
  readonly phase: string | null;
  readonly plan: string | null;
  /** What the number is about: null for the whole project, else a file or a sub-project as written. */
  readonly scope: string | null;
  readonly percent: number | null;
  /** Only where the counts agree with the percentage, or no percentage is given. */
  readonly lines: Counts | null;
  readonly files: readonly {
    readonly path: string;
    readonly percent: number;
  }[];
  readonly tests: {
    readonly passed: number | null;
    readonly failed: number | null;
    readonly errors: number | null;
    readonly skipped: number | null;
    readonly total: number | null;
    /** As written, in percent. */
    readonly passRate: number | null;
  } | null;
  readonly trust: Trust;
  readonly trustWhy: string | null;
}
