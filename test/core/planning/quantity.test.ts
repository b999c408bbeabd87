import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  MAX_QUANTITY_TEXT,
  readQuantities,
  type Quantity,
} from "../../../src/core/planning/quantity.ts";

const plain: Omit<Quantity, "index" | "length" | "value"> = {
  upper: null,
  denominator: null,
  unit: null,
  precision: 0,
  bound: null,
  sign: null,
  approximate: false,
};

/** The quantities of a text without their positions. */
const read = (text: string) =>
  readQuantities(text).map((quantity) => {
    const { index, length, ...rest } = quantity;
    expect(index + length).toBeLessThanOrEqual(text.length);
    return rest;
  });
const values = (text: string) => readQuantities(text).map(({ value }) => value);
/** The stretches of the text that were read as quantities. */
const spans = (text: string) =>
  readQuantities(text).map(({ index, length }) =>
    text.slice(index, index + length),
  );

describe("one number", () => {
  test.each<[string, Partial<Quantity>]>([
    ["98%", { value: 98, unit: "%" }],
    ["≥ 98 %", { value: 98, unit: "%", bound: ">=" }],
    [">= 98%", { value: 98, unit: "%", bound: ">=" }],
    ["&gt;=98%", { value: 98, unit: "%", bound: ">=" }],
    ["80%+", { value: 80, unit: "%", bound: ">=" }],
    ["80+ %", { value: 80, unit: "%", bound: ">=" }],
    [">80", { value: 80, bound: ">" }],
    ["\\<60 min", { value: 3600, unit: "s", bound: "<" }],
    ["≤ 5", { value: 5, bound: "<=" }],
    ["= 12", { value: 12, bound: "==" }],
    ["exactly 12", { value: 12, bound: "==" }],
    ["at least 80 percent", { value: 80, unit: "%", bound: ">=" }],
    ["at or above 92%", { value: 92, unit: "%", bound: ">=" }],
    [
      "greater than or equal to about 80%",
      { value: 80, unit: "%", bound: ">=", approximate: true },
    ],
    ["no less than 80%", { value: 80, unit: "%", bound: ">=" }],
    ["no more than 15 minutes", { value: 900, unit: "s", bound: "<=" }],
    ["fewer than 3", { value: 3, bound: "<" }],
    ["80% or more", { value: 80, unit: "%", bound: ">=" }],
    ["5 minutes or less", { value: 300, unit: "s", bound: "<=" }],
    ["1,163", { value: 1163 }],
    ["1,163.5", { value: 1163.5, precision: 1 }],
    ["1\u202f163", { value: 1163 }],
    ["12.50", { value: 12.5, precision: 2 }],
    ["98,5 %", { value: 98.5, unit: "%", precision: 1 }],
    ["98,125 %", { value: 98.125, unit: "%", precision: 3 }],
    ["+5.2 pp", { value: 5.2, unit: "pp", precision: 1, sign: "+" }],
    ["-3%", { value: 3, unit: "%", sign: "-" }],
    ["−3%", { value: 3, unit: "%", sign: "-" }],
    ["±0.5%", { value: 0.5, unit: "%", precision: 1, sign: "±" }],
    ["+/- 2 %", { value: 2, unit: "%", sign: "±" }],
    ["~35%", { value: 35, unit: "%", approximate: true }],
    ["about 12", { value: 12, approximate: true }],
    ["mindestens 80 Prozent", { value: 80, unit: "%", bound: ">=" }],
    ["3 Prozentpunkte", { value: 3, unit: "pp" }],
    ["plus de 80 %", { value: 80, unit: "%", bound: ">" }],
    ["au moins 2 points", { value: 2, unit: "pp", bound: ">=" }],
    ["al menos el 80 por ciento", { value: 80, unit: "%", bound: ">=" }],
    ["acima de 85%", { value: 85, unit: "%", bound: ">" }],
    ["至少80%", { value: 80, unit: "%", bound: ">=" }],
    ["９８％以上", { value: 98, unit: "%", bound: ">=" }],
    ["≧80%", { value: 80, unit: "%", bound: ">=" }],
    ["10分以内", { value: 600, unit: "s", bound: "<=" }],
    ["30秒未満", { value: 30, unit: "s", bound: "<" }],
    ["80%を超え", { value: 80, unit: "%", bound: ">" }],
    ["80%左右", { value: 80, unit: "%", approximate: true }],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual([{ ...plain, ...expected }]);
  });
});

describe("durations are seconds", () => {
  test.each([
    ["250ms", 0.25],
    ["45 s", 45],
    ["5-minute", 300],
    ["1.5 hours", 5400],
    ["2h", 7200],
    ["10m", 600],
    ["1h 30m", 5400],
    ["2 min 30 s", 150],
    ["1 hour and 5 minutes", 3900],
    ["3 Stunden", 10800],
    ["4 分钟", 240],
  ])("%s", (text, seconds) => {
    expect(read(text)).toMatchObject([{ value: seconds, unit: "s" }]);
  });

  test("two durations that do not continue each other stay two", () => {
    expect(values("30 s, 2 min")).toEqual([30, 120]);
    expect(values("5 min 5 min")).toEqual([300, 300]);
    expect(values("10 min under 5 s")).toEqual([600, 5]);
  });
});

