import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { documentLayouts } from "../../src/cli/documentLayouts.ts";
import type { PhaseStatus, RepositoryStatus } from "../../src/core/status.ts";
import { commandLine } from "../support/commandLine.ts";
import { createGitFixture, type GitFixture } from "../support/gitFixture.ts";
import {
  BMAD_HISTORY,
  SPEC_KIT_HISTORY,
} from "../support/layoutRepositories.ts";

const directory = mkdtempSync(join(tmpdir(), "phasewatch-layouts-"));
const run = commandLine(directory);
const config = join(directory, "phasewatch.yml");
let specKit: GitFixture;
let bmad: GitFixture;

beforeAll(async () => {
  specKit = await createGitFixture(SPEC_KIT_HISTORY);
  bmad = await createGitFixture(BMAD_HISTORY);
});
afterEach(() => {
  rmSync(config, { force: true });
});
afterAll(async () => {
  await specKit[Symbol.asyncDispose]();
  await bmad[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

async function statusOf(
  { gitDir }: GitFixture,
  ...more: readonly string[]
): Promise<RepositoryStatus> {
  const { code, out, err } = await run(
    "status",
    "--repo",
    gitDir,
    "--json",
    ...more,
  );
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out) as RepositoryStatus;
}

const shown = ({ phases }: RepositoryStatus) =>
  phases.map(({ phase, headline }: PhaseStatus) => [
    phase.key,
    phase.name,
    headline,
  ]);

describe("a repository of spec-kit", () => {
  test("is judged without any configuration", async () => {
    const status = await statusOf(specKit);
    expect(shown(status)).toEqual([
      ["1", "Parcel tracking", "executed"],
      ["2", "Returns", "planned"],
    ]);
    const [tracking, returns] = status.phases;
    expect(tracking).toMatchObject({
      phase: {
        directory: "specs/001-parcel-tracking",
        root: "specs",
        slug: "parcel-tracking",
      },
      plans: [
        {
          id: "1-1",
          state: {
            progress: "done",
            says: "2 of 2 tasks ticked: Setup (Shared Infrastructure)",
            line: 11,
          },
        },
        { id: "1-2", state: { progress: "done" } },
      ],
      verification: null,
      statements: [
        {
          path: "specs/001-parcel-tracking/spec.md",
          line: 5,
          says: "Draft",
          at: "2026-03-02T09:00:00Z",
        },
      ],
      targets: [
        {
          subject: "overall",
          value: 80,
          line: 24,
          verdict: "missed",
          measured: { covered: 240, total: 380 },
        },
        {
          subject: "shop/checkout.py",
          value: 60,
          verdict: "missed",
          measured: { covered: 110, total: 220 },
        },
      ],
      conflicts: [],
      findings: [],
    });
    expect(returns?.plans).toEqual([]);
    expect(status.findings).toEqual([]);
  });

  test("is in progress while a task is open", async () => {
    const status = await statusOf(specKit, "--rev", "main~1");
    expect(shown(status)[0]).toEqual(["1", "Parcel tracking", "in_progress"]);
  });

  test("says the same when it is told what it is", async () => {
    expect(await statusOf(specKit, "--docs", "spec-kit")).toEqual(
      await statusOf(specKit),
    );
  });

  test("has no phases where it is told to be another's, even after it was remembered", async () => {
    await statusOf(specKit);
    expect((await statusOf(specKit, "--docs", "gsd")).phases).toEqual([]);
    expect((await statusOf(specKit)).phases).toHaveLength(2);
  });

  test("answers about one group of tasks", async () => {
    const { out } = await run(
      "ask",
      "--repo",
      specKit.gitDir,
      "--docs",
      "spec-kit",
      "phase 1 plan 2",
    );
    expect(out).toContain("Plan 1-2");
    expect(out).toContain("tasks ticked: User Story 1");
  });

  test("keeps a feature that left the tree", async () => {
    await using fixture = await createGitFixture([
      ...SPEC_KIT_HISTORY,
      {
        subject: "chore: drop returns",
        at: "2026-03-07T09:00:00Z",
        files: { "specs/002-returns/spec.md": null },
      },
    ]);
    const { phases } = await statusOf(fixture, "--phase", "2");
    expect(phases).toMatchObject([
      { phase: { key: "2", presence: "removed" } },
    ]);
  });
});

describe("a repository of BMAD", () => {
  test("is judged without any configuration", async () => {
    const status = await statusOf(bmad);
    expect(shown(status)).toEqual([
      ["1", "Weighing parcels", "in_progress"],
      ["2", "Stamps", "planned"],
      ["3", "Epic 3", "unknown"],
    ]);
    const [weighing, , third] = status.phases;
    expect(
      weighing?.plans.map(({ id, state }) => [id, state?.says, state?.line]),
    ).toEqual([
      ["1-1", "done", 8],
      ["1-2", "review", 9],
      ["1-3", "done", 10],
    ]);
    expect(weighing).toMatchObject({
      statements: [{ line: 7, says: "done" }],
      targets: [{ subject: "shop/pricing.py", value: 70, verdict: "met" }],
      conflicts: [
        "sprint-status.yaml:7 says “done”; 1 plan is not done (1-2).",
        "1-3-print-a-label.md:3 says “in-progress”; sprint-status.yaml:10 says “done”.",
      ],
    });
    expect(third?.findings).toMatchObject([
      { message: expect.stringContaining("“parked”") as unknown },
    ]);
  });

  test("is asked about an epic by its name", async () => {
    const { out } = await run("ask", "--repo", bmad.gitDir, "phase epic-1");
    expect(out).toContain("Phase 1 · Weighing parcels");
    expect(out).toContain("Plans: 2 of 3 are done");
  });
});

describe("the configuration", () => {
  const docs = (repository: string, value: string) => {
    writeFileSync(
      config,
      `repositories:\n  - ${repository}\n    docs: ${value}\n`,
    );
  };

  test("explains a word that the preset does not know, for the repository at that place", async () => {
    docs(
      `name: acme/parcels\n    git: ${bmad.gitDir}`,
      "{ preset: bmad, words: { parked: planned } }",
    );
    expect(shown(await statusOf(bmad))[2]).toEqual(["3", "Epic 3", "planned"]);
    expect(shown(await statusOf(specKit))).toHaveLength(2);
  });

  test("is looked up by the name or the address that the repository is asked by", async () => {
    const io = { env: {}, home: directory, cwd: directory };
    docs("name: acme/parcels", "gsd");
    expect(
      (await documentLayouts("acme/parcels", undefined, io))?.fingerprint,
    ).toBe("gsd");
    expect(await documentLayouts("acme/shop", undefined, io)).toBeUndefined();
    docs("name: parcels\n    git: https://git.example/parcels.git", "bmad");
    expect(
      (await documentLayouts("https://git.example/parcels.git", undefined, io))
        ?.fingerprint,
    ).toBe("bmad");
  });

  test("gives way to --docs", async () => {
    docs(`name: parcels\n    git: ${specKit.gitDir}`, "gsd");
    expect(
      (await statusOf(specKit, "--docs", "spec-kit, bmad")).phases,
    ).toHaveLength(2);
  });

  test("that does not speak of documents is not read", async () => {
    writeFileSync(config, "repositories: [");
    expect((await statusOf(specKit)).phases).toHaveLength(2);
  });

  test.each([
    ["a wrong key of the file", [], "docs: “kiro” is no layout"],
    [
      "a wrong flag",
      ["--docs", "kiro"],
      "--docs: “kiro” is no layout. Write gsd, spec-kit, bmad",
    ],
  ])(
    "%s is a usage error that says how to mend it",
    async (_, more, message) => {
      docs(`name: parcels\n    git: ${specKit.gitDir}`, "kiro");
      const { code, err } = await run(
        "status",
        "--repo",
        specKit.gitDir,
        ...more,
      );
      expect(code).toBe(2);
      expect(err).toContain(message);
    },
  );
});

describe("a described layout", () => {
  const described = async (
    docs: string,
    files: Readonly<Record<string, string>>,
  ) => {
    await using fixture = await createGitFixture([
      { subject: "docs: plan", at: "2026-03-02T09:00:00Z", files },
    ]);
    writeFileSync(
      config,
      `repositories:\n  - name: shop\n    git: ${fixture.gitDir}\n    docs: ${docs}\n`,
    );
    return (await statusOf(fixture)).phases;
  };

  test("may take each plan's own status for what is done", async () => {
    const phases = await described(
      '{ root: docs/stories, plan: "<id>.<plan>.<slug>.md", done: status, targets: { section: acceptance } }',
      {
        "docs/stories/1.1.scale.md":
          "# Story\n\n## Status\n\nDone\n\n## Acceptance Criteria\n\n- Overall coverage is at least 80%\n",
        "docs/stories/1.2.price.md": "# Story\n\n## Status\n\nDraft\n",
        "docs/stories/2.1.stamps.md": "# Story\n",
      },
    );
    expect(
      phases.map(({ phase, headline }) => [phase.directory, headline]),
    ).toEqual([
      ["docs/stories/1", "in_progress"],
      ["docs/stories/2", "unknown"],
    ]);
    expect(phases[0]?.targets).toMatchObject([
      { value: 80, verdict: "not_measured" },
    ]);
    expect(phases[1]?.findings).toMatchObject([
      { message: "How far 2-1 is, is not known: it has no status." },
    ]);
  });

  test("may have summaries and a verification in its own words, and then be complete", async () => {
    const files = {
      "work/1-scale/plans/1.md": "# Plan\n",
      "work/1-scale/done/1.md": "# Summary\n",
      "work/1-scale/review.md": "---\nresult:\n  verdict: approved\n---\n",
    };
    const docs =
      '{ root: work, unit: "<id>-<slug>", plan: plans/<plan>.md, summary: done/<plan>.md, done: summaries, verification: { file: review.md, field: result.verdict, map: { approved: passed } } }';
    expect(await described(docs, files)).toMatchObject([
      {
        headline: "complete",
        plans: [{ id: "1-1", summary: "work/1-scale/done/1.md" }],
        verification: { rawStatus: "approved", status: "passed" },
      },
    ]);
  });
});
