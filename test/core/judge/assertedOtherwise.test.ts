import { expect, test } from "vitest";
import { assertedOtherwise } from "../../../src/core/judge/assertedOtherwise.ts";
import { factsOf } from "../../support/facts.ts";

/** A plan whose success criterion and check are these. */
function conflicts(criterion: string, check: string): string[] {
  const plan = [
    "<success_criteria>",
    `- [ ] ${criterion}`,
    "</success_criteria>",
    "```python",
    check,
    "```",
  ].join("\n");
  return assertedOtherwise(
    factsOf([{ files: { ".planning/phases/19-push/19-09-PLAN.md": plan } }])
      .documents,
  );
}

test("A range that the check widens is a conflict that names both lines", () => {
  expect(
    conflicts("Overall coverage is 25-27%", "assert 25 <= cov <= 30"),
  ).toEqual([
    "19-09-PLAN.md:2 sets overall coverage 25–27 %; the check on line 5 asserts 25–30 %.",
  ]);
});

test("A check with another lower bound is a conflict", () => {
  expect(
    conflicts("Overall coverage reaches 28%", "assert total_cov >= 26"),
  ).toEqual([
    "19-09-PLAN.md:2 sets overall coverage ≥ 28 %; the check on line 5 asserts ≥ 26 %.",
  ]);
  expect(
    conflicts("98%+ pass rate for all tests", "assert pass_rate >= 95"),
  ).toEqual([
    "19-09-PLAN.md:2 sets the pass rate ≥ 98 %; the check on line 5 asserts ≥ 95 %.",
  ]);
});

test.each([
  ["the same lower bound", "Overall coverage is 26-27%", "assert cov >= 26"],
  ["another metric", "Overall coverage reaches 28%", "assert pass_rate >= 98"],
  [
    "the target of a file",
    "models.py reaches 50% coverage",
    "assert cov >= 28",
  ],
  ["no target at all", "The tests are documented", "assert cov >= 28"],
])("%s is none", (_, criterion, check) => {
  expect(conflicts(criterion, check)).toEqual([]);
});

test("A check that agrees with one of several targets is none", () => {
  expect(
    conflicts(
      "Overall coverage reaches 28%\n- [ ] Overall coverage reaches 50%",
      "assert cov >= 50",
    ),
  ).toEqual([]);
});
