import { describe, expect, it } from "vitest";
import { disputesIn, NOTHING } from "./reading.ts";

describe("a count with its sum in brackets", () => {
  it("is denied by a sum that is another number", () => {
    expect(disputesIn("- 96 tests created (24 + 17 + 15 + 26)\n")).toEqual({
      claims: {
        "1: 96":
          "The statement says 96 and writes it out as 24 + 17 + 15 + 26, which is 82.",
      },
      findings: [],
    });
  });

  it("is told as a finding where the count is no claim", () => {
    expect(disputesIn("- 1,060 lines (730 + 380)\n").findings).toEqual([
      "1: The statement says 1,060 and writes it out as 730 + 380, which is 1,110.",
    ]);
  });

  it.each([
    "102 tests passing (28 + 13 + 23 + 17 + 21)",
    "214 tests (89 property + 125 integration)",
    "148 tests created across 2 test files (78 billing tests + 70 order tests)",
    "20 tests (5 + 3%)",
    "$20 tests (5 + 3)",
    "about ~20 tests (5 + 3)",
    "20 tests (+5 new)",
    "20 tests (5 unit, 3 others)",
  ])("is left alone where it adds up or is no sum: %s", (text) => {
    expect(disputesIn(`- ${text}\n`)).toEqual(NOTHING);
  });
});
