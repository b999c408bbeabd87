import { describe, expect, test } from "vitest";
import { readStatements } from "../../../src/core/planning/markdown.ts";
import { progressOf, readStatus } from "../../../src/core/planning/progress.ts";

describe("progressOf", () => {
  test.each([
    ["ready-for-dev", "planned"],
    ["Draft", "planned"],
    ["In Progress", "in_progress"],
    ["in_progress", "in_progress"],
    ["Review (second round)", "in_progress"],
    ["✅ Done", "done"],
    ["**Completed** - 2026-03-01", "done"],
    ["Won't do", "superseded"],
    ["mostly done", "unknown"],
    ["not done", "unknown"],
    ["constructor", "unknown"],
    ["", "unknown"],
  ])("“%s” is %s", (says, progress) => {
    expect(progressOf(says, {})).toBe(progress);
  });

  test("a layout's own words go first", () => {
    const words = { "Ready to ship": "done", review: "planned" } as const;
    expect(progressOf("ready to ship", words)).toBe("done");
    expect(progressOf("Review", words)).toBe("planned");
  });
});

describe("readStatus", () => {
  const read = (text: string) => readStatus(readStatements(text, 1), {});

  test.each([
    ["a bold field", "# Spec\n\n**Status**: Draft\n", "Draft", 3],
    [
      "a bold field with its colon inside",
      "# Spec\n\n**Status:** Draft\n",
      "Draft",
      3,
    ],
    ["a plain line", "# Story\n\nStatus: review\n\n## Story\n", "review", 3],
    [
      "a line above another field",
      "# Story\n\nStatus: review\nBranch: `x`\n",
      "review",
      3,
    ],
    [
      "a heading",
      "# Story\n\n## Status\n\nReady for Review\n",
      "Ready for Review",
      5,
    ],
  ])("reads %s", (_, text, says, line) => {
    expect(read(text)).toMatchObject({ says, line });
  });

  test.each([
    ["nothing", "# Story\n\nText.\n"],
    ["a placeholder", "**Status**: [Draft | Done]\n"],
    ["a word of a sentence", "The status: see below.\n"],
  ])("finds none in %s", (_, text) => {
    expect(read(text)).toBeNull();
  });
});
