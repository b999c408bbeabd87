import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeTarget } from "../../../src/core/judge/targets.ts";
import type { Target } from "../../../src/core/planning/target.ts";
import {
  aTarget,
  coverage,
  evidenceOf,
  factsOf,
  momentAt,
  trend,
  type Step,
} from "../../support/facts.ts";
import { evidenceFor } from "../../../src/core/judge/phaseEvidence.ts";
import { gatherEvidence } from "../../../src/core/judge/evidence.ts";
import { anyReport, type Row } from "../../support/reports.ts";

const BACKEND: readonly Row[] = [
  ["core/engine.py", 300, 1000],
  ["core/models.py", 150, 500],
  ["api/routes.py", 400, 500],
];

function judge(
  steps: readonly Step[],
  target: Partial<Target> = {},
  scope: Parameters<typeof evidenceOf>[1] = {},
) {
  return judgeTarget(aTarget(target), evidenceOf(steps, scope));
}

describe("what a report in the tree answers", () => {
  const steps = [{ files: { "coverage.json": coverage(BACKEND) } }];

  it("is overall coverage, with counts, files and commit", () => {
    const result = judge(steps);

    expect(result).toMatchObject({
      verdict: "missed",
      gap: 7.5,
      unitsToGo: 150,
      measured: {
        value: 42.5,
        covered: 850,
        total: 2000,
        files: 3,
        basis: "line",
        trust: "measured",
        path: "coverage.json",
      },
    });
    expect(result.why).toBe(
      "Target ≥ 50 %; measured 42.5 % (850 / 2,000 lines, 3 files, coverage.json at 0000000).",
    );
  });

  it("is one file, however much of its path is written", () => {
    for (const subject of [
      "engine.py",
      "core/engine.py",
      "backend/core/engine.py",
      "`engine.py`",
      "Engine",
    ]) {
      expect(judge(steps, { subject }).measured).toMatchObject({
        covered: 300,
        total: 1000,
        files: 1,
      });
    }
  });

  it("is a directory of an overall report", () => {
    expect(judge(steps, { subject: "core module" }).measured).toMatchObject({
      covered: 450,
      total: 1500,
      files: 2,
    });
    expect(judge(steps, { subject: "core", aspect: "line" }).verdict).toBe(
      "not_measured",
    );
    expect(judge(steps, { subject: "the many things of it" }).verdict).toBe(
      "not_measured",
    );
    expect(judge(steps, { subject: "billing" }).why).toBe(
      "No coverage report reachable from 0000000 measures “billing”.",
    );
  });

  it("is above the range when it is more than was wanted", () => {
    expect(judge(steps, { op: "range", value: 25, upper: 27 })).toMatchObject({
      verdict: "above_range",
      gap: 0,
    });
  });

  it("is nothing where there is no report", () => {
    expect(judge([{ files: { "README.md": "# Shop" } }])).toMatchObject({
      verdict: "not_measured",
      measured: null,
      gap: null,
      unitsToGo: null,
      why: "No coverage report reachable from 0000000 measures the whole project.",
    });
  });
});

describe("aspects", () => {
  const branches = coverage([["core/engine.py", 80, 100, 10, 40]]);
  const steps = [{ files: { "coverage.json": branches } }];

  it.each([
    [null, "line+branch", 90, 140],
    ["line", "line", 80, 100],
    ["statement", "line", 80, 100],
    ["branch", "branch", 10, 40],
  ] as const)(
    "answers %s with %s counts, of all and of a file alike",
    (aspect, basis, covered, total) => {
      for (const subject of ["overall", "engine.py"]) {
        expect(judge(steps, { aspect, subject }).measured).toMatchObject({
          basis,
          covered,
          total,
        });
      }
    },
  );

  it("names what was counted: branches are no lines", () => {
    expect(judge(steps, { aspect: "branch" }).why).toContain(
      "25.0 % (10 / 40 branches",
    );
  });

  it("keeps statements and lines apart where a report has both", () => {
    const both = coverage([["a.ts", 5, 10]], {
      basis: "statement",
      totals: {
        lines: { covered: 4, total: 8 },
        statements: { covered: 5, total: 10 },
        branches: null,
        functions: { covered: 1, total: 2 },
      },
    });
    const story = [{ files: { "coverage-summary.json": both } }];
    expect(judge(story, { aspect: "line" }).measured).toMatchObject({
      basis: "line",
      total: 8,
    });
    expect(judge(story, { aspect: "statement" }).measured).toMatchObject({
      basis: "statement",
      total: 10,
    });
    expect(judge(story, { aspect: "function" }).measured).toMatchObject({
      basis: "function",
      total: 2,
    });
    expect(
      judge(story, { aspect: "line", subject: "a.ts" }).measured,
    ).toMatchObject({ basis: "statement", total: 10 });
    expect(judge(story, { aspect: "function", subject: "a.ts" }).verdict).toBe(
      "not_measured",
    );
    expect(judge(story, { aspect: "branch" }).verdict).toBe("not_measured");
  });

  it("adds up a directory's branches where a report counts nothing else", () => {
    const rows: Row[] = [
      ["core/a.py", 9, 10, 1, 4],
      ["core/b.py", 9, 10],
      ["api/c.py", 9, 10, 4, 4],
    ];
    const story = [
      { files: { "coverage.json": coverage(rows, { basis: "branch" }) } },
    ];
    expect(judge(story, { subject: "core" }).measured).toMatchObject({
      basis: "branch",
      covered: 1,
      total: 4,
      files: 2,
    });
  });

  it("measures nothing of 0 of 0 lines, which is not 0 %", () => {
    const empty = coverage([
      ["core/engine.py", 80, 100],
      ["core/__init__.py", 0, 0],
    ]);
    expect(
      judge([{ files: { "coverage.json": empty } }], {
        subject: "__init__.py",
      }),
    ).toMatchObject({
      verdict: "not_measured",
      measured: null,
    });
  });
});

