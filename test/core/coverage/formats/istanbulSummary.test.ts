import { describe, expect, it } from "vitest";
import { fixture, read, readReport, told } from "../../../support/readings.ts";

function metric(covered: number, total: number, pct?: unknown): object {
  return {
    total,
    covered,
    skipped: 0,
    pct: pct ?? Math.floor((covered / total) * 10_000) / 100,
  };
}

describe("coverage-summary.json of Istanbul", () => {
  it("is read with its files and all four metrics", () => {
    expect(readReport(fixture("istanbul-summary.json"))).toEqual({
      format: "istanbul-summary",
      tool: null,
      basis: "line",
      trust: "measured",
      trustWhy: null,
      percent: 90.9,
      totals: {
        lines: { covered: 10, total: 11 },
        statements: { covered: 15, total: 17 },
        branches: { covered: 4, total: 6 },
        functions: { covered: 3, total: 4 },
      },
      files: [
        {
          path: "/srv/shop/src/rates.js",
          covered: 6,
          total: 6,
          branches: { covered: 3, total: 4 },
        },
        {
          path: "/srv/shop/src/stock.js",
          covered: 4,
          total: 5,
          branches: { covered: 1, total: 2 },
        },
      ],
      measuredAt: null,
      findings: [],
    });
  });

  it.each(["Unknown", 100, 0])(
    "has no percentage for 0 of 0, written as %s",
    (pct) => {
      const { percent, trust } = readReport({
        total: { lines: metric(0, 0, pct) },
      });

      expect(percent).toBeNull();
      expect(trust).toBe("measured");
    },
  );

  it("is read with lines alone", () => {
    const { totals, files } = readReport({
      total: { lines: metric(1, 2) },
      "src\\a.ts": { lines: metric(1, 2), branches: { total: "none" } },
    });

    expect(totals).toEqual({
      lines: { covered: 1, total: 2 },
      statements: null,
      branches: null,
      functions: null,
    });
    expect(files).toEqual([
      { path: "src/a.ts", covered: 1, total: 2, branches: null },
    ]);
  });

  it("is inconsistent when its files do not add up to its total", () => {
    const { trust, trustWhy, findings } = readReport({
      total: { lines: metric(5, 10) },
      "a.ts": { lines: metric(1, 2) },
    });

    expect(trust).toBe("inconsistent");
    expect(trustWhy).toBe(
      "Its total says 5 of 10 lines, but its files add up to 1 of 2.",
    );
    expect(told(findings)).toEqual([`inconsistent: ${trustWhy}`]);
  });

  it("is inconsistent when a percentage is not that of its counts", () => {
    const { trust, trustWhy } = readReport({
      total: { lines: metric(1, 2), functions: metric(1, 2, 80) },
      "a.ts": { lines: metric(1, 2, 75) },
    });

    expect(trust).toBe("inconsistent");
    expect(trustWhy).toBe(
      "a.ts says 75 % of its lines, but 1 of 2 are 50 %. The report says 80 % of its functions, but 1 of 2 are 50 %.",
    );
  });

  it("computes its percentage when the stated one is impossible", () => {
    const { percent, trust } = readReport({
      total: { lines: metric(1, 2, 180) },
    });

    expect(percent).toBe(50);
    expect(trust).toBe("inconsistent");
  });

  it("leaves out a file without line counts, says so, and is not believed", () => {
    const { files, trust, findings } = readReport({
      total: { lines: metric(1, 2) },
      "a.ts": { lines: metric(1, 2) },
      "b.ts": { lines: { pct: 40 } },
    });

    expect(files).toHaveLength(1);
    expect(trust).toBe("inconsistent");
    expect(told(findings)).toContain(
      "structure: b.ts has no line counts that can be counts; it is left out.",
    );
  });

  it("is an estimate when it says so", () => {
    const { trust } = readReport({
      total: { lines: metric(1, 2) },
      note: "Projected for the next release",
    });

    expect(trust).toBe("estimated");
  });

  it("is not recognised without line counts in total", () => {
    expect(read({ total: { lines: { pct: 80 } } }).kind).toBe("none");
    expect(read({ total: 3 }).kind).toBe("none");
  });
});
