import { describe, expect, it } from "vitest";
import { disputesIn, NOTHING } from "./reading.ts";

const BEFORE = [
  "# Gap closure",
  "",
  "- **Issue:** only 91 tests passing, 29 failing, 11 errors",
  "",
  "| Metric | Before | After |",
  "|---|---|---|",
  "| Total Tests | 169 | 131 |",
  "| Passing | 91 | 131 |",
];

describe("failures", () => {
  it("that hold the errors of another tally of the same run count them twice", () => {
    const text = [...BEFORE, "| Failing | 40 | 0 |", "| Errors | 11 | 0 |"];
    expect(disputesIn(text.join("\n"))).toEqual({
      claims: {
        "9: 40":
          "Line 9 says 40 failing beside 11 errors; line 3 says 29 failing and 11 errors: the errors are counted twice.",
      },
      findings: [],
    });
  });

  it.each([
    ["are the same", ["| Failing | 29 | 0 |", "| Errors | 11 | 0 |"]],
    ["stand without errors", ["| Failing | 40 | 0 |"]],
    ["differ otherwise", ["| Failing | 35 | 0 |", "| Errors | 11 | 0 |"]],
    [
      "are given twice",
      ["| Failing | 40 | 0 |", "| Failed | 40 | 0 |", "| Errors | 11 | 0 |"],
    ],
    ["are a fraction", ["| Failing | 40/131 | 0 |", "| Errors | 11 | 0 |"]],
  ])("are left alone where they %s", (_, rows) => {
    expect(disputesIn([...BEFORE, ...rows].join("\n"))).toEqual(NOTHING);
  });
});

describe("the tests of a row", () => {
  const row = (cells: string) =>
    disputesIn(
      `# R\n\n| Suite | Tests | Passed | Failed |\n|---|---|---|---|\n${cells}`,
    );

  it("are denied by more outcomes than there are tests", () => {
    expect(row("| billing | 20 | 18 | 4 |").claims).toEqual({
      "5: 20":
        "The document says 20 tests (line 5), of which 18 pass and 4 fail (lines 5 and 5): together 22.",
    });
  });

  it("may be more than their outcomes: some are skipped", () => {
    expect(row("| billing | 20 | 15 | 2 |")).toEqual(NOTHING);
  });
});
