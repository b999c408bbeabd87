import type { DocumentAt, Moment, PathHistory } from "../facts.ts";
import type { RequirementMention } from "../planning/requirementMention.ts";
import type { TargetResult } from "../status.ts";
import { fitOf, isMeant, slugsBesides, type Listed } from "./roadmapEntries.ts";

/** A mention with the document it stands in. */
export interface Spoken extends RequirementMention {
  readonly path: string;
  /** Of the plan or summary, else null. */
  readonly planId: string | null;
}

/** What the judge of requirements is given. */
export interface RequirementFacts {
  readonly key: string;
  readonly slug: string;
  readonly directory: string;
  readonly documents: readonly DocumentAt[];
  /** Every document of the root. */
  readonly inRoot: readonly DocumentAt[];
  readonly roadmap: readonly Listed[];
  /** Path of the verification that counts. */
  readonly verification: string | null;
  readonly targets: readonly TargetResult[];
  readonly history: PathHistory;
  readonly commit: Moment;
}

/** What the roadmap maps to the phase. An entry whose name fits another directory of the same number better is about that one. */
export function mappedTo(
  { roadmap, slug }: RequirementFacts,
  rivals: readonly string[],
): Spoken[] {
  return roadmap
    .filter(
      (entry) =>
        rivals.length === 0 ||
        (fitOf(entry, slug) > 0 && isMeant(entry.phase.name, slug, rivals)),
    )
    .flatMap(({ path, phase }) =>
      phase.requirements.map(({ id, text, line }): Spoken => ({
        id,
        line,
        role: "traced",
        text,
        // "Fix failures, 98%+ pass rate" is a list.
        criteria: (text?.split(/,\s+/) ?? []).map((part) => ({
          text: part,
          line,
        })),
        says: null,
        phase: phase.key,
        path,
        planId: null,
      })),
    );
}

/** What a document says of requirements, with the document. */
export function spoken({ path, place, reading }: DocumentAt): Spoken[] {
  return reading.requirements.map((mention) => ({
    ...mention,
    path,
    planId: place.planId,
  }));
}

/** What is said of one requirement: in the phase's documents, in the lists of requirements, in the roadmap. */
export interface Sources {
  readonly own: readonly Spoken[];
  readonly listed: readonly Spoken[];
  readonly mapped: readonly Spoken[];
}

/**
 * The lists of requirements, the one that speaks of the phase first: an archived milestone may use the same ids and phase numbers
 * for something else.
 */
export function listsFor({
  inRoot,
  key,
  directory,
}: RequirementFacts): DocumentAt[] {
  const milestone = /\/milestones\/([^/]+)-phases\//.exec(directory)?.[1];
  const rank = ({ path }: DocumentAt) =>
    milestone !== undefined && path.includes(`/milestones/${milestone}-`)
      ? 0
      : path.includes("/milestones/")
        ? 2
        : 1;
  const ordered = inRoot
    .filter(({ place }) => place.kind === "requirements")
    .toSorted((a, b) => rank(a) - rank(b));
  const first = ordered.find(({ reading }) =>
    reading.requirements.some(({ phase }) => phase === key),
  );
  return first ? [first, ...ordered.filter((list) => list !== first)] : ordered;
}

/**
 * Slugs of the other directories of the root that carry the phase's number. Where there are some, "Phase 1" alone means none of them
 * for certain: two teams may have begun to count at 1.
 */
export function rivalsInRoot({
  inRoot,
  directory,
}: RequirementFacts): string[] {
  return slugsBesides(
    directory,
    new Set(inRoot.flatMap(({ place }) => place.directory ?? [])),
  );
}