describe("which measurement answers", () => {
  it("is the newest report in the tree", () => {
    const result = judge([
      { files: { "coverage.json": coverage([["a.py", 10, 100]]) } },
      { files: { "coverage.json": coverage([["a.py", 60, 100]]) } },
    ]);
    expect(result).toMatchObject({ verdict: "met", measured: { covered: 60 } });
  });

  it("is a report in the tree before a newer one that has left it", () => {
    const result = judge([
      { files: { "coverage.json": coverage([["a.py", 60, 100]]) } },
      { files: { "old/coverage.json": coverage([["a.py", 10, 100]]) } },
      { files: { "old/coverage.json": null } },
    ]);
    expect(result.measured?.covered).toBe(60);
  });

  it("is one that has left the tree where nothing else is, and says so", () => {
    const result = judge([
      { files: { "coverage.json": coverage([["a.py", 60, 100]]) } },
      { files: { "coverage.json": null } },
    ]);
    expect(result.verdict).toBe("met");
    expect(result.why).toContain(
      "The report is not in the evaluated tree; it was last there at 0000000.",
    );
  });

  it("is the trend file's entry when it is newer than a report that has left (ADR 0007)", () => {
    const result = judge([
      { files: { "coverage.json": coverage([["a.py", 60, 100]]) } },
      { files: { "coverage.json": null } },
      { files: { "trending.json": trend({ percent: 15.2 }) } },
    ]);
    expect(result).toMatchObject({
      verdict: "missed",
      gap: 34.8,
      unitsToGo: null,
      measured: {
        value: 15.2,
        covered: null,
        basis: null,
        path: "trending.json",
      },
    });
    expect(result.why).toContain(
      "The last report of it, coverage.json at 0000000, is older and no longer in the tree: 60.0 % (60 / 100 lines, 1 file, coverage.json at 0000000).",
    );
  });

  it("is the trend file's entry, with its lines, where there never was a report", () => {
    const result = judge([
      {
        files: {
          "trending.json": trend({
            percent: 51,
            lines: { covered: 51, total: 100 },
          }),
        },
      },
    ]);
    expect(result).toMatchObject({
      verdict: "met",
      measured: { covered: 51, total: 100, basis: "line", files: null },
    });
  });

  it("is no trend file's entry while a report is in the tree or was there later", () => {
    const entry = { files: { "trending.json": trend({ percent: 99 }) } };
    const report = {
      files: { "coverage.json": coverage([["a.py", 10, 100]]) },
    };
    expect(judge([report, entry]).measured?.path).toBe("coverage.json");
    expect(
      judge([entry, report, { files: { "coverage.json": null } }]).measured
        ?.path,
    ).toBe("coverage.json");
  });

  it("is the last entry of the phase, of the whole project, and measured", () => {
    const entries = trend(
      { percent: 10 },
      { percent: 20 },
      { percent: 30, scope: "desktop" },
      { percent: 40, phase: "18" },
      { percent: 50, phase: null },
      { percent: 60, trust: "estimated", trustWhy: "an estimate" },
      { percent: null },
    );
    const story = [{ files: { "trending.json": entries } }];
    expect(judge(story).measured?.value).toBe(20);
    expect(judge(story, { subject: "Desktop" }).measured?.value).toBe(30);
  });

  it("is what an entry says of a file", () => {
    const story = [
      {
        files: {
          "trending.json": trend({
            percent: 9,
            lines: { covered: 9, total: 100 },
            files: [{ path: "core/engine.py", percent: 12.6 }],
          }),
        },
      },
    ];
    for (const subject of [
      "engine.py",
      "core/engine.py",
      "backend/core/engine.py",
    ]) {
      expect(judge(story, { subject }).measured).toMatchObject({
        value: 12.6,
        covered: null,
        total: null,
      });
    }
    expect(judge(story, { subject: "gine.py" }).verdict).toBe("not_measured");
    expect(
      judge(story, { subject: "engine.py", aspect: "branch" }).verdict,
    ).toBe("not_measured");
    expect(judge(story, { aspect: "function" }).verdict).toBe("not_measured");
  });
});

