import { describe, expect, it } from "vitest";
import { numbersFor } from "../../../src/core/judge/parts.ts";
import type { Target } from "../../../src/core/planning/target.ts";
import { coverage, evidenceOf } from "../../support/facts.ts";
import type { Row } from "../../support/reports.ts";

const ROWS: readonly Row[] = [
  ["shop/core/engine.py", 80, 100, 10, 40],
  ["shop/core/models.py", 20, 100, 0, 10],
  ["shop/api/routes.py", 50, 100, 0, 0],
  ["shop/api/models.py", 0, 100, 0, 0],
];

/** The percentages, rounded, that a claim about a subject may quote. */
function numbers(
  subject: string,
  {
    aspect = null,
    rows = ROWS,
    ...overrides
  }: { aspect?: Target["aspect"]; rows?: readonly Row[] } & Parameters<
    typeof coverage
  >[1] = {},
): number[] {
  const [report] = evidenceOf([
    {
      files: {
        "largest.json": coverage(
          Array.from({ length: 8 }, (_, index): Row => [`m${index}.py`, 1, 9]),
        ),
        "report.json": coverage(rows, overrides),
      },
    },
  ]).reports.filter(({ version }) => version.path === "report.json");
  if (!report) throw new Error("There is no report.");
  return numbersFor(report, subject, aspect).map(
    ({ value }) => Math.round(value * 10) / 10,
  );
}

describe("the numbers that a claim may quote", () => {
  it("are the one with branches folded in and the one of lines alone", () => {
    expect(numbers("engine.py")).toEqual([64.3, 80]);
    expect(numbers("engine.py", { aspect: "branch" })).toEqual([25]);
    expect(numbers("overall")).toEqual([35.6, 37.5]);
  });

  it("are for a directory those of the files below it, in a report of the whole project", () => {
    expect(numbers("core")).toEqual([44]);
    expect(numbers("Core module")).toEqual([44]);
    expect(numbers("shop/api")).toEqual([25]);
    expect(numbers("core", { rows: ROWS.slice(0, 3) })).toEqual([]);
  });

  it("are none of a directory's branches, nor of a name that fits several files or none", () => {
    expect(numbers("core", { aspect: "branch" })).toEqual([]);
    expect(numbers("models.py")).toEqual([]);
    expect(numbers("billing")).toEqual([]);
  });

  it("are of the whole project only where the report is", () => {
    expect(numbers("overall", { rows: ROWS.slice(0, 3) })).toEqual([]);
  });

  it("are of an estimate what it counts and what it states, whatever part it is of", () => {
    const rows: readonly Row[] = [["a.py", 746, 1_000]];
    const estimate = { rows, trust: "estimated" } as const;
    expect(numbers("overall", { ...estimate, percent: 80 })).toEqual([
      74.6, 74.6, 80,
    ]);
    expect(numbers("overall", { ...estimate, percent: 74.6 })).toEqual([
      74.6, 74.6,
    ]);
    expect(numbers("overall", { ...estimate, percent: null })).toEqual([
      74.6, 74.6,
    ]);
    const none = {
      lines: null,
      statements: null,
      branches: null,
      functions: null,
    };
    expect(
      numbers("overall", { ...estimate, totals: none, percent: null }),
    ).toEqual([]);
  });
});
