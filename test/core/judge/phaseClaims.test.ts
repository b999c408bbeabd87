import { describe, expect, it } from "vitest";
import type { Facts } from "../../../src/core/facts.ts";
import { judgeRepository } from "../../../src/core/judge/phaseStatus.ts";
import type { ClaimResult } from "../../../src/core/status.ts";
import { coverage, factsOf, type Step } from "../../support/facts.ts";

const DIRECTORY = ".planning/phases/19-push";
const plan = (id: string, directory = DIRECTORY): Step => ({
  files: { [`${directory}/${id}-PLAN.md`]: "---\nwave: 1\n---\n# Plan\n" },
  subject: `docs(${id}): plan`,
});
const document = (
  path: string,
  text = "Overall coverage: 80%",
  subject = "",
): Step => ({ files: { [path]: `# Results\n\n- ${text}\n` }, subject });
const summary = (id: string, text?: string) =>
  document(`${DIRECTORY}/${id}-SUMMARY.md`, text, `docs(${id}): complete`);
/** A report of 60 % of 10,000 lines. */
const report = (subject = ""): Step => ({
  files: {
    "coverage.json": coverage([
      ["shop/engine.py", 250, 1_000],
      ["shop/rest.py", 5_750, 9_000],
    ]),
  },
  subject,
});
const together = (...steps: readonly Step[]): Step => ({
  files: Object.assign({}, ...steps.map(({ files }) => files)) as Step["files"],
  subject: steps.at(-1)?.subject ?? "",
});

/** `path verdict` of every coverage claim, of phases and of the repository, whose path ends so. */
function verdicts(
  ending: string,
  steps: readonly Step[],
  overrides: Partial<Facts> = {},
): string[] {
  const { phases, claims } = judgeRepository(factsOf(steps, overrides));
  const told = (key: string) => (claim: ClaimResult) =>
    claim.path.endsWith(ending) && claim.metric === "coverage"
      ? [`${key} ${claim.verdict}`]
      : [];
  return [
    ...phases.flatMap(({ phase, claims: own }) => own.flatMap(told(phase.key))),
    ...claims.flatMap(told("repository")),
  ];
}

describe("a plan's summary", () => {
  const steps = (scope: string, text: string) => [
    plan("19-01"),
    plan("19-02"),
    report(`test(${scope}): measure`),
    summary("19-02", text),
  ];

  it("is held against the report of its plan", () => {
    const near = "Overall coverage: 62%";
    expect(verdicts("19-02-SUMMARY.md", steps("19-02", near))).toEqual([
      "19 contradicted",
    ]);
    expect(verdicts("19-02-SUMMARY.md", steps("19-01", near))).toEqual([
      "19 unverifiable",
    ]);
    expect(verdicts("19-02-SUMMARY.md", steps("18-02", near))).toEqual([
      "19 unverifiable",
    ]);
  });

  it("is not held against the report of another plan that ran beside it", () => {
    const far = "Overall coverage: 80%";
    expect(verdicts("19-02-SUMMARY.md", steps("19-01", far))).toEqual([
      "19 unverifiable",
    ]);
    expect(verdicts("19-02-SUMMARY.md", steps("ci", far))).toEqual([
      "19 contradicted",
    ]);
  });

  it("is not held against a report that another plan's end has made old", () => {
    expect(
      verdicts("19-VERIFICATION.md", [
        plan("19-01"),
        report(),
        document(`${DIRECTORY}/19-VERIFICATION.md`),
      ]),
    ).toEqual(["19 contradicted"]);
    expect(
      verdicts("19-VERIFICATION.md", [
        plan("19-01"),
        report(),
        summary("19-01", "Done"),
        document(`${DIRECTORY}/19-VERIFICATION.md`),
      ]),
    ).toEqual(["19 unverifiable"]);
    expect(
      verdicts("19-VERIFICATION.md", [
        plan("19-01"),
        report("test(19-01): measure"),
        summary("19-01", "Done"),
        document(`${DIRECTORY}/19-VERIFICATION.md`),
      ]),
    ).toEqual(["19 contradicted"]);
  });

  it("is not held against a later report because somebody reformatted all documents", () => {
    const old = [
      plan("19-01"),
      summary("19-01", "Overall coverage: 20%"),
      summary("19-02", "Overall coverage: 30%"),
      report("test(20-01): measure"),
    ];
    const reformatted = together(
      summary("19-01", "Overall coverage: 20 %"),
      summary("19-02", "Overall coverage: 30 %"),
      document(`${DIRECTORY}/19-VERIFICATION.md`, "Overall coverage: 30 %"),
    );
    for (const path of [
      "19-01-SUMMARY.md",
      "19-02-SUMMARY.md",
      "19-VERIFICATION.md",
    ]) {
      expect(verdicts(path, [...old, reformatted])).toEqual([
        "19 unverifiable",
      ]);
    }
  });

  it("of an early plan is not contradicted by the last report of a merge that brings them all", () => {
    const merge = together(
      summary("19-01", "Overall coverage: 20%"),
      summary("19-02", "Overall coverage: 60%"),
      report("Merge phase 19"),
    );
    expect(verdicts("19-01-SUMMARY.md", [plan("19-01"), merge])).toEqual([
      "19 unverifiable",
    ]);
    expect(verdicts("19-02-SUMMARY.md", [plan("19-01"), merge])).toEqual([
      "19 confirmed",
    ]);
  });

  it("keeps its verdict when the state that was committed with it goes on", () => {
    const state = (text: string) => document(".planning/STATE.md", text);
    const story = [
      plan("19-01"),
      together(
        summary("19-01", "Overall coverage: 62%"),
        state("Overall coverage: 62%"),
        report(),
      ),
    ];
    expect(verdicts("19-01-SUMMARY.md", story)).toEqual(["19 contradicted"]);
    expect(
      verdicts("19-01-SUMMARY.md", [...story, state("Overall coverage: 70%")]),
    ).toEqual(["19 contradicted"]);
  });
});

