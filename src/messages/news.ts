import { fileName } from "../core/fileName.ts";
import { commandText } from "../core/command.ts";
import {
  formatCount,
  formatPercent,
  percentCovered,
} from "../core/coverage/counts.ts";
import { said, short } from "../core/judge/wording.ts";
import type {
  Announcement,
  ContradictionNews,
  GapNews,
  HealthNews,
  Incident,
  News,
  PhaseDigest,
  PhaseNews,
  RegressionNews,
} from "../core/news.ts";
import { messageOf } from "./blocks.ts";
import { plain } from "./escaping.ts";
import {
  byImportance,
  capital,
  claimLine,
  commitSpan,
  counted,
  distanceText,
  HEADLINE_WORDS,
  measuredText,
  place,
  plansText,
  pointsText,
  tally,
  TARGET_WORDS,
  targetLine,
  targetName,
  timeText,
  verificationText,
} from "./lines.ts";
import type { Message, RenderContext } from "./message.ts";
import { section } from "./page.ts";
import type { Line, Page, Section } from "./page.ts";

type Link = RenderContext["link"];

/** The message of an incident as it stands. A resolved one keeps the values that fired and says what ended it. */
export function renderIncident(
  incident: Incident,
  context: RenderContext,
): Message {
  const { news } = incident;
  const { title, sections, command } = bodyOf(news, incident, context.link);
  const page: Page = {
    headline: `${stateWord(incident)}${title}`,
    sections,
    footer: footerOf(incident, context),
    buttons: [
      {
        id: "details",
        label: "Details",
        command: `${command} ${context.repository}`,
      },
    ],
  };
  return messageOf(page);
}

/**
 * What to say in the thread when a living message was edited: one or two sentences. Null for what is new, which has no thread yet.
 */
export function renderReply(
  { transition, news }: Announcement,
  context: RenderContext,
): Message | null {
  if (transition !== "change" && transition !== "resolve") return null;
  const { headline, detail } = sentences(news, transition === "resolve");
  return messageOf({
    headline,
    sections: section(null, [[detail]]),
    footer: [whence(news, context)],
    buttons: [],
  });
}

/** One line about an incident, for a digest. */
export function incidentLine(incident: Incident, link: Link): Line {
  const { news } = incident;
  return [
    `${stateSign(incident)} `,
    {
      strong: `${stateWord(incident)}${titleOf(news, incident.state === "resolved")}`,
    },
    ` · ${sentences(news, incident.state === "resolved").detail} · `,
    commitSpan(momentOf(news).commit, link),
  ];
}

interface Body {
  readonly title: string;
  readonly sections: readonly Section[];
  /** What the Details button asks, without the repository. */
  readonly command: string;
}

function bodyOf(news: News, incident: Incident, link: Link): Body {
  const resolved = incident.state === "resolved";
  const title = titleOf(news, resolved);
  switch (news.kind) {
    case "phase":
      return {
        title,
        sections: phaseSections(news, link),
        command: phaseCommand(news.phase.key),
      };
    case "gap":
      return {
        title,
        sections: gapSections(news, resolved, link),
        command: commandText({
          name: "gaps",
          phase: news.phase.key,
          top: null,
          repository: null,
        }),
      };
    case "contradiction":
      return {
        title,
        sections: contradictionSections(news, link),
        command: commandText({
          name: "claims",
          phase: news.phase?.key ?? null,
          contradicted: true,
          repository: null,
        }),
      };
    case "regression":
      return {
        title,
        sections: regressionSections(news, resolved),
        command: "status",
      };
    case "health":
      return {
        title,
        sections: healthSections(news, link),
        command: "status",
      };
  }
}

function phaseCommand(key: string): string {
  return commandText({ name: "phase", key, plan: null, repository: null });
}

function titleOf(news: News, resolved: boolean): string {
  switch (news.kind) {
    case "phase":
      return `${phaseTitle(news.phase)} · ${HEADLINE_WORDS[news.phase.headline].words}`;
    case "gap":
      return `Target ${TARGET_WORDS[news.target.verdict].words} · ${phaseTitle(news.phase)}`;
    case "contradiction":
      return `Claim and measurement differ${news.phase ? ` · ${phaseTitle(news.phase)}` : ""}`;
    case "regression":
      return resolved
        ? `Coverage back · ${plain(news.subject, 80)}`
        : `Coverage down ${pointsText(news.delta)} · ${plain(news.subject, 80)}`;
    case "health":
      return PROBLEMS[news.problem];
  }
}

function phaseTitle({ key, name }: Pick<PhaseDigest, "key" | "name">): string {
  return `Phase ${key}${name === "" ? "" : ` · ${plain(name, 80)}`}`;
}

