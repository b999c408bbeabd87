import { describe, expect, test } from "vitest";
import { digestOf, phaseNews } from "../../../src/core/decide/phases.ts";
import type { Incident } from "../../../src/core/news.ts";
import type { PhaseStatus } from "../../../src/core/status.ts";
import {
  claimOf,
  incidentOf,
  metTarget,
  phaseOf,
  repositoryOf,
  targetOf,
} from "../../support/statuses.ts";

const KEY = "phase|.planning/phases/19-coverage-push";
const verified = {
  path: ".planning/phases/19-coverage-push/19-VERIFICATION.md",
  status: "passed",
  rawStatus: "passed",
  score: { verified: 5, total: 5 },
  stale: false,
  newerSummaries: [],
} as const;

function told(
  before: readonly PhaseStatus[],
  after: readonly PhaseStatus[],
  incidents: readonly Incident[] = [],
) {
  return phaseNews(
    { status: repositoryOf(before), incidents },
    repositoryOf(after),
  );
}

function numbered(count: number, root = ".planning/phases"): PhaseStatus[] {
  return Array.from({ length: count }, (_, index) =>
    phaseOf({ directory: `${root}/0${index + 1}-step` }),
  );
}

function disputed(directory: string): PhaseStatus {
  const path = `${directory}/19-02-SUMMARY.md`;
  return phaseOf({ directory, claims: [claimOf({ path })] });
}

describe("a phase", () => {
  test("that did not change is no news, whatever the commit", () => {
    const later = phaseOf({ commit: "c0ffee3", at: "2026-02-19T09:00:00Z" });
    expect(told([phaseOf()], [later])).toEqual([]);
  });

  test("that is new is told without a before", () => {
    expect(told([], [phaseOf()])).toEqual([
      {
        key: KEY,
        transition: "fire",
        news: {
          kind: "phase",
          phase: expect.objectContaining({
            key: "19",
            plans: { done: 2, total: 2 },
          }),
          before: null,
        },
      },
    ]);
  });

  test("is told with what it was when a plan was done", () => {
    expect(told([phaseOf({ done: 1 })], [phaseOf()])).toMatchObject([
      {
        transition: "fire",
        news: { before: { plans: { done: 1, total: 2 } } },
      },
    ]);
  });

  test("with a living message changes that, and shows what was told in it before", () => {
    const asTold = digestOf(phaseOf({ done: 0 }));
    const living = incidentOf(KEY, {
      kind: "phase",
      phase: asTold,
      before: null,
    });
    expect(told([phaseOf({ done: 1 })], [phaseOf()], [living])).toMatchObject([
      { transition: "change", news: { before: asTold } },
    ]);
  });

  test("that completes resolves its message, and a closed message is not taken up again", () => {
    const news = {
      kind: "phase",
      phase: digestOf(phaseOf({ done: 1 })),
      before: null,
    } as const;
    const complete = phaseOf({ headline: "complete", verification: verified });
    expect(
      told([phaseOf()], [complete], [incidentOf(KEY, news)]),
    ).toMatchObject([{ key: KEY, transition: "resolve" }]);
    expect(
      told([phaseOf()], [complete], [incidentOf(KEY, news, "resolved")]),
    ).toMatchObject([{ key: KEY, transition: "fire" }]);
  });

  test.each<[string, PhaseStatus]>([
    ["a verification", phaseOf({ verification: verified })],
    ["a target's verdict", phaseOf({ targets: [metTarget] })],
    ["a disputed claim", phaseOf({ claims: [claimOf()] })],
    [
      "an open gap",
      phaseOf({
        gaps: [
          {
            truth: "All tests pass",
            status: "failed",
            reason: null,
            missing: [],
            path: "19-VERIFICATION.md",
            line: 9,
            open: true,
          },
        ],
      }),
    ],
  ])("is told when it has %s that it had not", (_what, after) => {
    expect(told([phaseOf()], [after])).toHaveLength(1);
  });

  test("is not told for another order of its targets, nor for a claim that agrees", () => {
    const [a, b] = [targetOf(), targetOf({ subject: "models.py" })];
    expect(
      told(
        [phaseOf({ targets: [a, b] })],
        [
          phaseOf({
            targets: [b, a],
            claims: [claimOf({ verdict: "confirmed" })],
          }),
        ],
      ),
    ).toEqual([]);
  });
});

describe("a digest", () => {
  test("counts a target once however many documents set it, and no superseded plan", () => {
    const phase = phaseOf({
      targets: [targetOf(), targetOf({ path: ".planning/ROADMAP.md" })],
      claims: [claimOf(), claimOf({ verdict: "confirmed" })],
    });
    const plans = phase.plans.map((plan, index) => ({
      ...plan,
      superseded: index === 0,
    }));
    expect(digestOf({ ...phase, plans })).toMatchObject({
      plans: { done: 1, total: 1 },
      targets: [{ path: ".planning/ROADMAP.md" }],
      disputed: [{ verdict: "contradicted" }],
      claims: { confirmed: 1, disputed: 1, total: 2 },
    });
  });

  test("says how many summaries are newer than the verification", () => {
    const verification = {
      ...verified,
      stale: true,
      newerSummaries: ["19-02-SUMMARY.md", "19-03-SUMMARY.md"],
    };
    expect(digestOf(phaseOf({ verification })).verification).toEqual({
      rawStatus: "passed",
      score: { verified: 5, total: 5 },
      stale: true,
      newerSummaries: 2,
    });
  });
});

describe("a phase directory that is gone", () => {
  test("is noted once for the commit", () => {
    expect(told([phaseOf()], [])).toEqual([
      {
        key: "removed|c0ffee2",
        transition: "note",
        news: {
          kind: "health",
          problem: "absent",
          path: ".planning/phases/19-coverage-push",
          message:
            "A phase directory was removed or moved: .planning/phases/19-coverage-push. Their last state stays available.",
          commit: "c0ffee2",
          at: "2026-02-18T09:00:00Z",
        },
      },
    ]);
  });

  test("is counted with the others of a clean-up", () => {
    expect(told(numbered(5), [])).toMatchObject([
      {
        news: {
          message:
            "5 phase directories were removed or moved: .planning/phases/01-step, .planning/phases/02-step, .planning/phases/03-step and 2 more. Their last state stays available.",
        },
      },
    ]);
  });

  test("and is there under another root was moved, which is no news", () => {
    expect(
      told(
        [...numbered(5), disputed("docs/19-x")],
        [...numbered(5, "backend/.planning/phases"), disputed("plans/19-x")],
      ),
    ).toEqual([]);
  });

  test("stands for one moved directory only", () => {
    const moved = [
      phaseOf({ directory: "a/01-step" }),
      phaseOf({ directory: "b/01-step" }),
    ];
    expect(told(numbered(1), moved)).toMatchObject([
      { key: "phase|b/01-step", transition: "fire", news: { before: null } },
    ]);
  });
});
