import { expect, test } from "vitest";
import { readDocument } from "../../../src/core/planning/document.ts";
import type { DocumentKind } from "../../../src/core/planning/documentKind.ts";

function missing(kind: DocumentKind, ...lines: string[]) {
  return readDocument(kind, lines.join("\n")).missingParts;
}

const TRUTHS = "### Observable Truths";

test("a document that has every required part lacks nothing", () => {
  expect(
    missing(
      "verification",
      "---",
      "phase: 19",
      "verified: 2026-02-18",
      "status: passed",
      "score: 4/4",
      "---",
      TRUTHS,
    ),
  ).toBeNull();
});

test("required fields are named, however they are spelled", () => {
  expect(
    missing(
      "summary",
      "---",
      "phase: 19",
      "plan: 01",
      "duration_minutes: 12",
      "date_completed: 2026-02-18",
      "---",
      "## Deviations from Plan: none",
    ),
  ).toEqual({
    frontMatter: false,
    fields: ["subsystem", "tags"],
    sections: [],
  });
});

test("without front matter no single field is missing", () => {
  expect(missing("verification", TRUTHS)).toEqual({
    frontMatter: true,
    fields: [],
    sections: [],
  });
});

test("fields that an error may have taken down are not missing", () => {
  expect(
    missing("verification", "---", 'phase: "19" x', "---", TRUTHS),
  ).toBeNull();
});

test("a section is a heading or a tag", () => {
  const front = [
    "---",
    ...["phase", "plan", "type", "wave", "depends_on"].map(
      (key) => `${key}: 1`,
    ),
    ...["files-modified", "autonomous", "must-haves"].map((key) => `${key}: 1`),
    "---",
  ];
  const criteria = ["<success_criteria>", "- Done", "</success_criteria>"];
  expect(missing("plan", ...front, "## Tasks", ...criteria)).toBeNull();
  expect(missing("plan", ...front, ...criteria)).toEqual({
    frontMatter: false,
    fields: [],
    sections: ["tasks"],
  });
});

test("nothing is required of a report", () => {
  expect(missing("report", "Coverage is 71.2 %.")).toBeNull();
});

test("an empty document lacks everything, and is told of as empty", () => {
  expect(missing("plan", " ")).toBeNull();
});
