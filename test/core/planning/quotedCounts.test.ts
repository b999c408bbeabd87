import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readStatements } from "../../../src/core/planning/markdown.ts";
import { readCounts } from "../../../src/core/planning/quotedCounts.ts";

function counts(...lines: string[]): number[] {
  return readCounts(readStatements(lines.join("\n"), 1));
}

describe("the counts that a document quotes", () => {
  test("are its whole numbers of a thousand and more, with or without separators, each once", () => {
    expect(
      counts(
        "| Covered | Total |",
        "|---------|-------|",
        "| 2,901 | 56529 |",
        "",
        "- 2901 lines of 1,234,567, and 999 more",
        "- It ends at 1000.",
      ),
    ).toEqual([2901, 56_529, 1_234_567, 1000]);
  });

  test.each([
    "backend/4000/x.py",
    "issue-4000",
    "v1.4000",
    "4000.5",
    "4,000.5",
    "4000ms",
    "2026-02-18",
    "x4000",
    "12,34",
    "1234567890123",
    "0042",
  ])("are no part of anything else: %s", (text) => {
    expect(counts(`It is ${text} here`)).toEqual([]);
  });

  test("are no more than a thousand", () => {
    const many = Array.from({ length: 1_200 }, (_, index) => 5_000 + index);
    expect(counts(many.join("\n\n"))).toHaveLength(1_000);
    expect(counts(many.join(" "))).toEqual(many.slice(0, 1_000));
  });

  test("are whole, large and distinct, in any text", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: "binary" }),
            fc.constantFrom("1,000", "56529", ",", ".", "/", "-", " "),
          ),
        ),
        (pieces) => {
          const found = counts(pieces.join(""));
          expect(new Set(found).size).toBe(found.length);
          for (const count of found) {
            expect(Number.isInteger(count) && count >= 1_000).toBe(true);
          }
        },
      ),
    );
  });

  test.each(["1,000", "1000,", "1", "9,999,"])(
    "are found in time in a long text of %j",
    (piece) => {
      const text = piece.repeat(100_000 / piece.length);
      const start = performance.now();
      readCounts([
        {
          text,
          line: 1,
          place: "paragraph",
          section: [],
          row: null,
          checked: null,
        },
      ]);
      expect(performance.now() - start).toBeLessThan(500);
    },
  );
});
