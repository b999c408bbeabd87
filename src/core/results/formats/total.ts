import { formatCount } from "../../coverage/counts.ts";
import type { Finding } from "../../finding.ts";
import { passRate, type TestResults } from "../testResults.ts";

/**
 * The total of some counts, and their pass rate. A total that the file states is believed only where it is greater (tests
 * that left no outcome); where it differs, a finding says so.
 */
export function settleTotal(
  counts: Pick<TestResults, "passed" | "failed" | "errors" | "skipped">,
  stated: number | null,
  path: string,
  findings: Finding[],
): Pick<TestResults, "total" | "passRate"> {
  const sum = counts.passed + counts.failed + counts.errors + counts.skipped;
  if (stated !== null && stated !== sum) {
    findings.push({
      kind: "inconsistent",
      path,
      line: null,
      message: `It counts ${formatCount(stated)} tests, but passed, failed, errors and skipped add up to ${formatCount(sum)}.`,
    });
  }
  return { total: Math.max(sum, stated ?? 0), passRate: passRate(counts) };
}
