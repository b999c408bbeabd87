import { describe, expect, it } from "vitest";
import { disputesIn, NOTHING } from "./reading.ts";

function report(claim: string, ...rows: string[]): string {
  return [
    "# Summary",
    "",
    claim,
    "",
    "| File | Coverage |",
    "|---|---|",
    ...rows,
  ].join("\n");
}

const ROWS = [
  "| `app/ingest.py` | 27.36% |",
  "| `app/hybrid.py` | 22.85% |",
  "| `app/proposals.py` | 48.48% |",
];

describe("a share of files that reach a coverage", () => {
  it("is denied by the percentages that the document gives for just these files", () => {
    expect(
      disputesIn(
        report(
          "Coverage: 2 of 3 modules meet or exceed the 30% target.",
          ...ROWS,
        ),
      ).claims,
    ).toEqual({
      "3: 2":
        "The statement says 2 of 3 reach 30 %; the document gives 27.36 % (line 7), 22.85 % (line 8), 48.48 % (line 9).",
    });
  });

  it("tells a bound that is reached from one that is passed", () => {
    const at = (claim: string) =>
      disputesIn(report(claim, "| `a.py` | 30% |", "| `b.py` | 40% |"));
    expect(at("Coverage: 2/2 files >=30%")).toEqual(NOTHING);
    expect(at("Coverage: 2/2 files >30%").claims).toHaveProperty("3: 2");
  });

  it.each([
    ["they agree", "Coverage: 1 of 3 modules meet the 30% target.", ROWS],
    [
      "the document gives another number of files",
      "Coverage: 2 of 6 modules meet the 30% target.",
      ROWS,
    ],
    [
      "a file has a percentage on either side",
      "Coverage: 2 of 3 modules meet the 30% target.",
      [...ROWS, "| `app/hybrid.py` | 31.5% |"],
    ],
    [
      "it is what was claimed before",
      "Coverage: claimed 2 of 3 modules meeting the 30% target, but it was less.",
      ROWS,
    ],
    ["no file is named", "Coverage: 2 of 3 modules meet the 30% target.", []],
  ])("is left alone where %s", (_, claim, rows) => {
    expect(disputesIn(report(claim, ...rows))).toEqual(NOTHING);
  });

  it("takes a test file for what it tests, and its branches for something else", () => {
    expect(
      disputesIn(
        report(
          "Coverage: 1 of 3 modules meet the 30% target.",
          ...ROWS,
          "| `test_proposals.py` | 48.5% |",
          "",
          "- app/hybrid.py branch coverage: 90.2%",
        ),
      ),
    ).toEqual(NOTHING);
  });
});
