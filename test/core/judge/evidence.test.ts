import { basisCounts } from "../../../src/core/coverage/basis.ts";
import { describe, expect, it } from "vitest";
import {
  gatherEvidence,
  isOverallSubject,
} from "../../../src/core/judge/evidence.ts";
import { remembered } from "../../../src/core/judge/remembered.ts";
import { coverage, factsOf, results, trend } from "../../support/facts.ts";
import { reportOf } from "../../support/reports.ts";

describe("gathering evidence", () => {
  it("sorts artifacts by what they are, oldest first, and leaves out what is none", () => {
    const evidence = gatherEvidence(
      factsOf([
        { files: { "coverage.json": coverage([["a.py", 1, 2]]) } },
        { files: { "coverage.json": coverage([["a.py", 2, 2]]) } },
        {
          files: {
            "trending.json": trend({ percent: 1 }, { percent: 2 }),
            "tests.log": results(),
            "coverage.txt": { kind: "none", findings: [] },
          },
        },
      ]),
    );
    expect(
      evidence.reports.map(({ report }) => report.totals.lines?.covered),
    ).toEqual([1, 2]);
    expect(evidence.trends.map(({ entry }) => entry.percent)).toEqual([1, 2]);
    expect(evidence.results).toHaveLength(1);
  });

  it("compares the same two reports once, and in the direction that is asked", () => {
    const { reports, compare } = gatherEvidence(
      factsOf([
        { files: { "coverage.json": coverage([["a.py", 1, 2]]) } },
        { files: { "coverage.json": coverage([["a.py", 2, 2]]) } },
      ]),
    );
    const [older, newer] = reports.map(({ report }) => report);
    if (!older || !newer) throw new Error("There are two reports.");
    expect(compare(older, newer)).toMatchObject({ delta: 50 });
    expect(compare(newer, older)).toMatchObject({ delta: -50 });
    expect(compare(older, newer)).toBe(compare(older, newer));
  });

  it("knows the phase of an entry however it is written", () => {
    const phases = [
      "19",
      "phase_19",
      "Phase 19",
      "19-coverage-push",
      "019",
      "19.1",
      "12A-x",
      "coverage",
      null,
    ];
    const { trends } = gatherEvidence(
      factsOf([
        {
          files: {
            "trending.json": trend(...phases.map((phase) => ({ phase }))),
          },
        },
      ]),
    );
    expect(trends.map(({ phaseKey }) => phaseKey)).toEqual([
      "19",
      "19",
      "19",
      "19",
      "19",
      "19.1",
      "12A",
      null,
      null,
    ]);
  });

  it("calls a report overall that has half of the files of the largest trusted one", () => {
    const rows = (count: number) =>
      Array.from(
        { length: count },
        (_, index) => [`m${index}.py`, 1, 2] as const,
      );
    const { reports } = gatherEvidence(
      factsOf([
        { files: { "a/coverage.json": coverage(rows(10)) } },
        { files: { "b/coverage.json": coverage(rows(5)) } },
        { files: { "c/coverage.json": coverage(rows(4)) } },
        {
          files: {
            "d/coverage.json": coverage(rows(40), { trust: "estimated" }),
          },
        },
        { files: { "e/coverage.json": coverage([]) } },
        { files: { "f/coverage.json": coverage([], { percent: 74 }) } },
        { files: { "g/coverage.json": coverage([["Makefile", 1, 2]]) } },
      ]),
    );
    expect(reports.map(({ overall }) => overall)).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
  });
});

it("works out once what is asked again", () => {
  const worked: string[] = [];
  const answer = remembered((key: string) => {
    worked.push(key);
    return null;
  });
  expect([answer("a"), answer("a"), answer("b")]).toEqual([null, null, null]);
  expect(worked).toEqual(["a", "b"]);
});

describe("files by name", () => {
  const [report] = gatherEvidence(
    factsOf([
      {
        files: {
          "coverage.json": coverage([
            ["backend\\core\\Engine.py", 1, 2],
            ["core/x.py", 3, 4],
            ["x.py", 5, 6],
            ["Makefile", 7, 8],
          ]),
        },
      },
    ]),
  ).reports;

  it.each([
    ["engine.py", 1],
    ["core/Engine.py", 1],
    ["engine", 1],
    ["Engine module", 1],
    ["core/x.py", 3],
    ["x.py", 5],
    ["makefile", 7],
  ])("%s is found", (subject, covered) => {
    expect(report?.fileNamed(subject)).toMatchObject({ covered });
  });

  it.each(["y.py", "billing service", "all 6 Tier 1 files (of 9)", "", "it"])(
    "%j is none of them",
    (subject) => {
      expect(report?.fileNamed(subject)).toBeUndefined();
    },
  );

  it("does not take the end of a name for a name", () => {
    expect(report?.fileNamed("gine.py")).toBeUndefined();
    expect(report?.fileNamed("other/Engine.py")).toBeUndefined();
  });
});

describe("counts in a report's basis", () => {
  const totals = {
    lines: null,
    statements: { covered: 3, total: 4 },
    branches: { covered: 1, total: 2 },
    functions: null,
  };
  const none = {
    lines: null,
    statements: null,
    branches: null,
    functions: null,
  };
  const report = reportOf(
    [
      ["a.ts", 5, 10, 2, 4],
      ["b.ts", 1, 2],
    ],
    { totals },
  );
  const [first, second] = report.files;

  it.each([
    ["line", { covered: 3, total: 4 }, { covered: 5, total: 10 }],
    ["region", { covered: 3, total: 4 }, { covered: 5, total: 10 }],
    ["statement", { covered: 3, total: 4 }, { covered: 5, total: 10 }],
    ["branch", { covered: 1, total: 2 }, { covered: 2, total: 4 }],
    ["line+branch", { covered: 4, total: 6 }, { covered: 7, total: 14 }],
  ] as const)("%s", (basis, whole, file) => {
    expect(basisCounts({ ...report, basis })).toMatchObject(whole);
    expect(basisCounts({ ...report, basis }, first)).toMatchObject(file);
    expect(basisCounts({ ...report, basis, totals: none })).toBeNull();
  });

  it("adds no branches where a file or report has none", () => {
    expect(basisCounts({ ...report, basis: "line+branch" }, second)).toEqual({
      covered: 1,
      total: 2,
    });
    expect(
      basisCounts({
        ...report,
        basis: "line+branch",
        totals: { ...totals, branches: null },
      }),
    ).toEqual({ covered: 3, total: 4 });
    expect(
      basisCounts({
        ...report,
        basis: "statement",
        totals: {
          ...totals,
          statements: null,
          lines: { covered: 1, total: 9 },
        },
      }),
    ).toEqual({ covered: 1, total: 9 });
  });
});

it("knows the words for the whole project", () => {
  expect(
    ["overall", " Total ", "Overall backend"].map(isOverallSubject),
  ).toEqual([true, true, true]);
  expect(["overall quality", "core", ""].map(isOverallSubject)).toEqual([
    false,
    false,
    false,
  ]);
});
