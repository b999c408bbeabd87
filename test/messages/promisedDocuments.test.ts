import { expect, test } from "vitest";
import type { PromisedDocumentStatus } from "../../src/core/status.ts";
import type { Span } from "../../src/messages/page.ts";
import { promisedDocumentsLine } from "../../src/messages/promisedDocuments.ts";

function said(...verdicts: PromisedDocumentStatus["verdict"][]): string[] {
  const documents = verdicts.map((verdict, index) => ({
    path: `docs/R${index}.md`,
    promisedBy: ".planning/phases/19-billing/19-01-PLAN.md",
    line: 30 + index,
    verdict,
    why: "",
  }));
  return promisedDocumentsLine(documents, "c0ffee1", () => null).map((line) =>
    line.map(textOf).join(""),
  );
}

function textOf(span: Span): string {
  if (typeof span === "string") return span;
  return "code" in span ? span.code : "label" in span ? span.label : "";
}

test("nothing is said where nothing is missing or open", () => {
  expect(said()).toEqual([]);
  expect(said("delivered", "pending", "not_checkable")).toEqual([]);
});

test("what is missing and what is not filled in has a line each, with who promised it", () => {
  expect(said("missing", "delivered", "unfinished")).toEqual([
    "Promised and missing: R0.md (19-01-PLAN.md:30)",
    "Promised and not filled in: R2.md (19-01-PLAN.md:32)",
  ]);
});

test("past three the rest is counted", () => {
  expect(said("missing", "missing", "missing", "missing", "missing")).toEqual([
    "Promised and missing: R0.md (19-01-PLAN.md:30), R1.md (19-01-PLAN.md:31), R2.md (19-01-PLAN.md:32) and 2 more",
  ]);
});
