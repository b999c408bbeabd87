import type { Context } from "./context.ts";
import { SOURCE_FILE } from "./fileNames.ts";
import { OTHER_THINGS } from "./metricNames.ts";
import type { Spot } from "./spot.ts";
import { firstWords, lastWords } from "./words.ts";

const PASS_AFTER =
  /^\W{0,3}(?:[\w-]+ ){0,2}?(?:pass(?:ing)?[ -]rate|pass(?:ing|ed)?\b(?! target)|of (?:the )?(?:[\w-]+ ){0,2}tests (?:are )?pass)/i;

const COVERAGE_AFTER =
  /^\W{0,3}(?:(?!and\b|but\b|or\b|to\b|of\b|on\b|for\b|in\b|from\b|vs\b|with\b)[\w&/.-]+ ){0,4}?(?:coverage|covered)\b(?!\.\w)/i;

/** "parser.py at 21.5%" */
const FILE_AT =
  /[\w-]\.(?:py|tsx?|jsx?|mjs|rs|go|java|kt|rb|php|cs|swift|vue)\s+at\s+~?$/i;

const MANY_FILES =
  /(?:\b\d[\d,]*(?:\/\d+)?|\bone|\btwo|\bthree|\bfour|\bfive|\bsix|\bboth|\bseveral|\bmost|\bmany)\s+(?:[\w+-]+ ){0,3}(?:files|modules|services|areas|components)\b[^.,;:()]{0,40}$/i;

/** Coverage or pass rate, from the words right behind the percentage or from the nearest label before it. */
export function levelMetric(
  spot: Spot,
  context: Context,
): "coverage" | "pass_rate" | null {
  const { quantity, tail, after, upTo, prior, next } = spot;
  if (PASS_AFTER.test(tail)) return "pass_rate";
  // "212 files with 0% coverage" counts files.
  if (MANY_FILES.test(upTo)) return null;
  if (COVERAGE_AFTER.test(tail)) {
    return OTHER_THINGS.test(firstWords(after, 8).split(/[,;()]/)[0] ?? "")
      ? null
      : "coverage";
  }
  // "0% → 33% coverage", "from 45% to 65% coverage": both are of what the second is.
  if (next && /^\s*(?:→|to)\s*$/.test(after)) {
    const shared = levelMetric(next, context);
    if (shared !== null) return shared;
  }
  if (!mayStandAlone(tail)) return null;
  if (FILE_AT.test(spot.lead)) return "coverage";
  if (next && /^\s*\(\s*$/.test(after) && next.quantity.denominator !== null) {
    if (
      /^\s*(?:lines|statements|branches|stmts|functions)\b/i.test(next.after)
    ) {
      return "coverage";
    }
    if (/^\s*(?:tests? )?pass/i.test(next.after)) return "pass_rate";
  }
  if (
    prior &&
    prior.quantity.denominator !== null &&
    /^\s*(?:tests? )?pass(?:ing|ed)?\s*\(\s*$/i.test(prior.after)
  ) {
    return "pass_rate";
  }
  // "7/7 types (100%)" is a share of types.
  if (
    prior &&
    prior.quantity.denominator !== null &&
    /^\s*(?!tests?\b|lines?\b|statements?\b|branches\b|pass)[a-z][^()]*\(\s*$/i.test(
      prior.after,
    )
  )
    return null;
  const named = labelBefore(upTo);
  if (named !== undefined) return named;
  if (
    (context.metric === "coverage" || context.metric === "pass_rate") &&
    isFirstMeasure(spot) &&
    /^[^:()]{1,80}:\s*$|^[^:()]{1,80}\($|^\W*$/.test(
      upTo.replace(/\([^()]*\)/g, ""),
    ) &&
    (quantity.precision > 0 ||
      SOURCE_FILE.test(spot.before) ||
      next?.quantity.denominator != null)
  ) {
    return OTHER_THINGS.test(spot.before) ? null : context.metric;
  }
  return null;
}

/** Only bare numbers stand before it. */
function isFirstMeasure({ prior }: Spot): boolean {
  return (
    prior === null || (prior.quantity.unit === null && isFirstMeasure(prior))
  );
}

/** After a percentage whose metric was named before it, only these may follow. */
function mayStandAlone(tail: string): boolean {
  return /^\s*(?:$|[.:!?"'*\]✅❌⚠🎯~]|(?:overall|total|average|avg|mean|line|branch|for|on|in|across|from|to|and|but|or|vs|versus|is|was|after|as|via|with|at|by|up|down|due|because|baseline|currently|current|achieved|reached|measured|reported|estimated|desktop|mobile|frontend|backend|combined|based|although|while|which|only|since|so|yes|pass(?:ed)?|using|despite|under|when)\b)/iu.test(
    tail,
  );
}

/** The nearest metric named before a number; null where the nearest is something else's, undefined where there is none. */
function labelBefore(
  text: string,
): "coverage" | "pass_rate" | null | undefined {
  const reach = text.slice(-160);
  let found:
    { metric: "coverage" | "pass_rate" | null; end: number } | undefined;
  for (const match of reach.matchAll(
    /\b(?:pass(?:ing)? rate|coverage(?!\.\w)|covered)\b|\b(?:accuracy|confidence|recall|precision|rate|score|reduction|progress|budget|completion|variance|threshold|velocity|complete|cpu|memory|cache|gap|drop|savings?|improvement|similarity|probability)\b/gi,
  )) {
    const word = match[0].toLowerCase();
    found = {
      metric: word.startsWith("pass")
        ? "pass_rate"
        : word.startsWith("cover")
          ? "coverage"
          : null,
      end: match.index + match[0].length,
    };
  }
  if (!found) return undefined;
  if (found.metric === null) return null;
  const between = reach.slice(found.end);
  if (
    OTHER_THINGS.test(lastWords(reach.slice(0, found.end), 5)) ||
    OTHER_THINGS.test(between)
  )
    return null;
  return between.split(/\s+/).length <= 14 ? found.metric : undefined;
}
