import { fileName } from "../core/fileName.ts";
import type {
  Answer,
  ClaimsAnswer,
  GapsAnswer,
  OverviewAnswer,
  PhaseAnswer,
  PhasesAnswer,
  PhaseView,
  Provenance,
} from "../core/answer.ts";
import { commandText } from "../core/command.ts";
import { formatCount, percentCovered } from "../core/coverage/counts.ts";
import { rulesDisagree } from "../core/judge/completeness.ts";
import { short } from "../core/judge/wording.ts";
import type { ArtifactSummary, PhaseStatus } from "../core/status.ts";
import { messageOf } from "./blocks.ts";
import { plain } from "./escaping.ts";
import {
  contributionsSection,
  requirementsSection,
} from "./expectationLines.ts";
import {
  ageText,
  byImportance,
  capital,
  CLAIM_WORDS,
  claimLine,
  commitSpan,
  counted,
  gapLine,
  HEADLINE_WORDS,
  headlinesText,
  measuredText,
  phaseRow,
  place,
  plansText,
  spoken,
  tally,
  TARGET_WORDS,
  targetLine,
  timeText,
  verificationText,
} from "./lines.ts";
import type { Message, RenderContext } from "./message.ts";
import { section } from "./page.ts";
import { promisedDocumentsLine } from "./promisedDocuments.ts";
import type { Button, Line, Page, Section } from "./page.ts";
import { pageLines } from "./text.ts";

type Link = RenderContext["link"];

/** An answer as a Slack message. */
export function renderAnswer(answer: Answer, context: RenderContext): Message {
  return messageOf(answerPage(answer, context.link));
}

/** What fits a terminal, and a CI log beside its time stamps. */
const TERMINAL_WIDTH = 100;

/** The same answer for a terminal: the same facts, nothing left out. Ends without a newline. */
export function answerText(answer: Answer): string {
  return pageLines(
    answerPage(answer, () => null),
    TERMINAL_WIDTH,
  ).join("\n");
}

function answerPage(answer: Answer, link: Link): Page {
  const { provenance } = answer;
  const page = contentOf(answer, link);
  return {
    ...page,
    footer: footerOf(provenance, link),
    buttons: [
      ...page.buttons,
      ...(answer.kind === "none"
        ? []
        : [
            {
              id: "share" as const,
              label: "Share",
              command: provenance.question,
            },
          ]),
    ],
  };
}

type Content = Omit<Page, "footer">;

function contentOf(answer: Answer, link: Link): Content {
  switch (answer.kind) {
    case "overview":
      return overviewContent(answer, answer.provenance);
    case "phase":
      return phaseContent(answer, answer.provenance, link);
    case "phases":
      return phasesContent(answer);
    case "gaps":
      return gapsContent(answer, answer.provenance, link);
    case "claims":
      return claimsContent(answer, answer.provenance, link);
    case "none":
      return {
        headline: answer.message,
        sections: section(null, [[answer.hint]]),
        buttons: [],
      };
  }
}

function footerOf(
  { repository, commit, at, polledAt, now }: Provenance,
  link: Link,
): Line[] {
  return [
    [
      `${plain(repository, 100)} at `,
      commitSpan(commit, link),
      ` of ${timeText(at)} (${ageText(at, now)})${polledAt === null ? "" : ` · looked at ${ageText(polledAt, now)}`}`,
    ],
  ];
}

function overviewContent(
  answer: OverviewAnswer,
  { repository }: Provenance,
): Content {
  return {
    headline: `${plain(repository, 100)} · status`,
    sections: [
      ...section(null, [
        [headlinesText(answer.phases, answer.headlines)],
        ...(answer.findings === 0
          ? []
          : [[`${counted(answer.findings, "finding")} about the inputs`]]),
      ]),
      ...phaseTable(
        `To look at · ${answer.attention.length} of ${counted(answer.phases, "phase")}`,
        answer.attention.map(phaseRow),
        8,
      ),
      ...section(
        `Artifacts · ${answer.artifacts.length}`,
        answer.artifacts.length === 0
          ? [["No coverage report, trend file or test results: not measured."]]
          : answer.artifacts.map(artifactLine),
        6,
      ),
    ],
    buttons: [
      details("Failing phases", {
        name: "phases",
        filter: "failing",
        repository,
      }),
    ],
  };
}

