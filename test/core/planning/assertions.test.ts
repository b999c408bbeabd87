import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAssertions } from "../../../src/core/planning/assertions.ts";

const read = (line: string) => readAssertions([line], 7);

describe("an assertion of a plan's own check", () => {
  test.each([
    [
      "    assert 25 <= cov <= 30, f'{cov}% is out of range'",
      { metric: "coverage", op: "range", value: 25, upper: 30 },
    ],
    [
      "assert overall_coverage >= 28",
      { metric: "coverage", op: ">=", value: 28, upper: null },
    ],
    [
      `python -c "d = load(); assert d['totals']['percent_covered'] >= 26.5"`,
      { metric: "coverage", op: ">=", value: 26.5, upper: null },
    ],
    [
      String.raw`python -c "assert d[\"totals\"][\"percent_covered\"] > 40"`,
      { metric: "coverage", op: ">", value: 40, upper: null },
    ],
    [
      "assert pass_rate >= 98",
      { metric: "pass_rate", op: ">=", value: 98, upper: null },
    ],
  ])("is read: %s", (line, assertion) => {
    expect(read(line)).toEqual([{ ...assertion, line: 7 }]);
  });

  test.each([
    ["of one file", "assert models_cov >= 50"],
    ["of a mean that is called overall", "assert overall >= 50"],
    ["of a variable bound", "assert coverage >= minimum"],
    ["of a share of one", "assert coverage >= 0.6"],
    ["of a fraction", "assert coverage >= 60 / 100"],
    ["of something else", "assert hit_rate > 90"],
    ["that leaves the ends out", "assert 25 < cov < 30"],
    ["in a line of data", `assert cov >= 28 ${"x".repeat(1_000)}`],
    ["that is only spoken of", "The tests assert coverage of 28 lines."],
  ])("%s is left out", (_, line) => {
    expect(read(line)).toEqual([]);
  });

  test("is numbered by its line in the document", () => {
    expect(readAssertions(["x = 1", "assert cov >= 28"], 40)[0]?.line).toBe(41);
  });

  test("is one of fifty at most", () => {
    const lines = Array.from({ length: 80 }, () => "assert cov >= 28");
    expect(readAssertions(lines, 1)).toHaveLength(50);
  });

  test("never fails, whatever stands in a line", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (lines) => {
        readAssertions([...lines, ...lines.map((line) => `assert ${line}`)], 1);
      }),
    );
  });
});
