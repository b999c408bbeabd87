import { createHash } from "node:crypto";
import type { Announcement, Incident, News, Topic } from "../core/news.ts";
import type { Message, RenderContext } from "../messages/message.ts";
import { renderIncident, renderReply } from "../messages/news.ts";
import type { NewDelivery, Subscription } from "../store/store.ts";

/** An announcement with the incident it belongs to, in its state after it. */
export interface Told {
  readonly announcement: Announcement;
  readonly incident: Incident;
}

/** What goes into a delivery's payload column. */
export interface Payload extends Message {
  /** What to do with an edit when the channel never got the message: it subscribed later, or the post was held back. */
  readonly unposted: "post" | "drop";
}

/** New posts for one commit in one channel; the rest is told by the digest. Edits of living messages are not counted. */
const POSTS_PER_COMMIT = 5;

/** Gives every announcement its incident: the living one of its key, or a new one. */
export function toldIncidents(
  announcements: readonly Announcement[],
  known: readonly Incident[],
  {
    repository,
    commit,
    now,
  }: { repository: string; commit: string; now: string },
): Told[] {
  return announcements.map((announcement) => {
    const { key, transition, news } = announcement;
    const living =
      transition === "fire" || transition === "note"
        ? undefined
        : known.find(
            (incident) => incident.key === key && incident.state === "open",
          );
    const incident: Incident = {
      id: living?.id ?? incidentId(repository, key, commit),
      key,
      state: stateAfter(announcement),
      news,
      openedAt: living?.openedAt ?? now,
      openedCommit: living?.openedCommit ?? commit,
      changedAt: now,
      resolvedAt: transition === "resolve" ? now : null,
    };
    return { announcement, incident };
  });
}

/** A phase that is complete when it is first told has nothing left to become. */
function stateAfter({ transition, news }: Announcement): Incident["state"] {
  if (transition === "note") return "note";
  if (transition === "resolve") return "resolved";
  return news.kind === "phase" && news.phase.headline === "complete"
    ? "resolved"
    : "open";
}

/** The messages that subscribers get: a post for what is new, an edit and a reply in the thread for what changed. */
export function deliveriesFor(
  told: readonly Told[],
  subscribers: readonly (Subscription & { readonly dryRun: boolean })[],
  context: RenderContext,
  { commit, now }: { commit: string; now: string },
): NewDelivery[] {
  const ordered = told.toSorted(
    (a, b) => weight(b.incident.news) - weight(a.incident.news),
  );
  return subscribers.flatMap((subscriber) => {
    const wanted = ordered.filter(({ incident }) =>
      subscriber.topics.includes(topicOf(incident.news)),
    );
    let posts = 0;
    return wanted.flatMap(({ announcement, incident }) => {
      const { transition } = announcement;
      const isNew = transition === "fire" || transition === "note";
      if (isNew && ++posts > POSTS_PER_COMMIT) return [];
      const message = renderIncident(incident, context);
      const to = (
        operation: NewDelivery["operation"],
        content: Message,
        unposted: Payload["unposted"],
      ): NewDelivery => ({
        id: deliveryId(subscriber.channel, incident.id, commit, operation),
        channel: subscriber.channel,
        incident: incident.id,
        operation,
        payload: JSON.stringify({ ...content, unposted } satisfies Payload),
        status: subscriber.dryRun ? "dry_run" : "pending",
        createdAt: now,
      });
      if (isNew) return [to("post", message, "post")];
      const reply = renderReply(announcement, context);
      return [
        to("update", message, transition === "resolve" ? "drop" : "post"),
        ...(reply ? [to("reply", reply, "drop")] : []),
      ];
    });
  });
}

/** The subscription topic that a piece of news falls under. */
export function topicOf(news: News): Topic {
  switch (news.kind) {
    case "phase":
      return "phases";
    case "gap":
      return "gaps";
    case "contradiction":
      return "claims";
    case "regression":
      return "regressions";
    case "health":
      return "health";
  }
}

/** What a reader should see first when one commit brings much. */
function weight(news: News): number {
  return { regression: 5, phase: 4, contradiction: 3, gap: 2, health: 1 }[
    news.kind
  ];
}

const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** Seven letters and digits that nobody confuses; the same incident gets the same id however often the step is repeated. */
function incidentId(repository: string, key: string, commit: string): string {
  return [...digestOf([repository, key, commit]).subarray(0, 7)]
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join("");
}

function deliveryId(...parts: string[]): string {
  return digestOf(parts).toString("base64url").slice(0, 22);
}

function digestOf(parts: readonly string[]): Buffer {
  return createHash("sha256").update(JSON.stringify(parts)).digest();
}
