import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Facts } from "../../../src/core/facts.ts";
import { judgeRepository } from "../../../src/core/judge/phaseStatus.ts";
import type {
  PhaseStatus,
  RepositoryStatus,
} from "../../../src/core/status.ts";
import {
  coverage,
  factsOf,
  momentAt,
  results,
  trend,
  type Step,
} from "../../support/facts.ts";

const DIRECTORY = ".planning/phases/19-coverage-push";

function repository(
  steps: readonly Step[],
  overrides: Partial<Facts> = {},
): RepositoryStatus {
  return judgeRepository(factsOf(steps, overrides));
}

/** The one phase of a story. */
function phase(...steps: Step[]): PhaseStatus {
  const [only, ...others] = repository(steps).phases;
  if (!only || others.length > 0)
    throw new Error(`It has ${others.length} more phases than one.`);
  return only;
}

/** Files of phase 19 by their names. */
function step(
  files: Readonly<Record<string, string | null>>,
  more: Partial<Step> = {},
): Step {
  const placed = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      /^\d+-|^PHASE/.test(name) ? `${DIRECTORY}/${name}` : name,
      text,
    ]),
  );
  return { ...more, files: { ...placed, ...more.files } };
}

const plan = (fields = "", truths: readonly string[] = []) =>
  `---\nwave: 1\n${fields}must_haves:\n  truths:\n${truths.map((truth) => `    - "${truth}"\n`).join("")}---\n# Plan\n`;
const summary = (status = "complete") =>
  `---\nstatus: ${status}\n---\n# Summary\n`;
const verification = (status: string, more = "") =>
  `---\nstatus: ${status}\n${more}---\n# Verification\n`;

describe("headlines", () => {
  const one = { "19-01-PLAN.md": plan() };
  const done = { ...one, "19-01-SUMMARY.md": summary() };

  it.each<[PhaseStatus["headline"], string, Readonly<Record<string, string>>]>([
    ["planned", "plans without a summary", one],
    ["planned", "a directory without plans", { "19-CONTEXT.md": "# Context" }],
    [
      "in_progress",
      "some plans with a summary",
      { ...done, "19-02-PLAN.md": plan() },
    ],
    ["executed", "all plans with a summary", done],
    [
      "executed",
      "a verification whose words are not known",
      { ...done, "19-VERIFICATION.md": verification("see below") },
    ],
    [
      "complete",
      "a verification that passed",
      { ...done, "19-VERIFICATION.md": verification("passed") },
    ],
    [
      "gaps_found",
      "a verification that found gaps",
      { ...done, "19-VERIFICATION.md": verification("gaps_found") },
    ],
    [
      "human_needed",
      "a verification that needs somebody",
      { ...done, "19-VERIFICATION.md": verification("human_needed") },
    ],
    [
      "unknown",
      "a verification of no plans",
      { "19-VERIFICATION.md": verification("passed") },
    ],
    [
      "superseded",
      "plans that were all superseded",
      {
        "19-01-PLAN.md": plan("status: superseded\n"),
        "19-VERIFICATION.md": verification("gaps_found"),
      },
    ],
    [
      "executed",
      "superseded plans beside done ones",
      { ...done, "19-02-PLAN.md": plan("status: superseded\n") },
    ],
  ])("%s: %s", (headline, _, files) => {
    expect(phase(step(files)).headline).toBe(headline);
  });

  it("is executed, not complete, when a target is missed, and complete when it is met", () => {
    const files = {
      "19-01-PLAN.md": plan("", ["Overall coverage reaches 50%"]),
      "19-01-SUMMARY.md": summary(),
      "19-VERIFICATION.md": verification("passed"),
    };
    const report = (covered: number) => ({
      files: { "coverage.json": coverage([["a.py", covered, 100]]) },
    });
    expect(phase(step(files, report(40))).headline).toBe("executed");
    expect(phase(step(files, report(60))).headline).toBe("complete");
  });

  it("is executed again when a summary came after the verification", () => {
    const verified = step({
      ...done,
      "19-VERIFICATION.md": verification("passed"),
    });
    expect(
      phase(verified, step({ "19-01-SUMMARY.md": summary("changed") }))
        .headline,
    ).toBe("executed");
  });
});

