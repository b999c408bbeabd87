import type { Metric } from "./draft.ts";

/** The metric that a label, header or heading names by itself. */
export function metricNamed(label: string): Metric | null {
  if (OTHER_THINGS.test(label)) return null;
  if (/\bpass(?:ing)?[ -]rate\b|\bpass %/i.test(label)) return "pass_rate";
  if (/\b(?:coverage|covered %|cov)\b/i.test(label)) {
    return /\b(?:increase|added|gain|improvement|delta|change)\b/i.test(label)
      ? "coverage_delta"
      : "coverage";
  }
  if (
    /\b(?:tests?|suite)\b.*\b(?:duration|execution time|run ?time|time)\b|\bsuite duration\b/i.test(
      label,
    )
  ) {
    return "duration";
  }
  if (/\bflaky(?: tests?)?$/i.test(label)) return "tests_flaky";
  if (
    /^(?:tests? )?fail(?:ing|ed|ures?)?$|^(?:test failures|failing tests|tests fail(?:ed|ing))$/i.test(
      label,
    )
  ) {
    return "tests_failing";
  }
  if (/^(?:tests? )?pass(?:ing|ed)?$|^passing tests$/i.test(label)) {
    return "tests_passing";
  }
  return /^(?:total )?tests?(?: (?:created|count|total|added|written))?$|^test count$/i.test(
    label,
  )
    ? "tests_total"
    : null;
}

/** Percentages of these are not results of tests or coverage. */
export const OTHER_THINGS =
  /\b(?:requirements?|docstrings?|documentation|docs|accuracy|confidence|recall|precision|hit rate|cache|budget|cpu|memory|traffic|intervention|hallucination|satisfaction|complian\w+|similarity|rollout|adoption|uptime|availability|scenarios?|entit(?:y|ies)|type hints?|api contracts?|endpoint coverage|feature coverage|specs?|threat|user stor\w+|readiness|success rate|error rate|failure rate|flaky rate|flakiness|utili[sz]ation|constitutional)\b/i;