describe("what a roadmap or state says of a phase", () => {
  const eight = ".planning/phases/08-api";
  const early = [
    plan("08-01", eight),
    report("test(08-01): measure"),
    document(`${eight}/08-01-SUMMARY.md`, "Done", "docs(08-01): complete"),
  ];
  const roadmap = (text: string) =>
    document(".planning/ROADMAP.md", `[x] ${text}`, "docs(19): roadmap");

  it("is held against that phase's reports, though the document was changed long after", () => {
    expect(
      verdicts("ROADMAP.md", [
        ...early,
        plan("19-01"),
        roadmap("Phase 8: achieving 80% overall coverage"),
      ]),
    ).toEqual(["8 contradicted"]);
  });

  it("is not held against a later phase's reports", () => {
    expect(
      verdicts("ROADMAP.md", [
        plan("08-01", eight),
        document(`${eight}/08-01-SUMMARY.md`, "Done", "docs(08-01): complete"),
        plan("19-01"),
        report("test(19-01): measure"),
        roadmap("Phase 8: achieving 20% overall coverage"),
      ]),
    ).toEqual(["8 unverifiable"]);
  });

  it("is judged by the last commit that names the phase, where its directory was not touched by it", () => {
    expect(
      verdicts("ROADMAP.md", [
        plan("08-01", eight),
        report("test(08-01): measure"),
        roadmap("Phase 8: achieving 80% overall coverage"),
      ]),
    ).toEqual(["8 contradicted"]);
  });

  it("is judged as of the document's own change where that came before the phase's last work", () => {
    expect(
      verdicts("ROADMAP.md", [
        plan("08-01", eight),
        roadmap("Phase 8: achieving 80% overall coverage"),
        ...early.slice(1),
      ]),
    ).toEqual(["8 unverifiable"]);
  });

  it("is judged where the history read tells nothing of the phase", () => {
    const facts = factsOf([
      ...early,
      roadmap("Phase 8: achieving 80% overall coverage"),
    ]);
    expect(
      verdicts(
        "ROADMAP.md",
        [...early, roadmap("Phase 8: achieving 80% overall coverage")],
        {
          history: {
            ...facts.history,
            lastBelow: () => null,
            mentions: () => [],
            firstBelow: () => null,
          },
        },
      ),
    ).toEqual(["8 unverifiable"]);
  });

  it("is none of the tests of every phase because the document quotes one report's totals", () => {
    const text =
      "Covered 6,000 of 10,000 lines\n- Phase 8: engine.py at 80% coverage";
    expect(
      verdicts("STATE.md", [...early, document(".planning/STATE.md", text)]),
    ).toEqual(["8 unverifiable"]);
    expect(
      verdicts("PHASE_8_REPORT.md", [
        ...early,
        document(".planning/PHASE_8_REPORT.md", text),
      ]),
    ).toEqual(["8 contradicted"]);
  });
});

