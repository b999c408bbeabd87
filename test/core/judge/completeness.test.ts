import { describe, expect, it } from "vitest";
import { rulesDisagree } from "../../../src/core/judge/completeness.ts";
import { judgeRepository } from "../../../src/core/judge/phaseStatus.ts";
import type { Completeness } from "../../../src/core/status.ts";
import { factsOf, type Step } from "../../support/facts.ts";

const DIRECTORY = ".planning/phases/19-coverage-push";

function rules(...steps: Readonly<Record<string, string>>[]): Completeness[] {
  const facts = factsOf(
    steps.map((files): Step => ({
      files: Object.fromEntries(
        Object.entries(files).map(([name, text]) => [
          name.startsWith(".") ? name : `${DIRECTORY}/${name}`,
          text,
        ]),
      ),
    })),
  );
  const [phase] = judgeRepository(facts).phases;
  if (!phase) throw new Error("There is no phase.");
  return [...phase.completeness];
}

/** `roadmap complete, progress Executed, …`. */
function says(...steps: Readonly<Record<string, string>>[]): string {
  return rules(...steps)
    .map(({ definition, says: word }) => `${definition} ${word}`)
    .join(", ");
}

function rule(
  definition: Completeness["definition"],
  ...steps: Readonly<Record<string, string>>[]
): Omit<Completeness, "definition"> {
  const found = rules(...steps).find((each) => each.definition === definition);
  if (!found) throw new Error(`There is no ${definition}.`);
  const { says: word, complete, why } = found;
  return { says: word, complete, why };
}

const status = (word: string) => `---\nstatus: ${word}\n---\n# Text\n`;
const plan = { "19-01-PLAN.md": "# Plan" };
const done = { ...plan, "19-01-SUMMARY.md": "# Summary" };
const verified = (word: string) => ({ "19-VERIFICATION.md": status(word) });

describe("the rules side by side", () => {
  it("agree on a phase that is done, verified and fresh", () => {
    const all = [done, verified("passed")] as const;
    expect(says(...all)).toBe(
      "roadmap complete, progress Complete, verification passed, phase_complete complete, documents complete",
    );
    expect(rulesDisagree(rules(...all))).toBe(false);
  });

  it("disagree on one whose verification found gaps", () => {
    const all = [done, verified("gaps_found")] as const;
    expect(says(...all)).toBe(
      "roadmap complete, progress Executed, verification gaps_found, phase_complete executed, documents not complete",
    );
    expect(rulesDisagree(rules(...all))).toBe(true);
  });

  it("agree that a plan alone is not complete; a rule that does not know takes no part", () => {
    expect(says(plan)).toBe(
      "roadmap planned, progress Planned, verification missing, phase_complete incomplete, documents nothing",
    );
    expect(rulesDisagree(rules(plan))).toBe(false);
  });

  it("leave what documents say out: it is shown beside them", () => {
    const claimed = {
      ...plan,
      "19-PHASE-SUMMARY.md": "# X\n\n**Status:** COMPLETE\n",
    };
    const [roadmap, progress, verification, phaseComplete, documents] =
      rules(claimed);
    expect(documents?.complete).toBe(true);
    const others = [roadmap, progress, verification, phaseComplete].flatMap(
      (each) => each ?? [],
    );
    expect(
      rulesDisagree([
        ...others.map((each) => ({ ...each, complete: false })),
        ...(documents ? [documents] : []),
      ]),
    ).toBe(false);
  });
});

describe("roadmap analyze", () => {
  it.each([
    ["empty", { "19-NOTES.md": "x" }],
    ["discussed", { "19-CONTEXT.md": "x" }],
    ["researched", { "19-CONTEXT.md": "x", "19-RESEARCH.md": "x" }],
    ["planned", { ...plan, "19-RESEARCH.md": "x" }],
    ["partial", { ...done, "19-02-PLAN.md": "x" }],
    ["partial", { "19-PHASE-SUMMARY.md": "x" }],
    ["complete", { "PLAN.md": "x", "SUMMARY.md": "x" }],
  ])("says %s", (word, files) => {
    expect(rule("roadmap", files)).toMatchObject({
      says: word,
      complete: word === "complete",
    });
  });

  it("takes any summary for a plan's, which phase_complete does not", () => {
    const files = { ...plan, "19-PHASE-SUMMARY.md": "x" };
    expect(rule("roadmap", files)).toEqual({
      says: "complete",
      complete: true,
      why: "1 summary by name for 1 plan.",
    });
    expect(rule("phase_complete", files)).toEqual({
      says: "incomplete",
      complete: false,
      why: "0 of 1 plan has its own summary; the verification is missing.",
    });
  });

  it("believes a ticked box, and only a ticked one", () => {
    const roadmap = (box: string) => ({
      ".planning/ROADMAP.md": `- [${box}] **Phase 19: Coverage push**\n`,
    });
    expect(rule("roadmap", { ...plan, ...roadmap("x") })).toEqual({
      says: "complete",
      complete: true,
      why: "0 summaries by name for 1 plan would be planned; ROADMAP.md:1 is ticked, which decides.",
    });
    expect(rule("roadmap", { ...plan, ...roadmap(" ") }).says).toBe("planned");
    expect(rule("roadmap", { ...done, ...roadmap(" ") }).says).toBe("complete");
  });
});

