import type { DocumentAt, Facts } from "../facts.ts";
import type { VerificationReading } from "../planning/verification.ts";
import type { StatusStatement, VerificationStatus } from "../status.ts";
import {
  isMeant,
  isOfWorkstream,
  milestoneOf,
  type Listed,
} from "./roadmapEntries.ts";

/** The phase that a document of the root may speak of. */
export interface Spoken {
  readonly key: string;
  readonly slug: string;
  readonly root: string;
  readonly directory: string;
  /** Slugs of other directories that carry the key. */
  readonly rivals: readonly string[];
}

type Said = Omit<StatusStatement, "at">;

/** What each document says the status of a phase is, with the time of the commit that last changed the document. */
export function statementsOf(
  phase: Spoken,
  documents: readonly DocumentAt[],
  roadmap: readonly Listed[],
  verification: VerificationStatus | null,
  facts: Facts,
): StatusStatement[] {
  return [
    ...documents.flatMap((document) => {
      const { path, reading } = document;
      return reading.verification && path === verification?.path
        ? byVerification(path, reading.verification)
        : [
            ...bySummary(document),
            ...byReport(document),
            ...byLayout(document),
          ];
    }),
    ...roadmap.flatMap(byRoadmap),
    ...facts.documents
      .filter(
        ({ path, place }) =>
          place.root === phase.root && isOfWorkstream(path, phase.directory),
      )
      .flatMap((document) => byState(document, phase)),
  ].map((statement) => ({
    ...statement,
    at: (facts.history.lastChange(statement.path) ?? facts.commit).at,
  }));
}

function byVerification(
  path: string,
  { rawStatus, score, statusLine }: VerificationReading,
): Said[] {
  const counted = score ? `(${score.verified}/${score.total})` : "";
  const says = `${rawStatus} ${counted}`.trim();
  return says === "" ? [] : [{ path, line: statusLine, says }];
}

function bySummary({ path, place, reading }: DocumentAt): Said[] {
  const { status } = reading;
  return place.kind === "summary" && status
    ? [{ path, line: status.line, says: status.raw }]
    : [];
}

/** Status words of documents about the whole phase, each told once. */
function byReport({ path, place, reading }: DocumentAt): Said[] {
  if (place.kind !== "phase_summary" && place.kind !== "report") return [];
  const said = new Map<string, Said>();
  for (const { metric, historic, value, line } of reading.claims) {
    const says = `${value}`;
    if (metric !== "status" || historic || said.has(says)) continue;
    said.set(says, { path, line, says });
  }
  return [...said.values()];
}

/** Of the whole phase: in its specification, in a tracker. What is said of one plan is the plan's. */
function byLayout({ path, place, reading }: DocumentAt): Said[] {
  const own = (reading.work?.tracked ?? []).flatMap((phase) => phase.own ?? []);
  const status = place.kind === "spec" ? reading.work?.status : null;
  return [...own, ...(status ? [status] : [])].map(({ line, says }) => ({
    path,
    line,
    says,
  }));
}

function byRoadmap({ path, phase }: Listed): Said[] {
  const { line, status, plans } = phase;
  switch (phase.from) {
    case "checklist": {
      const says = phase.checked
        ? "[x] ticked in the roadmap"
        : "[ ] not ticked in the roadmap";
      return [{ path, line, says }];
    }
    case "progress": {
      if (!status) return [];
      const counted = plans ? ` (${plans.done}/${plans.total} plans)` : "";
      const says = `${status}${counted} in the progress table`;
      return [{ path, line, says }];
    }
    case "details":
      return [];
  }
}

/** A STATE speaks of the current milestone; what was archived with an earlier one may have the same number. */
function byState({ path, reading }: DocumentAt, phase: Spoken): Said[] {
  const { state } = reading;
  return state?.key === phase.key &&
    milestoneOf(phase.directory) === null &&
    isMeant(state.name, phase.slug, phase.rivals)
    ? [{ path, line: state.line, says: state.says }]
    : [];
}
