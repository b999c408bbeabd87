import { describe, expect, it } from "vitest";
import { disputesIn, NOTHING } from "./reading.ts";

/** A results table whose rows are given; the first of them stands on line 5. */
function table(header: string, ...rows: string[]): string {
  const ruler = header.replaceAll(/[^|]+/g, "---");
  return ["# Results", "", header, ruler, ...rows].join("\n");
}

describe("a total row", () => {
  it("is denied by rows above that add up to something else, each claim of it by its own column", () => {
    const { claims } = disputesIn(
      table(
        "| Plan | Tests Created | Passing | Failing |",
        "| 01 | 188 | 188 | 0 |",
        "| 02 | 93 | 92 | 1 |",
        "| **Total** | **271** | **280** | **1** |",
      ),
    );
    expect(claims).toEqual({
      "7: 271":
        "The total row says 271 for “Tests Created”; the 2 rows above it (from line 5) add up to 281.",
    });
  });

  it("is told as a finding where the number is no claim about tests or coverage", () => {
    expect(
      disputesIn(
        table(
          "| Suite | Test Lines |",
          "| billing | 2,272 |",
          "| orders | 850 |",
          "| Total | 3,112 |",
        ),
      ),
    ).toEqual({
      claims: {},
      findings: [
        "7: The total row says 3,112 for “Test Lines”; the 2 rows above it (from line 5) add up to 3,122.",
      ],
    });
  });

  it("adds fractions part by part", () => {
    const rows = ["| unit | 89/90 |", "| integration | 94/124 |"];
    const header = "| Suite | Passed |";
    expect(disputesIn(table(header, ...rows, "| Total | 183/214 |"))).toEqual(
      NOTHING,
    );
    expect(
      disputesIn(table(header, ...rows, "| Total | 183/220 |")).claims[
        "7: 183"
      ],
    ).toContain("says 183 / 220 for “Passed”");
  });

  it("may sum changes with their signs", () => {
    expect(
      disputesIn(
        table(
          "| Suite | Test Change |",
          "| unit | +12 |",
          "| e2e | -5 |",
          "| Total | +7 |",
        ),
      ),
    ).toEqual(NOTHING);
  });

  it.each([
    ["the subtotals", "| **Total** | 30 |"],
    ["the rows and subtotals since", "| **Total** | 20 |"],
  ])("may be the sum of %s", (_, total) => {
    expect(
      disputesIn(
        table(
          "| Suite | Passing |",
          "| a | 4 |",
          "| b | 6 |",
          "| Subtotal | 10 |",
          "| c | 15 |",
          "| d | 5 |",
          ...(total.includes("30") ? ["| Subtotal | 20 |"] : []),
          total,
        ),
      ),
    ).toEqual(NOTHING);
  });

  it("is not judged where a row above the subtotals is unknown", () => {
    expect(
      disputesIn(
        table(
          "| Suite | Passing |",
          "| a | - |",
          "| b | 6 |",
          "| Subtotal | 10 |",
          "| Subtotal | 20 |",
          "| Total | 35 |",
        ),
      ),
    ).toEqual(NOTHING);
  });

  it("counts neither averages nor targets among its parts", () => {
    expect(
      disputesIn(
        table(
          "| Suite | Passing |",
          "| a | 4 |",
          "| b | 6 |",
          "| Average | 5 |",
          "| Total | 10 |",
          "| Target | 12 |",
        ),
      ),
    ).toEqual(NOTHING);
  });

  it.each([
    ["a percentage", "Coverage", "50%", "60%", "56%"],
    ["about so many", "Passing", "~20", "10", "35"],
    ["at least so many", "Passing", "20+", "10", "35"],
    ["unknown", "Passing", "-", "10", "35"],
    ["two numbers", "Passing", "10 of 12 in 3 runs", "10", "35"],
    ["a sentence", "Passing", "all 20 of them are fine", "10", "35"],
    ["a label and a number", "Passing", "now 20", "10", "35"],
    ["a decimal", "Passing", "20.5", "10", "35"],
    ["of another thing", "Passing", "20 tests", "10 files", "35 tests"],
    ["a fraction beside plain counts", "Passing", "20/20", "10/10", "35"],
    ["a duration", "Duration", "20 s", "10 s", "35 s"],
    ["a rank", "Priority", "1", "2", "4"],
    ["a column of times", "Execution Time", "20", "10", "35"],
  ])("is not judged by %s", (_, header, a, b, total) => {
    expect(
      disputesIn(
        table(
          `| Suite | ${header} |`,
          `| a | ${a} |`,
          `| b | ${b} |`,
          `| Total | ${total} |`,
        ),
      ),
    ).toEqual(NOTHING);
  });

  it.each([
    ["a list that is cut", "| File | Passing |", "| … | 7 |"],
    ["others", "| File | Passing |", "| 12 more files | 7 |"],
    ["a selection", "| Top files | Passing |", "| b | 7 |"],
    ["one metric a row", "| Metric | Passing |", "| b | 7 |"],
  ])("is not judged in a table of %s", (_, header, row) => {
    expect(
      disputesIn(table(header, "| a | 4 |", row, "| Total | 90 |")),
    ).toEqual(NOTHING);
  });

  it("is not judged by one row alone, nor without rows", () => {
    const header = "| Suite | Passing |";
    expect(disputesIn(table(header, "| a | 4 |", "| Total | 90 |"))).toEqual(
      NOTHING,
    );
    expect(disputesIn(table(header, "| Total | 90 |"))).toEqual(NOTHING);
    expect(disputesIn(table(header, "| Target | 90 |"))).toEqual(NOTHING);
  });

  it("is what is named a total, not what has the word in its name", () => {
    expect(
      disputesIn(
        table(
          "| Suite | Passing |",
          "| a | 4 |",
          "| b | 6 |",
          "| Total budget service | 15 |",
        ),
      ),
    ).toEqual(NOTHING);
  });

  it("reads the rows of one table only", () => {
    expect(
      disputesIn(
        [
          table("| Suite | Passing |", "| a | 4 |", "| b | 6 |"),
          "",
          "Then came:",
          "",
          "| Suite | Passing |",
          "|---|---|",
          "| c | 1 |",
          "| d | 2 |",
          "| Total | 3 |",
        ].join("\n"),
      ),
    ).toEqual(NOTHING);
  });
});

describe("an “Overall” row", () => {
  const header = "| Suite | Tests | Passing |";
  const rows = ["| a | 4 | 4 |", "| b | 6 | 5 |"];

  it("may be the whole project, of which the rows are a part", () => {
    expect(disputesIn(table(header, ...rows, "| Overall | 40 | 35 |"))).toEqual(
      NOTHING,
    );
  });

  it("is a total where another of its numbers is the sum", () => {
    expect(
      disputesIn(table(header, ...rows, "| Overall | 10 | 10 |")).claims,
    ).toEqual({
      "7: 10": expect.stringContaining("says 10 for “Passing”") as string,
    });
  });
});
