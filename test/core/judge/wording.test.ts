import { describe as suite, expect, it } from "vitest";
import {
  describe,
  files,
  said,
  short,
  threshold,
} from "../../../src/core/judge/wording.ts";
import { aClaim, aTarget } from "../../support/facts.ts";
import { measuredOf } from "../../support/statuses.ts";

suite("a threshold", () => {
  it.each([
    [{ op: ">=", value: 98 }, "≥ 98 %"],
    [{ op: ">", value: 50.5 }, "> 50.5 %"],
    [{ op: "range", value: 25, upper: 27 }, "25–27 %"],
    [{ op: "==", value: 0, unit: "tests" }, "= 0 tests"],
    [{ op: "<=", value: 1200, unit: "tests" }, "≤ 1,200 tests"],
    [{ op: "<", value: 60, unit: "s" }, "< 60 s"],
    [{ value: 3, unit: "pp" }, "≥ 3 points"],
    [{ value: 50, tolerance: 2 }, "≥ 50 % (±2)"],
  ] as const)("%j reads %s", (target, text) => {
    expect(threshold(aTarget(target))).toBe(text);
  });
});

suite("a measurement", () => {
  it("never travels without its counts, files, artifact and commit", () => {
    expect(
      describe({ ...measuredOf(22), covered: 830, total: 3776, files: 2 }, "%"),
    ).toBe("22.0 % (830 / 3,776 lines, 2 files, coverage.json at c0ffee1)");
    expect(
      describe({ ...measuredOf(22), covered: null, files: null }, "%"),
    ).toBe("22.0 % (no counts, coverage.json at c0ffee1)");
    expect(describe({ ...measuredOf(22), total: null, files: 1 }, "%")).toBe(
      "22.0 % (no counts, 1 file, coverage.json at c0ffee1)",
    );
  });

  it.each([
    ["line", "lines"],
    ["statement", "statements"],
    ["branch", "branches"],
    ["line+branch", "lines and branches"],
    ["region", "regions"],
    ["function", "functions"],
    ["mutant", "mutant"],
    [null, "tests"],
  ])("of %s counts %s", (basis, word) => {
    expect(describe({ ...measuredOf(50), basis }, "%")).toContain(
      `(500 / 1,000 ${word},`,
    );
  });

  it("is in its own unit", () => {
    expect(describe(measuredOf(1200), "tests")).toMatch(/^1,200 \(/);
    expect(describe(measuredOf(9.5), "s")).toMatch(/^9\.5 s \(/);
  });
});

suite("what a document says", () => {
  it.each([
    [{ value: 55.32 }, "55.32 %"],
    [{ value: 21, upper: 22 }, "21–22 %"],
    [{ value: 95, atLeast: true }, "at least 95 %"],
    [{ value: 100, fraction: { n: 1690, d: 1690 } }, "100 % (1,690 / 1,690)"],
    [{ value: 3, unit: "pp" }, "3 points"],
    [{ value: 91, unit: "tests" }, "91 tests"],
    [{ value: "complete", unit: null }, "complete"],
  ] as const)("%j reads %s", (claim, text) => {
    expect(said(aClaim(claim))).toBe(text);
  });
});

it("writes files and commits as people do", () => {
  expect([files(1), files(0), files(1412)]).toEqual([
    "1 file",
    "0 files",
    "1,412 files",
  ]);
  expect(short("4cf180b2f0a5c1d9")).toBe("4cf180b");
});
