import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isBranchName,
  isObjectId,
  isoTime,
  isRevision,
  subjectOf,
} from "../../src/repositories/revision.ts";
import { createGitFixture } from "../support/gitFixture.ts";

describe("a full object id", () => {
  test.each([
    ["a".repeat(40), true],
    ["0".repeat(64), true],
    ["a".repeat(39), false],
    ["A".repeat(40), false],
    [`${"a".repeat(40)}\n`, false],
  ])("%j: %j", (text, expected) => {
    expect(isObjectId(text)).toBe(expected);
  });
});

describe("a revision", () => {
  test.each(["main", "v1.0", "HEAD~2", "feature/ä", "a b"])(
    "can be %j",
    (text) => {
      expect(isRevision(text)).toBe(true);
    },
  );

  test.each(["", " ", ".", "a..b", "../x", "a\nb", "a\0b", "a\u007f"])(
    "cannot be %j",
    (text) => {
      expect(isRevision(text)).toBe(false);
    },
  );
});

test.each(["a~1", "a^", "a:b", "a b", "a?", "a*", "a[", "a\\b", "a@{1}"])(
  "a branch cannot be called %j",
  (text) => {
    expect(isBranchName(text)).toBe(false);
    expect(isRevision(text)).toBe(true);
  },
);

describe("a commit's time", () => {
  test.each([
    [0, "1970-01-01T00:00:00Z"],
    [1_771_424_003, "2026-02-18T14:13:23Z"],
    [-5, "1970-01-01T00:00:00Z"],
    [1e18, "9999-12-31T23:59:59Z"],
    [Number.NaN, "1970-01-01T00:00:00Z"],
  ])("%d is %s", (seconds, expected) => {
    expect(isoTime(seconds)).toBe(expected);
  });

  test("is a time whatever Git stored", () => {
    fc.assert(
      fc.property(fc.double(), (seconds) => {
        expect(isoTime(seconds)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      }),
    );
  });
});

test("a message's subject is what git says it is", async () => {
  await using fixture = await createGitFixture();
  const messages = [
    "One line",
    "Two\nlines\n\nand a body",
    "\n\nLeading lines\n  \nbody",
    "Trailing blanks   \nnext  \n \nbody",
    "",
    "a\r\nb\n\nc",
  ];
  for (const subject of messages) {
    await fixture.commit({ subject, at: "2026-02-18T14:13:23Z" });
    const said = await fixture.git("log", "--max-count=1", "--format=%s");
    expect(subjectOf(subject)).toBe(said);
  }
});
