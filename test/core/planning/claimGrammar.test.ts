import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClaimReading } from "../../../src/core/planning/claim.ts";
import { readClaims } from "../../../src/core/planning/claims/readClaims.ts";
import type { Statement } from "../../../src/core/planning/statement.ts";

type About = Partial<Omit<Statement, "text">>;

function item(text: string, about: About = {}): Statement {
  return {
    text,
    line: 7,
    place: "item",
    section: ["Phase 4 Plan 02: Summary", "Results"],
    row: null,
    checked: null,
    ...about,
  };
}

function cellsOf(line: string): string[] {
  return line.split("|").map((cell) => cell.trim());
}

function row(header: string, cells: string, section?: string[]): Statement {
  return item(cells, {
    place: "row",
    row: { header: cellsOf(header), cells: cellsOf(cells) },
    ...(section ? { section } : {}),
  });
}

/** A claim in one line: metric, subject, value, fraction and what is special about it. */
function told(claim: ClaimReading): string {
  const span = claim.upper === null ? "" : `-${claim.upper}`;
  const marks = [
    claim.aspect,
    claim.atLeast ? "at least" : null,
    claim.estimated ? "estimated" : null,
    claim.historic ? "historic" : null,
  ].filter((mark) => mark !== null);
  const fraction = claim.fraction
    ? [`${claim.fraction.n}/${claim.fraction.d}`]
    : [];
  return [
    claim.metric,
    `(${claim.subject})`,
    `${claim.value}${span}`,
    ...(claim.unit ? [claim.unit] : []),
    ...fraction,
    ...marks,
  ].join(" ");
}

function claims(text: string, about?: About): string[] {
  return readClaims(item(text, about)).claims.map(told);
}

function rowClaims(header: string, cells: string, section?: string[]) {
  return readClaims(row(header, cells, section)).claims.map(told);
}

describe("coverage in a sentence", () => {
  it.each([
    ["Overall coverage: **61.4%**", "coverage (overall) 61.4 %"],
    ["Measured 48.05% overall backend coverage", "coverage (overall) 48.05 %"],
    ["**Result:** 31-33% overall", undefined],
    ["**Coverage achieved:** 31-33% overall", "coverage (overall) 31-33 %"],
    [
      "`billing/invoice.py`: 84% coverage",
      "coverage (billing/invoice.py) 84 %",
    ],
    [
      "tax_rules.py 53.47% coverage (428/775 lines)",
      "coverage (tax_rules.py) 53.47 % 428/775",
    ],
    [
      "ledger.ts: **34.74%** (270/590 lines covered)",
      "coverage (ledger.ts) 34.74 % 270/590",
    ],
    [
      "ledger.ts: 34.74% coverage (385/590 lines missing)",
      "coverage (ledger.ts) 34.74 %",
    ],
    [
      "✓ import_wizard.py (116 tests, 75.72% coverage)",
      "coverage (import_wizard.py) 75.72 %",
    ],
    [
      "Reached 97.3% coverage on orders.py with model tests for refunds.py",
      "coverage (orders.py) 97.3 %",
    ],
    ["Billing domain coverage: 82%", "coverage (Billing domain) 82 %"],
    [
      "Baseline coverage metrics (74% desktop, 6% gap to 80% target)",
      "coverage (desktop) 74 %",
    ],
    [
      "Overall coverage shows 74% (mobile only) for now",
      "coverage (mobile) 74 %",
    ],
    [
      "Coverage baseline for scheduler.py (19.9%, 450 lines)",
      "coverage (scheduler.py) 19.9 %",
    ],
    ["orders.py at 21.5%, more to do", "coverage (orders.py) 21.5 %"],
    ["Coverage measured at 15.70%", "coverage (unnamed) 15.7 %"],
    ["**Average coverage:** 57.8%", "coverage (unnamed) 57.8 %"],
    ["**Branch coverage:** 39.62%", "coverage (unnamed) 39.62 % branch"],
    ["Line coverage: 71%", "coverage (unnamed) 71 % line"],
    ["71.5% statement coverage", "coverage (unnamed) 71.5 % statement"],
    [
      "54-95% coverage on all target modules",
      "coverage (target modules) 54-95 %",
    ],
    ["12% coverage in earlier plans", "coverage (unnamed) 12 %"],
    ["40% frontend coverage", "coverage (frontend) 40 %"],
  ])("reads %j as %j", (text, expected) => {
    expect(
      claims(text).filter((claim) => claim.startsWith("coverage")),
    ).toEqual(expected === undefined ? [] : [expected]);
  });

  it("names both files of a shared percentage as they are written", () => {
    expect(claims("The report shows 0% coverage for a.py and b.py")).toEqual([
      "coverage (a.py and b.py) 0 %",
    ]);
  });

  it("does not choose between two files before the number", () => {
    expect(claims("a.py and b.py 60% coverage")).toEqual([
      "coverage (unnamed) 60 %",
    ]);
  });

  it("keeps the number of every file with its file", () => {
    expect(claims("Coverage: parser.py 44.5%, lexer.py 61%")).toEqual([
      "coverage (parser.py) 44.5 %",
      "coverage (lexer.py) 61 %",
    ]);
  });

  it("takes what was tested as the subject where a test file is named", () => {
    expect(claims("tests/test_orders.py: 80.5% coverage")).toEqual([
      "coverage (orders) 80.5 %",
    ]);
    expect(claims("src/cart.test.ts: 80.5% coverage")).toEqual([
      "coverage (cart) 80.5 %",
    ]);
  });

  it("never takes a report file for what is covered", () => {
    expect(claims("coverage.json shows 22.5% coverage")).toEqual([
      "coverage (unnamed) 22.5 %",
    ]);
  });

  it("counts the files of a set that reach a percentage", () => {
    expect(claims("✅ Target file coverage achieved (4/6 files >35%)")).toEqual(
      ["coverage (files >35%) 4 files 4/6"],
    );
    expect(
      claims("Coverage held on 2 out of 3 modules meeting the 30% target"),
    ).toEqual(["coverage (modules >=30%) 2 files 2/3"]);
  });
});