/** `22.0 % (830 / 3,776 statements, 12 files, coverage.json at 4cf180b) · coverage.py · 2026-02-17 20:51 UTC`. */
function artifactLine(artifact: ArtifactSummary): Line {
  const { path, kind, format, covered, total, trust, commit, at } = artifact;
  const percent =
    covered === null || total === null
      ? null
      : percentCovered({ covered, total });
  const known = [format ?? kind, timeText(at)].filter(Boolean).join(" · ");
  return percent === null || trust === null
    ? [
        `${kind === "coverage" ? "Not measured: " : ""}${plain(path, 120)} at ${short(commit)} · ${known}`,
      ]
    : [
        `${measuredText({ ...artifact, value: percent, trust, path: plain(path, 120) }, "%")} · ${known}`,
      ];
}

function phaseContent(
  { phases }: PhaseAnswer,
  { repository }: Provenance,
  link: Link,
): Content {
  const [first, ...others] = phases;
  const { phase } = first.status;
  return {
    headline: phaseHeadline(first),
    sections: [
      ...phaseSections(first, link),
      ...others.flatMap((view) => otherPhase(view, link)),
    ],
    buttons: [
      details("All claims", {
        name: "claims",
        phase: phase.key,
        contradicted: false,
        repository,
      }),
    ],
  };
}

/** `Phase 19 · Coverage push and bug fixes`, after the plan when one was asked for. */
function phaseHeadline({ status: { phase }, plan }: PhaseView): string {
  return [
    plan === null ? "" : `Plan ${plan.id}`,
    `Phase ${phase.key}`,
    phase.name,
  ]
    .filter(Boolean)
    .join(" · ");
}

function phaseSections(
  { status, digest, plan }: PhaseView,
  link: Link,
): Section[] {
  const { commit } = status;
  return [
    ...section(null, [
      [
        `${HEADLINE_WORDS[status.headline].sign} `,
        { strong: capital(HEADLINE_WORDS[status.headline].words) },
        status.phase.presence === "removed"
          ? ` · the directory was removed, last seen at ${short(status.phase.lastSeen)}`
          : "",
      ],
      ...(plan === null ? [] : [planLine(plan)]),
      [statementsText(status)],
      [
        plansText(digest.plans),
        asideText([
          plural(
            status.plans,
            ({ gapClosure }) => gapClosure,
            "for gap closure",
          ),
          plural(status.plans, ({ superseded }) => superseded, "superseded"),
        ]),
      ],
      [
        verificationText(digest.verification),
        ...(status.verification
          ? [" · ", place(status.verification.path, null, commit, link)]
          : []),
      ],
      ...completenessLine(status),
      ...mustHavesLine(status),
      ...promisedDocumentsLine(status.promisedDocuments, commit, link),
    ]),
    ...section(
      digest.targets.length === 0
        ? "Targets"
        : `Targets · ${tally(
            digest.targets.map(({ verdict }) => verdict),
            TARGET_WORDS,
          )}`,
      digest.targets.length === 0
        ? [["No document sets a measurable target."]]
        : byImportance(digest.targets).map((target) =>
            targetLine(target, commit, link),
          ),
      8,
    ),
    ...requirementsSection(status, link),
    ...contributionsSection(status, link),
    ...section(
      `Disputed claims · ${digest.claims.disputed} of ${counted(digest.claims.total, "claim")}, ${digest.claims.confirmed} confirmed`,
      digest.disputed.map((claim) => claimLine(claim, commit, link)),
      4,
    ),
    ...section(
      `Open gaps · ${digest.openGaps}`,
      status.gaps
        .filter(({ open }) => open)
        .map((gap) => gapLine(gap, commit, link)),
      4,
    ),
    ...section(
      `Documents disagree · ${status.conflicts.length}`,
      status.conflicts.map((conflict) => [plain(conflict)]),
      4,
    ),
    ...section(
      `Findings about the inputs · ${status.findings.length}`,
      status.findings.map((finding) => [
        place(finding.path, finding.line, commit, link),
        ` · ${plain(finding.message)}`,
      ]),
      2,
    ),
  ];
}

