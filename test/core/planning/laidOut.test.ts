import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DocumentKind } from "../../../src/core/planning/documentKind.ts";
import {
  readInPlace,
  readingRole,
} from "../../../src/core/planning/laidOut.ts";
import type { DocumentRules } from "../../../src/core/planning/layout.ts";

const RULES: DocumentRules = {
  role: "own.0",
  targets: [{ section: "success criteria", id: "SC" }],
  words: {},
  verification: null,
  tracker: null,
  hasStatus: true,
};

function read(
  kind: DocumentKind,
  text: string,
  rules: Partial<DocumentRules> = {},
) {
  return readInPlace({ kind, rules: { ...RULES, ...rules } }, text);
}

describe("readInPlace", () => {
  test("reads a document of GSD as GSD's, under its kind alone", () => {
    const place = { kind: "plan" as const };
    expect(readInPlace(place, "# Plan\n").work).toBeUndefined();
    expect(readingRole(place)).toBe("plan");
    expect(readingRole({ kind: "plan", rules: RULES })).toBe("plan@own.0");
  });

  test("takes targets from the section that is asked for, and by their id", () => {
    const { targets } = read(
      "spec",
      `# Spec

Overall coverage is at least 10%

## Success Criteria *(mandatory)*

- **SC-001**: Overall coverage is at least 80%

## Critérios

- **SC-002**: Line coverage of shop/pricing.py is at least 60%
- SCRIPT 1: Overall coverage is at least 20%
`,
    );
    expect(targets.map(({ value, line }) => [value, line])).toEqual([
      [80, 7],
      [60, 11],
    ]);
  });

  test("takes targets from anywhere where nothing is asked for, but not from headings", () => {
    const { targets } = read(
      "spec",
      "# Overall coverage >= 90%\n\nOverall coverage >= 80%\n",
      { targets: [{ section: null, id: null }] },
    );
    expect(targets.map(({ value }) => value)).toEqual([80]);
  });

  test("reads a plan's success criteria once", () => {
    const { targets, plan } = read(
      "plan",
      "## Success Criteria\n\n- Overall coverage >= 80%\n",
    );
    expect(plan).not.toBeNull();
    expect(targets).toHaveLength(1);
  });

  test("states a status only where one is looked for", () => {
    expect(read("spec", "**Status**: Draft\n").work?.status?.says).toBe(
      "Draft",
    );
    expect(
      read("spec", "**Status**: Draft\n", { hasStatus: false }).work?.status,
    ).toBeNull();
  });

  test("reads a list of tasks with its oddities", () => {
    const { work, findings } = read("tasks", "- [~] T001 a\n");
    expect(work?.tasks).toHaveLength(1);
    expect(findings).toHaveLength(1);
  });

  test("reads a tracker as one, with no finding about an empty document", () => {
    const { work, findings, kind } = read("tracker", "s:\n  1: done\n", {
      tracker: { field: "s", unit: "<id>", plan: "<id>-<plan>" },
    });
    expect(kind).toBe("tracker");
    expect(work?.tracked).toMatchObject([{ id: "1" }]);
    expect(findings).toEqual([]);
  });

  describe("of a verification", () => {
    const text = "---\nstatus: gaps_found\nresult:\n  verdict: Approved\n---\n";
    const by = (verification: DocumentRules["verification"]) =>
      read("verification", text, { verification }).verification;

    test("maps the words of the field that is named", () => {
      expect(
        by({ field: "result.verdict", map: { approved: "passed" } }),
      ).toMatchObject({
        rawStatus: "Approved",
        status: "passed",
        statusLine: 4,
      });
    });

    test("does not guess what a word of that field means", () => {
      expect(by({ field: "result.verdict", map: {} })).toMatchObject({
        rawStatus: "Approved",
        status: "unknown",
      });
      expect(by({ field: "missing", map: {} })).toMatchObject({
        rawStatus: "",
        status: "unknown",
      });
    });

    test("reads GSD's own field where none is named", () => {
      expect(by({ field: null, map: {} })).toMatchObject({
        status: "gaps_found",
      });
      expect(
        by({ field: null, map: { gaps_found: "human_needed" } }),
      ).toMatchObject({ status: "human_needed" });
      expect(by(null)).toMatchObject({ status: "gaps_found" });
    });
  });

  test("never throws", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<DocumentKind>(
          "spec",
          "tasks",
          "tracker",
          "plan",
          "summary",
          "verification",
        ),
        fc.string({ unit: "binary" }),
        (kind, text) => {
          expect(() => read(kind, text)).not.toThrow();
        },
      ),
    );
  });
});
