import { describe, expect, test } from "vitest";
import { judgeRepository } from "../../../src/core/judge/phaseStatus.ts";
import { factsOf, type Step } from "../../support/facts.ts";

const PHASE = ".planning/phases/19-billing";

function plan(...lines: string[]): string {
  return ["# Plan", "<output>", ...lines, "</output>"].join("\n");
}

/** `verdict path` of what phase 19 promises, and the whole entries, after these commits. */
function judged(...steps: Step["files"][]) {
  const status = judgeRepository(factsOf(steps.map((files) => ({ files }))));
  const phase = status.phases.find(({ phase: { key } }) => key === "19");
  const promised = phase?.promisedDocuments ?? [];
  return {
    promised,
    told: promised.map(({ verdict, path }) => `${verdict} ${path}`),
  };
}

const done = { [`${PHASE}/19-01-SUMMARY.md`]: "# Done" };

describe("a promised document", () => {
  test("is delivered when the tree has it, and missing when its plan is done and it has not", () => {
    const { promised } = judged({
      [`${PHASE}/19-01-PLAN.md`]: plan(
        `Create ${PHASE}/19-01-SUMMARY.md and docs/INVOICES.md.`,
      ),
      ...done,
    });
    expect(promised).toEqual([
      {
        path: `${PHASE}/19-01-SUMMARY.md`,
        promisedBy: `${PHASE}/19-01-PLAN.md`,
        line: 3,
        verdict: "delivered",
        why: "The tree has it.",
      },
      {
        path: "docs/INVOICES.md",
        promisedBy: `${PHASE}/19-01-PLAN.md`,
        line: 3,
        verdict: "missing",
        why: "Plan 19-01 has its summary; the tree has no such file.",
      },
    ]);
  });

  test("is pending until its plan has a summary", () => {
    const { promised } = judged({
      [`${PHASE}/19-01-PLAN.md`]: plan("Create `19-01-SUMMARY.md`"),
    });
    expect(promised).toMatchObject([
      { verdict: "pending", why: "Plan 19-01 has no summary yet." },
    ]);
  });

  test("is promised by no superseded plan", () => {
    const superseded = `---\nstatus: superseded\n---\n${plan("Create REPORT.md")}`;
    expect(
      judged({ [`${PHASE}/19-01-PLAN.md`]: superseded, ...done }).told,
    ).toEqual([]);
  });

  test("is unfinished while places of its template are open", () => {
    const { promised } = judged({
      [`${PHASE}/19-01-PLAN.md`]: plan("Create 19-GAP-REPORT.md"),
      [`${PHASE}/19-GAP-REPORT.md`]: "# Gaps\n\n- Coverage: [MEASURED]%",
      ...done,
    });
    expect(promised).toMatchObject([
      {
        verdict: "unfinished",
        path: `${PHASE}/19-GAP-REPORT.md`,
        why: "“[MEASURED]%” on line 3 is not filled in.",
      },
    ]);
  });

  test("is unfinished wherever it lies", () => {
    expect(
      judged({
        [`${PHASE}/19-01-PLAN.md`]: plan("Create .planning/BILLING_SUMMARY.md"),
        ".planning/BILLING_SUMMARY.md": "**Coverage:** XX.X%",
        ...done,
      }).told,
    ).toEqual(["unfinished .planning/BILLING_SUMMARY.md"]);
  });

  test("with open places is not unfinished before its plan is done", () => {
    expect(
      judged({
        [`${PHASE}/19-01-PLAN.md`]: plan("Create 19-GAP-REPORT.md"),
        [`${PHASE}/19-GAP-REPORT.md`]: "- XX.X% and XX.X%",
      }).told,
    ).toEqual([`delivered ${PHASE}/19-GAP-REPORT.md`]);
  });

  test("that was there says which commit removed it", () => {
    const { promised } = judged(
      {
        [`${PHASE}/19-01-PLAN.md`]: plan("Create docs/INVOICES.md"),
        "docs/INVOICES.md": "# Invoices",
        ...done,
      },
      { "docs/INVOICES.md": null },
    );
    expect(promised).toMatchObject([
      {
        verdict: "missing",
        why: "Plan 19-01 has its summary; 0101010 removed the file.",
      },
    ]);
  });
});