describe("plans", () => {
  it("are paired with the summary of the same name, else of the same id", () => {
    const { plans } = phase(
      step({
        "19-02-PLAN.md": plan("gap_closure: true\n"),
        "19-10-PLAN.md": "No front matter.",
        "19-01-PLAN.md": plan(),
        "19-1-SUMMARY.md": summary(),
        "19-02-SUMMARY.md": summary(),
      }),
    );
    expect(
      plans.map(({ id, summary: paired }) => [
        id,
        paired && paired.slice(DIRECTORY.length + 1),
      ]),
    ).toEqual([
      ["19-01", "19-1-SUMMARY.md"],
      ["19-02", "19-02-SUMMARY.md"],
      ["19-10", null],
    ]);
    expect(plans.map(({ wave, gapClosure }) => [wave, gapClosure])).toEqual([
      [1, false],
      [1, true],
      [null, false],
    ]);
  });
});

describe("the verification", () => {
  it("is stale by the order of commits, though all have the same time", () => {
    const at = "2026-02-18T14:13:23Z";
    const stale = phase(
      step(
        { "19-VERIFICATION.md": verification("passed", "score: 9/10\n") },
        { at },
      ),
      step({ "19-02-SUMMARY.md": summary() }, { at }),
    );
    expect(stale.verification).toEqual({
      path: `${DIRECTORY}/19-VERIFICATION.md`,
      status: "passed",
      rawStatus: "passed",
      score: { verified: 9, total: 10 },
      stale: true,
      newerSummaries: [`${DIRECTORY}/19-02-SUMMARY.md`],
    });
    const fresh = phase(
      step({ "19-02-SUMMARY.md": summary() }, { at }),
      step({ "19-VERIFICATION.md": verification("passed") }, { at }),
    );
    expect(fresh.verification?.stale).toBe(false);
    const together = phase(
      step(
        {
          "19-02-SUMMARY.md": summary(),
          "19-VERIFICATION.md": verification("passed"),
        },
        { at },
      ),
    );
    expect(together.verification?.stale).toBe(false);
  });

  it("is the one that changed last, and of several at once not the old one", () => {
    const old = { "19-VERIFICATION-OLD.md": verification("gaps_found") };
    const now = { "19-VERIFICATION.md": verification("passed") };
    const pathOf = (...steps: Step[]) =>
      phase(...steps).verification?.path.slice(DIRECTORY.length + 1);
    expect(pathOf(step({ ...old, ...now }))).toBe("19-VERIFICATION.md");
    expect(pathOf(step({ ...now }), step(old))).toBe("19-VERIFICATION-OLD.md");
    expect(pathOf(step(old), step(now))).toBe("19-VERIFICATION.md");
  });

  it("is one of the whole phase before one of a single plan, whichever is newer", () => {
    const { verification: of } = phase(
      step({ "19-VERIFICATION.md": verification("passed") }),
      step({ "19-02-VERIFICATION.md": verification("gaps_found") }),
    );
    expect(of?.path).toBe(`${DIRECTORY}/19-VERIFICATION.md`);
    const { verification: only } = phase(
      step({ "19-02-VERIFICATION.md": verification("gaps_found") }),
    );
    expect(only?.status).toBe("gaps_found");
  });

  it("of several rounds is the last, whatever its name", () => {
    const { verification: last } = phase(
      step({ "19-VERIFICATION.md": verification("gaps_found") }),
      step({ "19-RE-VERIFICATION.md": verification("passed") }),
    );
    expect(last?.path).toBe(`${DIRECTORY}/19-RE-VERIFICATION.md`);
  });

  it("is not known to be stale where the history read does not reach", () => {
    const facts = factsOf([
      step({ "19-VERIFICATION.md": verification("passed") }),
      step({ "19-01-SUMMARY.md": summary() }),
    ]);
    const blind = {
      lastChange: () => null,
      firstBelow: () => null,
      lastBelow: () => null,
      phaseOfLastChange: () => null,
      mentions: () => [],
    };
    const [only] = judgeRepository({ ...facts, history: blind }).phases;
    expect(only?.verification?.stale).toBe(false);
    expect(only?.statements.map(({ at }) => at)).toEqual([
      momentAt(1).at,
      momentAt(1).at,
    ]);
  });

  it("lists its gaps, open and closed", () => {
    const gaps =
      "gaps:\n  - truth: Coverage is 25 %\n    status: failed\n    reason: It is 15 %\n    missing:\n      - Tests for engine.py\n  - truth: Tests pass\n    status: verified\n";
    const { gaps: listed } = phase(
      step({ "19-VERIFICATION.md": verification("gaps_found", gaps) }),
    );
    expect(listed).toMatchObject([
      {
        truth: "Coverage is 25 %",
        status: "failed",
        reason: "It is 15 %",
        missing: ["Tests for engine.py"],
        open: true,
        path: `${DIRECTORY}/19-VERIFICATION.md`,
      },
      { truth: "Tests pass", open: false },
    ]);
  });
});

