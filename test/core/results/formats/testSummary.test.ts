import { describe, expect, it } from "vitest";
import { read, readResults, told } from "../../../support/readings.ts";

describe("a summary of tests that a script wrote", () => {
  it("is read with its counts, its pass rate and its duration", () => {
    expect(
      readResults({
        total: 12,
        passed: 9,
        failed: 1,
        errors: 1,
        skipped: 1,
        flaky: 2,
        duration_seconds: 4.5,
      }),
    ).toEqual({
      format: "test-summary",
      passed: 9,
      failed: 1,
      errors: 1,
      skipped: 1,
      flaky: 2,
      total: 12,
      passRate: (9 / 11) * 100,
      durationSeconds: 4.5,
      failures: [],
      complete: true,
      findings: [],
    });
  });

  it("is found below “summary”, with the duration beside it", () => {
    const results = readResults({
      summary: { passed: 3, failed: 0 },
      duration: 2,
    });

    expect(results).toMatchObject({ passed: 3, total: 3, durationSeconds: 2 });
  });

  it("tells when its total is less than its parts, and adds them up", () => {
    const { total, findings } = readResults({
      test_count: 55_248,
      passed: 42_275,
      failed: 12_982,
      execution_time_seconds: 87.17,
    });

    expect(total).toBe(55_257);
    expect(told(findings)).toEqual([
      "inconsistent: It counts 55,248 tests, but passed, failed, errors and skipped add up to 55,257.",
    ]);
  });

  it("tells when its total is more than its parts, and keeps it", () => {
    const { total, findings } = readResults({
      total: 10,
      passed: 7,
      failed: 1,
    });

    expect(total).toBe(10);
    expect(findings.map(({ kind }) => kind)).toEqual(["inconsistent"]);
  });

  it("counts as failed what neither passed nor was skipped, and says so", () => {
    const { failed, passRate, findings } = readResults({
      total: 10,
      passed: 7,
      skipped: 1,
    });

    expect(failed).toBe(2);
    expect(passRate).toBeCloseTo((7 / 9) * 100);
    expect(findings.map(({ kind }) => kind)).toEqual(["ambiguous"]);
  });

  it("has no duration when that is no number", () => {
    expect(
      readResults({ passed: 1, failed: 0, duration: "fast" }).durationSeconds,
    ).toBeNull();
  });

  it("has no pass rate when every test was skipped", () => {
    expect(
      readResults({ passed: 0, failed: 0, skipped: 4 }).passRate,
    ).toBeNull();
  });

  it.each([
    ["counts that are none", { passed: true, failed: false }],
    ["passed tests alone", { passed: 3 }],
    ["a plain list", [1, 2]],
  ])("is not recognised in %s", (_, value) => {
    expect(read(value).kind).toBe("none");
  });
});
