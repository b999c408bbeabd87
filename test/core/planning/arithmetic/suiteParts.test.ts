import { describe, expect, it } from "vitest";
import { disputesIn, NOTHING } from "./reading.ts";

function health(...items: string[]): string {
  return [
    "# Report",
    "",
    "## Test health",
    "",
    ...items.map((item) => `- ${item}`),
  ].join("\n");
}

const PARTS = [
  "Unit Tests: 24/51 passing",
  "Integration Tests: 94/124 passing (75.8%)",
  "Property Tests: 89/90 passing",
];

describe("the fraction of all tests", () => {
  it("is denied by suites with more tests together, wherever the document repeats it", () => {
    const text = `# Report\n\n- **Pass rate:** 85.5% (183/214 tests passing)\n\n${health("**Pass Rate:** 85.5% (183/214 passing)", ...PARTS)}`;
    const why =
      "The document says 183 / 214 for all tests (line 9); its parts, 24 / 51, 94 / 124, 89 / 90 (from line 10), add up to 207 / 265.";
    expect(disputesIn(text).claims).toEqual({
      "3: 85.5": why,
      "9: 85.5": why,
    });
  });

  it("is denied by suites of as many tests of which others pass", () => {
    expect(
      disputesIn(
        health(
          "All tests: 99/100 passing",
          "test_billing.py: 40/50 passing",
          "test_orders.py: 50/50 passing",
        ),
      ).claims,
    ).toEqual({
      "5: 99":
        "The document says 99 / 100 for all tests (line 5); its parts, 40 / 50, 50 / 50 (from line 6), add up to 90 / 100.",
    });
  });

  it.each([
    ["its parts add up", ["Pass Rate: 207/265 passing", ...PARTS]],
    ["a part is left out", ["Pass Rate: 260/300 passing", ...PARTS]],
    [
      "suites may overlap",
      [
        "Pass Rate: 183/214 passing",
        "New tests: 180/200 passing",
        "Billing tests: 90/100 passing",
      ],
    ],
    [
      "a suite comes twice",
      [
        "Pass Rate: 183/214 passing",
        "Unit tests: 180/200 passing",
        "Unit tests: 90/100 passing",
      ],
    ],
    [
      "there are two wholes",
      ["Pass Rate: 183/214 passing", "After: 207/265 passing", ...PARTS],
    ],
    [
      "fractions are of something else",
      [
        "Pass Rate: 183/214 passing",
        "Unit: 180/200 lines",
        "Integration: 90/100 lines",
      ],
    ],
    [
      "an item has two fractions",
      [
        "Pass Rate: 183/214 passing",
        "Unit tests: 24/51, then 51/51 passing",
        "Integration Tests: 94/224 passing",
      ],
    ],
    ["it is about so many", ["Pass Rate: ~183/214 passing", ...PARTS]],
  ])("is left alone where %s", (_, items) => {
    expect(disputesIn(health(...items))).toEqual(NOTHING);
  });

  it("is left alone by suites of another list", () => {
    expect(
      disputesIn(
        `${health("Pass Rate: 183/214 passing")}\n\n## Nightly\n\n${PARTS.map((part) => `- ${part}`).join("\n")}`,
      ),
    ).toEqual(NOTHING);
  });
});
