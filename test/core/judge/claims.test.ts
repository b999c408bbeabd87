import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeClaim } from "../../../src/core/judge/claims.ts";
import {
  isDisputed,
  type ClaimContext,
} from "../../../src/core/judge/judgement.ts";
import type { Claim } from "../../../src/core/planning/claim.ts";
import {
  aClaim,
  aContext,
  coverage,
  evidenceOf,
  momentAt,
  results,
  trend,
  type Step,
} from "../../support/facts.ts";
import { anyReport, type Row } from "../../support/reports.ts";

/** The plan is committed with step 0, the report with step 1, the summary with step 2. */
const CONTEXT = aContext({ written: momentAt(2) });

function judge(
  steps: readonly Step[],
  claim: Partial<Claim> = {},
  context: Partial<ClaimContext> = {},
) {
  return judgeClaim(aClaim(claim), evidenceOf(steps), {
    ...CONTEXT,
    ...context,
  });
}

const plan: Step = { files: { "PLAN.md": "Reach 55 %." } };
const summary: Step = { files: { "SUMMARY.md": "Reached 55.3 %." } };

function reporting(
  rows: readonly Row[],
  overrides: Parameters<typeof coverage>[1] = {},
): Step {
  return { files: { "coverage.json": coverage(rows, overrides) } };
}

