import { describe, expect, it } from "vitest";
import { judgeTarget } from "../../../src/core/judge/targets.ts";
import type { Target } from "../../../src/core/planning/target.ts";
import {
  aTarget,
  counted,
  evidenceOf,
  momentAt,
  results,
  trend,
  type Step,
} from "../../support/facts.ts";

function judge(
  steps: readonly Step[],
  target: Partial<Target> = {},
  start = momentAt(0),
) {
  return judgeTarget(
    aTarget({
      metric: "pass_rate",
      subject: "all tests",
      value: 98,
      ...target,
    }),
    evidenceOf(steps, { start }),
  );
}

const run: Step = { files: { "tests.log": results() } };
const inTests = { unit: "tests", op: "==" } as const;

describe("the run that answers", () => {
  it("is the newest result file in the tree", () => {
    expect(judge([run])).toMatchObject({
      verdict: "missed",
      gap: 28,
      unitsToGo: 37,
      measured: { value: 70, covered: 91, total: 130, trust: "measured" },
      why: "Target ≥ 98 %; measured 70.0 % (91 / 130 tests, tests.log at 0000000).",
    });
    const fixed: Step = {
      files: { "new/tests.log": results({ failed: 0, errors: 0 }) },
    };
    expect(judge([run, fixed]).verdict).toBe("met");
    expect(
      judge([run, fixed, { files: { "new/tests.log": null } }]).verdict,
    ).toBe("missed");
  });

  it("does not count skipped tests as passed, nor as failed", () => {
    expect(
      judge([
        {
          files: {
            "tests.log": results({
              passed: 98,
              failed: 2,
              errors: 0,
              skipped: 40,
            }),
          },
        },
      ]),
    ).toMatchObject({
      verdict: "met",
      measured: { value: 98, covered: 98, total: 100 },
    });
  });

  it("is not one from before the phase, nor one that ended early", () => {
    expect(judge([run, { files: {} }], {}, momentAt(1)).verdict).toBe(
      "not_measured",
    );
    expect(
      judge([{ files: { "tests.log": results({ complete: false }) } }]),
    ).toMatchObject({
      verdict: "untrusted",
      measured: null,
      why: "tests.log ends before the test run did.",
    });
  });

  it("is the newest entry of the phase that counts passed tests, where there is no result file", () => {
    const file = trend(
      counted(),
      { ...counted({ passed: 131, failed: 0, total: 131 }), plan: "19-09" },
      counted({ passed: null }),
      { percent: 5 },
    );
    const result = judge([{ files: { "trending.json": file } }]);
    expect(result).toMatchObject({
      verdict: "met",
      measured: { value: 100, covered: 131, total: 131 },
    });
    expect(result.why).toContain(
      "Recorded in trending.json for plan 19-09, not in a result file.",
    );
    expect(
      judge([{ files: { "trending.json": trend(counted()) } }]).why,
    ).toContain("Recorded in trending.json, not in a result file.");
  });

  it("is none where there is none", () => {
    expect(judge([{ files: {} }])).toMatchObject({
      verdict: "not_measured",
      measured: null,
      why: "No test results and no trend entry of this phase are in the repository.",
    });
  });

  it("says nothing of one suite", () => {
    expect(judge([run], { subject: "property tests" }).why).toBe(
      "No result file says how “property tests” did on its own.",
    );
    for (const subject of ["overall", "Phase 19 tests", "full test suite"])
      expect(judge([run], { subject }).verdict).toBe("missed");
  });
});

describe("what a run says", () => {
  it.each([
    ["tests_total", 130],
    ["tests_passing", 91],
    ["tests_failing", 39],
    ["tests_flaky", 2],
  ] as const)("%s: %d", (metric, value) => {
    const story = [{ files: { "tests.log": results({ flaky: 2 }) } }];
    expect(
      judge(story, { metric, unit: "tests", op: ">=", value }),
    ).toMatchObject({ verdict: "met", measured: { value } });
  });

  it("how long it took, in seconds", () => {
    const story = [
      { files: { "tests.log": results({ durationSeconds: 75 }) } },
    ];
    expect(
      judge(story, { metric: "duration", unit: "s", op: "<", value: 60 }),
    ).toMatchObject({ verdict: "missed", gap: 15 });
  });

  it.each([
    [
      "tests_flaky",
      "tests.log does not say which tests are flaky (that takes several runs).",
    ],
    ["duration", "tests.log does not say how long the tests took."],
  ] as const)("nothing of %s", (metric, why) => {
    expect(judge([run], { ...inTests, metric, value: 0 })).toMatchObject({
      verdict: "not_measured",
      why,
    });
  });

  it("nothing that a trend entry leaves out", () => {
    const story = [
      {
        files: {
          "trending.json": trend(counted({ failed: null, total: null })),
        },
      },
    ];
    expect(judge(story).why).toBe("trending.json does not say a pass rate.");
    expect(judge(story, { ...inTests, metric: "tests_total" }).why).toBe(
      "trending.json does not say how many tests there are.",
    );
    expect(judge(story, { ...inTests, metric: "tests_failing" }).why).toBe(
      "trending.json does not say how many tests fail.",
    );
    expect(
      judge(story, { ...inTests, metric: "tests_passing", value: 91 }).verdict,
    ).toBe("met");
  });

  it("nothing that a run of another size could: 17 of 17 tests are another suite than 130", () => {
    for (const metric of ["tests_passing", "tests_total"] as const) {
      expect(judge([run], { ...inTests, metric, value: 17 })).toMatchObject({
        verdict: "not_comparable",
        gap: null,
        why: "The target speaks of 17 tests; the recorded run has 130: tests.log.",
      });
    }
    expect(
      judge([run], { ...inTests, metric: "tests_passing", value: 130 }),
    ).toMatchObject({ verdict: "missed", gap: 39, unitsToGo: 39 });
    expect(
      judge([run], { ...inTests, metric: "tests_failing", value: 0 }),
    ).toMatchObject({ verdict: "missed", gap: 39 });
  });
});
