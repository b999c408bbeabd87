import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePhaseKey } from "../../../src/core/planning/phaseKey.ts";
import {
  keysInFileName,
  phaseNamed,
} from "../../../src/core/planning/phaseNamed.ts";
import type { Statement } from "../../../src/core/planning/statement.ts";

/** The phase of a paragraph below headings. */
function named(text: string, ...section: readonly string[]): string | null {
  return phaseNamed({
    text,
    line: 1,
    place: "paragraph",
    section,
    row: null,
    checked: null,
  });
}

/** The phase of a row, `Phase | Coverage` unless said. */
function rowNamed(
  cells: readonly string[],
  header: readonly string[] = ["Phase", "Coverage"],
  ...section: readonly string[]
): string | null {
  const text = cells.join(" | ");
  const statement: Statement = {
    text,
    line: 1,
    place: "row",
    section,
    row: { header, cells },
    checked: null,
  };
  return phaseNamed(statement);
}

describe("the phase of a statement", () => {
  test.each([
    ["Phase 12: coverage reached 45%", "12"],
    ["**Phase 08.5** reached 45%", "8.5"],
    ["✅ phase-12A done, 120 tests", "12A"],
    ["[Phase 08-80-percent-push-42]: 79% coverage", "8"],
    ["Phase 19-02: 41 tests", "19"],
    ["Phase 8-45% of the lines are left", "8"],
    ["PHASE_3 ended at 45%", "3"],
    ["Phase 8 to 45% coverage", "8"],
    ["Phase 8 - 45% coverage", "8"],
  ])("is the one it begins with: %s", (text, key) => {
    expect(named(text, "Phase 7")).toBe(key);
  });

  test.each([
    ["Coverage of 45% after the work", ["Phase 8 results"], "8"],
    ["Coverage: 45%", ["Phase 8 Report", "Results"], "8"],
    ["Coverage: 45%", ["Phase 8", "Phase 9.1: API"], "9.1"],
    ["In phase 3 we had 45%", ["Phase 8"], "8"],
  ] as const)(
    "is else that of the nearest heading that names one: %s below %j",
    (text, section, key) => {
      expect(named(text, ...section)).toBe(key);
    },
  );

  test.each([
    ["Recommendations for Phase 13"],
    ["Ready to start Phase 13"],
    ["Next: Phase 13"],
    ["Changes since phase 13"],
    ["Accumulated context from Phase 13"],
    ["Phase 12 vs Phase 13"],
  ])("is not the one that a heading only points to: %s", (heading) => {
    expect(named("Coverage is 45%", "Phase 12 report", heading)).toBe("12");
  });

  test.each([
    ["Coverage rose to 45% in phase 8", "8"],
    ["Coverage rose to 45% in phase 8 (up from phase 7)", "8"],
    ["Coverage of 45% is up from Phase 7", null],
    ["Coverage of 45% unblocks Phase 9", null],
    ["In phase 8 and later in phase 9 it was 45%", null],
    ["Coverage is 45%", null],
    ["Plan 08.5-03 reached 45%", "8.5"],
    ["45% by `12-push-GAP-01-PLAN.md`", "12"],
    ["19-02-SUMMARY.md says 45%", "19"],
    ["45% of 19-02 lines", null],
  ])("is else the only one in its text: %s → %s", (text, key) => {
    expect(named(text)).toBe(key);
  });

  test.each([
    "Phase 8-9: 45%",
    "Phase 8–9: 45%",
    "Phases 1-3: 45%",
    "Phases 8, 9 and 10: 45%",
    "Phase 8/9 reached 45%",
    "Phase 8 & 9: 45%",
    "Phase 8 and 9: 45%",
    "Phase 8 through Phase 9: 45%",
    "Phases 8.1 to 8.5: 45%",
  ])("is none where several share it, whatever stands around: %s", (text) => {
    expect(named(text, "Phase 12 report")).toBeNull();
    expect(named("Coverage is 45%", "Phase 12 report", text)).toBeNull();
  });

  test("is none below a heading of several phases", () => {
    expect(named("Coverage: 45%", "Phase 1", "Phase 2 and Phase 3")).toBeNull();
  });

  test("is none where the number is no key", () => {
    expect(named("Phase 1234567: 45%")).toBeNull();
    expect(named("Phase 1.2.3.4.5: 45%")).toBeNull();
    expect(named("Phase one: 45%")).toBeNull();
  });
});

