import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  placeOf,
  planIdOf,
  planInScope,
} from "../../../src/core/planning/documentKind.ts";

/** Kind and plan id of a file in a phase directory. */
function inPhase(file: string, directory = "19-billing"): string {
  const place = placeOf(`.planning/phases/${directory}/${file}`);
  return [place?.kind, place?.planId].filter(Boolean).join(" ");
}

describe("placeOf", () => {
  test.each([
    [".planning/ROADMAP.md", "roadmap"],
    [".planning/milestones/v1.0-ROADMAP.md", "roadmap"],
    [".planning/REQUIREMENTS.md", "requirements"],
    [".planning/milestones/v1.0-REQUIREMENTS.md", "requirements"],
    [".planning/research/REQUIREMENTS.md", "other"],
    [".planning/workstreams/web/ROADMAP.md", "roadmap"],
    [".planning/workstreams/web/STATE.md", "state"],
    [".planning/FEATURE_ROADMAP.md", "other"],
    [".planning/archive/ROADMAP.md", "other"],
    [".planning/STATE.md", "state"],
    [".planning/PROJECT.md", "other"],
    [".planning/WAVE1_COMPLETE.md", "report"],
    [".planning/COVERAGE_SUMMARY.md", "report"],
    [".planning/research/SUMMARY.md", "other"],
    [".planning/phases/README.md", "other"],
    [".planning/PHASE_8_PROGRESS.md", "report"],
    [".planning/codebase/COVERAGE.md", "other"],
    [".planning/INDEX.md", "other"],
  ])("reads %s as a document of the whole root: %s", (path, kind) => {
    expect(placeOf(path)).toEqual({
      root: ".planning",
      directory: null,
      kind,
      planId: null,
    });
  });

  test.each([
    [
      "backend/.planning/phases/02-core/02-01-PLAN.md",
      "backend/.planning",
      "backend/.planning/phases/02-core",
    ],
    [
      ".planning/milestones/v1-phases/03-api/03-01-PLAN.md",
      ".planning",
      ".planning/milestones/v1-phases/03-api",
    ],
    [
      ".planning/workstreams/web/phases/1-ui/1-01-PLAN.md",
      ".planning",
      ".planning/workstreams/web/phases/1-ui",
    ],
    [
      ".planning/workstreams/web/milestones/v1-phases/1-ui/1-01-PLAN.md",
      ".planning",
      ".planning/workstreams/web/milestones/v1-phases/1-ui",
    ],
    [
      ".planning/phases/03-api/PLANS/03-01-PLAN.md",
      ".planning",
      ".planning/phases/03-api",
    ],
  ])("finds the phase directory of %s", (path, root, directory) => {
    expect(placeOf(path)).toMatchObject({ root, directory, kind: "plan" });
  });

  test.each([
    "README.md",
    "docs/planning/ROADMAP.md",
    ".planning/config.json",
    ".planning/phases/19-billing/19-VERIFICATION.md.new",
    "x.planning/ROADMAP.md",
    ".planning",
  ])("takes %s for no planning document", (path) => {
    expect(placeOf(path)).toBeNull();
  });
});

describe("a report outside of .planning", () => {
  test.each([
    "backend/tests/coverage_reports/BASELINE_COVERAGE.md",
    "tests/coverage-report/metrics/phase-8-report.md",
    "coverage_reports/SUMMARY.md",
    "web/test-results/status.md",
    "testmetrics/AUDIT.md",
  ])("lies beside what tools measured: %s", (path) => {
    expect(placeOf(path)).toEqual({
      root: "",
      directory: null,
      kind: "report",
      planId: null,
    });
  });

  test.each([
    "tests/REPORT.md",
    "coverage/REPORT.md",
    "docs/coverage_reports.md",
    "tests/coverage_reports/README.md",
    "tests/coverage_reports/BASELINE_COVERAGE.txt",
    "node_modules/x/test-results/REPORT.md",
    "vendor/coverage_reports/REPORT.md",
    "lib/site-packages/test_results/REPORT.md",
    "contests/test_archive/REPORT.md",
  ])("is not taken from anywhere else: %s", (path) => {
    expect(placeOf(path)).toBeNull();
  });
});

