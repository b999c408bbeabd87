import { fileName } from "../fileName.ts";
import { firstOf } from "../firstOf.ts";
import { isDisputed } from "../judge/judgement.ts";
import { isExecuted } from "../judge/statedPlans.ts";
import type { Announcement, Incident, PhaseDigest } from "../news.ts";
import type { PhaseStatus, RepositoryStatus } from "../status.ts";

interface Known {
  readonly status: RepositoryStatus;
  readonly incidents: readonly Incident[];
}

/** More phases than this vanishing at once is a move or a clean-up, not as many pieces of news. */
const MASS_REMOVAL = 3;

/** Phases that changed: a new directory, a plan done, a verification, a verdict. */
export function phaseNews(
  { status: previous, incidents }: Known,
  current: RepositoryStatus,
): Announcement[] {
  const before = new Map(
    previous.phases.map((phase) => [phase.phase.directory, phase]),
  );
  const present = new Set(current.phases.map((phase) => phase.phase.directory));
  const gone = new Map(
    previous.phases
      .filter((phase) => !present.has(phase.phase.directory))
      .map((phase) => [nameOf(phase), phase]),
  );
  const changed = current.phases.flatMap((phase): Announcement[] => {
    const old = before.get(phase.phase.directory) ?? takeMoved(gone, phase);
    const digest = digestOf(phase);
    const oldDigest = old ? digestOf(old) : null;
    if (oldDigest && fingerprint(oldDigest) === fingerprint(digest)) return [];
    const key = `phase|${phase.phase.directory}`;
    const living = incidents.find(
      (incident) => incident.key === key && incident.state === "open",
    );
    const told = living?.news.kind === "phase" ? living.news.phase : oldDigest;
    return [
      {
        key,
        transition: living
          ? digest.headline === "complete"
            ? "resolve"
            : "change"
          : "fire",
        news: { kind: "phase", phase: digest, before: told },
      },
    ];
  });
  return [...changed, ...removals([...gone.values()], current)];
}

/** A directory that is there under another root is the same phase; what is taken was not removed. */
function takeMoved(
  gone: Map<string, PhaseStatus>,
  phase: PhaseStatus,
): PhaseStatus | undefined {
  const moved = gone.get(nameOf(phase));
  gone.delete(nameOf(phase));
  return moved;
}

function nameOf({ phase: { directory } }: PhaseStatus): string {
  return fileName(directory);
}

/** The parts of a phase's status that its summary tells. */
export function digestOf(status: PhaseStatus): PhaseDigest {
  const live = status.plans.filter((plan) => !plan.superseded);
  const { verification } = status;
  return {
    key: status.phase.key,
    name: status.phase.name,
    directory: status.phase.directory,
    headline: status.headline,
    plans: {
      done: live.filter(isExecuted).length,
      total: live.length,
      ...(live.some(({ state }) => state) && { stated: true }),
    },
    verification: verification && {
      rawStatus: verification.rawStatus,
      score: verification.score,
      stale: verification.stale,
      newerSummaries: verification.newerSummaries.length,
    },
    targets: oncePerTarget(status),
    disputed: status.claims.filter((claim) => isDisputed(claim.verdict)),
    claims: {
      confirmed: status.claims.filter((claim) => claim.verdict === "confirmed")
        .length,
      disputed: status.claims.filter((claim) => isDisputed(claim.verdict))
        .length,
      total: status.claims.length,
    },
    openGaps: status.gaps.filter((gap) => gap.open).length,
    conflicts: status.conflicts,
    commit: status.commit,
    at: status.at,
  };
}

/** Plans, roadmap and criteria repeat each other: a target that is set five times is one target. */
function oncePerTarget(status: PhaseStatus): PhaseDigest["targets"] {
  const seen = new Map(
    status.targets.map((target) => [
      [
        target.metric,
        target.subject,
        target.aspect,
        target.op,
        target.value,
        target.upper,
      ].join("|"),
      target,
    ]),
  );
  return [...seen.values()];
}

/** What makes a phase's state another one; a new wording of a conflict does not. */
function fingerprint(digest: PhaseDigest): string {
  return JSON.stringify([
    digest.headline,
    digest.plans,
    digest.verification,
    digest.targets
      .map(({ metric, subject, value, verdict }) =>
        [metric, subject, value, verdict].join("|"),
      )
      .toSorted(),
    digest.disputed.map(({ path, text, verdict }) => [
      fileName(path),
      text,
      verdict,
    ]),
    digest.openGaps,
  ]);
}

function removals(
  gone: readonly PhaseStatus[],
  current: RepositoryStatus,
): Announcement[] {
  const [first] = gone;
  if (!first) return [];
  const directories = gone.map(({ phase }) => phase.directory);
  return [
    {
      key: `removed|${current.commit}`,
      transition: "note",
      news: {
        kind: "health",
        problem: "absent",
        path: first.phase.directory,
        message: `${gone.length === 1 ? "A phase directory was" : `${gone.length} phase directories were`} removed or moved: ${firstOf(directories, MASS_REMOVAL)}. Their last state stays available.`,
        commit: current.commit,
        at: current.at,
      },
    },
  ];
}
