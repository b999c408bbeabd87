import { describe, expect, it } from "vitest";
import { read, readReport, told } from "../../../support/readings.ts";

const desktop = {
  target_percent: 80,
  desktop_percent: 74,
  files: { "main.rs": 75, menu: "85.0%" },
  date: "2026-02-11",
  notes: "Calculated from a manual analysis of 108 tests",
};

describe("a report of percentages without counts", () => {
  it("is a coverage report without files that is not believed", () => {
    expect(readReport(desktop)).toMatchObject({
      format: "percent-only",
      percent: 74,
      trust: "estimated",
      totals: { lines: null, statements: null, branches: null },
      files: [],
      measuredAt: "2026-02-11",
    });
  });

  it("tells why, and which files were left out", () => {
    expect(told(readReport(desktop).findings)).toEqual([
      "estimated: It is an estimate: its “notes” reads “Calculated from a manual analysis of 108 tests”.",
      "estimated: It gives percentages without counts, which no coverage tool writes.",
      "structure: Its 2 files have a percentage and no counts; they are left out.",
    ]);
  });

  it("is an estimate even when it does not say so", () => {
    const { trust, measuredAt } = readReport({
      coverage: 60,
      files: { "a.rs": 60 },
    });

    expect(trust).toBe("estimated");
    expect(measuredAt).toBeNull();
  });

  it.each([
    ["no overall percentage", { files: { "main.rs": 75 } }],
    ["an impossible one", { percent: 140, files: { "main.rs": 75 } }],
    ["only a target", { target_percent: 80, files: { "main.rs": 75 } }],
    ["files with something else", { percent: 70, files: { "a.rs": "x" } }],
    ["no files", { percent: 70, files: {} }],
  ])("is not recognised with %s", (_, value) => {
    expect(read(value).kind).toBe("none");
  });
});
