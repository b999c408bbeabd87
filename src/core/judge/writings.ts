import { fileName } from "../fileName.ts";
import type { DocumentAt, Facts, Moment } from "../facts.ts";
import { planInScope } from "../planning/documentKind.ts";
import { isSamePlan } from "./plans.ts";

/** When the documents of a repository were written, and which plans were finished in between. */
export interface Writings {
  /** The commit that last changed a document; the evaluated one where the history read does not reach it. */
  written(path: string): Moment;
  /**
   * Whether no other document about results was last changed by the same commit. Documents about several phases go with every plan: they
   * neither count nor are ever alone, or a claim's verdict would change when the next plan changes them again.
   */
  isAlone(path: string): boolean;
  /**
   * Whether a plan other than the one that a commit's scope names was finished after that commit and not after a document was
   * written: then what the commit measured is not the last word on what the document tells. Summaries of the document's own commit
   * count, for such a commit may have changed old documents that tell of earlier days.
   */
  finishedBetween(from: MeasuredAt, path: string): boolean;
}

/** The commit that brought a measurement, and the scope that its subject names. */
export interface MeasuredAt {
  readonly introduced: Moment;
  readonly scope: string | null;
}

export function writingsOf({ documents, history, commit }: Facts): Writings {
  const written = (path: string) => history.lastChange(path) ?? commit;
  const results = documents.filter(
    (document) =>
      document.reading.claims.length > 0 && !speaksOfSeveral(document),
  );
  const byCommit = Map.groupBy(results, ({ path }) => written(path).position);
  const finished = documents
    .filter(({ place }) => place.kind === "summary")
    .map((summary) => ({ summary, at: written(summary.path).position }));
  return {
    written,
    isAlone: (path) => {
      const [only, ...others] = byCommit.get(written(path).position) ?? [];
      return only?.path === path && others.length === 0;
    },
    finishedBetween: ({ introduced, scope }, path) => {
      const until = written(path).position;
      return finished.some(
        ({ summary, at }) =>
          at > introduced.position &&
          at <= until &&
          summary.path !== path &&
          !isOfPlan(summary, scope),
      );
    },
  };
}

/** Whether a document tells of several phases: a roadmap, a state, a report that names more than one. */
export function speaksOfSeveral({ place, reading }: DocumentAt): boolean {
  if (place.kind === "roadmap" || place.kind === "state") return true;
  const phases = new Set(reading.claims.flatMap(({ phase }) => phase ?? []));
  return phases.size > 1;
}

function isOfPlan(
  { place: { directory, planId } }: DocumentAt,
  scope: string | null,
): boolean {
  return (
    scope !== null &&
    directory !== null &&
    isSamePlan(planInScope(scope, fileName(directory)), planId)
  );
}
