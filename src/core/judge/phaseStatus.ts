import { fileName } from "../fileName.ts";
import type { DocumentAt, Facts } from "../facts.ts";
import type { Finding } from "../finding.ts";
import { comparePhaseKeys } from "../planning/phaseKey.ts";
import type { PhaseStatus, RepositoryStatus } from "../status.ts";
import { artifactFindings, summaryOf } from "./artifactSummaries.ts";
import { assertedOtherwise } from "./assertedOtherwise.ts";
import { completenessOf } from "./completeness.ts";
import { findConflicts } from "./conflicts.ts";
import { judgeContributions } from "./contributions.ts";
import { gatherEvidence, type Evidence } from "./evidence.ts";
import { headlineOf } from "./headline.ts";
import { judgeMustHaves, type Tree } from "./mustHaves.ts";
import { judgeOtherClaims, judgePhaseClaims } from "./phaseClaims.ts";
import { evidenceFor } from "./phaseEvidence.ts";
import {
  holdingsOf,
  judgePromisedDocuments,
  type Holdings,
} from "./promisedDocuments.ts";
import { judgePromises } from "./promises.ts";
import { remembered } from "./remembered.ts";
import { judgeRequirements } from "./requirements.ts";
import {
  conventionOf,
  missingPartFindings,
  type Convention,
} from "./requiredParts.ts";
import { baseOf, presentIn } from "./requiredPath.ts";
import {
  entriesFor,
  identify,
  rivalsOf,
  type PhaseName,
} from "./roadmapEntries.ts";
import { shareOut, type Owner, type SharedClaims } from "./sharedClaims.ts";
import { isExecuted, plansOf } from "./statedPlans.ts";
import { statementsOf } from "./statements.ts";
import { withTrackedPhases } from "./trackedPhases.ts";
import { verificationOf } from "./verification.ts";
import { workBegan } from "./workBegan.ts";
import { writingsOf, type Writings } from "./writings.ts";

/** Judges every phase directory of a tree, ordered by key. */
export function judgeRepository(unordered: Facts): RepositoryStatus {
  // Nothing may depend on the order in which documents were found: git and GitHub list trees differently.
  const facts = {
    ...unordered,
    documents: withTrackedPhases(
      unordered.documents.toSorted((a, b) => order(a.path, b.path)),
    ),
  };
  const evidence = gatherEvidence(facts);
  const writings = writingsOf(facts);
  const gathered: Gathered = {
    evidence,
    writings,
    present: presentIn(facts.tree),
    holdings: holdingsOf(facts),
    convention: conventionOf(facts.documents, facts.history),
  };
  const inTree = facts.artifacts.filter((version) => version.inTree);
  const phases = phasesOf(facts.documents);
  const outside = facts.documents.filter(
    ({ place }) => place.directory === null,
  );
  const shared = shareOut(outside, phases, facts.history);
  return {
    repository: facts.repository,
    commit: facts.commit.sha,
    at: facts.commit.at,
    phases: phases
      .map((phase) =>
        judgePhase(phase, shared.get(phase.directory) ?? [], facts, gathered),
      )
      .toSorted(
        (a, b) =>
          comparePhaseKeys(a.phase.key, b.phase.key) ||
          order(a.phase.directory, b.phase.directory),
      ),
    claims: judgeOtherClaims(
      shared.get(null) ?? [],
      { history: facts.history, writings },
      evidenceFor(NO_PHASE, evidence),
    ),
    artifacts: inTree.map(summaryOf),
    findings: [
      ...facts.findings,
      ...outside.flatMap(documentFindings),
      ...inTree.flatMap(artifactFindings),
    ],
  };
}

/** A phase directory with its documents, by what its name and the roadmap say of it. */
interface Phase extends PhaseName, Owner {
  readonly documents: readonly DocumentAt[];
  /** Slugs of other directories that carry its key. */
  readonly rivals: readonly string[];
}

function phasesOf(documents: readonly DocumentAt[]): Phase[] {
  const ofRoot = remembered((root: string) =>
    documents.filter(({ place }) => place.root === root),
  );
  const groups = Map.groupBy(documents, ({ place }) => place.directory);
  const directories = [...groups.keys()].flatMap((each) => each ?? []);
  return [...groups].flatMap(([directory, own]) => {
    const [first] = own;
    if (directory === null || !first) return [];
    const { root } = first.place;
    const listed = entriesFor(directory, ofRoot(root));
    const rivals = rivalsOf(directory, directories);
    const name = identify(directory, listed, own, rivals);
    return [{ ...name, root, directory, rivals, documents: own }];
  });
}

