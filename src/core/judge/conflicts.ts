import { fileName } from "../fileName.ts";
import type { DocumentAt } from "../facts.ts";
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
import { isAboutThePhase, saysComplete, saysOpen } from "./statusWords.ts";
import { count, describe, threshold } from "./wording.ts";

export interface Sides {
  /** Of the phase's directory: which of them speak of the whole phase. */
  readonly documents: readonly DocumentAt[];
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
    ...againstVerification(sides),
    ...againstEachOther(sides),
    ...passedBelowScore(sides),
    ...boxesAgainstSummaries(sides),
    ...completeAgainstPlans(sides),
    ...competingTargets(sides.targets),
    ...sides.requirements.flatMap(fulfilledAgainstTarget),
  ];
}

/** A document that says the opposite of the verification, each told once with all the places where it says so. */
function againstVerification(sides: Sides): string[] {
  const { verification } = sides;
  if (!verification || verification.status === "unknown") return [];
  const score = verification.score
    ? `, ${verification.score.verified} of ${verification.score.total}`
    : "";
  const age = verification.stale
    ? `, older than ${count(verification.newerSummaries.length, "summary", "summaries")}`
    : "";
  const passed = verification.status === "passed";
  const statements = aboutThePhase(sides).filter(
    ({ path, says }) =>
      path !== verification.path &&
      // A report is a record of its day, which may well have been open; roadmap and state are kept.
      (passed
        ? saysOpen(says) && !sides.documents.some((one) => one.path === path)
        : saysComplete(says)),
  );
  return byDocument(statements).map(
    (said) =>
      `${said}; ${fileName(verification.path)} says ${verification.rawStatus}${score}${age}.`,
  );
}

/** Where no verification decides, the documents that call the phase done against those that do not: one sentence for all of them. */
function againstEachOther(sides: Sides): string[] {
  const { verification } = sides;
  if (verification && verification.status !== "unknown") return [];
  const statements = aboutThePhase(sides);
  const done = statements.filter(({ says }) => saysComplete(says));
  const open = statements.filter(({ says }) => saysOpen(says));
  if (done.length === 0 || open.length === 0) return [];
  const paths = new Set([...done, ...open].map(({ path }) => path));
  const records = sides.documents.filter(({ path }) => paths.has(path)).length;
  // A roadmap that disagrees with itself has a sentence of its own; two reports may each be right about its day.
  if (paths.size < 2 || paths.size === records) return [];
  return [`${byDocument(done).join(", ")}; ${byDocument(open).join(", ")}.`];
}

function aboutThePhase({
  statements,
  documents,
}: Sides): readonly StatusStatement[] {
  return statements.filter(({ path }) => isAboutThePhase(path, documents));
}

/** `ROADMAP.md:62 says “…”, line 1026 “…”` for each document. */
function byDocument(statements: readonly StatusStatement[]): string[] {
  return [...Map.groupBy(statements, ({ path }) => path).values()].map((said) =>
    said
      .map(({ path, line, says }, index) =>
        index === 0
          ? `${fileName(path)}:${line} says “${says}”`
          : `line ${line} “${says}”`,
      )
      .join(", "),
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
    const progress = roadmap.find(
      (other) => other.phase.from === "progress" && other.path === path,
    );
    const status = progress?.phase.status ?? "";
    const opposite = phase.checked === true ? isNotComplete : saysComplete;
    if (progress && phase.from === "checklist" && opposite(status)) {
      conflicts.push(
        `${fileName(path)}:${phase.line} ${phase.checked === true ? "ticks" : "does not tick"} the phase; its progress table, line ${progress.phase.line}, says “${status}”.`,
      );
    }
    if (phase.plans) {
      conflicts.push(...countedAgainstPlans(path, phase, plans));
    }
  }
  return conflicts;
}

function isNotComplete(status: string): boolean {
  return status !== "" && !saysComplete(status);
}

/** A progress row's `4/3`, or another number than the directory has. */
function countedAgainstPlans(
  path: string,
  { line, plans: counted }: Listed["phase"],
  plans: readonly PlanStatus[],
): string[] {
  if (!counted || plans.length === 0) return [];
  const { done, total } = counted;
  const says = `${fileName(path)}:${line} counts ${done}/${total} plans`;
  const live = plans.filter(({ superseded }) => !superseded);
  // A superseded plan may be counted or not.
  if (total !== plans.length && total !== live.length) {
    return [`${says}; the phase has ${plans.length}.`];
  }
  const paired = live.filter(isExecuted).length;
  return done === paired || done === plans.length - live.length + paired
    ? []
    : [
        `${says}; ${paired} of them ${paired === 1 ? "has" : "have"} a summary.`,
      ];
}

function completeAgainstPlans(sides: Sides): string[] {
  const open = sides.plans.filter(
    (plan) =>
      !isExecuted(plan) &&
      !plan.superseded &&
      plan.state?.progress !== "unknown",
  );
  const [first] = open;
  const done = aboutThePhase(sides).filter(({ says }) => saysComplete(says));
  if (!first || done.length === 0) return [];
  const lacks = first.state
    ? `${count(open.length, "plan is", "plans are")} not done`
    : `${count(open.length, "plan has", "plans have")} no summary`;
  return [
    `${byDocument(done).join(", ")}; ${lacks} (${open.map((plan) => plan.id).join(", ")}).`,
  ];
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
