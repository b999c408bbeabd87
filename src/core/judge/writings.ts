import { fileName } from "../fileName.ts";
import type { DocumentAt, Facts, Moment } from "../facts.ts";
import { planIdOf } from "../planning/documentKind.ts";
import { isSamePlan } from "./plans.ts";

/** When the documents of a repository were written, and which plans were finished in between. */
export interface Writings {
  /** The commit that last changed a document; the evaluated one where the history read does not reach it. */
  written(path: string): Moment;
  /** Whether no other document about results was last changed by the same commit. */
  isAlone(path: string): boolean;
  /**
   * Whether a plan other than the one that a commit's scope names was finished after that commit and before a document was
   * written: then what the commit measured is not the last word on what the document tells.
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
  const results = documents.filter(({ reading }) => reading.claims.length > 0);
  const byCommit = Map.groupBy(results, ({ path }) => written(path).position);
  const finished = documents
    .filter(({ place }) => place.kind === "summary")
    .map((summary) => ({ summary, at: written(summary.path).position }));
  return {
    written,
    isAlone: (path) =>
      (byCommit.get(written(path).position) ?? []).every(
        (other) => other.path === path,
      ),
    finishedBetween: ({ introduced, scope }, path) => {
      const until = written(path).position;
      return finished.some(
        ({ summary, at }) =>
          at > introduced.position &&
          at < until &&
          summary.path !== path &&
          !isOfPlan(summary, scope),
      );
    },
  };
}

function isOfPlan(
  { place: { directory, planId } }: DocumentAt,
  scope: string | null,
): boolean {
  return (
    scope !== null &&
    directory !== null &&
    isSamePlan(planIdOf(scope, fileName(directory)), planId)
  );
}
