import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answer } from "../../src/core/answer.ts";
import type { Question } from "../../src/core/command.ts";
import { answerText, renderAnswer } from "../../src/messages/answers.ts";
import { checkHome, checkMessage } from "../../src/messages/blocks.ts";
import { renderDigest } from "../../src/messages/digest.ts";
import { renderHome } from "../../src/messages/home.ts";
import { LONGEST_EDIT_BYTES } from "../../src/messages/limits.ts";
import type { Message } from "../../src/messages/message.ts";
import { renderIncident, renderReply } from "../../src/messages/news.ts";
import { renderUsage } from "../../src/messages/usage.ts";
import { announcement, anyText, incident, status } from "./arbitraries.ts";
import { context, NOW } from "./examples.ts";

/** What holds for every message, whatever documents, reports and people wrote. */

const linked = fc.constantFrom(context, { ...context, link: () => null });

/** What is wrong with a message; empty for a good one. */
function faultsOf(message: Message): string[] {
  return [
    ...checkMessage(message),
    ...(Buffer.byteLength(message.text) > LONGEST_EDIT_BYTES
      ? ["the text is too long for an edit"]
      : []),
    ...[message.text, ...texts(message.blocks)].flatMap(harmIn),
  ];
}

/** Everything in angle brackets is a link of ours; nothing hides, reorders or breaks text. */
function harmIn(text: string): string[] {
  const tags = text.match(/<[^>]*>?/g) ?? [];
  return [
    ...tags.filter(
      (tag) =>
        !/^<https:\/\/github\.com\/acme\/shop\/[^<>|\s]*\|[^<>]*>$/.test(tag),
    ),
    ...(text.replaceAll(/<[^>]*>/g, "").match(/>|&(?!amp;|lt;|gt;)/g) ?? []),
    ...(text.match(/[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/gu) ?? []),
  ];
}

function texts(blocks: readonly unknown[]): string[] {
  return blocks.flatMap((block): string[] => {
    if (typeof block !== "object" || block === null) return [];
    const { type, text } = block as { type?: string; text?: unknown };
    if (type === "mrkdwn" && typeof text === "string") return [text];
    return Object.values(block).flatMap((value) =>
      typeof value === "object" && value !== null ? texts([value].flat()) : [],
    );
  });
}

const question: fc.Arbitrary<Question> = fc.oneof(
  fc.record({
    name: fc.constant("status" as const),
    repository: fc.constant(null),
  }),
  fc.record({
    name: fc.constant("phase" as const),
    key: fc.oneof(fc.constantFrom("19", "3", "12a"), anyText),
    plan: fc.option(anyText),
    repository: fc.constant(null),
  }),
  fc.record({
    name: fc.constant("phases" as const),
    filter: fc.constantFrom(
      "failing" as const,
      "open" as const,
      "all" as const,
    ),
    repository: fc.constant(null),
  }),
  fc.record({
    name: fc.constant("gaps" as const),
    phase: fc.option(fc.constantFrom("19", "3")),
    top: fc.option(fc.integer({ min: 1, max: 50 })),
    repository: fc.constant(null),
  }),
  fc.record({
    name: fc.constant("claims" as const),
    phase: fc.option(fc.constantFrom("19", "3")),
    contradicted: fc.boolean(),
    repository: fc.constant(null),
  }),
);

describe("whatever a repository holds", () => {
  test("an answer is a message that Slack takes and that mentions nobody", () => {
    fc.assert(
      fc.property(status, question, linked, (held, asked, rendering) => {
        const given = answer(asked, {
          repository: held.repository,
          status: held,
          polledAt: held.at,
          now: NOW,
        });
        expect(faultsOf(renderAnswer(given, rendering))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("an answer for a terminal is at most 100 columns wide and moves no cursor", () => {
    fc.assert(
      fc.property(status, question, (held, asked) => {
        const text = answerText(
          answer(asked, {
            repository: held.repository,
            status: held,
            polledAt: null,
            now: NOW,
          }),
        );
        expect(text).not.toMatch(/[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u);
        for (const line of text.split("\n")) {
          expect(
            Array.from(line.replaceAll(/[\p{Mn}\p{Me}]/gu, "")).length,
          ).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("an incident and its replies are messages that Slack takes and that mention nobody", () => {
    fc.assert(
      fc.property(incident, announcement, linked, (living, told, rendering) => {
        expect(faultsOf(renderIncident(living, rendering))).toEqual([]);
        const reply = renderReply(told, rendering);
        expect(reply ? faultsOf(reply) : []).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("a digest is a message that Slack takes and that mentions nobody", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            name: anyText,
            status: fc.option(status),
            incidents: fc.array(incident, { maxLength: 20 }),
          }),
          { maxLength: 60, size: "small" },
        ),
        fc.option(anyText),
        anyText,
        anyText,
        (repositories, since, until, timezone) => {
          expect(
            faultsOf(
              renderDigest({ repositories, since, until, timezone }, context),
            ),
          ).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("the Home tab is a view that Slack takes", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            name: anyText,
            status: fc.option(status),
            polledAt: fc.option(anyText),
          }),
          { maxLength: 5 },
        ),
        (repositories) => {
          const view = renderHome(
            // More repositories than a view has room for.
            {
              repositories: Array.from(
                { length: 40 },
                () => repositories,
              ).flat(),
            },
            context,
          );
          expect(checkHome(view)).toEqual([]);
          expect(texts(view.blocks).flatMap(harmIn)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("an error that repeats a person's own words is a message that mentions nobody", () => {
    fc.assert(
      fc.property(anyText, (word) => {
        expect(
          faultsOf(
            renderUsage({
              kind: "error",
              message: `There is no command “${word}”.`,
              usage: "/coverage help [command]",
              example: "/coverage help",
            }),
          ),
        ).toEqual([]);
      }),
    );
  });
});
