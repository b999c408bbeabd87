import { firstOf } from "../firstOf.ts";
import type { Target } from "../planning/target.ts";
import type { Measured } from "../status.ts";
import {
  isOverallSubject,
  type ReportEvidence,
  type TrendEvidence,
} from "./evidence.ts";
import { isAmbiguous } from "./fileNames.ts";
import { numberOf, partFor, trendNumberFor } from "./parts.ts";
import type { PhaseEvidence } from "./phaseEvidence.ts";
import { predates, type Answer } from "./scope.ts";
import { describe, files, short } from "./wording.ts";

type Wanted = Pick<Target, "subject" | "aspect">;

/** What one piece of evidence measured of the target's subject. */
interface Sighting<From> {
  readonly from: From;
  readonly measured: Measured;
}

/**
 * Finds the coverage measurement that answers a target, as product.md says: a trusted report of its scope in the tree; otherwise the
 * newest one reachable, or a trend file's entry when that is newer (ADR 0007). Where none does, it says why not.
 */
export function measureCoverage(
  wanted: Wanted,
  evidence: PhaseEvidence,
): Answer {
  const newestFirst = evidence.reports.toReversed();
  const sightings: Sighting<ReportEvidence>[] = [];
  for (const from of newestFirst) {
    const measured = partFor(from, wanted.subject, wanted.aspect);
    if (measured && !isAmbiguous(measured)) sightings.push({ from, measured });
  }
  const ofPhase = sightings.filter(
    ({ from }) => !predates(from.version.introduced, evidence.phase),
  );
  return (
    byTrusted(
      ofPhase.filter(({ measured }) => measured.trust === "measured"),
      newestTrend(wanted, evidence),
    ) ??
    byDoubtful(ofPhase) ??
    byAmbiguous(wanted, evidence) ??
    byNarrower(wanted, evidence, newestFirst) ??
    byOlder(sightings) ?? {
      kind: "not_measured",
      measured: null,
      why: `No coverage report reachable from ${short(evidence.commit)} measures ${isOverallSubject(wanted.subject) ? "the whole project" : `“${wanted.subject}”`}.`,
    }
  );
}

function byTrusted(
  trusted: readonly Sighting<ReportEvidence>[],
  trend: Sighting<TrendEvidence> | null,
): Answer | null {
  const inTree = trusted.find(({ from }) => from.version.inTree);
  if (inTree)
    return { kind: "measured", measured: inTree.measured, note: null };
  const [newest] = trusted;
  if (trend && (!newest || positionOf(trend.from) > positionOf(newest.from))) {
    return {
      kind: "measured",
      measured: trend.measured,
      note: newest
        ? `The last report of it, ${newest.measured.path} at ${short(newest.measured.commit)}, is older and no longer in the tree: ${describe(newest.measured, "%")}.`
        : null,
    };
  }
  return newest
    ? {
        kind: "measured",
        measured: newest.measured,
        note: `The report is not in the evaluated tree; it was last there at ${short(newest.measured.commit)}.`,
      }
    : null;
}

function byDoubtful(
  sightings: readonly Sighting<ReportEvidence>[],
): Answer | null {
  const doubtful = sightings.find(({ from }) => from.version.inTree);
  return doubtful ? untrusted(doubtful) : null;
}

function byAmbiguous(
  { subject }: Wanted,
  evidence: PhaseEvidence,
): Answer | null {
  const why = ambiguityOf(subject, evidence);
  return why === null ? null : { kind: "not_measured", measured: null, why };
}

/** Candidates that are named. */
const NAMED = 3;

/** One sentence about a subject that fits several files of the newest report it fits any of; null where it fits at most one. */
export function ambiguityOf(
  subject: string,
  { reports }: Pick<PhaseEvidence, "reports">,
): string | null {
  if (isOverallSubject(subject)) return null;
  for (const { fileNamed, version } of reports.toReversed()) {
    const found = fileNamed(subject);
    if (!found) continue;
    if (!isAmbiguous(found)) return null;
    const { candidates } = found;
    return `“${subject}” fits ${candidates.length} files of ${version.path}: ${firstOf(candidates, NAMED)}. Name it with its directory.`;
  }
  return null;
}

/** A report of a part of the project does not answer for the whole, but it is what there is. */
function byNarrower(
  { subject, aspect }: Wanted,
  { phase }: PhaseEvidence,
  newestFirst: readonly ReportEvidence[],
): Answer | null {
  if (!isOverallSubject(subject)) return null;
  for (const from of newestFirst) {
    const { inTree, introduced, path } = from.version;
    if (from.overall || !inTree || predates(introduced, phase)) continue;
    const measured = numberOf(from, aspect);
    if (!measured) continue;
    return measured.trust === "measured"
      ? {
          kind: "not_comparable",
          measured,
          why: `The target is about the whole project; ${path} measures ${files(from.report.files.length)} only: ${describe(measured, "%")}.`,
        }
      : untrusted({ from, measured });
  }
  return null;
}

function byOlder([newest]: readonly Sighting<ReportEvidence>[]): Answer | null {
  return newest
    ? {
        kind: "not_measured",
        measured: { ...newest.measured, trust: "stale" },
        why: `The newest measurement of it was made before the phase began: ${describe(newest.measured, "%")}.`,
      }
    : null;
}

function untrusted({ from, measured }: Sighting<ReportEvidence>): Answer {
  const why = from.report.trustWhy === null ? "" : ` ${from.report.trustWhy}`;
  return {
    kind: "untrusted",
    measured,
    why: `Only ${measured.trust} data answers: ${measured.path} says ${describe(measured, "%")}.${why}`,
  };
}

/** The newest entry of the phase that was recorded as measured. */
function newestTrend(
  { subject, aspect }: Wanted,
  { ownTrends }: PhaseEvidence,
): Sighting<TrendEvidence> | null {
  for (const from of ownTrends.toReversed()) {
    const measured = trendNumberFor(from, subject, aspect);
    if (measured?.trust === "measured") return { from, measured };
  }
  return null;
}

function positionOf({ version }: ReportEvidence | TrendEvidence): number {
  return version.introduced.position;
}
