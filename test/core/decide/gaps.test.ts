import { describe, expect, test } from "vitest";
import { gapNews } from "../../../src/core/decide/gaps.ts";
import type { GapNews, Incident } from "../../../src/core/news.ts";
import type { TargetResult } from "../../../src/core/status.ts";
import {
  incidentOf,
  measuredOf,
  metTarget,
  phaseOf,
  repositoryOf,
  targetOf,
} from "../../support/statuses.ts";

const KEY = "gap|.planning/phases/19-coverage-push|coverage|overall||>=50";
const planned = targetOf({
  verdict: "not_measured",
  measured: null,
  gap: null,
});

function told(
  before: readonly TargetResult[],
  after: readonly TargetResult[],
  incidents: readonly Incident[] = [],
) {
  return gapNews(
    { status: repositoryOf([phaseOf({ targets: before })]), incidents },
    repositoryOf([phaseOf({ targets: after })]),
  );
}

function firedOf(
  target: TargetResult,
  state: Incident["state"] = "open",
  members: GapNews["members"] = null,
): Incident {
  const news: GapNews = {
    kind: "gap",
    phase: { key: "19", name: "Coverage push" },
    target,
    fired: target,
    members,
    commit: "c0ffee1",
    at: "2026-02-17T09:00:00Z",
  };
  return incidentOf(
    members ? KEY.replace("overall", "6 tier 1 files") : KEY,
    news,
    state,
  );
}

/** One of six files that must reach 50 % each. */
function member(subject: string, value: number): TargetResult {
  return targetOf({
    set: "6 Tier 1 files",
    subject,
    each: true,
    measured: measuredOf(value),
    verdict: value >= 50 ? "met" : "missed",
    gap: 50 - value,
  });
}

describe("a target that goes to missed", () => {
  test("fires", () => {
    expect(told([planned], [targetOf()])).toEqual([
      {
        key: KEY,
        transition: "fire",
        news: {
          kind: "gap",
          phase: { key: "19", name: "Coverage push" },
          target: targetOf(),
          fired: targetOf(),
          members: null,
          commit: "c0ffee2",
          at: "2026-02-18T09:00:00Z",
        },
      },
    ]);
  });

  test("is no news when it was missed before", () => {
    expect(told([targetOf()], [targetOf()])).toEqual([]);
  });

  test("is one piece of news however many documents set it", () => {
    const again = targetOf({
      path: ".planning/ROADMAP.md",
      subject: "Overall",
    });
    expect(told([planned], [targetOf(), again])).toHaveLength(1);
  });

  test("is not due while plans of its phase are open, and due when they are done", () => {
    const open = repositoryOf([phaseOf({ done: 1, targets: [targetOf()] })]);
    const done = repositoryOf([phaseOf({ targets: [targetOf()] })]);
    const early = { status: repositoryOf([]), incidents: [] };
    expect(gapNews(early, open)).toEqual([]);
    expect(gapNews({ status: open, incidents: [] }, done)).toMatchObject([
      { transition: "fire" },
    ]);
  });

  test.each(["complete", "gaps_found", "human_needed"] as const)(
    "is due in a phase that is %s",
    (headline) => {
      const status = repositoryOf([
        phaseOf({ headline, targets: [targetOf()] }),
      ]);
      expect(
        gapNews({ status: repositoryOf([]), incidents: [] }, status),
      ).toHaveLength(1);
    },
  );

  test("is due as soon as the phase was verified", () => {
    const verification = {
      path: "19-VERIFICATION.md",
      status: "gaps_found",
      rawStatus: "gaps_found",
      score: null,
      stale: false,
      newerSummaries: [],
    } as const;
    const status = repositoryOf([
      phaseOf({ done: 1, verification, targets: [targetOf()] }),
    ]);
    expect(
      gapNews({ status: repositoryOf([]), incidents: [] }, status),
    ).toHaveLength(1);
  });

  test("fires again after it was reached in between", () => {
    expect(
      told([metTarget], [targetOf()], [firedOf(targetOf(), "resolved")]),
    ).toMatchObject([{ key: KEY, transition: "fire" }]);
  });
});

