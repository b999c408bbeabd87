import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FileCoverage } from "../../../src/core/coverage/observation.ts";
import {
  fileFinder,
  matchFile,
  pairFiles,
} from "../../../src/core/coverage/paths.ts";

const segment = fc.constantFrom("backend", "core", "a", "B", "b", "x.py", ".");
const anyPath = fc
  .array(segment, { minLength: 1, maxLength: 5 })
  .map((segments) => segments.join("/"));

/** Files under these paths, each with counts of its own. */
function files(...paths: string[]): FileCoverage[] {
  return paths.map((path, index) => ({
    path,
    covered: index,
    total: 10 + index,
    branches: null,
  }));
}

function shown(base: FileCoverage[], head: FileCoverage[]) {
  const { pairs, onlyBase, onlyHead } = pairFiles(base, head);
  return {
    pairs: pairs.map(([a, b]) => [a.path, b.path]),
    onlyBase: onlyBase.map((file) => file.path),
    onlyHead: onlyHead.map((file) => file.path),
  };
}

describe("matchFile", () => {
  const paths = ["core/workflow_engine.py", "core/models.py", "api/models.py"];

  test("finds a file by its name alone", () => {
    expect(matchFile(paths, "workflow_engine.py")).toEqual({
      kind: "one",
      path: "core/workflow_engine.py",
    });
  });

  test("finds a file whose name in the document has more directories than the report writes", () => {
    expect(matchFile(paths, "backend/core/workflow_engine.py")).toEqual({
      kind: "one",
      path: "core/workflow_engine.py",
    });
  });

  test.each([
    "./core/models.py",
    "core\\models.py",
    "/core/models.py",
    "core/./models.py",
  ])("reads %s as core/models.py", (name) => {
    expect(matchFile(paths, name)).toEqual({
      kind: "one",
      path: "core/models.py",
    });
  });

  test("answers with the path as the report writes it", () => {
    expect(matchFile([".\\core\\x.py"], "core/x.py")).toEqual({
      kind: "one",
      path: ".\\core\\x.py",
    });
  });

  test("says which files a name may mean", () => {
    expect(matchFile(paths, "models.py")).toEqual({
      kind: "ambiguous",
      paths: ["api/models.py", "core/models.py"],
    });
  });

  test("compares whole segments: engine.py is not workflow_engine.py", () => {
    expect(matchFile(paths, "engine.py")).toEqual({ kind: "none" });
  });

  test("an exact path wins over longer ones that end in it", () => {
    expect(matchFile(["backend/x.py", "x.py"], "x.py")).toEqual({
      kind: "one",
      path: "x.py",
    });
  });

  test("the path that shares most segments wins", () => {
    expect(matchFile(["x.py", "core/x.py"], "backend/core/x.py")).toEqual({
      kind: "one",
      path: "core/x.py",
    });
  });

  test("case decides where both spellings exist, and is forgiven where only one does", () => {
    expect(matchFile(["Button.tsx", "button.tsx"], "button.tsx")).toEqual({
      kind: "one",
      path: "button.tsx",
    });
    expect(matchFile(["src/Button.tsx"], "button.TSX")).toEqual({
      kind: "one",
      path: "src/Button.tsx",
    });
  });

  test("a path that is listed twice is not ambiguous", () => {
    expect(matchFile(["a/x.py", "a/x.py"], "x.py")).toEqual({
      kind: "one",
      path: "a/x.py",
    });
  });

  test.each(["", ".", "/", "./"])("the empty name %j means no file", (name) => {
    expect(matchFile(["x.py", ""], name)).toEqual({ kind: "none" });
  });

  test("never throws, and answers only with given paths", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (given, name) => {
        const found = matchFile(given, name);
        const answers =
          found.kind === "one"
            ? [found.path]
            : found.kind === "ambiguous"
              ? found.paths
              : [];
        expect(given).toEqual(expect.arrayContaining([...answers]));
      }),
    );
  });

  test("is symmetrical: which of the two leaves out directories does not matter", () => {
    fc.assert(
      fc.property(anyPath, anyPath, (a, b) => {
        expect(matchFile([a], b).kind).toBe(matchFile([b], a).kind);
      }),
    );
  });

  test("does not depend on the order of the paths", () => {
    fc.assert(
      fc.property(fc.array(anyPath), anyPath, (given, name) => {
        const backwards = matchFile(given.toReversed(), name);
        expect(backwards).toEqual(matchFile(given, name));
      }),
    );
  });
});

describe("fileFinder", () => {
  const exists = fileFinder(["setup.py", "backend/core/models.py", "x.py"]);

  test("finds a file by its path and by the end of it", () => {
    expect(exists("setup.py")).toBe(true);
    expect(exists("./core\\models.py")).toBe(true);
  });

  test("does not take another file of the same name for it", () => {
    expect(exists("core/x.py")).toBe(false);
    expect(exists("odels.py")).toBe(false);
    expect(exists("")).toBe(false);
  });
});

