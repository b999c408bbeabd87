import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocument } from "../../../src/core/planning/document.ts";
import type { DocumentKind } from "../../../src/core/planning/documentKind.ts";
import { standingOf } from "../../../src/core/planning/requirementAnswers.ts";

function read(kind: DocumentKind, ...lines: string[]) {
  return readDocument(kind, lines.join("\n")).requirements;
}

/** `3 defined AUTH-01: text | status`, as short as it goes. */
function said(kind: DocumentKind, ...lines: string[]): string[] {
  return read(kind, ...lines).map(({ id, line, role, text, says, phase }) =>
    [
      `${line} ${role} ${id}`,
      text === null ? "" : `: ${text}`,
      says === null ? "" : ` | ${says}`,
      phase === null ? "" : ` → ${phase}`,
    ].join(""),
  );
}

describe("a REQUIREMENTS document", () => {
  test("defines them as list items, ticked or not, and traces them in a table", () => {
    expect(
      said(
        "requirements",
        "# Requirements",
        "",
        "### Payments",
        "",
        "- [x] **PAY-01**: Refunds go to the *same* card",
        "- [ ] **PAY-02**: 98%+ of the tests pass",
        "- **PAY-03**",
        "- Every file is UTF-8",
        "- **UTF-8**: every file",
        "",
        "## Traceability",
        "",
        "| Requirement | Phase | Status |",
        "|---|---|---|",
        "| PAY-01 | Phase 3 | Complete |",
        "| **PAY-02**, PAY-03 | 3.1 | ✅ Done |",
        "| PAY-04 | Phase 2-5 (ongoing) | |",
        "| Notes | none | |",
      ),
    ).toEqual([
      "5 defined PAY-01: Refunds go to the same card | [x] ticked",
      "6 defined PAY-02: 98%+ of the tests pass | [ ] not ticked",
      "7 defined PAY-03",
      "15 traced PAY-01 | Complete → 3",
      "16 traced PAY-02 | Done → 3.1",
      "16 traced PAY-03 | Done → 3.1",
      "17 traced PAY-04",
    ]);
  });

  test("defines them as headings, with status, phase and criteria below", () => {
    const [first, second] = read(
      "requirements",
      "## Active",
      "",
      "### PAY-01: Refunds",
      "**Priority:** P0",
      "**Phase:** 4 - Payments",
      "**Status:** ✅ Complete",
      "",
      "- [ ] Coverage of refunds.py is at least 80%",
      "- [ ] No lost refunds",
      "",
      "### PAY-02: Taxes",
      "**Phase:** 2-11",
      "",
      "## Notes",
      "",
      "- of no requirement",
    );
    expect(first).toEqual({
      id: "PAY-01",
      line: 3,
      role: "defined",
      text: "Refunds",
      criteria: [
        { text: "Refunds", line: 3 },
        { text: "Coverage of refunds.py is at least 80%", line: 8 },
        { text: "No lost refunds", line: 9 },
      ],
      says: "Complete",
      phase: "4",
    });
    expect(second).toMatchObject({
      id: "PAY-02",
      phase: null,
      criteria: [{ text: "Taxes" }],
    });
  });

  test("may define them in a table, with their phase or without", () => {
    expect(
      said(
        "requirements",
        "| ID | Description | Phase |",
        "|---|---|---|",
        "| PAY-01 | Refunds go to the card | Phase 2 |",
        "",
        "| ID | Requirement | Priority |",
        "|---|---|---|",
        "| PAY-02 | Taxes are rounded | high |",
      ),
    ).toEqual([
      "3 defined PAY-01: Refunds go to the card",
      "3 traced PAY-01 → 2",
      "7 defined PAY-02: Taxes are rounded",
    ]);
  });

  test("makes no claims and lists no files", () => {
    const { claims, fileLists } = readDocument(
      "requirements",
      "- [x] **PAY-01**: Coverage is 80% in a.py, b.py, c.py",
    );
    expect([claims, fileLists]).toEqual([[], []]);
  });
});

