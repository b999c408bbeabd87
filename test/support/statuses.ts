import type { Incident, News } from "../../src/core/news.ts";
import type {
  ClaimResult,
  Measured,
  PhaseStatus,
  RepositoryStatus,
  TargetResult,
} from "../../src/core/status.ts";

/** Statuses as judging makes them, small: a test says what matters to it and leaves the rest. */

export function repositoryOf(
  phases: readonly PhaseStatus[],
  overrides: Partial<RepositoryStatus> = {},
): RepositoryStatus {
  return {
    repository: "acme/shop",
    commit: "c0ffee2",
    at: "2026-02-18T09:00:00Z",
    phases,
    claims: [],
    artifacts: [],
    findings: [],
    ...overrides,
  };
}

/** Phase 19 with two plans, both done, unless `plans` says how many are. */
export function phaseOf({
  directory = ".planning/phases/19-coverage-push",
  done = 2,
  ...overrides
}: Partial<Omit<PhaseStatus, "plans">> & {
  directory?: string;
  done?: number;
} = {}): PhaseStatus {
  return {
    phase: {
      key: "19",
      slug: "coverage-push",
      name: "Coverage push",
      directory,
      root: ".planning",
      presence: "present",
      lastSeen: "c0ffee2",
    },
    commit: "c0ffee2",
    at: "2026-02-18T09:00:00Z",
    headline: done === 2 ? "executed" : "in_progress",
    plans: [1, 2].map((number) => ({
      id: `19-0${number}`,
      path: `${directory}/19-0${number}-PLAN.md`,
      wave: 1,
      summary: number <= done ? `${directory}/19-0${number}-SUMMARY.md` : null,
      gapClosure: false,
      superseded: false,
    })),
    verification: null,
    completeness: [],
    statements: [],
    targets: [],
    claims: [],
    mustHaves: { artifacts: [], keyLinks: [] },
    promisedDocuments: [],
    requirements: [],
    contributions: [],
    gaps: [],
    conflicts: [],
    findings: [],
    ...overrides,
  };
}

export function measuredOf(value: number): Measured {
  return {
    value,
    covered: value * 10,
    total: 1000,
    files: 4,
    basis: "line",
    trust: "measured",
    path: "coverage.json",
    commit: "c0ffee1",
    at: "2026-02-18T08:00:00Z",
  };
}

/** Overall coverage of at least 50 %, missed by 10 points. */
export function targetOf(overrides: Partial<TargetResult> = {}): TargetResult {
  return {
    metric: "coverage",
    subject: "overall",
    each: false,
    aspect: null,
    op: ">=",
    value: 50,
    upper: null,
    unit: "%",
    from: null,
    tolerance: null,
    orDocumented: false,
    text: "Overall coverage reaches 50 %",
    path: ".planning/phases/19-coverage-push/19-01-PLAN.md",
    line: 12,
    verdict: "missed",
    measured: measuredOf(40),
    gap: 10,
    unitsToGo: 100,
    why: "40.0 % is 10 points short.",
    ...overrides,
  };
}

export const metTarget = targetOf({
  verdict: "met",
  measured: measuredOf(51),
  gap: -1,
  unitsToGo: 0,
  why: "51.0 % is enough.",
});

/** "All 130 tests pass", against 91 that do. */
export function claimOf(overrides: Partial<ClaimResult> = {}): ClaimResult {
  return {
    metric: "pass_rate",
    subject: "overall",
    value: 100,
    upper: null,
    unit: "%",
    fraction: null,
    tolerance: 0.5,
    atLeast: false,
    estimated: false,
    historic: false,
    aspect: null,
    text: "Pass rate: 100 %",
    path: ".planning/phases/19-coverage-push/19-02-SUMMARY.md",
    line: 40,
    verdict: "contradicted",
    measured: measuredOf(70),
    why: "The report says 100 %, the artifact 70.0 %.",
    blob: "5a11ad",
    ...overrides,
  };
}

export function incidentOf(
  key: string,
  news: News,
  state: Incident["state"] = "open",
): Incident {
  return {
    id: "k3f9",
    key,
    state,
    news,
    openedAt: "2026-02-17T09:00:00Z",
    openedCommit: "c0ffee1",
    changedAt: "2026-02-17T09:00:00Z",
    resolvedAt: state === "resolved" ? "2026-02-17T10:00:00Z" : null,
  };
}
