import { targetsOf } from "../planning/document.ts";
import { idsIn } from "../planning/requirementIds.ts";
import type { TargetResult, TargetVerdict } from "../status.ts";
import type { PhaseEvidence } from "./phaseEvidence.ts";
import { judgeEach } from "./promises.ts";
import type { RequirementFacts, Spoken } from "./requirementSources.ts";

/** The verdicts of targets, the one that decides first. */
const DECIDING: readonly TargetVerdict[] = [
  "missed",
  "above_range",
  "untrusted",
  "not_comparable",
  "not_measured",
  "documented",
  "met",
];

export interface Answering {
  readonly target: TargetResult;
  /** It answers the requirement, and not just one of its criteria. */
  readonly settles: boolean;
  readonly criteria: number;
}

/** The target that answers: of those that the requirement's own text sets and that carry its id, the worst. */
export function answeringTarget(
  id: string,
  defining: Spoken | undefined,
  { targets, documents }: RequirementFacts,
  evidence: PhaseEvidence,
): Answering | null {
  const criteria = criteriaOf(defining);
  const set = criteria.flatMap((sentence) =>
    targetsOf(sentence).flatMap(
      (target) =>
        judgeEach(
          { ...target, path: defining?.path ?? "" },
          documents,
          evidence,
        ).targets,
    ),
  );
  const carrying = targets.filter(({ text }) => isAbout(text, id));
  const [target] = [...set, ...carrying]
    .filter(({ verdict }) => DECIDING.includes(verdict))
    .toSorted(
      (a, b) => DECIDING.indexOf(a.verdict) - DECIDING.indexOf(b.verdict),
    );
  if (!target) return null;
  return {
    target,
    settles: target.verdict === "missed" || criteria.length <= 1,
    criteria: criteria.length,
  };
}

/** A mention that only says what is asked has that for its one criterion. */
function criteriaOf(defining: Spoken | undefined) {
  if (!defining) return [];
  const { criteria, text, line } = defining;
  return criteria.length > 0 || text === null ? criteria : [{ text, line }];
}

/** A sentence that names several requirements sets its target for who knows which. */
function isAbout(text: string, id: string): boolean {
  const [only, other] = idsIn(text);
  return only === id && other === undefined;
}
