import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkFile,
  namesOf,
  questionsOf,
} from "../../../src/core/judge/fileQuestions.ts";
import { readPlan } from "../../../src/core/planning/plan.ts";
import { readFrontMatter } from "../../../src/core/planning/frontMatter.ts";

function asking(base: string, ...lines: string[]) {
  const text = ["---", "must_haves:", ...lines, "---", ""].join("\n");
  return { plan: readPlan(readFrontMatter("", text)), base };
}

const TREE = new Set([
  "core/engine.py",
  "core/models.py",
  "web/core/engine.py",
]);

describe("questions", () => {
  it("are one per file of the tree, whatever number of plans ask", () => {
    const plans = [
      asking(
        "",
        "  artifacts: [{path: core/engine.py:12, contains: a}]",
        "  key_links: [{from: core/engine.py, to: core/models.py, pattern: p}]",
      ),
      asking(
        "",
        "  artifacts: [{path: ./core/engine.py, exports: [b]}, {path: not a path, contains: x}, {path: core/gone.py, contains: y}]",
        "  key_links: [{from: core/engine.py, to: c}, {from: prose of it, to: d}]",
      ),
    ];
    expect(questionsOf(plans, TREE)).toEqual([
      { path: "core/engine.py", contains: ["a", "b", "c"], patterns: ["p"] },
      { path: "core/models.py", contains: [], patterns: ["p"] },
    ]);
  });

  it("are about the file below the directory that holds the planning root first", () => {
    const plan = asking(
      "web/",
      "  artifacts: [{path: core/engine.py}, {path: core/models.py}]",
    );
    expect(questionsOf([plan], TREE).map(({ path }) => path)).toEqual([
      "web/core/engine.py",
      "core/models.py",
    ]);
  });
});

it("names a file as code does, without its extension", () => {
  expect(namesOf("core/models.py")).toEqual([
    "core/models.py",
    "core/models",
    "core.models",
  ]);
  expect(
    ["models.py", "core.models", "GET /orders", "the models"].map(namesOf),
  ).toEqual([["models.py"], ["core.models"], ["GET /orders"], ["the models"]]);
});

describe("a file", () => {
  const check = (text: string, ...patterns: string[]) =>
    checkFile(text, { path: "x", contains: [], patterns });

  it.each(["(a+)+$b", "(a|aa)+$", "(.*)*x", "(a{1,50}){1,19}b"])(
    "takes the hostile pattern %s in linear time",
    (pattern) => {
      const started = performance.now();
      check("a".repeat(50_000), pattern);
      expect(performance.now() - started).toBeLessThan(3_000);
    },
  );

  it("has no answer to a pattern that RE2 refuses, or that is too long to try", () => {
    const patterns = ["(?<=x)y", "(a", "x".repeat(501), "(a{1000}){1000}"];
    expect(Object.values(check("xy", ...patterns).matches)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("never throws, whatever a document asks", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.string()),
        fc.array(fc.string()),
        (text, contains, patterns) => {
          const { lines } = checkFile(text, { path: "x", contains, patterns });
          expect(lines).toBeGreaterThan(0);
        },
      ),
    );
  });
});
