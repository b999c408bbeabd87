import { percentCovered, type Counts } from "../coverage/counts.ts";
import { fileChange, type Comparable } from "../coverage/compare.ts";
import type { FileCoverage } from "../coverage/observation.ts";
import type { DocumentAt, PathHistory } from "../facts.ts";
import { SLACK } from "../slack.ts";
import type {
  ContributionResult,
  ContributionVerdict,
  Measured,
  PlanStatus,
} from "../status.ts";
import {
  isOverallSubject,
  measuredBy,
  type ReportEvidence,
} from "./evidence.ts";
import { isAmbiguous } from "./fileNames.ts";
import { expectedOf, type Expected } from "./expectedContributions.ts";
import type { PhaseEvidence } from "./phaseEvidence.ts";
import { othersBetween, workOf, type Work } from "./planWork.ts";
import type { Listed } from "./roadmapEntries.ts";
import { amount, describe, short } from "./wording.ts";

/** Reports before the work that are tried, the newest first: behind an older one lies the work of others. */
const BEFORE_TRIED = 5;

export interface ContributionFacts {
  readonly documents: readonly DocumentAt[];
  readonly roadmap: readonly Listed[];
  readonly plans: readonly PlanStatus[];
  readonly history: PathHistory;
  /** Every summary of the repository: work of other plans, whichever phase they are of. */
  readonly summaries: readonly DocumentAt[];
}

/** What documents expect of the single plans of a phase, each against the reports around the plan's work. */
export function judgeContributions(
  facts: ContributionFacts,
  evidence: PhaseEvidence,
): ContributionResult[] {
  return expectedOf(facts.documents, facts.roadmap, facts.plans).map(
    (expected) => {
      const { text, path, line, value, upper, unit, subject, name } = expected;
      return {
        plan: name,
        subject,
        text,
        path,
        line,
        value,
        upper,
        unit,
        ...judgementOf(expected, facts, evidence),
      };
    },
  );
}

type Judgement = Pick<ContributionResult, "measured" | "verdict" | "why">;

function unmeasured(
  verdict: "not_measured" | "not_comparable",
  why: string,
): Judgement {
  return { verdict, measured: null, why };
}

function judgementOf(
  expected: Expected,
  facts: ContributionFacts,
  evidence: PhaseEvidence,
): Judgement {
  const { of: plan, name, subject } = expected;
  if (plan === null) {
    return unmeasured("not_measured", `The phase has no plan ${name}.`);
  }
  if (plan.summary === null) {
    return unmeasured(
      "not_measured",
      plan.superseded
        ? `Plan ${name} is superseded.`
        : `Plan ${name} has no summary yet.`,
    );
  }
  const work = workOf(plan, plan.summary, facts.history, evidence);
  if (work === null) {
    return unmeasured(
      "not_measured",
      `The history read does not say between which commits the work of plan ${name} lies.`,
    );
  }
  const around = reportsAround(work, subject, evidence);
  return "missing" in around
    ? unmeasured("not_measured", around.missing)
    : between(around, expected, plan, facts, evidence);
}

/** The trusted reports of a subject before some work, the newest first, and the first with or after its end. */
interface Around {
  readonly before: readonly [ReportEvidence, ...ReportEvidence[]];
  readonly after: ReportEvidence;
}

function reportsAround(
  { began, ended }: Work,
  subject: string,
  { reports }: PhaseEvidence,
): Around | { readonly missing: string } {
  const trusted = reports.filter(
    (each) => each.report.trust === "measured" && isOf(each, subject),
  );
  const [last, ...older] = trusted
    .filter(({ version }) => version.introduced.position < began.position)
    .toReversed();
  const after = trusted.find(
    ({ version }) => version.introduced.position >= ended.position,
  );
  if (last && after) return { before: [last, ...older], after };
  const what = isOverallSubject(subject) ? "the whole project" : `“${subject}”`;
  const start = `before its work began (${short(began.sha)})`;
  const end = `with or after its summary (${short(ended.sha)})`;
  const when = last
    ? `${end}; the last one before its work is ${named(last)}`
    : after
      ? `${start}; the first one after it is ${named(after)}`
      : `${start}, and none ${end}`;
  return { missing: `No trusted report of ${what} came ${when}.` };
}

