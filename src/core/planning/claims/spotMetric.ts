import type { Context } from "./context.ts";
import { countMetric } from "./countMetric.ts";
import type { Metric } from "./draft.ts";
import { levelMetric } from "./levelMetric.ts";
import { metricNamed } from "./metricNames.ts";
import type { Spot } from "./spot.ts";
import { IMPERATIVE } from "./standing.ts";

/** What a number is of; null where the words around it do not tell. */
export function metricOf(spot: Spot, context: Context): Metric | null {
  const { quantity } = spot;
  if (quantity.unit === "s") return durationMetric(spot);
  if (quantity.unit === null) return countMetric(spot, context);
  const level = levelMetric(spot, context);
  if (level === "coverage") {
    if (
      quantity.unit === "pp" ||
      quantity.sign === "+" ||
      quantity.sign === "-"
    ) {
      return "coverage_delta";
    }
    return /\b(?:increas\w*|improv\w*|rose|grew|gain\w*|up)\s+(?:of|by)\s*$/i.test(
      spot.lead,
    )
      ? "coverage_delta"
      : level;
  }
  // A pass rate "improved by 17%" is not 17 %.
  return quantity.unit === "%" &&
    quantity.sign === null &&
    !/\bby\s*$/i.test(spot.lead)
    ? level
    : null;
}

function durationMetric({ lead, before, tail, sentence }: Spot): Metric | null {
  if (
    /\b(?:passed|passing|failed|skipped)\b[^.;]{0,20}\bin\s*$/i.test(before)
  ) {
    return "duration";
  }
  const label = lead.split(":").length > 1 ? lead : "";
  if (metricNamed(label.replace(/:\s*$/, "").trim()) === "duration")
    return "duration";
  return /\b(?:suite|tests)\b[^,;()]*\b(?:runs?|ran|completes?|completed|executes?|executed|takes?|took|finish(?:es|ed))\s+(?:in\s+)?$/i.test(
    lead,
  ) &&
    !/\bper\b/i.test(tail) &&
    !IMPERATIVE.test(sentence)
    ? "duration"
    : null;
}