describe("confirmed", () => {
  it("is what a report of the same work says, within the claim's own precision", () => {
    const steps = [plan, reporting([["core/engine.py", 553, 1000]]), summary];
    expect(judge(steps)).toMatchObject({
      verdict: "confirmed",
      measured: { covered: 553, total: 1000 },
    });
    expect(judge(steps).why).toBe(
      "The document says 55.3 %; measured 55.3 % (553 / 1,000 lines, 1 file, coverage.json at 0101010).",
    );
    expect(judge(steps, { value: 55, tolerance: 0.5 }).verdict).toBe(
      "confirmed",
    );
    expect(judge(steps, { value: 55.32, tolerance: 0.005 }).verdict).not.toBe(
      "confirmed",
    );
  });

  it("is half a unit of the last digit, exactly", () => {
    const steps = [plan, reporting([["a.py", 5525, 10_000]]), summary];
    expect(judge(steps).verdict).toBe("confirmed");
  });

  it("is a range that holds the measurement, and a lower bound below it", () => {
    const steps = [plan, reporting([["a.py", 553, 1000]]), summary];
    expect(judge(steps, { value: 50, upper: 60 }).verdict).toBe("confirmed");
    expect(judge(steps, { value: 50, upper: 55 }).verdict).not.toBe(
      "confirmed",
    );
    expect(judge(steps, { value: 35, atLeast: true }).verdict).toBe(
      "confirmed",
    );
  });

  it("may quote lines alone where the report folds branches in", () => {
    const steps = [
      plan,
      reporting([["core/engine.py", 80, 100, 10, 40]]),
      summary,
    ];
    const precise = { tolerance: 0.05 };
    expect(judge(steps, { value: 64.3, ...precise }).measured?.basis).toBe(
      "line+branch",
    );
    expect(judge(steps, { value: 80, ...precise }).measured?.basis).toBe(
      "line",
    );
    expect(
      judge(steps, { value: 25, aspect: "branch", ...precise }).measured?.basis,
    ).toBe("branch");
    expect(
      judge(steps, { value: 64.3, aspect: "line", ...precise }).verdict,
    ).toBe("scope_mismatch");
    expect(
      judge(steps, { value: 80, aspect: "function", ...precise }).verdict,
    ).toBe("unverifiable");
  });

  it("is the number of one file, or of a trend entry that names this phase or none", () => {
    const steps = [
      plan,
      reporting([
        ["core/engine.py", 553, 1000],
        ["core/models.py", 1, 10],
      ]),
      summary,
    ];
    expect(judge(steps, { subject: "engine.py" }).measured).toMatchObject({
      files: 1,
      covered: 553,
    });
    for (const phase of ["19", null]) {
      expect(
        judge([
          plan,
          { files: { "trending.json": trend({ phase, percent: 55.3 }) } },
          summary,
        ]).verdict,
      ).toBe("confirmed");
    }
    const another = trend(
      { phase: "18", percent: 55.3 },
      { percent: 55.3, trust: "inconsistent" },
    );
    expect(
      judge([plan, { files: { "trending.json": another } }, summary]).verdict,
    ).toBe("unverifiable");
  });

  it("gives a file's number from a trend file without the whole project's lines", () => {
    const entry = trend({
      percent: 10,
      lines: { covered: 10, total: 100 },
      files: [{ path: "engine.py", percent: 55.3 }],
    });
    expect(
      judge([plan, { files: { "trending.json": entry } }, summary], {
        subject: "engine.py",
      }).measured,
    ).toMatchObject({
      value: 55.3,
      covered: null,
      total: null,
    });
  });

  it("is an agreeing report that came after the document and says that it was made before", () => {
    const later = (measuredAt: string | null) =>
      judge([
        plan,
        summary,
        summary,
        reporting([["a.py", 553, 1000]], { measuredAt }),
      ]).verdict;
    expect(later("2026-02-18T10:59:00")).toBe("confirmed");
    expect(later("2026-02-18T11:01:00Z")).toBe("unverifiable");
    expect(later(null)).toBe("unverifiable");
    expect(later("last night")).toBe("unverifiable");
  });

  it("is no trend entry that came after the document", () => {
    const later = { files: { "trending.json": trend({ percent: 55.3 }) } };
    expect(judge([plan, summary, summary, later]).verdict).toBe("unverifiable");
  });

  it("is what the document itself calls an earlier value, where it was measured then", () => {
    const steps = [plan, reporting([["a.py", 553, 1000]]), summary];
    expect(judge(steps, { historic: true })).toMatchObject({
      verdict: "confirmed",
      why: "The document gives 55.3 % as an earlier value, which was measured then: 55.3 % (553 / 1,000 lines, 1 file, coverage.json at 0101010).",
    });
  });

  describe("by a report from before the work", () => {
    const steps = [reporting([["a.py", 0, 747]]), plan, summary];
    const zero = { subject: "a.py", value: 0, tolerance: 0.5 };
    const ofPlan = { workBegan: momentAt(1), plan: "19-01" };

    it("takes more than a zero, a whole percent or a range, which agree by chance", () => {
      expect(judge(steps, zero, ofPlan)).toMatchObject({
        verdict: "unverifiable",
        why: "The number 0.0 % (0 / 747 lines, 1 file, coverage.json at 0000000) was measured before the work began; no report of the work itself measures it.",
      });
    });

    it.each([
      ["the document quotes its line count", { text: "a.py, 747 lines" }, {}],
      ["the document calls it an earlier value", { historic: true }, {}],
      ["the document is no plan's own summary", {}, { plan: null }],
      ["nobody knows when the work began", {}, { workBegan: null }],
    ])("is possible where %s", (_, claim, context) => {
      expect(
        judge(steps, { ...zero, ...claim }, { ...ofPlan, ...context }).verdict,
      ).toBe("confirmed");
    });

    it("is possible by a written decimal", () => {
      expect(
        judge([reporting([["a.py", 553, 1000]]), plan, summary], {}, ofPlan)
          .verdict,
      ).toBe("confirmed");
    });
  });

  it("is a percentage with branches beside a fraction of lines: both stand in one line of the report", () => {
    const steps = [
      plan,
      reporting([
        ["core/llm.py", 19, 72, 0, 16],
        ["core/other.py", 20, 72, 0, 16],
      ]),
      summary,
    ];
    const claim = {
      value: 21.59,
      tolerance: 0.005,
      fraction: { n: 19, d: 72 },
    };
    expect(judge(steps, { ...claim, subject: "llm.py" })).toMatchObject({
      verdict: "confirmed",
      measured: { files: 1, total: 88 },
    });
    const whole = [plan, reporting([["core/llm.py", 19, 72, 0, 16]]), summary];
    expect(judge(whole, claim)).toMatchObject({
      verdict: "confirmed",
      measured: { total: 88 },
    });
  });
});

