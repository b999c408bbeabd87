import { describe, expect, test } from "vitest";
import { readTargets } from "../../../src/core/planning/targetGrammar.ts";
import { brief } from "../../support/targetBrief.ts";

const read = (text: string) => readTargets(text).map(brief);

function reads(cases: [string, string[]][]): void {
  test.each(cases)("%s", (text, targets) => {
    expect(read(text)).toEqual(targets);
  });
}

describe("a negated bound is the other one", () => {
  reads([
    ["Coverage must not drop below 83%", ["coverage overall >= 83"]],
    ["Coverage never goes under 70 percent", ["coverage overall >= 70"]],
    [
      "Line coverage doesn't dip lower than 64%",
      ["coverage overall line >= 64"],
    ],
    ["Test pass rate never falls below 97%", ["pass_rate overall >= 97"]],
    [
      "The unit test suite must not take longer than 10 seconds to run",
      ["duration unit test suite <= 10"],
    ],
    ["Coverage of the broker meets or exceeds 90%", ["coverage broker >= 90"]],
    ["Die Abdeckung darf nicht unter 75 % fallen", ["coverage overall >= 75"]],
    [
      "Die Abdeckung darf 85 % nicht unterschreiten",
      ["coverage overall >= 85"],
    ],
    ["La cobertura no debe bajar del 65 %", ["coverage overall >= 65"]],
  ]);
});

describe("a list of aspects sets one threshold for each", () => {
  reads([
    [
      "Maintain 100% line and branch coverage",
      ["coverage overall line >= 100", "coverage overall branch >= 100"],
    ],
    [
      "At least 90% lines, statements, branches and functions",
      [
        "coverage overall line >= 90",
        "coverage overall statement >= 90",
        "coverage overall branch >= 90",
        "coverage overall function >= 90",
      ],
    ],
  ]);
});

describe("a share of what is covered is a coverage", () => {
  reads([
    ["80% of the code is covered by tests", ["coverage overall >= 80"]],
    [
      "At least 90% of lines in the reducer package are covered by unit tests",
      ["coverage reducer package line >= 90"],
    ],
    ["The scheduler is covered to at least 75%", ["coverage scheduler >= 75"]],
    ["Unit tests cover more than 90% of the code", ["coverage overall > 90"]],
    ["Our tests cover 80% of the use cases", []],
    ["100% of requirements are covered by acceptance criteria", []],
  ]);
});

describe("a share of something else is none of ours", () => {
  reads([
    ["Insurance coverage of at least 80% of the costs", []],
    ["Nightly pass rate is 90% of the reference model", []],
    ["Mutation score ≥ 70%", []],
    ["Review pass rate ≥ 90%", []],
    ["50% coverage per file (not 100%)", ["coverage file each >= 50"]],
  ]);
});

describe("a table row", () => {
  reads([
    ["| Test coverage | >80% | 74% |", ["coverage overall > 80"]],
    ["Line coverage | 71% | ≥ 80%", ["coverage overall line >= 80"]],
    ["Suite runtime | < 5 minutes | ✅ 3 minutes", ["duration overall < 300"]],
    ["Nightly tests | 100% passed", ["pass_rate Nightly tests >= 100"]],
    ["Coverage | 71% | 74%", []],
    ["Coverage ≥ 80% | ✅ 91%", ["coverage overall >= 80"]],
  ]);
});

describe("how long a set of tests takes", () => {
  reads([
    ["Unit tests < 1 second", ["duration Unit tests < 1"]],
    ["Backend tests: < 2 min", ["duration Backend tests < 120"]],
    ["< 30 s for the full suite", ["duration overall < 30"]],
    [
      "Suite completes in reasonable time (<2 minutes)",
      ["duration overall < 120"],
    ],
    [
      "Reduce the suite runtime from 22 min to 8 min",
      ["duration overall <= 480 from 1320"],
    ],
    [
      "CI runs the smoke tests in under 3 minutes",
      ["duration smoke tests < 180"],
    ],
    ["Each commit runs the tests in under a minute", ["duration overall < 60"]],
    ["Each test must finish within 5 seconds", []],
    ["Property tests complete in under 1 s per test", []],
    ["Unit tests run in under 100 ms each", []],
    ["Load tests keep latency under 200 ms", []],
    ["All unit tests have a timeout of at most 30 s", []],
  ]);
});

