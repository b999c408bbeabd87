import type { Finding } from "../finding.ts";

/** What a test-result file or log says: the shape of `phasewatch results --json`, without its path. */
export interface TestResults {
  /** `pytest-log`, `test-summary` … */
  readonly format: string;
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly skipped: number;
  readonly flaky: number;
  /** passed + failed + errors + skipped, unless the file counts more: then a finding says so. */
  readonly total: number;
  /** 100 × passed / (passed + failed + errors): skipped never count as passed. Null when none ran. */
  readonly passRate: number | null;
  readonly durationSeconds: number | null;
  readonly failures: readonly {
    readonly name: string;
    readonly message: string;
  }[];
  /** A log that ended before its summary line: its counts are a lower bound. */
  readonly complete: boolean;
  readonly findings: readonly Finding[];
}

/** 100 × passed / (passed + failed + errors), the formula of the phase documents themselves; null when none ran. */
export function passRate(counts: {
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
}): number | null {
  const ran = counts.passed + counts.failed + counts.errors;
  return ran === 0 ? null : (counts.passed / ran) * 100;
}
