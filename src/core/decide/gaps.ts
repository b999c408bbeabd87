import type { Announcement, GapNews, Incident } from "../news.ts";
import type { PhaseStatus, RepositoryStatus, TargetResult } from "../status.ts";

interface Known {
  readonly status: RepositoryStatus;
  readonly incidents: readonly Incident[];
}

/** One target of a phase however many documents set it, or a set of files with its members. */
interface Goal {
  readonly key: string;
  readonly phase: PhaseStatus;
  readonly results: readonly TargetResult[];
  readonly worst: TargetResult;
  readonly missed: boolean;
  readonly settled: boolean;
  readonly members: GapNews["members"];
}

/**
 * Targets that went to missed, and missed ones that were reached. A target is due once every plan of its phase has a summary
 * or a verification exists: that a freshly planned 80 % is not there yet is no news.
 */
export function gapNews(
  { status: previous, incidents }: Known,
  current: RepositoryStatus,
): Announcement[] {
  const before = goals(previous);
  const after = goals(current);
  const announcements: Announcement[] = [];
  for (const goal of after.values()) {
    const living = incidents.find(
      (incident) => incident.key === goal.key && incident.state === "open",
    );
    if (living?.news.kind === "gap") {
      const { target, members } = living.news;
      const moved =
        target.verdict !== goal.worst.verdict ||
        target.measured?.value !== goal.worst.measured?.value ||
        members?.missed !== goal.members?.missed;
      if (goal.settled || moved) {
        announcements.push({
          key: goal.key,
          transition: goal.settled ? "resolve" : "change",
          news: newsOf(goal, living.news.fired, current),
        });
      }
    } else if (goal.missed && before.get(goal.key)?.missed !== true) {
      announcements.push({
        key: goal.key,
        transition: "fire",
        news: newsOf(goal, goal.worst, current),
      });
    }
  }
  return [...announcements, ...dropped(incidents, after, current)];
}

function goals(status: RepositoryStatus): Map<string, Goal> {
  const found = new Map<string, Goal>();
  for (const phase of status.phases) {
    const due = isDue(phase);
    const groups = Map.groupBy(withoutMembersAlone(phase.targets), (target) =>
      [
        "gap",
        phase.phase.directory,
        target.metric,
        (target.set ?? target.subject).toLowerCase(),
        target.aspect ?? "",
        `${target.op}${target.value}`,
      ].join("|"),
    );
    for (const [key, results] of groups) {
      const worst = results.reduce((one, other) =>
        badness(other) > badness(one) ? other : one,
      );
      const members = worst.set
        ? {
            missed: new Set(
              results
                .filter((r) => r.verdict === "missed")
                .map((r) => r.subject),
            ).size,
            total: new Set(results.map((r) => r.subject)).size,
          }
        : null;
      found.set(key, {
        key,
        phase,
        results,
        worst,
        missed: due && worst.verdict === "missed",
        settled: isSettled(worst),
        members,
      });
    }
  }
  return found;
}

/** "payments.py 50 %" beside "all 3 Tier 1 files 50 %" is the same promise twice, and would be the same news twice. */
function withoutMembersAlone(
  targets: readonly TargetResult[],
): readonly TargetResult[] {
  const promise = ({ subject, metric, aspect, op, value }: TargetResult) =>
    [subject.toLowerCase(), metric, aspect, op, value].join("|");
  const members = new Set(
    targets.filter(({ set }) => set !== undefined).map(promise),
  );
  return targets.filter(
    (target) => target.set !== undefined || !members.has(promise(target)),
  );
}

function isDue({ headline, verification }: PhaseStatus): boolean {
  return (
    verification !== null ||
    headline === "executed" ||
    headline === "complete" ||
    headline === "gaps_found" ||
    headline === "human_needed"
  );
}

function badness(target: TargetResult): number {
  return target.verdict === "missed"
    ? 1e9 + (target.gap ?? 0)
    : isSettled(target)
      ? 0
      : 1;
}

function isSettled({ verdict }: TargetResult): boolean {
  return (
    verdict === "met" || verdict === "above_range" || verdict === "documented"
  );
}

function newsOf(
  goal: Goal,
  fired: TargetResult,
  { commit, at }: RepositoryStatus,
): GapNews {
  return {
    kind: "gap",
    phase: { key: goal.phase.phase.key, name: goal.phase.phase.name },
    // A set that is reached is shown by the member that was short of it, not by whichever comes first.
    target:
      (goal.settled &&
        goal.results.find(({ subject }) => subject === fired.subject)) ||
      goal.worst,
    fired,
    members: goal.members,
    commit,
    at,
  };
}

/** Open incidents whose target no document sets any more. */
function dropped(
  incidents: readonly Incident[],
  after: ReadonlyMap<string, Goal>,
  { commit, at }: RepositoryStatus,
): Announcement[] {
  return incidents.flatMap((incident) =>
    incident.state === "open" &&
    incident.news.kind === "gap" &&
    !after.has(incident.key)
      ? [
          {
            key: incident.key,
            transition: "resolve" as const,
            news: {
              ...incident.news,
              target: {
                ...incident.news.target,
                verdict: "not_checkable" as const,
                why: "No document sets this target any more.",
              },
              commit,
              at,
            },
          },
        ]
      : [],
  );
}
