import { describe, expect, test } from "vitest";
import { answer } from "../../src/core/answer.ts";
import type { Question } from "../../src/core/command.ts";
import { parseCommand } from "../../src/core/command.ts";
import { digestOf } from "../../src/core/decide/phases.ts";
import type {
  Announcement,
  ContradictionNews,
  GapNews,
  HealthNews,
  Incident,
  News,
  PhaseNews,
  RegressionNews,
} from "../../src/core/news.ts";
import type { RepositoryStatus } from "../../src/core/status.ts";
import { answerText, renderAnswer } from "../../src/messages/answers.ts";
import { checkHome, checkMessage } from "../../src/messages/blocks.ts";
import { renderDigest } from "../../src/messages/digest.ts";
import { renderHome } from "../../src/messages/home.ts";
import type { Message } from "../../src/messages/message.ts";
import { renderIncident, renderReply } from "../../src/messages/news.ts";
import { helpText, renderHelp, renderUsage } from "../../src/messages/usage.ts";
import {
  AT,
  claim,
  COMMIT,
  context,
  EARLIER,
  incident,
  measured,
  named,
  NOW,
  phase,
  repository,
  target,
} from "./examples.ts";

/** The messages people see, as files: a change of a word shows in review. */

async function expectGolden(name: string, message: Message): Promise<void> {
  expect(checkMessage(message)).toEqual([]);
  await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(
    `golden/${name}.json`,
  );
}

async function expectGoldenText(name: string, text: string): Promise<void> {
  await expect(`${text}\n`).toMatchFileSnapshot(`golden/${name}.txt`);
}

function ask(question: Question, status: RepositoryStatus = repository()) {
  return answer(question, {
    repository: status.repository,
    status,
    polledAt: "2026-02-17T20:53:40Z",
    now: NOW,
  });
}

const QUESTIONS: Record<string, Question> = {
  status: { name: "status", repository: null },
  phase: { name: "phase", key: "19", plan: null, repository: null },
  plan: { name: "phase", key: "19", plan: "09", repository: null },
  phases: { name: "phases", filter: "all", repository: null },
  gaps: { name: "gaps", phase: null, top: 1, repository: null },
  claims: {
    name: "claims",
    phase: "19",
    contradicted: false,
    repository: null,
  },
  none: { name: "phase", key: "91", plan: null, repository: null },
};

describe("an answer", () => {
  test.each(Object.entries(QUESTIONS))("to %s", async (name, question) => {
    await expectGolden(`answer-${name}`, renderAnswer(ask(question), context));
    await expectGoldenText(`answer-${name}`, answerText(ask(question)));
  });

  test("names every directory that carries the key", async () => {
    const twice = repository({
      phases: [
        phase(),
        named("19", "Older push", {
          phase: {
            key: "19",
            slug: "older-push",
            name: "Older push",
            directory: "backend/.planning/phases/19-older-push",
            root: "backend/.planning",
            presence: "removed",
            lastSeen: EARLIER,
          },
        }),
      ],
    });
    await expectGoldenText(
      "answer-phase-twice",
      answerText(ask(QUESTIONS["phase"]!, twice)),
    );
  });
});

const gap: GapNews = {
  kind: "gap",
  phase: { key: "19", name: "Coverage push and bug fixes" },
  target: target(),
  fired: target(),
  members: null,
  commit: COMMIT,
  at: AT,
};

const reached = target({
  verdict: "met",
  measured: measured({ value: (970 / 3776) * 100, covered: 970 }),
  gap: -0.7,
  unitsToGo: 0,
  why: "Target 25–27 %; measured 25.7 %.",
});

const contradiction: ContradictionNews = {
  kind: "contradiction",
  phase: { key: "19", name: "Coverage push and bug fixes" },
  claim: claim(),
  others: 2,
  resolvedBy: null,
  commit: COMMIT,
  at: AT,
};

const base = measured({
  value: (943 / 3776) * 100,
  covered: 943,
  commit: EARLIER,
});

const regression: RegressionNews = {
  kind: "regression",
  severity: "critical",
  subject: "overall",
  path: "backend/coverage.json",
  base,
  head: measured(),
  delta: -2.99,
  newlyUncovered: 113,
  files: Array.from({ length: 7 }, (_, index) => ({
    path: `backend/core/agent_${index + 1}.py`,
    before: { covered: 80 - index, total: 100 },
    after: { covered: 60 + index, total: 100 },
  })),
  firedAt: measured(),
  commit: COMMIT,
  at: AT,
};

const health: HealthNews = {
  kind: "health",
  problem: "scope_changed",
  path: "backend/coverage.json",
  message:
    "backend/coverage.json measured 412 files at 182d3b3 and measures 12 at 4cf180b: the two are not comparable.",
  commit: COMMIT,
  at: AT,
};

const phaseNews: PhaseNews = {
  kind: "phase",
  phase: digestOf(phase()),
  before: digestOf(
    phase({
      headline: "executed",
      commit: EARLIER,
      plans: phase().plans.map((plan, index) =>
        index < 8 ? plan : { ...plan, summary: null },
      ),
    }),
  ),
};

