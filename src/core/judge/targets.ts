import {
  formatPercent,
  unitsToReach,
  type Counts,
} from "../coverage/counts.ts";
import type { Facts } from "../facts.ts";
import type { Target } from "../planning/target.ts";
import type { Measured, TargetResult, TargetVerdict } from "../status.ts";
import {
  basisCounts,
  directoryCounts,
  fileIn,
  isOverallSubject,
  measuredBy,
  measuredByTrend,
  type Evidence,
  type ReportEvidence,
  type TrendEvidence,
} from "./evidence.ts";
import { speaksOf, type Answer, type PhaseScope } from "./scope.ts";
import { measureTests } from "./testEvidence.ts";
import { describe, files, short, threshold } from "./wording.ts";

/**
 * Judges one target at the evaluated commit. The measurement is chosen as product.md says: a trusted artifact of the
 * target's scope in the tree; otherwise the newest one reachable, or a trend file's entry when that is newer (ADR 0007). Numbers in documents never answer.
 */
export function judgeTarget(
  target: Target,
  facts: Facts,
  evidence: Evidence,
  phase: PhaseScope,
): TargetResult {
  const answer = measure(target, facts, evidence, phase);
  if (answer.kind !== "measured") {
    return {
      ...target,
      verdict: answer.kind,
      measured: answer.measured,
      gap: null,
      unitsToGo: null,
      why: answer.why,
    };
  }
  const { measured } = answer;
  const outcome = compareWith(target, measured);
  const verdict: TargetVerdict =
    outcome.verdict === "missed" &&
    target.orDocumented &&
    phase.documents.length > 0
      ? "documented"
      : outcome.verdict;
  const side = describe(measured, target.unit);
  const escape =
    verdict === "documented"
      ? ` The target allows a documented gap: ${phase.documents.slice(0, 3).join(", ")}.`
      : "";
  return {
    ...target,
    verdict,
    measured,
    gap: outcome.gap,
    unitsToGo: outcome.unitsToGo,
    why: `Target ${threshold(target)}; measured ${side}.${answer.note ? ` ${answer.note}` : ""}${escape}`,
  };
}

function measure(
  target: Target,
  facts: Facts,
  evidence: Evidence,
  phase: PhaseScope,
): Answer {
  switch (target.metric) {
    case "coverage":
      return measureCoverage(target, facts, evidence, phase);
    case "coverage_delta":
      return {
        kind: "not_comparable",
        measured: null,
        why:
          target.from === null
            ? "The statement names no baseline, so there is nothing to subtract from."
            : `The baseline ${formatPercent(target.from)} is a number in a document; no comparable measurement of it is known, so no difference is formed.`,
      };
    case "pass_rate":
    case "tests_total":
    case "tests_passing":
    case "tests_failing":
    case "tests_flaky":
    case "duration":
      return measureTests(
        { ...target, metric: target.metric },
        evidence,
        phase,
      );
  }
}

