import type { Context } from "./context.ts";
import type { Metric } from "./draft.ts";
import { TEST_FILE } from "./fileNames.ts";
import { metricNamed } from "./metricNames.ts";
import type { Spot } from "./spot.ts";
import { bare } from "./words.ts";

/** "5 new unit tests pass": what kind of tests a number counts (1) and how they did (2). */
export const TESTS_AFTER =
  /^\s*((?:(?!tests?\b)[A-Za-z][\w&/'-]* ){0,4}?)tests?\b(?!\s+(?:files?|cases?|class(?:es)?|methods?|scenarios?|suites?|lines?|functions?|data|doubles?|categor\w+|modules?|fixtures?|types?|plans?|per)\b|[-_/.]\w)(?:\s+(?:are |were |now |all |currently |still |consistently )*(pass(?:ing|ed|es)?|fail(?:ing|ed|s|ures?)?|skipped|ignored|deferred|blocked|removed|deleted|fixed|remaining|remain|errors?|flaky|can't|cannot|could|needed|needs?|requires?|required|collected|collecting|were fixed)\b)?/i;

/** Tests that these were done to are no longer there, or were never counted. */
const GONE =
  /\b(?:removed|deleted|dropped|skipp(?:ed|ing)|disabled|ignored|blocked|fixed|rewrote|renamed|refactored|updated|remaining)\s*$/i;

const SKIPPED_KIND =
  /\b(?:skipped|ignored|error|errors?|more|additional|remaining|minutes?|lines?|files?|minute|of|per|each|other|for|and|to|with|in|from|high-impact|existing|previously|originally|disabled)\b/i;

/** What a bare number or fraction counts; only tests are told. */
export function countMetric(spot: Spot, context: Context): Metric | null {
  const { quantity, after, before, sentence, tail } = spot;
  if (quantity.precision > 0 || quantity.sign !== null) return null;
  const isFraction = quantity.denominator !== null;
  const tests = TESTS_AFTER.exec(after);
  if (tests) {
    const kind = tests[1] ?? "";
    const outcome = (tests[2] ?? "").toLowerCase();
    if (/\bflaky\b/i.test(kind)) {
      return outcome === "" && !SKIPPED_KIND.test(kind) ? "tests_flaky" : null;
    }
    if (/\bfail(?:ing|ed)\b/i.test(kind) || outcome.startsWith("fail")) {
      return SKIPPED_KIND.test(kind) ? null : "tests_failing";
    }
    if (SKIPPED_KIND.test(kind)) return null;
    if (/\bpass(?:ing|ed)\b/i.test(kind) || outcome.startsWith("pass")) {
      return "tests_passing";
    }
    if (outcome === "flaky") return "tests_flaky";
    if (outcome !== "" && !outcome.startsWith("collect")) return null;
    if (GONE.test(spot.lead) || /\b(?:new|more|additional)\b/i.test(kind))
      return null;
    const state = /\b(pass|fail|skip)(?:ing|ed|ped|ping)?\s*:?\s*$/i
      .exec(spot.lead)?.[1]
      ?.toLowerCase();
    if (state === "skip") return null;
    if (state !== undefined)
      return state === "pass" ? "tests_passing" : "tests_failing";
    if (!isFraction) return "tests_total";
    return /\bpass\w*\b/i.test(spot.lead) ? "tests_passing" : null;
  }
  const outcome =
    /^\s*(?:are |were |now |all )?(passed|passing|pass|failed|failing|failures?)\b(?=\s*(?:$|[,.;:()✅❌⚠+&|=-]|and\b|in \d|out of\b|tests?\b))/iu.exec(
      after,
    )?.[1];
  if (outcome !== undefined) {
    const passed = outcome.toLowerCase().startsWith("pass");
    // "3 passed" may be checks, "3 passed, 1 failed" are tests.
    const company = passed
      ? /fail|skip|error|\btests?\b|_test|test_|suite/i
      : /pass|skip|error|\btests?\b|_test|test_|suite/i;
    const aboutTests =
      isFraction ||
      company.test(sentence) ||
      TEST_FILE.test(context.subject ?? "") ||
      context.metric === "tests_total";
    if (!aboutTests) return null;
    return passed ? "tests_passing" : "tests_failing";
  }
  const label = /(?:^|[,;(|]|\s[-–—]\s)\s*([^,;(|:]{3,40}?)\s*[:=]?\s*$/.exec(
    before,
  )?.[1];
  if (
    label === undefined ||
    !/^\s*(?:$|[(,.;)✅❌+=-])|^\s+(?:tests?)\b/u.test(tail)
  )
    return null;
  const named = metricNamed(bare(label));
  if (named === null || !named.startsWith("tests_")) return null;
  if (
    /^(?:pass|fail)/i.test(label) &&
    !/\btests?\b/i.test(sentence) &&
    context.metric !== "tests_total" &&
    context.metric !== "pass_rate"
  ) {
    return isFraction ? named : null;
  }
  return named;
}
