import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocument } from "../../../src/core/planning/document.ts";
import type { DocumentKind } from "../../../src/core/planning/documentKind.ts";
import { readInstructions } from "../../../src/core/planning/instructions.ts";
import { readRoadmap } from "../../../src/core/planning/roadmap.ts";
import { readStatements } from "../../../src/core/planning/markdown.ts";
import type { Contribution } from "../../../src/core/planning/contributions.ts";

/** `19-05 +2..3 pp of overall`; a plan without a name means itself. */
function short({ plan, subject, value, upper, unit }: Contribution): string {
  const span = upper === null ? `${value}` : `${value}..${upper}`;
  return `${plan ?? "itself"} +${span} ${unit} of ${subject}`;
}

function expected(kind: DocumentKind, ...lines: string[]): string[] {
  return readDocument(kind, lines.join("\n")).contributions.map(short);
}

/** Of a plan that speaks of coverage by its first heading only. */
function inPlan(...lines: string[]): string[] {
  return expected("plan", "# Coverage", "", ...lines);
}

describe("a plan expects of itself", () => {
  test.each([
    ["**Coverage Contribution:** +0.8-1.0 percentage points", "0.8..1 pp"],
    ["**Target Coverage Contribution:** +1.5-2.0% overall", "1.5..2 pp"],
    ["Expected impact: +0.8 percentage points", "0.8 pp"],
    ["- This plan contributes ~1.1% toward the target of 25 %", "1.1 pp"],
    ["Cover 4 files to contribute +0.5-0.6% toward 20% overall", "0.5..0.6 pp"],
    ["It contributes ~1,200 lines.", "1200 lines"],
    ["Expected gain: +300 covered lines", "300 lines"],
    ["Expected to increase coverage by 2 points of coverage", "2 pp"],
  ])("%s", (text, amount) => {
    expect(inPlan(text)).toEqual([`itself +${amount} of overall`]);
  });

  test("something of one file", () => {
    expect(inPlan("Expected gain: +20 points on `core/rates.py`")).toEqual([
      "itself +20 pp of core/rates.py",
    ]);
    expect(inPlan("Expected gain: +2 points (core/rates.py)")).toEqual([
      "itself +2 pp of overall",
    ]);
  });

  test.each([
    ["a wish without a number", "Expected impact: better coverage"],
    ["a number without a sign", "Expected impact: 80% coverage"],
    ["of what it was for all", "**Total expected:** +4-6% coverage"],
    ["of what is another measure", "Expected gain: +5% token accuracy"],
    ["a share of something else", "This contributes 5% of the tests"],
    ["of seconds", "Expected gain: +5 seconds"],
    ["lines of tests", "Expected: adds 300 lines of tests"],
    ["a fraction", "Expected gain: +5/10 coverage"],
    ["a tolerance", "Expected gain: ±2% coverage"],
    ["a loss", "Expected impact: -2% coverage"],
    ["two numbers at once", "Expected gain: +2% coverage, +3% overall"],
    ["a blank", "**Coverage Contribution:** [+2%] overall"],
    ["a placeholder", "**Coverage Contribution:** +X% overall"],
    ["a result", "**Coverage Contribution:** +2% overall ✅"],
    ["a measured one", "Measured impact: +2% coverage"],
    ["a velocity", "Expected velocity: +1.4% coverage"],
    ["a ticked box", "- [x] Coverage contribution: +2%"],
    ["what no word calls expected", "Rates: +2% coverage"],
    ["an endless sentence", `Expected gain: +2% ${"coverage ".repeat(300)}`],
  ])("nothing by %s", (_, text) => {
    expect(inPlan(text)).toEqual([]);
  });

  test("nothing where neither the document nor the sentence is about coverage", () => {
    expect(expected("plan", "# Speed", "", "Expected gain: +2%")).toEqual([]);
    expect(expected("plan", "# Speed", "", "Coverage gain: +2%")).toEqual([
      "itself +2 pp of overall",
    ]);
  });

  test("a bare number where it sets a coverage target", () => {
    expect(
      expected(
        "plan",
        "---",
        "must_haves:",
        "  truths:",
        "    - Overall coverage reaches 80%",
        "---",
        "Expected gain: +2%",
      ),
    ).toEqual(["itself +2 pp of overall"]);
  });
});

