import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { percentAgainstFraction } from "../../../../src/core/planning/arithmetic/percentOfFraction.ts";

type Statement = Parameters<typeof percentAgainstFraction>[0];

function check(
  value: number,
  n: number,
  d: number,
  more: Partial<Statement> = {},
) {
  const decimals = `${value}`.split(".")[1]?.length ?? 0;
  return percentAgainstFraction({
    metric: "coverage",
    value,
    upper: null,
    unit: "%",
    fraction: { n, d },
    tolerance: 10 ** -decimals / 2,
    atLeast: false,
    aspect: null,
    ...more,
  });
}

describe("a percentage beside a fraction", () => {
  it("is denied by a fraction that is another percentage", () => {
    expect(check(87.9, 112, 127, { metric: "pass_rate" })).toBe(
      "The statement says 87.9 % beside 112 of 127, which is 88.2 %.",
    );
    expect(check(34.97, 1780, 2920)).toBe(
      "The statement says 34.97 % beside 1,780 of 2,920, which is 61.0 %.",
    );
  });

  it("may have a fraction that counts what is missing", () => {
    expect(check(33, 530, 792)).toBe(
      "The statement says 33 % beside 530 of 792, which is 66.9 %: the fraction counts what is missing.",
    );
    expect(check(46, 96, 177)).toContain("counts what is missing");
  });

  it.each<[string, number, number, number, Partial<Statement>?]>([
    ["rounded", 59.52, 25, 42, { metric: "pass_rate" }],
    ["cut off", 59, 25, 42, { metric: "pass_rate" }],
    ["a lower bound", 50, 98, 100, { atLeast: true }],
    ["of none", 50, 0, 0],
    ["a range", 70, 73, 100, { upper: 75 }],
    ["of files", 4, 4, 6, { unit: "files" as const }],
    ["a word", 4, 4, 6, { value: "half" }],
    ["alone", 4, 4, 6, { fraction: null }],
  ])("is left alone where it is %s", (_, value, n, d, more = {}) => {
    expect(check(value, n, d, more)).toBeNull();
  });

  it("may hold branches that the fraction of lines does not", () => {
    expect(check(98.77, 132, 134)).toBeNull();
    expect(check(20.15, 13_719, 55_337)).toBeNull();
    expect(check(95, 32, 32)).toBeNull();
    expect(check(49, 255, 500)).toBeNull();
    expect(check(50.66, 268, 476, { aspect: "line" })).toBeNull();
    // 2 of 361 with 82 branches, none taken, is 0.554 %: printed with two digits, less than the lowest.
    expect(check(0.55, 2, 279)).toBeNull();
  });

  it("holds no branches where it is of branches itself, of tests, or too far away", () => {
    expect(check(50.66, 268, 476, { aspect: "branch" })).not.toBeNull();
    expect(check(50.66, 268, 476, { metric: "pass_rate" })).not.toBeNull();
    expect(check(34.74, 270, 590)).not.toBeNull();
    expect(check(64.27, 99, 291)).not.toBeNull();
  });
});

test("whatever coverage.py may print of a program with few branches is left alone", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 5_000 }),
      fc.double({ min: 0, max: 0.3, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (lines, perLine, lineRate, share) => {
        const n = Math.round(lines * lineRate);
        const branches = Math.floor(lines * perLine);
        const taken = Math.floor(branches * share * (n / lines));
        const percent = ((n + taken) / (lines + branches)) * 100;
        const printed = Number(percent.toFixed(2));
        fc.pre(Math.abs(100 - (n / lines) * 100 - printed) > 1);
        expect(check(printed, n, lines, { tolerance: 0.005 })).toBeNull();
      },
    ),
  );
});
