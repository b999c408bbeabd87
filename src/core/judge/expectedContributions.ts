import type { DocumentAt } from "../facts.ts";
import type { Contribution } from "../planning/contributions.ts";
import type { PlanStatus } from "../status.ts";
import { isSamePlan } from "./plans.ts";
import type { Listed } from "./roadmapEntries.ts";

/** A contribution, who is to make it, and where that is written. */
export interface Expected extends Contribution {
  readonly path: string;
  /** Null where the phase has no plan of that number. */
  readonly of: PlanStatus | null;
  readonly name: string;
}

/** Documents repeat each other: what is expected of a plan twice is told once. */
export function expectedOf(
  documents: readonly DocumentAt[],
  roadmap: readonly Listed[],
  plans: readonly PlanStatus[],
): Expected[] {
  const written = [
    ...documents.flatMap(({ path, place, reading }) =>
      reading.contributions.map((each) => ({
        ...each,
        path,
        plan: each.plan ?? place.planId,
      })),
    ),
    ...roadmap.flatMap(({ path, phase }) =>
      phase.contributions.map((each) => ({ ...each, path })),
    ),
  ];
  const once = new Map<string, Expected>();
  for (const each of written) {
    const asked = each.plan;
    if (asked === null) continue;
    const of = planNamed(asked, plans);
    // The full id of no plan of this phase is another phase's.
    if (of === null && asked.includes("-")) continue;
    const name = of?.id ?? asked;
    const key = [name, each.subject, each.value, each.upper, each.unit].join(
      "|",
    );
    if (!once.has(key)) once.set(key, { ...each, of, name });
  }
  return [...once.values()];
}

/** By its id, else by its number alone: `05` is `19-05`, but not `GAP-05`. */
function planNamed(
  asked: string,
  plans: readonly PlanStatus[],
): PlanStatus | null {
  const named = plans.find(({ id }) => isSamePlan(id, asked));
  if (named) return named;
  const [only, other] = plans.filter(({ id }) =>
    isSamePlan(/^\d[\dA-Z.]*-(\d{1,3}[A-Z]?)$/i.exec(id)?.[1] ?? null, asked),
  );
  return only && !other ? only : null;
}
