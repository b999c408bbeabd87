import { fileName } from "../fileName.ts";
import type { DocumentAt } from "../facts.ts";
import type { Assertion } from "../planning/assertions.ts";
import type { Target } from "../planning/target.ts";
import { isOverallSubject } from "./evidence.ts";
import { threshold } from "./wording.ts";

/**
 * Where the check that a plan runs is not the target that the plan sets in words: one neutral sentence for each plan and metric, naming
 * both lines.
 */
export function assertedOtherwise(documents: readonly DocumentAt[]): string[] {
  return documents.flatMap(({ path, reading }) =>
    (["coverage", "pass_rate"] as const).flatMap((metric) => {
      const asserted = reading.assertions.filter(
        (assertion) => assertion.metric === metric,
      );
      const targets = reading.targets.filter(
        (target) =>
          target.metric === metric && isOverallSubject(target.subject),
      );
      const other = asserted.find(
        (assertion) =>
          targets.length > 0 &&
          targets.every((target) => differs(target, assertion)),
      );
      const [target] = targets;
      if (!other || !target) return [];
      const words = (side: Assertion | Target) =>
        threshold({ ...side, unit: "%", tolerance: null });
      return [
        `${fileName(path)}:${target.line} sets ${metric === "coverage" ? "overall coverage" : "the pass rate"} ${words(target)}; the check on line ${other.line} asserts ${words(other)}.`,
      ];
    }),
  );
}

/** The lower bound is what has to be passed; the upper one differs only where both name one. */
function differs(target: Target, assertion: Assertion): boolean {
  if (target.value !== assertion.value) return true;
  return (
    target.upper !== null &&
    assertion.upper !== null &&
    target.upper !== assertion.upper
  );
}
