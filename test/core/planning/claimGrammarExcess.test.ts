import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readClaims } from "../../../src/core/planning/claims/readClaims.ts";
import { readDocument } from "../../../src/core/planning/document.ts";
import type { Statement } from "../../../src/core/planning/statement.ts";

function item(text: string): Statement {
  return {
    text,
    line: 7,
    place: "item",
    section: ["Phase 4 Plan 02: Summary", "Results"],
    row: null,
    checked: null,
  };
}

function row(header: readonly string[], cells: readonly string[]): Statement {
  return { ...item(cells.join(" | ")), place: "row", row: { header, cells } };
}

/** `count` claims, each in a sentence of its own. */
function dump(count: number): string {
  return Array.from(
    { length: count },
    (_, n) => `Covered f${n}.py with 1${n}.5% coverage.`,
  ).join(" ");
}

const NUMBERS = Array.from({ length: 61 }, (_, n) => n + 100).join(", ");

describe("what a statement has too much of", () => {
  it("is nothing in a statement that a person wrote", () => {
    expect(readClaims(item("Overall coverage: 61.4%")).excess).toEqual([]);
    expect(
      readClaims(row(["File", "Coverage"], ["cart.py", "61.4%"])).excess,
    ).toEqual([]);
  });

  it("is its text past 4,000 characters, in which no claim is read", () => {
    const start = `${"and so on ".repeat(400)}. `;
    const { claims, excess } = readClaims(
      item(`${start}Overall coverage: 61.4%`),
    );
    expect(claims).toEqual([]);
    expect(excess).toEqual([
      { what: "characters", count: start.length + 23, read: 4_000 },
    ]);
  });

  it("is nothing at 4,000 characters", () => {
    expect(readClaims(item("x".repeat(4_000))).excess).toEqual([]);
  });

  it.each([
    ["cell", row(["File", "Notes"], ["cart.py", "x".repeat(4_001)])],
    ["header", row(["File", "x".repeat(4_001)], ["cart.py", "61%"])],
  ])("is the text of one %s of a table past 4,000 characters", (_, given) => {
    expect(readClaims(given).excess).toEqual([
      { what: "characters in one cell", count: 4_001, read: 4_000 },
    ]);
  });

  it("is nothing in a row of many cells that are short enough", () => {
    const cells = Array.from({ length: 30 }, () => "x".repeat(200));
    expect(readClaims(row(["File"], cells)).excess).toEqual([]);
  });

  it("is the numbers of a sentence past the sixtieth", () => {
    expect(readClaims(item(`Samples: ${NUMBERS}`)).excess).toEqual([
      { what: "numbers in one sentence", count: 61, read: 60 },
    ]);
    expect(
      readClaims(row(["File", "Notes"], ["cart.py", `Samples: ${NUMBERS}`]))
        .excess,
    ).toEqual([{ what: "numbers in one sentence", count: 61, read: 60 }]);
  });

  it("is its claims past the fortieth", () => {
    const { claims, excess } = readClaims(item(dump(59)));
    expect(claims).toHaveLength(40);
    expect(excess).toEqual([{ what: "claims", count: 59, read: 40 }]);
  });

  it("is told whenever something was left out, and only then", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80 }), (count) => {
        const { claims, excess } = readClaims(item(dump(count)));
        expect(claims).toHaveLength(Math.min(count, 40));
        expect(excess.map(({ what }) => what)).toEqual(
          count > 40 ? ["claims"] : [],
        );
      }),
    );
  });
});

describe("a document with statements that are too large", () => {
  const head = "# Phase 4 Plan 02: Summary\n\n## Results\n";

  function told(text: string, kind: "summary" | "plan" = "summary"): string[] {
    return readDocument(kind, text)
      .findings.filter((finding) => finding.kind === "too_large")
      .map(({ line, message }) => `${line}: ${message}`);
  }

  it("gets a finding that names the line and the mend", () => {
    expect(told(`${head}\n- ${dump(59)}\n`)).toEqual([
      "5: The statement on line 5 has 59 claims; after the first 40 the rest was not read. Split it so that all of it is.",
    ]);
  });

  it("gets one for a long front matter value too", () => {
    expect(
      told(`---\nphase: 4\nachieved: ${"x".repeat(4_213)}\n---\n${head}`),
    ).toEqual([
      "3: The statement on line 3 has 4,213 characters; after the first 4,000 the rest was not read. Split it so that all of it is.",
    ]);
  });

  it("gets none as a plan, in which no claims are read", () => {
    expect(told(`${head}\n- ${dump(59)}\n`, "plan")).toEqual([]);
  });

  it("names twenty of them and counts the others", () => {
    const items = Array.from({ length: 23 }, () => `- Samples: ${NUMBERS}`);
    const findings = told(`${head}\n${items.join("\n")}\n`);
    expect(findings).toHaveLength(21);
    expect(findings[19]).toMatch(/^24: .* 61 numbers in one sentence;/);
    expect(findings[20]).toBe(
      "25: From line 25 on, 3 more statements are too long to be read whole; split them.",
    );
  });
});