describe("contradicted", () => {
  const steps = [
    plan,
    reporting([
      ["core/engine.py", 127, 1000],
      ["core/models.py", 3, 10],
    ]),
    summary,
  ];

  it("takes a trusted report of the same scope and of the same work", () => {
    const result = judge(steps);
    expect(result).toMatchObject({
      verdict: "contradicted",
      measured: { covered: 130, total: 1010 },
    });
    expect(result.why).toBe(
      "The document says 55.3 %; the report of the same work says 12.9 % (130 / 1,010 lines, 2 files, coverage.json at 0101010).",
    );
    expect(isDisputed(result.verdict)).toBe(true);
    expect(isDisputed("self_contradictory")).toBe(true);
    expect(isDisputed("stale")).toBe(false);
  });

  it("is not possible by a report from before the work, from its first commit, or from after the document", () => {
    expect(judge(steps, {}, { workBegan: momentAt(1) }).verdict).toBe(
      "unverifiable",
    );
    expect(judge(steps, {}, { workBegan: null }).verdict).toBe("unverifiable");
    expect(
      judge(steps, {}, { written: momentAt(0), workBegan: null }),
    ).toMatchObject({
      verdict: "unverifiable",
      measured: null,
      why: "No artifact reachable from this commit measures the whole project.",
    });
    expect(judge([plan, summary, summary, ...steps.slice(1)], {}).verdict).toBe(
      "unverifiable",
    );
  });

  it("is not possible by a run that was made well before the work, whatever commit brought it", () => {
    const measured = (measuredAt: string) =>
      judge([plan, reporting([["a.py", 1, 10]], { measuredAt }), summary])
        .verdict;
    expect(measured("2026-02-16T09:00:00")).toBe("unverifiable");
    expect(measured("2026-02-17T18:00:00Z")).toBe("unverifiable");
    expect(measured("2026-02-18T00:00:00")).toBe("contradicted");
    expect(measured("2026-02-18T08:00:00+02:00")).toBe("contradicted");
    expect(measured("last night")).toBe("contradicted");
  });

  it.each([
    { historic: true },
    { estimated: true },
    { value: 60, atLeast: true },
  ])(
    "is not possible of what is no result of the document's own: %j",
    (kind) => {
      expect(judge(steps, kind)).toMatchObject({
        verdict: "unverifiable",
        why: "The report of the same work says 12.9 % (130 / 1,010 lines, 2 files, coverage.json at 0101010); the document gives no result of its own to hold it against.",
      });
    },
  );

  it("is not possible of a number that says itself that it is of fewer lines than the report's", () => {
    const sum = { value: 58, tolerance: 0.5 };
    expect(judge(steps, { ...sum, fraction: { n: 223, d: 384 } }).verdict).toBe(
      "unverifiable",
    );
    expect(
      judge(steps, { ...sum, fraction: { n: 580, d: 1000 } }).verdict,
    ).toBe("contradicted");
  });

  it("is not possible by a trend file, nor by an estimate", () => {
    expect(
      judge([
        plan,
        { files: { "trending.json": trend({ percent: 12.7 }) } },
        summary,
      ]).verdict,
    ).toBe("unverifiable");
    expect(
      judge([
        plan,
        reporting([["a.py", 1, 10]], { trust: "inconsistent" }),
        summary,
      ]),
    ).toMatchObject({
      verdict: "unverifiable",
      why: "No artifact reachable from this commit measures the whole project.",
    });
  });

  it("takes the same run for one file: the same commit, or the report's own line count in the text", () => {
    const file = { subject: "engine.py" };
    expect(judge(steps, file).verdict).toBe("unverifiable");
    expect(judge(steps, file, { written: momentAt(1) }).verdict).toBe(
      "contradicted",
    );
    expect(
      judge(steps, { ...file, fraction: { n: 553, d: 1000 } }).verdict,
    ).toBe("contradicted");
    expect(
      judge(steps, { ...file, text: "55.3 % of 1,000 lines" }).verdict,
    ).toBe("contradicted");
    expect(
      judge(steps, { ...file, text: "55.3 % in 11,000 steps" }).verdict,
    ).toBe("unverifiable");
    expect(
      judge(steps, { subject: "models.py", text: "55.3 % of 10 lines" })
        .verdict,
    ).toBe("unverifiable");
    expect(judge(steps, { ...file, text: "" }).verdict).toBe("unverifiable");
  });

  it("is not possible by a file that nobody ran", () => {
    const idle = [plan, reporting([["core/engine.py", 0, 1000]]), summary];
    expect(
      judge(idle, { subject: "engine.py" }, { written: momentAt(1) }).verdict,
    ).toBe("unverifiable");
  });
});

