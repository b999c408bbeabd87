import { describe, expect, test } from "vitest";
import { checkHome, checkMessage, safe } from "../../src/messages/blocks.ts";
import type { Message } from "../../src/messages/message.ts";

const plainText = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const section = (text: string) => ({ type: "section", text: mrkdwn(text) });
const button = (changes: object = {}) => ({
  type: "button",
  action_id: "share",
  text: plainText("Share"),
  ...changes,
});
const problemsOf = (...blocks: unknown[]) =>
  checkMessage({ text: "Phase 19", blocks });

describe("what Slack takes", () => {
  test.each([
    ["no blocks at all", []],
    [
      "the longest header",
      [{ type: "header", text: plainText("a".repeat(150)), level: 1 }],
    ],
    ["the longest section", [section("a".repeat(3_000))]],
    [
      "ten fields",
      [
        {
          type: "section",
          fields: Array.from({ length: 10 }, () => mrkdwn("a".repeat(900))),
        },
      ],
    ],
    [
      "ten context elements",
      [
        {
          type: "context",
          elements: Array.from({ length: 10 }, () => mrkdwn("a")),
        },
      ],
    ],
    [
      "an image in a context",
      [
        {
          type: "context",
          elements: [
            {
              type: "image",
              image_url: "https://a.example/a.png",
              alt_text: "a",
            },
          ],
        },
      ],
    ],
    ["fifty blocks", Array.from({ length: 50 }, () => ({ type: "divider" }))],
    [
      "25 buttons",
      [
        {
          type: "actions",
          elements: Array.from({ length: 25 }, (_, index) =>
            button({ action_id: `b${index}`, style: "primary" }),
          ),
        },
      ],
    ],
    [
      "a section with a button",
      [{ ...section("a"), accessory: button({ url: "https://a.example" }) }],
    ],
    [
      "an image",
      [
        {
          type: "image",
          image_url: "https://a.example/a.png",
          alt_text: "a chart",
          title: plainText("Trend"),
        },
      ],
    ],
    ["a table", [{ type: "table", rows: [[{ type: "raw_text", text: "a" }]] }]],
    ["Markdown", [{ type: "markdown", text: "# a" }]],
    // Blocks with no rules here are only known by name.
    ["a video", [{ type: "video", alt_text: "a" }]],
    [
      "characters that take two units",
      [{ type: "header", text: plainText("😀".repeat(150)) }],
    ],
  ])("%s", (_, blocks) => {
    expect(problemsOf(...blocks)).toEqual([]);
  });
});

