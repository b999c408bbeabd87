import type { Metric } from "./draft.ts";
import { filesIn } from "./fileNames.ts";
import { OTHER_THINGS } from "./metricNames.ts";
import { bare } from "./words.ts";

/** What the place of a text says about the numbers in it. */
export interface Context {
  /** What is spoken of where the text itself does not say so. */
  readonly subject: string | null;
  /** The tests that a table row's truth begins with: whose tests are counted where there is no subject. */
  readonly suite: string | null;
  /** What "overall" means here: the project, or the part that the headings are about. */
  readonly whole: string;
  /** What a bare number is: the column's or the section's metric. */
  readonly metric: Metric | null;
  /** Ticked off: "coverage >= 50%" is then a result, not a wish. */
  readonly reached: boolean;
  /** Goals, next steps, open boxes: only a number that is called current is a result. */
  readonly wishful: boolean;
  /** An earlier state: the "Before" column. */
  readonly historic: boolean;
}

/** A question about the headings around a text. The statements below them share one list of them, and ask it once. */
function bySection<Answer>(
  answer: (section: readonly string[]) => Answer,
): (section: readonly string[]) => Answer {
  const known = new WeakMap<readonly string[], { readonly value: Answer }>();
  return (section) => {
    const before = known.get(section);
    if (before) return before.value;
    const value = answer(section);
    known.set(section, { value });
    return value;
  };
}

/** "Overall" under a heading about the mobile app is that of the mobile app. */
export const wholeOrPart = bySection((section): string => {
  const part = /\b(desktop|mobile|frontend|front-end)\b/i.exec(
    section.slice(-2).join(" "),
  )?.[1];
  return part ?? "overall";
});

/** Headings under which numbers are wishes until one is called current. */
const WISH_SECTION =
  /\b(?:next steps?|recommend\w*|future|goals?|targets?|strategy|objectives?|success[ _]criteria|next phase|remaining|requirements?|milestones?|estimate[ds]?|expected|projections?|must[- ]haves?|to[- ]?do|action items|roadmap)\b/i;

/** Whether the headings around a text say that it is about what is wanted, not what is. */
export const isWish = bySection((section): boolean => {
  // The title names the whole ("Roadmap: …"), so only what stands below it counts.
  return section
    .slice(/^[a-z_]+$/.test(section[0] ?? "") ? 0 : 1)
    .slice(-2)
    .some(
      (name) =>
        WISH_SECTION.test(name) &&
        !/\b(?:met|achieve\w*|assessment|status|results?|verification|validation|artifacts|readiness)\b/i.test(
          name,
        ),
    );
});

/** Headings under which even a ticked number is only thought of: "Stretch Goal Feasibility", "Path to 25%". */
const HYPOTHESIS =
  /\b(?:stretch|feasib\w*|projections?|projected|forecast|scenarios?|hypothetical|what[- ]if|path (?:to|forward)|potential|if all)\b/i;

/** Whether the headings around a text say that it only supposes. */
export const isHypothesis = bySection((section): boolean => {
  return section.slice(1).some((name) => HYPOTHESIS.test(name));
});

/** The one file that the headings around a statement name, innermost first. */
export const sectionSubject = bySection((section): string | null => {
  for (let depth = section.length - 1; depth >= 0; depth--) {
    const heading = section[depth] ?? "";
    const files = new Set(filesIn(heading));
    if (files.size === 1) return [...files][0] ?? null;
    if (files.size > 1) return null;
    if (/^\W*overall (?:test |code )?coverage\b/i.test(heading))
      return "overall";
    const suite = suiteIn(heading);
    if (suite !== null && depth > 0) return suite;
    // Past a heading that gathers several things, an outer file name no longer holds.
    if (
      /\b(?:combined|overall|impact|all|totals?|phase|across|aggregate|full)\b/i.test(
        heading,
      )
    )
      return null;
  }
  return null;
});

/** "Health Routes Tests", "3. Retrieval tests (16 tests)": a heading that names one suite. */
function suiteIn(heading: string): string | null {
  const name =
    /^(?:[\d.]+\s+|task [\w.-]+:\s*)?([^:()]{2,60}?\btests)(?:\s*\([^()]{0,60}\))?$/i.exec(
      bare(heading),
    )?.[1];
  if (name === undefined) return null;
  const suite = name.replace(
    /^(?:create|add|fix|implement|write|extend)\s+/i,
    "",
  );
  return /^(?:(?:all|total|passing|failing|failed|passed|flaky|new|active|ignored|skipped|the|unit|test)\s+)*tests$/i.test(
    suite,
  )
    ? null
    : suite;
}

/** What a bare percentage is in a section that is about nothing else. */
export const sectionMetric = bySection((section): Metric | null => {
  for (const heading of section.slice(-2).toReversed()) {
    if (WISH_SECTION.test(heading) || OTHER_THINGS.test(heading)) return null;
    if (/\bpass rate\b/i.test(heading)) return "pass_rate";
    if (/\bcoverage\b/i.test(heading)) return "coverage";
    if (/\btests?\b/i.test(heading)) return "tests_total";
  }
  return null;
});
