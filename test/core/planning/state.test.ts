import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readStatements } from "../../../src/core/planning/markdown.ts";
import { phaseBeside, readState } from "../../../src/core/planning/state.ts";

function read(...lines: string[]) {
  return readState(readStatements(lines.join("\n"), 1));
}

describe("the current phase", () => {
  const statements = readStatements(
    [
      "# State",
      "",
      "Coverage is 70%",
      "",
      "## Position",
      "",
      "Phase: 19 of 25",
      "",
      "Status: In progress, 41 tests",
      "",
      "Progress: 80%",
      "",
      "- Results of last week: 70%",
      "",
      "## Blockers",
      "",
      "8 tests fail",
    ].join("\n"),
    1,
  );

  test("is spoken of by the paragraphs of the section that names it, and by nothing else", () => {
    const state = readState(statements);
    expect(
      statements
        .filter((statement) => phaseBeside(statement, state) === "19")
        .map(({ text }) => text),
    ).toEqual([
      "Phase: 19 of 25",
      "Status: In progress, 41 tests",
      "Progress: 80%",
    ]);
    expect(
      new Set(statements.map((statement) => phaseBeside(statement, state))),
    ).toEqual(new Set(["19", null]));
  });

  test("is none where the document says none", () => {
    for (const statement of statements) {
      expect(phaseBeside(statement, null)).toBeNull();
    }
  });

  test("is one of a document without headings", () => {
    const plain = readStatements(
      "Phase: 3\n\nStatus: Ready\n\n41 tests pass",
      1,
    );
    expect(
      plain.map((statement) => phaseBeside(statement, readState(plain))),
    ).toEqual(["3", "3", "3"]);
  });
});

describe("readState", () => {
  test("reads the phase and the status that follows it", () => {
    expect(
      read(
        "# Project State",
        "",
        "## Current Position",
        "",
        "Phase: 19 of 25 (Billing)",
        "Plan: 2 of 4",
        "Status: In progress ✅ Last activity: today",
      ),
    ).toEqual({
      key: "19",
      name: "of 25 (Billing)",
      says: "In progress",
      line: 7,
      section: ["Project State", "Current Position"],
    });
  });

  test.each([
    ["Phase: 18-billing", "18", "-billing"],
    ["Phase: 019.10", "19.10", ""],
    ["Phase: 7.", "7", ""],
    ["**Current Phase:** 12a", "12A", ""],
    ["**Phase**: 5", "5", ""],
  ])("reads %s", (line, key, name) => {
    expect(read(line, "", "**Status:** **Blocked** by review")).toEqual({
      key,
      name,
      says: "Blocked by review",
      line: 3,
      section: [],
    });
  });

  test("reads labels that stand one below the other in bold", () => {
    expect(
      read("**Current Phase:** 3", "**Total Phases:** 9", "**Status:** Ready"),
    ).toMatchObject({ key: "3", says: "Ready", line: 3 });
  });

  test("keeps to the first phase it names", () => {
    expect(read("Phase: 3", "", "Phase: 4", "", "Status: Ready")?.key).toBe(
      "3",
    );
  });

  test.each([
    ["no phase", ["Status: Ready"]],
    ["no status", ["Phase: 3", "", "Plan: 1"]],
    ["a status before the phase", ["Status: Ready", "", "Phase: 3"]],
    ["a phase without a number", ["Phase: done", "", "Status: Ready"]],
    ["a phase whose number is none", ["Phase: 1.x", "", "Status: Ready"]],
    ["nothing", []],
  ])("says nothing where there is %s", (_, lines) => {
    expect(read(...lines)).toBeNull();
  });

  test("never throws", () => {
    const piece = fc.oneof(
      fc.constantFrom("Phase:", "Status:", "**", "19", "\n", " "),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const state = read(pieces.join(""));
        if (state) expect(state.key).toMatch(/^\d/);
      }),
    );
  });
});
