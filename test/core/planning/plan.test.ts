import { describe, expect, test } from "vitest";
import { readFrontMatter } from "../../../src/core/planning/frontMatter.ts";
import { readPlan, sentence } from "../../../src/core/planning/plan.ts";

function read(...lines: string[]) {
  return readPlan(readFrontMatter("", ["---", ...lines, "---"].join("\n")));
}

describe("readPlan", () => {
  test("reads what a plan promises, with the lines it stands on", () => {
    expect(
      read(
        "phase: 19-billing",
        "wave: 3",
        "gap_closure: true",
        "must_haves:",
        "  truths:",
        '    - "Coverage of invoices.py reaches 80%"',
        "    - Totals are rounded: half up",
        "  artifacts:",
        "    - path: src/invoices.py",
        "      provides: rounding",
        "      min_lines: 120",
        '      contains: "def total"',
        "      contains: [def tax, [nested]]",
        "      exports: [total, tax]",
        "    - tests/test_invoices.py",
        "  key_links:",
        "    - from: src/orders.py",
        "      to: src/invoices.py",
        "      via: total()",
        "      pattern: 'total\\('",
        "    - {from: a.py, to: b.py}",
      ),
    ).toEqual({
      wave: 3,
      gapClosure: true,
      superseded: false,
      truths: [
        { text: "Coverage of invoices.py reaches 80%", line: 7 },
        { text: "Totals are rounded: half up", line: 8 },
      ],
      requiredFiles: [
        {
          path: "src/invoices.py",
          line: 10,
          minLines: 120,
          contains: ["def total", "def tax"],
          exports: ["total", "tax"],
        },
        {
          path: "tests/test_invoices.py",
          line: 16,
          minLines: null,
          contains: [],
          exports: [],
        },
      ],
      keyLinks: [
        {
          from: "src/orders.py",
          to: "src/invoices.py",
          pattern: String.raw`total\(`,
          line: 18,
        },
        { from: "a.py", to: "b.py", pattern: null, line: 22 },
      ],
    });
  });

  test("promises nothing where it says nothing", () => {
    expect(read("phase: 19")).toEqual({
      wave: null,
      gapClosure: false,
      superseded: false,
      truths: [],
      requiredFiles: [],
      keyLinks: [],
    });
  });

  test("reads truths listed directly below the must-haves", () => {
    expect(read("must-haves:", "  - Coverage is 80%").truths).toEqual([
      { text: "Coverage is 80%", line: 3 },
    ]);
  });

  test("knows a superseded plan", () => {
    expect(read("status: superseded").superseded).toBe(true);
    expect(read("status: pending").superseded).toBe(false);
  });

  test.each(["wave: soon", "wave: 1.5", "wave: [1]"])(
    "takes no wave from %s",
    (line) => {
      expect(read(line).wave).toBeNull();
    },
  );

  test.each([
    ["-5", "-5"],
    ["many", "many"],
    ["1.5", "1.5"],
    ["200 # at least", 200],
    ["200+", 200],
    ["~50 lines", 50],
    ['"1,200"', 1200],
  ])("reads min_lines: %s as %j", (written, minLines) => {
    const { requiredFiles } = read(
      "must_haves:",
      "  artifacts:",
      "    - path: a.py",
      `      min_lines: ${written}`,
    );
    expect(requiredFiles).toMatchObject([{ path: "a.py", minLines }]);
  });

  test("leaves out what names no file", () => {
    const reading = read(
      "must_haves:",
      "  truths: [[nested], '']",
      "  artifacts: [{provides: x}, [a]]",
      "  key_links: [{from: a.py}, {to: b.py}, text]",
    );
    expect(reading).toMatchObject({
      truths: [],
      requiredFiles: [],
      keyLinks: [],
    });
  });
});

describe("sentence", () => {
  function of(yaml: string): string | null {
    const { fields } = readFrontMatter("", `---\nx: ${yaml}\n---`);
    const value = fields.entries[0]?.value;
    return value ? sentence(value) : null;
  }

  test.each([
    ["Tests pass", "Tests pass"],
    ["{Tests cover: rounding}", "Tests cover: rounding"],
    ["{Tests cover: }", "Tests cover"],
    ["{Tests cover: [a]}", "Tests cover"],
    ["{}", null],
    ["[a]", null],
    ["''", null],
  ])("of %s is %j", (yaml, text) => {
    expect(of(yaml)).toBe(text);
  });
});
