import type { Counts } from "../coverage/counts.ts";
import type { Claim } from "../planning/claim.ts";
import type { ClaimResult, Measured } from "../status.ts";
import { judgeTestClaim } from "./testClaims.ts";
import {
  basisCounts,
  fileIn,
  isOverallSubject,
  measuredBy,
  measuredByTrend,
  type Evidence,
  type ReportEvidence,
} from "./evidence.ts";
import {
  selfContradiction,
  unverifiable,
  type ClaimContext,
  type Judgement,
} from "./judgement.ts";
import { speaksOf } from "./scope.ts";
import { describe, said, short } from "./wording.ts";

/**
 * Judges one claim. A wrong "contradicted" is the worst error this product can make, so it takes a trusted artifact of the
 * same scope, brought in after the work began and not after the document was written, that disagrees beyond the claim's own precision;
 * whatever a measurement at another commit or of another scope explains is told as that.
 */
export function judgeClaim(
  claim: Claim,
  evidence: Evidence,
  context: ClaimContext,
): ClaimResult {
  return { ...claim, ...judgement(claim, evidence, context) };
}

function judgement(
  claim: Claim,
  evidence: Evidence,
  context: ClaimContext,
): Judgement {
  switch (claim.metric) {
    case "coverage":
      return typeof claim.value === "number" && claim.unit === "%"
        ? judgeCoverage(claim, claim.value, evidence, context)
        : unverifiable(
            "The statement gives no percentage that a report could answer.",
          );
    case "coverage_delta":
      return unverifiable(
        "A difference needs two comparable measurements; the document names none.",
      );
    case "pass_rate":
    case "tests_total":
    case "tests_passing":
    case "tests_failing":
    case "tests_flaky":
    case "duration":
      return judgeTestClaim(claim, evidence, context);
    case "status":
      return unverifiable(
        `What “${claim.value}” stands for is not measurable by itself; plans, verification and targets are shown beside it.`,
      );
  }
}

/** One measurement that speaks of the claim's subject. */
interface Candidate {
  readonly measured: Measured;
  readonly position: number;
  readonly agrees: boolean;
  readonly report: ReportEvidence | null;
}

function judgeCoverage(
  claim: Claim,
  value: number,
  evidence: Evidence,
  context: ClaimContext,
): Judgement {
  const candidates = candidatesFor(claim, value, evidence, context);
  const trusted = candidates.filter((c) => c.measured.trust === "measured");

  const agreeing = chooseAgreeing(trusted, context);
  const arithmetic = selfContradiction(claim, value);
  if (arithmetic !== null) {
    const both = holdingBoth(claim, value, evidence);
    return both
      ? confirmed(claim, both)
      : {
          verdict: "self_contradictory",
          measured: agreeing?.measured ?? null,
          why: arithmetic,
        };
  }

  const estimate = candidates.find(
    (c) => c.agrees && c.measured.trust === "estimated",
  );
  // A trend file that repeats an estimate does not make a measurement of it.
  const repeated =
    estimate !== undefined &&
    agreeing?.report === null &&
    agreeing.measured.covered === null;
  if (agreeing && !repeated) {
    return judgeAgreeing(claim, agreeing, trusted, context);
  }
  if (estimate) {
    return {
      verdict: "estimated",
      measured: estimate.measured,
      why: `The document says ${said(claim)}; the artifact behind it is an estimate: ${describe(estimate.measured, "%")}.`,
    };
  }

  const elsewhere = otherScope(claim, value, evidence, context);
  if (elsewhere) return elsewhere;

  const opposing = trusted.find((c) => mayContradict(c, claim, context));
  if (opposing && !claim.historic && !claim.estimated && !claim.atLeast) {
    return {
      verdict: "contradicted",
      measured: opposing.measured,
      why: `The document says ${said(claim)}; the report of the same work says ${describe(opposing.measured, "%")}.`,
    };
  }
  const nearest = trusted[0];
  return {
    verdict: "unverifiable",
    measured: null,
    why: nearest
      ? `No report of this work measures it; the newest that does, ${nearest.measured.path} at ${short(nearest.measured.commit)}, ${opposing ? "disagrees, but the document gives no result of its own to hold it against" : "was made for other work"}.`
      : `No artifact reachable from this commit measures ${subjectName(claim)}.`,
  };
}

