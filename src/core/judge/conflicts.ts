import { fileName } from "../fileName.ts";
import { standingOf } from "../planning/requirementAnswers.ts";
import type {
  PlanStatus,
  RequirementStatus,
  StatusStatement,
  TargetResult,
  VerificationStatus,
} from "../status.ts";
import type { Listed } from "./roadmapEntries.ts";
import { isExecuted } from "./statedPlans.ts";
import { describe, threshold } from "./wording.ts";

export interface Sides {
  readonly statements: readonly StatusStatement[];
  readonly plans: readonly PlanStatus[];
  readonly verification: VerificationStatus | null;
  readonly targets: readonly TargetResult[];
  readonly roadmap: readonly Listed[];
  readonly requirements: readonly RequirementStatus[];
}

/** Where documents of a phase disagree with each other or with what is there: one neutral sentence each, naming both sides. */
export function findConflicts(sides: Sides): string[] {
  return [
    ...completeAgainstVerification(sides),
    ...passedBelowScore(sides),
    ...boxesAgainstSummaries(sides),
    ...completeAgainstPlans(sides),
    ...competingTargets(sides.targets),
    ...sides.requirements.flatMap(fulfilledAgainstTarget),
  ];
}

/** Words that say a phase is done; "PARTIALLY COMPLETE" and "4 of 5 complete" are not among them. */
export function saysComplete(says: string): boolean {
  return (
    /\b(?:complete|completed|closed|done|success|successful|passed|achieved)\b|^\[x\]/i.test(
      says,
    ) &&
    !/\b(?:partial\w*|incomplete|not|in progress|planning|ready)\b/i.test(says)
  );
}

function completeAgainstVerification({
  statements,
  verification,
}: Sides): string[] {
  if (
    !verification ||
    verification.status === "passed" ||
    verification.status === "unknown"
  )
    return [];
  const score = verification.score
    ? `, ${verification.score.verified} of ${verification.score.total}`
    : "";
  const age = verification.stale
    ? `, older than ${count(verification.newerSummaries.length, "summary", "summaries")}`
    : "";
  return statements
    .filter(
      ({ path, says }) =>
        path !== verification.path && isPhaseLevel(path) && saysComplete(says),
    )
    .map(
      ({ path, line, says }) =>
        `${fileName(path)}:${line} says “${says}”; ${fileName(verification.path)} says ${verification.rawStatus}${score}${age}.`,
    );
}

function passedBelowScore({ verification }: Sides): string[] {
  const score = verification?.score;
  return verification?.status === "passed" &&
    score &&
    score.verified < score.total
    ? [
        `${fileName(verification.path)} says “${verification.rawStatus}” with a score of ${score.verified} of ${score.total}.`,
      ]
    : [];
}

function boxesAgainstSummaries({ roadmap, plans }: Sides): string[] {
  const normal = (id: string) =>
    id.toUpperCase().replace(/^.*?(\d+(?:\.\d+)?-\d+[A-Z]?|GAP.*)$/, "$1");
  const conflicts: string[] = [];
  for (const { path, phase } of roadmap) {
    const open = phase.planBoxes.filter(
      (box) =>
        !box.checked &&
        plans.some(
          (plan) => plan.summary !== null && normal(plan.id) === normal(box.id),
        ),
    );
    const [first] = open;
    if (first) {
      conflicts.push(
        `${fileName(path)}:${first.line} leaves ${open.map((box) => box.id).join(", ")} unticked; ${open.length === 1 ? "it has a summary" : "they have summaries"}.`,
      );
    }
    const ticked = phase.from === "checklist" && phase.checked;
    const progress = roadmap.find(
      (other) => other.phase.from === "progress" && other.path === path,
    );
    if (
      ticked &&
      progress?.phase.status &&
      !saysComplete(progress.phase.status)
    ) {
      conflicts.push(
        `${fileName(path)}:${phase.line} ticks the phase; its progress table, line ${progress.phase.line}, says “${progress.phase.status}”.`,
      );
    }
    const counted = phase.plans;
    if (counted && counted.total !== plans.length && plans.length > 0) {
      conflicts.push(
        `${fileName(path)}:${phase.line} counts ${counted.done}/${counted.total} plans; the phase has ${plans.length}.`,
      );
    }
  }
  return conflicts;
}

function completeAgainstPlans({ statements, plans }: Sides): string[] {
  const open = plans.filter(
    (plan) =>
      !isExecuted(plan) &&
      !plan.superseded &&
      plan.state?.progress !== "unknown",
  );
  const [first] = open;
  if (!first) return [];
  const lacks = first.state
    ? `${count(open.length, "plan is", "plans are")} not done`
    : `${count(open.length, "plan has", "plans have")} no summary`;
  return statements
    .filter(({ path, says }) => isPhaseLevel(path) && saysComplete(says))
    .map(
      ({ path, line, says }) =>
        `${fileName(path)}:${line} says “${says}”; ${lacks} (${open.map((plan) => plan.id).join(", ")}).`,
    );
}

/** One target set differently by several documents: all are kept, the difference is told. */
function competingTargets(targets: readonly TargetResult[]): string[] {
  const groups = Map.groupBy(
    targets.filter(({ metric }) => metric !== "coverage_delta"),
    (target) =>
      `${target.metric}|${target.subject.toLowerCase()}|${target.aspect ?? ""}`,
  );
  return [...groups.values()].flatMap((group) => {
    const byThreshold = new Map(
      group.map((target) => [
        threshold({ ...target, tolerance: null }),
        `${fileName(target.path ?? "")}:${target.line}`,
      ]),
    );
    const [first] = group;
    if (byThreshold.size < 2 || !first) return [];
    const sides = [...byThreshold].map(([text, where]) => `${text} (${where})`);
    return [
      `${METRIC[first.metric]} of ${first.subject}: ${sides.join(", ")}.`,
    ];
  });
}

/** A requirement that is said to be fulfilled while the target that answers it is missed. */
function fulfilledAgainstTarget({
  id,
  text,
  verdict,
  target,
  says,
}: RequirementStatus): string[] {
  const said = says.find((each) => standingOf(each.says) === "done");
  if (verdict !== "missed" || !target?.measured || !said) return [];
  const what = text === "" ? id : `${id}, “${text}”`;
  const later = target.measured.at > said.at ? "measured later" : "measured";
  return [
    `${fileName(said.path)}:${said.line} says “${said.says}” of ${what}: target ${threshold(target)}, ${later} ${describe(target.measured, target.unit)}.`,
  ];
}

const METRIC: Readonly<Record<TargetResult["metric"], string>> = {
  coverage: "Coverage",
  coverage_delta: "Coverage change",
  pass_rate: "Pass rate",
  tests_total: "Number of tests",
  tests_passing: "Passing tests",
  tests_failing: "Failing tests",
  tests_flaky: "Flaky tests",
  duration: "Duration",
};

/** A plan's own summary may say "complete" of itself without speaking of the phase. */
function isPhaseLevel(path: string): boolean {
  return !/\d-\d{1,3}[A-Za-z]?-SUMMARY\.md$|-GAP[-_]?\w*-SUMMARY\.md$/i.test(
    path,
  );
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