describe("stale", () => {
  it("was true at an earlier commit, and the newer report is named", () => {
    const steps = [
      plan,
      reporting([["a.py", 553, 1000]]),
      reporting([["a.py", 220, 1000]]),
    ];
    const result = judge(steps);
    expect(result).toMatchObject({
      verdict: "stale",
      measured: { covered: 553 },
    });
    expect(result.why).toBe(
      "The document says 55.3 %, which was true at 0101010: 55.3 % (553 / 1,000 lines, 1 file, coverage.json at 0101010). A newer report says 22.0 % (220 / 1,000 lines, 1 file, coverage.json at 0202020).",
    );
  });

  it("is not what a report after the document made of it", () => {
    const steps = [
      plan,
      reporting([["a.py", 553, 1000]]),
      summary,
      reporting([["a.py", 220, 1000]]),
    ];
    expect(judge(steps).verdict).toBe("confirmed");
  });

  it("is no file's number for a newer run that did not reach the file", () => {
    const run = reporting([["a.py", 553, 1000]]);
    const other = reporting([["a.py", 0, 1000]]);
    const claim = { subject: "a.py" };
    expect(judge([run, other, summary], claim).verdict).toBe("confirmed");
  });

  it("is no number that a newer report only has on another basis", () => {
    const lines = reporting([["a.py", 44, 131]]);
    const branches = reporting([["a.py", 44, 131, 1, 40]], {
      basis: "line+branch",
    });
    const claim = { subject: "a.py", value: 33.59, tolerance: 0.005 };
    expect(judge([lines, branches, summary], claim).verdict).toBe("confirmed");
    const more = reporting([["a.py", 60, 131]]);
    expect(judge([lines, more, summary], claim).verdict).toBe("stale");
  });

  it("is no report's number that only a trend file has a newer one of", () => {
    const later = { files: { "trending.json": trend({ percent: 22 }) } };
    expect(judge([plan, reporting([["a.py", 553, 1000]]), later]).verdict).toBe(
      "confirmed",
    );
    expect(
      judge([
        plan,
        { files: { "trending.json": trend({ percent: 55.3 }) } },
        later,
      ]).verdict,
    ).toBe("stale");
  });
});

