import type { ArtifactVersion, DocumentAt, Facts, Moment } from "../facts.ts";
import type { Finding } from "../finding.ts";
import {
  comparePhaseKeys,
  keyFromRoadmap,
  parsePhaseKey,
  readPhaseDirectory,
} from "../planning/phaseKey.ts";
import type { RoadmapPhase } from "../planning/roadmap.ts";
import type { Target } from "../planning/target.ts";
import { targetsOf } from "../planning/document.ts";
import type {
  ArtifactSummary,
  ClaimResult,
  Headline,
  PhaseStatus,
  PlanStatus,
  RepositoryStatus,
  StatusStatement,
  TargetResult,
  VerificationStatus,
} from "../status.ts";
import { judgeClaim } from "./claims.ts";
import { findConflicts } from "./conflicts.ts";
import { basisCounts, gatherEvidence, type Evidence } from "./evidence.ts";
import { membersOf } from "./members.ts";
import { judgeMustHaves } from "./mustHaves.ts";
import type { PhaseScope } from "./scope.ts";
import { judgeTarget } from "./targets.ts";

/** Judges every phase directory of a tree, ordered by key. */
export function judgeRepository(facts: Facts): RepositoryStatus {
  const evidence = gatherEvidence(facts);
  const directories = Map.groupBy(
    facts.documents.filter(({ place }) => place.directory !== null),
    ({ place }) => place.directory ?? "",
  );
  const phases = [...directories]
    .map(([directory, documents]) =>
      judgePhase(directory, documents, facts, evidence),
    )
    .toSorted(
      (a, b) =>
        comparePhaseKeys(a.phase.key, b.phase.key) ||
        (a.phase.directory < b.phase.directory ? -1 : 1),
    );
  const told = new Set(phases.flatMap((phase) => phase.findings));
  return {
    repository: facts.repository,
    commit: facts.commit.sha,
    at: facts.commit.at,
    phases,
    artifacts: facts.artifacts.filter(({ inTree }) => inTree).map(summaryOf),
    findings: [
      ...facts.findings,
      ...facts.documents
        .filter(({ place }) => place.directory === null)
        .flatMap(findingsOf),
      ...facts.artifacts
        .filter(({ inTree }) => inTree)
        .flatMap(artifactFindings),
    ].filter((finding) => !told.has(finding)),
  };
}

function judgePhase(
  directory: string,
  documents: readonly DocumentAt[],
  facts: Facts,
  evidence: Evidence,
): PhaseStatus {
  const root = documents[0]?.place.root ?? "";
  const name = directory.slice(directory.lastIndexOf("/") + 1);
  const listed = roadmapPhases(facts, root);
  const own = readPhaseDirectory(name);
  const key =
    keyFromRoadmap(
      name,
      listed.map(({ phase }) => phase),
    ) ?? own.key;
  const roadmap = listed.filter(
    ({ phase }) => phase.key === key && namesPhase(phase, own.slug, listed),
  );
  const start = workBegan(key, directory, facts);

  const plans = planStatuses(documents);
  const verification = verificationStatus(documents, facts);
  const scope: PhaseScope = {
    key,
    slug: own.slug,
    start: start?.position ?? null,
    documents: escapes(documents),
  };

  const findings: Finding[] = documents.flatMap(findingsOf);
  const targets = promised(documents, roadmap).flatMap((target) => {
    const results = judgeEach(target, documents, facts, evidence, scope);
    findings.push(...results.findings);
    return results.targets;
  });
  const claims = documents.flatMap((document) =>
    claimsOf(document, documents, facts, evidence, scope, start),
  );
  const statements = statementsOf(
    documents,
    roadmap,
    verification,
    facts,
    key,
    root,
  );
  const gaps = verification
    ? documents
        .filter(({ path }) => path === verification.path)
        .flatMap(({ path, reading }) =>
          (reading.verification?.gaps ?? []).map((gap) => ({ ...gap, path })),
        )
    : [];
  const headline = headlineOf(plans, verification, targets);
  const readings = plans.flatMap(
    (plan) =>
      (plan.superseded
        ? null
        : documents.find(({ path }) => path === plan.path)
      )?.reading.plan ?? [],
  );
  return {
    phase: {
      key,
      slug: own.slug,
      name: nameOf(documents, roadmap, own.slug || name),
      directory,
      root,
      presence: "present",
      lastSeen: facts.commit.sha,
    },
    commit: facts.commit.sha,
    at: facts.commit.at,
    headline,
    plans,
    verification,
    statements,
    targets,
    claims,
    mustHaves: judgeMustHaves(readings, facts.tree, facts.fileChecks),
    gaps,
    conflicts: findConflicts({
      statements,
      plans,
      verification,
      headline,
      targets,
      roadmap,
    }),
    findings,
  };
}

