import { percentAgainstFraction } from "../planning/arithmetic/percentOfFraction.ts";
import type { Claim } from "../planning/claim.ts";
import type { ClaimResult, Measured } from "../status.ts";
import {
  estimateBehind,
  isExact,
  ofAnotherScope,
  ofUnnamed,
  TELLING_TOLERANCE,
  whereBothStand,
} from "./claimSources.ts";
import { ambiguityOf } from "./coverageAnswer.ts";
import { isOverallSubject } from "./evidence.ts";
import { judgeFileCount } from "./fileCounts.ts";
import {
  agrees,
  isOwnResult,
  nearest,
  unverifiable,
  type ClaimContext,
  type Judgement,
} from "./judgement.ts";
import type { PhaseEvidence } from "./phaseEvidence.ts";
import { isOfSameWork, isSource, quotesTotal } from "./sameWork.ts";
import { judgeStatus } from "./statusClaims.ts";
import { judgeTestClaim } from "./testClaims.ts";
import { describe, said, short } from "./wording.ts";
import { wasThere, type Witness } from "./witnesses.ts";

/**
 * Judges one claim. A wrong "contradicted" is the worst error this product can make, so it takes a trusted artifact of the
 * same scope, brought in after the work began and not after the document was written, that disagrees beyond the claim's own precision;
 * whatever a measurement at another commit or of another scope explains is told as that.
 */
export function judgeClaim(
  claim: Claim,
  evidence: PhaseEvidence,
  context: ClaimContext,
): ClaimResult {
  return {
    ...claim,
    ...asDisputed(claim, judgement(claim, evidence, context)),
  };
}

/** What its own document denies is told as that, whatever else may be said of it; a measurement that agrees with a present result comes first. */
function asDisputed(
  { disputed, historic }: Claim,
  judged: Judgement,
): Judgement {
  if (!disputed) return judged;
  return judged.verdict === "confirmed" && !historic
    ? { ...judged, why: `${judged.why} ${disputed.why}` }
    : {
        verdict: "self_contradictory",
        measured: judged.measured,
        why: disputed.why,
      };
}

function judgement(
  claim: Claim,
  evidence: PhaseEvidence,
  context: ClaimContext,
): Judgement {
  const { metric, value } = claim;
  switch (metric) {
    case "coverage":
      if (claim.unit === "files") return judgeFileCount(claim, evidence);
      return typeof value === "number" && claim.unit === "%"
        ? judgeCoverage(claim, value, evidence, context)
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
      return judgeTestClaim({ ...claim, metric }, evidence.runs, context);
    case "status":
      return judgeStatus(`${value}`, context);
  }
}

/** A witness, and whether one of its numbers is the claimed one. */
interface Heard extends Witness {
  /** The number that agrees, else the first. */
  readonly measured: Measured;
  readonly agrees: boolean;
}

function hear(claim: Claim, value: number, witness: Witness): Heard {
  const agreeing = witness.numbers.find((measured) =>
    agrees(claim, value, measured.value),
  );
  return {
    ...witness,
    measured: agreeing ?? witness.numbers[0],
    agrees: agreeing !== undefined,
  };
}

function judgeCoverage(
  claim: Claim,
  value: number,
  evidence: PhaseEvidence,
  context: ClaimContext,
): Judgement {
  const heard = evidence
    .witnesses(claim.aspect)(claim.subject)
    .filter((witness) => wasThere(witness, context))
    .map((witness) => hear(claim, value, witness));
  const trusted = heard.filter(({ measured }) => measured.trust === "measured");
  const agreeing = nearest(
    trusted.filter((each) => each.agrees),
    context.written,
  );

  // A line of a report may hold both, though one is not the other: coverage.py counts branches into the percentage.
  const both = whereBothStand(claim, value, evidence.reports);
  if (both) return confirmed(claim, both);
  const arithmetic = percentAgainstFraction(claim);
  if (arithmetic !== null) {
    return {
      verdict: "self_contradictory",
      measured: agreeing?.measured ?? null,
      why: arithmetic,
    };
  }

  const estimate =
    heard.find((each) => each.agrees && each.measured.trust === "estimated")
      ?.measured ??
    (agreeing && onlyRepeats(agreeing)
      ? estimateBehind(claim, agreeing.measured, evidence.reports)
      : null);
  if (agreeing && !(estimate && onlyRepeats(agreeing))) {
    return (
      byChance(claim, value, agreeing, context) ??
      ofOtherRun(claim, agreeing, trusted, context) ??
      judgeAgreeing(claim, agreeing, trusted, context)
    );
  }
  if (estimate) {
    return {
      verdict: "estimated",
      measured: estimate,
      why: `The document says ${said(claim)}; the artifact behind it is an estimate: ${describe(estimate, "%")}.`,
    };
  }
  const ambiguity =
    trusted.length === 0 ? ambiguityOf(claim.subject, evidence) : null;
  return (
    ofAnotherScope(claim, value, evidence.reports, context) ??
    ofUnnamed(claim, value, evidence.reports, context) ??
    (ambiguity === null
      ? judgeDisagreeing(claim, trusted, context)
      : unverifiable(ambiguity))
  );
}

