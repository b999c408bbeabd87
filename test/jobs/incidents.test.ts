import { describe, expect, test } from "vitest";
import {
  deliveriesFor,
  toldIncidents,
  topicOf,
  type Payload,
} from "../../src/jobs/incidents.ts";
import type {
  Announcement,
  GapNews,
  HealthNews,
  Incident,
  News,
  PhaseDigest,
  PhaseNews,
  Topic,
} from "../../src/core/news.ts";
import type { RenderContext } from "../../src/messages/message.ts";
import type { NewDelivery } from "../../src/store/store.ts";
import { claimOf, measuredOf, targetOf } from "../support/statuses.ts";

const STEP = {
  repository: "acme/shop",
  commit: "c0ffee2",
  now: "2026-02-18T09:00:10.000Z",
};
const CONTEXT: RenderContext = { repository: "acme/shop", link: () => null };
const PLACE = { commit: "c0ffee2", at: "2026-02-18T09:00:00Z" };
const PHASE = { key: "19", name: "Coverage push" };
const TOPICS: readonly Topic[] = [
  "phases",
  "gaps",
  "claims",
  "regressions",
  "health",
];

const health = (path: string): HealthNews => ({
  kind: "health",
  problem: "absent",
  path,
  message: `${path} is gone.`,
  ...PLACE,
});
const gap: GapNews = {
  kind: "gap",
  phase: PHASE,
  target: targetOf(),
  fired: targetOf(),
  members: null,
  ...PLACE,
};
const phaseDigest = (headline: PhaseDigest["headline"]): PhaseDigest => ({
  ...PHASE,
  ...PLACE,
  directory: ".planning/phases/19-coverage-push",
  headline,
  plans: { done: 1, total: 2 },
  verification: null,
  targets: [],
  disputed: [],
  claims: { confirmed: 0, disputed: 0, total: 0 },
  openGaps: 0,
  conflicts: [],
});
const phase = (headline: PhaseDigest["headline"]): PhaseNews => ({
  kind: "phase",
  phase: phaseDigest(headline),
  before: null,
});
const regression: News = {
  kind: "regression",
  severity: "warning",
  subject: "overall",
  path: "coverage.json",
  base: measuredOf(50),
  head: measuredOf(48),
  delta: -2,
  newlyUncovered: 40,
  files: [],
  firedAt: measuredOf(48),
  ...PLACE,
};
const contradiction: News = {
  kind: "contradiction",
  phase: PHASE,
  claim: claimOf(),
  others: 0,
  resolvedBy: null,
  ...PLACE,
};

const announce = (
  transition: Announcement["transition"],
  news: News,
  key = "gap|19",
): Announcement => ({ key, transition, news });

const subscriber = (
  channel: string,
  { topics = TOPICS, dryRun = false } = {},
) => ({
  channel,
  repository: "acme/shop",
  topics,
  source: "command" as const,
  dryRun,
});

const shown = (deliveries: readonly NewDelivery[]) =>
  deliveries.map(({ operation, payload }) => {
    const { unposted, text } = JSON.parse(payload) as Payload;
    return `${operation} (else ${unposted}): ${text.split("\n")[0]}`;
  });

describe("An announcement", () => {
  test("gets the same incident id however often its step is repeated", () => {
    const twice = [1, 2].map(() =>
      toldIncidents([announce("fire", gap)], [], STEP),
    );
    expect(twice[0]).toEqual(twice[1]);
    expect(twice[0]?.[0]?.incident.id).toMatch(/^[a-hjkmnp-z2-9]{7}$/);
  });

  test("gets another id at another commit, of another key and in another repository", () => {
    const ids = [
      STEP,
      { ...STEP, commit: "c0ffee3" },
      { ...STEP, repository: "acme/legacy" },
    ].map((step) => toldIncidents([announce("fire", gap)], [], step));
    ids.push(toldIncidents([announce("fire", gap, "gap|20")], [], STEP));
    expect(new Set(ids.map((told) => told[0]?.incident.id)).size).toBe(4);
  });

  test("that changes or ends belongs to the incident that lives, and keeps its beginning", () => {
    const [fired] = toldIncidents([announce("fire", gap)], [], STEP);
    if (!fired) throw new Error("Nothing was told.");
    const later = {
      ...STEP,
      commit: "c0ffee9",
      now: "2026-02-20T10:00:00.000Z",
    };
    const [changed] = toldIncidents(
      [announce("change", gap)],
      [fired.incident],
      later,
    );
    expect(changed?.incident).toMatchObject({
      id: fired.incident.id,
      state: "open",
      openedAt: STEP.now,
      openedCommit: STEP.commit,
      changedAt: later.now,
      resolvedAt: null,
    });
    const [resolved] = toldIncidents(
      [announce("resolve", gap)],
      [fired.incident],
      later,
    );
    expect(resolved?.incident).toMatchObject({
      id: fired.incident.id,
      state: "resolved",
      resolvedAt: later.now,
    });
  });

  test("that begins again after its end is a new incident", () => {
    const over: Incident = {
      id: "abcdefg",
      key: "gap|19",
      state: "resolved",
      news: gap,
      openedAt: STEP.now,
      openedCommit: "c0ffee1",
      changedAt: STEP.now,
      resolvedAt: STEP.now,
    };
    const [again] = toldIncidents([announce("fire", gap)], [over], STEP);
    expect(again?.incident.id).not.toBe(over.id);
    const [orphan] = toldIncidents([announce("change", gap)], [over], STEP);
    expect(orphan?.incident.id).not.toBe(over.id);
    expect(orphan?.incident.openedCommit).toBe(STEP.commit);
  });

  test("that is a note stays one, and a phase that is complete has nothing left to become", () => {
    const states = toldIncidents(
      [
        announce("note", health("coverage.json"), "health"),
        announce("fire", phase("complete"), "phase|19"),
        announce("fire", phase("gaps_found"), "phase|20"),
      ],
      [],
      STEP,
    ).map(({ incident }) => incident.state);
    expect(states).toEqual(["note", "resolved", "open"]);
  });
});

