import { describe, expect, test } from "vitest";
import type { CoverageReport } from "../../../src/core/coverage/observation.ts";
import { artifactNews } from "../../../src/core/decide/artifacts.ts";
import type { Current, Memory } from "../../../src/core/decide/decide.ts";
import type { ArtifactSummary } from "../../../src/core/status.ts";
import { reportOf } from "../../support/reports.ts";
import { repositoryOf } from "../../support/statuses.ts";

const PATH = "backend/coverage.json";
const NOW = "2026-02-18T09:05:00Z";

function reportWith(covered: number): CoverageReport {
  return reportOf([["core/models.py", covered, 1000]]);
}

function summaryOf(
  path: string,
  blob: string,
  kind: ArtifactSummary["kind"] = "coverage",
): ArtifactSummary {
  return {
    path,
    blob,
    kind,
    format: "coverage.py",
    basis: "line",
    trust: "measured",
    covered: null,
    total: null,
    files: null,
    commit: `commit-of-${blob}`,
    at: "2026-02-18T08:00:00Z",
  };
}

/** A tree with these reports, each under a blob of its own. */
function treeWith(
  reports: Record<string, [report: CoverageReport, blob: string]>,
  status: Partial<Current["status"]> = {},
): Current {
  return {
    status: repositoryOf([], {
      artifacts: Object.entries(reports).map(([path, [, blob]]) =>
        summaryOf(path, blob),
      ),
      ...status,
    }),
    reports: new Map(
      Object.entries(reports).map(([path, [report]]) => [path, report]),
    ),
    existsInTree: () => false,
  };
}

function memoryAfter(...trees: Current[]): Memory {
  let memory: Memory = { status: null, incidents: [], series: new Map() };
  for (const tree of trees) {
    const { series } = artifactNews(memory, tree, NOW);
    memory = { status: tree.status, incidents: [], series };
  }
  return memory;
}

const first = treeWith({ [PATH]: [reportWith(800), "b1"] });

describe("coverage artifacts", () => {
  test("are silent when they are first seen, and remembered", () => {
    const unseen = { status: null, incidents: [], series: new Map() };
    const decision = artifactNews(unseen, first, NOW);
    expect(decision.announcements).toEqual([]);
    expect([...decision.series.keys()]).toEqual([PATH]);
  });

  test("that dropped fire one incident each, with the commit that brought the report and the one that was looked at", () => {
    const after = treeWith({ [PATH]: [reportWith(700), "b2"] });
    expect(artifactNews(memoryAfter(first), after, NOW).announcements).toEqual([
      {
        key: `regression|${PATH}`,
        transition: "fire",
        news: {
          kind: "regression",
          severity: "critical",
          subject: "overall",
          path: PATH,
          base: expect.objectContaining({
            value: 80,
            commit: "commit-of-b1",
            path: PATH,
          }),
          head: expect.objectContaining({ value: 70, commit: "commit-of-b2" }),
          delta: -10,
          newlyUncovered: 100,
          files: [
            {
              path: "core/models.py",
              before: { covered: 800, total: 1000 },
              after: { covered: 700, total: 1000 },
            },
          ],
          firedAt: expect.objectContaining({ value: 70 }),
          commit: "c0ffee2",
          at: "2026-02-18T09:00:00Z",
        },
      },
    ]);
  });

  test("that recover resolve it", () => {
    const low = treeWith({ [PATH]: [reportWith(700), "b2"] });
    const back = treeWith({ [PATH]: [reportWith(801), "b3"] });
    expect(
      artifactNews(memoryAfter(first, low), back, NOW).announcements,
    ).toMatchObject([{ key: `regression|${PATH}`, transition: "resolve" }]);
  });

  test("that a commit leaves alone are no news", () => {
    expect(artifactNews(memoryAfter(first), first, NOW).announcements).toEqual(
      [],
    );
  });

  test("that measure something else are noted with both sides", () => {
    const other = treeWith({ [PATH]: [reportOf([["api/x.py", 1, 10]]), "b2"] });
    expect(artifactNews(memoryAfter(first), other, NOW).announcements).toEqual([
      {
        key: `health|${PATH}|scope_changed`,
        transition: "note",
        news: {
          kind: "health",
          problem: "scope_changed",
          path: PATH,
          message:
            "Only 0 of 2 files are in both reports. Before: 80.0 % (800 / 1,000 lines, 1 file); now: 10.0 % (1 / 10 lines, 1 file).",
          commit: "c0ffee2",
          at: "2026-02-18T09:00:00Z",
        },
      },
    ]);
  });

  test("are compared each with its own past", () => {
    const both = treeWith({
      [PATH]: [reportWith(800), "b1"],
      "web/coverage.json": [reportWith(300), "w1"],
    });
    const swapped = treeWith({
      [PATH]: [reportWith(800), "b1"],
      "web/coverage.json": [reportWith(200), "w2"],
    });
    expect(
      artifactNews(memoryAfter(both), swapped, NOW).announcements.map(
        ({ key }) => key,
      ),
    ).toEqual(["regression|web/coverage.json"]);
  });
});

describe("an artifact that is no longer there", () => {
  test("is absent when the tree has nothing under its path", () => {
    const memory = memoryAfter(first);
    expect(artifactNews(memory, treeWith({}), NOW).announcements).toMatchObject(
      [{ key: `health|${PATH}|absent`, news: { problem: "absent" } }],
    );
    const later = memoryAfter(first, treeWith({}));
    expect(artifactNews(later, treeWith({}), NOW).announcements).toEqual([]);
  });

  test.each<[string, Partial<Current["status"]>]>([
    ["is something else now", { artifacts: [summaryOf(PATH, "b2", "none")] }],
    [
      "could not be read",
      {
        findings: [
          {
            kind: "unreadable",
            path: PATH,
            line: null,
            message: "The file is not valid JSON.",
          },
        ],
      },
    ],
    [
      "is too large",
      {
        findings: [
          {
            kind: "too_large",
            path: PATH,
            line: null,
            message: "The file is larger than 16 MB.",
          },
        ],
      },
    ],
  ])("is unreadable when it %s", (_how, status) => {
    expect(
      artifactNews(memoryAfter(first), treeWith({}, status), NOW).announcements,
    ).toMatchObject([{ key: `health|${PATH}|unreadable` }]);
  });

  test("is not excused by an oddity of another file, or of another kind", () => {
    const findings = [
      {
        kind: "unreadable",
        path: "other.json",
        line: null,
        message: "The file is not valid JSON.",
      },
      {
        kind: "history",
        path: PATH,
        line: null,
        message: "The history read does not reach back to it.",
      },
    ] as const;
    expect(
      artifactNews(memoryAfter(first), treeWith({}, { findings }), NOW)
        .announcements,
    ).toMatchObject([{ key: `health|${PATH}|absent` }]);
  });
});
