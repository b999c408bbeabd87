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
      why: "Which files “tested files” stands for is not said with a number, so no list can be matched to it.",
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