/** Work that is committed so long before its documents belongs to another phase of that number. */
const LEAD_MS = 3 * 86_400_000;

/**
 * When the work of a phase began: with the first file of its directory, or with the first commit shortly before it that names the
 * phase (`test(12-01): …`), because plans are often committed after the work.
 */
function workBegan(
  key: string,
  directory: string,
  { history }: Facts,
): Moment | null {
  const documented = history.firstBelow(directory);
  if (!documented) return null;
  const earliest = Date.parse(documented.at) - LEAD_MS;
  const named = history
    .mentions(key)
    .find(
      ({ at, position }) =>
        position < documented.position && Date.parse(at) >= earliest,
    );
  return named ?? documented;
}

/** Plans of a directory, each with the summary of the same id. */
function planStatuses(documents: readonly DocumentAt[]): PlanStatus[] {
  const summaries = documents.filter(({ place }) => place.kind === "summary");
  return documents
    .filter(({ place }) => place.kind === "plan")
    .map(({ path, place, reading }) => ({
      id: place.planId ?? "",
      path,
      wave: reading.plan?.wave ?? null,
      summary:
        summaries.find(
          (summary) =>
            summary.path === path.replace(/PLAN(?=\.md$)/i, "SUMMARY"),
        )?.path ??
        summaries.find((summary) =>
          samePlan(summary.place.planId, place.planId),
        )?.path ??
        null,
      gapClosure: reading.plan?.gapClosure ?? false,
      superseded: reading.plan?.superseded ?? false,
    }))
    .toSorted((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
}

/** `05-01A` and `5-1a` are one plan. */
function samePlan(a: string | null, b: string | null): boolean {
  const normal = (id: string | null) =>
    id?.toUpperCase().replace(/(^|[^0-9])0+(?=\d)/g, "$1");
  return a !== null && normal(a) === normal(b);
}

/**
 * The verification of a phase: of several, the one that changed last. It is stale when a summary of the phase was committed
 * after it, by the order of commits: in a rebased batch all commit times are the same second.
 */
function verificationStatus(
  documents: readonly DocumentAt[],
  facts: Facts,
): VerificationStatus | null {
  const position = (path: string) =>
    facts.history.lastChange(path)?.position ?? -1;
  const newest = documents
    .filter(({ place }) => place.kind === "verification")
    .toSorted((a, b) => position(b.path) - position(a.path))[0];
  const reading = newest?.reading.verification;
  if (!newest || !reading) return null;
  const newerSummaries = documents
    .filter(
      ({ path, place }) =>
        place.kind === "summary" && position(path) > position(newest.path),
    )
    .map(({ path }) => path);
  return {
    path: newest.path,
    status: reading.status,
    rawStatus: reading.rawStatus,
    score: reading.score,
    stale: newerSummaries.length > 0,
    newerSummaries,
  };
}

/** GSD's own rule for a completed phase (open-gsd `phase_complete`), refined by what was measured: product.md, "Verdicts". */
function headlineOf(
  plans: readonly PlanStatus[],
  verification: VerificationStatus | null,
  targets: readonly TargetResult[],
): Headline {
  const live = plans.filter((plan) => !plan.superseded);
  if (plans.length > 0 && live.length === 0) return "superseded";
  if (verification?.status === "gaps_found") return "gaps_found";
  if (verification?.status === "human_needed") return "human_needed";
  const done = live.filter((plan) => plan.summary !== null).length;
  if (live.length === 0) return verification ? "unknown" : "planned";
  if (done === 0) return "planned";
  if (done < live.length) return "in_progress";
  const complete =
    verification?.status === "passed" &&
    !verification.stale &&
    !targets.some((target) => target.verdict === "missed");
  return complete ? "complete" : "executed";
}

/** What documents promise for a phase: its plans, its verification's goal, the roadmap's goal and criteria. */
function promised(
  documents: readonly DocumentAt[],
  roadmap: readonly { path: string; phase: RoadmapPhase }[],
): Target[] {
  return [
    ...documents.flatMap(({ path, reading }) =>
      reading.targets.map((target) => ({ ...target, path })),
    ),
    ...roadmap.flatMap(({ path, phase }) =>
      phase.promises.flatMap(targetsOf).map((target) => ({ ...target, path })),
    ),
  ];
}

function judgeEach(
  target: Target,
  documents: readonly DocumentAt[],
  facts: Facts,
  evidence: Evidence,
  scope: PhaseScope,
): { targets: TargetResult[]; findings: Finding[] } {
  if (
    !target.each ||
    target.metric !== "coverage" ||
    /\.[a-z]{1,5}$/i.test(target.subject)
  ) {
    return {
      targets: [judgeTarget(target, facts, evidence, scope)],
      findings: [],
    };
  }
  const members = membersOf(target, documents);
  if (members.kind === "unknown") {
    return {
      targets: [
        {
          ...target,
          verdict: "not_checkable",
          measured: null,
          gap: null,
          unitsToGo: null,
          why: members.why,
        },
      ],
      findings: members.finding ? [members.finding] : [],
    };
  }
  return {
    targets: members.files.map((file) => {
      const result = judgeTarget(
        { ...target, subject: file, each: false },
        facts,
        evidence,
        scope,
      );
      return {
        ...result,
        set: target.subject,
        why: `${result.why} One of “${target.subject}”, as listed in ${members.source}.`,
      };
    }),
    findings: [],
  };
}

function claimsOf(
  document: DocumentAt,
  documents: readonly DocumentAt[],
  facts: Facts,
  evidence: Evidence,
  phase: PhaseScope,
  start: Moment | null,
): ClaimResult[] {
  const { path, blob, place, reading } = document;
  const plan =
    place.kind === "summary"
      ? documents.find(
          (other) =>
            other.place.kind === "plan" &&
            samePlan(other.place.planId, place.planId),
        )
      : undefined;
  const written = facts.history.lastChange(path) ?? facts.commit;
  // A plan that was committed after its own summary does not say when the work began.
  const planned = plan && facts.history.lastChange(plan.path);
  const context = {
    phase,
    document,
    written,
    workBegan: planned && planned.position < written.position ? planned : start,
  };
  return reading.claims.map((claim) => ({
    ...judgeClaim({ ...claim, path }, evidence, context),
    blob,
  }));
}

/** What each document says the status is. */
function statementsOf(
  documents: readonly DocumentAt[],
  roadmap: readonly { path: string; phase: RoadmapPhase }[],
  verification: VerificationStatus | null,
  facts: Facts,
  key: string,
  root: string,
): StatusStatement[] {
  const at = (path: string) =>
    (facts.history.lastChange(path) ?? facts.commit).at;
  const statements: StatusStatement[] = [];
  for (const { path, place, reading } of documents) {
    if (reading.verification && path === verification?.path) {
      const { rawStatus, score, statusLine } = reading.verification;
      const counted = score ? ` (${score.verified}/${score.total})` : "";
      statements.push({
        path,
        line: statusLine,
        says: `${rawStatus}${counted}`,
        at: at(path),
      });
      continue;
    }
    if (place.kind === "summary" && reading.status) {
      statements.push({
        path,
        line: reading.status.line,
        says: reading.status.raw,
        at: at(path),
      });
    }
    if (place.kind !== "phase_summary" && place.kind !== "report") continue;
    const seen = new Set<string>();
    for (const claim of reading.claims) {
      if (claim.metric !== "status" || claim.historic) continue;
      const says = `${claim.value}`;
      if (seen.has(says)) continue;
      seen.add(says);
      statements.push({ path, line: claim.line, says, at: at(path) });
    }
  }
  for (const { path, phase } of roadmap) {
    const says =
      phase.from === "checklist"
        ? phase.checked
          ? "[x] ticked in the roadmap"
          : "[ ] not ticked in the roadmap"
        : phase.from === "progress" && phase.status
          ? `${phase.status}${phase.plans ? ` (${phase.plans.done}/${phase.plans.total} plans)` : ""} in the progress table`
          : null;
    if (says) statements.push({ path, line: phase.line, says, at: at(path) });
  }
  for (const { path, place, reading } of facts.documents) {
    const state = reading.state;
    if (state && place.root === root && state.key === key) {
      statements.push({
        path,
        line: state.line,
        says: state.says,
        at: at(path),
      });
    }
  }
  return statements;
}

/** Documents that document a gap: gap closure plans, and a verification that lists what is missing. */
function escapes(documents: readonly DocumentAt[]): string[] {
  return documents
    .filter(
      ({ reading }) =>
        reading.plan?.gapClosure === true ||
        reading.verification?.gaps.some(
          (gap) => gap.open && gap.missing.length > 0,
        ),
    )
    .map(({ path }) => path.slice(path.lastIndexOf("/") + 1));
}

function roadmapPhases(facts: Facts, root: string) {
  return facts.documents
    .filter(({ place, reading }) => place.root === root && reading.roadmap)
    .flatMap(({ path, reading }) =>
      (reading.roadmap?.phases ?? []).map((phase) => ({ path, phase })),
    );
}

/** A roadmap may list one number twice; then only the entry whose name fits the directory speaks of it. */
function namesPhase(
  phase: RoadmapPhase,
  slug: string,
  listed: readonly { phase: RoadmapPhase }[],
): boolean {
  const names = new Set(
    listed
      .filter((other) => other.phase.key === phase.key)
      .map((other) => words(other.phase.name).join(" ")),
  );
  if (names.size < 2) return true;
  const slugWords = new Set(slug.toLowerCase().split(/[-_]/));
  const overlap = (name: string) =>
    name.split(" ").filter((word) => slugWords.has(word)).length;
  const best = Math.max(...[...names].map(overlap));
  return overlap(words(phase.name).join(" ")) === best;
}

function nameOf(
  documents: readonly DocumentAt[],
  roadmap: readonly { phase: RoadmapPhase }[],
  fallback: string,
): string {
  const named = roadmap.find(
    ({ phase }) => phase.from === "details" && phase.name !== "",
  );
  if (named) return named.phase.name;
  const listed = roadmap.find(({ phase }) => phase.name !== "");
  if (listed) return listed.phase.name;
  for (const { reading } of documents) {
    const title = /^Phase\s+(\S+?):\s*(.+?)(?:\s+[-–—]\s+.*)?$/i.exec(
      reading.title?.text ?? "",
    );
    if (title?.[2] && parsePhaseKey(title[1] ?? "") !== null) return title[2];
  }
  const text = fallback.replace(/[-_]+/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

function summaryOf({
  path,
  blob,
  artifact,
  introduced,
}: ArtifactVersion): ArtifactSummary {
  const report = artifact.kind === "coverage" ? artifact.report : null;
  const counts = report && basisCounts(report);
  return {
    path,
    blob,
    kind: artifact.kind,
    format:
      artifact.kind === "trend"
        ? artifact.trend.format
        : artifact.kind === "results"
          ? artifact.results.format
          : (report?.format ?? null),
    basis: report?.basis ?? null,
    trust: report?.trust ?? null,
    covered: counts?.covered ?? null,
    total: counts?.total ?? null,
    files: report?.files.length ?? null,
    commit: introduced.sha,
    at: introduced.at,
  };
}

function findingsOf({ path, reading }: DocumentAt): Finding[] {
  return reading.findings.map((finding) => ({ ...finding, path }));
}

function artifactFindings({
  path,
  artifact,
}: Facts["artifacts"][number]): Finding[] {
  const findings =
    artifact.kind === "coverage"
      ? artifact.report.findings
      : artifact.kind === "trend"
        ? artifact.trend.findings
        : artifact.kind === "results"
          ? artifact.results.findings
          : artifact.findings;
  return findings.map((finding) => ({ ...finding, path }));
}
