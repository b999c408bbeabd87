import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../../src/core/judge/outcome.ts";
import type { Target } from "../../../src/core/planning/target.ts";
import type { Measured } from "../../../src/core/status.ts";
import { aTarget } from "../../support/facts.ts";
import { measuredOf } from "../../support/statuses.ts";

function share(covered: number, total: number): Measured {
  const value = (covered / total) * 100;
  return { ...measuredOf(0), value, covered, total };
}

function number(value: number): Measured {
  return { ...measuredOf(0), value, covered: null, total: null };
}

function outcome(overrides: Partial<Target>, measured: Measured) {
  return outcomeOf(aTarget(overrides), measured);
}

const met = { verdict: "met", gap: 0, unitsToGo: 0 };

describe("at least", () => {
  it("takes the second of three lines to reach 50 %", () => {
    expect(outcome({}, share(1, 3))).toEqual({
      verdict: "missed",
      gap: 50 - (1 / 3) * 100,
      unitsToGo: 1,
    });
    expect(outcome({}, share(2, 3))).toEqual(met);
  });

  it("is met exactly at the threshold, though 7 of 100 is 7.000000000000001 as a float and 29 of 100 is less than 29", () => {
    expect(outcome({ value: 29 }, share(29, 100))).toEqual(met);
    expect(outcome({ op: "<=", value: 7 }, share(7, 100))).toEqual(met);
    expect(outcome({ op: "==", value: 7 }, share(7, 100))).toEqual(met);
    expect(outcome({ op: "range", value: 5, upper: 7 }, share(7, 100))).toEqual(
      met,
    );
  });

  it("gives the gap in points and the lines to go: 12.67 % of 1,500 lines against 25 %", () => {
    expect(outcome({ value: 25 }, share(190, 1500))).toEqual({
      verdict: "missed",
      gap: 25 - (190 / 1500) * 100,
      unitsToGo: 185,
    });
  });

  it("allows what the document tolerates, and counts the lines to where that begins", () => {
    expect(outcome({ tolerance: 2 }, share(48, 100))).toEqual(met);
    expect(outcome({ tolerance: 2 }, share(47, 100))).toEqual({
      verdict: "missed",
      gap: 3,
      unitsToGo: 1,
    });
  });

  it("knows no lines to go where no counts are known", () => {
    expect(outcome({}, number(45))).toEqual({
      verdict: "missed",
      gap: 5,
      unitsToGo: null,
    });
  });
});

describe("more than", () => {
  it("is missed at the boundary, and takes one line more", () => {
    expect(outcome({ op: ">" }, share(5, 10))).toEqual({
      verdict: "missed",
      gap: 0,
      unitsToGo: 1,
    });
    expect(outcome({ op: ">" }, share(6, 10))).toEqual(met);
  });

  it("counts from below to beyond the boundary", () => {
    expect(outcome({ op: ">" }, share(4, 10)).unitsToGo).toBe(2);
    expect(outcome({ op: ">" }, share(1, 3)).unitsToGo).toBe(1);
  });

  it("takes one test more than the number written", () => {
    const wanted = {
      metric: "tests_passing",
      unit: "tests",
      op: ">",
      value: 5,
    } as const;
    expect(outcome(wanted, number(5))).toEqual({
      verdict: "missed",
      gap: 0,
      unitsToGo: 1,
    });
    expect(outcome(wanted, number(3))).toEqual({
      verdict: "missed",
      gap: 2,
      unitsToGo: 3,
    });
    expect(outcome(wanted, number(6))).toEqual(met);
  });
});

describe("ranges", () => {
  const range = { op: "range", value: 25, upper: 27 } as const;

  it.each([
    [24.9, "missed"],
    [25, "met"],
    [27, "met"],
    [27.1, "above_range"],
  ])("calls %d %% of 25–27 %% %s", (value, verdict) => {
    expect(outcome(range, number(value)).verdict).toBe(verdict);
    expect(outcome(range, share(value * 10, 1000)).verdict).toBe(verdict);
  });

  it("calls what lies above no gap", () => {
    expect(outcome(range, number(40))).toEqual({
      verdict: "above_range",
      gap: 0,
      unitsToGo: 0,
    });
  });

  it("never lies above a range without an end", () => {
    expect(outcome({ ...range, upper: null }, number(99))).toEqual(met);
  });

  it("widens both ends by the tolerance", () => {
    expect(outcome({ ...range, tolerance: 1 }, number(24)).verdict).toBe("met");
    expect(outcome({ ...range, tolerance: 1 }, number(28)).verdict).toBe("met");
    expect(outcome({ ...range, tolerance: 1 }, number(28.1)).verdict).toBe(
      "above_range",
    );
  });
});