/** Another directory with the same key, in one section. */
function otherPhase({ status, digest }: PhaseView, link: Link): Section[] {
  return section(
    `Also phase ${status.phase.key} · ${plain(status.phase.name, 80)}`,
    [
      [
        spoken(HEADLINE_WORDS[digest.headline]),
        ` · ${plansText(digest.plans)} · ${verificationText(digest.verification)} · `,
        place(status.phase.directory, null, status.phase.lastSeen, link),
        ` · its own answer: /coverage phase ${status.phase.directory}`,
      ],
    ],
  );
}

function planLine(plan: NonNullable<PhaseView["plan"]>): Line {
  return [
    { code: plan.path },
    ` · ${planState(plan)}`,
    plan.wave === null ? "" : ` · wave ${plan.wave}`,
    plan.gapClosure ? " · gap closure" : "",
    plan.superseded ? " · superseded" : "",
    " · targets and claims below are this plan's",
  ];
}

function planState({ state, summary }: NonNullable<PhaseView["plan"]>): string {
  if (state) return `“${state.says}” in ${fileName(state.path)}`;
  return summary === null ? "no summary yet" : `summary ${fileName(summary)}`;
}

const MOST_STATEMENTS = 4;

/** What the documents themselves say, beside what phasewatch does. */
function statementsText({ statements }: PhaseStatus): string {
  if (statements.length === 0) return "Documents say nothing about its status.";
  const shown = statements
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .slice(0, MOST_STATEMENTS)
    .map(
      ({ path, line, says, at }) =>
        `“${plain(says, 60)}” (${fileName(path)}:${line}, ${at.slice(0, 10)})`,
    );
  const more = statements.length - shown.length;
  return `Documents say: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Only where they differ: a team that reads one of them should know what the others say. */
function completenessLine({ completeness }: PhaseStatus): Line[] {
  if (!rulesDisagree(completeness)) return [];
  const rules = completeness
    .filter(({ definition }) => definition !== "documents")
    .map(({ definition, says }) => `${definition} ${plain(says, 40)}`);
  return [[`GSD's own rules disagree: ${rules.join(" · ")}`]];
}

function mustHavesLine({ mustHaves }: PhaseStatus): Line[] {
  const { artifacts, keyLinks } = mustHaves;
  if (artifacts.length === 0 && keyLinks.length === 0) return [];
  const words = {
    missed: { sign: "", words: "missing" },
    pending: { sign: "", words: "pending" },
    met: { sign: "", words: "there" },
    not_checkable: { sign: "", words: "not machine-checkable" },
  };
  const said = (what: string, verdicts: readonly (keyof typeof words)[]) =>
    verdicts.length === 0 ? "" : `${what}: ${tally(verdicts, words)}`;
  return [
    [
      [
        said(
          "Required files",
          artifacts.map(({ verdict }) => verdict),
        ),
        said(
          "Key links",
          keyLinks.map(({ verdict }) => verdict),
        ),
      ]
        .filter(Boolean)
        .join(" · "),
    ],
  ];
}