describe("what does not answer, and why", () => {
  it("is a measurement from before the phase began: named, and stale", () => {
    const result = judge(
      [
        { files: { "coverage.json": coverage([["a.py", 60, 100]]) } },
        { files: { "README.md": "# Shop" } },
      ],
      {},
      { start: momentAt(1) },
    );
    expect(result).toMatchObject({
      verdict: "not_measured",
      measured: { value: 60, trust: "stale" },
      gap: null,
    });
    expect(result.why).toBe(
      "The newest measurement of it was made before the phase began: 60.0 % (60 / 100 lines, 1 file, coverage.json at 0000000).",
    );
  });

  it("is nothing old when it is not known when the phase began", () => {
    const result = judge(
      [{ files: { "coverage.json": coverage([["a.py", 60, 100]]) } }],
      {},
      { start: null },
    );
    expect(result.verdict).toBe("met");
  });

  it("is a report of a part of the project", () => {
    const result = judge(
      [
        { files: { "all/coverage.json": coverage(BACKEND) } },
        {
          files: {
            "all/coverage.json": null,
            "coverage.json": coverage([["core/engine.py", 90, 100]]),
            "empty/coverage.json": coverage([]),
          },
        },
      ],
      {},
      { start: momentAt(1) },
    );
    expect(result).toMatchObject({
      verdict: "not_comparable",
      measured: { value: 90, files: 1 },
      gap: null,
    });
    expect(result.why).toBe(
      "The target is about the whole project; coverage.json measures 1 file only: 90.0 % (90 / 100 lines, 1 file, coverage.json at 0101010).",
    );
  });

  it("is a report of few of the source files that the tree holds", () => {
    const sources = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`core/m${index}.py`, "x = 1"]),
    );
    const tests = Object.fromEntries(
      Array.from({ length: 90 }, (_, index) => [
        `tests/test_m${index}.py`,
        "def test(): pass",
      ]),
    );
    const part = coverage([
      ["core/m1.py", 90, 100],
      ["core/m2.py", 90, 100],
    ]);
    expect(
      judge([{ files: { ...sources, "coverage.json": part } }]).verdict,
    ).toBe("not_comparable");
    expect(
      judge([{ files: { ...tests, "coverage.json": part } }]).verdict,
    ).toBe("met");
  });

  it("is an estimate, whole or of a part", () => {
    const doubt = {
      trust: "estimated",
      trustWhy: "Its “note” reads “estimated”.",
    } as const;
    const whole = judge([
      { files: { "coverage.json": coverage(BACKEND, doubt) } },
    ]);
    expect(whole).toMatchObject({
      verdict: "untrusted",
      measured: { trust: "estimated" },
    });
    expect(whole.why).toBe(
      "Only estimated data answers: coverage.json says 42.5 % (850 / 2,000 lines, 3 files, coverage.json at 0000000). Its “note” reads “estimated”.",
    );
    const part = judge(
      [
        { files: { "all/coverage.json": coverage(BACKEND) } },
        {
          files: {
            "all/coverage.json": null,
            "coverage.json": coverage([["a.py", 60, 100]], {
              trust: "inconsistent",
            }),
          },
        },
      ],
      {},
      { start: momentAt(1) },
    );
    expect(part).toMatchObject({
      verdict: "untrusted",
      measured: { covered: 60 },
    });
    expect(part.why).toMatch(/^Only inconsistent data answers: .*\)\.$/);
  });

  it("is a percentage without counts", () => {
    const stated = coverage([], {
      percent: 74,
      trust: "estimated",
      totals: {
        lines: null,
        statements: null,
        branches: null,
        functions: null,
      },
    });
    const result = judge([{ files: { "coverage.json": stated } }]);
    expect(result).toMatchObject({
      verdict: "untrusted",
      measured: { value: 74, covered: null, total: null },
    });
  });

  it("is an estimate that has left the tree: then nothing measures it", () => {
    const result = judge([
      { files: { "coverage.json": coverage(BACKEND, { trust: "estimated" }) } },
      { files: { "coverage.json": null } },
    ]);
    expect(result.verdict).toBe("not_measured");
  });

  it("is a name that fits several files", () => {
    const two = coverage([
      ["shop/models.py", 1, 10],
      ["user/models.py", 2, 10],
    ]);
    for (const subject of ["models.py", "models"]) {
      expect(
        judge([{ files: { "coverage.json": two } }], { subject }),
      ).toMatchObject({
        verdict: "not_measured",
        why: `“${subject}” fits 2 files of coverage.json: shop/models.py, user/models.py. Name it with its directory.`,
      });
    }
  });

  it("is a difference: its baseline is a number in a document", () => {
    const steps = [{ files: { "coverage.json": coverage(BACKEND) } }];
    const delta = { metric: "coverage_delta", unit: "pp", value: 3 } as const;
    expect(judge(steps, { ...delta, from: 22 })).toMatchObject({
      verdict: "not_comparable",
      why: "The baseline 22.0 % is a number in a document; no comparable measurement of it is known, so no difference is formed.",
    });
    expect(judge(steps, delta).why).toBe(
      "The statement names no baseline, so there is nothing to subtract from.",
    );
  });
});

