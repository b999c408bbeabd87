import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Artifact } from "../../../src/core/artifact.ts";
import { judgeRepository } from "../../../src/core/judge/phaseStatus.ts";
import type { ContributionResult } from "../../../src/core/status.ts";
import { coverage, factsOf, type Step } from "../../support/facts.ts";

const DIRECTORY = ".planning/phases/19-push";

/** The contributions of phase 19 after some commits; its documents by their bare names. */
function contributions(
  ...steps: Readonly<Record<string, string | Artifact | null>>[]
): readonly ContributionResult[] {
  const placed = steps.map((files): Step => ({
    files: Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        /^\d/.test(name) ? `${DIRECTORY}/${name}` : name,
        content,
      ]),
    ),
  }));
  const [phase] = judgeRepository(factsOf(placed)).phases;
  return phase?.contributions ?? [];
}

const plan = (...expected: string[]) =>
  `# Plan: Coverage\n\n${expected.map((line) => `- ${line}\n`).join("")}`;
const SUMMARY = "# Summary\n";
/** Two files, of which the first is worked on. */
const report = (covered: number, total = 500) =>
  coverage([
    ["core/rates.py", covered, total],
    ["core/taxes.py", 100, 500],
  ]);

/** Plan 19-01 between two reports. */
function around(
  expected: string,
  before: Artifact | null,
  after: Artifact | null,
  between: Readonly<Record<string, string>> = {},
): ContributionResult | undefined {
  return contributions(
    { "coverage.json": before },
    { "19-01-PLAN.md": plan(expected) },
    { "19-01-SUMMARY.md": SUMMARY, ...between },
    { "coverage.json": after },
  )[0];
}

describe("a contribution between two comparable reports", () => {
  it("is measured, with both sides", () => {
    expect(
      around("Coverage contribution: +1-3%", report(100), report(120)),
    ).toEqual({
      plan: "19-01",
      subject: "overall",
      text: "Coverage contribution: +1-3%",
      path: `${DIRECTORY}/19-01-PLAN.md`,
      line: 3,
      value: 1,
      upper: 3,
      unit: "pp",
      measured: {
        before: expect.objectContaining({
          value: 20,
          covered: 200,
          total: 1000,
          files: 2,
          path: "coverage.json",
        }) as unknown,
        after: expect.objectContaining({ value: 22, covered: 220 }) as unknown,
        delta: 2,
      },
      verdict: "met",
      why: "Expected +1–3 points; from 20.0 % (200 / 1,000 lines, 2 files, coverage.json at 0000000) to 22.0 % (220 / 1,000 lines, 2 files, coverage.json at 0303030) is +2 points.",
    });
  });

  it.each([
    ["missed", "Coverage contribution: +3-5%", 120],
    ["exceeded", "Coverage contribution: +0.5-1%", 120],
    ["met", "Coverage contribution: +2%", 120],
    ["met", "Coverage contribution: +1%", 120],
    ["met", "Coverage contribution: +2.5%", 125],
    ["missed", "Coverage contribution: +2.6%", 125],
    ["met", "Coverage contribution: +3%", 125],
    ["missed", "Coverage contribution: +1%", 90],
    ["met", "It contributes ~20 lines", 112],
    ["missed", "It contributes ~20 lines", 109],
    ["missed", "Expected gain: +5 points on core/rates.py", 120],
    ["met", "Expected gain: +4 points on core/rates.py", 120],
    ["missed", "Expected gain: +4 points on core/taxes.py", 120],
  ])("is %s: %s with %d covered lines", (verdict, expected, covered) => {
    expect(around(expected, report(100), report(covered))?.verdict).toBe(
      verdict,
    );
  });

  it("may be a loss, and says so", () => {
    expect(
      around("Coverage contribution: +1%", report(100), report(90))?.why,
    ).toMatch(/is −1 points\.$/);
    expect(
      around("It contributes 1,200 lines", report(100), report(120))?.why,
    ).toMatch(/^Expected \+1,200 covered lines; .* is \+20 covered lines\.$/);
  });

  it("may be measured with the summary's own commit", () => {
    const [only] = contributions(
      { "coverage.json": report(100) },
      { "19-01-PLAN.md": plan("Coverage contribution: +2%") },
      { "19-01-SUMMARY.md": SUMMARY, "coverage.json": report(120) },
    );
    expect(only?.verdict).toBe("met");
  });

  it("begins with the phase where the plan was committed after its summary", () => {
    const [only] = contributions(
      { "coverage.json": report(100) },
      { "19-01-SUMMARY.md": SUMMARY },
      { "19-01-PLAN.md": plan("Coverage contribution: +2%") },
      { "coverage.json": report(120) },
    );
    expect(only?.verdict).toBe("met");
  });

  it("skips reports that nothing can be compared with, back to the last that can", () => {
    const [only] = contributions(
      { "coverage.json": report(100) },
      {
        "coverage.json": coverage([
          ["web/a.ts", 1, 10],
          ["web/b.ts", 1, 9],
        ]),
      },
      { "19-01-PLAN.md": plan("Coverage contribution: +2%") },
      { "19-01-SUMMARY.md": SUMMARY, "coverage.json": report(120) },
    );
    expect(only).toMatchObject({
      verdict: "met",
      measured: { before: { covered: 200 } },
    });
  });
});

