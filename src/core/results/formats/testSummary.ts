import { asCount } from "../../coverage/formats/numbers.ts";
import type { Finding } from "../../finding.ts";
import {
  isJsonObject,
  type JsonDocument,
  type JsonObject,
} from "../../jsonText.ts";
import type { TestResults } from "../testResults.ts";
import { settleTotal } from "./total.ts";

const PASSED = ["passed", "tests_passed", "tests_passing", "passing"];
const FAILED = ["failed", "tests_failed", "tests_failing", "failing"];
const ERRORS = ["errors", "error", "tests_errors"];
const SKIPPED = ["skipped", "tests_skipped"];
const FLAKY = ["flaky", "flaky_tests", "flaky_retries"];
const TOTAL = ["total", "total_tests", "tests_total", "test_count", "tests"];
const DURATION = [
  "duration_seconds",
  "duration",
  "execution_time_seconds",
  "execution_time",
];

/** Reads a summary that a script wrote: one object with `passed` and with `failed` or a total, at the top or under `summary` or `results`. */
export function readTestSummary(
  path: string,
  { value: root }: JsonDocument,
): TestResults | null {
  if (!isJsonObject(root)) return null;
  for (const candidate of [root, root["summary"], root["results"]]) {
    if (!isJsonObject(candidate)) continue;
    const passed = countOf(candidate, PASSED);
    if (passed !== null) return resultsOf(path, candidate, passed, root);
  }
  return null;
}

function resultsOf(
  path: string,
  summary: JsonObject,
  passed: number,
  root: JsonObject,
): TestResults | null {
  const errors = countOf(summary, ERRORS) ?? 0;
  const skipped = countOf(summary, SKIPPED) ?? 0;
  const total = countOf(summary, TOTAL);
  let failed = countOf(summary, FAILED);
  const findings: Finding[] = [];
  if (failed === null) {
    if (total === null) return null;
    failed = Math.max(0, total - passed - errors - skipped);
    findings.push({
      kind: "ambiguous",
      path,
      line: null,
      message:
        "It does not say how many tests failed; all that neither passed nor were skipped are counted as failed.",
    });
  }
  const counts = { passed, failed, errors, skipped };
  return {
    format: "test-summary",
    ...counts,
    flaky: countOf(summary, FLAKY) ?? 0,
    ...settleTotal(counts, total, path, findings),
    durationSeconds: durationOf(summary) ?? durationOf(root),
    failures: [],
    complete: true,
    findings,
  };
}

function countOf(summary: JsonObject, keys: readonly string[]): number | null {
  for (const key of keys) {
    const count = asCount(summary[key]);
    if (count !== null) return count;
  }
  return null;
}

function durationOf(summary: JsonObject): number | null {
  for (const key of DURATION) {
    const seconds = summary[key];
    if (typeof seconds === "number" && seconds >= 0) return seconds;
  }
  return null;
}
