import * as fc from "fast-check";
import type { Announcement, Incident, News } from "../../src/core/news.ts";
import type {
  ClaimResult,
  ContributionResult,
  Headline,
  Measured,
  PhaseStatus,
  RepositoryStatus,
  RequirementStatus,
  TargetResult,
} from "../../src/core/status.ts";
import { digestOf } from "../../src/core/decide/phases.ts";

/** What documents, file names and reports may hold when somebody means harm, or a tool does not care. */
export const HOSTILE = [
  "<!channel>",
  "<!here|here>",
  "<@U0123ABCD>",
  "<#C0123ABCD|general>",
  "<!subteam^S123>",
  "<https://evil.example|Open report>",
  "&lt;!channel&gt;",
  "*bold* _it_ ~no~ `code` ```block```",
  ":100: :tada:",
  "> quoted",
  "\u202Egnp.exe\u202C and \u2066isolated\u2069",
  "\u0000\u0007\u001B[31mred\u001B[0m\u200B\uFEFF",
  "line one\nline two\r\n*line three*",
  "|`|`|",
  "\uD800 lone",
  "",
  "   ",
  "&".repeat(10_000),
  "<!channel> ".repeat(900),
  "words without end ".repeat(600),
  "\u{1F600}".repeat(2_500),
] as const;

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 80 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("backend/core/a.py", "overall", "19"),
  },
);
const time = fc.oneof(
  fc.constantFrom("2026-02-17T20:51:00Z", "2026-02-18T09:00:00.000Z"),
  text,
);
const commit = fc.oneof(fc.constantFrom("4cf180b89aa01fd27a7c"), text);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 100, 12.67, 99.99, 1e-9),
);
const count = fc.nat(1e9);
const line = fc.option(fc.integer({ min: 1, max: 1e6 }));
const few = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.array(arbitrary, { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: arbitrary.map((one) => Array.from({ length: 300 }, () => one)),
    },
  );

const measured: fc.Arbitrary<Measured> = fc.record({
  value: number,
  covered: fc.option(count),
  total: fc.option(count),
  files: fc.option(count),
  basis: fc.option(
    fc.oneof(
      fc.constantFrom("line", "statement", "branch", "line+branch", "region"),
      text,
    ),
  ),
  trust: fc.constantFrom("measured", "inconsistent", "estimated", "stale"),
  path: text,
  commit,
  at: time,
});

export const target: fc.Arbitrary<TargetResult> = fc.record({
  metric: fc.constantFrom(
    "coverage",
    "coverage_delta",
    "pass_rate",
    "tests_total",
    "tests_passing",
    "tests_failing",
    "tests_flaky",
    "duration",
  ),
  subject: text,
  each: fc.boolean(),
  aspect: fc.constantFrom("line", "branch", "statement", "function", null),
  op: fc.constantFrom(">=", ">", "<=", "<", "==", "range"),
  value: number,
  upper: fc.option(number),
  unit: fc.constantFrom("%", "pp", "tests", "s"),
  from: fc.option(number),
  tolerance: fc.option(number),
  orDocumented: fc.boolean(),
  text,
  path: fc.option(text),
  line,
  verdict: fc.constantFrom(
    "met",
    "missed",
    "above_range",
    "not_measured",
    "not_comparable",
    "untrusted",
    "documented",
    "not_checkable",
  ),
  measured: fc.option(measured),
  gap: fc.option(number),
  unitsToGo: fc.option(count),
  why: text,
});

const claim: fc.Arbitrary<ClaimResult> = fc.record({
  metric: fc.constantFrom("coverage", "pass_rate", "tests_total", "status"),
  subject: text,
  value: fc.oneof(number, text),
  upper: fc.option(number),
  unit: fc.constantFrom("%", "pp", "tests", "s", "files", null),
  fraction: fc.option(fc.record({ n: count, d: count })),
  tolerance: number,
  atLeast: fc.boolean(),
  estimated: fc.boolean(),
  historic: fc.boolean(),
  aspect: fc.constantFrom("line", "branch", null),
  text,
  path: text,
  line: fc.integer({ min: 1 }),
  verdict: fc.constantFrom(
    "confirmed",
    "contradicted",
    "stale",
    "scope_mismatch",
    "estimated",
    "self_contradictory",
    "unverifiable",
  ),
  measured: fc.option(measured),
  why: text,
});

const requirement: fc.Arbitrary<RequirementStatus> = fc.record({
  id: text,
  text,
  path: text,
  line: fc.integer({ min: 1 }),
  plans: few(text),
  says: few(
    fc.record({
      path: text,
      line: fc.integer({ min: 1 }),
      says: text,
      at: time,
    }),
  ),
  verdict: fc.constantFrom(
    "met",
    "missed",
    "above_range",
    "not_measured",
    "not_comparable",
    "untrusted",
    "documented",
    "not_checkable",
    "satisfied",
    "partial",
    "unsatisfied",
    "orphaned",
    "unknown",
  ),
  target: fc.option(target),
  why: text,
});

const contribution: fc.Arbitrary<ContributionResult> = fc.record({
  plan: text,
  subject: fc.oneof(fc.constant("overall"), text),
  text,
  path: text,
  line: fc.integer({ min: 1 }),
  value: number,
  upper: fc.option(number),
  unit: fc.constantFrom("pp", "lines"),
  measured: fc.option(
    fc.record({ before: measured, after: measured, delta: number }),
  ),
  verdict: fc.constantFrom(
    "met",
    "missed",
    "exceeded",
    "not_comparable",
    "not_measured",
  ),
  why: text,
});