describe("the phase of a row", () => {
  test.each([
    ["12", "12"],
    ["**8.5**", "8.5"],
    ["Phase 03", "3"],
    ["3. Billing", "3"],
    ["Phases 3-5", null],
    ["3-5", null],
  ])("is its first cell in a table of phases: %s → %s", (cell, key) => {
    expect(rowNamed([cell, "45%"])).toBe(key);
    expect(rowNamed([cell, "45%"], ["**Phases**", "Coverage"])).toBe(key);
  });

  test("is in any other table that of its heading or its text", () => {
    const header = ["Module", "Coverage"];
    expect(rowNamed(["12", "45%"], header)).toBeNull();
    expect(rowNamed(["12", "45%"], header, "Phase 8")).toBe("8");
    expect(rowNamed(["core (phase 8)", "45%"], header)).toBe("8");
    expect(rowNamed(["Total", "45%"])).toBeNull();
    expect(rowNamed([], [], "Phase 8")).toBe("8");
    expect(rowNamed([])).toBeNull();
  });
});

describe("the phase in a file's name", () => {
  test.each([
    ["PHASE_8_6_REPORT.md", ["8.6", "8"]],
    ["COVERAGE_PHASE_8.6.md", ["8.6", "8"]],
    ["phase-12-coverage.md", ["12"]],
    ["phase12A-report.md", ["12A"]],
    ["phase-019-report.md", ["19"]],
    ["PHASE_19_02_REPORT.md", ["19"]],
    ["phase-19-02-report.md", ["19"]],
    ["PHASE_3_2026-02-17.md", ["3"]],
    ["PHASES_1_TO_3_REPORT.md", []],
    ["COVERAGE_REPORT.md", []],
    ["multiphase8.md", []],
  ])("%s may be of %j", (name, keys) => {
    expect(keysInFileName(name)).toEqual(keys);
  });
});

describe("laws", () => {
  const words = fc.constantFrom(
    "Phase 8",
    "phase-8.5",
    "Phases 1-3",
    "from",
    "45%",
    "plan 8-03",
    "|",
    "-",
    "9",
    "PHASE_12A",
    " ",
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(words).map((all) => all.join(" ")),
  );

  test("reading never throws, and what it finds is a key", () => {
    fc.assert(
      fc.property(
        anyText,
        fc.array(anyText, { maxLength: 3 }),
        fc.option(fc.array(anyText, { maxLength: 3 })),
        (text, section, cells) => {
          const key = phaseNamed({
            text,
            line: 1,
            place: cells ? "row" : "item",
            section,
            row: cells && { header: ["Phase", text], cells },
            checked: null,
          });
          if (key !== null) expect(parsePhaseKey(key)).toBe(key);
          for (const found of keysInFileName(text)) {
            expect(parsePhaseKey(found)).toBe(found);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("padding does not make another phase", () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(3), (number, zeros) => {
        const padded = `${"0".repeat(zeros)}${number}`;
        expect(named(`Phase ${padded}: 45%`)).toBe(`${number}`);
      }),
    );
  });

  test.each([
    "phase ",
    "phase 1 ",
    "plan 1",
    "phase 1.",
    "phase 1-2",
    "0",
    " ",
  ])("a long text of %j is read in time", (piece) => {
    const long = piece.repeat(200_000 / piece.length);
    const start = performance.now();
    named(long, long);
    rowNamed([long, long], [long]);
    keysInFileName(long.slice(0, 4_096));
    expect(performance.now() - start).toBeLessThan(500);
  });
});
