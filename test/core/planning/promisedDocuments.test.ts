import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocument } from "../../../src/core/planning/document.ts";

/** `line: path` of everything a plan with these lines promises. */
function promised(...lines: string[]): string[] {
  return readDocument("plan", lines.join("\n")).promisedDocuments.map(
    ({ path, line }) => `${line}: ${path}`,
  );
}

function output(...lines: string[]): string[] {
  return promised("<output>", ...lines, "</output>");
}

function criterion(text: string): string[] {
  return promised("<success_criteria>", `- ${text}`, "</success_criteria>");
}

describe("the output of a plan", () => {
  test("promises the document it says to create, and not what that will hold", () => {
    expect(
      output(
        "After completion, create `.planning/phases/19-billing/19-09-SUMMARY.md` with:",
        "- Coverage of `TEST_STANDARDS.md`",
        "- `INVOICES.md` changes",
      ),
    ).toEqual(["2: .planning/phases/19-billing/19-09-SUMMARY.md"]);
  });

  test("promises each of several documents, in a sentence or as a list", () => {
    expect(
      output("Create ./19-01-SUMMARY.md and reports/latency.json afterwards."),
    ).toEqual(["2: 19-01-SUMMARY.md", "2: reports/latency.json"]);
    expect(
      output(
        "Create:",
        "",
        "- `19-01-SUMMARY.md`",
        "- **docs/billing/REPORT.md** (for the team)",
        "- a table of the numbers in NUMBERS.md",
      ),
    ).toEqual(["4: 19-01-SUMMARY.md", "5: docs/billing/REPORT.md"]);
  });

  test("may be a section of its own, and may name a template", () => {
    expect(
      promised("## Output", "", "Write {phase}-{plan}-SUMMARY.md at the end."),
    ).toEqual(["3: {phase}-{plan}-SUMMARY.md"]);
  });

  test("does not promise what the plan reads, nor files outside the repository", () => {
    expect(output("Follow @~/.tool/templates/summary.md")).toEqual([]);
    expect(output("Use the notes in /srv/notes/plan.md")).toEqual([]);
    expect(
      output("Write `REPORT.md` based on the `19-RESEARCH.md` notes."),
    ).toEqual(["2: REPORT.md"]);
  });

  test("does not promise what it asks for only under a condition", () => {
    expect(output("If a target is missed, create GAPS.md.")).toEqual([]);
  });

  test("has no promise where no file is named", () => {
    expect(output("Three tests. Nothing else.")).toEqual([]);
    expect(output("### Notes on SUMMARY.md")).toEqual([]);
  });
});

describe("a success criterion", () => {
  test.each([
    "BASELINE.md created with a table for each module",
    "The guide (docs/GUIDE.md) is complete",
    "GUIDE.md (the short one) documents all fixtures",
    "Gaps documented in `BASELINE.md`",
    "The report exists at reports/19-REPORT.md",
    "Create docs/GUIDE.md for new people",
  ])("promises the document that will be there: %s", (text) => {
    expect(criterion(text)).toHaveLength(1);
  });

  test.each([
    "All bugs of TRIAGE.md are fixed",
    "All gaps from VERIFICATION.md addressed (closed or documented)",
    "6 SKILL.md files created",
    "No REPORT.md created by hand",
    "Coverage reaches 80% OR gaps documented in GAPS.md",
    "GAPS.md created if a target is missed",
    "coverage.json exists",
    "Overall coverage reaches 80%",
  ])("promises no document: %s", (text) => {
    expect(criterion(text)).toEqual([]);
  });
});

test("required files promise the documents among them, and nothing that is prose", () => {
  expect(
    promised(
      "---",
      "must_haves:",
      "  artifacts:",
      "    - path: docs/GUIDE.md",
      "    - path: src/invoices.py",
      "    - path: the final report.md",
      "---",
    ),
  ).toEqual(["4: docs/GUIDE.md"]);
});

test("only plans promise documents", () => {
  const text = "<output>\nCreate REPORT.md\n</output>";
  expect(readDocument("summary", text).promisedDocuments).toEqual([]);
});

test("two hundred documents of a plan that promises more are judged, and it says so", () => {
  const names = Array.from({ length: 300 }, (_, index) => `- R${index}.md`);
  const lines = ["<output>", ...names, "</output>"];
  const { promisedDocuments, findings } = readDocument(
    "plan",
    lines.join("\n"),
  );
  expect(promisedDocuments).toHaveLength(200);
  expect(findings).toMatchObject([
    {
      kind: "too_large",
      message: "The plan promises 300 documents; the first 200 were judged.",
    },
  ]);
});

test("reading promises never throws and stays quick", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(output(text).length).toBeLessThanOrEqual(200);
    }),
  );
  const long = output(
    "a/".repeat(50_000),
    "{".repeat(100_000),
    "x.md ".repeat(9),
  );
  expect(long.length).toBeLessThanOrEqual(200);
});