describe("a promised path", () => {
  const files = {
    ...done,
    [`${PHASE}/19-REPORT.md`]: "# Report",
    [`${PHASE}/notes/DATA.md`]: "# Data",
    ".planning/ROADMAP.md": "# Roadmap",
    "backend/docs/GUIDE.md": "# Guide",
    "a/README.md": "# A",
    "b/README.md": "# B",
  };
  const told = (sentence: string) =>
    judged({ ...files, [`${PHASE}/19-01-PLAN.md`]: plan(sentence) }).told;

  test.each([
    [
      "from the phase's directory",
      "Create notes/DATA.md",
      `${PHASE}/notes/DATA.md`,
    ],
    ["from the planning root", "Create ROADMAP.md", ".planning/ROADMAP.md"],
    ["as a bare name", "Create 19-report.md", `${PHASE}/19-REPORT.md`],
    ["without the phase's number", "Create REPORT.md", `${PHASE}/19-REPORT.md`],
    [
      "below a directory that was renamed since",
      "Create .planning/phases/19-old-name/19-REPORT.md",
      `${PHASE}/19-REPORT.md`,
    ],
    [
      "as the end of the real path",
      "Create docs/GUIDE.md",
      "backend/docs/GUIDE.md",
    ],
    [
      "as the plan's own summary",
      "Create SUMMARY.md",
      `${PHASE}/19-01-SUMMARY.md`,
    ],
    [
      "as a summary by its longer name",
      `Create ${PHASE}/19-billing-01-SUMMARY.md`,
      `${PHASE}/19-01-SUMMARY.md`,
    ],
    [
      "as a summary's template",
      "Create {phase}-{plan}-SUMMARY.md",
      `${PHASE}/19-01-SUMMARY.md`,
    ],
  ])("may be written %s", (_, sentence, path) => {
    expect(told(sentence)).toEqual([`delivered ${path}`]);
  });

  test("that fits several files, or is a template, is not checkable", () => {
    expect(told("Create README.md")).toEqual(["not_checkable README.md"]);
    expect(told("Create {phase}-NOTES.md")).toEqual([
      "not_checkable {phase}-NOTES.md",
    ]);
  });

  test("of another plan's summary is not this plan's own", () => {
    expect(told("Create 19-02-SUMMARY.md")).toEqual([
      "missing 19-02-SUMMARY.md",
    ]);
  });
});

describe("promises of several plans", () => {
  const promising = (name: string, ...lines: string[]) => ({
    [`${PHASE}/${name}-PLAN.md`]: plan(...lines),
  });

  test("for one document are one, by the first plan that is due", () => {
    const { promised } = judged({
      ...promising("19-02", "Create docs/GUIDE.md"),
      ...promising("19-01", "Create docs/GUIDE.md"),
      [`${PHASE}/19-02-SUMMARY.md`]: "# Done",
    });
    expect(promised).toMatchObject([
      { verdict: "missing", promisedBy: `${PHASE}/19-02-PLAN.md` },
    ]);
  });

  test("by a bare name mean the path that another line writes in full", () => {
    expect(
      judged({
        ...promising("19-01", "Create tests/GUIDE.md and GUIDE.md"),
        ...done,
      }).told,
    ).toEqual(["missing tests/GUIDE.md"]);
    expect(
      judged({
        ...promising("19-01", "Create GUIDE.md"),
        ...promising("19-02", "Create a/GUIDE.md"),
        ...promising("19-03", "Create b/GUIDE.md"),
        ...done,
      }).told,
    ).toEqual(["missing GUIDE.md", "pending a/GUIDE.md", "pending b/GUIDE.md"]);
  });
});