describe("ranges", () => {
  test.each<[string, Partial<Quantity>]>([
    ["25–27%", { value: 25, upper: 27, unit: "%" }],
    ["80%-90%", { value: 80, upper: 90, unit: "%" }],
    ["80% - 90%", { value: 80, upper: 90, unit: "%" }],
    ["80%-90", { value: 80, upper: 90, unit: "%" }],
    ["80 to 90%", { value: 80, upper: 90, unit: "%" }],
    ["80 bis 90 %", { value: 80, upper: 90, unit: "%" }],
    ["between 80% and 90%", { value: 80, upper: 90, unit: "%" }],
    ["80%～90%", { value: 80, upper: 90, unit: "%" }],
    ["5-10 minutes", { value: 300, upper: 600, unit: "s" }],
    [
      "3-5.25 percentage points",
      { value: 3, upper: 5.25, unit: "pp", precision: 2 },
    ],
    ["+8-12%", { value: 8, upper: 12, unit: "%", sign: "+" }],
    ["39-48", { value: 39, upper: 48 }],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual([{ ...plain, ...expected }]);
  });

  test.each([
    ["from 80 to 90%", [80, 90]],
    ["45% to 65%", [45, 65]],
    ["Phase 12 - 80% coverage", [12, 80]],
    ["0% → 80%", [0, 80]],
    ["70%->80%", [70, 80]],
    ["50%-60s", [50, 60]],
    ["20+-30", [20, 30]],
  ])("%s is two numbers", (text, expected) => {
    expect(values(text)).toEqual(expected);
    expect(readQuantities(text).every(({ upper }) => upper === null)).toBe(
      true,
    );
  });
});

describe("fractions", () => {
  test.each<[string, Partial<Quantity>]>([
    ["131/131", { value: 131, denominator: 131 }],
    ["1,163 / 2,351", { value: 1163, denominator: 2351 }],
    ["24 of 28", { value: 24, denominator: 28 }],
    ["24 von 28", { value: 24, denominator: 28 }],
    ["30+/33", { value: 30, denominator: 33, bound: ">=" }],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual([{ ...plain, ...expected }]);
  });

  test("a share of a count is no fraction", () => {
    expect(read("80% of 28")).toMatchObject([
      { value: 80, denominator: null },
      { value: 28, denominator: null },
    ]);
  });
});

describe("digits in names", () => {
  test.each([
    "TQ-02",
    "test_3.py",
    "v1.2.3",
    "1.2.3",
    "2026-02-10",
    "12/31/2024",
    "11th",
    "2x",
    "plan 01b",
    "@10",
    "19-09-PLAN.md",
    "$5",
    "10:30",
    "src/2/file",
  ])("%s holds no quantity", (text) => {
    expect(read(text)).toEqual([]);
  });

  test("the numbers around a name are read", () => {
    expect(values("TQ-02: 98% on 2026-02-10, 3 runs")).toEqual([98, 3]);
    expect(values("coverage:80%")).toEqual([80]);
    expect(values("50%/60%")).toEqual([50, 60]);
  });
});

test("a number glued to another that it cannot join is not guessed at", () => {
  expect(values("90-80%")).toEqual([90]);
  expect(values("5/80%")).toEqual([5]);
});

describe("where a quantity stands", () => {
  test("it spans its signs, words and unit", () => {
    expect(spans("Coverage is at least 80 % or more, up from ~70%.")).toEqual([
      "at least 80 % or more",
      "~70%",
    ]);
    expect(spans("30+/33 tests in under 2 min 30 s")).toEqual([
      "30+/33",
      "under 2 min 30 s",
    ]);
    expect(spans("カバレッジが８０％以上")).toEqual(["８０％以上"]);
  });
});

describe("any text", () => {
  const pieces = fc.constantFrom(
    "80",
    "%",
    "80%",
    "+",
    "-",
    "–",
    "~",
    "±",
    "/",
    "12",
    "1,163",
    "98,5",
    " ",
    " of ",
    " to ",
    "at least ",
    "between ",
    " and ",
    " min",
    "s",
    "≥",
    "<",
    "以上",
    "至少",
    "pp",
    "x",
    ".",
    ":",
    "(",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join("")),
  );

  test("never throws; quantities follow each other, lie in the text and hold digits", () => {
    fc.assert(
      fc.property(texts, (text) => {
        let end = 0;
        for (const { index, length, value, upper } of readQuantities(text)) {
          expect(index).toBeGreaterThanOrEqual(end);
          end = index + length;
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(index, end)).toMatch(/[\d０-９]/u);
          expect(Number.isNaN(value)).toBe(false);
          if (upper !== null) expect(upper).toBeGreaterThan(value);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("reads back what was written", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 3 }),
        (n, decimals) => {
          const text = (n / 10 ** decimals).toFixed(decimals);
          const expected = {
            ...plain,
            value: Number(text),
            precision: decimals,
            unit: "%",
          };
          expect(read(`${text}%`)).toEqual([expected]);
          expect(read(`${text.replace(".", ",")} %`)).toEqual([expected]);
        },
      ),
    );
  });

  test.each([
    "1",
    "1,111",
    "1.",
    "1%",
    "0 ",
    "1-",
    "1/1",
    "at least ",
    "over ",
    "±",
    "1 h 30 min ",
    "１％",
    "a1",
  ])("%j without end is read in linear time", (piece) => {
    const text = piece.repeat(100_000 / piece.length);
    readQuantities(text);
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      readQuantities(text);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(200);
  });

  test("is read up to a bound", () => {
    expect(readQuantities(`${" ".repeat(MAX_QUANTITY_TEXT)}80%`)).toEqual([]);
  });
});
