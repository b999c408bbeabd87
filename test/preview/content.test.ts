import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  escapeText,
  readContent,
  readHome,
} from "../../src/preview/content.ts";
import { forRenderer } from "../../src/preview/page/mrkdwn.ts";
import { Timeline } from "../../src/preview/timeline.ts";
import { callMethod } from "../../src/preview/webApi.ts";
import { QUALITY, section } from "./support.ts";

const METHODS = [
  "api.test",
  "auth.test",
  "bots.info",
  "chat.delete",
  "chat.postEphemeral",
  "chat.postMessage",
  "chat.update",
  "conversations.history",
  "conversations.info",
  "conversations.list",
  "conversations.replies",
  "team.info",
  "users.info",
  "views.publish",
];

/** Things that look enough like arguments to get past the first checks. */
const fields = fc.dictionary(
  fc.constantFrom(
    "channel",
    "text",
    "ts",
    "thread_ts",
    "blocks",
    "metadata",
    "view",
    "user_id",
    "user",
    "limit",
    "cursor",
    "oldest",
  ),
  fc.oneof(
    fc.constantFrom(
      QUALITY.id,
      "U0YOU",
      "1772442000.000000",
      '[{"type":"section"}]',
      '{"type":"home","blocks":[{"type":"actions","elements":[null]}]}',
    ),
    fc.anything({ withNullPrototype: true }),
    fc.json(),
  ),
);

test("whatever is called with whatever arguments gets an answer", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...METHODS), fields), { maxLength: 8 }),
      (calls) => {
        const timeline = new Timeline({
          saved: null,
          now: () => new Date("2026-03-02T09:00:00Z"),
          changed: () => {},
        });
        for (const [name, given] of calls) {
          const answer = callMethod(name, given, "xoxb", {
            timeline,
            channels: [QUALITY],
            url: "http://127.0.0.1:4003",
            botToken: "xoxb",
          });
          expect(answer.ok || answer.error !== "").toBe(true);
        }
      },
    ),
  );
});

test("whatever comes as blocks is content or a refusal with a name", () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (text, blocks) => {
      const content = readContent(text, blocks);
      expect("refused" in content ? content.refused.error : "").toMatch(
        /^(no_text|invalid_blocks|invalid_blocks_format|)$/,
      );
      const home = readHome(blocks);
      expect("refused" in home || home.blocks).toBeTruthy();
    }),
  );
});

test("timestamps differ and grow for any clock", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.date({
          noInvalidDate: true,
          min: new Date(0),
          max: new Date("2100-01-01"),
        }),
        {
          minLength: 2,
        },
      ),
      (times) => {
        let asked = 0;
        const timeline = new Timeline({
          saved: null,
          now: () => times[asked++] ?? new Date(0),
          changed: () => {},
        });
        const given = times.map(() => timeline.nextTs());
        expect(given).toEqual(
          [...new Set(given)].toSorted((a, b) => Number(a) - Number(b)),
        );
        expect(given.every((ts) => /^\d+\.\d{6}$/.test(ts))).toBe(true);
      },
    ),
  );
});

test("a text that is longer than Slack keeps is cut, not refused", () => {
  const content = readContent("x".repeat(40_001), undefined);

  expect("text" in content && content.text.length).toBe(40_000);
});

test("a person's brackets and ampersands are stored escaped", () => {
  expect(escapeText("if a < b && b > c: &lt;")).toBe(
    "if a &lt; b &amp;&amp; b &gt; c: &amp;lt;",
  );
});

test("verbatim mrkdwn is drawn with its formatting, as in Slack", () => {
  const block = {
    type: "section",
    text: { type: "mrkdwn", text: "*a*", verbatim: true },
  };
  expect(forRenderer([block])).toEqual([
    { ...block, text: { ...block.text, verbatim: false } },
  ]);
});

test("escaped brackets are kept from the renderer in mrkdwn alone, and links stay", () => {
  const context = (type: string) => ({
    type: "context",
    elements: [{ type, text: "&lt;!channel&gt; <https://acme.example|x>" }],
  });

  expect(
    forRenderer([
      section("a &lt; b"),
      context("mrkdwn"),
      context("plain_text"),
    ]),
  ).toEqual([
    section("a \uE000 b"),
    {
      type: "context",
      elements: [
        {
          type: "mrkdwn",
          text: "\uE000!channel\uE001 <https://acme.example|x>",
        },
      ],
    },
    context("plain_text"),
  ]);
});
