import { describe, expect, it } from "vitest";
import { countIn, membersOf } from "../../../src/core/judge/members.ts";
import { aTarget, factsOf } from "../../support/facts.ts";

const DIRECTORY = ".planning/phases/19-push";

function members(subject: string, ...texts: string[]) {
  const files = Object.fromEntries(
    texts.map((text, index) => [
      `${DIRECTORY}/19-0${index + 1}-SUMMARY.md`,
      text,
    ]),
  );
  return membersOf(aTarget({ subject }), factsOf([{ files }]).documents);
}

describe("the members of a counted set", () => {
  it("are the list of exactly so many source files, by their base names", () => {
    expect(
      members("3 target modules", "Covers core/a.py, core/b.py and c.py."),
    ).toEqual({
      kind: "files",
      files: ["a.py", "b.py", "c.py"],
      source: `${DIRECTORY}/19-01-SUMMARY.md:1`,
    });
  });

  it("are the list that is named most often, in whatever order and directory", () => {
    const found = members(
      "both files",
      "We took x.py and y.py.",
      "Tested core/b.py and a.py.",
      "Tested a.py and b.py.",
    );
    expect(found).toMatchObject({
      kind: "files",
      files: ["b.py", "a.py"],
      source: `${DIRECTORY}/19-02-SUMMARY.md:1`,
    });
  });

  it("are unknown without a number, or without a list of that many", () => {
    expect(members("tested files", "a.py and b.py")).toMatchObject({
      kind: "unknown",
      why: "No list of source files of the phase's documents is called “tested files”, so it is not known which ones they are.",
      finding: null,
    });
    expect(members("6 Tier 1 files", "a.py and b.py")).toMatchObject({
      kind: "unknown",
      why: "No document of the phase lists exactly 6 source files, so it is not known which ones “6 Tier 1 files” are.",
      finding: null,
    });
  });

  it("are ambiguous when two lists are as frequent, and that is a finding at the target's line", () => {
    const why = `“two files” fits 2 different lists of 2 files (${DIRECTORY}/19-01-SUMMARY.md:1, ${DIRECTORY}/19-02-SUMMARY.md:1).`;
    expect(members("two files", "a.py and b.py", "x.py and y.py")).toEqual({
      kind: "unknown",
      why,
      finding: {
        kind: "ambiguous",
        path: `${DIRECTORY}/19-01-PLAN.md`,
        line: 12,
        message: why,
      },
    });
  });
});

describe("the members of a set with a name", () => {
  const names = (subject: string, ...texts: string[]) => {
    const found = members(subject, ...texts);
    return found.kind === "files" ? found.files : found.why;
  };

  it.each([
    ["all tested files", "## Tested Files\n\n- core/a.py\n- core/b.py\n"],
    ["tested files", "## Files tested (2)\n\n- core/a.py\n- core/b.py\n"],
    ["each target file", "Target files: a.py, b.py\n"],
    [
      "target modules",
      "| Target module | Lines |\n|---|---|\n| a.py | 9 |\n| b.py | 8 |\n",
    ],
    [
      "Tier 1 files",
      "### Tier 1\n\n- a.py\n- b.py\n\n### Tier 1 tests\n\n- c.py\n- d.py\n",
    ],
  ])("%s are the list that is called so", (subject, text) => {
    expect(names(subject, text)).toEqual(["a.py", "b.py"]);
  });

  it.each([
    ["tested files", "## Untested files\n\n- a.py\n- b.py\n"],
    ["target files", "The target files are reached after a.py and b.py.\n"],
    ["domains", "## Files\n\n- a.py\n- b.py\n"],
  ])("%s are not taken from another list", (subject, text) => {
    expect(names(subject, text)).toMatch(/^No list of source files/);
  });

  it.each(["files", "both files", "each test file", "modules"])(
    "%s have none",
    (subject) => {
      const text = "## Test files\n\n- a.py\n- b.py\n- c.py";
      expect(names(subject, text)).toMatch(/name of their own|exactly 2/);
    },
  );

  it("are ambiguous when two lists are called so", () => {
    const lists = [
      "## Tested files\n\na.py and b.py",
      "## Tested files\n\nx.py, y.py",
    ];
    const found = members("tested files", ...lists);
    expect(found).toMatchObject({
      kind: "unknown",
      finding: { kind: "ambiguous" },
    });
  });
});

describe("the document that sets the target", () => {
  const plan = (number: number, name: string) =>
    `${DIRECTORY}/19-0${number}-${name}.md`;
  const setBy = (subject: string, files: Readonly<Record<string, string>>) => {
    const target = aTarget({ subject, path: plan(1, "PLAN") });
    const found = membersOf(target, factsOf([{ files }]).documents);
    return found.kind === "files" ? found.files : found.why;
  };

  it("is asked before all others, then its plan's summary", () => {
    const lists = {
      [plan(2, "SUMMARY")]: "Tested x.py and y.py.",
      [plan(3, "SUMMARY")]: "Tested x.py and y.py.",
    };
    const summary = { [plan(1, "SUMMARY")]: "Tested a.py and b.py." };
    const own = { [plan(1, "PLAN")]: "Take m.py and n.py." };
    expect(setBy("two files", lists)).toEqual(["x.py", "y.py"]);
    expect(
      setBy("two files", { ...lists, ...summary, [plan(1, "PLAN")]: "Text" }),
    ).toEqual(["a.py", "b.py"]);
    expect(setBy("two files", { ...lists, ...summary, ...own })).toEqual([
      "m.py",
      "n.py",
    ]);
  });

  it("does not mean the target files of another plan", () => {
    const list = "Target files: x.py, y.py";
    const own = { [plan(1, "PLAN")]: "Text" };
    expect(
      setBy("target files", { ...own, [plan(2, "SUMMARY")]: list }),
    ).toMatch(/^No list/);
    expect(
      setBy("target files", { ...own, [`${DIRECTORY}/19-REPORT.md`]: list }),
    ).toEqual(["x.py", "y.py"]);
  });
});

it("needs no document that set the target", () => {
  const [one, other] = ["Tested a.py and b.py.", "Tested x.py and y.py."];
  const { documents } = factsOf([
    {
      files: {
        [`${DIRECTORY}/A-SUMMARY.md`]: one,
        [`${DIRECTORY}/B-SUMMARY.md`]: other,
      },
    },
  ]);
  const target = aTarget({ subject: "two files", path: null, line: null });
  expect(membersOf(target, documents)).toMatchObject({
    finding: { path: "", line: null },
  });
});

it.each([
  ["6 Tier 1 files", 6],
  ["all 6 files", 6],
  ["each of the three modules", 3],
  ["The Two services", 2],
  ["tested files", null],
  ["constructor files", null],
  ["", null],
])("%j is a set of %s", (subject, count) => {
  expect(countIn(subject)).toBe(count);
});