describe("or documented", () => {
  const steps = [{ files: { "coverage.json": coverage(BACKEND) } }];

  it("lets a documented gap stand for a missed target, and keeps the gap", () => {
    const documents = [
      "19-05-PLAN.md",
      "19-06-PLAN.md",
      "19-07-PLAN.md",
      "19-VERIFICATION.md",
    ];
    const result = judge(steps, { orDocumented: true }, { documents });
    expect(result).toMatchObject({
      verdict: "documented",
      gap: 7.5,
      unitsToGo: 150,
    });
    expect(result.why).toMatch(
      /The target allows a documented gap: 19-05-PLAN\.md, 19-06-PLAN\.md, 19-07-PLAN\.md\.$/,
    );
  });

  it("needs a document, a document needs the escape, and a met target needs neither", () => {
    expect(judge(steps, { orDocumented: true }).verdict).toBe("missed");
    expect(judge(steps, {}, { documents: ["19-05-PLAN.md"] }).verdict).toBe(
      "missed",
    );
    expect(
      judge(
        steps,
        { value: 40, orDocumented: true },
        { documents: ["19-05-PLAN.md"] },
      ).verdict,
    ).toBe("met");
  });
});

describe("laws", () => {
  it("judging never throws, a met target has no gap, and every number is one", () => {
    const target = fc.record({
      metric: fc.constantFrom<Target["metric"]>(
        "coverage",
        "coverage_delta",
        "pass_rate",
        "tests_total",
        "tests_passing",
        "tests_failing",
        "tests_flaky",
        "duration",
      ),
      subject: fc.oneof(
        fc.string(),
        fc.constantFrom("overall", "models.py", "core", "x.ts", "a"),
      ),
      aspect: fc.constantFrom<Target["aspect"]>(
        null,
        "line",
        "branch",
        "statement",
        "function",
      ),
      op: fc.constantFrom<Target["op"]>(">=", ">", "<=", "<", "==", "range"),
      value: fc.double({
        noNaN: true,
        noDefaultInfinity: true,
        min: 0,
        max: 1e6,
      }),
      upper: fc.option(fc.nat(100)),
      unit: fc.constantFrom<Target["unit"]>("%", "pp", "tests", "s"),
      tolerance: fc.option(fc.nat(10)),
      orDocumented: fc.boolean(),
    });
    fc.assert(
      fc.property(
        target,
        fc.array(anyReport(), { maxLength: 3 }),
        fc.nat(100),
        (wanted, reports, percent) => {
          const facts = factsOf([
            ...reports.map((report) => ({
              files: { "coverage.json": { kind: "coverage" as const, report } },
            })),
            {
              files: {
                "trending.json": trend({
                  percent,
                  files: [{ path: "core/models.py", percent }],
                }),
              },
            },
          ]);
          const evidence = evidenceFor(
            { key: "19", start: null, documents: ["19-VERIFICATION.md"] },
            gatherEvidence(facts),
          );
          const result = judgeTarget(aTarget(wanted), evidence);
          if (result.verdict === "met") expect(result.gap).toBe(0);
          for (const number of [
            result.gap,
            result.unitsToGo,
            result.measured?.value ?? null,
          ]) {
            if (number === null) continue;
            expect(number).toBeGreaterThanOrEqual(0);
            expect(Object.is(number, -0)).toBe(false);
          }
        },
      ),
    );
  });
});