/** Finds the coverage measurement that answers a subject. */
export function measureCoverage(
  { subject, aspect }: Pick<Target, "subject" | "aspect">,
  facts: Facts,
  evidence: Evidence,
  phase: PhaseScope,
): Answer {
  const found = evidence.reports
    .toReversed()
    .map((report) => ({ report, part: partOf(report, subject, aspect) }));
  const answers = found.flatMap(({ report, part }) =>
    part.kind === "part"
      ? [{ report, measured: part.measured, files: part.files }]
      : [],
  );
  const current = answers.filter(
    ({ report }) =>
      !predates(report, phase) && report.report.trust === "measured",
  );
  const inTree = current.find(({ report }) => report.version.inTree);
  const reachable = inTree ?? current[0];
  const trend = newestTrend(subject, evidence, phase);

  const trendIsNewer =
    trend !== null &&
    (!reachable ||
      (!inTree &&
        trend.version.introduced.position >
          reachable.report.version.introduced.position));
  if (trend !== null && trendIsNewer) {
    return {
      kind: "measured",
      measured: trend.measured,
      note: reachable
        ? `The last report of it, ${reachable.report.version.path} at ${short(reachable.report.version.introduced.sha)}, is older and no longer in the tree: ${describe(reachable.measured, "%")}.`
        : (trend.entry.trustWhy ?? null) &&
          `${trend.version.path} gives ${trend.entry.trustWhy}.`,
    };
  }
  if (reachable) {
    return {
      kind: "measured",
      measured: reachable.measured,
      note: inTree
        ? null
        : `The report is not in the evaluated tree; it was last there at ${short(reachable.report.version.introduced.sha)}.`,
    };
  }

  const doubtful = answers.find(
    ({ report }) => !predates(report, phase) && report.version.inTree,
  );
  if (doubtful) {
    return {
      kind: "untrusted",
      measured: doubtful.measured,
      why: `Only ${doubtful.report.report.trust} data answers: ${doubtful.report.version.path} says ${describe(doubtful.measured, "%")}. ${doubtful.report.report.trustWhy ?? ""}`.trim(),
    };
  }
  const ambiguous = found.find(({ part }) => part.kind === "ambiguous");
  if (ambiguous) {
    return {
      kind: "not_measured",
      measured: null,
      why: `“${subject}” fits several files of ${ambiguous.report.version.path}. Name it with its directory.`,
    };
  }
  const old = answers[0];
  const narrower = evidence.reports.findLast(
    (report) =>
      isOverallSubject(subject) &&
      !predates(report, phase) &&
      report.version.inTree &&
      !report.overall,
  );
  if (narrower) {
    const counts = basisCounts(narrower.report);
    const measured = measuredBy(narrower, counts, narrower.report.files.length);
    return {
      kind:
        narrower.report.trust === "measured" ? "not_comparable" : "untrusted",
      measured,
      why:
        narrower.report.trust === "measured"
          ? `The target is about the whole project; ${narrower.version.path} measures ${files(narrower.report.files.length)} only${measured ? `: ${describe(measured, "%")}` : ""}.`
          : `Only ${narrower.report.trust} data answers: ${narrower.version.path} says ${measured ? describe(measured, "%") : "nothing"} over ${files(narrower.report.files.length)}. ${narrower.report.trustWhy ?? ""}`.trim(),
    };
  }
  if (old) {
    return {
      kind: "not_measured",
      measured: { ...old.measured, trust: "stale" },
      why: `The newest measurement of it was made before the phase began: ${describe(old.measured, "%")}.`,
    };
  }
  return {
    kind: "not_measured",
    measured: null,
    why: `No coverage report reachable from ${short(facts.commit.sha)} measures ${isOverallSubject(subject) ? "the whole project" : `“${subject}”`}.`,
  };
}

type Part =
  | {
      readonly kind: "part";
      readonly measured: Measured;
      readonly files: number;
    }
  | { readonly kind: "none" }
  | { readonly kind: "ambiguous" };

function partOf(
  evidence: ReportEvidence,
  subject: string,
  aspect: Target["aspect"],
): Part {
  const { report } = evidence;
  if (isOverallSubject(subject)) {
    if (!evidence.overall) return { kind: "none" };
    return measuredPart(
      evidence,
      aspectCounts(evidence, aspect),
      report.files.length,
    );
  }
  const file = fileIn(evidence, subject);
  if (file === "ambiguous") return { kind: "ambiguous" };
  if (file) {
    if (aspect === "function") return { kind: "none" };
    const counts =
      aspect === "branch"
        ? file.branches
        : aspect === null
          ? basisCounts(report, file)
          : { covered: file.covered, total: file.total };
    return measuredPart(evidence, counts, 1);
  }
  const directory = directoryCounts(
    evidence,
    subject.replace(/\s+(?:module|directory|package)s?$/i, ""),
  );
  if (directory && evidence.overall && aspect === null) {
    return measuredPart(evidence, directory.counts, directory.files);
  }
  return { kind: "none" };
}

