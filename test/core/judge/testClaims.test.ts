import { describe, expect, it } from "vitest";
import { judgeClaim } from "../../../src/core/judge/claims.ts";
import type { ClaimContext } from "../../../src/core/judge/judgement.ts";
import type { Claim } from "../../../src/core/planning/claim.ts";
import {
  aClaim,
  aContext,
  counted,
  evidenceOf,
  momentAt,
  results,
  trend,
  type Step,
} from "../../support/facts.ts";

function judge(
  steps: readonly Step[],
  claim: Partial<Claim>,
  context: Partial<ClaimContext> = {},
) {
  return judgeClaim(
    aClaim({
      metric: "pass_rate",
      subject: "tests",
      value: 100,
      tolerance: 0.5,
      ...claim,
    }),
    evidenceOf(steps),
    aContext(context),
  );
}

const run = { files: { "tests.log": results() } };

describe("a fraction", () => {
  it("contradicts with the run of its size: says 130 of 130, recorded 91", () => {
    expect(judge([run], { fraction: { n: 130, d: 130 } })).toMatchObject({
      verdict: "contradicted",
      measured: { value: 70, covered: 91, total: 130 },
      why: "The document says 100 % (130 / 130); the run of 130 tests recorded 91 passing: 70.0 % (91 / 130 tests, tests.log at 0000000).",
    });
    expect(
      judge([run], {
        metric: "tests_passing",
        value: 130,
        unit: "tests",
        fraction: { n: 130, d: 130 },
      }),
    ).toMatchObject({
      verdict: "contradicted",
      measured: { value: 91 },
    });
  });

  it("is confirmed by the run of its size, all tests counted or only those that ran", () => {
    const skipping = { files: { "tests.log": results({ skipped: 39 }) } };
    expect(
      judge([skipping], { value: 70, fraction: { n: 91, d: 130 } }),
    ).toMatchObject({
      verdict: "confirmed",
      measured: { value: 70, total: 130 },
    });
    expect(
      judge([skipping], { value: 53.8, fraction: { n: 91, d: 169 } }),
    ).toMatchObject({ verdict: "confirmed", measured: { total: 169 } });
  });

  it("of failing tests is held against those that failed", () => {
    const failing = { metric: "tests_failing", unit: "tests" } as const;
    expect(
      judge([run], { ...failing, value: 39, fraction: { n: 39, d: 130 } }),
    ).toMatchObject({ verdict: "confirmed", measured: { value: 39 } });
    expect(
      judge([run], { ...failing, value: 91, fraction: { n: 91, d: 130 } })
        .verdict,
    ).toBe("unverifiable");
  });

  it.each([
    ["a run of another size", { fraction: { n: 131, d: 131 } }],
    ["fewer tests than tell anything", { fraction: { n: 5, d: 5 } }],
    ["an earlier value", { fraction: { n: 130, d: 130 }, historic: true }],
    ["an estimate", { fraction: { n: 130, d: 130 }, estimated: true }],
  ])("is not contradicted by or as %s", (_, claim) => {
    expect(judge([run], claim)).toMatchObject({
      verdict: "unverifiable",
      why: "The recorded runs of this phase are of other tests or of another size.",
    });
  });

  it("is not contradicted by a run that came after the document, or before the work", () => {
    const steps = [{ files: {} }, run];
    const claim = { fraction: { n: 130, d: 130 } };
    expect(judge(steps, claim).verdict).toBe("contradicted");
    expect(judge(steps, claim, { written: momentAt(0) }).verdict).toBe(
      "unverifiable",
    );
    expect(judge(steps, claim, { workBegan: momentAt(2) }).why).toBe(
      "No test results and no trend entry of this phase are in the repository.",
    );
    expect(judge(steps, claim, { workBegan: null }).verdict).toBe(
      "contradicted",
    );
  });

  it("of a suite with a name is confirmed by its size, and never contradicted", () => {
    const suite = { subject: "integration tests" };
    expect(
      judge([run], { ...suite, value: 70, fraction: { n: 91, d: 130 } })
        .verdict,
    ).toBe("confirmed");
    expect(
      judge([run], { ...suite, fraction: { n: 130, d: 130 } }),
    ).toMatchObject({
      verdict: "unverifiable",
      why: "No result file says how “integration tests” did on its own.",
    });
  });

  it("contradicts its own percentage before any run is asked", () => {
    expect(
      judge([run], { value: 100, fraction: { n: 91, d: 130 } }),
    ).toMatchObject({ verdict: "self_contradictory", measured: null });
    expect(
      judge([run], {
        metric: "tests_passing",
        unit: "tests",
        value: 91,
        fraction: { n: 91, d: 130 },
      }).verdict,
    ).toBe("confirmed");
  });
});