describe("a plan expects of the plans of its phase", () => {
  test.each([
    ["- Plan 05 (rates): +2-3% coverage", "05 +2..3 pp"],
    ["- Plan 05: +2–3 %", "05 +2..3 pp"],
    ["- 19-05: +1.5%", "19-05 +1.5 pp"],
    ["**Plan 28 Target:** +0.8-1.0 percentage points", "28 +0.8..1 pp"],
    ["Target Coverage (Plan 40): 5.4-5.9% (+1.5-2.0%)", "40 +1.5..2 pp"],
    ["Combined Plan 03 impact: +1.1 points to overall", "03 +1.1 pp"],
    ["Phase 13 Plan 02: +1% coverage", "13-02 +1 pp"],
    ["Plan 05 contributes ~1,200 lines", "05 +1200 lines"],
  ])("%s", (text, amount) => {
    expect(inPlan(text)).toEqual([`${amount} of overall`]);
  });

  test("in a table, by the whole id or the number alone", () => {
    expect(
      inPlan(
        "| Plan | Tests | Expected |",
        "|---|---|---|",
        "| 19-05 | 40 | +1.5% |",
        "| **06** | 30 | +0.5% |",
        "| Total | 70 | +2% |",
      ),
    ).toEqual(["19-05 +1.5 pp of overall", "06 +0.5 pp of overall"]);
    expect(
      inPlan("| Area | Expected |", "|---|---|", "| 06 | +0.5% |"),
    ).toEqual([]);
  });

  test("below a heading or a bold line that names the plan", () => {
    expect(
      inPlan(
        "**Plan 23: Rates**",
        "",
        "- Files: 4",
        "- Expected impact: +0.7-0.8% overall coverage",
        "",
        "**Together:**",
        "",
        "- Overall impact: +2.2-2.6% coverage",
        "",
        "### Plan 24: Taxes",
        "",
        "Expected impact: +0.6% overall coverage",
        "",
        "### Plans 25-26",
        "",
        "Expected impact: +9% overall coverage",
      ),
    ).toEqual([
      "23 +0.7..0.8 pp of overall",
      "itself +2.2..2.6 pp of overall",
      "24 +0.6 pp of overall",
      "itself +9 pp of overall",
    ]);
  });

  test.each([
    "Cumulative Plans 01-03 impact: +4.5 points",
    "Plan 05 and Plan 06: +3% coverage",
    "Expected gain of all plans: +3% coverage",
    "Expected velocity: +1.4%/plan",
  ])("nothing by %s, which is of several", (text) => {
    expect(inPlan(text)).toEqual([]);
  });

  test("once, however often it says so", () => {
    expect(
      inPlan(
        "Coverage contribution: +2%",
        "",
        "Expected impact: +2% overall",
        "",
        "Expected impact: +3% overall",
      ),
    ).toEqual(["itself +2 pp of overall", "itself +3 pp of overall"]);
  });
});

describe("the instructions of a plan's tasks", () => {
  const task = (...lines: string[]) => [
    "# Coverage",
    "<task>",
    "  <action>",
    ...lines.map((line) => (line === "" ? "" : `    ${line}`)),
    "  </action>",
    "</task>",
  ];

  test("are read though they are indented like code, with their own lines", () => {
    const text = task("Each is to bring:", "", "- Plan 05 (rates): +2-3%");
    const { contributions } = readDocument("plan", text.join("\n"));
    expect(contributions).toMatchObject([
      { plan: "05", line: 6, text: "Plan 05 (rates): +2-3%" },
    ]);
  });

  test("say what to write elsewhere: what names no plan is no expectation", () => {
    expect(
      expected("plan", ...task("**Coverage Contribution:** +2-3% overall")),
    ).toEqual([]);
    expect(
      expected(
        "plan",
        "# Coverage",
        "<action>",
        "**Coverage Contribution:** +2-3% overall",
        "</action>",
      ),
    ).toEqual([]);
  });

  test("hold samples in fences, which stay code", () => {
    expect(
      expected("plan", ...task("```", "- Plan 05: +2% coverage", "```")),
    ).toEqual([]);
  });

  test("are none without a closing tag, and none of a body without them", () => {
    expect(readInstructions("<action>\n- x", 1)).toEqual([]);
    expect(readInstructions("- x", 1)).toEqual([]);
    expect(readInstructions("<action>\n\n</action>", 1)).toEqual([]);
    expect(readInstructions("<action>\n</action>", 1)).toEqual([]);
  });
});

describe("a roadmap", () => {
  test("expects of the plans it names, below their phase", () => {
    const roadmap = readRoadmap(
      readStatements(
        [
          "### Phase 19: Coverage push",
          "",
          "**Goal**: Coverage of 25% (+3-5%)",
          "- [ ] 19-05-PLAN.md — rates (+2-3% coverage)",
          "- [x] 19-06-PLAN.md — taxes (+1% coverage)",
          "- Plan 07: +0.5% coverage",
          "- Coverage contribution: +9%",
        ].join("\n"),
        1,
      ),
    );
    expect(
      roadmap.phases.flatMap(({ contributions }) => contributions.map(short)),
    ).toEqual(["19-05 +2..3 pp of overall", "07 +0.5 pp of overall"]);
  });
});

test.each<DocumentKind>(["summary", "verification", "report"])(
  "a %s speaks of what was reached, not of what is expected",
  (kind) => {
    expect(expected(kind, "Plan 05: +2% coverage")).toEqual([]);
  },
);

test.each([
  ["Plan 05: +2%", 0.5],
  ["Plan 05: +1.25%", 0.005],
  ["Plan 05: +0.7-0.8%", 0.05],
  ["Plan 05 contributes ~1.1% coverage", 0.1],
  ["Plan 05 contributes ~1,200 lines", 100],
  ["Plan 05 contributes ~12 lines", 1],
  ["Plan 05 contributes about 3 lines", 1],
])("%s is written to within %d", (text, tolerance) => {
  const document = readDocument("plan", `# Coverage\n\n${text}`);
  const [contribution] = document.contributions;
  expect(contribution?.tolerance).toBeCloseTo(tolerance, 9);
});

test("any plan is read without an error", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          ..."Plan 05:|+2%|coverage|<action>|</action>|\n|    |**|| 06 ||contributes|~1,200 lines|[|/plan".split(
            "|",
          ),
        ),
      ),
      (words) => {
        const text = words.join(" ");
        for (const { value, line } of readDocument("plan", text)
          .contributions) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(line).toBeLessThanOrEqual(text.split("\n").length);
        }
      },
    ),
  );
  const long = `${"Plan 05: +2% coverage ".repeat(20_000)}\n`.repeat(2);
  expect(expected("plan", long)).toEqual([]);
});