describe("pairFiles", () => {
  test("pairs equal paths and names what only one side has", () => {
    expect(shown(files("a.py", "b.py"), files("b.py", "c.py"))).toEqual({
      pairs: [["b.py", "b.py"]],
      onlyBase: ["a.py"],
      onlyHead: ["c.py"],
    });
  });

  test("pairs files of a tool that ran one directory further down", () => {
    expect(
      shown(
        files("backend/core/models.py", "backend/api/models.py"),
        files("api/models.py", "core/models.py"),
      ),
    ).toEqual({
      pairs: [
        ["backend/api/models.py", "api/models.py"],
        ["backend/core/models.py", "core/models.py"],
      ],
      onlyBase: [],
      onlyHead: [],
    });
  });

  test("pairs files below two different build directories", () => {
    expect(
      shown(
        files("/builds/7/app/src/a.ts", "/builds/7/app/src/b.ts"),
        files("C:\\work\\app\\src\\a.ts", "C:\\work\\app\\src\\b.ts"),
      ).pairs,
    ).toEqual([
      ["/builds/7/app/src/a.ts", "C:\\work\\app\\src\\a.ts"],
      ["/builds/7/app/src/b.ts", "C:\\work\\app\\src\\b.ts"],
    ]);
  });

  test("pairs files of several packages, each with a root that the other report leaves out", () => {
    expect(
      shown(
        files("web/src/app.ts", "web/src/menu.ts", "server/main.py"),
        files("src/app.ts", "src/menu.ts", "main.py"),
      ).pairs,
    ).toEqual([
      ["server/main.py", "main.py"],
      ["web/src/app.ts", "src/app.ts"],
      ["web/src/menu.ts", "src/menu.ts"],
    ]);
  });

  test("does not pair two files because both are called index.ts", () => {
    expect(shown(files("menu/index.ts"), files("chart/index.ts"))).toEqual({
      pairs: [],
      onlyBase: ["menu/index.ts"],
      onlyHead: ["chart/index.ts"],
    });
  });

  test("does not guess between two files that end alike", () => {
    expect(shown(files("a/x.py", "b/x.py"), files("x.py")).pairs).toEqual([]);
    expect(shown(files("x.py"), files("a/x.py", "b/x.py")).pairs).toEqual([]);
  });

  test("does not take one directory for another because two of many names agree", () => {
    const { pairs } = shown(
      files("menu/index.ts", "menu/list.ts", "a.ts", "b.ts", "c.ts"),
      files("chart/index.ts", "chart/list.ts", "d.ts", "e.ts", "f.ts"),
    );
    expect(pairs).toEqual([]);
  });

  test("pairs a path that is listed twice as often as both sides have it", () => {
    const { pairs, onlyBase } = pairFiles(
      files("x.py", "x.py", "x.py"),
      files("x.py", "x.py"),
    );
    expect(pairs.map(([a, b]) => [a.total, b.total])).toEqual([
      [10, 10],
      [11, 11],
    ]);
    expect(onlyBase.map((file) => file.total)).toEqual([12]);
  });

  test("pairs repeated paths by their counts, whatever order they are in", () => {
    const twice = [3, 1].map((covered) => ({
      path: "x.py",
      covered,
      total: 4,
      branches: null,
    }));
    expect(
      pairFiles(twice, twice.toReversed()).pairs.map(([a, b]) => [
        a.covered,
        b.covered,
      ]),
    ).toEqual([
      [1, 1],
      [3, 3],
    ]);
  });

  test("loses no file and uses none twice, in whatever order", () => {
    fc.assert(
      fc.property(fc.array(anyPath), fc.array(anyPath), (a, b) => {
        const base = files(...a);
        const head = files(...b);
        const found = pairFiles(base, head);
        const used = [...found.pairs.map(([one]) => one), ...found.onlyBase];
        const used2 = [...found.pairs.map(([, one]) => one), ...found.onlyHead];
        expect(new Set(used)).toEqual(new Set(base));
        expect(used).toHaveLength(base.length);
        expect(new Set(used2)).toEqual(new Set(head));
        expect(used2).toHaveLength(head.length);
        expect(pairFiles(base.toReversed(), head.toReversed())).toEqual(found);
      }),
    );
  });

  test("pairs 5,000 files that all share one name in time that does not grow with their square", () => {
    const many = Array.from(
      { length: 5000 },
      (_, index) => `packages/p${index}/src/index.ts`,
    );
    const started = performance.now();
    const { pairs } = pairFiles(
      files(...many),
      files(...many.map((one) => one.slice("packages/".length))),
    );
    expect(pairs).toHaveLength(5000);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("a path of 20,000 segments costs no more than its length", () => {
    const deep = "a/".repeat(20_000) + "x.py";
    const started = performance.now();
    expect(pairFiles(files(deep), files(`b/${deep}`)).pairs).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