describe("at most, less than, exactly", () => {
  const tests = { metric: "tests_failing", unit: "tests" } as const;

  it("wants 3 failing tests less where none may fail", () => {
    expect(outcome({ ...tests, op: "==", value: 0 }, number(3))).toEqual({
      verdict: "missed",
      gap: 3,
      unitsToGo: 3,
    });
    expect(outcome({ ...tests, op: "==", value: 0 }, number(0))).toEqual(met);
  });

  it("is met at the boundary of at most and not at that of less than", () => {
    expect(outcome({ ...tests, op: "<=", value: 2 }, number(2))).toEqual(met);
    expect(outcome({ ...tests, op: "<", value: 2 }, number(2))).toEqual({
      verdict: "missed",
      gap: 0,
      unitsToGo: 1,
    });
    expect(outcome({ ...tests, op: "<", value: 2 }, number(1))).toEqual(met);
  });

  it("does not count lines for a share that is too large", () => {
    expect(outcome({ op: "<=", value: 10 }, share(20, 100))).toEqual({
      verdict: "missed",
      gap: 10,
      unitsToGo: null,
    });
  });

  it("is exact within the tolerance only, on either side", () => {
    const exactly = { op: "==", value: 55.3, tolerance: 0.1 } as const;
    expect(outcome(exactly, number(55.4))).toEqual(met);
    expect(outcome(exactly, number(55.2))).toEqual(met);
    expect(outcome(exactly, number(55.41)).verdict).toBe("missed");
    expect(outcome(exactly, number(55.19)).verdict).toBe("missed");
  });

  it("counts seconds in seconds, and no units to go", () => {
    const wanted = {
      metric: "duration",
      unit: "s",
      op: "<",
      value: 60,
    } as const;
    expect(outcome(wanted, number(75))).toEqual({
      verdict: "missed",
      gap: 15,
      unitsToGo: null,
    });
  });
});

describe("laws", () => {
  const counts = fc
    .tuple(fc.nat(5000), fc.nat(5000))
    .filter(([covered, missed]) => covered + missed > 0)
    .map(([covered, missed]) => [covered, covered + missed] as const);
  const percent = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100);
  const rising = fc.constantFrom(">=" as const, ">" as const);

  it("the lines to go are exactly the ones that are missing", () => {
    fc.assert(
      fc.property(counts, percent, rising, ([covered, total], value, op) => {
        const { verdict, unitsToGo } = outcome(
          { op, value },
          share(covered, total),
        );
        if (verdict === "met") return;
        const enough = covered + (unitsToGo ?? 0);
        expect(outcome({ op, value }, share(enough, total)).verdict).toBe(
          "met",
        );
        expect(outcome({ op, value }, share(enough - 1, total)).verdict).toBe(
          "missed",
        );
      }),
    );
  });

  it("whole counts decide, whatever the floating point number beside them says", () => {
    fc.assert(
      fc.property(
        counts,
        percent,
        rising,
        fc.double({ noNaN: true, min: 0, max: 100 }),
        ([covered, total], value, op, wrong) => {
          const hundredths = BigInt(covered) * 10_000n;
          const wanted = BigInt(Math.round(value * 100)) * BigInt(total);
          const reached =
            op === ">" ? hundredths > wanted : hundredths >= wanted;
          const { verdict } = outcome(
            { op, value },
            { ...share(covered, total), value: wrong },
          );
          expect(verdict).toBe(reached ? "met" : "missed");
        },
      ),
    );
  });

  it("what is met has no gap, and no number is -0 or not one", () => {
    const target = fc.record({
      op: fc.constantFrom<Target["op"]>(">=", ">", "<=", "<", "==", "range"),
      unit: fc.constantFrom<Target["unit"]>("%", "pp", "tests", "s"),
      value: percent,
      upper: fc.option(percent),
      tolerance: fc.option(percent),
    });
    const measured = fc.oneof(
      counts.map(([covered, total]) => share(covered, total)),
      percent.map(number),
    );
    fc.assert(
      fc.property(target, measured, (wanted, known) => {
        const { verdict, gap, unitsToGo } = outcome(wanted, known);
        if (verdict !== "missed") expect([gap, unitsToGo]).toEqual([0, 0]);
        for (const figure of [gap ?? 0, unitsToGo ?? 0]) {
          expect(figure).toBeGreaterThanOrEqual(0);
          expect(Object.is(figure, -0)).toBe(false);
        }
      }),
    );
  });
});
