import { describe, expect, it } from "vitest";
import {
  findConflicts,
  type Sides,
} from "../../../src/core/judge/conflicts.ts";
import type { RoadmapPhase } from "../../../src/core/planning/roadmap.ts";
import type {
  RequirementStatus,
  StatusStatement,
  TargetResult,
  VerificationStatus,
} from "../../../src/core/status.ts";
import { factsOf } from "../../support/facts.ts";
import {
  measuredOf,
  metTarget,
  phaseOf,
  targetOf,
} from "../../support/statuses.ts";

const ROADMAP = ".planning/ROADMAP.md";
const VERIFICATION = ".planning/phases/19-coverage-push/19-VERIFICATION.md";

function conflicts(sides: Partial<Sides>): string[] {
  return findConflicts({
    documents: factsOf([
      {
        files: Object.fromEntries(
          [
            "19-PHASE-SUMMARY.md",
            "19-01-SUMMARY.md",
            "19-02-SUMMARY.md",
            "19-REPORT.md",
            "19-coverage-push-GAP-01-SUMMARY.md",
          ].map((name) => [`.planning/phases/19-coverage-push/${name}`, "x"]),
        ),
      },
    ]).documents,
    statements: [],
    plans: [],
    verification: null,
    targets: [],
    roadmap: [],
    requirements: [],
    ...sides,
  });
}

function statement(path: string, says: string): StatusStatement {
  return {
    path: `.planning/phases/19-coverage-push/${path}`,
    line: 5,
    says,
    at: "2026-02-18T09:00:00Z",
  };
}

function verified(
  overrides: Partial<VerificationStatus> = {},
): VerificationStatus {
  return {
    path: VERIFICATION,
    status: "gaps_found",
    rawStatus: "gaps_found",
    score: { verified: 2, total: 10 },
    stale: false,
    newerSummaries: [],
    ...overrides,
  };
}

function entry(overrides: Partial<RoadmapPhase>) {
  const phase: RoadmapPhase = {
    key: "19",
    name: "Coverage push",
    line: 119,
    from: "checklist",
    checked: null,
    plans: null,
    status: null,
    promises: [],
    requirements: [],
    contributions: [],
    planBoxes: [],
    ...overrides,
  };
  return { path: ROADMAP, phase };
}

describe("complete against the verification", () => {
  const statements = [
    statement("19-PHASE-SUMMARY.md", "COMPLETE - All gaps closed"),
    statement("19-02-SUMMARY.md", "complete"),
    statement("19-REPORT.md", "in progress"),
  ];

  it("names both sides, the score and the age", () => {
    expect(conflicts({ statements, verification: verified() })).toEqual([
      "19-PHASE-SUMMARY.md:5 says “COMPLETE - All gaps closed”; 19-VERIFICATION.md says gaps_found, 2 of 10.",
    ]);
    const stale = { stale: true, score: null };
    expect(
      conflicts({
        statements,
        verification: verified({ ...stale, newerSummaries: ["a", "b"] }),
      })[0],
    ).toMatch(/says gaps_found, older than 2 summaries\.$/);
    expect(
      conflicts({
        statements,
        verification: verified({ ...stale, newerSummaries: ["a"] }),
      })[0],
    ).toMatch(/older than 1 summary\.$/);
  });

  it("is none where the verification passed, says nothing, is absent, or is what says so itself", () => {
    const own = [
      { ...statement("19-VERIFICATION.md", "complete"), path: VERIFICATION },
    ];
    expect(
      conflicts({
        statements,
        verification: verified({ status: "passed", score: null }),
      }),
    ).toEqual([]);
    expect(
      conflicts({ statements, verification: verified({ status: "unknown" }) }),
    ).toEqual([]);
    expect(conflicts({ statements })).toEqual([]);
    expect(conflicts({ statements: own, verification: verified() })).toEqual(
      [],
    );
  });
});

describe("documents that disagree", () => {
  const state = {
    ...statement("", "In progress"),
    path: ".planning/STATE.md",
    line: 9,
  };
  const box = (says: string) => ({
    ...statement("", says),
    path: ROADMAP,
    line: 62,
  });
  const row = { ...box("Not started in the progress table"), line: 1026 };
  const summary = statement("19-PHASE-SUMMARY.md", "COMPLETE");

  it("with a verification that passed are told one by one, a roadmap once with both its lines", () => {
    const passed = verified({
      status: "passed",
      rawStatus: "passed",
      score: null,
    });
    expect(
      conflicts({
        statements: [
          box("[ ] not ticked in the roadmap"),
          row,
          state,
          summary,
          statement("19-REPORT.md", "in progress"),
        ],
        verification: passed,
      }),
    ).toEqual([
      "ROADMAP.md:62 says “[ ] not ticked in the roadmap”, line 1026 “Not started in the progress table”; 19-VERIFICATION.md says passed.",
      "STATE.md:9 says “In progress”; 19-VERIFICATION.md says passed.",
    ]);
  });

  it("with each other, where no verification decides, are one sentence", () => {
    const statements = [summary, box("[x] ticked in the roadmap"), row, state];
    const told = [
      "19-PHASE-SUMMARY.md:5 says “COMPLETE”, ROADMAP.md:62 says “[x] ticked in the roadmap”; ROADMAP.md:1026 says “Not started in the progress table”, STATE.md:9 says “In progress”.",
    ];
    expect(conflicts({ statements })).toEqual(told);
    expect(
      conflicts({
        statements,
        verification: verified({ status: "unknown", score: null }),
      }),
    ).toEqual(told);
  });

  it("are no conflict when they agree, or when one roadmap disagrees with itself", () => {
    expect(conflicts({ statements: [summary] })).toEqual([]);
    expect(conflicts({ statements: [state, row] })).toEqual([]);
    expect(
      conflicts({ statements: [box("[x] ticked in the roadmap"), row] }),
    ).toEqual([]);
  });
});

