import { fileName } from "./fileName.ts";
import { firstOf } from "./firstOf.ts";
import { MANUAL, commandText, nearest } from "./command.ts";
import type { PhaseFilter, Question } from "./command.ts";
import { digestOf } from "./decide/phases.ts";
import { isDisputed } from "./judge/judgement.ts";
import type { PhaseDigest } from "./news.ts";
import { comparePhaseKeys, parsePhaseKey } from "./planning/phaseKey.ts";
import type {
  ArtifactSummary,
  ClaimResult,
  Gap,
  Headline,
  PhaseStatus,
  PlanStatus,
  RepositoryStatus,
  TargetResult,
} from "./status.ts";

export type { Question } from "./command.ts";

/** What is known of a repository when somebody asks. */
export interface AnswerFacts {
  readonly repository: string;
  readonly status: RepositoryStatus;
  /** When the repository was last looked at, ISO 8601 UTC; null when it was read for this question alone. */
  readonly polledAt: string | null;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/** Where an answer comes from and how old it is. */
export interface Provenance {
  readonly repository: string;
  readonly commit: string;
  /** When that commit was made. */
  readonly at: string;
  readonly polledAt: string | null;
  readonly now: string;
  /** The question as a command that gives this answer again, whichever channel it is asked in. */
  readonly question: string;
}

export type Answer = { readonly provenance: Provenance } & (
  | OverviewAnswer
  | PhaseAnswer
  | PhasesAnswer
  | GapsAnswer
  | ClaimsAnswer
  | NoAnswer
);

export interface OverviewAnswer {
  readonly kind: "overview";
  readonly phases: number;
  /** Only headlines that occur, worst first. */
  readonly headlines: readonly {
    readonly headline: Headline;
    readonly count: number;
  }[];
  /** Phases with something to look at, worst first. */
  readonly attention: readonly PhaseDigest[];
  readonly artifacts: readonly ArtifactSummary[];
  readonly findings: number;
}

export interface PhaseAnswer {
  readonly kind: "phase";
  /** Several directories may carry one key: those still present first, then the most recently written. */
  readonly phases: readonly [PhaseView, ...PhaseView[]];
}

export interface PhaseView {
  readonly status: PhaseStatus;
  readonly digest: PhaseDigest;
  /** The plan that was asked for: targets and claims are then those of its documents alone. */
  readonly plan: PlanStatus | null;
}

export interface PhasesAnswer {
  readonly kind: "phases";
  readonly filter: PhaseFilter;
  /** In the order of their keys. */
  readonly phases: readonly PhaseDigest[];
  /** Before filtering. */
  readonly total: number;
}

export interface GapsAnswer {
  readonly kind: "gaps";
  /** The phase asked for, as its key; null for all. */
  readonly phase: string | null;
  /** Farthest from its target first, as a share of the target. */
  readonly missed: readonly TargetAt[];
  /** How many more there are than `top` let through. */
  readonly leftOut: number;
  /** Targets nobody can say anything about: not measured, not comparable, untrusted. */
  readonly unknown: readonly TargetAt[];
  /** Open gaps of verification reports. */
  readonly open: readonly (Gap & { readonly phase: PhaseName })[];
  readonly targets: number;
}

export interface TargetAt {
  readonly phase: PhaseName;
  readonly target: TargetResult;
}

export interface PhaseName {
  readonly key: string;
  readonly name: string;
}

export interface ClaimsAnswer {
  readonly kind: "claims";
  readonly phase: string | null;
  readonly contradictedOnly: boolean;
  /** Disputed ones first, unverifiable ones last; otherwise as the documents have them. */
  readonly claims: readonly {
    /** Null for a claim that no document ties to a phase. */
    readonly phase: PhaseName | null;
    readonly claim: ClaimResult;
  }[];
  /** How often each verdict occurs, before filtering. */
  readonly verdicts: readonly {
    readonly verdict: ClaimResult["verdict"];
    readonly count: number;
  }[];
}

/** Nothing there to answer with. */
export interface NoAnswer {
  readonly kind: "none";
  readonly message: string;
  readonly hint: string;
}

/** Answers a question from what is known; makes no judgement of its own. */
export function answer(question: Question, facts: AnswerFacts): Answer {
  return {
    provenance: {
      repository: facts.repository,
      commit: facts.status.commit,
      at: facts.status.at,
      polledAt: facts.polledAt,
      now: facts.now,
      question: commandText({ ...question, repository: facts.repository }),
    },
    ...contentOf(question, facts.status),
  };
}

type Content =
  | OverviewAnswer
  | PhaseAnswer
  | PhasesAnswer
  | GapsAnswer
  | ClaimsAnswer
  | NoAnswer;

function contentOf(question: Question, status: RepositoryStatus): Content {
  const isOutside =
    question.name === "claims" &&
    question.phase === null &&
    status.claims.length > 0;
  if (status.phases.length === 0 && question.name !== "status" && !isOutside) {
    return {
      kind: "none",
      message: "This repository has no phase documents.",
      hint: "They are looked for below .planning/phases, one directory a phase; other places are told by `docs:` in phasewatch.yml.",
    };
  }
  switch (question.name) {
    case "status":
      return overview(status);
    case "phase":
      return phaseAnswer(question.key, question.plan, status.phases);
    case "phases":
      return phasesAnswer(question.filter, status.phases);
    case "gaps":
      return within(question.phase, status.phases, (phases, key) =>
        gapsAnswer(phases, key, question.top),
      );
    case "claims":
      return within(question.phase, status.phases, (phases, key) =>
        claimsAnswer(
          phases,
          key === null ? status.claims : [],
          key,
          question.contradicted,
        ),
      );
  }
}

/** Headlines, the ones to look at first. */
const HEADLINES: readonly Headline[] = [
  "gaps_found",
  "human_needed",
  "unknown",
  "in_progress",
  "executed",
  "planned",
  "complete",
  "superseded",
];

/** Where a repository stands as a whole. */
export function overview(status: RepositoryStatus): OverviewAnswer {
  const digests = status.phases.map(digestOf);
  return {
    kind: "overview",
    phases: digests.length,
    headlines: countBy(digests, HEADLINES, ({ headline }) => headline).map(
      ({ value, count }) => ({ headline: value, count }),
    ),
    attention: digests
      .filter(isFailing)
      .toSorted(
        (a, b) =>
          HEADLINES.indexOf(a.headline) - HEADLINES.indexOf(b.headline) ||
          comparePhaseKeys(b.key, a.key),
      ),
    artifacts: status.artifacts,
    findings:
      status.findings.length +
      status.phases.reduce((sum, phase) => sum + phase.findings.length, 0),
  };
}

/** Something measured or verified is against it. */
function isFailing(phase: PhaseDigest): boolean {
  return (
    phase.headline === "gaps_found" ||
    phase.headline === "human_needed" ||
    phase.openGaps > 0 ||
    phase.claims.disputed > 0 ||
    phase.targets.some(({ verdict }) => verdict === "missed")
  );
}

function isOpen({ headline }: PhaseDigest): boolean {
  return headline !== "complete" && headline !== "superseded";
}

function phaseAnswer(
  asked: string,
  plan: string | null,
  phases: readonly PhaseStatus[],
): PhaseAnswer | NoAnswer {
  const found = findPhases(asked, phases);
  // What names no phase may name a plan: `phase GAP-03`.
  const id = found.length === 0 ? asked : plan;
  const among = found.length === 0 ? phases : found;
  const views = newestFirst(among).flatMap((phase) => {
    if (id === null) return [phaseView(phase)];
    const named = found.length === 0 ? planNamed(phase, id) : planIn(phase, id);
    return named ? [phaseView(phase, named)] : [];
  });
  const [first, ...others] = views;
  if (first) return { kind: "phase", phases: [first, ...others] };
  return found.length === 0 ? noPhase(asked, phases) : noPlan(id ?? "", found);
}

/** A phase, or one plan of it. */
function phaseView(
  phase: PhaseStatus,
  plan: PlanStatus | null = null,
): PhaseView {
  const status = plan === null ? phase : narrowed(phase, plan);
  return { status, digest: digestOf(status), plan };
}

/** The phase with the targets and claims of one plan's documents. */
function narrowed(phase: PhaseStatus, plan: PlanStatus): PhaseStatus {
  const isOfPlan = ({ path }: { readonly path: string | null }) =>
    path === plan.path || (path !== null && path === plan.summary);
  return {
    ...phase,
    targets: phase.targets.filter(isOfPlan),
    claims: phase.claims.filter(isOfPlan),
    promisedDocuments: phase.promisedDocuments.filter(
      ({ promisedBy }) => promisedBy === plan.path,
    ),
    requirements: phase.requirements.filter(({ plans }) =>
      plans.includes(plan.id),
    ),
    contributions: phase.contributions.filter(
      (contribution) => contribution.plan === plan.id,
    ),
    findings: phase.findings.filter(isOfPlan),
  };
}

/** By key (`019` = `19`), slug, name, directory, or the directory's own name. */
function findPhases(
  asked: string,
  phases: readonly PhaseStatus[],
): PhaseStatus[] {
  const word = asked.trim().toLowerCase();
  const key = parsePhaseKey(asked);
  return phases.filter(
    ({ phase }) =>
      (key !== null && phase.key === key) ||
      [
        phase.key,
        phase.slug,
        phase.name,
        phase.directory,
        fileName(phase.directory),
      ].some((name) => name !== "" && name.toLowerCase() === word),
  );
}

/** The plan with that id, padding aside. */
function planNamed(phase: PhaseStatus, asked: string): PlanStatus | null {
  const id = planId(asked);
  return phase.plans.find((plan) => planId(plan.id) === id) ?? null;
}

/** Within a phase, the last part of an id is enough when only one plan ends so: `09` for `19-09`. */
function planIn(phase: PhaseStatus, asked: string): PlanStatus | null {
  const named = planNamed(phase, asked);
  if (named) return named;
  const id = planId(asked);
  const [only, second] = phase.plans.filter(
    (plan) => /^\d+$/.test(id) && planId(plan.id).endsWith(`-${id}`),
  );
  return only && !second ? only : null;
}

function planId(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replaceAll(/(?<!\d)0+(?=\d)/g, "");
}

/** Present before removed; then by when a document of theirs last spoke, or the phase was last seen. */
function newestFirst(phases: readonly PhaseStatus[]): PhaseStatus[] {
  return phases.toSorted(
    (a, b) =>
      Number(a.phase.presence === "removed") -
        Number(b.phase.presence === "removed") ||
      compareText(lastWord(b), lastWord(a)) ||
      compareText(a.phase.directory, b.phase.directory),
  );
}

function lastWord(phase: PhaseStatus): string {
  return phase.statements.reduce(
    (latest, { at }) => (at > latest ? at : latest),
    "",
  );
}

function noPhase(asked: string, phases: readonly PhaseStatus[]): NoAnswer {
  const slug = nearest(
    asked.toLowerCase(),
    phases.map(({ phase }) => phase.slug).filter(Boolean),
  );
  const near = slug === null ? nearKeys(asked, phases) : [slug];
  return {
    kind: "none",
    message: `There is no phase ${asked}.`,
    hint: `${near.length === 1 ? "The nearest is" : "Near it are"} ${near.join(", ")}. All of them: ${MANUAL.phases.example.replace(" failing", "")}`,
  };
}

const NEAR = 3;

/** The keys that would stand beside it, in order. */
function nearKeys(asked: string, phases: readonly PhaseStatus[]): string[] {
  const keys = [...new Set(phases.map(({ phase }) => phase.key))].toSorted(
    comparePhaseKeys,
  );
  const place = keys.findIndex(
    (key) => comparePhaseKeys(key, parsePhaseKey(asked) ?? asked) > 0,
  );
  const from = place === -1 ? keys.length - NEAR : place - 2;
  return keys.slice(Math.max(0, from)).slice(0, NEAR);
}

function noPlan(asked: string, phases: readonly PhaseStatus[]): NoAnswer {
  const ids = [
    ...new Set(phases.flatMap(({ plans }) => plans.map(({ id }) => id))),
  ];
  const key = phases[0]?.phase.key ?? "";
  return {
    kind: "none",
    message: `Phase ${key} has no plan ${asked}, or more than one that ends so.`,
    hint:
      ids.length === 0
        ? "It has no plans at all."
        : `Its plans: ${firstOf(ids, 20)}.`,
  };
}

function phasesAnswer(
  filter: PhaseFilter,
  phases: readonly PhaseStatus[],
): PhasesAnswer {
  const wanted = { failing: isFailing, open: isOpen, all: () => true }[filter];
  return {
    kind: "phases",
    filter,
    phases: phases
      .map(digestOf)
      .filter(wanted)
      .toSorted(
        (a, b) =>
          comparePhaseKeys(a.key, b.key) ||
          compareText(a.directory, b.directory),
      ),
    total: phases.length,
  };
}

/** The phases a question is about: all, or those that its key finds. */
function within<T extends Content>(
  asked: string | null,
  phases: readonly PhaseStatus[],
  build: (phases: readonly PhaseStatus[], key: string | null) => T,
): T | NoAnswer {
  if (asked === null) return build(phases, null);
  const found = findPhases(asked, phases);
  return found.length === 0
    ? noPhase(asked, phases)
    : build(newestFirst(found), found[0]?.phase.key ?? null);
}

function gapsAnswer(
  phases: readonly PhaseStatus[],
  key: string | null,
  top: number | null,
): GapsAnswer {
  const targets = phases.flatMap((phase) =>
    digestOf(phase).targets.map((target) => ({
      phase: nameOf(phase),
      target,
    })),
  );
  const missed = targets
    .filter(({ target }) => target.verdict === "missed")
    .toSorted((a, b) => distance(b.target) - distance(a.target));
  const shown = top === null ? missed : missed.slice(0, top);
  return {
    kind: "gaps",
    phase: key,
    missed: shown,
    leftOut: missed.length - shown.length,
    unknown: targets.filter(
      ({ target: { verdict } }) =>
        verdict === "not_measured" ||
        verdict === "not_comparable" ||
        verdict === "untrusted",
    ),
    open: phases.flatMap((phase) =>
      phase.gaps
        .filter(({ open }) => open)
        .map((gap) => ({ ...gap, phase: nameOf(phase) })),
    ),
    targets: targets.length,
  };
}

/** Points, tests and seconds have no common measure; how much of the target is missing does. */
function distance({ gap, value }: TargetResult): number {
  if (gap === null) return 0;
  return value === 0 ? gap : gap / Math.abs(value);
}

const CLAIM_VERDICTS: readonly ClaimResult["verdict"][] = [
  "contradicted",
  "self_contradictory",
  "estimated",
  "scope_mismatch",
  "stale",
  "confirmed",
  "unverifiable",
];

function claimsAnswer(
  phases: readonly PhaseStatus[],
  others: readonly ClaimResult[],
  key: string | null,
  contradictedOnly: boolean,
): ClaimsAnswer {
  const claims = [
    ...phases.flatMap((phase) =>
      phase.claims.map((claim) => ({ phase: nameOf(phase), claim })),
    ),
    ...others.map((claim) => ({ phase: null, claim })),
  ];
  return {
    kind: "claims",
    phase: key,
    contradictedOnly,
    claims: claims
      .filter(({ claim }) => !contradictedOnly || isDisputed(claim.verdict))
      .toSorted(
        (a, b) =>
          CLAIM_VERDICTS.indexOf(a.claim.verdict) -
          CLAIM_VERDICTS.indexOf(b.claim.verdict),
      ),
    verdicts: countBy(claims, CLAIM_VERDICTS, ({ claim }) => claim.verdict).map(
      ({ value, count }) => ({ verdict: value, count }),
    ),
  };
}

function nameOf({ phase }: PhaseStatus): PhaseName {
  return { key: phase.key, name: phase.name };
}

/** The values that occur, in the order given, with how often. */
function countBy<T, V>(
  items: readonly T[],
  order: readonly V[],
  valueOf: (item: T) => V,
): { value: V; count: number }[] {
  return order
    .map((value) => ({
      value,
      count: items.filter((item) => valueOf(item) === value).length,
    }))
    .filter(({ count }) => count > 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
