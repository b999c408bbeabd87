import type { Statement } from "../statement.ts";
import {
  type Context,
  isHypothesis,
  isWish,
  sectionMetric,
  sectionSubject,
  wholeOrPart,
} from "./context.ts";
import { coverageSubject } from "./coverageSubject.ts";
import {
  type Draft,
  ESTIMATE,
  type Metric,
  UNQUALIFIED,
  aspectIn,
  attaches,
  draftOf,
  fractionOf,
} from "./draft.ts";
import { type Spot, spotsOf } from "./spot.ts";
import { metricOf } from "./spotMetric.ts";
import { IMPERATIVE, WISHES, isPast, isResult } from "./standing.ts";
import { testSubject } from "./testSubject.ts";
import { firstWords, lastWords, plain } from "./words.ts";

const WISH_LABEL =
  /^\W*(?:[\w-]+ ){0,3}?(?:goals?|objectives?|targets?|purpose|expected|success criteria|must[- ]haves?|requirements?|recommendations?|future|todo|stretch|planned|estimated impact|impact)\b[^:]{0,40}:/i;

const PAST_HEADING = /^(?:before|previous|original|initial|prior)\b/i;

const PAST_KEY = /(?:^|_)(?:before|baseline|previous)$/i;

/** "21-50% coverage: 6 files": how many files lie in a class, not how much of anything is covered. */
const DISTRIBUTION =
  /^\W*\d{1,3}(?:\s?[-–—]\s?\d{1,3})?\s?%?\+?(?:\s?[-–—]\s?\d{1,3}\s?%)?(?:\s{0,2}(?:coverage|covered))?\s{0,2}:?\s{0,2}[:–—|]\s{0,2}~?[\d,]{1,9} (?:files|modules|components|services)\b/i;

/** What prose claims, and the most numbers that one of its sentences has: past `MAX_NUMBERS` they are not read. */
export interface ProseReading {
  readonly drafts: readonly Draft[];
  readonly numbers: number;
}

/** The claims of a statement that is no table row. */
export function readText(statement: Statement): ProseReading {
  const text = plain(statement.text);
  if (DISTRIBUTION.test(text)) return { drafts: [], numbers: 0 };
  const { section, checked, place } = statement;
  const ticked =
    checked === true ||
    /^\W{0,3}[✅✓✔☑]/u.test(statement.text) ||
    /✅/u.test(statement.text);
  return readProse(text, {
    subject: sectionSubject(section),
    suite: null,
    whole: wholeOrPart(section),
    metric: sectionMetric(section),
    reached: ticked,
    wishful:
      checked === false ||
      (isWish(section) && !ticked) ||
      isHypothesis(section) ||
      (WISH_LABEL.test(text) && !/^\W*impact/i.test(text)),
    historic:
      PAST_HEADING.test(section.at(-1) ?? "") ||
      (place === "front_matter" && section.some((key) => PAST_KEY.test(key))),
  });
}

