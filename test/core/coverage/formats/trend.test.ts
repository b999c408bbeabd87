import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTrend } from "../../../../src/core/coverage/formats/trend.ts";
import type { TrendEntry } from "../../../../src/core/coverage/observation.ts";
import { read, readTrendFile, told } from "../../../support/readings.ts";

function only(content: unknown): TrendEntry {
  const [entry, ...others] = readTrendFile(content).entries;
  if (entry === undefined || others.length > 0) {
    throw new Error(`It has ${others.length} more entries than one.`);
  }
  return entry;
}

describe("the shapes of trend files", () => {
  it("reads a history of runs with counts", () => {
    const { format, entries, findings } = readTrendFile({
      history: [
        {
          date: "2026-02-13T12:00:00.000000",
          phase: "08-push-8.6",
          overall_coverage: 8.1,
          lines_covered: 4464,
          lines_total: 55087,
          phase_increment: "+3.7",
        },
      ],
    });

    expect(format).toBe("trend-history");
    expect(findings).toEqual([]);
    expect(entries).toEqual([
      {
        at: "2026-02-13T12:00:00.000000",
        phase: "08-push-8.6",
        plan: null,
        scope: null,
        percent: 8.1,
        lines: { covered: 4464, total: 55087 },
        files: [],
        tests: null,
        trust: "measured",
        trustWhy: null,
      },
    ]);
  });

  it("reads runs by phase, with tests and percentages of files", () => {
    const { format, entries } = readTrendFile({
      phases: [
        {
          phase: "19-push",
          plan: "19-09-gap-closure",
          date: "2026-02-18T04:19:30Z",
          coverage: "15.23%",
          target_coverage: "25-27%",
          gap: 11.77,
          tests_passing: 131,
          tests_failing: 0,
          tests_errors: 0,
          tests_created: 131,
          pass_rate: 100.0,
          file_coverage: { "engine.py": "12.59%", "canvas\\tool.py": 40.4 },
        },
      ],
    });

    expect(format).toBe("trend-phases");
    expect(entries).toEqual([
      {
        at: "2026-02-18T04:19:30Z",
        phase: "19-push",
        plan: "19-09-gap-closure",
        scope: null,
        percent: 15.23,
        lines: null,
        files: [
          { path: "engine.py", percent: 12.59 },
          { path: "canvas/tool.py", percent: 40.4 },
        ],
        tests: {
          passed: 131,
          failed: 0,
          errors: 0,
          skipped: null,
          total: 131,
          passRate: 100,
        },
        trust: "measured",
        trustWhy: null,
      },
    ]);
  });

  it("reads phases that are keys", () => {
    const { entries } = readTrendFile({
      phases: { "12": { coverage_pct: 30 }, "13": { coverage_pct: 35 } },
    });

    expect(entries.map(({ phase, percent }) => [phase, percent])).toEqual([
      ["12", 30],
      ["13", 35],
    ]);
  });

  it("reads a bare list of runs", () => {
    const { format, entries } = readTrendFile([
      { timestamp: "2026-02-15T11:25:34", coverage_percent: 15.2 },
      { timestamp: "2026-02-16T11:25:34", coverage_percent: 16.1 },
    ]);

    expect(format).toBe("trend-array");
    expect(entries.map(({ percent }) => percent)).toEqual([15.2, 16.1]);
  });

  it("reads a history that gives every sub-project a number", () => {
    const { entries } = readTrendFile({
      coverage_history: [
        {
          date: "2026-02-11",
          overall_percent: 15.57,
          security_percent: 22.4,
          mobile_coverage_pct: 9,
          branch_percent: 3,
          target_percent: 80,
        },
      ],
    });

    expect(entries.map(({ scope, percent }) => [scope, percent])).toEqual([
      [null, 15.57],
      ["security", 22.4],
      ["mobile", 9],
    ]);
  });

  it("reads the summary of one run with its modules", () => {
    const { format, entries } = readTrendFile({
      metadata: { generated_at: "2026-02-13T14:30:00Z", phase: 8 },
      overall: {
        percent_covered: 8.1,
        num_statements: 55087,
        covered_lines: 4464,
      },
      modules: {
        core: { percent: 17.9, covered: 7500, total: 42000 },
        "": { covered: 4464, total: 55087 },
        tools: 15,
      },
      high_priority_files: [
        { file: "core/models.py", lines: 2351, coverage_pct: 0.5 },
      ],
    });

    expect(format).toBe("trend-summary");
    expect(
      entries.map(({ scope, percent, phase, at }) => ({
        scope,
        percent,
        phase,
        at,
      })),
    ).toEqual([
      { scope: null, percent: 8.1, phase: "8", at: "2026-02-13T14:30:00Z" },
      { scope: "core", percent: 17.9, phase: "8", at: "2026-02-13T14:30:00Z" },
      { scope: "tools", percent: 15, phase: "8", at: "2026-02-13T14:30:00Z" },
    ]);
    expect(entries[0]?.files).toEqual([
      { path: "core/models.py", percent: 0.5 },
    ]);
    expect(entries[1]?.lines).toEqual({ covered: 7500, total: 42000 });
  });

  it("reads a file that is one run", () => {
    const { format, entries } = readTrendFile({
      phase: "19",
      coverage: { overall: 61, percent: 61.5, covered: 123, total: 200 },
      pass_rate: 98,
    });

    expect(format).toBe("trend-entry");
    expect(entries).toMatchObject([
      { percent: 61.5, lines: { covered: 123, total: 200 }, phase: "19" },
    ]);
  });

  it("puts a baseline before the history and the current run after it", () => {
    const { entries } = readTrendFile({
      current: { date: "2026-03-01", overall_coverage: 26.2 },
      history: [{ date: "2026-02-20", overall_coverage: 21.7 }],
      baseline: 4.4,
    });

    expect(entries.map(({ percent }) => percent)).toEqual([4.4, 21.7, 26.2]);
  });

  it("tells a run once that stands in the history and as the latest", () => {
    const { entries } = readTrendFile({
      history: [{ phase: "19", coverage_pct: 15.23 }],
      baselines: { "19": { coverage_pct: 15.23 } },
      latest: { coverage_pct: 15.23 },
    });

    expect(entries).toHaveLength(1);
  });

  it("takes no goal for a run", () => {
    const { entries } = readTrendFile({
      history: [{ overall_coverage: 8.1 }],
      target: { overall_coverage: 80 },
      phase_progression: {
        phase_8_5_completion: { coverage: 7.34, date: "2026-02-13" },
        next_target: { coverage: 30 },
      },
    });

    expect(entries.map(({ phase, percent }) => [phase, percent])).toEqual([
      ["phase_8_5_completion", 7.34],
      [null, 8.1],
    ]);
  });

  it.each([
    ["a list of something else", [{ name: "a" }, 3]],
    ["phases without numbers", { phases: [{ name: "one" }] }],
    ["an empty history", { history: [] }],
    ["a percentage of something else", { date: "2026-02-11", percent: 12 }],
    ["coverage without a number", { date: "2026-02-11", coverage: "good" }],
    ["an empty overall", { overall: {} }],
    ["the progress of phases", { phases: [{ name: "one", percent: 50 }] }],
    [
      "the load of a machine",
      { history: [{ date: "2026-02-11", cpu_percent: 50 }] },
    ],
  ])("is not recognised in %s", (_, value) => {
    expect(read(value).kind).toBe("none");
  });
});

