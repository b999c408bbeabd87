import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  nameFor,
  nameMatcher,
  pathMatcher,
} from "../../../src/core/planning/layoutGlob.ts";

describe("pathMatcher", () => {
  test("says what the placeholders of a directory and a file stand for", () => {
    const match = pathMatcher("docs/work", "<id>-<slug>", "plans/<plan>.md");
    expect(match("docs/work/007-check-out/plans/3.md")).toEqual({
      root: "docs/work",
      unit: "007-check-out",
      id: "007",
      plan: "3",
      unitSlug: "check-out",
      slug: null,
    });
  });

  test("takes number and plan out of a file's name where phases have no directory", () => {
    const match = pathMatcher("docs/stories", null, "<id>.<plan>.<slug>.md");
    expect(match("docs/stories/2.10.show-the-price.md")).toMatchObject({
      unit: null,
      id: "2",
      plan: "10",
      slug: "show-the-price",
    });
  });

  test.each([
    ["a decimal phase", "specs", "<id>-<slug>", "19.1-push/a.md", "19.1"],
    ["a letter", "specs", "<id>-<slug>", "12A-push/a.md", "12A"],
    [
      "a date and a time",
      "specs",
      "<id>-<slug>",
      "20260131-142530-push/a.md",
      "20260131-142530",
    ],
  ])("reads %s as the number", (_, root, unit, path, id) => {
    expect(pathMatcher(root, unit, "a.md")(`${root}/${path}`)?.id).toBe(id);
  });

  test.each([
    ["**/<id>.md", "docs/7.md", true],
    ["**/<id>.md", "docs/a/b/7.md", true],
    ["*/<id>.md", "docs/a/b/7.md", false],
    ["status.y*ml", "docs/status.yaml", true],
    ["status.yml", "docs/statusXyml", false],
    ["<id>-<slug>.md", "docs/7-a.review.md", false],
    ["<id>.md", "elsewhere/7.md", false],
  ])("%s and %s", (file, path, matches) => {
    expect(pathMatcher("docs", null, file)(path) !== null).toBe(matches);
  });

  test("finds roots at any depth", () => {
    const match = pathMatcher("**/specs", "<id>-<slug>", "spec.md");
    expect(match("specs/001-a/spec.md")?.root).toBe("specs");
    expect(match("packages/x/specs/001-a/spec.md")?.root).toBe(
      "packages/x/specs",
    );
  });

  test.each([
    ["", "no relative path"],
    ["/docs", "no relative path"],
    ["docs/", "no relative path"],
    ["docs/**", "stands for directories"],
    ["a**b.md", "means nothing"],
    ["../x.md", "means nothing"],
    ["<name>.md", "cannot stand there. Possible: <id>, <plan>, <slug>"],
    ["<id>-<id>.md", "<id> twice"],
  ])("says what is wrong with “%s”", (glob, problem) => {
    expect(() => pathMatcher("docs", null, glob)).toThrow(problem);
  });

  test("allows no placeholder in a root", () => {
    expect(() => pathMatcher("docs/<id>", null, "a.md")).toThrow(
      "Possible: none",
    );
  });

  test("never throws on a path, and stays fast on a hostile one", () => {
    const match = pathMatcher("**", "<id>-<slug>", "**/*-*-*-*<slug>.md");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (path) => {
        match(path);
      }),
    );
    const began = performance.now();
    expect(match(`${"a-/".repeat(2_000)}x`)).toBeNull();
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe("nameMatcher", () => {
  test("reads an entry's name and writes it back", () => {
    expect(nameMatcher("epic-<id>")("epic-12")?.id).toBe("12");
    expect(nameMatcher("epic-<id>")("epic-12-retrospective")).toBeNull();
    expect(nameFor("epic-<id>", "12")).toBe("epic-12");
  });
});
