import type { DocumentAt, Moment, PathHistory } from "../facts.ts";
import { fileName } from "../fileName.ts";
import { firstOf } from "../firstOf.ts";
import type { PlanStatus } from "../status.ts";
import type { ReportEvidence } from "./evidence.ts";
import type { PhaseEvidence } from "./phaseEvidence.ts";
import { planBegan } from "./workBegan.ts";

/** Plans named that were done at the same time. */
const OTHERS_NAMED = 3;

/** The commits between which the work of a plan lies. */
export interface Work {
  readonly began: Moment;
  readonly ended: Moment;
}

/** When a plan was worked on: from its own commit to its summary's; null where the history read does not reach them. */
export function workOf(
  plan: PlanStatus,
  summary: string,
  history: PathHistory,
  { phase }: PhaseEvidence,
): Work | null {
  const ended = history.lastChange(summary);
  const planned = history.lastChange(plan.path);
  if (!ended) return null;
  const began = planBegan(planned, ended, phase.start);
  return began && { began, ended };
}

/** Other plans whose summaries came between two reports; null where there are none. */
export function othersBetween(
  base: ReportEvidence,
  after: ReportEvidence,
  plan: PlanStatus,
  {
    summaries,
    history,
  }: {
    readonly summaries: readonly DocumentAt[];
    readonly history: PathHistory;
  },
): string | null {
  const from = base.version.introduced.position;
  const to = after.version.introduced.position;
  const others = summaries.filter(({ path }) => {
    const position = history.lastChange(path)?.position;
    return (
      path !== plan.summary &&
      position !== undefined &&
      position > from &&
      position <= to
    );
  });
  if (others.length === 0) return null;
  const names = others.map(({ path }) => fileName(path));
  return `other work was summarised too (${firstOf(names, OTHERS_NAMED)})`;
}
