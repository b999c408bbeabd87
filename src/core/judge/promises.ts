import type { DocumentAt } from "../facts.ts";
import type { Finding } from "../finding.ts";
import { targetsOf } from "../planning/document.ts";
import type { Target } from "../planning/target.ts";
import type { TargetResult } from "../status.ts";
import { ambiguityOf } from "./coverageAnswer.ts";
import { membersOf } from "./members.ts";
import type { PhaseEvidence } from "./phaseEvidence.ts";
import type { Listed } from "./roadmapEntries.ts";
import { judgeTarget } from "./targets.ts";

export interface Judged {
  readonly targets: readonly TargetResult[];
  readonly findings: readonly Finding[];
}

/** Judges what documents promise for a phase: its plans, its verification's goal, the roadmap's goal and criteria. */
export function judgePromises(
  documents: readonly DocumentAt[],
  roadmap: readonly Listed[],
  evidence: PhaseEvidence,
): Judged {
  const promised = [
    ...documents.flatMap(({ path, reading }) =>
      reading.targets.map((target) => ({ ...target, path })),
    ),
    ...roadmap.flatMap(({ path, phase }) =>
      phase.promises.flatMap(targetsOf).map((target) => ({ ...target, path })),
    ),
  ];
  const judged = promised.map((target) =>
    judgeEach(target, documents, evidence),
  );
  return {
    targets: judged.flatMap(({ targets }) => targets),
    findings: judged.flatMap(({ findings }) => findings),
  };
}

/** A threshold that holds for each file of a set is judged for each of them. */
export function judgeEach(
  target: Target & { readonly path: string },
  documents: readonly DocumentAt[],
  evidence: PhaseEvidence,
): Judged {
  if (!isOfSet(target)) {
    const judged = judgeTarget(target, evidence);
    return {
      targets: [judged],
      findings: ambiguous({ ...judged, path: target.path }, evidence),
    };
  }
  const members = membersOf(target, documents);
  if (members.kind === "unknown") {
    const unjudged = { measured: null, gap: null, unitsToGo: null };
    return {
      targets: [
        { ...target, verdict: "not_checkable", ...unjudged, why: members.why },
      ],
      findings: members.finding ? [members.finding] : [],
    };
  }
  const targets = members.files.map((file) => {
    const member = { ...target, subject: file, each: false };
    const result = judgeTarget(member, evidence);
    return {
      ...result,
      set: target.subject,
      why: `${result.why} One of “${target.subject}”, as listed in ${members.source}.`,
    };
  });
  return { targets, findings: [] };
}

/** A subject that fits several files, where nothing else answered. */
function ambiguous(
  {
    metric,
    verdict,
    measured,
    subject,
    path,
    line,
  }: TargetResult & { readonly path: string },
  evidence: PhaseEvidence,
): Finding[] {
  if (metric !== "coverage" || verdict !== "not_measured" || measured)
    return [];
  const message = ambiguityOf(subject, evidence);
  return message === null ? [] : [{ kind: "ambiguous", path, line, message }];
}

/** "Each of x.py" is one file after all. */
function isOfSet({ each, metric, subject }: Target): boolean {
  return each && metric === "coverage" && !/\.[a-z]{1,5}$/i.test(subject);
}
