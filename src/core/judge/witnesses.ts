import { timeOf } from "../coverage/measuredAt.ts";
import type { Claim } from "../planning/claim.ts";
import type { Measured } from "../status.ts";
import type { Evidence, ReportEvidence, TrendEvidence } from "./evidence.ts";
import type { ClaimContext } from "./judgement.ts";
import { numbersFor, trendNumberFor } from "./parts.ts";
import { remembered } from "./remembered.ts";

/** What one report, or one entry of a trend file, says of a claim's subject. */
export interface Witness {
  /** The numbers that the claim may quote, the first one before all others. */
  readonly numbers: readonly [Measured, ...Measured[]];
  /** Of the commit that brought it. */
  readonly position: number;
  /** Null for a trend file's entry: a number somebody wrote down. */
  readonly report: ReportEvidence | null;
}

/**
 * Whether a document could have told of a witness: it was committed no later, or says of itself that it was measured before the
 * document was. Reports are often committed some minutes after the summary that quotes them.
 */
export function wasThere(
  { position, report }: Witness,
  { written }: Pick<ClaimContext, "written">,
): boolean {
  if (position <= written.position) return true;
  const measuredAt = report?.report.measuredAt;
  return (
    measuredAt !== null &&
    measuredAt !== undefined &&
    timeOf(measuredAt) <= Date.parse(written.at)
  );
}

/** The witnesses of a subject, newest first. */
export type Witnesses = (
  aspect: Claim["aspect"],
) => (subject: string) => readonly Witness[];

/** An entry that names another phase may agree by chance: it is asked only when it names the phase of this key, or none. */
export function witnessesOf(evidence: Evidence, key: string): Witnesses {
  const trends = evidence.trends.filter(
    ({ entry, phaseKey }) =>
      entry.trust !== "inconsistent" &&
      (entry.phase === null || phaseKey === key),
  );
  return remembered((aspect) =>
    remembered((subject) =>
      [
        ...evidence.reports.flatMap((report) =>
          byReport(report, subject, aspect),
        ),
        ...trends.flatMap((trend) => byTrend(trend, subject, aspect)),
      ].toSorted((a, b) => b.position - a.position),
    ),
  );
}

function byReport(
  report: ReportEvidence,
  subject: string,
  aspect: Claim["aspect"],
): Witness[] {
  const [first, ...rest] = numbersFor(report, subject, aspect);
  const { position } = report.version.introduced;
  return first ? [{ numbers: [first, ...rest], position, report }] : [];
}

function byTrend(
  trend: TrendEvidence,
  subject: string,
  aspect: Claim["aspect"],
): Witness[] {
  const number = trendNumberFor(trend, subject, aspect);
  const { position } = trend.version.introduced;
  return number ? [{ numbers: [number], position, report: null }] : [];
}
