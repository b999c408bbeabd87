import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareReports,
  pointsBetween,
  type Comparable,
} from "../../../src/core/coverage/compare.ts";
import type { CoverageReport } from "../../../src/core/coverage/observation.ts";
import { anyReport, reportOf, type Row } from "../../support/reports.ts";

const gone = { existsInTree: () => false };
const there = { existsInTree: () => true };

function comparable(
  base: CoverageReport,
  head: CoverageReport,
  tree = gone,
): Comparable {
  const comparison = compareReports(base, head, tree);
  if (!comparison.comparable) throw new Error(comparison.why);
  return comparison;
}

/** Twelve files of 100 lines, 80 of them covered. */
const twelve = Array.from({ length: 12 }, (_, index): Row => [
  `core/m${index}.py`,
  80,
  100,
]);

describe("the gate", () => {
  test("an estimated report is not compared, whichever side it is on", () => {
    const measured = reportOf([
      ["backend/core/agent.py", 418, 736],
      ["backend/core/handler.py", 290, 588],
    ]);
    const estimated = reportOf(
      [
        ["core/engine.py", 400, 2000],
        ["core/analytics.py", 430, 1776],
      ],
      {
        trust: "estimated",
        trustWhy:
          "Its “note” reads “Estimated. By hand.” as of v1.2. It has no meta block.",
      },
    );
    expect(compareReports(measured, estimated, gone)).toEqual({
      comparable: false,
      problem: "untrusted",
      why: "The later report is estimated. Its “note” reads “Estimated. By hand.” as of v1.2. Before: 53.5 % (708 / 1,324 lines, 2 files); now: 22.0 % (830 / 3,776 lines, 2 files).",
    });
    expect(compareReports(estimated, measured, gone)).toMatchObject({
      problem: "untrusted",
      why: expect.stringMatching(/^The earlier report is estimated\./),
    });
  });

  test("an inconsistent report is described by its own totals, with or without a reason", () => {
    const inconsistent = reportOf([["x.py", 1, 2]], {
      trust: "inconsistent",
      totals: {
        lines: { covered: 9, total: 10 },
        statements: null,
        branches: null,
        functions: null,
      },
    });
    expect(
      compareReports(reportOf([["x.py", 1, 2]]), inconsistent, gone),
    ).toMatchObject({
      problem: "untrusted",
      why: expect.stringContaining(
        "The later report is inconsistent. Before: 50.0 % (1 / 2 lines, 1 file); now: 90.0 % (9 / 10 lines, 1 file).",
      ),
    });
  });

  test("a reason is cut after its first sentence, in no time whatever it quotes", () => {
    const report = reportOf(twelve);
    const why = (trustWhy: string) =>
      compareReports(report, { ...report, trust: "estimated", trustWhy }, gone);
    expect(why("It reads “half a quote. It has no meta block.")).toMatchObject({
      why: expect.stringContaining(
        "estimated. It reads “half a quote. Before:",
      ),
    });
    const started = performance.now();
    const endless = "“a”“.".repeat(80);
    expect(why(endless)).toMatchObject({
      why: expect.stringContaining(endless),
    });
    expect(performance.now() - started).toBeLessThan(500);
  });

  test("of two reports that are not trusted the later one is told", () => {
    const report = reportOf(twelve);
    expect(
      compareReports(
        { ...report, trust: "inconsistent" },
        { ...report, trust: "estimated" },
        gone,
      ),
    ).toMatchObject({
      why: expect.stringMatching(/^The later report is estimated\./),
    });
  });

  test("a stale report is told as stale", () => {
    const report = reportOf(twelve);
    expect(
      compareReports(report, { ...report, trust: "stale" }, gone),
    ).toMatchObject({ comparable: false, problem: "stale" });
  });

  test("lines with branches are not compared with lines", () => {
    const withBranches = reportOf([["core/agent.py", 418, 736, 133, 260]]);
    const lines = reportOf([["core/agent.py", 420, 736]]);
    expect(compareReports(withBranches, lines, gone)).toEqual({
      comparable: false,
      problem: "basis_changed",
      why: "The earlier report counts lines and branches, the later one lines. Before: 55.3 % (551 / 996 lines and branches, 1 file); now: 57.1 % (420 / 736 lines, 1 file).",
    });
  });

  test.each([
    ["statement", "statements"],
    ["branch", "branches"],
    ["region", "regions"],
  ] as const)("names the basis %s as %s", (basis, words) => {
    const lines = reportOf([["a.swift", 1, 2, 3, 4]], { basis: "line" });
    expect(compareReports(lines, { ...lines, basis }, gone)).toMatchObject({
      why: expect.stringContaining(`the later one ${words}.`),
    });
  });

  test("one file of two is another scope", () => {
    const two = reportOf([
      ["core/models.py", 2140, 2170, 0, 10],
      ["core/engine.py", 290, 1344, 19, 396],
    ]);
    const one = reportOf([["core/agent.py", 418, 736, 133, 260]]);
    expect(compareReports(two, one, there)).toEqual({
      comparable: false,
      problem: "scope_changed",
      why: "Only 0 of 3 files are in both reports. Before: 62.5 % (2,449 / 3,920 lines and branches, 2 files); now: 55.3 % (551 / 996 lines and branches, 1 file).",
    });
    const half = reportOf([["core/models.py", 2140, 2170, 0, 10]]);
    expect(compareReports(two, half, there)).toMatchObject({
      problem: "scope_changed",
      why: expect.stringContaining("Only 1 of 2 files are in both reports."),
    });
  });

  test("nine files of ten are the same scope, less are not", () => {
    const ten = reportOf(twelve.slice(0, 10));
    const nine = twelve.slice(0, 9);
    expect(compareReports(ten, reportOf(nine), gone).comparable).toBe(true);
    expect(
      compareReports(ten, reportOf([...nine, ["new.py", 80, 100]]), gone),
    ).toMatchObject({ comparable: false, problem: "scope_changed" });
  });

  test("a total that moved by more than a tenth is another scope", () => {
    const before = reportOf([["core/models.py", 800, 1000]]);
    expect(
      compareReports(before, reportOf([["core/models.py", 800, 1100]]), gone)
        .comparable,
    ).toBe(true);
    expect(
      compareReports(before, reportOf([["core/models.py", 800, 1101]]), gone),
    ).toEqual({
      comparable: false,
      problem: "scope_changed",
      why: "What is measured went from 1,000 to 1,101 lines, by more than 10 %. Before: 80.0 % (800 / 1,000 lines, 1 file); now: 72.7 % (800 / 1,101 lines, 1 file).",
    });
  });

  test("a file that is left out although the tree still holds it makes the report partial", () => {
    expect(
      compareReports(reportOf(twelve), reportOf(twelve.slice(1)), {
        existsInTree: (path) => path === "core/m0.py",
      }),
    ).toEqual({
      comparable: false,
      problem: "partial",
      why: "The later report leaves out core/m0.py, still in the repository. Before: 80.0 % (960 / 1,200 lines, 12 files); now: 80.0 % (880 / 1,100 lines, 11 files).",
    });
    const many = Array.from({ length: 40 }, (_, index): Row => [
      `m${index + 10}.py`,
      1,
      2,
    ]);
    expect(
      compareReports(reportOf(many), reportOf(many.slice(3)), there),
    ).toMatchObject({
      why: expect.stringContaining(
        "leaves out m10.py and 2 other files, still in the repository.",
      ),
    });
  });

  test("a deleted file makes no report partial", () => {
    expect(
      compareReports(reportOf(twelve), reportOf(twelve.slice(1)), gone)
        .comparable,
    ).toBe(true);
  });

  test("totals without files, and files without lines, do not show that they measure the same", () => {
    const totals = reportOf([], {
      totals: {
        lines: { covered: 8, total: 10 },
        statements: null,
        branches: null,
        functions: null,
      },
    });
    expect(compareReports(totals, totals, gone)).toEqual({
      comparable: false,
      problem: "partial",
      why: "The reports have no measured file in common. Before: 80.0 % (8 / 10 lines, 0 files); now: 80.0 % (8 / 10 lines, 0 files).",
    });
    const empty = reportOf([["x.py", 0, 0]]);
    expect(
      compareReports(reportOf([["x.py", 8, 10]]), empty, gone),
    ).toMatchObject({
      problem: "partial",
      why: expect.stringContaining(
        "now: nothing measured (0 / 0 lines, 1 file)",
      ),
    });
  });

  test("reports that count nothing at all say so instead of 0 %", () => {
    const nothing = reportOf([], {
      basis: "branch",
      totals: {
        lines: null,
        statements: null,
        branches: null,
        functions: null,
      },
    });
    expect(compareReports(nothing, nothing, gone)).toMatchObject({
      why: expect.stringContaining(
        "nothing measured (0 / 0 branches, 0 files)",
      ),
    });
  });
});

