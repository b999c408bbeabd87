import { fileName } from "../fileName.ts";
import type { DocumentAt, Facts, Moment, PathHistory } from "../facts.ts";
import type { Finding } from "../finding.ts";
import { comparePhaseKeys } from "../planning/phaseKey.ts";
import type { ClaimResult, PhaseStatus, RepositoryStatus } from "../status.ts";
import { artifactFindings, summaryOf } from "./artifactSummaries.ts";
import { judgeClaim } from "./claims.ts";
import { findConflicts } from "./conflicts.ts";
import { gatherEvidence, type Evidence } from "./evidence.ts";
import { headlineOf } from "./headline.ts";
import { directoriesOf, judgeMustHaves, type Present } from "./mustHaves.ts";
import { evidenceFor, type PhaseEvidence } from "./phaseEvidence.ts";
import { isSamePlan, planStatuses } from "./plans.ts";
import { judgePromises } from "./promises.ts";
import { entriesOf, identify } from "./roadmapEntries.ts";
import { statementsOf } from "./statements.ts";
import { verificationOf } from "./verification.ts";
import { workBegan } from "./workBegan.ts";

/** Judges every phase directory of a tree, ordered by key. */
export function judgeRepository(unordered: Facts): RepositoryStatus {
  // Nothing may depend on the order in which documents were found: git and GitHub list trees differently.
  const facts = {
    ...unordered,
    documents: unordered.documents.toSorted((a, b) => order(a.path, b.path)),
  };
  const evidence = gatherEvidence(facts);
  const present = { files: facts.tree, directories: directoriesOf(facts.tree) };
  const groups = Map.groupBy(facts.documents, ({ place }) => place.directory);
  const inTree = facts.artifacts.filter((version) => version.inTree);
  return {
    repository: facts.repository,
    commit: facts.commit.sha,
    at: facts.commit.at,
    phases: [...groups]
      .flatMap(([directory, documents]) => {
        const [first] = documents;
        if (directory === null || !first) return [];
        const place = { root: first.place.root, directory };
        return judgePhase(place, documents, facts, evidence, present);
      })
      .toSorted(
        (a, b) =>
          comparePhaseKeys(a.phase.key, b.phase.key) ||
          order(a.phase.directory, b.phase.directory),
      ),
    artifacts: inTree.map(summaryOf),
    findings: [
      ...facts.findings,
      ...(groups.get(null) ?? []).flatMap(documentFindings),
      ...inTree.flatMap(artifactFindings),
    ],
  };
}

function judgePhase(
  { root, directory }: { readonly root: string; readonly directory: string },
  documents: readonly DocumentAt[],
  facts: Facts,
  gathered: Evidence,
  present: Present,
): PhaseStatus {
  const listed = entriesOf(
    facts.documents.filter(({ place }) => place.root === root),
  );
  const { key, slug, name, roadmap } = identify(directory, listed, documents);
  const plans = planStatuses(documents);
  const { verification, gaps } = verificationOf(documents, facts.history);
  const evidence = evidenceFor(
    {
      key,
      start: workBegan(key, directory, facts.history),
      documents: escapesOf(documents),
    },
    gathered,
  );
  const { targets, findings } = judgePromises(documents, roadmap, evidence);
  const statements = statementsOf(
    { key, root },
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
    statements,
    targets,
    claims: documents.flatMap((document) =>
      claimsOf(document, documents, facts, evidence),
    ),
    mustHaves: judgeMustHaves(
      documents.flatMap(({ reading }) =>
        reading.plan && !reading.plan.superseded ? reading.plan : [],
      ),
      present,
      facts.fileChecks,
    ),
    gaps,
    conflicts: findConflicts({
      statements,
      plans,
      verification,
      targets,
      roadmap,
    }),
    findings: [...documents.flatMap(documentFindings), ...findings],
  };
}

function claimsOf(
  { path, blob, place, reading }: DocumentAt,
  documents: readonly DocumentAt[],
  { history, commit }: Facts,
  evidence: PhaseEvidence,
): ClaimResult[] {
  const written = history.lastChange(path) ?? commit;
  const planned =
    place.kind === "summary" ? planOf(place.planId, documents, history) : null;
  const context = {
    written,
    // A plan that was committed after its own summary does not say when the work began.
    workBegan:
      planned && planned.position < written.position
        ? planned
        : evidence.phase.start,
  };
  return reading.claims.map((claim) => ({
    ...judgeClaim({ ...claim, path }, evidence, context),
    blob,
  }));
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
