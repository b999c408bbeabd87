import { fileName } from "../core/fileName.ts";
import { amount } from "../core/judge/wording.ts";
import type {
  ContributionResult,
  ContributionVerdict,
  PhaseStatus,
  RequirementStatus,
  RequirementVerdict,
} from "../core/status.ts";
import { plain } from "./escaping.ts";
import { place, spoken, tally, TARGET_WORDS, type Said } from "./lines.ts";
import type { RenderContext } from "./message.ts";
import { section, type Line, type Section } from "./page.ts";

/** How an answer puts what a phase was expected to bring: requirements, and what single plans add to coverage. */

type Link = RenderContext["link"];

/** Those that somebody should look at first; a word of documents is never put as a measurement. */
const REQUIREMENT_WORDS: Readonly<Record<RequirementVerdict, Said>> = {
  missed: TARGET_WORDS.missed,
  above_range: TARGET_WORDS.above_range,
  unsatisfied: { sign: "❌", words: "said to be unsatisfied" },
  partial: { sign: "⚠", words: "said to be partial" },
  orphaned: { sign: "⚠", words: "left out by the verification" },
  untrusted: TARGET_WORDS.untrusted,
  not_comparable: TARGET_WORDS.not_comparable,
  not_measured: TARGET_WORDS.not_measured,
  documented: TARGET_WORDS.documented,
  met: TARGET_WORDS.met,
  satisfied: { sign: "✅", words: "said to be satisfied" },
  not_checkable: TARGET_WORDS.not_checkable,
  unknown: { sign: "❔", words: "not answered" },
};

/** The verdicts that get a line of their own. */
const TOLD: readonly RequirementVerdict[] = [
  "missed",
  "above_range",
  "unsatisfied",
  "partial",
  "orphaned",
];

/** The requirements that are missed or left open, under a count of all; nothing where there is none. */
export function requirementsSection(
  { requirements, commit }: PhaseStatus,
  link: Link,
): Section[] {
  const told = requirements
    .filter(({ verdict }) => TOLD.includes(verdict))
    .toSorted((a, b) => TOLD.indexOf(a.verdict) - TOLD.indexOf(b.verdict));
  return section(
    `Requirements · ${tally(
      requirements.map(({ verdict }) => verdict),
      REQUIREMENT_WORDS,
    )}`,
    told.map((requirement) => requirementLine(requirement, commit, link)),
    4,
  );
}

/** `❌ missed · TQ-02: 98%+ pass rate · Target ≥ 98 %; measured … · REQUIREMENTS.md:12`. */
function requirementLine(
  { id, text, verdict, why, path, line }: RequirementStatus,
  commit: string,
  link: Link,
): Line {
  return [
    `${spoken(REQUIREMENT_WORDS[verdict])} · `,
    { strong: text === "" ? plain(id) : `${plain(id)}: ${plain(text, 100)}` },
    ` · ${plain(why)}`,
    // The documents' word begins with the place at which it stands.
    ...(why.startsWith(`${fileName(path)}:${line} `)
      ? []
      : [" · ", place(path, line, commit, link)]),
  ];
}

const CONTRIBUTION_WORDS: Readonly<Record<ContributionVerdict, Said>> = {
  missed: { sign: "❌", words: "less than expected" },
  exceeded: { sign: "⬆", words: "more than expected" },
  met: { sign: "✅", words: "as expected" },
  not_comparable: TARGET_WORDS.not_comparable,
  not_measured: TARGET_WORDS.not_measured,
};

/** What plans were to add: a line for each that was measured, or the first one's reason where none was. */
export function contributionsSection(
  { contributions, commit }: PhaseStatus,
  link: Link,
): Section[] {
  const order = Object.keys(CONTRIBUTION_WORDS);
  const ranked = contributions.toSorted(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict),
  );
  const measured = ranked.filter(({ measured: sides }) => sides !== null);
  return section(
    `Expected of single plans · ${tally(
      contributions.map(({ verdict }) => verdict),
      CONTRIBUTION_WORDS,
    )}`,
    (measured.length > 0 ? measured : ranked.slice(0, 1)).map((contribution) =>
      contributionLine(contribution, commit, link),
    ),
    4,
  );
}

/** `❌ less than expected · Plan 19-05: +2–3 points · Expected …; from … to … is +0.6 points. · 19-09-PLAN.md:180`. */
function contributionLine(
  contribution: ContributionResult,
  commit: string,
  link: Link,
): Line {
  const { plan, subject, verdict, value, upper, unit, why, path, line } =
    contribution;
  const whole = subject === "overall" ? "" : ` on ${plain(subject, 80)}`;
  return [
    `${spoken(CONTRIBUTION_WORDS[verdict])} · `,
    {
      strong: `Plan ${plain(plan, 40)}: ${amount(value, upper, unit)}${whole}`,
    },
    ` · ${plain(why)} · `,
    place(path, line, commit, link),
  ];
}
