import { describe, expect, test } from "vitest";
import { answer } from "../../../src/core/answer.ts";
import { judgeRepository } from "../../../src/core/judge/phaseStatus.ts";
import { withTrackedPhases } from "../../../src/core/judge/trackedPhases.ts";
import type { Headline, PhaseStatus } from "../../../src/core/status.ts";
import { answerText } from "../../../src/messages/answers.ts";
import { factsOf } from "../../support/facts.ts";

const BMAD = "_bmad-output/implementation-artifacts";

/** The phases after one commit. */
function phases(
  files: Readonly<Record<string, string>>,
): readonly PhaseStatus[] {
  return judgeRepository(factsOf([{ files }])).phases;
}

function epic(
  entries: string,
  stories: Readonly<Record<string, string>> = {},
): PhaseStatus {
  const [first] = phases({
    [`${BMAD}/sprint-status.yaml`]: `development_status:\n${entries}`,
    ...Object.fromEntries(
      Object.entries(stories).map(([name, text]) => [`${BMAD}/${name}`, text]),
    ),
  });
  if (!first) throw new Error("There is no epic.");
  return first;
}

function feature(tasks: string, spec = "# Spec\n"): PhaseStatus {
  const [first] = phases({
    "specs/007-parcels/spec.md": spec,
    "specs/007-parcels/tasks.md": tasks,
  });
  if (!first) throw new Error("There is no feature.");
  return first;
}

const story = (status: string) => `# Story\n\nStatus: ${status}\n`;

describe("an epic's headline", () => {
  test.each<[Headline, ...string[]]>([
    ["planned", "backlog", "ready-for-dev"],
    ["in_progress", "backlog", "review"],
    ["in_progress", "backlog", "done"],
    ["in_progress", "parked", "review"],
    ["in_progress", "parked", "done", "backlog"],
    ["unknown", "parked", "done"],
    ["unknown", "parked", "backlog"],
    ["executed", "done", "completed"],
    ["executed", "done", "cancelled"],
    ["superseded", "cancelled"],
  ])("is %s for stories that are %s, %s", (headline, ...words) => {
    const entries = words.map((word, index) => `  1-${index + 1}-x: ${word}\n`);
    expect(epic(`  epic-1: done\n${entries.join("")}`).headline).toBe(headline);
  });

  test("is planned for an epic without stories", () => {
    expect(epic("  epic-1: backlog\n")).toMatchObject({
      headline: "planned",
      phase: { key: "1", name: "Epic 1", directory: `${BMAD}/epic-1` },
    });
  });
});

describe("a story", () => {
  test("is the document of the entry's own name before notes about it", () => {
    const { plans } = epic("  1-2-price: review\n", {
      "1-2-price-notes.md": story("done"),
      "1-2-price.md": "# Story\n",
    });
    expect(plans).toMatchObject([
      { id: "1-2", path: `${BMAD}/1-2-price.md`, state: { says: "review" } },
    ]);
  });

  test("is the document with a status where none has the entry's name", () => {
    const { plans } = epic("  1-2-price: review\n", {
      "1-2-a-note.md": "# Note\n",
      "1-2-show-price.md": story("review"),
    });
    expect(plans[0]?.path).toBe(`${BMAD}/1-2-show-price.md`);
  });

  test("is any document of its number before none, and else the tracker", () => {
    const { plans } = epic("  1-1-a: done\n  1-2-b: done\n", {
      "1-1-other.md": "# Note\n",
    });
    expect(plans.map(({ path }) => path)).toEqual([
      `${BMAD}/1-1-other.md`,
      `${BMAD}/sprint-status.yaml`,
    ]);
  });

  test("that says otherwise than the tracker whether it is done is a conflict", () => {
    const { conflicts, headline } = epic("  1-1-a: done\n  1-2-b: review\n", {
      "1-1-a.md": story("in-progress"),
      "1-2-b.md": story("ready for review"),
    });
    expect(conflicts).toEqual([
      "1-1-a.md:3 says “in-progress”; sprint-status.yaml:2 says “done”.",
    ]);
    expect(headline).toBe("in_progress");
  });

  test("whose word nobody knows is no conflict but a finding", () => {
    const { conflicts, findings } = epic("  1-1-a: done\n  1-2-b: parked\n", {
      "1-1-a.md": story("awaiting Anna"),
    });
    expect(conflicts).toEqual([]);
    expect(findings).toMatchObject([
      {
        path: `${BMAD}/sprint-status.yaml`,
        line: 3,
        message: expect.stringContaining("“parked” is no word") as unknown,
      },
    ]);
  });

  test("that the tracker does not list counts as it says of itself, with a finding", () => {
    const { plans, findings } = epic("  1-1-a: done\n", {
      "1-2-hotfix.md": story("review"),
      "1-3-notes.md": "# Notes\n",
    });
    expect(plans.map(({ id, state }) => [id, state?.says])).toEqual([
      ["1-1", "done"],
      ["1-2", "review"],
    ]);
    expect(findings.map(({ message }) => message)).toEqual([
      "sprint-status.yaml does not list 1-2-hotfix.md; what it says of itself counts.",
    ]);
  });

  test("beside many others that are not listed is counted", () => {
    const stories = Object.fromEntries(
      [2, 3, 4, 5].map((plan) => [`1-${plan}-x.md`, story("done")]),
    );
    expect(epic("  1-1-a: done\n", stories).findings[0]?.message).toBe(
      "sprint-status.yaml does not list 1-2-x.md, 1-3-x.md, 1-4-x.md and 1 more; what they say of themselves counts.",
    );
  });
});