describe("What a channel is sent of a commit", () => {
  test("is a post for what is new", () => {
    const told = toldIncidents([announce("fire", gap)], [], STEP);
    const [delivery, ...more] = deliveriesFor(
      told,
      [subscriber("C0QUALITY")],
      CONTEXT,
      STEP,
    );
    expect(more).toEqual([]);
    expect(delivery).toMatchObject({
      channel: "C0QUALITY",
      incident: told[0]?.incident.id,
      operation: "post",
      status: "pending",
      createdAt: STEP.now,
    });
  });

  test("is an edit and a reply in the thread for what changed or ended", () => {
    const told = (transition: Announcement["transition"]) =>
      shown(
        deliveriesFor(
          toldIncidents([announce(transition, gap)], [], STEP),
          [subscriber("C0QUALITY")],
          CONTEXT,
          STEP,
        ),
      ).map((line) => line.split(":")[0]);
    // Whoever never saw the message gets it while it is open, and is spared what is over.
    expect(told("change")).toEqual(["update (else post)", "reply (else drop)"]);
    expect(told("resolve")).toEqual([
      "update (else drop)",
      "reply (else drop)",
    ]);
  });

  test("is at most five posts, the weightiest first; edits of living messages come on top", () => {
    const told = toldIncidents(
      [
        ...[1, 2, 3].map((n) =>
          announce("note", health(`${n}.json`), `health|${n}`),
        ),
        announce("fire", gap, "gap"),
        announce("fire", contradiction, "claim"),
        announce("change", gap, "gap|old"),
        announce("fire", phase("gaps_found"), "phase"),
        announce("fire", regression, "regression"),
      ],
      [],
      STEP,
    );
    const sent = shown(
      deliveriesFor(told, [subscriber("C0QUALITY")], CONTEXT, STEP),
    );
    expect(sent.filter((line) => line.startsWith("post"))).toHaveLength(5);
    expect(sent.filter((line) => line.startsWith("update"))).toHaveLength(1);
    expect(sent[0]).toMatch(/Coverage down/);
    expect(sent[1]).toMatch(/Phase 19/);
    // Two of the three notes are left to the digest.
    expect(told).toHaveLength(8);
  });

  test("is counted for each channel by itself, and only of the topics it wished for", () => {
    const told = toldIncidents(
      [
        ...[1, 2, 3, 4, 5, 6].map((n) =>
          announce("note", health(`${n}.json`), `health|${n}`),
        ),
        announce("fire", gap),
      ],
      [],
      STEP,
    );
    const sent = deliveriesFor(
      told,
      [
        subscriber("C0ALL"),
        subscriber("C0GAPS", { topics: ["gaps"] }),
        subscriber("C0CLAIMS", { topics: ["claims"] }),
      ],
      CONTEXT,
      STEP,
    );
    const count = (channel: string) =>
      sent.filter((delivery) => delivery.channel === channel).length;
    expect([count("C0ALL"), count("C0GAPS"), count("C0CLAIMS")]).toEqual([
      5, 1, 0,
    ]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length);
  });

  test("is only recorded in a dry run", () => {
    const told = toldIncidents([announce("fire", gap)], [], STEP);
    expect(
      deliveriesFor(
        told,
        [subscriber("C0QUALITY", { dryRun: true })],
        CONTEXT,
        STEP,
      ).map(({ status }) => status),
    ).toEqual(["dry_run"]);
  });

  test("has the same ids when the step is repeated", () => {
    const ids = [1, 2].map(() =>
      deliveriesFor(
        toldIncidents([announce("change", gap)], [], STEP),
        [subscriber("C0QUALITY")],
        CONTEXT,
        STEP,
      ).map(({ id }) => id),
    );
    expect(ids[0]).toEqual(ids[1]);
    expect(ids[0]).toHaveLength(2);
  });
});

test("Every kind of news has a topic to subscribe to", () => {
  expect(
    [phase("planned"), gap, contradiction, regression, health("x")].map(
      topicOf,
    ),
  ).toEqual(["phases", "gaps", "claims", "regressions", "health"]);
});