function phasesContent(answer: PhasesAnswer): Content {
  const words = { failing: "failing", open: "open", all: "" }[answer.filter];
  const count =
    answer.filter === "all"
      ? counted(answer.total, "phase")
      : `${answer.phases.length} of ${counted(answer.total, "phase")} ${words}`;
  return {
    headline: `Phases · ${count}`,
    sections:
      answer.phases.length === 0
        ? section(null, [[`No phase is ${words}.`]])
        : phaseTable(null, answer.phases.map(phaseRow), null),
    buttons: [],
  };
}

function gapsContent(
  answer: GapsAnswer,
  { repository, commit }: Provenance,
  link: Link,
): Content {
  const { missed, leftOut, unknown, open } = answer;
  const name = (key: string) =>
    answer.phase === null ? `Phase ${key} · ` : "";
  const total = missed.length + leftOut;
  return {
    headline: `Gaps · ${answer.phase === null ? "all phases" : `phase ${answer.phase}`}`,
    sections: [
      ...section(
        `Missed targets · ${total} of ${counted(answer.targets, "target")}${leftOut > 0 ? `, the farthest ${missed.length} shown` : ""}`,
        missed.length === 0
          ? [
              [
                answer.targets === 0
                  ? "No document sets a measurable target."
                  : `No target is missed; ${unknown.length} could not be measured.`,
              ],
            ]
          : missed.map(({ phase, target }) => [
              name(phase.key),
              ...targetLine(target, commit, link),
            ]),
        10,
      ),
      ...section(
        `Not known · ${counted(unknown.length, "target")}`,
        unknown.map(({ phase, target }) => [
          name(phase.key),
          ...targetLine(target, commit, link),
        ]),
        5,
      ),
      ...section(
        `Open in verification reports · ${open.length}`,
        open.map((gap) => [name(gap.phase.key), ...gapLine(gap, commit, link)]),
        6,
      ),
    ],
    buttons:
      leftOut === 0
        ? []
        : [
            details("All gaps", {
              name: "gaps",
              phase: answer.phase,
              top: null,
              repository,
            }),
          ],
  };
}

function claimsContent(
  answer: ClaimsAnswer,
  { repository, commit }: Provenance,
  link: Link,
): Content {
  const verdicts = answer.verdicts
    .map(
      ({ verdict, count }) =>
        `${formatCount(count)} ${CLAIM_WORDS[verdict].words}`,
    )
    .join(", ");
  return {
    headline: `Claims · ${answer.phase === null ? "all phases" : `phase ${answer.phase}`}${answer.contradictedOnly ? " · contradicted" : ""}`,
    sections: [
      ...section(null, [
        [
          verdicts === ""
            ? "No document makes a measurable claim."
            : `Of ${counted(
                answer.verdicts.reduce((sum, { count }) => sum + count, 0),
                "claim",
              )}: ${verdicts}.`,
        ],
      ]),
      ...section(
        null,
        answer.claims.map(({ phase, claim }) => [
          answer.phase === null && phase ? `Phase ${phase.key} · ` : "",
          ...claimLine(claim, commit, link),
        ]),
        12,
      ),
    ],
    buttons: answer.contradictedOnly
      ? []
      : [
          details("Contradicted only", {
            name: "claims",
            phase: answer.phase,
            contradicted: true,
            repository,
          }),
        ],
  };
}

function phaseTable(
  title: string | null,
  lines: readonly Line[],
  most: number | null,
): Section[] {
  return section(title, lines, most).map((table) => ({
    ...table,
    aligned: true,
  }));
}

function details(
  label: string,
  question: Parameters<typeof commandText>[0],
): Button {
  return { id: "details", label, command: commandText(question) };
}

function plural<T>(
  items: readonly T[],
  is: (item: T) => boolean,
  words: string,
): string {
  const count = items.filter(is).length;
  return count === 0 ? "" : `${formatCount(count)} ${words}`;
}

function asideText(parts: readonly string[]): string {
  const said = parts.filter(Boolean);
  return said.length === 0 ? "" : ` (${said.join(", ")})`;
}
