import { describe, expect, it } from "vitest";
import {
  speaksOfSeveral,
  writingsOf,
} from "../../../src/core/judge/writings.ts";
import { factsOf, momentAt, type Step } from "../../support/facts.ts";

const DIRECTORY = ".planning/phases/19-push";
const first = `${DIRECTORY}/19-01-SUMMARY.md`;
const second = `${DIRECTORY}/19-02-SUMMARY.md`;
const other = ".planning/phases/20-api/20-01-SUMMARY.md";
const verification = `${DIRECTORY}/19-VERIFICATION.md`;

const CLAIM = "# Results\n\n- Overall coverage: 74.6%\n";

/** What was written by commits that each change some paths. */
function writings(...commits: (readonly string[])[]) {
  return writingsOf(factsOf(commits.map(claiming)));
}

function claiming(paths: readonly string[]): Step {
  return { files: Object.fromEntries(paths.map((path) => [path, CLAIM])) };
}

describe("when a document was written", () => {
  it("is the commit that last changed it", () => {
    const all = writings([first], [second], [first, second], [other]);
    expect(all.written(first)).toEqual(momentAt(2));
    expect(all.written(other)).toEqual(momentAt(3));
  });

  it("is the evaluated commit where the history read does not reach it", () => {
    const facts = factsOf([claiming([first]), claiming([second])]);
    const history = { ...facts.history, lastChange: () => null };
    const all = writingsOf({ ...facts, history });
    expect(all.written(first)).toEqual(momentAt(1));
  });
});

describe("whether a document was written alone", () => {
  it("asks for other documents about results in its commit", () => {
    const all = writings([first], [second, other]);
    expect(all.isAlone(first)).toBe(true);
    expect(all.isAlone(second)).toBe(false);
    expect(all.isAlone(other)).toBe(false);
  });

  it("does not count documents that claim nothing, which are not alone themselves", () => {
    const all = writingsOf(
      factsOf([
        {
          files: {
            [first]: CLAIM,
            [second]: "# Nothing\n",
            [`${DIRECTORY}/19-01-PLAN.md`]: CLAIM,
          },
        },
      ]),
    );
    expect(all.isAlone(first)).toBe(true);
    expect(all.isAlone(second)).toBe(false);
  });

  it("does not change when the roadmap and the state that came with it are changed again", () => {
    const living = [".planning/STATE.md", ".planning/ROADMAP.md"];
    const before = writings([first, ...living]);
    const after = writings([first, ...living], living);
    expect(before.isAlone(first)).toBe(true);
    expect(after.isAlone(first)).toBe(true);
    expect(after.isAlone(".planning/STATE.md")).toBe(false);
    expect(writings([".planning/STATE.md"]).isAlone(".planning/STATE.md")).toBe(
      false,
    );
  });
});

describe("whether a plan was finished between a measurement and a document", () => {
  const measured = (position: number, scope: string | null = null) => ({
    introduced: momentAt(position),
    scope,
  });

  it("is so for a summary of another plan, of whatever phase", () => {
    const history = [[], [second], [other], [first]] as const;
    const all = writings(...history);
    expect(all.finishedBetween(measured(0), first)).toBe(true);
    expect(all.finishedBetween(measured(1), first)).toBe(true);
    expect(all.finishedBetween(measured(2), first)).toBe(false);
  });

  it("is not so for the document itself, for summaries that came after it, nor for other documents", () => {
    const all = writings([], [`${DIRECTORY}/19-REPORT.md`], [first], [second]);
    expect(all.finishedBetween(measured(0), first)).toBe(false);
    expect(all.finishedBetween(measured(0), second)).toBe(true);
  });

  it("is not so for the plan that made the measurement", () => {
    const all = writings([], [first], [verification]);
    expect(all.finishedBetween(measured(0), verification)).toBe(true);
    expect(all.finishedBetween(measured(0, "19-01"), verification)).toBe(false);
    expect(all.finishedBetween(measured(0, "19-1"), verification)).toBe(false);
    expect(all.finishedBetween(measured(0, "19-02"), verification)).toBe(true);
    // Plan 01 of another phase is another plan.
    expect(all.finishedBetween(measured(0, "18-01"), verification)).toBe(true);
  });

  it("is so for summaries of the document's own commit, which may have changed old documents", () => {
    const all = writings([], [first, second]);
    expect(all.finishedBetween(measured(0), first)).toBe(true);
    expect(all.finishedBetween(measured(1), first)).toBe(false);
  });
});

describe("a document of several phases", () => {
  const several = (path: string, text: string) =>
    factsOf([{ files: { [path]: text } }]).documents.map(speaksOfSeveral);

  it("is a roadmap, a state, and a report whose claims name more than one", () => {
    expect(several(".planning/ROADMAP.md", "")).toEqual([true]);
    expect(several(".planning/STATE.md", "")).toEqual([true]);
    const two =
      "## Phase 8\n\n- Overall coverage: 20%\n\n## Phase 9\n\n- Overall coverage: 30%\n";
    expect(several(".planning/PROGRESS.md", two)).toEqual([true]);
    const one = two.replace("Phase 9", "Results");
    expect(several(".planning/PROGRESS.md", one)).toEqual([false]);
    expect(several(".planning/PROGRESS.md", CLAIM)).toEqual([false]);
    expect(several(first, two)).toEqual([false]);
  });
});