describe("how many files lie in a class", () => {
  it.each([
    "21-50% coverage: 6 files",
    "**0% Coverage:** 312 files (93% of total files)",
    "90%+ coverage: 1,204 modules",
    "50% – 75% covered: ~40 services",
    "80-100%: 3 files",
    "0% | 12 components",
  ])("is no coverage of anything: %s", (text) => {
    expect(claims(text)).toEqual([]);
  });

  it.each([
    ["50% coverage: billing.py", "coverage (unnamed) 50 %"],
    ["Overall coverage is 50%: 6 files are new", "coverage (overall) 50 %"],
  ])("is not meant by %s", (text, claimed) => {
    expect(claims(text)).toContain(claimed);
  });

  it("is read in time, however far the count is", () => {
    const start = performance.now();
    for (const gap of [" ", "\t", ": ", "- "]) {
      for (const text of ["5", "5%", "5 - 5% coverage"]) {
        readClaims(item(`${text}${gap.repeat(3_900 / gap.length)}x`));
      }
    }
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

describe("a section that only supposes", () => {
  const about = (...section: string[]): About => ({ section });

  it.each([
    "Stretch Goal Feasibility",
    "Path to 25%",
    "Projected Coverage",
    "What-if analysis",
    "Scenarios",
    "Potential gains",
    "If all plans land",
  ])("%s: even what is ticked in it is no result", (heading) => {
    const text = "✅ Overall coverage: 74.6%";
    expect(claims(text, about("Summary", heading))).toEqual([]);
    expect(claims(text, about("Summary", heading, "Detail"))).toEqual([]);
    expect(
      rowClaims("Module | Coverage", "overall | 74.6%", ["Summary", heading]),
    ).toEqual([]);
  });

  it("is not made by the title, which names the whole, nor by another heading", () => {
    const text = "✅ Overall coverage: 74.6%";
    const claimed = ["coverage (overall) 74.6 %"];
    expect(claims(text, about("Path to 25%", "Results"))).toEqual(claimed);
    expect(claims(text, about("Summary", "Coverage path"))).toEqual(claimed);
  });

  it("still holds what a table calls measured", () => {
    expect(
      rowClaims(
        "Module | Current coverage | Projected",
        "overall | 74.6% | 80%",
        ["Summary", "Projection"],
      ),
    ).toEqual(["coverage (overall) 74.6 %"]);
  });
});

describe("where the statement stands", () => {
  it("takes the subject from the heading that names one file", () => {
    expect(
      claims("**Current:** 13% coverage (70/549 lines)", {
        section: ["Plan 3 Summary", "Coverage", "Router (`router.py`)"],
      }),
    ).toEqual(["coverage (router.py) 13 % 70/549"]);
  });

  it("takes the subject from the path a front matter finding speaks of", () => {
    expect(
      claims("9.47% coverage, 13 failing tests", {
        place: "front_matter",
        section: ["gaps", "artifacts", "issue", "core/llm/keys.py"],
      }),
    ).toEqual([
      "coverage (core/llm/keys.py) 9.47 %",
      "tests_failing (core/llm/keys.py) 13 tests",
    ]);
  });

  it("does not carry a file name past a heading that gathers several things", () => {
    expect(
      claims("Coverage: 24.5%", {
        section: ["Plan 2: router.py tests", "Combined results"],
      }),
    ).toEqual(["coverage (unnamed) 24.5 %"]);
    expect(
      claims("Coverage: 24.5%", { section: ["Plan", "a.py and b.py"] }),
    ).toEqual(["coverage (unnamed) 24.5 %"]);
  });

  it("reads a bare number under a heading about overall coverage", () => {
    expect(
      claims("**Achieved:** 15.70%", {
        section: ["Summary", "Overall Coverage"],
      }),
    ).toEqual(["coverage (overall) 15.7 %"]);
  });

  it("reads a labelled number in a coverage or pass rate section, and in no other", () => {
    expect(
      claims("Tools: 15.0% (300 / 2,000 lines)", {
        section: ["Summary", "Coverage by module"],
      }),
    ).toEqual(["coverage (Tools) 15 % 300/2000"]);
    expect(
      claims("Smoke suite (3 runs): 96.85% (123/127)", {
        section: ["Summary", "Pass Rate"],
      }),
    ).toEqual(["pass_rate (Smoke suite) 96.85 % 123/127"]);
    expect(
      claims("Memory: 15.0%", { section: ["Summary", "Footprint"] }),
    ).toEqual([]);
    expect(
      claims("Docstring accuracy: 15.5%", {
        section: ["Summary", "Coverage by module"],
      }),
    ).toEqual([]);
    expect(
      claims("Checkout flow: 100%", {
        section: ["Roadmap", "80% coverage target"],
      }),
    ).toEqual([]);
  });

  it("names the suite whose heading stands above", () => {
    expect(
      claims("12/14 passing", {
        section: ["Summary", "Health route tests (14 tests)"],
      }),
    ).toEqual(["tests_passing (Health route tests) 12 tests 12/14"]);
    expect(
      claims("12/14 passing", { section: ["Summary", "Passing tests (12)"] }),
    ).toEqual(["tests_passing (tests) 12 tests 12/14"]);
  });

  it("only believes a number called current under goals, next steps and open boxes", () => {
    const wishes: About[] = [
      { section: ["Summary", "Next Steps"] },
      { section: ["success_criteria"] },
      { checked: false },
    ];
    for (const about of wishes) {
      expect(claims("Overall coverage: 55%", about)).toEqual([]);
      expect(claims("Overall coverage (currently 48.62%)", about)).toEqual([
        "coverage (overall) 48.62 %",
      ]);
    }
    expect(
      claims("**core/models.py** - 900 lines (0% coverage, +1.2% potential)", {
        section: ["Summary", "Remaining files"],
      }),
    ).toEqual(["coverage (core/models.py) 0 %"]);
  });

  it("believes a criteria section of what was met, and a ticked box", () => {
    expect(
      claims("Overall coverage: 55%", {
        section: ["Summary", "Success criteria met"],
      }),
    ).toEqual(["coverage (overall) 55 %"]);
    expect(
      claims("Overall coverage reaches 55%", {
        checked: true,
        section: ["Summary", "Success Criteria"],
      }),
    ).toEqual(["coverage (overall) 55 %"]);
  });
});

describe("targets and plans are no claims", () => {
  it.each([
    "Target: 80%",
    "Coverage target: 50%",
    "Coverage needs 50 %",
    "Coverage must be at least 80%",
    "Coverage will reach 45% after the next plan",
    "Add ~20 more tests to reach exact 50% coverage",
    "Phase 9: Auth - Achieve 25-27% coverage",
    "Expected coverage: 65%",
    "**Goal:** 60% overall coverage",
    "Overall coverage reaches 25-27%",
    "While the overall coverage target (25-27%) was not met, work goes on",
    "Total potential: +10 points → 32% overall coverage",
    "Quality gate: coverage threshold 80%",
    "Coverage gap: 4.5%",
    "5% coverage drop",
    "80% Coverage Push",
    "Projected coverage after phase 20: 24.5%",
    "Coverage under 40%",
    "Coverage > 80%",
    "Overall coverage ±0.5%",
    "Coverage: <60%",
    "Full suite runs in under 5 minutes",
    "Make sure that the suite takes 5 minutes",
    "50% coverage per file is sustainable",
    "Not 100% coverage",
  ])("%s", (text) => {
    expect(claims(text)).toEqual([]);
  });

  it("leaves the criterion out where the result stands behind it", () => {
    expect(
      claims("Billing domain achieves 80% average coverage (achieved 82%)", {
        checked: true,
      }),
    ).toEqual(["coverage (Billing domain) 82 %"]);
    expect(
      claims("cart.py reached 100% coverage (exceeded 70% target)"),
    ).toEqual(["coverage (cart.py) 100 %"]);
    expect(
      claims(
        "✅ **100% pass rate** (131/131 tests passing) - exceeds 98% target",
      ),
    ).toEqual(["pass_rate (tests) 100 % 131/131"]);
  });

  it("reads a bound as a result only where it is ticked off or said to be reached", () => {
    expect(claims("tools/cart.py coverage >= 50%: ✅ YES")).toEqual([
      "coverage (tools/cart.py) 50 % at least",
    ]);
    expect(claims("The tests achieve 95%+ pass rate")).toEqual([
      "pass_rate (tests) 95 % at least",
    ]);
    expect(claims("95%+ pass rate")).toEqual([]);
  });
});

describe("percentages of something else are no claims", () => {
  it.each([
    "100% docstring coverage",
    "100% coverage of requirements",
    "Requirements coverage: 12/12 (100%)",
    "Payload type coverage: 7/7 types (100%)",
    "99% accuracy on the sample",
    "Cache hit rate: 96%",
    "404% improvement in coverage",
    "Plans completed: 8/8 (100%)",
    "45% complete",
    "212 files with 0% coverage",
    "Memory budget 80%",
    "Latency improved by 12%",
    "Coverage accuracy 12% today",
    "30% of parser.py uncovered",
  ])("%s", (text) => {
    expect(claims(text)).toEqual([]);
  });
});

describe("earlier values", () => {
  it.each([
    [
      "`cart.py`: 0% → 33% coverage (530/792 lines)",
      ["coverage (cart.py) 0 % historic", "coverage (cart.py) 33 % 530/792"],
    ],
    [
      "Extended cart.py test coverage from 39.03% to 58.49%",
      ["coverage (cart.py) 39.03 % historic", "coverage (cart.py) 58.49 %"],
    ],
    [
      "Overall coverage: 15.70% (up from 9.32% baseline)",
      ["coverage (overall) 15.7 %", "coverage (overall) 9.32 % historic"],
    ],
    ["Coverage was 12.5%", ["coverage (unnamed) 12.5 % historic"]],
    [
      "Pass rate went from 53.8% pass rate to 100%",
      ["pass_rate (tests) 53.8 % historic", "pass_rate (tests) 100 %"],
    ],
    ["Coverage ranges from 10-65%", ["coverage (unnamed) 10-65 %"]],
    [
      "0% → 33% overall coverage",
      ["coverage (overall) 0 % historic", "coverage (overall) 33 %"],
    ],
    ["**Coverage baseline:** 12.5%", ["coverage (unnamed) 12.5 % historic"]],
    [
      "Was 40% coverage, now 52.5% coverage",
      ["coverage (unnamed) 40 % historic", "coverage (unnamed) 52.5 %"],
    ],
  ])("%s", (text, expected) => {
    expect(claims(text)).toEqual(expected);
  });

  it("tells somebody's claim from what the file shows", () => {
    expect(
      claims(
        "Claims 41.20% coverage for checkout.py but coverage.json shows 0.00%.",
      ),
    ).toEqual([
      "coverage (checkout.py) 41.2 % historic",
      "coverage (checkout.py) 0 %",
    ]);
    expect(claims("Claimed 100% pass rate, but actual is ~70%.")).toEqual([
      "pass_rate (tests) 100 % historic",
      "pass_rate (tests) 70 % estimated",
    ]);
  });
});

describe("what a number is about, in harder sentences", () => {
  it.each([
    ["Orders: 100% coverage of accepted scenarios", []],
    ["44.5% coverage across the whole codebase", ["coverage (overall) 44.5 %"]],
    [
      "Coverage: 44.5% across all billing routes",
      ["coverage (billing routes) 44.5 %"],
    ],
    ["Coverage: 44.5% across it", ["coverage (unnamed) 44.5 %"]],
    ["Coverage: 44.5% for cart.py", ["coverage (cart.py) 44.5 %"]],
    ["Coverage: 44.5% for now", ["coverage (unnamed) 44.5 %"]],
    [
      "Tests for the OrderBook (30 tests, 80.5% coverage)",
      [
        "tests_total (Tests for the OrderBook) 30 tests",
        "coverage (OrderBook) 80.5 %",
      ],
    ],
    ["cart.py is slow, coverage 33.5%", ["coverage (cart.py) 33.5 %"]],
    [
      "cart.py and tax.py are slow, coverage 33.5%",
      ["coverage (unnamed) 33.5 %"],
    ],
    ["Coverage is what counts. It does not matter if 12.5% coverage", []],
    ["It does not run, coverage then 12.5%", ["coverage (unnamed) 12.5 %"]],
    ["Work with the old runner: 12.5% coverage", ["coverage (unnamed) 12.5 %"]],
    ["When the runner stalls: 12.5% coverage", []],
    ["Reports despite stalls: 12.5% coverage", ["coverage (unnamed) 12.5 %"]],
    [
      "A very long label that has some more words here: 12.5% coverage",
      ["coverage (unnamed) 12.5 %"],
    ],
    [
      "Test errors mended in ORM tests (47% pass rate)",
      ["pass_rate (Test errors mended in ORM tests) 47 %"],
    ],
    [
      "Mended the locks in ORM tests (47% pass rate)",
      ["pass_rate (ORM tests) 47 %"],
    ],
    ["Mended all of it (47% pass rate)", ["pass_rate (tests) 47 %"]],
    ["14% pass rate for API tests", ["pass_rate (API tests) 14 %"]],
    ["14% pass rate for the tests", ["pass_rate (tests) 14 %"]],
    ["Pass rate improved by 17%", []],
    [
      "44% coverage for the whole of the very large and old requirements list",
      [],
    ],
    [
      "Overall coverage - measured today - 22.5%",
      ["coverage (overall) 22.5 %"],
    ],
    ["50.5% cart.py coverage", ["coverage (cart.py) 50.5 %"]],
    [
      "Created 20 integration tests (18 passing)",
      [
        "tests_total (integration tests) 20 tests",
        "tests_passing (integration tests) 18 tests",
      ],
    ],
    ["Created 20 new tests (18 passing)", ["tests_passing (tests) 18 tests"]],
    [
      "60% coverage (12 tests passing)",
      ["coverage (unnamed) 60 %", "tests_passing (tests) 12 tests"],
    ],
    ["5 failing", []],
    ["3/4 done, passing: 5/6", ["tests_passing (tests) 5 tests 5/6"]],
    ["9 failing error tests", []],
    ["60% coverage (now), 12/20 lines", ["coverage (unnamed) 60 %"]],
    ["Gap analysis memory: 40.5% today", []],
    [
      "Coverage of everything that we have ever written down in the long list of things: 12.5%",
      [],
    ],
  ] as [string, string[]][])("%s", (text, expected) => {
    expect(claims(text)).toEqual(expected);
  });

  it("takes overall as that of the part which the headings are about", () => {
    expect(
      claims("Overall coverage: 33.5%", { section: ["Report", "Mobile app"] }),
    ).toEqual(["coverage (Mobile) 33.5 %"]);
  });

  it("knows a state before the work from its heading and its key", () => {
    expect(
      claims("**Pass rate:** 95.3%", { section: ["Report", "Before phase 9"] }),
    ).toEqual(["pass_rate (tests) 95.3 % historic"]);
    expect(
      claims("11/41 passing (27%)", {
        place: "front_matter",
        section: ["tests", "mobile_before"],
      }),
    ).toEqual([
      "tests_passing (tests) 11 tests 11/41 historic",
      "pass_rate (tests) 27 % 11/41 historic",
    ]);
  });
});

describe("differences", () => {
  it.each([
    ["**Coverage Added:** +0.60%", "coverage_delta (unnamed) 0.6 pp"],
    ["Added +0.60% overall coverage", "coverage_delta (overall) 0.6 pp"],
    ["Coverage rose by 3 percentage points", "coverage_delta (unnamed) 3 pp"],
    ["Coverage increased by 3.5%", "coverage_delta (unnamed) 3.5 pp"],
    [
      "Coverage contribution: -1.5% overall",
      "coverage_delta (overall) -1.5 pp",
    ],
    [
      "+0.2-0.3% overall coverage (estimated)",
      "coverage_delta (overall) 0.2-0.3 pp estimated",
    ],
  ])("%s", (text, expected) => {
    expect(claims(text)).toEqual([expected]);
  });
});

describe("tests", () => {
  it.each([
    [
      "**Phase 19 Tests:** 100% (169/169 passing)",
      ["pass_rate (Phase 19 Tests) 100 % 169/169"],
    ],
    [
      "**Test Pass Rate:** 85.5% (183/214 tests passing)",
      ["pass_rate (tests) 85.5 % 183/214"],
    ],
    [
      "Pass rate: ~70% (91 passed, 29 failed, 11 errors). Target: 98%+",
      [
        "pass_rate (tests) 70 % estimated",
        "tests_passing (tests) 91 tests",
        "tests_failing (tests) 29 tests",
      ],
    ],
    [
      "**Login:** 77/77 tests passing (100%)",
      ["tests_passing (Login) 77 tests 77/77", "pass_rate (Login) 100 % 77/77"],
    ],
    [
      "**Login:** 31/33 tests passing (67% → 94%)",
      [
        "tests_passing (Login) 31 tests 31/33",
        "pass_rate (Login) 67 % historic",
      ],
    ],
    ["97% of the tests pass", ["pass_rate (tests) 97 %"]],
    ["✅ All 73 tests passing", ["tests_passing (tests) 73 tests"]],
    ["**28 tests passing, 4 skipped**", ["tests_passing (tests) 28 tests"]],
    [
      "All payment health tests (5/5 passing)",
      ["tests_passing (payment health tests) 5 tests 5/5"],
    ],
    [
      "8/19 notification tests failing",
      ["tests_failing (notification tests) 8 tests 8/19"],
    ],
    ["**Tests Passed:** 42,275 (76.5%)", ["tests_passing (tests) 42275 tests"]],
    ["**Passing:** 287 tests", ["tests_passing (tests) 287 tests"]],
    ["**Failing:** 3 tests", ["tests_failing (tests) 3 tests"]],
    ["**Skipped:** 3 tests", []],
    ["Passing tests: 19/20 tests", ["tests_passing (tests) 19 tests 19/20"]],
    ["19/20 tests", []],
    ["Test failures 0 (all 40 fixed)", ["tests_failing (tests) 0 tests"]],
    [
      "29 test failures and 11 errors remain",
      ["tests_failing (tests) 29 tests"],
    ],
    ["10 failed + 11 ERROR tests", ["tests_failing (tests) 10 tests"]],
    ["**Flaky Tests:** 0", ["tests_flaky (tests) 0 tests"]],
    ["2 flaky tests", ["tests_flaky (tests) 2 tests"]],
    ["5 tests flaky", ["tests_flaky (tests) 5 tests"]],
    ["✅ Zero flaky tests", ["tests_flaky (tests) 0 tests"]],
    ["✅ No test failures", ["tests_failing (tests) 0 tests"]],
    ["**Total Tests:** 169", ["tests_total (tests) 169 tests"]],
    [
      "mobile/src/place.test.ts (648 lines, 38 tests)",
      ["tests_total (mobile/src/place.test.ts) 38 tests"],
    ],
    ["Created 53 unit tests for cart.py", ["tests_total (cart.py) 53 tests"]],
    ["Created 53 contract tests", ["tests_total (contract tests) 53 tests"]],
    ["`TestRateLimits` (5 tests)", ["tests_total (TestRateLimits) 5 tests"]],
    [
      "Created 181 unit tests (140 passing)",
      [
        "tests_total (unit tests) 181 tests",
        "tests_passing (unit tests) 140 tests",
      ],
    ],
    [
      "Created 169 tests (150 passing)",
      ["tests_total (tests) 169 tests", "tests_passing (tests) 150 tests"],
    ],
    [
      "**Actual:** Smoke suite (127 tests)",
      ["tests_total (Smoke suite) 127 tests"],
    ],
    [
      "test_cart.py: 17 of 17 tests fail",
      ["tests_failing (test_cart.py) 17 tests 17/17"],
    ],
    ["3600 tests collected", ["tests_total (tests) 3600 tests"]],
    ["100% pass rate on phase 19 tests", ["pass_rate (phase 19 tests) 100 %"]],
    ["Payment suite pass rate at 94%", ["pass_rate (Payment suite) 94 %"]],
    ["The 11 failing tests are harmless", ["tests_failing (tests) 11 tests"]],
  ])("%s", (text, expected) => {
    expect(claims(text)).toEqual(expected);
  });

  it.each([
    "Fix 29 failing tests",
    "Fixed 29 failing tests",
    "Removed 21 tests for dead routes",
    "17 new tests",
    "11 tests can't run",
    "5 skipped tests",
    "12 test files",
    "4 test cases per route",
    "3 failed attempts to log in",
    "3 passed",
    "Phase 19 tests are green",
    "353 lines with flaky test detection",
    "The 3 originally flaky tests now pass",
    "1.5 tests per file",
    "Zero flaky tests is what we want",
    "Passing: 4",
  ])("leaves out %j", (text) => {
    expect(claims(text)).toEqual([]);
  });
});

describe("tests of a part that the sentence names elsewhere", () => {
  it.each([
    [
      "48/48 tests passing across 4 screen components (812 lines)",
      ["tests_passing (4 screen components) 48 tests 48/48"],
    ],
    ["310 tests across 16 files", ["tests_total (16 files) 310 tests"]],
    [
      "Combined 92 tests passing across both modules",
      ["tests_passing (both modules) 92 tests"],
    ],
    [
      "**Fixed cart_service tests (20/20 passing, 91% coverage) and tax_service tests (13/13 passing, 50% coverage)**",
      [
        "tests_passing (Fixed cart_service tests) 20 tests 20/20",
        "coverage (unnamed) 91 %",
        "tests_passing (tax_service tests) 13 tests 13/13",
        "coverage (unnamed) 50 %",
      ],
    ],
    [
      "Fixed tax_service tests: 13/13 passing (100% pass rate)",
      [
        "tests_passing (Fixed tax_service tests) 13 tests 13/13",
        "pass_rate (tax_service tests) 100 % 13/13",
      ],
    ],
    [
      "Improved tax_service tests from 4/20 passing to 17/20 passing",
      ["tests_passing (tax_service tests) 17 tests 17/20"],
    ],
    [
      "100% Redis test pass rate (11/11 passing)",
      ["pass_rate (Redis tests) 100 % 11/11"],
    ],
    ["Checkout tests run in 5 minutes", ["duration (Checkout tests) 300 s"]],
  ])("%s", (text, expected) => {
    expect(claims(text)).toEqual(expected);
  });

  it.each([
    "89 tests covering baskets and vouchers",
    "17 passing tests validating the retry budget",
  ])("says that %j is about a part without a name", (text) => {
    expect(readClaims(item(text)).claims.map(({ subject }) => subject)).toEqual(
      ["unnamed"],
    );
  });

  it.each([
    ["28/28 tests passing consistently across 3 runs", 28],
    ["85.5% overall test pass rate", 85.5],
    ["Created 36 high-quality tests (100% pass rate)", 100],
    ["`pytest tests/ --collect-only` shows 510 tests collected", 510],
    ["All tests now run at 36/36 passing", 36],
    ["336 unit tests + 19 contract tests = 355 tests", 355],
  ])("takes %j for all tests", (text, value) => {
    expect(
      readClaims(item(text)).claims.find((claim) => claim.value === value)
        ?.subject,
    ).toBe("tests");
  });

  const header = "# | Truth | Status | Evidence";

  it("counts the tests that the truth of a row begins with", () => {
    expect(
      rowClaims(
        header,
        "6 | Camera service tests verify permissions, capture and errors | VERIFIED | 38/38 tests passing (640 lines)",
      ),
    ).toEqual(["tests_passing (Camera service tests) 38 tests 38/38"]);
  });

  it("does not take those tests for what is covered", () => {
    expect(
      rowClaims(
        header,
        "6 | Camera service tests verify permissions, capture and errors | VERIFIED | coverage 84%",
      ),
    ).toEqual(["coverage (unnamed) 84 %"]);
  });

  it("counts all tests where the truth is about all of them", () => {
    expect(
      rowClaims(
        header,
        "6 | All tests pass on every supported platform | VERIFIED | 38/38 tests passing",
      ),
    ).toEqual(["tests_passing (tests) 38 tests 38/38"]);
  });
});

describe("durations", () => {
  it.each([
    ["Test execution time: ~9 seconds", "duration (tests) 9 s estimated"],
    ["Full suite runs in 5 minutes", "duration (tests) 300 s"],
    ["87 passed in 12.3s", "duration (tests) 12.3 s"],
    ["Test suite duration: 2 hours", "duration (tests) 7200 s"],
  ])("%s", (text, expected) => {
    expect(
      claims(text).filter((claim) => claim.startsWith("duration")),
    ).toEqual([expected]);
  });

  it("says nothing about how long a plan took", () => {
    expect(claims("**Duration:** 45 minutes")).toEqual([]);
  });
});

describe("table rows", () => {
  it.each([
    [
      "File | Lines | Baseline | Target | Achieved | Status",
      "cart.py | 2,351 | 0% | 50% | **97.30%** | ✅ PASS",
      ["coverage (cart.py) 0 % historic", "coverage (cart.py) 97.3 %"],
      ["Summary", "Coverage by file"],
    ],
    [
      "Criterion | Target | Achieved | Status",
      "Core average coverage | 50% | 55.53% | ✅",
      ["coverage (Core average) 55.53 %"],
    ],
    [
      "Metric | Before | After",
      "Overall coverage | 21.4% | 22.0%",
      ["coverage (overall) 21.4 % historic", "coverage (overall) 22 %"],
    ],
    [
      "File | Before | After | Improvement",
      "`cart.py` | ~22% | 57% | +35%",
      [
        "coverage (cart.py) 22 % estimated historic",
        "coverage (cart.py) 57 %",
        "coverage_delta (cart.py) 35 pp",
      ],
      ["Summary", "Coverage"],
    ],
    [
      "Module | Covered | Total | Coverage",
      "core | 2,540 | 48,372 | 5.25%",
      ["coverage (core) 5.25 % 2540/48372"],
    ],
    [
      "Plan | File | Lines | Coverage | Tests | Status",
      "04-02 | keys.py | 549 | 45-55% | 19 | ✅ Complete",
      ["coverage (keys.py) 45-55 %", "tests_total (keys.py) 19 tests"],
    ],
    [
      "Plan | Tests Created | Passing | Failing | Pass Rate",
      "**Total** | **610** | **574** | **36** | **94.1%**",
      [
        "tests_total (tests) 610 tests",
        "tests_passing (tests) 574 tests",
        "tests_failing (tests) 36 tests",
        "pass_rate (tests) 94.1 % 574/610",
      ],
    ],
    [
      "Plan | Tests | Coverage %",
      "37 | 50 | 47.87%",
      ["tests_total (Plan 37) 50 tests", "coverage (Plan 37) 47.87 %"],
    ],
    [
      "Phase | Coverage",
      "Phase 8.6 | 13.02%",
      ["coverage (Phase 8.6) 13.02 %"],
    ],
    [
      "Domain | Current Coverage | Target | Gap",
      "Backend Overall | ~15.57% | 80% | 64%",
      ["coverage (overall) 15.57 % estimated"],
    ],
    [
      "File | Tests | Coverage | Target File",
      "tests/test_store.py | 38 | 76% | core/store.py (271 lines)",
      ["tests_total (core/store.py) 38 tests", "coverage (core/store.py) 76 %"],
    ],
    [
      "File | Lines | Lines Covered | Coverage",
      "cart.py | 120 | 60 | 50%",
      ["coverage (cart.py) 50 % 60/120"],
    ],
    [
      "File | Lines | Coverage Target | Coverage Achieved | Status",
      "cart.py | 1163 | 50% (582 lines) | 50% ✅ | COMPLETE",
      ["coverage (cart.py) 50 %"],
    ],
    [
      "Metric | Target | Achieved",
      "Full Suite Duration | < 60 min | ~21 min (extrapolated)",
      ["duration (tests) 1260 s estimated"],
    ],
    [
      "Metric | Target | Achieved",
      "Flaky Tests | 0 | 0",
      ["tests_flaky (tests) 0 tests"],
    ],
    ["Metric | Value", "Coverage Target | 80%", []],
    ["Metric | Value", "Target coverage | ~80% planned", []],
    [
      "File | Claimed | Current Report",
      "cart.py | 92% | 20.05%",
      ["coverage (cart.py) 92 % historic", "coverage (cart.py) 20.05 %"],
      ["Summary", "Coverage"],
    ],
    [
      "File | Change from start | Coverage",
      "cart.py | +5% | 0% → 60%",
      ["coverage (cart.py) 60 %"],
    ],
    [
      "File | Coverage",
      "cart.py | 60% (12/20 lines)",
      ["coverage (cart.py) 60 % 12/20"],
    ],
    ["File | Coverage", "cart.py | see report 60%", []],
    ["File | Coverage", "cart.py | <60%", []],
    ["File | Coverage", "cart.py | n/a", []],
    ["File | Coverage", "cart.py | 60 lines", []],
    ["File | Coverage", "cart.py | expected 60%", []],
    [
      "File | Coverage | Delta",
      "cart.py | +6% | 12",
      ["coverage_delta (cart.py) 6 pp"],
    ],
    ["File | Coverage", "cart.py", []],
    ["Category | Scenarios | Coverage", "Login | 12 | 100%", []],
    [
      "# | Truth | Status | Evidence",
      "1 | Overall coverage is 25-27% | ✗ FAILED | Coverage: 22.00% (gap: 4.00%)",
      ["coverage (overall) 22 %"],
    ],
    [
      "Truth | Evidence",
      "Orders are kept in the order they came in | 28 route tests pass (0% coverage)",
      ["tests_passing (route tests) 28 tests", "coverage (unnamed) 0 %"],
    ],
    [
      "Artifact | Expected | Status | Details",
      "out/coverage.json | Updated with 50% coverage | ✅ | Measured coverage: 15.70% overall, Core files: 57.82% average (3/6 >= 50%)",
      ["coverage (overall) 15.7 %", "coverage (unnamed) 57.82 %"],
    ],
    [
      "Requirement | Status | Evidence",
      "cart.py tested with 50%+ coverage | ⚠ | 19.83% (48/242 lines)",
      ["coverage (cart.py) 19.83 % 48/242"],
    ],
    [
      "Metric | Target | Current",
      "Line Coverage | >80% | 18.30%",
      ["coverage (Line Coverage) 18.3 % line"],
      ["Baseline metrics", "Numbers"],
    ],
    [
      "Metric | Target | Current",
      "Line Coverage | >80% | 18.30%",
      ["coverage (unnamed) 18.3 % line"],
      ["Plan 3 summary", "Numbers"],
    ],
    [
      "Metric | Value",
      "New overall coverage | ~22.3%",
      [],
      ["Summary", "Recommendations"],
    ],
    [
      "Metric | Before | Current",
      "Starting Coverage | 12% | 13%",
      ["coverage (overall) 12 % historic", "coverage (overall) 13 % historic"],
      ["Summary", "Overall coverage"],
    ],
    ["1 | 2", "3 | 4", []],
    [
      "Metric | Before | After | Change",
      "Pass Rate | 53.8% | 100% | +46.2%",
      ["pass_rate (tests) 53.8 % historic", "pass_rate (tests) 100 %"],
    ],
    [
      "Metric | Value",
      "Coverage increase | +2.5%",
      ["coverage_delta (unnamed) 2.5 pp"],
    ],
    [
      "Platform | Target | Current",
      "Overall | 80% | 78.6%",
      ["coverage (overall) 78.6 %"],
      ["Summary", "Coverage"],
    ],
    [
      "Criterion | Target | Achieved",
      "Coverage target | 50% | 55.5%",
      ["coverage (unnamed) 55.5 %"],
    ],
    ["File | Coverage areas", "cart.py | 5% tax", []],
    [
      "Category | Tests | Pass Rate",
      "Unit Tests | 2,396 | 86.0%",
      ["tests_total (Unit Tests) 2396 tests", "pass_rate (Unit Tests) 86 %"],
    ],
    ["Metric | Value", "Failing tests | 4", ["tests_failing (tests) 4 tests"]],
    ["Metric | Value", "Failing tests | 4%", []],
    ["Metric | Value", "Test execution time | 4%", []],
    ["Goal | Coverage", "cart.py | 44.5%", [], ["Summary", "Next steps"]],
    [
      "Suite | Total | Passing | Failing | Skipped | Pass Rate",
      "Smoke suite | 13 | ~12 | 0 | 1 | 100% ✅",
      [
        "tests_passing (Smoke suite) 12 tests estimated",
        "tests_failing (Smoke suite) 0 tests",
        "pass_rate (Smoke suite) 100 %",
      ],
    ],
  ] as [string, string, string[], string[]?][])(
    "%s: %s",
    (header, cells, expected, section) => {
      expect(rowClaims(header, cells, section)).toEqual(expected);
    },
  );
});

describe("what a document says its own state is", () => {
  it.each([
    [
      "status: gaps_found",
      { place: "front_matter", section: ["status"] },
      ["status (unnamed) gaps_found"],
    ],
    [
      "status: done",
      { place: "front_matter", section: ["gaps", "status"] },
      [],
    ],
    [
      "**Status:** ✅ COMPLETE",
      { section: ["Phase 12 Plan 02: Router"] },
      ["status (Phase 12 Plan 02) COMPLETE"],
    ],
    [
      "**Status:** ✅ COMPLETE",
      { section: ["Phase 12", "Conclusion"] },
      ["status (Phase 12) COMPLETE"],
    ],
    [
      "**Status:** ✅ COMPLETE",
      { section: ["Phase 12", "Task 1: Router"] },
      [],
    ],
    [
      "**Overall Status:** All gaps closed",
      { section: ["Report", "Task 3"] },
      ["status (unnamed) All gaps closed"],
    ],
    [
      "**Status**: 11/32 passing",
      { section: ["Phase 5", "1. test_login.py (32 tests)"] },
      ["tests_passing (test_login.py) 11 tests 11/32"],
    ],
    [
      "Phase: 7-router Plan: 02 Status: COMPLETE (9 of 9 plans) Last activity: today",
      { section: ["State", "Current Position"] },
      ["status (Phase 7) COMPLETE (9 of 9 plans)"],
    ],
    ["The status: complete work is behind us", { section: ["Report"] }, []],
    [
      "Wave 2 Complete - Login mended",
      { place: "heading", section: [] },
      ["status (Wave 2) Complete"],
    ],
    [
      "Phase 4 Summary - COMPLETE",
      { place: "heading", section: [] },
      ["status (Phase 4) COMPLETE"],
    ],
    ["Complete list of files", { place: "heading", section: [] }, []],
    ["Wave 2 Complete", { place: "heading", section: ["Report"] }, []],
    [
      "**Phase 4: Router** - rewrite the router",
      { checked: true },
      ["status (Phase 4) [x] complete"],
    ],
    ["**Phase 4: Router** - rewrite the router", { checked: false }, []],
    ["All work is complete", {}, []],
    ["**Status:** ✅", { section: ["Phase 12"] }, []],
  ] as [string, About, string[]][])("%s", (text, about, expected) => {
    expect(claims(text, about)).toEqual(expected);
  });

  it("reads the status column of a table of phases, not of a table of files", () => {
    expect(
      rowClaims(
        "Phase | Plans Complete | Status",
        "4. Router | 2/4 | **Partial**",
      ),
    ).toEqual(["status (Phase 4. Router) Partial"]);
    expect(rowClaims("Wave | Status", "Wave 2 | ✅ Complete")).toEqual([
      "status (Wave 2) Complete",
    ]);
    expect(rowClaims("Phase | Status", "4. Router | see below")).toEqual([]);
    expect(rowClaims("Phase | Notes", "4. Router | Complete")).toEqual([]);
    expect(
      rowClaims("Plan | File | Status", "04-01 | cart.py | Complete"),
    ).toEqual([]);
  });

  it("cuts a status that goes on and on", () => {
    const {
      claims: [claim],
    } = readClaims(
      item(`**Status:** complete ${"and well ".repeat(40)}`, {
        section: ["Phase 3"],
      }),
    );
    expect(String(claim?.value).length).toBeLessThanOrEqual(60);
  });
});

describe("precision", () => {
  it.each([
    ["Coverage: 55.32%", 0.005],
    ["Coverage: 55%", 0.5],
    ["Coverage: ~12%", 1],
    ["Coverage: ~12.5%", 0.1],
    ["Overall coverage: 74.69% (±0.5%)", 0.5],
    ["Test execution time: 5 minutes", 30],
    ["Test execution time: 2 hours", 1800],
    ["Test execution time: 250 ms", 0.0005],
    ["Test execution time: 12.3s", 0.05],
  ])("%s is true within %d", (text, tolerance) => {
    expect(readClaims(item(text)).claims[0]?.tolerance).toBeCloseTo(
      tolerance,
      9,
    );
  });

  it("gives text and line of the statement with every claim", () => {
    expect(readClaims(item("Overall coverage: **61.4%**")).claims).toEqual([
      {
        metric: "coverage",
        subject: "overall",
        value: 61.4,
        upper: null,
        unit: "%",
        fraction: null,
        tolerance: 0.05,
        atLeast: false,
        estimated: false,
        historic: false,
        aspect: null,
        text: "Overall coverage: **61.4%**",
        line: 7,
      },
    ]);
  });

  it("tells the same thing once", () => {
    expect(
      claims("Overall coverage: 61%. Measured overall coverage: 61%."),
    ).toEqual(["coverage (overall) 61 %"]);
  });

  it.each([
    ["Estimated pass rate: 97.5%", "pass_rate (tests) 97.5 % estimated"],
    ["Coverage: approximately 40%", "coverage (unnamed) 40 % estimated"],
    ["Coverage: 40% (extrapolated)", "coverage (unnamed) 40 % estimated"],
    ["Projected coverage: 40%", "coverage (unnamed) 40 % estimated"],
  ])("%s", (text, expected) => {
    expect(claims(text)).toEqual([expected]);
  });
});

function isWellFormed(claim: ClaimReading): boolean {
  const { subject, value, upper, tolerance } = claim;
  const fits =
    typeof value === "number"
      ? Number.isFinite(value) && claim.metric !== "status"
      : value.length <= 60 && claim.metric === "status";
  return (
    fits &&
    subject.length > 0 &&
    subject.length <= 80 &&
    tolerance >= 0 &&
    (upper === null || upper > Number(value))
  );
}

describe("whatever a document holds", () => {
  const words = fc.constantFrom(
    "coverage",
    "overall",
    "50%",
    "12/14",
    "tests",
    "passing",
    "from",
    "→",
    "to",
    "(",
    ")",
    ":",
    "-",
    "cart.py",
    "|",
    "**",
    "target",
    "Status:",
    "Phase 3",
    "±0.5%",
    "5 minutes",
    "files >35%",
    "claims",
    "but",
    "0%",
  );
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.array(words, { maxLength: 60 }).map((list) => list.join(" ")),
  );
  const statement: fc.Arbitrary<Statement> = fc.record({
    text,
    line: fc.nat(),
    place: fc.constantFrom(
      "heading",
      "item",
      "row",
      "paragraph",
      "front_matter",
    ),
    section: fc.array(text, { maxLength: 4 }),
    row: fc.option(
      fc.record({
        header: fc.array(text, { maxLength: 5 }),
        cells: fc.array(text, { maxLength: 6 }),
      }),
    ),
    checked: fc.constantFrom(true, false, null),
  });

  it("never throws, and every claim is well formed", () => {
    fc.assert(
      fc.property(statement, (given) => {
        const { claims: found } = readClaims(given);
        expect(found.length).toBeLessThanOrEqual(40);
        expect(found.filter((claim) => !isWellFormed(claim))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("calls a number the project's only where a word says so", () => {
    const whole = /overall|project|codebase|entire|full backend|repository/i;
    fc.assert(
      fc.property(statement, (given) => {
        const said = [
          given.text,
          ...given.section,
          ...(given.row?.cells ?? []),
        ];
        const overall = readClaims(given).claims.filter(
          (claim) => claim.subject === "overall",
        );
        expect(overall.length === 0 || whole.test(said.join(" "))).toBe(true);
      }),
    );
  });

  it.each([
    "50% coverage ",
    "1 ",
    "(1 ",
    "a@a.",
    "a.b/c-",
    "coverage ",
    "to reach ",
    "1/2 tests ",
    "→ 50% ",
    "- 5% ",
    "[a](",
    "| ",
    "overall coverage, ",
    "% and ",
    "(( ",
    "5 a-a-a tests, ",
    "claims 5% but ",
    "Status: ",
  ])("takes no time over %j said a thousand times", (piece) => {
    const long = piece.repeat(1_500);
    const start = performance.now();
    readClaims(item(long));
    readClaims(row(`File | Coverage | ${piece}`, `${long} | ${long}`));
    expect(performance.now() - start).toBeLessThan(500);
  });
});
