import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isTestFile,
  readFileLists,
  sourceFiles,
} from "../../../src/core/planning/fileLists.ts";
import { readStatements } from "../../../src/core/planning/markdown.ts";

/** `line: files` of every list. */
function read(...lines: string[]): string[] {
  return readFileLists(readStatements(lines.join("\n"), 1)).map(
    ({ files, line }) => `${line}: ${files.join(" ")}`,
  );
}

describe("readFileLists", () => {
  test("finds the files that one sentence names", () => {
    expect(read("Both `core/invoices.py` and taxes.ts are covered.")).toEqual([
      "1: core/invoices.py taxes.ts",
    ]);
  });

  test("joins the items of a list, by the first file of each", () => {
    expect(
      read(
        "- invoices.py (uses money.py)",
        "- taxes.py",
        "- invoices.py again",
        "",
        "Text between.",
        "",
        "- refunds.py",
      ),
    ).toEqual(["1: invoices.py money.py", "1: invoices.py taxes.py"]);
  });

  test("joins the rows of a table, over rows that name no file", () => {
    expect(
      read(
        "| File | Coverage |",
        "|---|---|",
        "| invoices.py | 80% |",
        "| Total | 70% |",
        "| taxes.py | 60% |",
        "",
        "| Module | Tests |",
        "|---|---|",
        "| refunds.py | 12 |",
        "| orders.py | 9 |",
      ),
    ).toEqual(["3: invoices.py taxes.py", "9: refunds.py orders.py"]);
  });

  test("keeps the lists of two sections apart", () => {
    expect(
      read("## Tier 1", "- a.py", "- b.py", "## Tier 2", "- c.py", "- d.py"),
    ).toEqual(["2: a.py b.py", "5: c.py d.py"]);
  });

  test("says what the document calls them: heading, header, or the words before", () => {
    const lines = [
      "## Tier 1",
      "Target files: a.py, b.py",
      "",
      "| Module | Lines |",
      "|---|---|",
      "| c.py | 9 |",
      "| d.py | 8 |",
    ];
    expect(
      readFileLists(readStatements(lines.join("\n"), 1)).map(
        ({ label }) => label,
      ),
    ).toEqual(["Tier 1 · Target files: ", "Tier 1 · Module"]);
  });

  test("makes no list of one file, or of tests", () => {
    expect(
      read(
        "Only invoices.py, twice: invoices.py.",
        "",
        "- test_invoices.py",
        "- tests/taxes.py",
      ),
    ).toEqual([]);
  });

  test("keeps sixty lists of a document that makes more", () => {
    const lines = Array.from({ length: 70 }, (_, n) => [
      `a${n}.py b${n}.py`,
      "",
    ]);
    expect(read(...lines.flat())).toHaveLength(60);
  });
});

describe("sourceFiles", () => {
  test("finds paths of many languages once each, in order", () => {
    expect(
      sourceFiles(
        "`src/a.tsx`, b.vue (core/c.py), lib/d.cpp; b.vue again; e.test.ts",
      ),
    ).toEqual(["src/a.tsx", "b.vue", "core/c.py", "lib/d.cpp"]);
  });

  test.each([
    "coverage.json",
    "v1.2",
    "a.python",
    "x.py/y",
    "80%",
    "e.g. this",
  ])("finds none in %s", (text) => {
    expect(sourceFiles(text)).toEqual([]);
  });

  test("reads hostile text in a moment", () => {
    const started = performance.now();
    for (const text of ["a/", "a.", "a", "../", "_-"]) {
      sourceFiles(text.repeat(2_000));
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("isTestFile", () => {
  test.each([
    "test_invoices.py",
    "core/test_invoices.py",
    "conftest.py",
    "src/invoices.test.ts",
    "src/invoices.spec.tsx",
    "invoices_test.go",
    "tests/helpers.py",
    "src/__tests__/invoices.js",
    "spec/invoices.rb",
  ])("knows %s", (path) => {
    expect(isTestFile(path)).toBe(true);
  });

  test.each(["invoices.py", "contest.py", "latest/app.ts", "testing.py"])(
    "leaves %s a source",
    (path) => {
      expect(isTestFile(path)).toBe(false);
    },
  );
});

test("reading never throws, and names only files that the text holds", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(fc.constantFrom("a.py", " ", "/", "b.ts"), fc.string()),
      ),
      (pieces) => {
        const text = pieces.join("");
        for (const file of sourceFiles(text)) expect(text).toContain(file);
      },
    ),
  );
});