/** The measurements of a claim's subject, newest first. */
function candidatesFor(
  claim: Claim,
  value: number,
  evidence: Evidence,
  { phase }: ClaimContext,
): Candidate[] {
  const found: Candidate[] = [];
  for (const report of evidence.reports) {
    const part = partFor(report, claim);
    if (!part) continue;
    const primary = part.alternatives[0];
    if (!primary) continue;
    const matching = part.alternatives.find((measured) =>
      agrees(claim, value, measured.value),
    );
    found.push({
      measured: matching ?? primary,
      position: report.version.introduced.position,
      agrees: matching !== undefined,
      report,
    });
  }
  for (const trend of evidence.trends) {
    const number = isOverallSubject(claim.subject)
      ? trend.entry.scope === null
        ? trend.entry.percent
        : null
      : trend.entry.scope?.toLowerCase() === claim.subject.toLowerCase()
        ? trend.entry.percent
        : (trend.entry.files.find((file) => sameFile(file.path, claim.subject))
            ?.percent ?? null);
    if (number === null || trend.entry.trust === "inconsistent") continue;
    // An entry of another phase may agree by chance; it is only asked when it names none or ours.
    if (trend.entry.phase !== null && !speaksOf(trend, phase)) continue;
    found.push({
      measured: measuredByTrend(trend, number, {
        counts: trend.entry.lines,
        basis: trend.entry.lines ? "line" : null,
      }),
      position: trend.version.introduced.position,
      agrees: agrees(claim, value, number),
      report: null,
    });
  }
  return found.toSorted((a, b) => b.position - a.position);
}

/** The claim's subject in a report, in the report's basis first and by lines alone second. */
function partFor(
  report: ReportEvidence,
  claim: Claim,
): { alternatives: Measured[] } | null {
  const whole = isOverallSubject(claim.subject);
  // Trust comes before scope: whoever repeats an estimate repeats an estimate, whatever it is an estimate of.
  if (whole && !report.overall && report.report.trust !== "estimated") {
    return null;
  }
  const file = whole ? null : fileIn(report, claim.subject);
  if (!whole && (file === null || file === "ambiguous")) return null;
  const of = file === null || file === "ambiguous" ? undefined : file;
  const lines: Counts | null = of
    ? { covered: of.covered, total: of.total }
    : (report.report.totals.lines ?? report.report.totals.statements);
  const branches = of ? of.branches : report.report.totals.branches;
  const files = of ? 1 : report.report.files.length;
  const counts =
    claim.aspect === "branch"
      ? [branches]
      : claim.aspect === "line" || claim.aspect === "statement"
        ? [lines]
        : [basisCounts(report.report, of), lines];
  const alternatives = counts.flatMap((c) => {
    const measured = c ? measuredBy(report, c, files) : null;
    return measured ? [measured] : [];
  });
  return { alternatives };
}

/** The agreeing measurement nearest to the document: the newest not after it, else the first after it. */
function chooseAgreeing(
  trusted: readonly Candidate[],
  { written }: ClaimContext,
): Candidate | null {
  const agreeing = trusted.filter((c) => c.agrees);
  return (
    agreeing.find((c) => c.position <= written.position) ??
    agreeing.at(-1) ??
    null
  );
}

function judgeAgreeing(
  claim: Claim,
  agreeing: Candidate,
  trusted: readonly Candidate[],
  { written }: ClaimContext,
): Judgement {
  if (claim.historic) {
    return {
      verdict: "stale",
      measured: agreeing.measured,
      why: `The number ${said(claim)} was measured at another commit: ${describe(agreeing.measured, "%")}.`,
    };
  }
  const newer = trusted.find(
    (c) =>
      c.position > agreeing.position &&
      c.position <= written.position &&
      !c.agrees &&
      outranks(c, agreeing),
  );
  if (!newer) return confirmed(claim, agreeing.measured);
  return {
    verdict: "stale",
    measured: agreeing.measured,
    why: `The document says ${said(claim)}, which was true at ${short(agreeing.measured.commit)}: ${describe(agreeing.measured, "%")}. A newer report says ${describe(newer.measured, "%")}.`,
  };
}

/** A report ages every number; what a trend file recorded ages only another trend's number. */
function outranks(newer: Candidate, older: Candidate): boolean {
  return newer.report !== null || older.report === null;
}

function mayContradict(
  candidate: Candidate,
  claim: Claim,
  { written, workBegan }: ClaimContext,
): boolean {
  if (candidate.report === null || candidate.agrees) return false;
  if (candidate.position > written.position) return false;
  if (workBegan === null || candidate.position <= workBegan.position)
    return false;
  if (
    !isOverallSubject(claim.subject) &&
    !isOfSameRun(candidate, claim, written.position)
  )
    return false;
  const measuredAt = candidate.report.report.measuredAt;
  return measuredAt === null || !clearlyBefore(measuredAt, workBegan.at);
}