describe("what documents say", () => {
  const roadmap = [
    "# Roadmap",
    "- [x] **Phase 19: Coverage Push** - done",
    "- [ ] **Phase 20: Canvas** - later",
    "",
    "| Phase | Plans Complete | Status |",
    "|---|---|---|",
    "| 19. Coverage Push | 4/4 | Gaps Found |",
    "| 20. Canvas | - | |",
    "",
    "### Phase 19: Coverage Push & Bug Fixes",
    "**Goal:** Overall coverage reaches 50%",
  ].join("\n");

  it("stands side by side, each with the time of its last commit", () => {
    const story = [
      step({
        "19-01-SUMMARY.md": summary("COMPLETE"),
        "19-02-SUMMARY.md": "# Summary",
        "19-PHASE-SUMMARY.md":
          "# Phase 19\n\n**Status:** COMPLETE\n\n**Status:** COMPLETE\n",
        ".planning/ROADMAP.md": roadmap,
      }),
      step({
        "19-VERIFICATION.md": verification("gaps_found", "score: 2/10\n"),
        ".planning/STATE.md": "Phase: 19\nStatus: Phase complete\n",
      }),
    ];
    const { statements } = phase(...story);
    expect(statements.map(({ says, at }) => [says, at])).toEqual([
      ["COMPLETE", momentAt(0).at],
      ["COMPLETE", momentAt(0).at],
      ["gaps_found (2/10)", momentAt(1).at],
      ["[x] ticked in the roadmap", momentAt(0).at],
      ["Gaps Found (4/4 plans) in the progress table", momentAt(0).at],
      ["Phase complete", momentAt(1).at],
    ]);
  });

  it("is what a progress table says, where it says something", () => {
    const table = (row: string) =>
      phase(
        step({
          "19-CONTEXT.md": "# Context",
          ".planning/ROADMAP.md": `| Phase | Plans | Status |\n|---|---|---|\n${row}\n`,
        }),
      ).statements.map(({ says }) => says);
    expect(table("| 19. Push | - | |")).toEqual([]);
    expect(table("| 19. Push | - | Planned |")).toEqual([
      "Planned in the progress table",
    ]);
  });

  it("is nothing where a verification says nothing, and only what is there", () => {
    const story = (text: string) =>
      phase(step({ "19-VERIFICATION.md": text })).statements.map(
        ({ says }) => says,
      );
    expect(story("# Verification\n")).toEqual([]);
    expect(story("---\nscore: 3/4\n---\n")).toEqual(["(3/4)"]);
    const other = repository([
      step({
        ".planning/phases/20-canvas/20-01-PLAN.md": plan(),
        ".planning/ROADMAP.md": roadmap,
        ".planning/STATE.md": "Phase: 19\nStatus: Done\n",
      }),
    ]);
    expect(other.phases[0]?.statements.map(({ says }) => says)).toEqual([
      "[ ] not ticked in the roadmap",
    ]);
  });

  it("is not mixed up between planning roots", () => {
    const { phases } = repository([
      step({
        "backend/.planning/phases/19-api/19-01-PLAN.md": plan(),
        ".planning/ROADMAP.md": roadmap,
        ".planning/STATE.md": "Phase: 19\nStatus: Done\n",
      }),
    ]);
    expect(phases[0]).toMatchObject({
      statements: [],
      targets: [],
      phase: { name: "Api", root: "backend/.planning" },
    });
  });

  it("sets targets in the roadmap's goal as in plans and in the verification's goal", () => {
    const { targets, conflicts } = phase(
      step({
        "19-01-PLAN.md": plan("", ["Overall coverage reaches 25%"]),
        "19-VERIFICATION.md":
          "# Verification\n\n**Phase Goal:** Overall coverage reaches 60%\n",
        ".planning/ROADMAP.md": roadmap,
      }),
    );
    expect(targets.map(({ value, path }) => [value, path])).toEqual([
      [25, `${DIRECTORY}/19-01-PLAN.md`],
      [60, `${DIRECTORY}/19-VERIFICATION.md`],
      [50, ".planning/ROADMAP.md"],
    ]);
    expect(
      conflicts.some((conflict) =>
        conflict.startsWith("Coverage of overall: "),
      ),
    ).toBe(true);
  });
});