/** What is worked out once for the whole repository. */
interface Gathered {
  readonly evidence: Evidence;
  readonly writings: Writings;
  readonly present: Tree["present"];
  readonly holdings: Holdings;
  readonly convention: Convention;
}

function judgePhase(
  phase: Phase,
  shared: readonly SharedClaims[],
  facts: Facts,
  gathered: Gathered,
): PhaseStatus {
  const { writings, present, holdings, convention } = gathered;
  const { key, slug, name, root, directory, roadmap, rivals, documents } =
    phase;
  const stated = plansOf(documents, key);
  const { plans } = stated;
  const { verification, gaps } = verificationOf(
    directory,
    documents,
    facts.history,
  );
  const evidence = evidenceFor(
    {
      key,
      start: workBegan(key, directory, facts.history),
      documents: escapesOf(documents),
    },
    gathered.evidence,
  );
  const { targets, findings } = judgePromises(documents, roadmap, evidence);
  const requirements = judgeRequirements(
    {
      key,
      slug,
      directory,
      documents,
      inRoot: facts.documents.filter(({ place }) => place.root === root),
      roadmap,
      verification: verification?.path ?? null,
      targets,
      history: facts.history,
      commit: facts.commit,
    },
    evidence,
  );
  const statements = statementsOf(
    { key, slug, root, directory, rivals },
    documents,
    roadmap,
    verification,
    facts,
  );
  return {
    phase: {
      key,
      slug,
      name,
      directory,
      root,
      presence: "present",
      lastSeen: facts.commit.sha,
    },
    commit: facts.commit.sha,
    at: facts.commit.at,
    headline: headlineOf(plans, verification, targets),
    plans,
    verification,
    completeness: completenessOf({
      directory,
      documents,
      plans,
      roadmap,
      statements,
      history: facts.history,
    }),
    statements,
    targets,
    claims: judgePhaseClaims(
      { ...phase, plans },
      shared,
      { history: facts.history, writings },
      evidence,
    ),
    mustHaves: judgeMustHaves(
      plans.flatMap((plan) => {
        const document = documents.find(({ path }) => path === plan.path);
        return document?.reading.plan && !plan.superseded
          ? {
              id: plan.id,
              plan: document.reading.plan,
              executed: isExecuted(plan),
            }
          : [];
      }),
      { present, checks: facts.fileChecks, base: baseOf(root) },
    ),
    promisedDocuments: judgePromisedDocuments(
      { root, directory, documents, plans },
      holdings,
      facts.history,
    ),
    requirements,
    contributions: judgeContributions(
      {
        documents,
        roadmap,
        plans,
        history: facts.history,
        summaries: facts.documents.filter(
          ({ place }) => place.kind === "summary",
        ),
      },
      evidence,
    ),
    gaps,
    conflicts: [
      ...findConflicts({
        documents,
        statements,
        plans,
        verification,
        targets,
        roadmap,
        requirements,
      }),
      ...assertedOtherwise(documents),
      ...stated.conflicts,
    ],
    findings: [
      ...documents.flatMap(documentFindings),
      ...stated.findings,
      ...findings,
      ...missingPartFindings(documents, convention, facts.history),
    ],
  };
}

/** What is measured of the project, for claims that nothing ties to a phase. */
const NO_PHASE = { key: "", start: null, documents: [] };

/** Documents that document a gap: gap closure plans, and a verification that lists what is missing. */
function escapesOf(documents: readonly DocumentAt[]): string[] {
  return documents
    .filter(
      ({ reading }) =>
        reading.plan?.gapClosure === true ||
        reading.verification?.gaps.some(
          (gap) => gap.open && gap.missing.length > 0,
        ),
    )
    .map(({ path }) => fileName(path));
}

function documentFindings({ path, reading }: DocumentAt): Finding[] {
  return reading.findings.map((finding) => ({ ...finding, path }));
}

/** Plain code unit order: the same everywhere, which no locale is. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