describe("scope mismatch", () => {
  const rows: readonly Row[] = [
    ["core/engine.py", 553, 1000],
    ["core/models.py", 1, 1000],
    ["core/__init__.py", 0, 0],
  ];

  it("is a number for the whole project that is the number of one file", () => {
    expect(judge([plan, reporting(rows), summary])).toMatchObject({
      verdict: "scope_mismatch",
      measured: { files: 1, covered: 553 },
      why: "The document says 55.3 % for the whole project; that is the number of the one file core/engine.py: 55.3 % (553 / 1,000 lines, 1 file, coverage.json at 0101010).",
    });
  });

  it("is no number that the document gives as the sum of what it lists", () => {
    expect(
      judge([plan, reporting(rows), summary], {}, { combined: [55.3] }).verdict,
    ).toBe("unverifiable");
  });

  it("is the number of a report of a few files", () => {
    const large: Step = {
      files: {
        "all.cov.json": coverage(
          Array.from({ length: 6 }, (_, index): Row => [`m${index}.py`, 1, 9]),
        ),
      },
    };
    const result = judge([
      plan,
      {
        files: {
          ...large.files,
          ...reporting([
            ["a.py", 500, 1000],
            ["b.py", 606, 1000],
          ]).files,
        },
      },
      summary,
    ]);
    expect(result).toMatchObject({
      verdict: "scope_mismatch",
      measured: { files: 2, covered: 1106 },
    });
    expect(result.why).toContain("the number of a report of 2 files");
  });

  it.each([
    { value: 55, tolerance: 0.5 },
    { value: 55.3, upper: 55.4 },
    { value: 55.3, atLeast: true },
    { subject: "billing" },
  ])(
    "is not guessed from a number that fits many files, or of another subject: %j",
    (claim) => {
      expect(judge([plan, reporting(rows), summary], claim).verdict).not.toBe(
        "scope_mismatch",
      );
    },
  );

  it.each([0, 100])("is not guessed from %d %%", (value) => {
    const all: readonly Row[] = [
      ["a.py", 10, 10],
      ["b.py", 0, 10],
    ];
    expect(judge([plan, reporting(all), summary], { value }).verdict).toBe(
      "contradicted",
    );
  });

  it("is not found in an untrusted report, nor in one that came later", () => {
    expect(
      judge([plan, reporting(rows, { trust: "inconsistent" }), summary])
        .verdict,
    ).toBe("unverifiable");
    expect(judge([plan, summary, summary, reporting(rows)]).verdict).toBe(
      "unverifiable",
    );
  });
});

describe("estimated", () => {
  const estimate = reporting([["a.py", 553, 1000]], { trust: "estimated" });

  it("is what only an estimate says", () => {
    expect(judge([plan, estimate, summary])).toMatchObject({
      verdict: "estimated",
      measured: { trust: "estimated" },
      why: "The document says 55.3 %; the artifact behind it is an estimate: 55.3 % (553 / 1,000 lines, 1 file, coverage.json at 0101010).",
    });
  });

  it("stays one when a trend file repeats it, and is none when lines or a report confirm it", () => {
    const repeated = (entry: Parameters<typeof trend>[0]) => [
      plan,
      { files: { ...estimate.files, "trending.json": trend(entry) } },
      summary,
    ];
    expect(judge(repeated({ percent: 55.3 })).verdict).toBe("estimated");
    expect(
      judge(repeated({ percent: 55.3, lines: { covered: 553, total: 1000 } }))
        .verdict,
    ).toBe("confirmed");
    expect(
      judge([
        plan,
        {
          files: {
            ...estimate.files,
            "b/coverage.json": coverage([["a.py", 553, 1000]]),
          },
        },
        summary,
      ]).verdict,
    ).toBe("confirmed");
  });

  it("is an estimate of whatever part: whoever repeats it repeats an estimate", () => {
    const large = coverage(
      Array.from({ length: 6 }, (_, index): Row => [`m${index}.py`, 1, 9]),
    );
    expect(
      judge([
        plan,
        { files: { ...estimate.files, "all.cov.json": large } },
        summary,
      ]).verdict,
    ).toBe("estimated");
  });

  it("does not excuse a number that the estimate does not give", () => {
    expect(judge([plan, estimate, summary], { value: 70 }).verdict).toBe(
      "unverifiable",
    );
  });
});