describe("what Slack refuses", () => {
  test.each([
    [
      "a header of 151 characters",
      { type: "header", text: plainText("a".repeat(151)) },
      "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ],
    [
      "a header in mrkdwn",
      { type: "header", text: mrkdwn("a") },
      "must be plain_text [json-pointer:/blocks/0/text/type]",
    ],
    [
      "an empty section",
      section(" "),
      "must not be empty [json-pointer:/blocks/0/text/text]",
    ],
    [
      "a section of 3,001 characters",
      section("a".repeat(3_001)),
      "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ],
    [
      "a section without text",
      { type: "section" },
      "must have text or fields [json-pointer:/blocks/0]",
    ],
    [
      "a text that is only a string",
      { type: "section", text: "a" },
      "must be a text object [json-pointer:/blocks/0/text]",
    ],
    [
      "a text that is a number",
      { type: "section", text: { type: "mrkdwn", text: 5 } },
      "must be text [json-pointer:/blocks/0/text/text]",
    ],
    [
      "eleven fields",
      {
        type: "section",
        fields: Array.from({ length: 11 }, () => mrkdwn("a")),
      },
      "must have at most 10 items, not 11 [json-pointer:/blocks/0/fields]",
    ],
    [
      "a field of 2,001 characters",
      { type: "section", fields: [mrkdwn("a".repeat(2_001))] },
      "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ],
    [
      "fields that are no list",
      { type: "section", fields: mrkdwn("a") },
      "must be a list [json-pointer:/blocks/0/fields]",
    ],
    [
      "a context without elements",
      { type: "context", elements: [] },
      "must not be empty [json-pointer:/blocks/0/elements]",
    ],
    [
      "eleven context elements",
      {
        type: "context",
        elements: Array.from({ length: 11 }, () => mrkdwn("a")),
      },
      "must have at most 10 items, not 11 [json-pointer:/blocks/0/elements]",
    ],
    [
      "an unknown block",
      { type: "alarm" },
      "unsupported type “alarm” [json-pointer:/blocks/0/type]",
    ],
    ["a block that is none", null, "must be a block [json-pointer:/blocks/0]"],
    [
      "an unknown property",
      { type: "divider", colour: "red" },
      "unknown property “colour” [json-pointer:/blocks/0]",
    ],
    [
      "an emoji switch in mrkdwn",
      { type: "section", text: { ...mrkdwn("a"), emoji: true } },
      "unknown property “emoji” [json-pointer:/blocks/0/text]",
    ],
    [
      "a block id of 256 characters",
      { type: "divider", block_id: "a".repeat(256) },
      "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ],
    [
      "a long label",
      {
        type: "actions",
        elements: [button({ text: plainText("a".repeat(76)) })],
      },
      "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ],
    [
      "a long action id",
      { type: "actions", elements: [button({ action_id: "a".repeat(256) })] },
      "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ],
    [
      "a long value",
      { type: "actions", elements: [button({ value: "a".repeat(2_001) })] },
      "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ],
    [
      "an unknown style",
      { type: "actions", elements: [button({ style: "green" })] },
      "must be primary or danger [json-pointer:/blocks/0/elements/0/style]",
    ],
    [
      "two buttons with one id",
      { type: "actions", elements: [button(), button()] },
      "action_id must be unique [json-pointer:/blocks/0/elements/1/action_id]",
    ],
    [
      "an element that is none",
      { type: "actions", elements: ["a"] },
      "must be an element [json-pointer:/blocks/0/elements/0]",
    ],
    [
      "an element without a type",
      { type: "actions", elements: [{}] },
      "must have a type [json-pointer:/blocks/0/elements/0]",
    ],
    [
      "an overflow menu of six",
      {
        type: "actions",
        elements: [
          { type: "overflow", options: Array.from({ length: 6 }, () => ({})) },
        ],
      },
      "must have at most 5 items, not 6 [json-pointer:/blocks/0/elements/0/options]",
    ],
    [
      "an image without words",
      { type: "image", image_url: "https://a.example/a.png" },
      "must be text [json-pointer:/blocks/0/alt_text]",
    ],
    [
      "an accessory image without a source",
      { ...section("a"), accessory: { type: "image", alt_text: "a" } },
      "must have one of image_url and slack_file [json-pointer:/blocks/0/accessory]",
    ],
    [
      "a table of 101 rows",
      {
        type: "table",
        rows: Array.from({ length: 101 }, () => [
          { type: "raw_text", text: "a" },
        ]),
      },
      "must have at most 100 items, not 101 [json-pointer:/blocks/0/rows]",
    ],
  ])("%s", (_, block, problem) => {
    expect(problemsOf(block)).toEqual([problem]);
  });

  test("51 blocks", () => {
    const blocks = Array.from({ length: 51 }, () => ({ type: "divider" }));
    expect(problemsOf(...blocks)).toEqual([
      "must have at most 50 blocks, not 51 [json-pointer:/blocks]",
    ]);
  });

  test("two blocks with one id", () => {
    const block = { type: "divider", block_id: "a" };
    expect(problemsOf(block, block)).toEqual([
      "block_id must be unique [json-pointer:/blocks/1/block_id]",
    ]);
  });

  test("two tables", () => {
    const table = { type: "table", rows: [[{ type: "raw_text", text: "a" }]] };
    expect(problemsOf(table, table)).toEqual([
      "only one table allowed [json-pointer:/blocks]",
    ]);
  });

  test("a table with more text than Slack lays out", () => {
    const cell = { type: "raw_text", text: "a".repeat(5_001) };
    expect(problemsOf({ type: "table", rows: [[cell, cell]] })).toContain(
      "cells must be less than 10001 characters in all [json-pointer:/blocks/0/rows]",
    );
  });

  test("more Markdown than Slack reads", () => {
    const block = { type: "markdown", text: "a".repeat(6_001) };
    expect(problemsOf(block, block)).toContain(
      "markdown must be less than 12001 characters in all [json-pointer:/blocks]",
    );
  });

  test("blocks that are short one by one and too long together", () => {
    const blocks = Array.from({ length: 4 }, () => section("a".repeat(2_500)));
    expect(problemsOf(...blocks)).toEqual([
      "all text together must be less than 9601 characters, not 10000 [json-pointer:/blocks]",
    ]);
  });

  test("a message without text, which nobody could hear read out", () => {
    expect(checkMessage({ text: "", blocks: [] })).toEqual([
      "must not be empty [json-pointer:/text]",
    ]);
  });

  test("a text that it would cut off", () => {
    expect(checkMessage({ text: "a".repeat(40_001), blocks: [] })).toEqual([
      "must be less than 40001 characters [json-pointer:/text]",
    ]);
  });
});

describe("a Home tab", () => {
  test("holds a hundred blocks", () => {
    const blocks = Array.from({ length: 100 }, () => ({ type: "divider" }));
    expect(checkHome({ type: "home", blocks })).toEqual([]);
    expect(
      checkHome({ type: "home", blocks: [...blocks, { type: "divider" }] }),
    ).toEqual(["must have at most 100 blocks, not 101 [json-pointer:/blocks]"]);
  });

  test("is no modal, and shows no message's blocks", () => {
    expect(
      checkHome({ type: "modal", blocks: [{ type: "markdown", text: "a" }] }),
    ).toEqual([
      "must be “home” [json-pointer:/type]",
      "unsupported type “markdown” [json-pointer:/blocks/0/type]",
    ]);
  });
});

describe("a message that must arrive", () => {
  test("mentions nobody when its text was no better than its blocks", () => {
    const stored = { text: "<!channel> <@U1> <#C1>", blocks: [null] };
    expect(safe(stored).text).toBe("&lt;!channel> &lt;@U1> &lt;#C1>");
  });

  test("is left alone when it is good", () => {
    const message: Message = {
      text: "Phase 19",
      blocks: [{ type: "divider" }],
    };
    expect(safe(message)).toBe(message);
  });

  test("goes out as its text when Slack would refuse its blocks", () => {
    const blocks = Array.from({ length: 51 }, () => ({
      type: "divider" as const,
    }));
    expect(safe({ text: "Phase 19\nPlans: 9 of 9", blocks })).toEqual({
      text: "Phase 19\nPlans: 9 of 9",
      blocks: [],
    });
  });

  test.each([
    ["nothing", null],
    ["a number", 5],
    ["no blocks", { text: "Phase 19" }],
    ["no text", { blocks: [] }],
    ["a text of blanks", { text: " \n ", blocks: [] }],
    ["a text far too long", { text: "😀".repeat(50_000), blocks: [] }],
    ["a broken text", { text: "\uD800\u202E", blocks: [{ type: "alarm" }] }],
  ])("goes out in words, whatever was stored: %s", (_, stored) => {
    const sent = safe(stored);
    expect(checkMessage(sent)).toEqual([]);
    expect(Buffer.byteLength(sent.text)).toBeLessThanOrEqual(4_000);
    expect(sent.blocks).toEqual([]);
  });
});