describe("names", () => {
  it.each([
    [
      "the roadmap's section",
      {
        ".planning/ROADMAP.md":
          "- [ ] **Phase 19: Push**\n\n### Phase 19: Coverage Push & Fixes\n",
      },
      "Coverage Push & Fixes",
    ],
    [
      "the roadmap's list",
      { ".planning/ROADMAP.md": "- [ ] **Phase 19: Coverage**\n" },
      "Coverage",
    ],
    [
      "the title of a document about the whole phase, less what kind of document it is",
      {
        "19-01-PLAN.md": "# Phase 19: Plan One\n",
        "19-PHASE-SUMMARY.md": "# Phase ??: Odd\n",
        "19-VERIFICATION.md":
          "# Phase 19: Cover It Verification Report - Round 2\n",
      },
      "Cover It",
    ],
    [
      "the directory where a title holds no name",
      {
        "19-VERIFICATION.md": "# Phase 19: Verification Report\n",
        "19-PHASE-SUMMARY.md": "# Notes\n",
      },
      "Coverage push",
    ],
    ["the directory", {}, "Coverage push"],
  ])("come from %s", (_, files, name) => {
    expect(phase(step({ "19-CONTEXT.md": "text", ...files })).phase.name).toBe(
      name,
    );
  });

  it("come from a directory that is only a number", () => {
    expect(
      phase({ files: { ".planning/phases/19/19-01-PLAN.md": plan() } }).phase,
    ).toMatchObject({ key: "19", slug: "", name: "19" });
  });

  it("do not mix two roadmap phases of one number: the one whose name fits the directory speaks of it", () => {
    const twice =
      "- [x] **Phase 19: Canvas Context**\n- [ ] **Phase 19: Coverage Push**\n";
    const { phase: named, statements } = phase(
      step({ "19-01-PLAN.md": plan(), ".planning/ROADMAP.md": twice }),
    );
    expect(named.name).toBe("Coverage Push");
    expect(statements.map(({ line }) => line)).toEqual([2]);
  });

  it("may be a decimal that only the roadmap knows", () => {
    const files = {
      ".planning/phases/09-1-api-routes/01-PLAN.md": plan(),
      ".planning/ROADMAP.md": "- [ ] **Phase 9.1: API Routes**\n",
    };
    expect(phase({ files }).phase.key).toBe("9.1");
  });
});