/** A trend file that repeats an estimate does not make a measurement of it. */
function onlyRepeats({ report, measured }: Heard): boolean {
  return report === null && measured.covered === null;
}

function judgeAgreeing(
  claim: Claim,
  agreeing: Heard,
  trusted: readonly Heard[],
  { written }: ClaimContext,
): Judgement {
  const { measured } = agreeing;
  if (claim.historic) {
    return {
      verdict: "confirmed",
      measured,
      why: `The document gives ${said(claim)} as an earlier value, which was measured then: ${describe(measured, "%")}.`,
    };
  }
  const newer = trusted.find(
    (other) =>
      other.position > agreeing.position &&
      other.position <= written.position &&
      !other.agrees &&
      outranks(other, agreeing),
  );
  if (!newer) return confirmed(claim, measured);
  return {
    verdict: "stale",
    measured,
    why: `The document says ${said(claim)}, which was true at ${short(measured.commit)}: ${describe(measured, "%")}. A newer report says ${describe(newer.measured, "%")}.`,
  };
}

/**
 * A report ages every number, save one that it has on another basis: 44 covered lines are 37 % of all lines and 34 % of lines and
 * branches. What a trend file recorded ages only another trend's number.
 */
function outranks(newer: Heard, older: Heard): boolean {
  if (newer.report === null) return older.report === null;
  // A run that did not reach a file says nothing about it.
  if (newer.measured.covered === 0 && newer.measured.files === 1) return false;
  return (
    older.report === null ||
    newer.report.report.basis === older.report.report.basis ||
    newer.measured.covered !== older.measured.covered
  );
}

/**
 * Zero, a hundred, a whole percent and a range agree with something in every large report. Where the work has begun since, only the
 * line count beside it ties such a number to a report from before; null when nothing speaks against it.
 */
function byChance(
  claim: Claim,
  value: number,
  { measured, position, report }: Heard,
  { workBegan, written, plan }: ClaimContext,
): Judgement | null {
  const telling = claim.tolerance <= TELLING_TOLERANCE && isExact(claim, value);
  if (
    telling ||
    claim.historic ||
    plan === null ||
    report === null ||
    workBegan === null ||
    position >= workBegan.position ||
    position === written.position ||
    quotesTotal(measured, claim)
  ) {
    return null;
  }
  return unverifiable(
    `The number ${describe(measured, "%")} was measured before the work began; no report of the work itself measures it.`,
  );
}

/**
 * A document that quotes the totals of one report tells of that report: agreement with a narrower or another run is then not what it
 * says. Null where the document names no report, or its report agrees.
 */
function ofOtherRun(
  claim: Claim,
  agreeing: Heard,
  trusted: readonly Heard[],
  context: ClaimContext,
): Judgement | null {
  if (claim.historic) return null;
  const sources = trusted.filter(
    ({ report, position }) =>
      report !== null &&
      position <= context.written.position &&
      isSource(report, context),
  );
  const [source] = sources;
  if (!source) return null;
  const agreed = sources.find((each) => each.agrees);
  if (agreed) return confirmed(claim, agreed.measured);
  return {
    verdict: "scope_mismatch",
    measured: agreeing.measured,
    why: `The document says ${said(claim)}, which is the number of another run: ${describe(agreeing.measured, "%")}. The report whose totals it quotes says ${describe(source.measured, "%")}.`,
  };
}

/** No trusted measurement agrees. */
function judgeDisagreeing(
  claim: Claim,
  trusted: readonly Heard[],
  context: ClaimContext,
): Judgement {
  const distance = ({ measured }: Heard) =>
    Math.abs(measured.value - Number(claim.value));
  // Of several, the one that is nearest to the claim: to be contradicted by that is to be contradicted by all.
  const [opposing] = trusted
    .filter((heard) => isOfSameWork(heard, heard.measured, claim, context))
    .toSorted((a, b) => distance(a) - distance(b));
  if (opposing && isOwnResult(claim)) {
    return {
      verdict: "contradicted",
      measured: opposing.measured,
      why: `The document says ${said(claim)}; the report of the same work says ${describe(opposing.measured, "%")}.`,
    };
  }
  const [newest] = trusted;
  return unverifiable(
    opposing
      ? `The report of the same work says ${describe(opposing.measured, "%")}; the document gives no result of its own to hold it against.`
      : newest
        ? `No report of this work measures it; the newest measurement was made for other work: ${describe(newest.measured, "%")}.`
        : `No artifact reachable from this commit measures ${subjectName(claim)}.`,
  );
}

function confirmed(claim: Claim, measured: Measured): Judgement {
  return {
    verdict: "confirmed",
    measured,
    why: `The document says ${said(claim)}; measured ${describe(measured, "%")}.`,
  };
}

function subjectName({ subject }: Claim): string {
  if (isOverallSubject(subject)) return "the whole project";
  return subject === "unnamed"
    ? "what the statement speaks of"
    : `“${subject}”`;
}