describe("a missed target that was told", () => {
  test("changes when it is measured anew, and keeps what fired", () => {
    const better = targetOf({ measured: measuredOf(45), gap: 5 });
    expect(told([targetOf()], [better], [firedOf(targetOf())])).toMatchObject([
      { transition: "change", news: { target: better, fired: targetOf() } },
    ]);
  });

  test("stays as it is while nothing moves", () => {
    expect(told([targetOf()], [targetOf()], [firedOf(targetOf())])).toEqual([]);
  });

  test.each([
    metTarget,
    targetOf({ verdict: "above_range" }),
    targetOf({ verdict: "documented" }),
  ])("is resolved when it is $verdict", (after) => {
    expect(told([targetOf()], [after], [firedOf(targetOf())])).toMatchObject([
      { transition: "resolve", news: { target: after, fired: targetOf() } },
    ]);
  });

  test("changes when it can no longer be measured", () => {
    expect(told([targetOf()], [planned], [firedOf(targetOf())])).toMatchObject([
      { transition: "change", news: { target: { verdict: "not_measured" } } },
    ]);
  });

  test("is resolved when no document sets it any more", () => {
    expect(told([targetOf()], [], [firedOf(targetOf())])).toMatchObject([
      {
        key: KEY,
        transition: "resolve",
        news: {
          target: {
            verdict: "not_checkable",
            why: "No document sets this target any more.",
          },
          fired: { verdict: "missed" },
        },
      },
    ]);
    expect(told([targetOf()], [], [firedOf(targetOf(), "resolved")])).toEqual(
      [],
    );
  });
});

describe("a set of files", () => {
  test("is one piece of news about its worst member, with the number of those that miss", () => {
    const members = [
      member("models.py", 45),
      member("engine.py", 20),
      member("agent.py", 60),
    ];
    expect(told([], members)).toMatchObject([
      {
        key: KEY.replace("overall", "6 tier 1 files"),
        news: {
          target: { subject: "engine.py" },
          members: { missed: 2, total: 3 },
        },
      },
    ]);
  });

  test("changes when a member gets there, although the worst one stays", () => {
    const before = [member("models.py", 45), member("engine.py", 20)];
    const living = firedOf(member("engine.py", 20), "open", {
      missed: 2,
      total: 2,
    });
    expect(
      told(
        before,
        [member("models.py", 55), member("engine.py", 20)],
        [living],
      ),
    ).toMatchObject([
      { transition: "change", news: { members: { missed: 1, total: 2 } } },
    ]);
  });

  test("is not resolved while one member is not measured", () => {
    const living = firedOf(member("engine.py", 20), "open", {
      missed: 1,
      total: 2,
    });
    const unmeasured = {
      ...member("models.py", 45),
      verdict: "not_measured",
    } as const;
    expect(
      told(
        [member("engine.py", 20)],
        [member("engine.py", 60), unmeasured],
        [living],
      ),
    ).toMatchObject([
      { transition: "change", news: { target: { subject: "models.py" } } },
    ]);
  });
});

test("a miss without a known distance is still worse than a target that is met", () => {
  const unknown = targetOf({ gap: null, aspect: "branch" });
  const met = { ...metTarget, aspect: "branch" } as const;
  expect(told([], [met, unknown])).toMatchObject([
    {
      key: "gap|.planning/phases/19-coverage-push|coverage|overall|branch|>=50",
      transition: "fire",
    },
  ]);
});

test("incidents of other kinds are left alone", () => {
  const health = incidentOf(KEY, {
    kind: "health",
    problem: "absent",
    path: "coverage.json",
    message: "coverage.json is no longer in the repository.",
    commit: "c0ffee1",
    at: "2026-02-17T09:00:00Z",
  });
  expect(told([], [], [health])).toEqual([]);
});
