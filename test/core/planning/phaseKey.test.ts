import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  comparePhaseKeys,
  keyFromRoadmap,
  parsePhaseKey,
  readPhaseDirectory,
} from "../../../src/core/planning/phaseKey.ts";

describe("parsePhaseKey", () => {
  test.each([
    ["19", "19"],
    ["019", "19"],
    ["0", "0"],
    ["000", "0"],
    ["19.1", "19.1"],
    ["19.01", "19.1"],
    ["19.10", "19.10"],
    ["72.1.1", "72.1.1"],
    ["12a", "12A"],
    ["12A", "12A"],
    ["253b.2", "253B.2"],
    ["phase-19", "19"],
    ["Phase 19", "19"],
    ["CK-01", "1"],
    [" 7 ", "7"],
  ])("reads %j as %s", (token, key) => {
    expect(parsePhaseKey(token)).toBe(key);
  });

  test.each([
    "",
    "phase",
    "A12",
    "19-",
    "19.",
    "1.x",
    "12AB",
    "1234567",
    "80%",
  ])("finds no key in %j", (token) => {
    expect(parsePhaseKey(token)).toBeNull();
  });
});

describe("readPhaseDirectory", () => {
  test.each([
    ["19-coverage-push", "19", "coverage-push"],
    ["019-coverage-push", "19", "coverage-push"],
    ["08.5-coverage", "8.5", "coverage"],
    ["253b-wave-1", "253B", "wave-1"],
    ["CK-07-checkout", "7", "checkout"],
    ["42", "42", ""],
    // Only a roadmap can say that this is 9.1.
    ["09-1-api-routes", "9", "1-api-routes"],
    ["admin-dashboard", "admin-dashboard", "admin-dashboard"],
    ["12ab-x", "12ab-x", "12ab-x"],
  ])("splits %s into %s and %j", (name, key, slug) => {
    expect(readPhaseDirectory(name)).toEqual({ key, slug });
  });
});

describe("keyFromRoadmap", () => {
  const roadmap = [
    { key: "8", name: "80% Coverage" },
    { key: "9.1", name: "API Route Governance" },
    { key: "8.80", name: "An Invoice" },
  ];

  test("reads a hyphen as a point where the roadmap lists that phase by that name", () => {
    expect(keyFromRoadmap("09-1-api-route-governance", roadmap)).toBe("9.1");
    expect(keyFromRoadmap("09-01-api-route-governance", roadmap)).toBe("9.1");
  });

  test.each([
    ["the listed phase has another name", "08-80-percent-coverage"],
    ["only short words agree", "08-80-an-order"],
    ["no such phase is listed", "09-2-api-route-governance"],
    ["the directory has no second number", "09-api-route"],
  ])("does not where %s", (_, name) => {
    expect(keyFromRoadmap(name, roadmap)).toBeNull();
  });
});

describe("comparePhaseKeys", () => {
  test("orders by number, then letter, then decimals, and names last", () => {
    const ordered = [
      "1",
      "9",
      "12",
      "12.1",
      "12A",
      "12A.1",
      "12B",
      "19",
      "19.1",
      "19.1.3",
      "19.2",
      "19.10",
      "100",
      "admin",
      "billing",
    ];
    expect(ordered.toReversed().toSorted(comparePhaseKeys)).toEqual(ordered);
  });

  test("orders either way round", () => {
    expect(comparePhaseKeys("12", "12.1")).toBeLessThan(0);
    expect(comparePhaseKeys("12.1", "12")).toBeGreaterThan(0);
    expect(comparePhaseKeys("admin", "12")).toBeGreaterThan(0);
    expect(comparePhaseKeys("12", "admin")).toBeLessThan(0);
  });

  test("finds equal only what is written alike", () => {
    expect(comparePhaseKeys("19", "19")).toBe(0);
    expect(comparePhaseKeys("admin", "admin")).toBe(0);
    expect(comparePhaseKeys("019", "19")).toBeLessThan(0);
  });

  test("takes numbers that are too long to be phases for names", () => {
    const long = "9".repeat(400);
    expect(comparePhaseKeys(long, "19")).toBe(1);
    expect(comparePhaseKeys(`${long}.1`, `${long}.2`)).toBe(-1);
  });
});

describe("laws of phase keys", () => {
  const digits = fc.integer({ min: 0, max: 9_999 });
  const parsed = fc
    .tuple(
      digits,
      fc.constantFrom("", "a", "B", "z"),
      fc.array(digits, { maxLength: 3 }),
    )
    .map(([number, letter, decimals]) =>
      [`${number}${letter}`, ...decimals].join("."),
    );
  const key = fc.oneof(
    parsed.map((token) => parsePhaseKey(token) ?? ""),
    fc.constantFrom("admin", "billing", ""),
    fc.string({ maxLength: 4 }),
  );

  test("padding does not matter", () => {
    fc.assert(
      fc.property(parsed, fc.integer({ min: 0, max: 2 }), (token, zeros) => {
        const padded = token.replaceAll(
          /\d+/g,
          (part) => "0".repeat(zeros) + part,
        );
        expect(parsePhaseKey(padded)).toBe(parsePhaseKey(token));
      }),
    );
  });

  test("a key is its own key", () => {
    fc.assert(
      fc.property(parsed, (token) => {
        const once = parsePhaseKey(token);
        expect(once).not.toBeNull();
        expect(parsePhaseKey(once ?? "")).toBe(once);
      }),
    );
  });

  test("the order is total: antisymmetric, transitive, and equal only for the same key", () => {
    fc.assert(
      fc.property(key, key, key, (a, b, c) => {
        const sign = Math.sign(comparePhaseKeys(a, b));
        expect(sign + Math.sign(comparePhaseKeys(b, a))).toBe(0);
        expect(sign === 0).toBe(a === b);
        if (sign <= 0 && comparePhaseKeys(b, c) <= 0) {
          expect(comparePhaseKeys(a, c)).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("reading never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        parsePhaseKey(text);
        keyFromRoadmap(text, []);
        expect(readPhaseDirectory(text).key.length).toBeLessThanOrEqual(
          text.length,
        );
      }),
    );
  });
});
