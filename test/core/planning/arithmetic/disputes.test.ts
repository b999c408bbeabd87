import fc from "fast-check";
import { expect, it, test } from "vitest";
import { readDocument } from "../../../../src/core/planning/document.ts";
import { disputesIn } from "./reading.ts";

it("says where the other side of a disputed claim begins", () => {
  const { claims } = readDocument(
    "summary",
    "| Suite | Passing |\n|---|---|\n| a | 4 |\n| b | 6 |\n| Total | 12 |\n",
  );
  expect(claims.find(({ value }) => value === 12)?.disputed).toEqual({
    line: 3,
    why: "The total row says 12 for “Passing”; the 2 rows above it (from line 3) add up to 10.",
  });
});

it("leaves the other claims of a disputed line alone", () => {
  const { claims } = readDocument(
    "summary",
    "| Suite | Tests | Passing |\n|---|---|---|\n| a | 4 | 4 |\n| b | 6 | 6 |\n| Total | 10 | 11 |\n",
  );
  expect(
    claims
      .filter(({ line }) => line === 5)
      .map(({ value, disputed }) => [value, disputed !== undefined]),
  ).toEqual([
    [10, false],
    [11, true],
  ]);
});

test("a table whose total is the sum of its rows is never disputed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(5_000), { minLength: 2, maxLength: 12 }),
      (counts) => {
        const total = counts.reduce((sum, count) => sum + count, 0);
        const rows = counts.map(
          (count, index) =>
            `| suite ${index} | ${count.toLocaleString("en")} |`,
        );
        expect(
          disputesIn(
            `| Suite | Passing |\n|---|---|\n${rows.join("\n")}\n| Total | ${total} |\n`,
          ),
        ).toEqual({ claims: {}, findings: [] });
      },
    ),
  );
});

test("whatever stands in a document, reading it does not throw", () => {
  const cell = fc.oneof(
    fc.constantFrom(
      "Total",
      "Passing",
      "Tests",
      "Target",
      "Coverage",
      "Status",
      "✅ YES (40%)",
      "50%",
      "3/4",
      "-",
      "x.py",
      "(1 + 2)",
    ),
    fc.nat(999).map(String),
    fc.string({ maxLength: 8 }),
  );
  const line = fc
    .array(cell, { minLength: 1, maxLength: 5 })
    .map((cells) => `| ${cells.join(" | ")} |`);
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          line,
          cell.map((text) => `- [x] Phase 1: ${text}`),
          fc.constant("|---|---|---|"),
          fc.constant(""),
        ),
        { maxLength: 20 },
      ),
      fc.constantFrom("summary" as const, "roadmap" as const),
      (lines, kind) => {
        expect(() => readDocument(kind, lines.join("\n"))).not.toThrow();
      },
    ),
  );
});