/** The claims in running text: that of an item or paragraph, or of a table cell that explains. */
export function readProse(text: string, context: Context): ProseReading {
  const sentences = sentencesOf(text).map((sentence) =>
    readSentence(sentence, context),
  );
  return {
    drafts: sentences.flatMap(({ drafts }) => drafts),
    numbers: Math.max(0, ...sentences.map(({ numbers }) => numbers)),
  };
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+(?=[\p{Lu}"'(✅❌])|;\s+|\s+\|\s+/u);
}

function readSentence(sentence: string, context: Context): ProseReading {
  const { spots, numbers } = spotsOf(sentence);
  return {
    drafts: [
      ...readSpots(spots, context),
      ...spots.flatMap((spot) => readFileCount(spot, context)),
      ...readNone(sentence, context),
    ],
    numbers,
  };
}

function readSpots(spots: readonly Spot[], context: Context): Draft[] {
  const drafts: Draft[] = [];
  const used = new Set<Spot>();
  for (const spot of spots) {
    if (used.has(spot)) continue;
    const { next, prior, quantity, sentence } = spot;
    const metric = metricOf(spot, context);
    if (metric === null || !isResult(spot, metric, context)) continue;
    let fraction = fractionOf(quantity);
    if (
      fraction === null &&
      next &&
      quantity.unit === "%" &&
      attaches(sentence, quantity, next.quantity, metric)
    ) {
      fraction = fractionOf(next.quantity);
      used.add(next);
    }
    // "77/77 tests passing (100%)": the rate stands behind its fraction.
    if (
      fraction === null &&
      metric === "pass_rate" &&
      prior &&
      /\(\s*$/.test(spot.before) &&
      // "7/18 passing (22% → 39%)": the fraction is of the second rate.
      !/^\s*(?:→|to\b)/.test(spot.after)
    ) {
      fraction = fractionOf(prior.quantity);
    }
    const subject = subjectOf(spot, metric, context);
    if (subject === null) continue;
    drafts.push(
      draftOf(quantity, sentence, {
        metric,
        subject,
        fraction,
        historic: context.historic || isPast(spot),
        estimated: isEstimate(spot),
        aspect: aspectIn(
          `${lastWords(spot.before, 4)} ${firstWords(spot.after, 3)}`,
        ),
      }),
    );
  }
  return drafts;
}

function isEstimate({ quantity, lead, after }: Spot): boolean {
  return (
    quantity.approximate ||
    ESTIMATE.test(lead) ||
    /^[^,;()]{0,40}\((?:estimated|est\.?|extrapolated|projected|approx\.?)[^()]{0,40}\)|^\s*(?:estimated|extrapolated)\b/i.test(
      after,
    )
  );
}

function subjectOf(
  spot: Spot,
  metric: Metric,
  context: Context,
): string | null {
  if (!metric.startsWith("coverage")) return testSubject(spot, context, metric);
  const subject = coverageSubject(spot, context);
  return subject === "overall" ? context.whole : subject;
}

/** "4/6 files >35%", "2 out of 3 modules meeting the 30% target": how many of a set reach a coverage. */
function readFileCount(spot: Spot, context: Context): Draft[] {
  const { quantity, after, sentence, lead, next } = spot;
  const what = /^\s*((?:[\w-]+ ){0,2}(?:files|modules))\b([^.;]{0,40})$/i.exec(
    after,
  );
  if (
    !what?.[1] ||
    quantity.denominator === null ||
    next?.quantity.unit !== "%" ||
    context.wishful ||
    IMPERATIVE.test(sentence) ||
    WISHES.test(lead) ||
    !/coverage|covered/i.test(sentence) ||
    !(
      next.quantity.bound?.startsWith(">") ||
      /\b(?:meet|exceed|reach|above|at least|achiev)/i.test(what[2] ?? "")
    )
  ) {
    return [];
  }
  return [
    draftOf(quantity, sentence, {
      metric: "coverage",
      subject: `${what[1]} ${next.quantity.bound ?? ">="}${next.quantity.value}%`,
      fraction: fractionOf(quantity),
      historic: context.historic || isPast(spot),
      estimated: quantity.approximate,
      aspect: null,
      unit: "files",
    }),
  ];
}

/** "Zero flaky tests", "no test failures" where it is ticked off. */
function readNone(sentence: string, context: Context): Draft[] {
  if (!context.reached || context.wishful) return [];
  const found =
    /^\W*(?:zero|no) (flaky tests?|test failures?|failing tests?)\b/iu.exec(
      sentence,
    )?.[1];
  if (found === undefined) return [];
  return [
    {
      metric: /^flaky/i.test(found) ? "tests_flaky" : "tests_failing",
      subject: context.subject ?? "tests",
      value: 0,
      ...UNQUALIFIED,
      unit: "tests",
      tolerance: 0.5,
    },
  ];
}