const LIVES: Record<string, { fire: News; change: News; resolve: News }> = {
  phase: {
    fire: { ...phaseNews, before: null },
    change: phaseNews,
    resolve: {
      kind: "phase",
      phase: digestOf(
        phase({
          headline: "complete",
          targets: [reached],
          claims: [],
          gaps: [],
          conflicts: [],
          verification: {
            path: "19-VERIFICATION.md",
            status: "passed",
            rawStatus: "passed",
            score: { verified: 5, total: 5 },
            stale: false,
            newerSummaries: [],
          },
        }),
      ),
      before: phaseNews.phase,
    },
  },
  gap: {
    fire: gap,
    change: {
      ...gap,
      target: target({
        set: "6 Tier 1 files",
        measured: measured({ value: (905 / 3776) * 100, covered: 905 }),
        gap: 1.03,
        unitsToGo: 39,
      }),
      members: { missed: 1, total: 6 },
    },
    resolve: { ...gap, target: reached },
  },
  contradiction: {
    fire: contradiction,
    change: {
      ...contradiction,
      claim: claim({
        verdict: "self_contradictory",
        measured: null,
        why: "The document says 100 %, but 91 of 131 is 69.5 %.",
      }),
      others: 0,
    },
    resolve: {
      ...contradiction,
      resolvedBy: "The document no longer makes this claim.",
    },
  },
  regression: {
    fire: regression,
    change: { ...regression, delta: -3.4, newlyUncovered: 128 },
    resolve: { ...regression, delta: -0.2, head: base },
  },
  health: {
    fire: health,
    change: { ...health, problem: "stale" },
    resolve: health,
  },
};

const STATES = { fire: "open", change: "open", resolve: "resolved" } as const;

describe.each(Object.entries(LIVES))("news of a %s", (kind, life) => {
  test.each(["fire", "change", "resolve"] as const)(
    "at its %s",
    async (transition) => {
      const resolved = transition === "resolve";
      const living = incident(life[transition], {
        state: STATES[transition],
        resolvedAt: resolved ? "2026-02-18T08:00:00Z" : null,
      });
      await expectGolden(
        `${kind}-${transition}`,
        renderIncident(living, context),
      );
      const told: Announcement = {
        key: living.key,
        transition,
        news: life[transition],
      };
      const reply = renderReply(told, context);
      if (transition === "fire") expect(reply).toBeNull();
      else await expectGolden(`${kind}-${transition}-reply`, reply!);
    },
  );
});

test("a note says that it is one, and is never replied to", () => {
  const living = incident(health, { state: "note" });
  expect(renderIncident(living, context).text).toMatch(/^Note · Data changed/);
  expect(
    renderReply({ key: "a", transition: "note", news: health }, context),
  ).toBeNull();
});

test("a contradiction that is of no phase names none, and asks for the claims of all", () => {
  const { text, blocks } = renderIncident(
    incident({ ...contradiction, phase: null }),
    context,
  );
  expect(text).toContain("Claim and measurement differ");
  expect(text).not.toMatch(/phase 19|undefined|null/i);
  const of = JSON.stringify(blocks);
  expect(of).toContain("claims contradicted");
  expect(of).not.toMatch(/undefined|null/);
});

test("claims of all phases say of which phase they are, where they are of one", () => {
  const text = answerText(
    answer(
      { name: "claims", phase: null, contradicted: false, repository: null },
      {
        repository: "acme/shop",
        status: repository({
          phases: [phase({ claims: [claim()] })],
          claims: [claim({ path: ".planning/STATE.md" })],
        }),
        polledAt: null,
        now: NOW,
      },
    ),
  );
  expect(text).toContain("Claims · all phases");
  expect(text.match(/Phase 19 · /g)).toHaveLength(1);
  expect(text).toContain("STATE.md:12");
});

test("a digest", async () => {
  const incidents: Incident[] = [
    incident(LIVES["gap"]!.resolve, { state: "resolved" }),
    incident(regression),
    incident(health, { state: "note" }),
    incident(phaseNews),
    incident(contradiction),
  ];
  await expectGolden(
    "digest",
    renderDigest(
      {
        repositories: [
          { name: "acme/shop", status: repository(), incidents },
          { name: "acme/api", status: repository(), incidents: [] },
          { name: "acme/new", status: null, incidents: [] },
        ],
        since: "2026-02-16T08:00:00Z",
        until: "2026-02-18T08:00:00Z",
        timezone: "Europe/Berlin",
      },
      context,
    ),
  );
});

test("the first digest of a quiet repository, in a zone nobody knows", () => {
  const message = renderDigest(
    {
      repositories: [
        { name: "acme/shop", status: repository(), incidents: [] },
      ],
      since: null,
      until: "2026-02-18T08:00:00Z",
      timezone: "Mars/Olympus",
    },
    context,
  );
  expect(message.text).toBe(
    [
      "Digest · nothing changed",
      "acme/shop · 4cf180b",
      " Nothing changed.",
      "Up to Wed, 18 Feb 2026, 08:00 UTC",
    ].join("\n"),
  );
});

test("the Home tab", async () => {
  const view = renderHome(
    {
      repositories: [
        { name: "acme/shop", status: repository(), polledAt: NOW },
        { name: "acme/new", status: null, polledAt: null },
        {
          name: "acme/library",
          status: repository({ phases: [], artifacts: [] }),
          polledAt: NOW,
        },
      ],
    },
    context,
  );
  expect(checkHome(view)).toEqual([]);
  await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot(
    "golden/home.json",
  );
});

test("a Home tab without repositories says so", () => {
  const view = renderHome({ repositories: [] }, context);
  expect(JSON.stringify(view)).toContain("No repository is watched yet.");
});

test("help", async () => {
  await expectGolden("help", renderHelp(null));
  await expectGolden("help-phase", renderHelp("phase"));
  await expectGoldenText("help", helpText(null));
});

test("an error", async () => {
  const parsed = parseCommand("phse 19");
  if (parsed.kind !== "error") throw new Error("that was a command");
  await expectGolden("error", renderUsage(parsed));
});