const PROBLEMS: Readonly<Record<HealthNews["problem"], string>> = {
  absent: "Data gone",
  unreadable: "Data unreadable",
  untrusted: "Data not trusted",
  stale: "Data stale",
  basis_changed: "Data changed: what is counted",
  scope_changed: "Data changed: what is measured",
  partial: "Data partial",
  infrastructure: "Data lost to infrastructure",
  history_rewritten: "History rewritten",
  unreachable: "Repository unreachable",
};

function stateWord({ state, news }: Incident): string {
  // A complete phase says so itself.
  if (state === "resolved" && news.kind !== "phase") return "Resolved · ";
  return state === "note" ? "Note · " : "";
}

function stateSign({ state, news }: Incident): string {
  if (news.kind === "phase") return HEADLINE_WORDS[news.phase.headline].sign;
  return { open: "❗", resolved: "✅", note: "📝" }[state];
}

function phaseSections({ phase, before }: PhaseNews, link: Link): Section[] {
  const { targets, disputed, claims, conflicts } = phase;
  return [
    ...section(null, [
      [
        `${HEADLINE_WORDS[phase.headline].sign} `,
        { strong: capital(HEADLINE_WORDS[phase.headline].words) },
        before === null
          ? " · first seen"
          : before.headline === phase.headline
            ? ""
            : ` · was ${HEADLINE_WORDS[before.headline].words} at ${short(before.commit)}`,
      ],
      [
        plansText(phase.plans),
        before !== null && before.plans.done !== phase.plans.done
          ? ` (was ${before.plans.done} of ${before.plans.total})`
          : "",
      ],
      [verificationText(phase.verification)],
      ...(phase.openGaps === 0
        ? []
        : [
            [
              `${counted(phase.openGaps, "open gap")} in the verification report`,
            ],
          ]),
    ]),
    ...section(
      `Targets · ${tally(
        targets.map(({ verdict }) => verdict),
        TARGET_WORDS,
      )}`,
      byImportance(targets).map((target) =>
        targetLine(target, phase.commit, link),
      ),
      4,
    ),
    ...section(
      `Disputed claims · ${claims.disputed} of ${counted(claims.total, "claim")}, ${claims.confirmed} confirmed`,
      disputed.map((claim) => claimLine(claim, phase.commit, link)),
      2,
    ),
    ...section(
      `Documents disagree · ${conflicts.length}`,
      conflicts.map((conflict) => [plain(conflict)]),
      2,
    ),
  ];
}

function gapSections(news: GapNews, resolved: boolean, link: Link): Section[] {
  const { target, fired, members } = news;
  return [
    ...section(null, [
      targetLine(target, news.commit, link),
      ...(members === null
        ? []
        : [
            [
              `${members.missed} of ${counted(members.total, "file")} of “${plain(target.set ?? target.subject, 80)}” ${members.missed === 1 ? "misses" : "miss"} it; the one farthest from it is shown.`,
            ],
          ]),
      ...(target.text === ""
        ? []
        : [[`As written: “${plain(target.text, 200)}”`]]),
    ]),
    ...(resolved || fired.measured?.value !== target.measured?.value
      ? section("When it fired", [targetLine(fired, news.commit, link)])
      : []),
    ...(resolved ? section("Resolved by", [[capital(reachedText(news))]]) : []),
  ];
}

/** Where the target stands now. */
function reachedText({ target }: GapNews): string {
  return target.measured === null
    ? plain(target.why)
    : `measured ${measuredText(target.measured, target.unit)}${distanceText(target) === "" ? "" : `, ${distanceText(target)}`}.`;
}

function contradictionSections(news: ContradictionNews, link: Link): Section[] {
  const { claim, others, resolvedBy, commit } = news;
  return [
    ...section(null, [
      [
        `${capital(reporter(claim.path))} says `,
        { strong: plain(said(claim), 80) },
        claim.measured === null
          ? `. ${plain(claim.why)}`
          : `; artifact${claim.measured.commit === commit ? " at the same commit" : ""} says `,
        ...(claim.measured === null ? [] : [{ strong: claimMeasured(claim) }]),
      ],
      [
        `As written: “${plain(claim.text, 200)}” (`,
        place(claim.path, claim.line, commit, link),
        ")",
      ],
      ...(others === 0
        ? []
        : [
            [
              `${counted(others, "more claim")} of this commit ${others === 1 ? "is" : "are"} contradicted as well.`,
            ],
          ]),
    ]),
    ...(resolvedBy === null
      ? []
      : section("Resolved by", [[plain(resolvedBy)]])),
  ];
}

/** What kind of document speaks, as its name says. */
function reporter(path: string): string {
  const name = fileName(path).toUpperCase();
  return (
    [
      "summary",
      "verification",
      "roadmap",
      "requirements",
      "state",
      "plan",
      "report",
    ].find((kind) => name.includes(kind.toUpperCase())) ?? "document"
  );
}