describe("several directories with one key", () => {
  const roadmap = {
    ".planning/ROADMAP.md":
      "- [x] **Phase 19: Coverage Push**\n- [ ] **Phase 20: Later**\n",
    ".planning/STATE.md": "Phase: 19-coverage-push\nStatus: In progress\n",
  };
  const other = { ".planning/phases/19-social-layer/19-01-PLAN.md": plan() };
  const saying = (files: Readonly<Record<string, string>>) =>
    repository([{ files }]).phases.map(
      ({ phase: { directory }, statements }) => [
        directory.slice(".planning/".length),
        statements.map(({ says }) => says),
      ],
    );
  const TICKED = "[x] ticked in the roadmap";

  it("are all shown, and the roadmap speaks of the one that it names", () => {
    expect(
      saying({ ...roadmap, ...other, [`${DIRECTORY}/19-01-PLAN.md`]: plan() }),
    ).toEqual([
      ["phases/19-coverage-push", [TICKED, "In progress"]],
      ["phases/19-social-layer", []],
    ]);
  });

  it("are one where there is one: it may be called otherwise in the roadmap", () => {
    expect(saying({ ...roadmap, ...other })).toEqual([
      ["phases/19-social-layer", [TICKED, "In progress"]],
    ]);
  });

  it("in a milestone's archive have that milestone's roadmap, because numbers begin again", () => {
    const archived = ".planning/milestones/v1.0-phases/19-old-shop";
    const files = { ...roadmap, [`${archived}/19-01-PLAN.md`]: plan() };
    const own = {
      ".planning/milestones/v1.0-ROADMAP.md": "- [ ] **Phase 19: Old shop**\n",
    };
    expect(saying(files)).toEqual([["milestones/v1.0-phases/19-old-shop", []]]);
    expect(saying({ ...files, ...own })).toEqual([
      ["milestones/v1.0-phases/19-old-shop", ["[ ] not ticked in the roadmap"]],
    ]);
    expect(
      saying({ ...roadmap, ...own, [`${DIRECTORY}/19-01-PLAN.md`]: plan() }),
    ).toEqual([["phases/19-coverage-push", [TICKED, "In progress"]]]);
  });

  it("in a workstream have the workstream's roadmap and state", () => {
    const web = ".planning/workstreams/web";
    const phases = {
      [`${web}/phases/19-coverage-push/19-01-PLAN.md`]: plan(),
      [`${DIRECTORY}/19-01-PLAN.md`]: plan(),
    };
    expect(
      saying({
        ...roadmap,
        ...phases,
        [`${web}/ROADMAP.md`]: "- [ ] **Phase 19: Coverage Push**\n",
        [`${web}/STATE.md`]: "Phase: 19\nStatus: Planning\n",
      }),
    ).toEqual([
      ["phases/19-coverage-push", [TICKED, "In progress"]],
      [
        "workstreams/web/phases/19-coverage-push",
        ["[ ] not ticked in the roadmap", "Planning"],
      ],
    ]);
  });
});

describe("a name that fits several files", () => {
  it("is a finding at the target's line, with the files", () => {
    const { findings, targets } = phase(
      step(
        { "19-01-PLAN.md": plan("", ["Coverage of models.py reaches 50%"]) },
        {
          files: {
            "coverage.json": coverage([
              ["shop/models.py", 1, 2],
              ["user/models.py", 1, 2],
            ]),
          },
        },
      ),
    );
    const message =
      "“models.py” fits 2 files of coverage.json: shop/models.py, user/models.py. Name it with its directory.";
    expect(targets.map(({ why }) => why)).toEqual([message]);
    expect(findings.filter(({ kind }) => kind === "ambiguous")).toEqual([
      {
        kind: "ambiguous",
        path: `${DIRECTORY}/19-01-PLAN.md`,
        line: 5,
        message,
      },
    ]);
  });
});

describe("sets", () => {
  const truth = "Each of the two core modules reaches 50% coverage";

  it("are judged file by file, with the list they were found in", () => {
    const { targets } = phase(
      step(
        {
          "19-01-PLAN.md": plan("", [truth]),
          "19-01-SUMMARY.md": "Tested core/a.py and core/b.py.\n",
        },
        {
          files: {
            "coverage.json": coverage([
              ["core/a.py", 60, 100],
              ["core/b.py", 40, 100],
            ]),
          },
        },
      ),
    );
    expect(
      targets.map(({ subject, verdict, set }) => [
        subject,
        verdict,
        set !== undefined,
      ]),
    ).toEqual([
      ["a.py", "met", true],
      ["b.py", "missed", true],
    ]);
    expect(targets[0]?.why).toContain(
      `as listed in ${DIRECTORY}/19-01-SUMMARY.md:1.`,
    );
  });

  it("without such a list are not checkable, and two lists are a finding", () => {
    expect(
      phase(step({ "19-01-PLAN.md": plan("", [truth]) })).targets,
    ).toMatchObject([
      { verdict: "not_checkable", measured: null, gap: null, unitsToGo: null },
    ]);
    const two = phase(
      step({
        "19-01-PLAN.md": plan("", [truth]),
        "19-02-SUMMARY.md": "Tested a.py and b.py.\n",
        "19-03-SUMMARY.md": "Tested x.py and y.py.\n",
      }),
    );
    expect(two.findings.map(({ kind }) => kind)).toContain("ambiguous");
  });
});