function measuredPart(
  evidence: ReportEvidence,
  counts: Counts | null,
  fileCount: number,
): Part {
  const measured = counts ? measuredBy(evidence, counts, fileCount) : null;
  return measured
    ? { kind: "part", measured, files: fileCount }
    : { kind: "none" };
}

function aspectCounts(
  { report }: ReportEvidence,
  aspect: Target["aspect"],
): Counts | null {
  switch (aspect) {
    case null:
      return basisCounts(report);
    case "line":
      return report.totals.lines;
    case "statement":
      return report.totals.statements;
    case "branch":
      return report.totals.branches;
    case "function":
      return report.totals.functions;
  }
}

function newestTrend(
  subject: string,
  evidence: Evidence,
  phase: PhaseScope,
): (TrendEvidence & { measured: Measured }) | null {
  for (const trend of evidence.trends.toReversed()) {
    const { entry } = trend;
    if (entry.trust !== "measured" || !speaksOf(trend, phase)) continue;
    if (isOverallSubject(subject)) {
      // An entry for one file or a sub-project is not the whole.
      if (entry.percent === null || entry.scope !== null) continue;
      return {
        ...trend,
        measured: measuredByTrend(trend, entry.percent, {
          counts: entry.lines,
          basis: entry.lines ? "line" : null,
        }),
      };
    }
    const name = subject.replace(/[`*]/g, "");
    const file = entry.files.find(
      (candidate) =>
        candidate.path === name ||
        candidate.path.endsWith(`/${name}`) ||
        name.endsWith(`/${candidate.path}`),
    );
    if (file)
      return {
        ...trend,
        measured: measuredByTrend(trend, file.percent, {
          counts: null,
          basis: null,
        }),
      };
  }
  return null;
}

function predates({ version }: ReportEvidence, phase: PhaseScope): boolean {
  return phase.start !== null && version.introduced.position < phase.start;
}

function compareWith(
  target: Target,
  measured: Measured,
): { verdict: TargetVerdict; gap: number | null; unitsToGo: number | null } {
  const tolerance = target.tolerance ?? 0;
  const lower = target.value - (isAtLeast(target) ? tolerance : 0);
  const { value } = measured;
  if (isAtLeast(target)) {
    const counts =
      target.unit === "%" &&
      measured.covered !== null &&
      measured.total !== null
        ? { covered: measured.covered, total: measured.total }
        : null;
    // Whole counts decide where there are any: a float may miss a target that was met exactly.
    const toGo = counts ? unitsToReach(lower, counts) : null;
    const reached =
      toGo !== null
        ? target.op === ">"
          ? (counts?.covered ?? 0) * 100 > lower * (counts?.total ?? 0)
          : toGo === 0
        : target.op === ">"
          ? value > lower
          : value >= lower;
    if (!reached) {
      return {
        verdict: "missed",
        gap: Math.max(0, target.value - value),
        unitsToGo:
          toGo === null
            ? target.unit === "tests"
              ? Math.ceil(target.value - value)
              : null
            : Math.max(toGo, target.op === ">" ? 1 : 0),
      };
    }
    const above =
      target.op === "range" &&
      target.upper !== null &&
      value > target.upper + tolerance;
    return { verdict: above ? "above_range" : "met", gap: 0, unitsToGo: 0 };
  }
  const met =
    target.op === "=="
      ? Math.abs(value - target.value) <= tolerance
      : target.op === "<"
        ? value < target.value + tolerance
        : value <= target.value + tolerance;
  return {
    verdict: met ? "met" : "missed",
    gap: met ? 0 : Math.abs(value - target.value),
    unitsToGo:
      met || target.unit !== "tests"
        ? met
          ? 0
          : null
        : Math.abs(value - target.value),
  };
}

function isAtLeast({ op }: Target): boolean {
  return op === ">=" || op === ">" || op === "range";
}