describe("nothing is subtracted", () => {
  const expected = "Coverage contribution: +2%";

  it.each<[string, Artifact | null, Artifact | null]>([
    [
      "No trusted report of the whole project came before its work began (0101010); the first one after it is coverage.json at 0303030.",
      null,
      report(120),
    ],
    [
      "No trusted report of the whole project came with or after its summary (0202020); the last one before its work is coverage.json at 0000000.",
      report(100),
      null,
    ],
    [
      "No trusted report of the whole project came before its work began (0101010), and none with or after its summary (0202020).",
      null,
      null,
    ],
  ])("without two reports: %s", (why, before, after) => {
    expect(around(expected, before, after)).toMatchObject({
      verdict: "not_measured",
      measured: null,
      why,
    });
  });

  it("from an estimate", () => {
    const estimate = coverage([["core/rates.py", 50, 500]], {
      trust: "estimated",
    });
    expect(around(expected, estimate, report(120))?.verdict).toBe(
      "not_measured",
    );
  });

  it("where no report has the file, or it has two of that name", () => {
    expect(
      around(
        "Expected gain: +2 points on core/fees.py",
        report(100),
        report(120),
      )?.why,
    ).toMatch(/^No trusted report of “core\/fees\.py” came before/);
    const twice = coverage([
      ["core/a/fees.py", 10, 100],
      ["core/b/fees.py", 10, 100],
    ]);
    expect(
      around("Expected gain: +2 points on fees.py", twice, twice)?.verdict,
    ).toBe("not_measured");
  });

  it("where a file has nothing to count", () => {
    const empty = coverage([
      ["core/fees.py", 0, 0],
      ["core/rates.py", 50, 100],
    ]);
    expect(
      around("Expected gain: +2 points on core/fees.py", empty, empty),
    ).toMatchObject({
      verdict: "not_measured",
      why: "coverage.json at 0000000 and coverage.json at 0303030 count nothing of “core/fees.py”.",
    });
  });

  it("between reports of different scope, and both sides are named", () => {
    expect(around(expected, report(100), report(120, 900))).toMatchObject({
      verdict: "not_comparable",
      measured: null,
      why: expect.stringMatching(
        /^coverage\.json at 0000000 and coverage\.json at 0303030 do not measure the same\. What is measured went from 1,000 to 1,400 lines/,
      ) as string,
    });
  });

  it("where other plans were done in the same time", () => {
    expect(
      around(expected, report(100), report(120), {
        ".planning/phases/20-next/20-01-SUMMARY.md": SUMMARY,
      }),
    ).toMatchObject({
      verdict: "not_comparable",
      why: "Between coverage.json at 0000000 and coverage.json at 0303030 other work was summarised too (20-01-SUMMARY.md): the difference is not of plan 19-01 alone.",
    });
    const many = Object.fromEntries(
      [2, 3, 4, 5].map((number) => [`19-0${number}-SUMMARY.md`, SUMMARY]),
    );
    expect(around(expected, report(100), report(120), many)?.why).toContain(
      "(19-02-SUMMARY.md, 19-03-SUMMARY.md, 19-04-SUMMARY.md and 1 more)",
    );
  });

  it("for a plan without a summary, superseded, or not there", () => {
    const [open, gone, none] = contributions({
      "19-01-PLAN.md": plan(expected),
      "19-02-PLAN.md": `---\nstatus: superseded\n---\n${plan(expected)}`,
      "19-03-PLAN.md": plan("Plan 07: +2% coverage"),
    });
    expect([open?.why, gone?.why, none?.why]).toEqual([
      "Plan 19-01 has no summary yet.",
      "Plan 19-02 is superseded.",
      "The phase has no plan 07.",
    ]);
  });

  it("where the history read does not reach back to the work", () => {
    const facts = factsOf([
      {
        files: {
          [`${DIRECTORY}/19-01-PLAN.md`]: plan(expected),
          [`${DIRECTORY}/19-01-SUMMARY.md`]: SUMMARY,
        },
      },
    ]);
    const unreached = {
      ...facts,
      history: { ...facts.history, lastChange: () => null },
    };
    const [phase] = judgeRepository(unreached).phases;
    expect(phase?.contributions[0]?.why).toBe(
      "The history read does not say between which commits the work of plan 19-01 lies.",
    );
    const unbegun = {
      ...facts,
      history: { ...facts.history, firstBelow: () => null },
    };
    const [other] = judgeRepository(unbegun).phases;
    expect(other?.contributions[0]?.verdict).toBe("not_measured");
  });
});

