import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixture, read, readReport, told } from "../../../support/readings.ts";

function at(line: number): object {
  return { start: { line, column: 0 }, end: { line, column: 9 } };
}

describe("coverage-final.json of Istanbul", () => {
  it("is counted as istanbul-lib-coverage counts it", () => {
    expect(readReport(fixture("istanbul-final.json"))).toEqual({
      format: "istanbul-final",
      tool: null,
      basis: "statement",
      trust: "measured",
      trustWhy: null,
      percent: (15 / 17) * 100,
      totals: {
        lines: { covered: 10, total: 11 },
        statements: { covered: 15, total: 17 },
        branches: { covered: 4, total: 6 },
        functions: { covered: 3, total: 4 },
      },
      files: [
        {
          path: "/srv/shop/src/rates.js",
          covered: 10,
          total: 11,
          branches: { covered: 3, total: 4 },
        },
        {
          path: "/srv/shop/src/stock.js",
          covered: 5,
          total: 6,
          branches: { covered: 1, total: 2 },
        },
      ],
      measuredAt: null,
      findings: [],
    });
  });

  it("covers a line when any statement that begins on it ran", () => {
    const { totals } = readReport({
      "a.ts": {
        statementMap: { 0: at(1), 1: at(1), 2: at(2) },
        s: { 0: 0, 1: 3, 2: 0 },
      },
    });

    expect(totals.lines).toEqual({ covered: 1, total: 2 });
    expect(totals.statements).toEqual({ covered: 1, total: 3 });
    expect(totals.functions).toEqual({ covered: 0, total: 0 });
  });

  it("counts a statement without a place, which belongs to no line", () => {
    const { totals } = readReport({
      "a.ts": { statementMap: { 1: { end: {} } }, s: { 0: 1, 1: 1 } },
    });

    expect(totals.statements).toEqual({ covered: 2, total: 2 });
    expect(totals.lines).toEqual({ covered: 0, total: 0 });
  });

  it.each([
    ["hits that are no numbers", { statementMap: {}, s: { 0: "often" } }],
    ["branches that are none", { statementMap: {}, s: {}, b: { 0: ["x"] } }],
    ["functions that are none", { statementMap: {}, s: {}, f: { 0: -1 } }],
    ["no statements", { path: "odd.ts" }],
    ["no measurement", 3],
  ])("leaves out a file with %s, says so, and is not believed", (_, odd) => {
    const { files, trust, findings } = readReport({
      "src\\a.ts": { statementMap: { 0: at(1) }, s: { 0: 1 } },
      "odd.ts": odd,
    });

    expect(files.map(({ path }) => path)).toEqual(["src/a.ts"]);
    expect(trust).toBe("inconsistent");
    expect(told(findings)).toEqual([
      "structure: odd.ts has no statements (statementMap and s) with numbers of hits; it is left out.",
    ]);
  });

  it("is not recognised without any statements", () => {
    expect(read({ "a.ts": { statementMap: {} } }).kind).toBe("none");
  });

  it("always has totals that equal the sum of its files", () => {
    const hits = fc.dictionary(fc.stringMatching(/^\d{1,2}$/), fc.nat(3));
    const files = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}\.ts$/), hits, {
      minKeys: 1,
    });
    fc.assert(
      fc.property(files, (all) => {
        const report = readReport(
          Object.fromEntries(
            Object.entries(all).map(([path, s]) => [
              path,
              { path, statementMap: {}, s, f: {}, b: {} },
            ]),
          ),
        );

        expect(report.totals.statements).toEqual({
          covered: report.files.reduce((n, file) => n + file.covered, 0),
          total: Object.values(all).flatMap((s) => Object.keys(s)).length,
        });
      }),
    );
  });
});