describe("like for like", () => {
  test("deleting well covered code is no drop: it is told as mix", () => {
    const rest = twelve.slice(1);
    const base = reportOf([...rest, ["core/old.py", 100, 100]]);
    const found = comparable(base, reportOf(rest));
    expect(found.delta).toBe(0);
    expect(found.mix).toBeCloseTo(80 - (980 / 1200) * 100, 9);
    expect(found.newlyUncovered).toBe(0);
    expect(found.files).toEqual([]);
    expect(found.shared).toBe(11);
    expect(found.base).toEqual({ covered: 880, total: 1100 });
  });

  test("counts the drop of the shared files and names those that lost most first", () => {
    const head = twelve.map(([path, covered, total], index): Row => [
      path,
      covered - (index === 3 ? 30 : index === 7 ? 12 : index === 9 ? -5 : 0),
      total,
    ]);
    const found = comparable(reportOf(twelve), reportOf(head));
    expect(found.delta).toBeCloseTo((-37 / 1200) * 100, 9);
    expect(found.newlyUncovered).toBe(37);
    expect(found.files).toEqual([
      {
        path: "core/m3.py",
        before: { covered: 80, total: 100 },
        after: { covered: 50, total: 100 },
        delta: -30,
        newlyUncovered: 30,
      },
      expect.objectContaining({ path: "core/m7.py", newlyUncovered: 12 }),
      expect.objectContaining({ path: "core/m9.py", newlyUncovered: 0 }),
    ]);
  });

  test("files that lost as many lines are ordered by points, then by name", () => {
    const base = reportOf([
      ["b.py", 90, 100],
      ["a.py", 90, 100],
      ["large.py", 900, 1000],
      ["empty.py", 0, 0],
    ]);
    const head = reportOf([
      ["b.py", 80, 100],
      ["a.py", 80, 100],
      ["large.py", 890, 1000],
      ["empty.py", 0, 10],
    ]);
    expect(comparable(base, head).files.map(({ path }) => path)).toEqual([
      "a.py",
      "b.py",
      "large.py",
      "empty.py",
    ]);
  });

  test("a file that counted nothing before has no delta", () => {
    const base = reportOf([
      ["a.py", 90, 100],
      ["empty.py", 0, 0],
    ]);
    const head = reportOf([
      ["a.py", 90, 100],
      ["empty.py", 0, 10],
    ]);
    expect(comparable(base, head).files).toEqual([
      expect.objectContaining({
        path: "empty.py",
        delta: null,
        newlyUncovered: 10,
      }),
    ]);
  });

  test("branches count in the percentage, only lines as newly uncovered lines", () => {
    const base = reportOf([["x.py", 90, 100, 40, 50]]);
    const head = reportOf([["x.py", 85, 100, 30, 50]]);
    const found = comparable(base, head);
    expect(found.delta).toBe(-10);
    expect(found.newlyUncovered).toBe(5);
  });

  test("a report that counts only branches counts newly uncovered branches", () => {
    const base = reportOf([["x.c", 90, 100, 40, 50]], { basis: "branch" });
    const head = reportOf([["x.c", 90, 100, 30, 50]], { basis: "branch" });
    expect(comparable(base, head)).toMatchObject({
      delta: -20,
      newlyUncovered: 10,
      head: { covered: 30, total: 50 },
    });
  });

  test("a file without branches counts none in a report of branches", () => {
    const rows: Row[] = [
      ["x.c", 90, 100, 40, 50],
      ["y.h", 5, 5],
    ];
    const report = reportOf(rows, { basis: "branch" });
    expect(comparable(report, report).base).toEqual({ covered: 40, total: 50 });
  });

  test("works across different roots and names files as the later report does", () => {
    const base = reportOf(
      twelve.map(([path, ...counts]): Row => [`backend/${path}`, ...counts]),
    );
    const head = reportOf(
      twelve.map(([path, covered, total], index): Row => [
        path,
        index === 0 ? covered - 40 : covered,
        total,
      ]),
    );
    expect(comparable(base, head, there).files).toEqual([
      expect.objectContaining({ path: "core/m0.py", newlyUncovered: 40 }),
    ]);
  });

  test("any report compared with itself is comparable, and nothing moved", () => {
    fc.assert(
      fc.property(anyReport(), (report) => {
        expect(comparable(report, report, there)).toMatchObject({
          delta: 0,
          mix: 0,
          newlyUncovered: 0,
          files: [],
        });
      }),
    );
  });

  test("the order of the files does not matter", () => {
    fc.assert(
      fc.property(anyReport(), fc.infiniteStream(fc.nat()), (base, losses) => {
        const head: CoverageReport = {
          ...base,
          files: base.files
            .map((file) => ({
              ...file,
              covered: file.covered % (1 + Number(losses.next().value)),
            }))
            .toReversed(),
        };
        const found = comparable(base, head);
        const reordered = { ...base, files: base.files.toReversed() };
        expect(comparable(reordered, head)).toEqual(found);
        expect(found.delta).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe("pointsBetween", () => {
  test("has no answer where one side counts nothing", () => {
    expect(
      pointsBetween({ covered: 0, total: 0 }, { covered: 1, total: 2 }),
    ).toBeNull();
    expect(
      pointsBetween({ covered: 1, total: 2 }, { covered: 0, total: 0 }),
    ).toBeNull();
  });

  test("equal shares differ by 0 and not by the last bit of a division", () => {
    const points = pointsBetween(
      { covered: 1, total: 3 },
      { covered: 1336, total: 4008 },
    );
    expect(Object.is(points, 0)).toBe(true);
  });
});
