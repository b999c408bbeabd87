import { describe, expect, it } from "vitest";
import { readResults, told } from "../../../support/readings.ts";

function report(summary: object, more: object = {}): object {
  return {
    created: 1_771_000_000.5,
    duration: 12.5,
    exitcode: 1,
    root: "/srv/shop",
    summary,
    ...more,
  };
}

describe("a report of pytest-json-report", () => {
  it("is read with its failures", () => {
    expect(
      readResults(
        report(
          {
            passed: 2,
            failed: 1,
            error: 1,
            skipped: 1,
            total: 5,
            collected: 5,
          },
          {
            tests: [
              { nodeid: "tests/test_a.py::test_ok", outcome: "passed" },
              {
                nodeid: "tests/test_a.py::test_sum",
                outcome: "failed",
                setup: { outcome: "passed" },
                call: { crash: { message: "assert 5 == 4", lineno: 7 } },
              },
              {
                nodeid: "tests/test_a.py::test_saved",
                outcome: "error",
                setup: { longrepr: "RuntimeError: no database" },
              },
            ],
          },
        ),
      ),
    ).toEqual({
      format: "pytest-json-report",
      passed: 2,
      failed: 1,
      errors: 1,
      skipped: 1,
      flaky: 0,
      total: 5,
      passRate: 50,
      durationSeconds: 12.5,
      failures: [
        { name: "tests/test_a.py::test_sum", message: "assert 5 == 4" },
        {
          name: "tests/test_a.py::test_saved",
          message: "RuntimeError: no database",
        },
      ],
      complete: true,
      findings: [],
    });
  });

  it("counts an expected failure as skipped and an unexpected pass as passed", () => {
    expect(
      readResults(report({ passed: 1, xfailed: 2, xpassed: 3, total: 6 })),
    ).toMatchObject({ passed: 4, skipped: 2, passRate: 100, total: 6 });
  });

  it("counts tests that were run again as flaky and once in the total", () => {
    const { flaky, total, findings } = readResults(
      report({ passed: 5, rerun: 2, total: 7 }),
    );

    expect({ flaky, total, findings }).toEqual({
      flaky: 2,
      total: 5,
      findings: [],
    });
  });

  it("is a lower bound when the run was interrupted", () => {
    const { complete, findings } = readResults(
      report({ passed: 5, total: 5 }, { exitcode: 2 }),
    );

    expect(complete).toBe(false);
    expect(told(findings)).toEqual([
      "structure: The run ended with exit code 2, so its counts are a lower bound.",
    ]);
  });

  it("lists 500 failures, names the rest by number and cuts long messages", () => {
    const tests = Array.from({ length: 600 }, (_, index) => ({
      nodeid: index === 0 ? undefined : `test_${index}`,
      outcome: "failed",
      call: index === 1 ? {} : { crash: { message: "x".repeat(2000) } },
    }));
    const { failures, failed, findings } = readResults(
      report({ failed: 600, total: 600 }, { tests }),
    );

    expect(failed).toBe(600);
    expect(failures).toHaveLength(500);
    expect(failures[0]).toEqual({
      name: "a test without a name",
      message: "x".repeat(500),
    });
    expect(failures[1]?.message).toBe("");
    expect(told(findings)).toEqual([
      "too_large: Only the first 500 of 600 failures are listed; all are counted.",
    ]);
  });
});
