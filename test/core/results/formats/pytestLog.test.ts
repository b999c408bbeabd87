import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixture, read, readResults, told } from "../../../support/readings.ts";

const START =
  "============================= test session starts ==============================";
const LOWER_BOUND =
  "structure: The log ends before the summary line of its run, so its counts are a lower bound.";

describe("a log of pytest", () => {
  it.each([
    "pytest-v.txt",
    "pytest-q.txt",
    "pytest-color.txt",
    "pytest-xdist.txt",
  ])("is read alike however it was printed: %s", (name) => {
    const { durationSeconds, failures, ...results } = readResults(
      fixture(name),
    );

    expect(results).toEqual({
      format: "pytest-log",
      passed: 4,
      failed: 2,
      errors: 1,
      skipped: 2,
      flaky: 0,
      total: 9,
      passRate: (4 / 7) * 100,
      complete: true,
      findings: [],
    });
    expect(durationSeconds).toBeGreaterThan(0);
    expect(failures.map((failure) => failure.name).toSorted()).toEqual([
      "tests/test_cart.py::test_discount",
      "tests/test_cart.py::test_names[a - b]",
      "tests/test_cart.py::test_saved",
    ]);
    expect(failures).toContainEqual({
      name: "tests/test_cart.py::test_saved",
      message: "RuntimeError: no database",
    });
  });

  it.each([
    [
      "=== 12 failed, 131 passed, 3 skipped, 1 error in 45.23s (0:00:45) ===",
      {
        failed: 12,
        passed: 131,
        skipped: 3,
        errors: 1,
        durationSeconds: 45.23,
      },
    ],
    [
      "5 passed, 2 deselected, 1 warning in 0.50s",
      { passed: 5, total: 5, durationSeconds: 0.5 },
    ],
    [
      "===== 3 passed in 2.10 seconds =====",
      { passed: 3, durationSeconds: 2.1 },
    ],
    [
      "== 7 passed, 4 subtests passed, 2 errors in 90061.00s (1 day, 1:01:01) ==",
      { passed: 7, errors: 2, durationSeconds: 90061 },
    ],
    ["no tests ran in 0.01s", { total: 0, passRate: null }],
    ["=== 158 tests collected in 0.02s ===", { total: 0, passRate: null }],
    ["2026-02-17T20:48:55.7720170Z === 4 passed in 1.00s ===", { passed: 4 }],
  ])("is known by its last line alone: %s", (line, expected) => {
    expect(readResults(`${line}\n`)).toMatchObject({
      ...expected,
      complete: true,
      findings: [],
    });
  });

  it.each([
    "We saw that 5 passed in 0.50s when it was warm.",
    "=== 3 apples in 2.10s ===",
    "in 3 days",
    "loading...",
    "....",
  ])("is not taken for one: %s", (text) => {
    expect(read(text).kind).toBe("none");
  });

  it("counts no failure twice and keeps the separator in parameters", () => {
    const { failures } = readResults(
      [
        "=========================== short test summary info ============================",
        "FAILED tests/test_a.py::test_x[a - b] - assert 1 == 2 - really",
        "FAILED tests/test_a.py::test_y[c - d]",
        "FAILED tests/test_a.py::test_z - index[0] - wrong",
        "FAILED tests/test_a.py::test_cut[e - f",
        "ERROR tests/test_b.py",
        "4 failed, 1 error in 0.10s",
      ].join("\n"),
    );

    expect(failures).toEqual([
      {
        name: "tests/test_a.py::test_x[a - b]",
        message: "assert 1 == 2 - really",
      },
      { name: "tests/test_a.py::test_y[c - d]", message: "" },
      { name: "tests/test_a.py::test_z", message: "index[0] - wrong" },
      { name: "tests/test_a.py::test_cut[e", message: "f" },
      { name: "tests/test_b.py", message: "" },
    ]);
  });

  it("lists 500 failures and counts all", () => {
    const lines = Array.from(
      { length: 600 },
      (_, index) =>
        `FAILED tests/test_a.py::test_${index} - ${"x".repeat(900)}`,
    );
    const { failed, failures, findings } = readResults(
      [...lines, "600 failed in 9.00s"].join("\n"),
    );

    expect(failed).toBe(600);
    expect(failures).toHaveLength(500);
    expect(failures[0]?.message).toHaveLength(500);
    expect(told(findings)).toEqual([
      "too_large: Only the first 500 of 600 failures are listed; all are counted.",
    ]);
  });
});