describe("a report of one phase that lies outside of its directory", () => {
  const eight = ".planning/phases/08-api";
  const path = ".planning/PHASE_8_REPORT.md";

  it("is judged as of its own commit, though the phase's work had ended before", () => {
    expect(
      verdicts(path, [
        plan("08-01", eight),
        plan("19-01"),
        together(report(), document(path, "Overall coverage: 62%")),
      ]),
    ).toEqual(["8 contradicted"]);
  });

  it("quotes its source whatever it tells of differences", () => {
    const told = (more: string) =>
      verdicts(path, [
        plan("08-01", eight),
        report(),
        document(
          path,
          `Covered 6,000 of 10,000 lines\n- engine.py at 80% coverage\n- ${more}`,
        ),
      ]).slice(0, 1);
    expect(told("Overall coverage rose by 3 points")).toEqual([
      "8 contradicted",
    ]);
    expect(told("Overall coverage: 60%")).toEqual(["8 contradicted"]);
    expect(told("Overall coverage: 74%")).toEqual(["8 unverifiable"]);
  });
});

describe("a report of several phases", () => {
  it("is judged phase by phase, as of each one's last work", () => {
    const eight = ".planning/phases/08-api";
    expect(
      verdicts("PROGRESS.md", [
        plan("08-01", eight),
        plan("19-01"),
        report("test(19): measure"),
        document(
          ".planning/PROGRESS.md",
          "Phase 8: 20% overall coverage\n- Phase 19: 70% overall coverage",
          "docs(19): progress",
        ),
      ]),
    ).toEqual(["8 unverifiable", "19 contradicted"]);
  });
});

describe("claims that nothing ties to a phase", () => {
  const path = ".planning/COVERAGE_REPORT.md";

  it("stay with the repository, and are held only against what came with them", () => {
    expect(verdicts(path, [report(), document(path)])).toEqual([
      "repository unverifiable",
    ]);
    expect(verdicts(path, [together(report(), document(path))])).toEqual([
      "repository contradicted",
    ]);
    expect(
      verdicts(path, [report(), document(path, "Overall coverage: 60%")]),
    ).toEqual(["repository confirmed"]);
  });

  it("count no plans", () => {
    const { claims } = judgeRepository(
      factsOf([
        plan("19-01"),
        summary("19-01", "Done"),
        document(path, "**Status:** Complete, 1/1 plans"),
      ]),
    );
    expect(
      claims.map(({ metric, verdict }) => `${metric} ${verdict}`),
    ).toContain("status unverifiable");
    expect(claims.map(({ verdict }) => verdict)).not.toContain("confirmed");
  });
});

describe("a count of plans", () => {
  it("is confirmed by as many summaries, superseded plans aside", () => {
    const { phases } = judgeRepository(
      factsOf([
        plan("19-01"),
        {
          files: {
            [`${DIRECTORY}/19-02-PLAN.md`]:
              "---\nstatus: superseded\n---\n# Plan\n",
          },
        },
        summary("19-01", "Done"),
        document(
          `${DIRECTORY}/19-VERIFICATION.md`,
          "**Status:** Complete (1/1 plans)",
        ),
      ]),
    );
    expect(
      phases.flatMap(({ claims }) =>
        claims.flatMap(({ metric, verdict }) =>
          metric === "status" ? [verdict] : [],
        ),
      ),
    ).toContain("confirmed");
  });
});
