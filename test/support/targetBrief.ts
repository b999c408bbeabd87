import type { TargetReading } from "../../src/core/planning/target.ts";

/** A target in one line: metric, subject, "each", aspect, operator, value, then what is not always there. */
export function brief(target: TargetReading): string {
  return [
    target.metric,
    target.subject,
    target.each ? "each" : null,
    target.aspect,
    target.op,
    target.upper === null ? target.value : `${target.value}-${target.upper}`,
    target.from === null ? null : `from ${target.from}`,
    target.tolerance === null ? null : `tolerance ${target.tolerance}`,
    target.orDocumented ? "orDocumented" : null,
  ]
    .filter((part) => part !== null)
    .join(" ");
}
