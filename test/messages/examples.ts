import type { Incident } from "../../src/core/news.ts";
import type {
  ClaimResult,
  ContributionResult,
  Measured,
  PhaseStatus,
  RepositoryStatus,
  RequirementStatus,
  TargetResult,
} from "../../src/core/status.ts";
import type { RenderContext } from "../../src/messages/message.ts";

/** A team's repository in the middle of a coverage push, as phasewatch sees it. */

export const COMMIT = "4cf180b89aa01fd27a7ce4d44a2b8c1d4c2f9e10";
export const EARLIER = "182d3b35b0c4de8f6a8e2e7e5d1f0a9b8c7d6e5f";
export const AT = "2026-02-17T20:51:00Z";
export const NOW = "2026-02-17T20:54:30Z";

const DIRECTORY = ".planning/phases/19-coverage-push-and-bug-fixes";

export const context: RenderContext = {
  repository: "acme/shop",
  link: (commit, path, line) =>
    path === undefined
      ? `https://github.com/acme/shop/commit/${commit}`
      : `https://github.com/acme/shop/blob/${commit}/${path}${line === undefined ? "" : `#L${line}`}`,
};

export function measured(changes: Partial<Measured> = {}): Measured {
  return {
    value: (830 / 3776) * 100,
    covered: 830,
    total: 3776,
    files: 12,
    basis: "statement",
    trust: "measured",
    path: "backend/coverage.json",
    commit: COMMIT,
    at: AT,
    ...changes,
  };
}

export function target(changes: Partial<TargetResult> = {}): TargetResult {
  return {
    metric: "coverage",
    subject: "overall",
    each: false,
    aspect: null,
    op: "range",
    value: 25,
    upper: 27,
    unit: "%",
    from: null,
    tolerance: null,
    orDocumented: false,
    text: "Overall coverage reaches 25-27%",
    path: `${DIRECTORY}/19-09-PLAN.md`,
    line: 33,
    verdict: "missed",
    measured: measured(),
    gap: 3.018,
    unitsToGo: 114,
    why: "Target 25–27 %; measured 22.0 % (830 / 3,776 statements, 12 files, backend/coverage.json at 4cf180b).",
    ...changes,
  };
}

export function claim(changes: Partial<ClaimResult> = {}): ClaimResult {
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
    text: "100% pass rate, all gaps closed",
    path: `${DIRECTORY}/19-09-SUMMARY.md`,
    line: 12,
    verdict: "contradicted",
    measured: passRate,
    why: "The document says 100 %; the run of the same work says 69.5 % (91 / 131 tests, backend/test.log at 4cf180b).",
    ...changes,
  };
}

const passRate = measured({
  value: (91 / 131) * 100,
  covered: 91,
  total: 131,
  files: null,
  basis: null,
  path: "backend/test.log",
});

/** A requirement that a measured target answers. */
export function requirement(
  changes: Partial<RequirementStatus> = {},
): RequirementStatus {
  return {
    id: "TQ-02",
    text: "98%+ pass rate",
    path: ".planning/REQUIREMENTS.md",
    line: 12,
    plans: ["19-04", "19-09"],
    says: [
      {
        path: ".planning/REQUIREMENTS.md",
        line: 60,
        says: "Complete",
        at: AT,
      },
    ],
    verdict: "missed",
    target: target({ metric: "pass_rate", value: 98, measured: passRate }),
    why: "Target ≥ 98 %; measured 69.5 % (91 / 131 tests, backend/test.log at 4cf180b).",
    ...changes,
  };
}

/** Two to three points were expected of a plan; half a point came. */
export function contribution(
  changes: Partial<ContributionResult> = {},
): ContributionResult {
  return {
    plan: "19-09",
    subject: "overall",
    text: "Plan 09 (workflow engine): +2-3% coverage",
    path: `${DIRECTORY}/19-09-PLAN.md`,
    line: 80,
    value: 2,
    upper: 3,
    unit: "pp",
    measured: {
      before: measured({ value: 21.5, covered: 811, commit: EARLIER }),
      after: measured(),
      delta: 0.5,
    },
    verdict: "missed",
    why: "Expected +2–3 points; from 21.5 % (811 / 3,776 statements, 12 files, backend/coverage.json at 182d3b3) to 22.0 % (830 / 3,776 statements, 12 files, backend/coverage.json at 4cf180b) is +0.5 points.",
    ...changes,
  };
}