describe("what was done or is so today sets nothing", () => {
  reads([
    ["Increased unit test coverage from 63% to 81%", []],
    ["Coverage is hovering just above 50%", []],
    ["Current coverage: 52%", []],
    ["93 passing tests, 15 failing tests", []],
    [
      "Test coverage >= 79% (was 78.5%, now 79.4%)",
      ["coverage overall >= 79 from 78.5"],
    ],
    ["~~Coverage ≥ 90%~~", []],
    ["As close to 100% coverage as possible", []],
    ["Coverage might reach 80% eventually", []],
  ]);
});

describe("tests that pass, and how many", () => {
  reads([
    [
      "All tests pass (242/242)",
      ["tests_failing overall == 0", "tests_passing overall == 242"],
    ],
    [
      "All tests pass (≥ 220)",
      ["tests_failing overall == 0", "tests_total overall >= 220"],
    ],
    ["Tests passing (≥95% success rate)", ["pass_rate overall >= 95"]],
    ["97% of all tests must pass", ["pass_rate overall >= 97"]],
    [
      "Every existing test continues to pass",
      ["tests_failing existing test == 0"],
    ],
    [
      "All 28 contract tests implemented and passing",
      ["tests_failing 28 contract tests == 0"],
    ],
    [
      "All unit tests pass with at least 75% coverage",
      ["tests_failing unit tests == 0", "coverage overall >= 75"],
    ],
    ["At least twenty unit tests", ["tests_total unit tests >= 20"]],
    ["Minimum test count: 50", ["tests_total overall >= 50"]],
    ["Maximum failing tests: 2", ["tests_failing overall <= 2"]],
  ]);
});

describe("whom a threshold is about", () => {
  reads([
    ["We aim to maintain 80% code coverage", ["coverage overall >= 80"]],
    [
      "As a backend engineer, I want the outbox package to have 95% coverage",
      ["coverage outbox package >= 95"],
    ],
    ["New code coverage ≥ 80%", ["coverage New code >= 80"]],
    ["New test coverage ≥ 90% on added lines", ["coverage added lines >= 90"]],
    ["Coverage ≥ 85% `src/bot/`", ["coverage src/bot/ >= 85"]],
    ["Stability rate: 95%+ pass rate", ["pass_rate overall >= 95"]],
    ["E2E tests reliability: 100% pass rate", ["pass_rate E2E tests >= 100"]],
    ["95% coverage for better reliability", ["coverage overall >= 95"]],
    ["Overall coverage is 90% across all projects", ["coverage overall >= 90"]],
    [
      "Task 3: Billing module - Increase test coverage from 81% to 90%",
      ["coverage Billing module >= 90 from 81"],
    ],
    [
      "Phase 3: Billing - Target 60% overall coverage",
      ["coverage overall >= 60"],
    ],
    ["50% average coverage per file", ["coverage overall >= 50"]],
    [
      "100% of service files have at least 80% coverage",
      ["coverage service files each >= 80"],
    ],
    [
      "Add tests until every package reaches 80% coverage",
      ["coverage package each >= 80"],
    ],
    [
      "Before merging, confirm that line coverage is above 95%",
      ["coverage overall line > 95"],
    ],
    [
      "We target 60% line coverage as a quality gate",
      ["coverage overall line >= 60"],
    ],
    ["> 60% coverage for `a/b.py`", ["coverage a/b.py > 60"]],
  ]);
});