describe("claims", () => {
  const claims = (...steps: Step[]) =>
    phase(...steps)
      .claims.filter(({ metric }) => metric === "coverage")
      .map(({ verdict }) => verdict);
  const planned = step({ "19-01-PLAN.md": plan() });
  const report = { files: { "coverage.json": coverage([["a.py", 22, 100]]) } };
  const summarised = step({
    "19-01-SUMMARY.md": "# Summary\n\n- Overall coverage: 74.6%\n",
  });

  it("are held against reports between the plan and the summary", () => {
    expect(claims(planned, report, summarised)).toEqual(["contradicted"]);
    expect(claims(report, planned, summarised)).toEqual(["unverifiable"]);
    expect(claims(planned, summarised, report)).toEqual(["unverifiable"]);
  });

  it("are held against reports since the phase began when the plan came with or after the summary", () => {
    const begun = step({ "19-CONTEXT.md": "# Context" });
    const both = step({
      "19-01-PLAN.md": plan(),
      "19-01-SUMMARY.md": "# Summary\n\n- Overall coverage: 74.6%\n",
    });
    expect(claims(begun, report, both)).toEqual(["contradicted"]);
    expect(claims(begun, report, summarised)).toEqual(["contradicted"]);
  });

  it("carry their document's path and blob", () => {
    const [claim] = phase(planned, report, summarised).claims;
    expect(claim).toMatchObject({
      path: `${DIRECTORY}/19-01-SUMMARY.md`,
      blob: `${DIRECTORY}/19-01-SUMMARY.md@2`,
    });
  });
});

describe("when a phase begins", () => {
  const report: Step = {
    files: { "coverage.json": coverage([["a.py", 60, 100]]) },
  };
  const planned = step(
    { "19-01-PLAN.md": plan("", ["Overall coverage reaches 50%"]) },
    { at: "2026-02-20T09:00:00Z" },
  );
  const verdict = (...steps: Step[]) => phase(...steps).targets[0]?.verdict;

  it("is its first file: what was measured before is no result of it", () => {
    expect(verdict({ ...report, at: "2026-02-19T09:00:00Z" }, planned)).toBe(
      "not_measured",
    );
    expect(verdict(planned, { ...report, at: "2026-02-21T09:00:00Z" })).toBe(
      "met",
    );
  });

  it("is the first commit shortly before that names it, because plans are often committed after the work", () => {
    expect(
      verdict(
        {
          ...report,
          at: "2026-02-19T09:00:00Z",
          subject: "test(19-01): cover a",
        },
        planned,
      ),
    ).toBe("met");
    expect(
      verdict(
        {
          ...report,
          at: "2026-02-19T09:00:00Z",
          subject: "test(18-01): cover a",
        },
        planned,
      ),
    ).toBe("not_measured");
  });

  it("is no commit of long before, which names another phase of that number, and none after", () => {
    expect(
      verdict(
        {
          ...report,
          at: "2026-02-10T09:00:00Z",
          subject: "test(19-01): cover a",
        },
        planned,
      ),
    ).toBe("not_measured");
    const later = {
      files: {},
      subject: "test(19-01): more",
      at: "2026-02-22T09:00:00Z",
    };
    expect(
      verdict({ ...report, at: "2026-02-19T09:00:00Z" }, planned, later),
    ).toBe("not_measured");
  });
});

