import type { Context } from "./context.ts";
import type { Metric } from "./draft.ts";
import { SOURCE_FILE } from "./fileNames.ts";
import type { Spot } from "./spot.ts";
import { lastWords } from "./words.ts";

/** A sentence that starts so says what to do. */
export const IMPERATIVE =
  /^\W*(?:(?:task|plan|step|option|phase) [\w.-]+:\s*\W*)?(?:add|fix|create|write|achieve|reach|increase|improve|verify|ensure|expand|target(?=\s+[~≥>\d])|get|push|raise|extend|aim|maintain|keep|make|let|continue|focus|need|needs|should|must|require|requires|adjust|boost|bring|run(?!\s+\d)|validate|confirm|accept)\b/i;

const CURRENT =
  /\b(?:currently|current|actual(?:ly)?|achieved|measured|now|so far|today)\b[^,;()]{0,24}$/i;

/** What a percentage is of when one of these follows it at once. */
const NOT_A_LEVEL =
  /^\W{0,3}(?:(?!on\b|of\b|for\b|in\b|across\b|with\b)[\w-]+ ){0,3}?(?:target|goal|threshold|requirement|minimum|gate|gap|needed|required|potential|increase|improvement|gain|growth|relative|uncovered|missing|remaining|reduction|faster|slower|complete|completed|completion|done|stretch|push|initiative|milestone|objective|drop|regression|variance|tolerance|margin|quality gate|more|less|mark|level|wall|per (?:file|module|plan)|not covered|untested|of (?:all )?(?:the )?(?:requirements|plans?|files|gap|target|goal|code|lines remaining))\b/i;

/** A word before a number, in the same clause, that makes it wanted, supposed or denied. */
export const WISHES =
  /\b(?:targets?|targeting|targeted|goals?|thresholds?|requires?|required|requirement|needs?|needed|must|should|shall|will|would|could|may|might|can|expect(?:ed|s|ing)?|aim(?:s|ed|ing)?|plan(?:ned|s)?(?= (?:to|for))|potential|minimum|gates?|gap|to (?:reach|achieve|hit|get|exceed|attain|increase|be|have|raise|push)|towards?|exceed(?:s|ed|ing)?|vs\.?|versus|short of|beyond|stretch|budget|limit|fail[-_ ]under|than|if|when|until|unless|before reaching|missing|remaining|for an?|beat|surpass(?:es|ed)?|above|below|over|under|of the|against|adjusted? to|intended|planned|recommended|ideal|assum\w+|not|never|even|forecast|trigger\w*|enforc\w+|warn\w*|alert\w*)\b[^,;()]*$/i;

/** Failures that are gone are not failing. */
const MENDED =
  /\b(?:fix(?:ed|es|ing)?|resolv\w+|address\w+|repair\w+|eliminat\w+|remov\w+|debug\w*|caus\w+|block\w+)\b/i;

