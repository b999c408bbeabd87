import type { DocumentAt } from "../facts.ts";
import type { PlanStatus } from "../status.ts";

/** The plans of a phase, each with its summary, in the order of their ids. */
export function planStatuses(documents: readonly DocumentAt[]): PlanStatus[] {
  const summaries = documents.filter(({ place }) => place.kind === "summary");
  return documents
    .flatMap(({ path, place, reading }) => {
      const id = place.planId;
      if (!reading.plan || id === null) return [];
      const { wave, gapClosure, superseded } = reading.plan;
      // A name that fits letter by letter goes first: one directory may hold `05-01` and `5-1`.
      const beside = path.replace(/PLAN(?=\.md$)/i, "SUMMARY");
      const summary =
        summaries.find((other) => other.path === beside) ??
        summaries.find((other) => isSamePlan(other.place.planId, id));
      return [
        {
          id,
          path,
          wave,
          summary: summary?.path ?? null,
          gapClosure,
          superseded,
        },
      ];
    })
    .toSorted((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
}

/** `05-01A` and `5-1a` are one plan. */
export function isSamePlan(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && normal(a) === normal(b);
}

function normal(id: string): string {
  return id.toUpperCase().replace(/(^|[^0-9])0+(?=\d)/g, "$1");
}