const headline = fc.constantFrom<Headline>(
  "planned",
  "in_progress",
  "executed",
  "complete",
  "gaps_found",
  "human_needed",
  "superseded",
  "unknown",
);

const finding = fc.record({
  kind: fc.constantFrom("unreadable" as const, "structure" as const),
  path: text,
  line,
  message: text,
});

const phase: fc.Arbitrary<PhaseStatus> = fc.record({
  phase: fc.record({
    key: fc.oneof(fc.constantFrom("19", "3", "12A"), text),
    slug: text,
    name: text,
    directory: text,
    root: text,
    presence: fc.constantFrom("present" as const, "removed" as const),
    lastSeen: commit,
  }),
  commit,
  at: time,
  headline,
  plans: few(
    fc.record({
      id: text,
      path: text,
      wave: fc.option(fc.integer()),
      summary: fc.option(text),
      gapClosure: fc.boolean(),
      superseded: fc.boolean(),
    }),
  ),
  verification: fc.option(
    fc.record({
      path: text,
      status: fc.constantFrom("passed" as const, "unknown" as const),
      rawStatus: text,
      score: fc.option(fc.record({ verified: count, total: count })),
      stale: fc.boolean(),
      newerSummaries: few(text),
    }),
  ),
  completeness: few(
    fc.record({
      definition: fc.constantFrom("roadmap" as const, "documents" as const),
      says: text,
      complete: fc.option(fc.boolean()),
      why: text,
    }),
  ),
  statements: few(
    fc.record({
      path: text,
      line: fc.integer({ min: 1 }),
      says: text,
      at: time,
    }),
  ),
  targets: few(target),
  claims: few(claim),
  mustHaves: fc.record({
    artifacts: few(
      fc.record({
        path: text,
        check: text,
        verdict: fc.constantFrom(
          "met" as const,
          "missed" as const,
          "not_checkable" as const,
        ),
        why: text,
      }),
    ),
    keyLinks: few(
      fc.record({
        from: text,
        to: text,
        verdict: fc.constantFrom("met" as const, "pending" as const),
        why: text,
      }),
    ),
  }),
  promisedDocuments: few(
    fc.record({
      path: text,
      promisedBy: text,
      line: fc.integer({ min: 1 }),
      verdict: fc.constantFrom(
        "delivered" as const,
        "unfinished" as const,
        "missing" as const,
        "pending" as const,
        "not_checkable" as const,
      ),
      why: text,
    }),
  ),
  requirements: few(requirement),
  contributions: few(contribution),
  gaps: few(
    fc.record({
      truth: text,
      status: text,
      reason: fc.option(text),
      missing: few(text),
      path: text,
      line: fc.integer({ min: 1 }),
      open: fc.boolean(),
    }),
  ),
  conflicts: few(text),
  findings: few(finding),
});

export const status: fc.Arbitrary<RepositoryStatus> = fc.record({
  repository: text,
  commit,
  at: time,
  phases: fc.array(phase, { maxLength: 3 }),
  claims: few(claim),
  artifacts: few(
    fc.record({
      path: text,
      blob: text,
      kind: fc.constantFrom("coverage", "trend", "results", "none"),
      format: fc.option(text),
      basis: fc.option(text),
      trust: fc.constantFrom("measured", "estimated", null),
      covered: fc.option(count),
      total: fc.option(count),
      files: fc.option(count),
      commit,
      at: time,
    }),
  ),
  findings: few(finding),
});

const phaseName = fc.record({ key: text, name: text });
const counts = fc.record({ covered: count, total: count });
const digest = phase.map(digestOf);

export const news: fc.Arbitrary<News> = fc.oneof(
  fc.record({
    kind: fc.constant("phase" as const),
    phase: digest,
    before: fc.option(digest),
  }),
  fc.record({
    kind: fc.constant("gap" as const),
    phase: phaseName,
    target,
    fired: target,
    members: fc.option(fc.record({ missed: count, total: count })),
    commit,
    at: time,
  }),
  fc.record({
    kind: fc.constant("contradiction" as const),
    phase: phaseName,
    claim,
    others: fc.nat(40),
    resolvedBy: fc.option(text),
    commit,
    at: time,
  }),
  fc.record({
    kind: fc.constant("regression" as const),
    severity: fc.constantFrom("warning" as const, "critical" as const),
    subject: text,
    path: text,
    base: measured,
    head: measured,
    delta: number,
    newlyUncovered: count,
    files: few(fc.record({ path: text, before: counts, after: counts })),
    firedAt: measured,
    commit,
    at: time,
  }),
  fc.record({
    kind: fc.constant("health" as const),
    problem: fc.constantFrom(
      "absent" as const,
      "unreadable" as const,
      "scope_changed" as const,
      "unreachable" as const,
    ),
    path: text,
    message: text,
    commit,
    at: time,
  }),
);

export const incident: fc.Arbitrary<Incident> = fc.record({
  id: text,
  key: text,
  state: fc.constantFrom("open", "resolved", "note"),
  news,
  openedAt: time,
  openedCommit: commit,
  changedAt: time,
  resolvedAt: fc.option(time),
});

export const announcement: fc.Arbitrary<Announcement> = fc.record({
  key: text,
  transition: fc.constantFrom("fire", "change", "resolve", "note"),
  news,
});

export const anyText = text;
