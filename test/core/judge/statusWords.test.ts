import { describe, expect, it } from "vitest";
import {
  isAboutThePhase,
  saysComplete,
  saysOpen,
} from "../../../src/core/judge/statusWords.ts";
import { factsOf } from "../../support/facts.ts";

describe("words about a phase", () => {
  it.each([
    "COMPLETE",
    "✅ Complete",
    "completed",
    "All gaps closed",
    "[x] ticked in the roadmap",
    "passed",
    "Complete (7/7 plans) in the progress table",
  ])("say it is done: %s", (says) => {
    expect([saysComplete(says), saysOpen(says)]).toEqual([true, false]);
  });

  it.each([
    "PARTIALLY COMPLETE",
    "incomplete",
    "not done",
    "In progress",
    "[ ] not ticked",
    "Gaps Found",
    "gaps_found (2/2)",
    "targets_not_met",
    "Not Started (0/5 plans)",
    "COMPLETE (4 of 5 plans complete)",
    "2/4",
    "Executing",
  ])("say it is not done: %j", (says) => {
    expect([saysComplete(says), saysOpen(says)]).toEqual([false, true]);
  });

  it.each([
    "Ready for execution",
    "Phase complete, ready for verification",
    "FINAL REVIEW",
    "",
  ])("say neither: %j", (says) => {
    expect([saysComplete(says), saysOpen(says)]).toEqual([false, false]);
  });
});

describe("a document", () => {
  const directory = ".planning/phases/08-cover-80-percent";
  const about = (name: string) => {
    const path = `${directory}/${name}`;
    return isAboutThePhase(
      path,
      factsOf([{ files: { [path]: "x" } }]).documents,
    );
  };

  it.each([
    "08-PHASE-SUMMARY.md",
    "08-VERIFICATION.md",
    "08-GAP-CLOSURE-REPORT.md",
    "PHASE-SUMMARY.md",
    "PHASE_8_SUMMARY.md",
    "08-cover-80-percent-COMPLETE.md",
    "FINAL_REPORT.md",
  ])("speaks of the phase: %s", (name) => {
    expect(about(name)).toBe(true);
  });

  it.each([
    "08-02-SUMMARY.md",
    "08-cover-80-percent-07-SUMMARY.md",
    "08-cover-80-percent-43-COMPLETE.md",
    "08-03-COVERAGE.md",
    "PLAN_04_COMPLETION_REPORT.md",
    "WAVE-1-COMPLETE.md",
    "04-fix-auth-failures.md",
    "PHASE_8_7_SUMMARY.md",
    "PHASE_9_0_SUMMARY.md",
  ])("speaks of a part, or of another phase: %s", (name) => {
    expect(about(name)).toBe(false);
  });

  it("of the root speaks of the phase it names", () => {
    expect(isAboutThePhase(".planning/STATE.md", [])).toBe(true);
  });
});