describe("or documented", () => {
  const truth = "Overall coverage reaches 50% or gap closure plan documented";
  const report = { files: { "coverage.json": coverage([["a.py", 40, 100]]) } };
  const verdict = (files: Readonly<Record<string, string>>) =>
    phase(step({ "19-01-PLAN.md": plan("", [truth]), ...files }, report))
      .targets[0]?.verdict;
  const gap = (status: string, missing: string) =>
    verification(
      "gaps_found",
      `gaps:\n  - truth: x\n    status: ${status}\n${missing}`,
    );

  it("takes a gap closure plan, or a verification that lists what is missing", () => {
    expect(verdict({})).toBe("missed");
    expect(verdict({ "19-02-PLAN.md": plan("gap_closure: true\n") })).toBe(
      "documented",
    );
    expect(
      verdict({
        "19-VERIFICATION.md": gap("failed", "    missing:\n      - Tests\n"),
      }),
    ).toBe("documented");
    expect(verdict({ "19-VERIFICATION.md": gap("failed", "") })).toBe("missed");
    expect(
      verdict({
        "19-VERIFICATION.md": gap("verified", "    missing:\n      - Tests\n"),
      }),
    ).toBe("missed");
  });
});

describe("must-haves", () => {
  it("are those of the plans that still hold", () => {
    const wanting = (path: string, status = "") =>
      `---\n${status}must_haves:\n  artifacts:\n    - path: ${path}\n---\n`;
    const { mustHaves } = phase(
      step({
        "19-01-PLAN.md": wanting("core/a.py"),
        "19-02-PLAN.md": wanting("core/b.py"),
        "19-02-SUMMARY.md": summary(),
        "19-03-PLAN.md": wanting("core/c.py", "status: superseded\n"),
        "19-04-PLAN.md": wanting("core/d.py"),
        "core/a.py": "x = 1\n",
      }),
    );
    expect(
      mustHaves.artifacts.map(({ path, verdict }) => [path, verdict]),
    ).toEqual([
      ["core/a.py", "met"],
      ["core/b.py", "missed"],
      ["core/d.py", "not_checkable"],
    ]);
  });
});

describe("a repository", () => {
  it("orders its phases by key and then by directory", () => {
    const paths = ["19.10-b", "19.2-a", "12A-x", "12-x", "notes"].map(
      (name) => `.planning/phases/${name}/01-PLAN.md`,
    );
    const { phases } = repository([
      {
        files: Object.fromEntries(
          [...paths, "backend/.planning/phases/12-x/01-PLAN.md"].map((path) => [
            path,
            plan(),
          ]),
        ),
      },
    ]);
    expect(phases.map(({ phase: { directory } }) => directory)).toEqual([
      ".planning/phases/12-x",
      "backend/.planning/phases/12-x",
      ".planning/phases/12A-x",
      ".planning/phases/19.2-a",
      ".planning/phases/19.10-b",
      ".planning/phases/notes",
    ]);
  });

  it("sums up the artifacts of its tree", () => {
    const { artifacts } = repository([
      { files: { "old.cov.json": coverage([["a.py", 1, 2]]) } },
      {
        files: {
          "old.cov.json": null,
          "coverage.json": coverage([["a.py", 1, 2, 1, 2]]),
          "stated.cov.json": coverage([], {
            percent: 74,
            totals: {
              lines: null,
              statements: null,
              branches: null,
              functions: null,
            },
          }),
          "trending.json": trend({ percent: 5 }),
          "tests.log": results(),
          "cover.txt": { kind: "none", findings: [] },
        },
      },
    ]);
    expect(
      artifacts.map(({ path, kind, format, covered, total, files }) => [
        path,
        kind,
        format,
        covered,
        total,
        files,
      ]),
    ).toEqual([
      ["coverage.json", "coverage", "coverage.py", 2, 4, 1],
      ["stated.cov.json", "coverage", "coverage.py", null, null, 0],
      ["trending.json", "trend", "trend-history", null, null, null],
      ["tests.log", "results", "pytest-log", null, null, null],
      ["cover.txt", "none", null, null, null, null],
    ]);
  });

  it("passes on what was odd, each with its path, once", () => {
    const odd = {
      kind: "structure",
      path: "",
      line: null,
      message: "odd",
    } as const;
    const story = [
      step(
        { "19-01-PLAN.md": "", ".planning/STATE.md": "" },
        {
          files: {
            "cover.txt": { kind: "none", findings: [odd] },
            "coverage.json": coverage([], { findings: [odd] }),
          },
        },
      ),
    ];
    const { findings, phases } = repository(story, {
      findings: [{ ...odd, kind: "history", path: "x" }],
    });
    expect(findings.map(({ kind, path }) => [kind, path])).toEqual([
      ["history", "x"],
      ["structure", ".planning/STATE.md"],
      ["structure", "cover.txt"],
      ["structure", "coverage.json"],
    ]);
    expect(phases[0]?.findings.map(({ path }) => path)).toEqual([
      `${DIRECTORY}/19-01-PLAN.md`,
    ]);
  });

  it("gives a report that two phases promise to both of them", () => {
    const facts = factsOf([
      {
        files: {
          ".planning/phases/19-a/19-REPORT.md":
            "# Report\n\n**Status:** COMPLETE\n",
        },
      },
    ]);
    const [report] = facts.documents;
    if (!report) throw new Error("There is no report.");
    const place = { ...report.place, directory: ".planning/phases/20-b" };
    const { phases } = judgeRepository({
      ...facts,
      documents: [report, { ...report, place }],
    });
    expect(
      phases.map(({ statements }) => statements.map(({ says }) => says)),
    ).toEqual([["COMPLETE"], ["COMPLETE"]]);
  });

  it("without phases is no error", () => {
    expect(repository([])).toMatchObject({
      repository: "acme/shop",
      phases: [],
      artifacts: [],
      findings: [],
    });
  });
});