test("an epic that is called done while a story is open is a conflict", () => {
  expect(
    epic("  epic-1: done\n  1-1-a: review\n  1-2-b: backlog\n").conflicts,
  ).toEqual([
    "sprint-status.yaml:2 says “done”; 2 plans are not done (1-1, 1-2).",
  ]);
});

test("a word that nobody knows does not make an epic that is called done wrong", () => {
  expect(epic("  epic-1: done\n  1-1-a: parked\n").conflicts).toEqual([]);
});

test("a tracker whose layout is not known gives no phases", () => {
  const [document] = factsOf([
    {
      files: {
        [`${BMAD}/sprint-status.yaml`]: "development_status:\n  epic-1: done\n",
      },
    },
  ]).documents;
  if (!document) throw new Error("There is no tracker.");
  const { rules: _, ...place } = document.place;
  expect(withTrackedPhases([{ ...document, place }])).toHaveLength(1);
});

describe("a feature of spec-kit", () => {
  test("is in progress until every task is ticked, and executed then, never complete", () => {
    const tasks = (last: string) =>
      `# Tasks\n\n## Phase 1: A\n\n- [x] T001 a\n\n## Phase 2: B\n\n- [${last}] T002 b\n`;
    const open = feature(tasks(" "));
    expect(open.headline).toBe("in_progress");
    expect(open.plans).toMatchObject([
      { id: "7-1", summary: null, state: { progress: "done" } },
      {
        id: "7-2",
        state: { progress: "planned", says: "0 of 1 tasks ticked: B" },
      },
    ]);
    expect(feature(tasks("x")).headline).toBe("executed");
  });

  test("is in progress as soon as a task of its first group is ticked", () => {
    const { headline, plans } = feature("- [x] T001 a\n- [ ] T002 b\n");
    expect(headline).toBe("in_progress");
    expect(plans[0]?.state?.says).toBe("1 of 2 tasks ticked");
  });

  test("is unknown when its task list has no boxes, and says so", () => {
    const { headline, findings } = feature("# Tasks\n\n1. Do it\n");
    expect(headline).toBe("unknown");
    expect(findings.map(({ message }) => message)).toEqual([
      "How far 7 is, is not known: it has no tasks with boxes.",
    ]);
  });

  test("is named by its specification, or by its directory", () => {
    expect(
      feature("", "# Feature Specification: Parcels, at last\n").phase.name,
    ).toBe("Parcels, at last");
    expect(feature("", "# Parcels\n").phase.name).toBe("Parcels");
  });

  test("whose specification says complete while tasks are open is a conflict", () => {
    const { conflicts, statements } = feature(
      "- [ ] T001 a\n",
      "# Spec\n\n**Status**: Complete\n",
    );
    expect(statements.map(({ says }) => says)).toEqual(["Complete"]);
    expect(conflicts).toEqual([
      "spec.md:3 says “Complete”; 1 plan is not done (7-tasks).",
    ]);
  });

  test("is shown with what is done, where summaries are not what tells", () => {
    const status = judgeRepository(
      factsOf([
        {
          files: {
            "specs/007-parcels/tasks.md": "## Phase 2: B\n\n- [x] T001 a\n",
          },
        },
      ]),
    );
    const facts = {
      repository: "acme/shop",
      status,
      polledAt: null,
      now: status.at,
    };
    const shown = (plan: string | null) =>
      answerText(
        answer({ name: "phase", key: "7", plan, repository: null }, facts),
      );
    expect(shown(null)).toContain("Plans: 1 of 1 are done");
    expect(shown("2")).toContain("“1 of 1 tasks ticked: B” in tasks.md");
  });
});
