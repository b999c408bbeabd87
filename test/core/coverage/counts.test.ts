import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatCount,
  formatPercent,
  percentCovered,
  unitsToReach,
} from "../../../src/core/coverage/counts.ts";

describe("percentCovered", () => {
  test("is computed from the counts", () => {
    expect(percentCovered({ covered: 830, total: 3776 })).toBeCloseTo(
      21.981,
      3,
    );
  });

  test("0 of 0 is no measurement", () => {
    expect(percentCovered({ covered: 0, total: 0 })).toBeNull();
    expect(percentCovered({ covered: 0, total: 9 })).toBe(0);
  });
});

describe("unitsToReach", () => {
  test("counts the lines that are missing", () => {
    expect(unitsToReach(25, { covered: 830, total: 3776 })).toBe(114);
  });

  test("is 0 when the target is reached", () => {
    expect(unitsToReach(20, { covered: 830, total: 3776 })).toBe(0);
    expect(unitsToReach(50, { covered: 0, total: 0 })).toBe(0);
  });

  test("does not ask for one line more because 7 % of 100 is 7.000000000000001 in floating point", () => {
    expect(unitsToReach(7, { covered: 7, total: 100 })).toBe(0);
    expect(unitsToReach(55.32, { covered: 5532, total: 10_000 })).toBe(0);
  });

  test("is exactly enough, and not one too many", () => {
    const counts = fc
      .tuple(fc.nat({ max: 1e6 }), fc.nat({ max: 1e6 }))
      .map(([covered, missed]) => ({ covered, total: covered + missed }));
    fc.assert(
      fc.property(
        fc.nat({ max: 100 }),
        counts,
        (percent, { covered, total }) => {
          const units = unitsToReach(percent, { covered, total });
          expect((covered + units) * 100).toBeGreaterThanOrEqual(
            percent * total,
          );
          const oneLess = covered + units - 1;
          expect(units === 0 || oneLess * 100 < percent * total).toBe(true);
        },
      ),
    );
  });
});

describe("formatPercent", () => {
  test("shows one decimal", () => {
    expect(formatPercent(22)).toBe("22.0 %");
    expect(formatPercent(55.3213)).toBe("55.3 %");
  });

  test("does not round up to complete", () => {
    expect(formatPercent(99.99)).toBe("99.9 %");
    expect(formatPercent(100)).toBe("100.0 %");
  });

  test("does not round down to nothing, and never shows a negative zero", () => {
    expect(formatPercent(0.001)).toBe("< 0.1 %");
    expect(formatPercent(0)).toBe("0.0 %");
    expect(formatPercent(-0)).toBe("0.0 %");
  });
});

describe("formatCount", () => {
  test("groups thousands", () => {
    expect(formatCount(3776)).toBe("3,776");
    expect(formatCount(1234567)).toBe("1,234,567");
    expect(formatCount(999)).toBe("999");
  });

  test("leaves fractions and signs alone", () => {
    expect(formatCount(1234.5678)).toBe("1,234.5678");
    expect(formatCount(-1234)).toBe("-1,234");
    expect(formatCount(-123)).toBe("-123");
  });

  test("loses no digit of a whole number", () => {
    fc.assert(
      fc.property(fc.integer(), (count) => {
        expect(Number(formatCount(count).replaceAll(",", ""))).toBe(count);
      }),
    );
  });
});