describe("progress", () => {
  it.each([
    ["Pending", { "19-CONTEXT.md": "x" }],
    ["Planned", plan],
    ["In Progress", { ...done, "19-02-PLAN.md": "x" }],
    ["Executed", done],
    ["Complete", { ...done, ...verified("passed") }],
    ["Needs Review", { ...done, ...verified("human_needed") }],
    ["Executed", { ...done, ...verified("gaps_found") }],
    ["Executed", { ...done, ...verified("complete") }],
    ["Complete", { ...done, "VERIFICATION.md": status("passed") }],
  ])("says %s", (word, files) => {
    expect(rule("progress", files).says).toBe(word);
  });

  it("reads the verification that comes first by name, and says which", () => {
    const files = {
      ...done,
      "19-RE-VERIFICATION.md": status("gaps_found"),
      "19-VERIFICATION.md": status("passed"),
    };
    expect(rule("progress", files)).toEqual({
      says: "Executed",
      complete: false,
      why: "1 summary by name for 1 plan; 19-RE-VERIFICATION.md says “gaps_found”.",
    });
    expect(rule("progress", { ...done, "19-VERIFICATION.md": "# X" }).why).toBe(
      "1 summary by name for 1 plan; 19-VERIFICATION.md says nothing.",
    );
  });
});

describe("verification.status", () => {
  it("is stale when a summary came later, unless gaps were found", () => {
    const later = { "19-01-SUMMARY.md": "# Later" };
    expect(
      rule("verification", { ...done, ...verified("passed") }, later),
    ).toEqual({
      says: "stale",
      complete: null,
      why: "19-VERIFICATION.md says “passed”; 1 summary is newer.",
    });
    expect(
      rule("verification", { ...done, ...verified("human_needed") }, later)
        .says,
    ).toBe("stale");
    expect(
      rule("verification", { ...done, ...verified("gaps_found") }, later),
    ).toMatchObject({ says: "gaps_found", complete: false });
    expect(
      rule("phase_complete", { ...done, ...verified("passed") }, later),
    ).toMatchObject({ says: "executed", complete: false });
  });

  it.each([
    [
      "unknown",
      "gaps_closed_partial",
      "“gaps_closed_partial” of 19-VERIFICATION.md is none of GSD's words.",
    ],
    ["human_needed", "human_needed", "19-VERIFICATION.md says so."],
  ])("is %s where it says %s", (word, raw, why) => {
    expect(rule("verification", { ...done, ...verified(raw) })).toMatchObject({
      says: word,
      why,
    });
  });

  it("is unknown without front matter, and missing where only a bare VERIFICATION.md is", () => {
    expect(
      rule("verification", {
        ...done,
        "19-VERIFICATION.md": "**Status:** passed\n",
      }),
    ).toEqual({
      says: "unknown",
      complete: null,
      why: "19-VERIFICATION.md has no status in its front matter.",
    });
    expect(
      rule("verification", { ...done, "VERIFICATION.md": status("passed") })
        .says,
    ).toBe("missing");
  });
});

it("phase_complete leaves superseded plans out, and is never complete without a plan", () => {
  const superseded = { "19-02-PLAN.md": status("superseded") };
  expect(
    rule("phase_complete", { ...done, ...superseded, ...verified("passed") })
      .says,
  ).toBe("complete");
  expect(rule("phase_complete", superseded).says).toBe("incomplete");
  expect(rule("phase_complete", verified("passed")).says).toBe("incomplete");
});

describe("what documents say", () => {
  const summary = (word: string) => ({
    "19-PHASE-SUMMARY.md": `# X\n\n**Status:** ${word}\n`,
  });
  const state = (word: string) => ({
    ".planning/STATE.md": `Phase: 19\nStatus: ${word}\n`,
  });

  it("is one word where they agree, and both where they do not", () => {
    expect(rule("documents", plan, summary("COMPLETE"))).toEqual({
      says: "complete",
      complete: true,
      why: "19-PHASE-SUMMARY.md:3 says so.",
    });
    expect(rule("documents", plan, state("In progress"))).toMatchObject({
      says: "not complete",
      complete: false,
    });
    expect(
      rule("documents", plan, { ...state("Done"), ...summary("COMPLETE") }).why,
    ).toBe("19-PHASE-SUMMARY.md:3, STATE.md:2 say so.");
    expect(
      rule("documents", plan, {
        ...summary("COMPLETE"),
        ...state("In progress"),
      }),
    ).toEqual({
      says: "both",
      complete: null,
      why: "Complete: 19-PHASE-SUMMARY.md:3. Not complete: STATE.md:2.",
    });
  });

  it("is nothing where only a plan's summary speaks", () => {
    expect(
      rule("documents", { ...plan, "19-01-SUMMARY.md": status("complete") }),
    ).toEqual({
      says: "nothing",
      complete: null,
      why: "No document about the whole phase says whether it is complete.",
    });
  });
});

it("leaves GSD's rules out of another layout, where they have nothing to look at", () => {
  const [phase] = judgeRepository(
    factsOf([
      {
        files: {
          "specs/001-checkout/spec.md":
            "# Feature Specification: Checkout\n\n**Status**: Draft\n",
          "specs/001-checkout/plan.md": "# Plan\n",
          "specs/001-checkout/tasks.md": "# Tasks\n\n- [x] T001 Do it\n",
          ".specify/memory/constitution.md": "# Constitution\n",
        },
      },
    ]),
  ).phases;
  expect(phase?.completeness.map(({ definition }) => definition)).toEqual([
    "documents",
  ]);
});