/** "the coverage target (25-27%)", "potential: +10% → 32%": the wish stands outside the bracket or before the arrow. */
const WISH_BEFORE =
  /\b(?:targets?|goals?|thresholds?|requirement|minimum|gate|criterion)\s*\([^()]{0,20}$|\b(?:potential|expected|projected|planned|target)\b[^;()]{0,60}→\s*[~+]?$/i;

const CRITERION =
  /\b(?:coverage|covered)\b[^.;]{0,40}\b(?:reaches|increases to|achieves|is raised to|rises to|grows to)\b/i;

/** Whether a number is what came out, and not a goal, a step to take or a condition. */
export function isResult(
  spot: Spot,
  metric: Metric,
  context: Context,
): boolean {
  const { quantity, lead, tail, after, sentence, before, upTo } = spot;
  const isCount = metric.startsWith("tests_");
  if (quantity.sign === "±") return false;
  if (quantity.bound === "<" || quantity.bound === "<=") return false;
  if (
    metric === "tests_failing" &&
    MENDED.test(`${lastWords(before, 4)} ${tail}`)
  )
    return false;
  const current = CURRENT.test(lead);
  if (!current && (WISHES.test(lead) || WISH_BEFORE.test(upTo))) return false;
  // "Overall coverage reaches 25-27%" without a tick is a criterion.
  if (!current && !context.reached && !isCount && CRITERION.test(upTo)) {
    return false;
  }
  if (!isCount && NOT_A_LEVEL.test(tail)) return false;
  if (/\bprojected\b/i.test(lead) && /\b(?:after|by|for|at)\b/i.test(lead)) {
    return false;
  }
  // "achieves 80% average coverage (achieved 82%)": the first is the criterion.
  if (
    /^[^.;]{0,60}[(:,]\s*(?:achieved|actual|actually|measured|got)\W+$/i.test(
      after,
    ) &&
    metric !== "coverage_delta"
  ) {
    return false;
  }
  if (quantity.bound === ">" || quantity.bound === ">=") {
    const verb =
      /\b(?:achiev(?:e|es|ed|ing)|reach(?:es|ed|ing)?|maintain(?:s|ed))\b[^,;()]*$/i;
    const worded = /^[a-z]/i.test(
      sentence.slice(quantity.index, quantity.index + 1),
    );
    if (worded || (!context.reached && !verb.test(lead))) return false;
  }
  if (context.wishful || isInstruction(spot)) {
    if (current) return true;
    const measured =
      quantity.unit === "%" &&
      quantity.sign === null &&
      quantity.bound === null &&
      (quantity.value === 0 || quantity.precision > 0) &&
      /^\W{0,3}(?:coverage|covered)\b/i.test(tail) &&
      SOURCE_FILE.test(upTo);
    return measured;
  }
  return true;
}

/** "Fix all failures …", "… - Achieve 25-27% coverage": what to do, not what was done. */
function isInstruction({ sentence, upTo }: Spot): boolean {
  const clause = upTo.slice(
    Math.max(
      ...[" - ", " – ", " — ", ": "].map((mark) => upTo.lastIndexOf(mark) + 1),
    ),
  );
  return IMPERATIVE.test(sentence) || IMPERATIVE.test(clause);
}

const BASELINE_LEAD = /\bbaseline(?: coverage)?(?: (?:of|at|is|was))?\W{0,3}$/i;

const PAST_LEAD =
  /\b(?:from|was|were|previously|previous|originally|formerly|before|initial(?:ly)?|starting(?: at| from)?|claim(?:s|ed|ing)?|earlier|down from|up from)\b[^,;()→]*$/i;

/** "A → B", "A coverage to B". */
const TO_NEXT =
  /^[^,;()]{0,30}→\W*$|^\s*(?:(?:line |branch |test |overall )?(?:coverage|pass rate)\s+)?to\s*$/i;

/** Whether a number is an earlier value: the A of "A → B", "up from A", "claimed A but …". */
export function isPast(spot: Spot): boolean {
  const { lead, after, tail, upTo, quantity, next } = spot;
  if (next && TO_NEXT.test(after)) return next.quantity.unit === quantity.unit;
  if (/^\s*(?:coverage )?baseline\b/i.test(tail)) return true;
  if (
    quantity.unit === "%" &&
    BASELINE_LEAD.test(lead) &&
    !/^\W*baseline/i.test(lead)
  )
    return true;
  const past = PAST_LEAD.exec(lead);
  if (!past)
    return (
      /\bclaim(?:s|ed)\b[^.;]*$/i.test(upTo) && /^[^.;]*\bbut\b/i.test(after)
    );
  if (/\brang(?:es?|ing) from\s*$/i.test(lead)) return false;
  // "Coverage baseline for x.py (19.9%)" is what the document itself measured.
  return !/\b(?:now|currently|actual|achieved)\b/i.test(past[0]);
}