describe("a plan", () => {
  test("claims what its field lists, and promises what its truths begin with", () => {
    expect(
      said(
        "plan",
        "---",
        "requirements: [PAY-01, COV-B-01]",
        "must_haves:",
        "  truths:",
        '    - "PAY-02: 98%+ of the tests pass"',
        '    - "All tests pass (PAY-03 requirement)"',
        '    - "GAP-01: closed"',
        '    - "SHA-256: used"',
        "---",
        "<success_criteria>",
        "- **PAY-04:** no flaky tests, as PAY-02 asks",
        "- **PAY-05**",
        "</success_criteria>",
        "- **PAY-06**: not a criterion",
      ),
    ).toEqual([
      "2 claimed PAY-01",
      "2 claimed COV-B-01",
      "5 promised PAY-02: 98%+ of the tests pass",
      "6 named PAY-03",
      "7 named GAP-01",
      "11 promised PAY-04: no flaky tests, as PAY-02 asks",
      "11 named PAY-02",
      "12 promised PAY-05",
    ]);
  });

  test("may claim them one to a line, with words or as fields", () => {
    expect(
      said(
        "plan",
        "---",
        "requirements:",
        "  - PAY-01 (Refunds)",
        "  - id: PAY-02",
        "  - 7",
        "  - [x]",
        "---",
      ),
    ).toEqual(["3 claimed PAY-01: Refunds", "4 claimed PAY-02"]);
  });
});

describe("a summary", () => {
  test.each(["requirements-completed", "requirements_completed"])(
    "completes what %s lists",
    (name) => {
      expect(said("summary", "---", `${name}: [PAY-01]`, "---")).toEqual([
        "2 completed PAY-01",
      ]);
    },
  );
});

describe("a verification", () => {
  test("answers them in its table", () => {
    expect(
      said(
        "verification",
        "### Requirements Coverage",
        "",
        "| Requirement | Status | Blocking Issue |",
        "|---|---|---|",
        "| PAY-01: Refunds | ✓ SATISFIED | None |",
        "| **PAY-02** | ✗ BLOCKED | 3 tests fail |",
        "| PAY-03 (Taxes) | ✅ | |",
        "| PAY-04 | ❌ | |",
        "| PAY-05 | ❔ | |",
        "| Invoices are printed | ✓ SATISFIED | |",
        "| PAY-06 and PAY-07 | ✓ SATISFIED | |",
        "| PAY-08 | | |",
      ),
    ).toEqual([
      "5 verified PAY-01: Refunds | SATISFIED",
      "6 verified PAY-02 | BLOCKED",
      "7 verified PAY-03: Taxes | satisfied",
      "8 verified PAY-04 | not satisfied",
      "9 verified PAY-05",
    ]);
  });

  test("may give what they ask for in a column of its own, and the table any heading", () => {
    expect(
      said(
        "verification",
        "## Results",
        "",
        "| Req ID | Source Plan | Description | Status |",
        "|---|---|---|---|",
        "| PAY-01 | 02-01 | Refunds go to the card | PARTIAL |",
        "",
        "| Model | Status |",
        "|---|---|",
        "| PAY-02 | passed |",
      ),
    ).toEqual(["5 verified PAY-01: Refunds go to the card | PARTIAL"]);
  });

  test("may answer them in a list of that section", () => {
    expect(
      said(
        "verification",
        "## Requirements",
        "- **PAY-01**: ✓ SATISFIED",
        "- PAY-02: see below",
        "- none open",
        "",
        "PAY-03: satisfied",
        "## Notes",
        "- PAY-04: satisfied",
      ),
    ).toEqual(["2 verified PAY-01 | SATISFIED"]);
  });
});

test.each<DocumentKind>(["roadmap", "state", "report", "other"])(
  "a %s document is not read for them here",
  (kind) => {
    expect(said(kind, "- [x] **PAY-01**: done")).toEqual([]);
  },
);

test.each([
  ["done", "SATISFIED"],
  ["done", "✅ Complete"],
  ["done", "[x] ticked"],
  ["done", "listed as completed"],
  ["partial", "PARTIALLY COMPLETE"],
  ["not_done", "not satisfied"],
  ["not_done", "BLOCKED"],
  ["not_done", "unmet"],
  ["open", "Pending"],
  ["open", "In Progress"],
  ["open", "NEEDS HUMAN"],
  ["open", "[ ] not ticked"],
  [null, "see below"],
])("%s is what %j comes to", (standing, says) => {
  expect(standingOf(says)).toBe(standing);
});

test("any text is read without an error", () => {
  const kinds = fc.constantFrom<DocumentKind>(
    "requirements",
    "plan",
    "summary",
    "verification",
  );
  fc.assert(
    fc.property(kinds, fc.string({ unit: "binary" }), (kind, text) => {
      const lines = `${text}\n`.split(/\r\n|\n|\r/).length;
      for (const { line } of readDocument(kind, text).requirements) {
        expect(line).toBeLessThanOrEqual(lines);
      }
    }),
  );
});