describe("self-contradictory", () => {
  const steps = [plan, reporting([["a.py", 553, 1000]]), summary];

  it("is a percentage that its own fraction denies", () => {
    expect(judge(steps, { fraction: { n: 91, d: 100 } })).toMatchObject({
      verdict: "self_contradictory",
      measured: { covered: 553 },
      why: "The statement says 55.3 % beside 91 of 100, which is 91.0 %.",
    });
    expect(
      judge([plan, summary], { fraction: { n: 91, d: 100 } }).measured,
    ).toBeNull();
  });

  it("says so when the fraction counts what is missing", () => {
    expect(
      judge(steps, { value: 30, tolerance: 0.5, fraction: { n: 91, d: 130 } })
        .why,
    ).toMatch(/the fraction counts what is missing\.$/);
  });

  it.each([
    { fraction: { n: 553, d: 1000 } },
    { fraction: { n: 0, d: 0 } },
    { fraction: { n: 1, d: 100 }, atLeast: true },
  ])("is no claim whose parts agree or cannot be checked: %j", (claim) => {
    expect(judge(steps, claim).verdict).toBe("confirmed");
  });

  it("is still one when no trusted report holds both numbers", () => {
    const both = { value: 17.59, tolerance: 0.005, fraction: { n: 19, d: 72 } };
    expect(
      judge(
        [
          plan,
          reporting([["a.py", 19, 72, 0, 36]], { trust: "inconsistent" }),
          summary,
        ],
        both,
      ).verdict,
    ).toBe("self_contradictory");
    expect(
      judge([plan, reporting([["a.py", 19, 72, 9, 36]]), summary], both)
        .verdict,
    ).toBe("self_contradictory");
    expect(
      judge([plan, reporting([["a.py", 19, 71, 0, 36]]), summary], both)
        .verdict,
    ).toBe("self_contradictory");
    const unknown = {
      totals: {
        lines: null,
        statements: null,
        branches: null,
        functions: null,
      },
    };
    expect(
      judge([plan, reporting([["a.py", 18, 72]], unknown), summary], both)
        .verdict,
    ).toBe("self_contradictory");
  });

  it("is no percentage that may hold branches, though no report is there to say so", () => {
    expect(
      judge([plan, summary], {
        value: 98.77,
        tolerance: 0.005,
        fraction: { n: 132, d: 134 },
      }).verdict,
    ).toBe("unverifiable");
  });

  it("is a number that the rest of its document denies, unless a measurement agrees with it", () => {
    const disputed = { line: 9, why: "Line 9 says otherwise." };
    expect(judge([plan, summary], { disputed })).toMatchObject({
      verdict: "self_contradictory",
      why: disputed.why,
    });
    expect(judge(steps, { disputed })).toMatchObject({
      verdict: "confirmed",
      why: expect.stringMatching(
        /^The document says .+ Line 9 says otherwise\.$/,
      ) as string,
    });
  });
});

describe("unverifiable", () => {
  it.each([
    [
      { value: "complete", metric: "status" },
      "What “complete” stands for is not measurable by itself; plans, verification and targets are shown beside it.",
    ],
    [
      { metric: "coverage_delta", unit: "pp" },
      "A difference needs two comparable measurements; the document names none.",
    ],
    [
      { value: "high" },
      "The statement gives no percentage that a report could answer.",
    ],
    [{ unit: "files" }, "The statement does not say which files it counts."],
    [
      { subject: "billing" },
      "No artifact reachable from this commit measures “billing”.",
    ],
    [
      { subject: "unnamed" },
      "No artifact reachable from this commit measures what the statement speaks of.",
    ],
  ] as const)("%j", (claim, why) => {
    expect(
      judge([plan, reporting([["a.py", 553, 1000]]), summary], claim),
    ).toMatchObject({ verdict: "unverifiable", measured: null, why });
  });

  it("is a name that fits several files", () => {
    const two = reporting([
      ["shop/models.py", 553, 1000],
      ["user/models.py", 1, 10],
    ]);
    expect(judge([plan, two, summary], { subject: "models.py" }).verdict).toBe(
      "unverifiable",
    );
  });
});

it("hands claims about tests to the recorded runs", () => {
  const metrics = [
    "pass_rate",
    "tests_total",
    "tests_passing",
    "tests_failing",
    "tests_flaky",
    "duration",
  ] as const;
  const steps = [
    plan,
    { files: { "tests.log": results({ flaky: 2, durationSeconds: 9.5 }) } },
    summary,
  ];
  const values = {
    pass_rate: 70,
    tests_total: 130,
    tests_passing: 91,
    tests_failing: 39,
    tests_flaky: 2,
    duration: 9.5,
  };
  for (const metric of metrics) {
    expect(
      judge(steps, { metric, value: values[metric], unit: null, tolerance: 0 })
        .verdict,
    ).toBe("confirmed");
  }
});