/** Compares with the last report before the work that is comparable at all. */
function between(
  { before, after }: Around,
  expected: Expected,
  plan: PlanStatus,
  facts: ContributionFacts,
  evidence: PhaseEvidence,
): Judgement {
  let why: string | null = null;
  for (const base of before.slice(0, BEFORE_TRIED)) {
    const comparison = evidence.compare(base.report, after.report);
    if (!comparison.comparable) {
      why ??= `${named(base)} and ${named(after)} do not measure the same. ${comparison.why}`;
      continue;
    }
    const others = othersBetween(base, after, plan, facts);
    return others === null
      ? compared(expected, base, after, comparison)
      : unmeasured(
          "not_comparable",
          `Between ${named(base)} and ${named(after)} ${others}: the difference is not of plan ${expected.name} alone.`,
        );
  }
  return unmeasured("not_comparable", why ?? "");
}

function isOf(evidence: ReportEvidence, subject: string): boolean {
  return isOverallSubject(subject)
    ? evidence.overall
    : fileIn(evidence, subject) !== null;
}

function fileIn(
  { fileNamed }: ReportEvidence,
  subject: string,
): FileCoverage | null {
  const file = fileNamed(subject);
  return !file || isAmbiguous(file) ? null : file;
}

/** Two comparable reports with nobody else's work between them. */
function compared(
  expected: Expected,
  base: ReportEvidence,
  after: ReportEvidence,
  comparison: Comparable,
): Judgement {
  const { subject, unit, value, upper } = expected;
  const sides = sidesOf(subject, base, after, comparison);
  const from = sides && numberOf(base, sides.before, sides.files);
  const to = sides && numberOf(after, sides.after, sides.files);
  if (!from || !to) {
    return unmeasured(
      "not_measured",
      `${named(base)} and ${named(after)} count nothing of “${subject}”.`,
    );
  }
  const delta =
    unit === "lines"
      ? sides.after.covered - sides.before.covered
      : to.value - from.value;
  return {
    verdict: verdictOf(expected, delta),
    measured: { before: from, after: to, delta },
    why: `Expected ${amount(value, upper, unit)}; from ${describe(from, "%")} to ${describe(to, "%")} is ${amount(delta, null, unit)}.`,
  };
}

function sidesOf(
  subject: string,
  base: ReportEvidence,
  after: ReportEvidence,
  comparison: Comparable,
): { before: Counts; after: Counts; files: number } | null {
  if (isOverallSubject(subject)) {
    const { base: before, head, shared } = comparison;
    return { before, after: head, files: shared };
  }
  const old = fileIn(base, subject);
  const now = fileIn(after, subject);
  if (!old || !now) return null;
  const change = fileChange(base.report, old, after.report, now);
  return { before: change.before, after: change.after, files: 1 };
}

/** Null where nothing is counted. */
function numberOf(
  evidence: ReportEvidence,
  counts: Counts,
  files: number,
): Measured | null {
  const value = percentCovered(counts);
  const { basis } = evidence.report;
  return value === null
    ? null
    : measuredBy(evidence, { ...counts, value, files, basis });
}

function verdictOf(
  { value, upper, tolerance }: Expected,
  delta: number,
): ContributionVerdict {
  const slack = tolerance + SLACK;
  if (delta < value - slack) return "missed";
  return upper !== null && delta > upper + slack ? "exceeded" : "met";
}

/** `coverage.json at 4cf180b`. */
function named({ version }: ReportEvidence): string {
  return `${version.path} at ${short(version.introduced.sha)}`;
}
