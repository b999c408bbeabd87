import type { DocumentAt, Moment, PathHistory } from "../facts.ts";
import type { ClaimResult, PlanStatus } from "../status.ts";
import { judgeClaim } from "./claims.ts";
import { isOverallSubject } from "./evidence.ts";
import type { ClaimContext } from "./judgement.ts";
import type { PhaseEvidence } from "./phaseEvidence.ts";
import { isSamePlan } from "./plans.ts";
import type { Owner, SharedClaims } from "./sharedClaims.ts";
import { planBegan } from "./workBegan.ts";
import { speaksOfSeveral, type Writings } from "./writings.ts";

export interface ClaimFacts {
  readonly history: PathHistory;
  readonly writings: Writings;
}

/** A phase, as far as its claims go. */
export interface ClaimingPhase extends Owner {
  readonly documents: readonly DocumentAt[];
  readonly plans: readonly PlanStatus[];
}

/** Judges what the documents of a phase claim, and what documents outside of its directory claim of it. */
export function judgePhaseClaims(
  phase: ClaimingPhase,
  shared: readonly SharedClaims[],
  facts: ClaimFacts,
  evidence: PhaseEvidence,
): ClaimResult[] {
  return [
    ...phase.documents.flatMap((document) =>
      judgeEach(
        { document, claims: document.reading.claims },
        evidence,
        ownContext(document, phase, facts, evidence),
      ),
    ),
    ...shared.flatMap((claims) =>
      judgeEach(
        claims,
        evidence,
        sharedContext(claims, phase, facts, evidence),
      ),
    ),
  ];
}

/** Judges claims that nothing ties to a phase. */
export function judgeOtherClaims(
  shared: readonly SharedClaims[],
  facts: ClaimFacts,
  evidence: PhaseEvidence,
): ClaimResult[] {
  return shared.flatMap((claims) =>
    judgeEach(claims, evidence, sharedContext(claims, null, facts, evidence)),
  );
}

function judgeEach(
  { document: { path, blob }, claims }: SharedClaims,
  evidence: PhaseEvidence,
  context: ClaimContext,
): ClaimResult[] {
  return claims.map((claim) => ({
    ...judgeClaim({ ...claim, path }, evidence, context),
    blob,
  }));
}

function ownContext(
  document: DocumentAt,
  phase: ClaimingPhase,
  { history, writings }: ClaimFacts,
  evidence: PhaseEvidence,
): ClaimContext {
  const { path, place } = document;
  const written = writings.written(path);
  const plan = place.kind === "summary" ? place.planId : null;
  const planned = planOf(plan, phase.documents, history);
  return {
    written,
    workBegan: planBegan(planned, written, evidence.phase.start),
    directory: phase.directory,
    plan,
    plans: doneOf(phase.plans),
    ...surroundings(document, writings),
  };
}

/**
 * A document about several phases is changed with every later phase: what it says of one phase was written, at the latest, with the last
 * commit of that phase. Neither what else that commit changed nor which totals stand in another part of it then tells anything.
 */
function sharedContext(
  { document }: SharedClaims,
  phase: ClaimingPhase | null,
  { history, writings }: ClaimFacts,
  evidence: PhaseEvidence,
): ClaimContext {
  const changed = writings.written(document.path);
  const several = speaksOfSeveral(document);
  const ended = phase && several ? lastWork(phase, history) : null;
  return {
    written: ended && ended.position < changed.position ? ended : changed,
    workBegan: evidence.phase.start,
    directory: phase?.directory ?? null,
    plan: null,
    plans: phase && doneOf(phase.plans),
    ...surroundings(document, writings),
    ...(several ? { counts: [] } : {}),
  };
}

function surroundings(
  { path, reading }: DocumentAt,
  writings: Writings,
): Pick<
  ClaimContext,
  "alone" | "finishedSince" | "counts" | "wholes" | "combined"
> {
  return {
    alone: writings.isAlone(path),
    finishedSince: (measured) => writings.finishedBetween(measured, path),
    counts: reading.counts,
    wholes: reading.claims.filter(
      ({ metric, subject }) =>
        metric === "coverage" && isOverallSubject(subject),
    ),
    combined: reading.claims.flatMap(({ metric, subject, fraction, value }) =>
      metric === "coverage" && subject === "unnamed" && fraction ? value : [],
    ),
  };
}

/** The last commit that changed a phase's documents or that names it. */
function lastWork(
  { key, directory }: Owner,
  history: PathHistory,
): Moment | null {
  const documented = history.lastBelow(directory);
  const named = history.mentions(key).at(-1) ?? null;
  if (!documented || !named) return documented ?? named;
  return named.position > documented.position ? named : documented;
}

/** The commit that last changed the plan of an id. */
function planOf(
  id: string | null,
  documents: readonly DocumentAt[],
  history: PathHistory,
): Moment | null {
  const plan = documents.find(
    ({ place }) => place.kind === "plan" && isSamePlan(place.planId, id),
  );
  return plan ? history.lastChange(plan.path) : null;
}

/** How many plans have a summary; superseded ones promise nothing. */
function doneOf(plans: readonly PlanStatus[]): ClaimContext["plans"] {
  const live = plans.filter(({ superseded }) => !superseded);
  return {
    done: live.filter(({ summary }) => summary !== null).length,
    total: live.length,
  };
}