export function phase(changes: Partial<PhaseStatus> = {}): PhaseStatus {
  return {
    phase: {
      key: "19",
      slug: "coverage-push-and-bug-fixes",
      name: "Coverage push and bug fixes",
      directory: DIRECTORY,
      root: ".planning",
      presence: "present",
      lastSeen: COMMIT,
    },
    commit: COMMIT,
    at: AT,
    headline: "gaps_found",
    plans: Array.from({ length: 9 }, (_, index) => ({
      id: `19-0${index + 1}`,
      path: `${DIRECTORY}/19-0${index + 1}-PLAN.md`,
      wave: 1,
      summary: `${DIRECTORY}/19-0${index + 1}-SUMMARY.md`,
      gapClosure: index > 6,
      superseded: false,
    })),
    verification: {
      path: `${DIRECTORY}/19-VERIFICATION.md`,
      status: "gaps_found",
      rawStatus: "gaps_found",
      score: { verified: 3, total: 5 },
      stale: true,
      newerSummaries: [
        `${DIRECTORY}/19-08-SUMMARY.md`,
        `${DIRECTORY}/19-09-SUMMARY.md`,
      ],
    },
    completeness: [
      {
        definition: "roadmap",
        says: "complete",
        complete: true,
        why: "9 summaries by name for 9 plans.",
      },
      {
        definition: "progress",
        says: "Executed",
        complete: false,
        why: "9 summaries by name for 9 plans; 19-VERIFICATION.md says “gaps_found”.",
      },
      {
        definition: "verification",
        says: "gaps_found",
        complete: false,
        why: "19-VERIFICATION.md says so.",
      },
      {
        definition: "phase_complete",
        says: "executed",
        complete: false,
        why: "9 of 9 plans have their own summary; the verification is gaps_found.",
      },
      {
        definition: "documents",
        says: "both",
        complete: null,
        why: "Complete: ROADMAP.md:41. Not complete: STATE.md:7.",
      },
    ],
    statements: [
      {
        path: ".planning/ROADMAP.md",
        line: 41,
        says: "complete",
        at: "2026-02-17T20:51:00Z",
      },
      {
        path: ".planning/STATE.md",
        line: 7,
        says: "in progress",
        at: "2026-02-16T09:00:00Z",
      },
    ],
    targets: [
      target(),
      target({
        subject: "workflow_engine.py",
        op: ">=",
        value: 50,
        upper: null,
        text: "workflow_engine.py at 50%+",
        line: 34,
        verdict: "met",
        measured: measured({
          value: (640 / 1163) * 100,
          covered: 640,
          total: 1163,
          files: 1,
        }),
        gap: -5.03,
        unitsToGo: 0,
        why: "Target ≥ 50 %; measured 55.0 %.",
      }),
      target({
        metric: "pass_rate",
        op: ">=",
        value: 98,
        upper: null,
        text: "Pass rate of 98% or better",
        line: 35,
        measured: passRate,
        gap: 28.53,
        unitsToGo: 38,
        why: "Target ≥ 98 %; measured 69.5 %.",
      }),
      target({
        metric: "tests_flaky",
        op: "==",
        value: 0,
        upper: null,
        unit: "tests",
        text: "No flaky tests",
        line: 36,
        verdict: "not_measured",
        measured: null,
        gap: null,
        unitsToGo: null,
        why: "No test results in the repository say how many tests are flaky.",
      }),
    ],
    claims: [
      claim(),
      claim({
        metric: "coverage",
        value: 22,
        text: "coverage.json: 22.0%",
        line: 20,
        verdict: "confirmed",
        measured: measured(),
        why: "The document says 22 %; measured 22.0 % (830 / 3,776 statements, 12 files, backend/coverage.json at 4cf180b).",
      }),
      claim({
        metric: "status",
        subject: "phase 19",
        value: "complete",
        unit: null,
        text: "Status: complete",
        line: 3,
        verdict: "unverifiable",
        measured: null,
        why: "No measurement says whether a phase is complete.",
      }),
    ],
    mustHaves: {
      artifacts: [
        {
          path: "backend/tests/test_workflow.py",
          check: "exists",
          verdict: "met",
          why: "The file is in the tree.",
        },
        {
          path: "backend/tests/test_agents.py",
          check: "exists",
          verdict: "missed",
          why: "The tree has no such file.",
        },
      ],
      keyLinks: [
        {
          from: "backend/tests/test_workflow.py",
          to: "backend/core/workflow_engine.py",
          verdict: "met",
          why: "It names it.",
        },
      ],
    },
    promisedDocuments: [
      {
        path: "docs/AGENT_GUIDE.md",
        promisedBy: ".planning/phases/19-coverage-push/19-02-PLAN.md",
        line: 31,
        verdict: "missing",
        why: "Plan 19-02 has its summary; the tree has no such file.",
      },
      {
        path: ".planning/phases/19-coverage-push/19-GAP-REPORT.md",
        promisedBy: ".planning/phases/19-coverage-push/19-02-PLAN.md",
        line: 88,
        verdict: "unfinished",
        why: "“[MEASURED]%” on line 14 is not filled in.",
      },
      {
        path: ".planning/phases/19-coverage-push/19-02-SUMMARY.md",
        promisedBy: ".planning/phases/19-coverage-push/19-02-PLAN.md",
        line: 86,
        verdict: "delivered",
        why: "The tree has it.",
      },
    ],
    requirements: [
      requirement(),
      requirement({
        id: "COVR-11-01",
        text: "Systematic coverage expansion",
        path: `${DIRECTORY}/19-VERIFICATION.md`,
        line: 41,
        plans: [],
        verdict: "partial",
        target: null,
        why: "19-VERIFICATION.md:41 says “PARTIAL”.",
      }),
      requirement({
        id: "COVR-11-03",
        text: "",
        plans: [],
        verdict: "satisfied",
        target: null,
        why: "19-VERIFICATION.md:43 says “SATISFIED”; nothing measures it.",
      }),
    ],
    contributions: [
      contribution(),
      contribution({
        plan: "19-06",
        line: 81,
        measured: null,
        verdict: "not_comparable",
        why: "Between coverage.json at 1a24a9d and coverage.json at cf436ec other work was summarised too (19-05-SUMMARY.md): the difference is not of plan 19-06 alone.",
      }),
      contribution({
        plan: "19-07",
        line: 82,
        measured: null,
        verdict: "not_measured",
        why: "Plan 19-07 has no summary yet.",
      }),
    ],
    gaps: [
      {
        truth: "All agent tests pass",
        status: "failed",
        reason: "29 of 131 tests fail in test_agents.py",
        missing: [
          "Fix the fixtures of test_agents.py",
          "Run the suite three times",
        ],
        path: `${DIRECTORY}/19-VERIFICATION.md`,
        line: 9,
        open: true,
      },
    ],
    conflicts: [
      ".planning/ROADMAP.md:41 says “complete”; 19-VERIFICATION.md says “gaps_found”, 3 of 5, older than 2 summaries.",
    ],
    findings: [
      {
        kind: "front_matter",
        path: `${DIRECTORY}/19-04-PLAN.md`,
        line: 9,
        message:
          "The front matter is no YAML at line 9: quote the value that holds a colon.",
      },
    ],
    ...changes,
  };
}