describe("a number alone", () => {
  it("is confirmed by a run of the phase, and never contradicted", () => {
    expect(judge([run], { value: 70 })).toMatchObject({
      verdict: "confirmed",
      measured: { value: 70, covered: 91, total: 130 },
      why: "The document says 70 %; recorded 70.0 % (91 / 130 tests, tests.log at 0000000).",
    });
    expect(judge([run], { value: 100 }).verdict).toBe("unverifiable");
    expect(judge([run], { value: 65, atLeast: true }).verdict).toBe(
      "confirmed",
    );
  });

  it("gives what was measured, not what was claimed", () => {
    expect(
      judge([run], {
        metric: "tests_passing",
        unit: "tests",
        value: 90,
        tolerance: 1,
      }).measured?.value,
    ).toBe(91);
  });

  it("is no number at all", () => {
    expect(judge([run], { value: "all" }).why).toBe(
      "The statement gives no number.",
    );
  });

  it("is not answered by a run that ended early, nor for what a run does not say", () => {
    expect(
      judge([{ files: { "tests.log": results({ complete: false }) } }], {
        value: 70,
      }).verdict,
    ).toBe("unverifiable");
    expect(
      judge([run], { metric: "tests_flaky", unit: "tests", value: 0 }).verdict,
    ).toBe("unverifiable");
    expect(
      judge([run], { metric: "duration", unit: "s", value: 0 }).verdict,
    ).toBe("unverifiable");
    const none = {
      files: { "tests.log": results({ passed: 0, failed: 0, errors: 0 }) },
    };
    expect(judge([none], { value: 0 }).verdict).toBe("unverifiable");
  });
});

describe("an earlier run", () => {
  const later = {
    files: { "tests.log": results({ passed: 131, failed: 0, errors: 0 }) },
  };

  it("makes a number stale when a later one was known to the document", () => {
    expect(judge([run, later], { value: 70 })).toMatchObject({
      verdict: "stale",
      why: "The document says 70 %, which an earlier run recorded: 70.0 % (91 / 130 tests, tests.log at 0000000).",
    });
    expect(
      judge([run, later], { value: 70, fraction: { n: 91, d: 130 } }).verdict,
    ).toBe("stale");
  });

  it("leaves it confirmed when the later one came after the document (ADR 0003)", () => {
    expect(
      judge([run, later], { value: 70 }, { written: momentAt(0) }).verdict,
    ).toBe("confirmed");
  });

  it("is none that came after the document, where only its number agrees", () => {
    expect(
      judge([{ files: {} }, run], { value: 70 }, { written: momentAt(0) })
        .verdict,
    ).toBe("unverifiable");
  });

  it("confirms what the document itself calls an earlier value", () => {
    expect(judge([run], { value: 70, historic: true })).toMatchObject({
      verdict: "confirmed",
      why: "The document gives 70 % as an earlier value, which was recorded: 70.0 % (91 / 130 tests, tests.log at 0000000).",
    });
  });
});

describe("runs in a trend file", () => {
  const entries = (...tests: Parameters<typeof counted>[0][]) => ({
    files: { "trending.json": trend(...tests.map((each) => counted(each))) },
  });

  it("count for the phase they name, from before the plan too", () => {
    expect(
      judge(
        [entries({}), { files: {} }],
        { value: 70 },
        { workBegan: momentAt(1) },
      ).verdict,
    ).toBe("confirmed");
    const other = {
      files: { "trending.json": trend({ ...counted(), phase: "18" }) },
    };
    expect(judge([other], { value: 70 }).verdict).toBe("unverifiable");
  });

  it("contradict though they came after the document: the file is often brought up to date later", () => {
    expect(
      judge(
        [{ files: {} }, entries({})],
        { fraction: { n: 130, d: 130 } },
        { written: momentAt(0) },
      ).verdict,
    ).toBe("contradicted");
  });

  it("are in the file's order: the last is the newest", () => {
    const both = entries({}, { passed: 130, failed: 0 });
    expect(judge([both], { value: 70 }).verdict).toBe("stale");
    expect(judge([both], { value: 100 }).verdict).toBe("confirmed");
  });

  it("come from the version that first held them", () => {
    const both = entries({}, { passed: 130, failed: 0 });
    expect(
      judge([entries({}), both, both], { value: 100 }).measured?.commit,
    ).toBe(momentAt(1).sha);
    expect(
      judge([entries({}), both, both], { value: 70 }).measured?.commit,
    ).toBe(momentAt(0).sha);
  });

  it.each([
    ["the rate of those that ran", { skipped: 39, total: 169 }, 70, 130],
    ["errors too", { failed: 29, errors: 10 }, 70, 130],
    [
      "a rate written of all",
      { total: 169, passRate: 53.8 },
      (91 / 169) * 100,
      169,
    ],
    [
      "a rate without failures",
      { failed: null, total: 169, skipped: 39 },
      70,
      130,
    ],
    ["a rate of unknown others", { failed: null, total: 130 }, 70, 130],
  ])("give %s", (_, tests, rate, total) => {
    expect(judge([entries(tests)], { value: rate }).measured).toMatchObject({
      value: rate,
      covered: 91,
      total,
    });
  });

  it("give a written rate without counts that deny it, and none where none is known", () => {
    expect(
      judge([entries({ passRate: 98 })], { value: 98 }).measured,
    ).toMatchObject({ value: 98, covered: null, total: null });
    const alone = entries({ failed: null, total: null });
    expect(judge([alone], { value: 100 }).verdict).toBe("unverifiable");
    expect(
      judge([alone], { metric: "tests_passing", unit: "tests", value: 91 })
        .measured,
    ).toMatchObject({ value: 91, covered: null });
    expect(
      judge([alone], { metric: "tests_failing", unit: "tests", value: 0 })
        .verdict,
    ).toBe("unverifiable");
    expect(
      judge([entries({ passed: 0, failed: 0, total: 0 })], { value: 0 })
        .verdict,
    ).toBe("unverifiable");
  });

  it("say nothing without the tests that passed", () => {
    expect(
      judge([entries({ passed: null, passRate: 70 })], { value: 70 }).verdict,
    ).toBe("unverifiable");
    expect(
      judge([{ files: { "trending.json": trend({ percent: 70 }) } }], {
        value: 70,
      }).verdict,
    ).toBe("unverifiable");
  });
});