describe("a document of a phase", () => {
  test.each([
    ["19-01-PLAN.md", "plan 19-01"],
    ["19-01A-PLAN.md", "plan 19-01A"],
    ["19-01a-PLAN.md", "plan 19-01A"],
    ["019-01-PLAN.md", "plan 019-01"],
    ["19-billing-02-PLAN.md", "plan 19-02"],
    ["19-billing-02b-PLAN.md", "plan 19-02B"],
    ["19-billing-GAP-03-PLAN.md", "plan GAP-03"],
    ["19-03-GAP_CLOSURE_PLAN.md", "plan 19-03-GAP_CLOSURE"],
    ["19-03-GAPCLOSURE-01-PLAN.md", "plan 19-03-GAPCLOSURE-01"],
    ["19-GAPCLOSURE-02-PLAN.md", "plan GAPCLOSURE-02"],
    ["19-WAVE1A-PLAN.md", "plan WAVE1A"],
    ["19-PLAN-04.md", "plan 19-04"],
    ["PLAN.md", "plan 19"],
    ["plan.md", "plan 19"],
    ["invoice-rounding-07-PLAN.md", "plan 19-07"],
    ["18-01-PLAN.md", "plan 19-01"],
    ["19-01-SUMMARY.md", "summary 19-01"],
    ["19-01-PLAN-SUMMARY.md", "summary 19-01"],
    ["19-billing-GAP-03-SUMMARY.md", "summary GAP-03"],
    ["19-PHASE-SUMMARY.md", "phase_summary"],
    ["19-AGGREGATE-SUMMARY.md", "phase_summary"],
    ["19-SUMMARY.md", "phase_summary"],
    ["SUMMARY.md", "phase_summary"],
    ["19-RESEARCH-SUMMARY.md", "other"],
    ["19-PLANNING-SUMMARY.md", "other"],
    ["19-VERIFICATION.md", "verification"],
    ["VERIFICATION.md", "verification"],
    ["19-RE-VERIFICATION.md", "verification"],
    ["19-VERIFICATION-OLD.md", "verification"],
    ["19-PLANS-VERIFICATION.md", "other"],
    ["19-GAP-CLOSURE-REPORT.md", "report"],
    ["WAVE1_COMPLETE.md", "report"],
    ["STATE.md", "report"],
    ["19-INDEX.md", "report"],
    ["REINDEX.md", "other"],
    ["19-RESEARCH.md", "other"],
    ["EXPLANATION.md", "other"],
    ["REPLAN-INPUTS.md", "other"],
  ])("named %s is %s", (file, told) => {
    expect(inPhase(file)).toBe(told);
  });

  test.each([
    ["08-80-percent-coverage-01-PLAN.md", "plan 08-01"],
    ["08-80-percent-coverage-PLAN.md", "plan 08"],
    ["08-80-percent-05-PLAN.md", "plan 08-05"],
    ["08-05-PLAN.md", "plan 08-05"],
  ])("named %s knows that 80 belongs to the slug: %s", (file, told) => {
    expect(inPhase(file, "08-80-percent-coverage")).toBe(told);
  });

  test.each([
    ["08.5-01-PLAN.md", "08.5-push", "plan 08.5-01"],
    ["253b-01-PLAN.md", "253b-push", "plan 253b-01"],
    ["01-setup-PLAN.md", "admin-dashboard", "plan admin-dashboard"],
    ["setup-02-PLAN.md", "admin-dashboard", "plan admin-dashboard-02"],
  ])("named %s in %s is %s", (file, directory, told) => {
    expect(inPhase(file, directory)).toBe(told);
  });
});

describe("planIdOf", () => {
  test("names no plan for a stem without a number of its own", () => {
    expect(planIdOf("19-billing", "19-billing")).toBeNull();
    expect(planIdOf("phase", "19-billing")).toBeNull();
  });
});

describe("the plan that a commit's scope names", () => {
  test.each([
    ["19-02", "19-02"],
    ["019-02", "019-02"],
    ["19-02a", "19-02A"],
    ["phase-19-02", "19-02"],
    ["19-billing-02", "19-02"],
    ["19-GAP-03", "GAP-03"],
  ])(
    "is of the directory where it begins with its number: %s → %s",
    (scope, id) => {
      expect(planInScope(scope, "19-billing")).toBe(id);
    },
  );

  test.each([
    "18-02",
    "19.1-02",
    "19A-02",
    "billing-02",
    "GAP-03",
    "2026-02",
    "phase-19",
    "19",
    "19-billing",
    "19-",
    "deps",
    "",
  ])("is none of it: %s", (scope) => {
    expect(planInScope(scope, "19-billing")).toBeNull();
  });

  test("is not read out of a slug or for a directory without a number", () => {
    expect(planInScope("12-tier-1", "12-tier-1-push")).toBeNull();
    expect(planInScope("12-tier-1-push-02", "12-tier-1-push")).toBe("12-02");
    expect(planInScope("08-80", "08-80-percent")).toBeNull();
    expect(planInScope("admin-02", "admin")).toBeNull();
  });
});

test("placing a path never throws, and a place lies on the path", () => {
  const segment = fc.constantFrom(
    ".planning",
    "phases",
    "milestones",
    "v1-phases",
    "19-billing",
    "19-01-PLAN.md",
    "GAP-1-SUMMARY.md",
    "..",
    "",
    "é",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc
          .string({ unit: "binary" })
          .map((text) => `.planning/phases/${text}.md`),
        fc.array(segment, { maxLength: 6 }).map((parts) => parts.join("/")),
        fc
          .string({ unit: "binary" })
          .map((text) => `${text}/test_results/REPORT.md`),
      ),
      (path) => {
        const place = placeOf(path);
        if (place === null) return;
        if (place.root === "") expect(place.directory).toBeNull();
        else {
          expect(path.startsWith(`${place.directory ?? place.root}/`)).toBe(
            true,
          );
        }
      },
    ),
    { numRuns: 500 },
  );
});