describe("whose contribution it is", () => {
  const named = (files: Readonly<Record<string, string>>) =>
    contributions(files).map(({ plan: name, value }) => `${name} +${value}`);

  it("a number alone means the phase's plan of that number, not a gap plan", () => {
    expect(
      named({
        "19-05-PLAN.md": plan(),
        "19-GAP-05-PLAN.md": plan(),
        "19-09-PLAN.md": plan("Plan 05 (rates): +2% coverage"),
      }),
    ).toEqual(["19-05 +2"]);
  });

  it("another phase's plan is none of this phase's", () => {
    expect(
      named({
        "19-05-PLAN.md": plan("Phase 20 Plan 05: +2% coverage"),
        "19-06-PLAN.md": plan("20-05: +2% coverage"),
      }),
    ).toEqual([]);
  });

  it("what several documents expect is told once, and different expectations apart", () => {
    expect(
      named({
        "19-05-PLAN.md": plan("Coverage contribution: +2%"),
        "19-09-PLAN.md": plan("Plan 05: +2%", "19-05: +3%"),
      }),
    ).toEqual(["19-05 +2", "19-05 +3"]);
  });

  it("a roadmap may say it", () => {
    expect(
      named({
        "19-05-PLAN.md": plan(),
        ".planning/ROADMAP.md":
          "### Phase 19: Push\n\n- [ ] 19-05-PLAN.md — rates (+2% coverage)\n",
      }),
    ).toEqual(["19-05 +2"]);
  });
});

it("what is met stays met with more coverage, unless more is too much", () => {
  const covered = fc.integer({ min: 0, max: 500 });
  fc.assert(
    fc.property(covered, covered, (one, other) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      const verdict = (now: number) =>
        around("Coverage contribution: +2%", report(100), report(now))?.verdict;
      if (verdict(less) === "met") expect(verdict(more)).toBe("met");
    }),
  );
});