it("tells a verification that passed below its own score", () => {
  const passed = { status: "passed", rawStatus: "passed" } as const;
  expect(conflicts({ verification: verified(passed) })).toEqual([
    "19-VERIFICATION.md says “passed” with a score of 2 of 10.",
  ]);
  expect(
    conflicts({
      verification: verified({ ...passed, score: { verified: 10, total: 10 } }),
    }),
  ).toEqual([]);
});

describe("the roadmap against the directory", () => {
  const { plans } = phaseOf({ done: 1 });
  const boxes = (...ids: string[]) =>
    ids.map((id, index) => ({ id, checked: false, line: 30 + index }));

  it("leaves plans unticked that have summaries", () => {
    const one = entry({
      planBoxes: [
        ...boxes("19-01", "19-02"),
        { id: "19-01", checked: true, line: 40 },
      ],
    });
    expect(conflicts({ plans, roadmap: [one] })).toEqual([
      "ROADMAP.md:30 leaves 19-01 unticked; it has a summary.",
    ]);
    const both = entry({ planBoxes: boxes("19-01", "coverage-push-19-02") });
    expect(conflicts({ plans: phaseOf().plans, roadmap: [both] })).toEqual([
      "ROADMAP.md:30 leaves 19-01, coverage-push-19-02 unticked; they have summaries.",
    ]);
  });

  it("ticks a phase that its own progress table does not call complete", () => {
    const ticked = entry({ checked: true });
    const progress = (status: string | null) =>
      entry({ from: "progress", line: 1042, status });
    expect(conflicts({ roadmap: [ticked, progress("Gaps Found")] })).toEqual([
      "ROADMAP.md:119 ticks the phase; its progress table, line 1042, says “Gaps Found”.",
    ]);
    expect(conflicts({ roadmap: [ticked, progress("Complete")] })).toEqual([]);
    expect(conflicts({ roadmap: [ticked, progress(null)] })).toEqual([]);
    expect(conflicts({ roadmap: [ticked] })).toEqual([]);
    expect(
      conflicts({
        roadmap: [entry({ checked: false }), progress("Gaps Found")],
      }),
    ).toEqual([]);
    expect(
      conflicts({ roadmap: [entry({ checked: false }), progress("Complete")] }),
    ).toEqual([
      "ROADMAP.md:119 does not tick the phase; its progress table, line 1042, says “Complete”.",
    ]);
    expect(
      conflicts({
        roadmap: [
          ticked,
          { ...progress("Gaps Found"), path: "other/ROADMAP.md" },
        ],
      }),
    ).toEqual([]);
  });

  it("counts another number of plans", () => {
    const progress = entry({ from: "progress", plans: { done: 4, total: 4 } });
    expect(conflicts({ plans, roadmap: [progress] })).toEqual([
      "ROADMAP.md:119 counts 4/4 plans; the phase has 2.",
    ]);
    expect(conflicts({ roadmap: [progress] })).toEqual([]);
    expect(
      conflicts({ plans, roadmap: [entry({ plans: { done: 1, total: 2 } })] }),
    ).toEqual([]);
  });
});

describe("the progress row's count of plans", () => {
  const row = (done: number, total: number) =>
    entry({ from: "progress", line: 42, plans: { done, total } });

  it("is held against the summaries, also when it counts more than there are", () => {
    const { plans } = phaseOf({ done: 1 });
    const told = "1 of them has a summary.";
    expect(conflicts({ plans, roadmap: [row(2, 2)] })).toEqual([
      `ROADMAP.md:42 counts 2/2 plans; ${told}`,
    ]);
    expect(conflicts({ plans, roadmap: [row(3, 2)] })).toEqual([
      `ROADMAP.md:42 counts 3/2 plans; ${told}`,
    ]);
    expect(conflicts({ plans: phaseOf().plans, roadmap: [row(0, 2)] })).toEqual(
      ["ROADMAP.md:42 counts 0/2 plans; 2 of them have a summary."],
    );
    expect(conflicts({ plans, roadmap: [row(1, 2)] })).toEqual([]);
  });

  it("may count a superseded plan or leave it out", () => {
    const plans = phaseOf({ done: 1 }).plans.map((plan) => ({
      ...plan,
      superseded: plan.summary === null,
    }));
    for (const fair of [row(1, 1), row(1, 2), row(2, 2)]) {
      expect(conflicts({ plans, roadmap: [fair] })).toEqual([]);
    }
    expect(conflicts({ plans, roadmap: [row(3, 3)] })).toEqual([
      "ROADMAP.md:42 counts 3/3 plans; the phase has 2.",
    ]);
  });
});