export function named(
  key: string,
  name: string,
  changes: Partial<PhaseStatus> = {},
): PhaseStatus {
  const slug = name.toLowerCase().replaceAll(" ", "-");
  return phase({
    phase: {
      key,
      slug,
      name,
      directory: `.planning/phases/${key}-${slug}`,
      root: ".planning",
      presence: "present",
      lastSeen: COMMIT,
    },
    headline: "complete",
    plans: [
      {
        id: `${key}-01`,
        path: `.planning/phases/${key}-${slug}/${key}-01-PLAN.md`,
        wave: null,
        summary: `.planning/phases/${key}-${slug}/${key}-01-SUMMARY.md`,
        gapClosure: false,
        superseded: false,
      },
    ],
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
    ...changes,
  });
}

export function repository(
  changes: Partial<RepositoryStatus> = {},
): RepositoryStatus {
  return {
    repository: "acme/shop",
    commit: COMMIT,
    at: AT,
    phases: [
      named("3", "Memory integration"),
      named("12", "Tier one tests", { headline: "executed" }),
      named("19.1", "Flaky test hunt", { headline: "planned" }),
      phase(),
    ],
    claims: [],
    artifacts: [
      {
        path: "backend/coverage.json",
        blob: "b1",
        kind: "coverage",
        format: "coverage.py",
        basis: "statement",
        trust: "measured",
        covered: 830,
        total: 3776,
        files: 12,
        commit: COMMIT,
        at: AT,
      },
      {
        path: "backend/test.log",
        blob: "b2",
        kind: "results",
        format: "pytest-log",
        basis: null,
        trust: "measured",
        covered: null,
        total: null,
        files: null,
        commit: COMMIT,
        at: AT,
      },
    ],
    findings: [],
    ...changes,
  };
}

export function incident(
  news: Incident["news"],
  changes: Partial<Incident> = {},
): Incident {
  return {
    id: "k3f9pqr",
    key: `${news.kind}|example`,
    state: "open",
    news,
    openedAt: "2026-02-17T20:53:00Z",
    openedCommit: EARLIER,
    changedAt: "2026-02-17T20:53:00Z",
    resolvedAt: null,
    ...changes,
  };
}
