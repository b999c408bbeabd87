import { z } from "zod";
import type { Finding } from "../../finding.ts";
import {
  isJsonObject,
  type JsonDocument,
  type JsonObject,
} from "../../jsonText.ts";
import type { TestResults } from "../testResults.ts";
import { settleTotal } from "./total.ts";

const count = z.int().nonnegative().default(0);

/** https://github.com/numirias/pytest-json-report#summary: outcomes that did not occur have no key. */
const Summary = z.object({
  passed: count,
  failed: count,
  error: count,
  skipped: count,
  xfailed: count,
  xpassed: count,
  rerun: count,
  total: z.int().nonnegative(),
});

const Report = z.object({
  exitcode: z.int(),
  duration: z.number().nonnegative().nullable().catch(null),
  summary: Summary,
});

const Stage = z.object({
  crash: z.object({ message: z.string() }).optional().catch(undefined),
  longrepr: z.string().optional().catch(undefined),
});

/** Tests beyond it are counted and not listed. */
const FAILURES_LISTED = 500;
const MESSAGE_LENGTH = 500;

/** pytest's exit codes from which on the run itself went wrong: interrupted, internal error, wrong usage. */
const DID_NOT_FINISH = new Set([2, 3, 4]);

/**
 * Reads the report of pytest-json-report, or null when it is something else. An expected failure (xfailed) counts as skipped: it proves
 * nothing. An unexpected pass (xpassed) counts as passed, as pytest itself does without `xfail_strict`.
 */
export function readPytestJsonReport(
  path: string,
  { value: root }: JsonDocument,
): TestResults | null {
  const { data } = Report.safeParse(root);
  if (data === undefined || !isJsonObject(root)) return null;
  const { summary, exitcode, duration } = data;
  const findings: Finding[] = [];
  const tests = Array.isArray(root["tests"]) ? root["tests"] : [];
  const failed = tests
    .filter(isJsonObject)
    .filter(({ outcome }) => outcome === "failed" || outcome === "error");
  if (failed.length > FAILURES_LISTED) {
    findings.push({
      kind: "too_large",
      path,
      line: null,
      message: `Only the first ${FAILURES_LISTED} of ${failed.length} failures are listed; all are counted.`,
    });
  }
  const complete = !DID_NOT_FINISH.has(exitcode);
  if (!complete) {
    findings.push({
      kind: "structure",
      path,
      line: null,
      message: `The run ended with exit code ${exitcode}, so its counts are a lower bound.`,
    });
  }
  const counts = {
    passed: summary.passed + summary.xpassed,
    failed: summary.failed,
    errors: summary.error,
    skipped: summary.skipped + summary.xfailed,
  };
  return {
    format: "pytest-json-report",
    ...counts,
    flaky: summary.rerun,
    ...settleTotal(counts, summary.total - summary.rerun, path, findings),
    durationSeconds: duration,
    failures: failed.slice(0, FAILURES_LISTED).map((test) => ({
      name: nameOf(test).slice(0, MESSAGE_LENGTH),
      message: messageOf(test).slice(0, MESSAGE_LENGTH),
    })),
    complete,
    findings,
  };
}

function nameOf({ nodeid }: JsonObject): string {
  return typeof nodeid === "string" ? nodeid : "a test without a name";
}

function messageOf(test: JsonObject): string {
  for (const stage of ["setup", "call", "teardown"]) {
    const { data } = Stage.safeParse(test[stage]);
    const message = data?.crash?.message ?? data?.longrepr;
    if (message !== undefined) return message;
  }
  return "";
}