describe("JSON that is neither list nor object", () => {
  it("is no trend", () => {
    expect(readTrend("a.json", { value: 3, duplicateKeys: [] })).toBeNull();
  });
});

describe("what an entry of a trend says", () => {
  it("is inconsistent when its percentage is not that of its counts", () => {
    const { entries, findings } = readTrendFile({
      history: [
        { overall_coverage: 13.02, lines_covered: 17792, lines_total: 112125 },
      ],
    });

    expect(entries).toMatchObject([
      {
        percent: 13.02,
        lines: null,
        trust: "inconsistent",
        trustWhy: "13.02 %, but 17,792 of 112,125 are 15.87 %",
      },
    ]);
    expect(told(findings)).toEqual([
      "inconsistent: history[0] gives 13.02 %, but 17,792 of 112,125 are 15.87 %.",
    ]);
  });

  it("may call its percentage just that when it has a date", () => {
    expect(only([{ date: "2026-02-11", pct: 40 }]).percent).toBe(40);
  });

  it("computes its percentage from counts alone", () => {
    expect(
      only([{ covered_lines: "1,200", total_lines: "4,800" }]),
    ).toMatchObject({ percent: 25, lines: { covered: 1200, total: 4800 } });
  });

  it("lets a whole percentage stand for half a point around it", () => {
    expect(
      only([{ coverage: 22, lines_covered: 830, lines_total: 3776 }]).trust,
    ).toBe("measured");
  });

  it("leaves out counts of 0 of 0 beside a percentage, and says so", () => {
    const { entries, findings } = readTrendFile([
      { coverage_percent: 15.2, lines_covered: 0, lines_total: 0 },
    ]);

    expect(entries).toMatchObject([
      { percent: 15.2, lines: null, trust: "measured" },
    ]);
    expect(told(findings)).toEqual([
      "structure: [0] gives 15.2 % and 0 of 0 lines; the counts are left out.",
    ]);
  });

  it("leaves counts out that no counts can be", () => {
    expect(
      only([{ coverage: 40, lines_covered: 500, lines_total: 100 }]).lines,
    ).toBeNull();
  });

  it.each([
    [{ notes: "Estimated from the size of the tests" }, "notes"],
    [{ note: "All pass. Coverage was calculated manually counting." }, "note"],
    [{ source: "manual" }, "source"],
    [{ estimated: true }, "estimated"],
    [{ status: "projected" }, "status"],
  ])("is an estimate when it says %o", (mark, key) => {
    const { entries, findings } = readTrendFile([{ coverage: 40, ...mark }]);

    expect(entries[0]?.trust).toBe("estimated");
    expect(entries[0]?.trustWhy).toContain(`an estimate: its “${key}”`);
    expect(findings.map(({ kind }) => kind)).toEqual(["estimated"]);
  });

  it("is an estimate rather than a contradiction when it is both", () => {
    expect(
      only([
        { coverage: 40, lines_covered: 1, lines_total: 100, estimated: true },
      ]),
    ).toMatchObject({ trust: "estimated", lines: null });
  });

  it.each([
    "Coverage measured, not estimated",
    "Estimated effort to reach 80% coverage: 3 days",
    "Gap closure complete",
    12,
  ])("is measured when it notes “%s”", (notes) => {
    expect(only([{ coverage: 40, notes }]).trust).toBe("measured");
  });

  it("is inconsistent when the overall number is that of the only part measured", () => {
    const { entries, findings } = readTrendFile({
      history: [
        {
          backend_percent: null,
          mobile_percent: null,
          desktop_percent: 74,
          overall_percent: 74,
        },
      ],
    });

    expect(entries).toMatchObject([
      {
        scope: null,
        trust: "inconsistent",
        trustWhy:
          "74 % overall, which is the number of desktop alone: backend and mobile have none",
      },
      { scope: "desktop", percent: 74, trust: "measured" },
    ]);
    expect(findings).toHaveLength(1);
  });

  it("believes an overall number beside its one and only part", () => {
    const { entries } = readTrendFile([
      { overall_percent: 74, desktop_percent: 74 },
    ]);

    expect(entries.map(({ trust }) => trust)).toEqual(["measured", "measured"]);
  });

  it("tells of tests whose outcomes are fewer than the tests it counts", () => {
    const { entries, findings } = readTrendFile({
      phases: [
        {
          phase: "19",
          coverage: 22,
          tests_created: 169,
          tests_passing: 91,
          tests_failing: 40,
          pass_rate: 53.8,
        },
      ],
    });

    expect(entries[0]?.tests).toEqual({
      passed: 91,
      failed: 40,
      errors: null,
      skipped: null,
      total: 169,
      passRate: 53.8,
    });
    expect(told(findings)).toEqual([
      "inconsistent: phases[0] counts 169 tests, but gives an outcome for 131.",
    ]);
  });

  it("does not take tests that were written for tests that ran", () => {
    expect(only([{ coverage: 22, tests_created: 36 }]).tests).toBeNull();
  });

  it("reads a pass rate written as a fraction of its own counts", () => {
    const run = { passed: 49, failed: 1, test_count: 50 };

    expect(only([{ ...run, pass_rate: 0.98 }]).tests?.passRate).toBe(98);
    expect(only([{ pass_rate: 0.98 }]).tests?.passRate).toBe(0.98);
  });

  it("reads runs that only counted tests", () => {
    expect(only([{ date: "2026-02-11", passed: 9, failed: 1 }])).toMatchObject({
      percent: null,
      lines: null,
      tests: { passed: 9, failed: 1, total: null },
    });
  });

  it("tells of everything it had to leave out", () => {
    const { findings } = readTrendFile({
      history: [
        { coverage: 20, file_coverage: { "a.py": "n/a" } },
        { coverage: 21, files: [{ coverage: 3 }, { lines: 3 }] },
        { coverage: 22, modules: { core: "good" } },
        { coverage: "unknown" },
        "none",
      ],
    });

    expect(told(findings)).toEqual([
      "structure: history[0].file_coverage: “a.py” has no percentage; it is left out.",
      "structure: history[1].files: an element has no percentage; it is left out.",
      "structure: history[2].modules.core has no number; it is left out.",
      "structure: history[3] has no percentage, counts or tests that can be read; it is left out.",
      "structure: history[4] has no percentage, counts or tests that can be read; it is left out.",
    ]);
  });
});

describe("laws of trend files", () => {
  it("keeps the order of the file", () => {
    const percents = fc.array(fc.integer({ min: 0, max: 100 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(percents, (all) => {
        const { entries } = readTrendFile({
          history: all.map((coverage) => ({ coverage })),
        });

        expect(entries.map(({ percent }) => percent)).toEqual(all);
      }),
    );
  });

  it("gives counts only where they agree with the percentage", () => {
    const number = fc.oneof(fc.nat(200), fc.double(), fc.string());
    fc.assert(
      fc.property(number, number, number, (coverage, covered, total) => {
        const artifact = read([{ coverage, covered, total }]);
        if (artifact.kind !== "trend") return;
        for (const { percent, lines } of artifact.trend.entries) {
          expect(percent === null || (percent >= 0 && percent <= 100)).toBe(
            true,
          );
          if (percent === null || lines === null) continue;
          expect(
            Math.abs((lines.covered / lines.total) * 100 - percent),
          ).toBeLessThanOrEqual(0.5 + 1e-9);
        }
      }),
    );
  });
});