describe("a log that ends too early", () => {
  it("is counted from its dots, as a lower bound", () => {
    const { complete, durationSeconds, findings, ...counts } = readResults(
      [
        START,
        "collected 20 items",
        "",
        "tests/test_a.py ..F.sx                     [ 30%]",
        "tests/test_b.py XR.E",
        "..",
      ].join("\n"),
    );

    expect(counts).toMatchObject({
      passed: 7,
      failed: 1,
      errors: 1,
      skipped: 2,
      total: 20,
      failures: [],
    });
    expect(complete).toBe(false);
    expect(durationSeconds).toBeNull();
    expect(told(findings)).toEqual([
      LOWER_BOUND,
      "inconsistent: It counts 20 tests, but passed, failed, errors and skipped add up to 11.",
    ]);
  });

  it("does not count a test that was about to run again", () => {
    const { total } = readResults(
      `${START}\ntests/test_a.py::test_net RERUN   [ 33%]\n`,
    );

    expect(total).toBe(0);
  });

  it("is counted from the names of its tests, and names those that failed", () => {
    const text = fixture("pytest-v.txt");
    const { passed, failed, errors, skipped, failures, complete } = readResults(
      text.slice(0, text.indexOf("= FAILURES =")),
    );

    expect({ passed, failed, errors, skipped, complete }).toEqual({
      passed: 4,
      failed: 2,
      errors: 1,
      skipped: 2,
      complete: false,
    });
    expect(failures).toEqual([
      { name: "tests/test_cart.py::test_discount", message: "" },
      { name: "tests/test_cart.py::test_names[a - b]", message: "" },
      { name: "tests/test_cart.py::test_saved", message: "" },
    ]);
  });

  it("does not count what tests printed after the first section", () => {
    const { passed } = readResults(
      [
        START,
        "tests/test_a.py ..F  [100%]",
        "=================================== FAILURES ===================================",
        "----------------------------- Captured stdout call -----------------------------",
        "......",
      ].join("\n"),
    );

    expect(passed).toBe(2);
  });

  it("is a lower bound when the run was broken off, even with a summary line", () => {
    const { complete, total, findings } = readResults(
      [
        START,
        "collected 158 items / 8 deselected / 150 selected",
        "tests/test_a.py .F",
        "!!!!!!!!!!!!!!!!!!!!!!!!!! stopping after 1 failures !!!!!!!!!!!!!!!!!!!!!!!!!!!",
        "========================= 1 failed, 1 passed in 0.03s ==========================",
      ].join("\n"),
    );

    expect(complete).toBe(false);
    expect(total).toBe(150);
    expect(told(findings)).toEqual([
      "structure: The run did not finish (stopping after 1 failures), so its counts are a lower bound.",
      "inconsistent: It counts 150 tests, but passed, failed, errors and skipped add up to 2.",
    ]);
  });
});

describe("a log of several runs", () => {
  it("is that of the last one, and says so", () => {
    const { passed, failures, findings } = readResults(
      [
        fixture("pytest-v.txt"),
        START,
        "collected 3 items",
        "tests/test_a.py ...",
        "=== 3 passed in 0.03s ===",
      ].join("\n"),
    );

    expect(passed).toBe(3);
    expect(failures).toEqual([]);
    expect(told(findings)).toEqual([
      "ambiguous: The log holds 2 test runs; the last one is taken.",
    ]);
  });

  it("is incomplete when only the last one is", () => {
    const { passed, complete } = readResults(
      ["....  [100%]", "4 passed in 0.10s", "..F  [ 30%]"].join("\n"),
    );

    expect({ passed, complete }).toEqual({ passed: 2, complete: false });
  });

  it("tells apart runs that left only their last lines", () => {
    const { passed, findings } = readResults(
      "4 passed in 0.10s\n6 passed in 0.20s\n",
    );

    expect(passed).toBe(6);
    expect(findings).toHaveLength(1);
  });
});

describe("tests that were run again", () => {
  it("are flaky when they passed in the end", () => {
    const { flaky, passed, failed, findings } = readResults(
      [
        START,
        "tests/test_a.py::test_net RERUN   [ 33%]",
        "tests/test_a.py::test_net PASSED  [ 33%]",
        "tests/test_a.py::test_bad RERUN   [ 66%]",
        "tests/test_a.py::test_bad FAILED  [ 66%]",
        "tests/test_a.py::test_ok PASSED   [100%]",
        "=== 1 failed, 2 passed, 2 rerun in 0.03s ===",
      ].join("\n"),
    );

    expect({ flaky, passed, failed, findings }).toEqual({
      flaky: 1,
      passed: 2,
      failed: 1,
      findings: [],
    });
  });

  it("are taken for flaky when only their number is known, and that is said", () => {
    const { flaky, findings } = readResults(
      "=== 12 failed, 131 passed, 2 rerun in 45.23s (0:00:45) ===",
    );

    expect(flaky).toBe(2);
    expect(told(findings)).toEqual([
      "ambiguous: The log counts 2 reruns and does not name them; they are taken for as many flaky tests, which is the most there can be.",
    ]);
  });

  it("are never more than the tests that passed", () => {
    expect(
      readResults("31 failed, 24 passed, 4 skipped, 93 rerun in 114.64s").flaky,
    ).toBe(24);
  });
});

describe("laws of pytest logs", () => {
  it("an incomplete log never counts more than the complete one", () => {
    const whole = fixture("pytest-v.txt");
    const most = readResults(whole);
    fc.assert(
      fc.property(fc.integer({ min: 100, max: whole.length }), (length) => {
        const part = readResults(whole.slice(0, length));

        expect(part.passed).toBeLessThanOrEqual(most.passed);
        expect(part.failed).toBeLessThanOrEqual(most.failed);
        expect(part.total).toBeLessThanOrEqual(most.total);
      }),
    );
  });
});
