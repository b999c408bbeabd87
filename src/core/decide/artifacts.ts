import { advance, type Sighting } from "../judge/regressions.ts";
import type { Announcement } from "../news.ts";
import type { Current, Decision, Memory } from "./decide.ts";

/** Drops and health of every coverage artifact: of those that are there, and of those that were. */
export function artifactNews(
  previous: Memory,
  current: Current,
  now: string,
): Decision {
  const { commit, at } = current.status;
  const announcements: Announcement[] = [];
  const series = new Map(previous.series);
  for (const path of new Set([
    ...current.reports.keys(),
    ...previous.series.keys(),
  ])) {
    const { state, outcome } = advance(previous.series.get(path) ?? null, {
      path,
      sighting: sightingOf(path, current),
      tree: current,
      now,
    });
    series.set(path, state);
    if (outcome.kind === "note") {
      announcements.push({
        key: `health|${path}|${outcome.problem}`,
        transition: "note",
        news: {
          kind: "health",
          problem: outcome.problem,
          path,
          message: outcome.why,
          commit,
          at,
        },
      });
    } else if (outcome.kind !== "none") {
      announcements.push({
        key: `regression|${path}`,
        transition: outcome.kind,
        news: {
          kind: "regression",
          path,
          ...outcome.regression,
          commit,
          at,
        },
      });
    }
  }
  return { announcements, series };
}

function sightingOf(path: string, { reports, status }: Current): Sighting {
  const report = reports.get(path);
  const summary = status.artifacts.find((artifact) => artifact.path === path);
  if (report && summary) {
    const { blob, commit, at } = summary;
    return { kind: "report", report, blob, commit, at };
  }
  // A file that is there but is no report (any more) has a summary or a finding; one that is gone has neither.
  const isThere =
    summary !== undefined ||
    status.findings.some(
      (finding) =>
        finding.path === path &&
        (finding.kind === "unreadable" || finding.kind === "too_large"),
    );
  return { kind: "missing", problem: isThere ? "unreadable" : "absent" };
}
