import { describe, expect, test } from "vitest";
import {
  decide,
  type Current,
  type Memory,
} from "../../../src/core/decide/decide.ts";
import type { PhaseStatus } from "../../../src/core/status.ts";
import { reportOf } from "../../support/reports.ts";
import {
  claimOf,
  phaseOf,
  repositoryOf,
  targetOf,
} from "../../support/statuses.ts";

const NOW = "2026-02-18T09:05:00Z";

function commitOf(phase: PhaseStatus, covered: number, blob: string): Current {
  return {
    status: repositoryOf([phase], {
      artifacts: [
        {
          path: "coverage.json",
          blob,
          kind: "coverage",
          format: "coverage.py",
          basis: "line",
          trust: "measured",
          covered,
          total: 1000,
          files: 1,
          commit: blob,
          at: "2026-02-18T08:00:00Z",
        },
      ],
    }),
    reports: new Map([
      ["coverage.json", reportOf([["core/models.py", covered, 1000]])],
    ]),
    existsInTree: () => false,
  };
}

const before = commitOf(phaseOf({ done: 1 }), 800, "b1");
const after = commitOf(
  phaseOf({ targets: [targetOf()], claims: [claimOf()] }),
  700,
  "b2",
);
const unseen: Memory = { status: null, incidents: [], series: new Map() };

describe("deciding what is news", () => {
  test("the first sight of a repository is silent and sets the baselines", () => {
    const decision = decide(unseen, after, NOW);
    expect(decision.announcements).toEqual([]);
    expect([...decision.series.keys()]).toEqual(["coverage.json"]);
  });

  test("a commit is told by what it changed: the phase, its gaps, its claims, the measurement", () => {
    const { series } = decide(unseen, before, NOW);
    const memory = { status: before.status, incidents: [], series };
    expect(
      decide(memory, after, NOW).announcements.map(({ transition, news }) => [
        transition,
        news.kind,
      ]),
    ).toEqual([
      ["fire", "phase"],
      ["fire", "gap"],
      ["fire", "contradiction"],
      ["fire", "regression"],
    ]);
  });

  test("the same state again is no news", () => {
    const { series } = decide(unseen, after, NOW);
    const memory = { status: after.status, incidents: [], series };
    expect(decide(memory, after, NOW)).toEqual({ announcements: [], series });
  });
});