describe("laws", () => {
  const files = fc.constantFrom<[string, string][]>(
    [
      "19-01-PLAN.md",
      plan("", [
        "Overall coverage reaches 50%",
        "Each of the two core modules reaches 50% coverage",
        "98% pass rate",
      ]),
    ],
    [
      "19-02-PLAN.md",
      plan("gap_closure: true\n", ["Overall coverage reaches 25-27%"]),
    ],
    [
      "19-01-SUMMARY.md",
      "# Summary\n\n- Overall coverage: 74.6%\n- 91/130 tests passing (100%)\n- Tested a.py and b.py\n",
    ],
    [
      "19-02-SUMMARY.md",
      "---\nstatus: COMPLETE\n---\n\nTested x.py and y.py.\n",
    ],
    ["19-VERIFICATION.md", verification("gaps_found", "score: 0/0\n")],
    [
      "19-PHASE-SUMMARY.md",
      "# Phase 19: Push\n\n**Status:** COMPLETE\n\n100% pass rate\n",
    ],
    [
      ".planning/ROADMAP.md",
      "- [x] **Phase 19: Push**\n\n### Phase 19: Push\n**Goal:** coverage > 50%\n",
    ],
    [".planning/STATE.md", "Phase: 19\nStatus: done\n"],
  );
  const documents = files.map(([name, text]) => step({ [name]: text }));
  const artifacts = fc.constantFrom(
    {
      files: {
        "coverage.json": coverage([
          ["a.py", 0, 100],
          ["b.py", 0, 0],
        ]),
      },
    },
    { files: { "coverage.json": coverage([["a.py", 50, 100]]) } },
    { files: { "coverage.json": null } },
    { files: { "trending.json": trend({ percent: 0 }, { percent: 15.2 }) } },
    { files: { "tests.log": results({ passed: 0, failed: 0, errors: 0 }) } },
    { files: { "tests.log": results() } },
  );
  const stories = fc.array(fc.oneof(documents, artifacts), { maxLength: 12 });

  it("the order in which documents are found does not matter", () => {
    fc.assert(
      fc.property(stories, fc.infiniteStream(fc.nat()), (steps, numbers) => {
        const facts = factsOf(steps);
        const shuffled = facts.documents
          .map((document) => ({ document, rank: Number(numbers.next().value) }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ document }) => document);
        expect(judgeRepository({ ...facts, documents: shuffled })).toEqual(
          judgeRepository(facts),
        );
      }),
    );
  });

  it("no number of a status is NaN, infinite or -0, and a met target has no gap", () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const status = repository(steps);
        for (const number of numbersIn(status)) {
          expect(Number.isFinite(number) && !Object.is(number, -0)).toBe(true);
        }
        for (const target of status.phases.flatMap(({ targets }) => targets)) {
          if (target.verdict === "met") expect(target.gap).toBe(0);
          if (target.measured === null) expect(target.gap).toBeNull();
        }
      }),
    );
  });
});

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap(numbersIn)
    : [];
}
