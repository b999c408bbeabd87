import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Artifact } from "../../src/core/artifact.ts";
import { readArtifact } from "../../src/core/readArtifact.ts";
import { mayBeArtifact } from "../../src/core/watched.ts";
import { findingsOf } from "../support/readings.ts";

const BUNDLE = fileURLToPath(
  new URL("../../../shared/data/atom-early.bundle", import.meta.url),
);

/** The history that the product was made for; it is not part of this repository. */
describe.skipIf(!existsSync(BUNDLE))("the artifacts of a real history", () => {
  const directory = mkdtempSync(join(tmpdir(), "phasewatch-artifacts-"));
  const git = (...args: string[]): Buffer =>
    execFileSync("git", args, { cwd: directory, maxBuffer: 1e9 });
  /** Every version of every artifact-like file of every commit. */
  const versions: { path: string; artifact: Artifact }[] = [];

  beforeAll(() => {
    git("clone", "--quiet", "--bare", BUNDLE, ".");
    const objects = git("rev-list", "--objects", "--all").toString();
    for (const line of objects.split("\n")) {
      const [blob = "", path = ""] = line.split(/ (.*)/);
      if (!mayBeArtifact(path) && !/\.(?:json|txt)$/.test(path)) continue;
      const bytes = git("cat-file", "blob", blob);
      versions.push({ path, artifact: readArtifact(path, bytes) });
    }
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function at(commit: string, path: string): Artifact {
    return readArtifact(path, git("show", `${commit}:${path}`));
  }

  it("are all read, or say why not", () => {
    expect(versions.length).toBeGreaterThan(30);
    const silent = versions.filter(
      ({ artifact }) =>
        artifact.kind === "none" && findingsOf(artifact).length === 0,
    );

    expect(silent).toEqual([]);
  });

  it("leave only files unread that measured nothing", () => {
    const unread = versions.filter(({ artifact }) => artifact.kind === "none");

    expect(new Set(unread.map(({ path }) => path.split("/").at(-1)))).toEqual(
      new Set([
        "config.json",
        "priority_files_for_phases_12_13.json",
        "zero_coverage_analysis.json",
      ]),
    );
  });

  it("are believed when coverage.py wrote them", () => {
    const reports = versions.flatMap(({ artifact }) =>
      artifact.kind === "coverage" && artifact.report.tool !== null
        ? [artifact.report]
        : [],
    );

    expect(reports.length).toBeGreaterThan(10);
    expect(new Set(reports.map(({ trust }) => trust))).toEqual(
      new Set(["measured"]),
    );
  });

  const CANONICAL = "backend/tests/coverage_reports/metrics/coverage.json";

  it.each([
    ["67fe90b", "measured", "line+branch", 62.47, 2],
    ["c128efe", "measured", "line+branch", 55.32, 1],
    ["667e441", "measured", "line", 53.47, 2],
    ["a3932a3", "estimated", "line", 22, 2],
  ])(
    "tell the measurements of one path apart: %s is %s",
    (commit, trust, basis, percent, files) => {
      expect(at(commit, CANONICAL)).toMatchObject({
        kind: "coverage",
        report: {
          trust,
          basis,
          percent: expect.closeTo(percent, 2),
          files: { length: files },
        },
      });
    },
  );

  it("keep what a trend says of a phase", () => {
    const path = "backend/tests/coverage_reports/metrics/trending.json";

    expect(at("HEAD", path)).toMatchObject({
      kind: "trend",
      trend: {
        entries: [
          { plan: "19-01-04", percent: 22, tests: { passed: 91, total: 169 } },
          {
            plan: "19-09-gap-closure",
            percent: 15.23,
            tests: { passed: 131, total: 131 },
          },
          { plan: "21-04", percent: 21.59, tests: { passed: 0, total: 0 } },
        ],
      },
    });
  });
});