function claimMeasured(claim: ContradictionNews["claim"]): string {
  if (claim.measured === null) return "";
  const { unit } = claim;
  return measuredText(
    claim.measured,
    unit === "%" || unit === "pp" || unit === "s" ? unit : "tests",
  );
}

const MOST_FILES = 5;

function regressionSections(
  news: RegressionNews,
  resolved: boolean,
): Section[] {
  const { base, head, firedAt, delta } = news;
  const left = delta > 0 ? "up" : delta < 0 ? "down" : "left of it";
  return [
    ...section(null, [
      [
        { strong: `${pointsText(delta)} ${left}` },
        resolved
          ? " like for like, on the files that both measure"
          : ` like for like, on the files that both measure · ${counted(news.newlyUncovered, "line")} newly uncovered · ${news.severity}`,
      ],
      [`Before: ${measuredText(base, "%")}`],
      [`Now: ${measuredText(head, "%")}`],
    ]),
    ...(resolved
      ? [
          ...section("When it fired", [[measuredText(firedAt, "%")]]),
          ...section("Resolved by", [
            [
              `The report at ${short(head.commit)}, which is back near the value before.`,
            ],
          ]),
        ]
      : section(
          `Files that lost most · ${news.files.length}`,
          news.files.map(({ path, before, after }) => [
            { code: plain(path, 120) },
            ` · ${counts(before)} → ${counts(after)}`,
          ]),
          MOST_FILES,
        )),
  ];
}

function counts(of: {
  readonly covered: number;
  readonly total: number;
}): string {
  const percent = percentCovered(of);
  return percent === null
    ? "nothing to cover"
    : `${formatPercent(percent)} (${formatCount(of.covered)} / ${formatCount(of.total)})`;
}

/** Problems across which two measurements say nothing about each other. */
const BREAKS: readonly HealthNews["problem"][] = [
  "untrusted",
  "stale",
  "basis_changed",
  "scope_changed",
  "partial",
  "infrastructure",
];

function healthSections(news: HealthNews, link: Link): Section[] {
  return section(null, [
    [plain(news.message, 450)],
    ...(news.path === ""
      ? []
      : [
          [
            {
              label: plain(news.path, 200),
              url: link(news.commit, news.path),
            },
          ],
        ]),
    ...(BREAKS.includes(news.problem)
      ? [["No difference is drawn across this point."]]
      : []),
  ]);
}

/** What changed, for a thread or a digest. */
function sentences(
  news: News,
  resolved: boolean,
): { readonly headline: string; readonly detail: string } {
  const title = titleOf(news, resolved);
  switch (news.kind) {
    case "phase": {
      const { phase, before } = news;
      return {
        headline: resolved ? `${phaseTitle(phase)} is complete` : title,
        detail: phaseChange(phase, before),
      };
    }
    case "gap":
      return {
        headline: resolved ? `Resolved · ${title}` : `Changed · ${title}`,
        detail: `${targetName(news.target)}: ${reachedText(news)}`,
      };
    case "contradiction":
      return {
        headline: resolved ? `Resolved · ${title}` : `Changed · ${title}`,
        detail: plain(news.resolvedBy ?? news.claim.why),
      };
    case "regression":
      return {
        headline: resolved ? `Resolved · ${title}` : `Changed · ${title}`,
        detail: `Before ${measuredText(news.base, "%")}; now ${measuredText(news.head, "%")}.`,
      };
    case "health":
      return {
        headline: resolved ? `Resolved · ${title}` : `Changed · ${title}`,
        detail: plain(news.message),
      };
  }
}

function phaseChange(phase: PhaseDigest, before: PhaseDigest | null): string {
  const targets = tally(
    phase.targets.map(({ verdict }) => verdict),
    TARGET_WORDS,
  );
  return [
    before && before.headline !== phase.headline
      ? `Was ${HEADLINE_WORDS[before.headline].words}`
      : "",
    plansText(phase.plans),
    verificationText(phase.verification),
    targets === "" ? "No targets" : `Targets: ${targets}`,
    phase.claims.disputed > 0
      ? capital(counted(phase.claims.disputed, "disputed claim"))
      : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

function footerOf(incident: Incident, context: RenderContext): Line[] {
  const { openedAt, resolvedAt, openedCommit, id } = incident;
  return [
    whence(incident.news, context),
    [
      `${plain(id, 40)} · opened ${timeText(openedAt)} at `,
      commitSpan(openedCommit, context.link),
      resolvedAt === null ? "" : ` · resolved ${timeText(resolvedAt)}`,
    ],
  ];
}

function whence(news: News, { repository, link }: RenderContext): Line {
  const { commit, at } = momentOf(news);
  return [
    `${plain(repository, 100)} at `,
    commitSpan(commit, link),
    ` of ${timeText(at)}`,
  ];
}

function momentOf(news: News): {
  readonly commit: string;
  readonly at: string;
} {
  return news.kind === "phase" ? news.phase : news;
}