describe("complete against plans without a summary", () => {
  const statements = [
    statement("19-PHASE-SUMMARY.md", "Complete"),
    statement("19-01-SUMMARY.md", "complete"),
    statement("19-coverage-push-GAP-01-SUMMARY.md", "complete"),
  ];

  it("names the open plans", () => {
    expect(
      conflicts({ statements, plans: phaseOf({ done: 1 }).plans }),
    ).toEqual([
      "19-PHASE-SUMMARY.md:5 says “Complete”; 1 plan has no summary (19-02).",
    ]);
    expect(
      conflicts({ statements, plans: phaseOf({ done: 0 }).plans }),
    ).toEqual([
      "19-PHASE-SUMMARY.md:5 says “Complete”; 2 plans have no summary (19-01, 19-02).",
    ]);
  });

  it("does not miss the summary of a superseded plan", () => {
    const plans = phaseOf({ done: 1 }).plans.map((plan) => ({
      ...plan,
      superseded: plan.summary === null,
    }));
    expect(conflicts({ statements, plans })).toEqual([]);
  });
});

describe("competing targets", () => {
  const roadmap = { path: ROADMAP, line: 961 };

  it("are told once, with each threshold and where it stands", () => {
    expect(
      conflicts({
        targets: [
          targetOf({ value: 25, upper: 27, op: "range" }),
          targetOf(),
          targetOf(roadmap),
        ],
      }),
    ).toEqual([
      "Coverage of overall: 25–27 % (19-01-PLAN.md:12), ≥ 50 % (ROADMAP.md:961).",
    ]);
  });

  it("are none when they agree but for the tolerance, or are of other things", () => {
    expect(
      conflicts({
        targets: [targetOf(), targetOf({ tolerance: 2, ...roadmap })],
      }),
    ).toEqual([]);
    expect(
      conflicts({
        targets: [targetOf(), targetOf({ value: 80, subject: "engine.py" })],
      }),
    ).toEqual([]);
    expect(
      conflicts({
        targets: [targetOf(), targetOf({ value: 80, aspect: "branch" })],
      }),
    ).toEqual([]);
    const delta = { metric: "coverage_delta", unit: "pp" } as const;
    expect(
      conflicts({
        targets: [
          targetOf({ ...delta, value: 3 }),
          targetOf({ ...delta, value: 5 }),
        ],
      }),
    ).toEqual([]);
  });

  it("may come from no document at all", () => {
    expect(
      conflicts({
        targets: [
          targetOf({ path: null, line: null }),
          targetOf({ value: 60 }),
        ],
      }),
    ).toHaveLength(1);
  });
});

describe("a requirement that is said to be fulfilled", () => {
  const requirement = (
    says: string,
    target: TargetResult | null,
    overrides: Partial<RequirementStatus> = {},
  ): RequirementStatus => ({
    id: "COV-01",
    text: "Half of the code is covered",
    path: ".planning/REQUIREMENTS.md",
    line: 7,
    plans: [],
    says: [
      statement("19-CONTEXT.md", "Pending"),
      {
        path: ".planning/REQUIREMENTS.md",
        line: 40,
        says,
        at: "2026-02-18T08:00:00Z",
      },
    ],
    verdict: target?.verdict ?? "unknown",
    target,
    why: "",
    ...overrides,
  });

  it("disagrees with a target that is missed, and with a later measurement as such", () => {
    const described =
      "40.0 % (400 / 1,000 lines, 4 files, coverage.json at c0ffee1).";
    expect(
      conflicts({ requirements: [requirement("Complete", targetOf())] }),
    ).toEqual([
      `REQUIREMENTS.md:40 says “Complete” of COV-01, “Half of the code is covered”: target ≥ 50 %, measured ${described}`,
    ]);
    const later = { ...measuredOf(40), at: "2026-02-19T08:00:00Z" };
    expect(
      conflicts({
        requirements: [
          requirement("Complete", targetOf({ measured: later }), { text: "" }),
        ],
      }),
    ).toEqual([
      `REQUIREMENTS.md:40 says “Complete” of COV-01: target ≥ 50 %, measured later ${described}`,
    ]);
  });

  it("disagrees with nothing that is met, not measured or not said to be done", () => {
    expect(
      conflicts({
        requirements: [
          requirement("Complete", metTarget),
          requirement("Complete", null),
          requirement("Complete", targetOf({ measured: null })),
          requirement("In Progress", targetOf()),
          requirement("Complete", targetOf(), { verdict: "partial" }),
        ],
      }),
    ).toEqual([]);
  });
});