/**
 * One file's number depends on which tests were run: a summary often quotes the run of its own new tests, which no report keeps. The report
 * speaks against it only when it came with the document, or when the document quotes the report's own line count.
 */
function isOfSameRun(
  { measured, position }: Candidate,
  { text, fraction }: Claim,
  written: number,
): boolean {
  // A file nobody ran says nothing about the tests that the document speaks of.
  if (measured.covered === 0 || measured.total === null) return false;
  if (position === written) return true;
  const total = String(measured.total);
  return (
    fraction?.d === measured.total ||
    (total.length >= 3 &&
      text
        .replaceAll(/(?<=\d),(?=\d{3})/g, "")
        .match(/\d+/g)
        ?.includes(total) === true)
  );
}

/** coverage.py writes local time without a zone, so half a day either way proves nothing. */
function clearlyBefore(measuredAt: string, moment: string): boolean {
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(measuredAt)
    ? measuredAt
    : `${measuredAt}Z`;
  const at = Date.parse(zoned);
  return Number.isFinite(at) && at + 14 * 3_600_000 < Date.parse(moment);
}

/** A number for the whole project that is really the number of a part. */
function otherScope(
  claim: Claim,
  value: number,
  evidence: Evidence,
  { written }: ClaimContext,
): Judgement | null {
  // Whole percents agree with something in every large report; only a written decimal identifies a source.
  if (
    !isOverallSubject(claim.subject) ||
    claim.tolerance > 0.05 ||
    claim.upper !== null
  ) {
    return null;
  }
  for (const report of evidence.reports.toReversed()) {
    if (report.version.introduced.position > written.position) continue;
    if (report.report.trust !== "measured" || value === 0 || value === 100)
      continue;
    const total = measuredBy(
      report,
      basisCounts(report.report),
      report.report.files.length,
    );
    if (!report.overall && total && agrees(claim, value, total.value)) {
      return mismatch(
        claim,
        total,
        `a report of ${report.report.files.length} file(s)`,
      );
    }
    for (const file of report.report.files) {
      const counts = basisCounts(report.report, file);
      const measured = counts ? measuredBy(report, counts, 1) : null;
      if (measured && agrees(claim, value, measured.value)) {
        return mismatch(claim, measured, `the one file ${file.path}`);
      }
    }
  }
  return null;
}

function mismatch(claim: Claim, measured: Measured, scope: string): Judgement {
  return {
    verdict: "scope_mismatch",
    measured,
    why: `The document says ${said(claim)} for the whole project; that is the number of ${scope}: ${describe(measured, "%")}.`,
  };
}

/**
 * The measurement that holds both the percentage and the fraction: coverage.py's percentage folds branches in, the counts
 * beside it are lines alone, so that 21.59 % (19 / 72) is one true line of a report.
 */
function holdingBoth(
  claim: Claim,
  value: number,
  evidence: Evidence,
): Measured | null {
  const { fraction } = claim;
  if (!fraction) return null;
  const holds = (counts: Counts | null) =>
    counts?.covered === fraction.n && counts.total === fraction.d;
  for (const report of evidence.reports.toReversed()) {
    if (report.report.trust !== "measured") continue;
    const parts = [
      ...(holds(report.report.totals.lines) ? [undefined] : []),
      ...report.report.files.filter(holds),
    ];
    for (const file of parts) {
      const measured = measuredBy(
        report,
        basisCounts(report.report, file),
        file ? 1 : report.report.files.length,
      );
      if (measured && agrees(claim, value, measured.value)) return measured;
    }
  }
  return null;
}

function agrees(claim: Claim, value: number, measured: number): boolean {
  const slack = claim.tolerance + 1e-9;
  if (claim.atLeast) return measured >= value - slack;
  return (
    measured >= value - slack && measured <= (claim.upper ?? value) + slack
  );
}

function confirmed(claim: Claim, measured: Measured): Judgement {
  return {
    verdict: "confirmed",
    measured,
    why: `The document says ${said(claim)}; measured ${describe(measured, "%")}.`,
  };
}

function subjectName(claim: Claim): string {
  if (isOverallSubject(claim.subject)) return "the whole project";
  return claim.subject === "unnamed"
    ? "what the statement speaks of"
    : `“${claim.subject}”`;
}

function sameFile(path: string, subject: string): boolean {
  const name = subject.replace(/[`*]/g, "");
  return (
    path === name || path.endsWith(`/${name}`) || name.endsWith(`/${path}`)
  );
}