describe("laws", () => {
  const claims = fc.record({
    metric: fc.constantFrom<Claim["metric"]>(
      "coverage",
      "coverage_delta",
      "pass_rate",
      "tests_total",
      "tests_passing",
      "tests_failing",
      "tests_flaky",
      "duration",
      "status",
    ),
    subject: fc.oneof(
      fc.string(),
      fc.constantFrom("overall", "models.py", "x.ts", "core", "tests"),
    ),
    value: fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.nat(100),
      fc.string(),
    ),
    upper: fc.option(fc.nat(100)),
    unit: fc.constantFrom<Claim["unit"]>(
      "%",
      "pp",
      "tests",
      "s",
      "files",
      null,
    ),
    fraction: fc.option(fc.record({ n: fc.nat(200), d: fc.nat(200) })),
    tolerance: fc.double({ noNaN: true, min: 0, max: 10 }),
    atLeast: fc.boolean(),
    estimated: fc.boolean(),
    historic: fc.boolean(),
    aspect: fc.constantFrom<Claim["aspect"]>(
      null,
      "line",
      "branch",
      "statement",
      "function",
    ),
    text: fc.string(),
  });
  const stories = fc.array(
    fc.oneof(
      anyReport().map((report): Step => ({
        files: { "coverage.json": { kind: "coverage", report } },
      })),
      fc.nat(100).map((percent): Step => ({
        files: {
          "trending.json": trend({
            percent,
            files: [{ path: "models.py", percent }],
          }),
        },
      })),
      fc
        .record({
          passed: fc.nat(50),
          failed: fc.nat(50),
          complete: fc.boolean(),
        })
        .map((run): Step => ({
          files: { "tests.log": results({ ...run, errors: 0 }) },
        })),
    ),
    { maxLength: 4 },
  );
  const written = fc.nat(4).map((position) => momentAt(position));

  it("judging never throws, and no number it gives is none", () => {
    fc.assert(
      fc.property(
        claims,
        stories,
        written,
        fc.option(written),
        (claim, steps, at, workBegan) => {
          const { measured, why } = judge(steps, claim, {
            written: at,
            workBegan,
          });
          expect(why).not.toBe("");
          expect(
            Object.is(measured?.value, -0) || Number.isNaN(measured?.value),
          ).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("only a report of the same work contradicts a coverage claim", () => {
    fc.assert(
      fc.property(
        claims,
        stories,
        written,
        fc.option(written),
        (claim, steps, at, workBegan) => {
          const { verdict, measured } = judge(
            steps,
            { ...claim, metric: "coverage" },
            { written: at, workBegan },
          );
          if (verdict !== "contradicted") return;
          expect(workBegan).not.toBeNull();
          expect(measured).toMatchObject({
            trust: "measured",
            path: "coverage.json",
          });
          const position = steps.findIndex(
            (_, index) => momentAt(index).sha === measured?.commit,
          );
          expect(position).toBeGreaterThan(workBegan?.position ?? Infinity);
          expect(position).toBeLessThanOrEqual(at.position);
          expect(claim.historic || claim.estimated || claim.atLeast).toBe(
            false,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

it("names three of many files that a subject fits", () => {
  const rows = ["a", "b", "c", "d"].map((name): Row => [
    `${name}/models.py`,
    1,
    2,
  ]);
  const steps = [plan, reporting(rows), summary];
  expect(judge(steps, { subject: "models.py" }).why).toBe(
    "“models.py” fits 4 files of coverage.json: a/models.py, b/models.py, c/models.py and 1 more. Name it with its directory.",
  );
});

it("is unverifiable where its subject fits several files, and they are named", () => {
  const rows: Row[] = [
    ["shop/models.py", 1, 2],
    ["user/models.py", 1, 2],
  ];
  const steps = [plan, reporting(rows), summary];
  expect(judge(steps, { subject: "models.py" })).toMatchObject({
    verdict: "unverifiable",
    measured: null,
    why: "“models.py” fits 2 files of coverage.json: shop/models.py, user/models.py. Name it with its directory.",
  });
});
