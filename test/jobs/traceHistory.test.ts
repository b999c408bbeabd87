import { describe, expect, test } from "vitest";
import { placeOf } from "../../src/core/planning/documentKind.ts";
import { traceHistory } from "../../src/jobs/traceHistory.ts";
import type { CommitChanges } from "../../src/repositories/repository.ts";

const EIGHT = ".planning/phases/08-api";
const REPORT = "coverage.json";

/** Commits, oldest first, each with the paths it changed; a blob is named for its commit, `-path` is gone. */
function trace(
  commits: readonly { subject?: string; paths: readonly string[] }[],
  complete = true,
) {
  const changes = commits
    .map(({ subject = "", paths }, index): CommitChanges => ({
      sha: `c${index}`,
      parents: [],
      at: `2026-02-18T0${index}:00:00Z`,
      subject,
      changes: paths.map((path) => ({
        path: path.replace(/^-/, ""),
        before: null,
        after: path.startsWith("-") ? null : `b${index}`,
      })),
    }))
    .toReversed();
  const [commit] = changes;
  if (!commit) throw new Error("A history has a commit.");
  return traceHistory(changes, { commit, complete, placeOf });
}

describe("the last change below a phase directory", () => {
  const { history } = trace([
    { paths: [`${EIGHT}/08-01-PLAN.md`] },
    { paths: [`${EIGHT}/08-01-SUMMARY.md`] },
    { paths: [".planning/STATE.md", ".planning/phases/09-jobs/09-01-PLAN.md"] },
    { paths: [`-${EIGHT}/08-CONTEXT.md`] },
    { paths: [".planning/STATE.md"] },
  ]);

  test("is that of any of its files, even of one that went", () => {
    expect(history.firstBelow(EIGHT)?.position).toBe(0);
    expect(history.lastBelow(EIGHT)?.position).toBe(3);
    expect(history.lastBelow(".planning/phases/09-jobs")).toEqual({
      sha: "c2",
      at: "2026-02-18T02:00:00Z",
      position: 2,
    });
  });

  test("is unknown where the history read does not reach it", () => {
    expect(history.lastBelow(".planning/phases/07-old")).toBeNull();
  });
});

describe("the phase of a path's last change", () => {
  const phaseOf = (...subjects: string[]) =>
    trace(
      subjects.map((subject) => ({ subject, paths: [".planning/REPORT.md"] })),
    ).history.phaseOfLastChange(".planning/REPORT.md");

  test.each([
    ["docs(08-01): report", "8"],
    ["docs(phase-08.5): report", "8.5"],
    ["test(12A): report", "12A"],
    ["docs(ci): report", null],
    ["Report of phase 8", null],
    ["docs: report (08)", null],
  ])(
    "is the one that the subject names as its scope: %s → %s",
    (subject, key) => {
      expect(phaseOf(subject)).toBe(key);
    },
  );

  test("is not taken from an older change, nor from a change of another path", () => {
    expect(phaseOf("docs(08): x", "docs: y")).toBeNull();
    expect(phaseOf("docs(08): x", "docs(09): y")).toBe("9");
    const { history } = trace([
      { subject: "docs(08): x", paths: ["a/.planning/STATE.md"] },
    ]);
    expect(history.phaseOfLastChange(".planning/STATE.md")).toBeNull();
  });
});

describe("the versions of an artifact", () => {
  const wanted = (path: string) => path === REPORT;

  test("tell the scope of the commit that brought each", () => {
    const traced = trace([
      { subject: "test(19-01): measure", paths: [REPORT] },
      { subject: "Measure again", paths: [REPORT] },
      { subject: "test(api/v2): measure", paths: [REPORT, "other.json"] },
      { subject: "docs(19-02): remove", paths: [`-${REPORT}`] },
    ]);
    expect(
      traced
        .versions([], wanted)
        .map(({ blob, scope, introduced, inTree }) => [
          blob,
          scope,
          introduced.position,
          inTree,
        ]),
    ).toEqual([
      ["b0", "19-01", 0, false],
      ["b1", null, 1, false],
      ["b2", "api/v2", 2, false],
    ]);
  });

  test("have no scope where the history read does not reach the commit", () => {
    const present = [{ path: REPORT, blob: "b9" }];
    const history = [
      { subject: "docs(19-01): x", paths: [`${EIGHT}/x.md`] },
      { subject: "docs(19-02): x", paths: [`${EIGHT}/x.md`] },
    ];
    const told = (complete: boolean) =>
      trace(history, complete)
        .versions(present, wanted)
        .map(({ scope, introduced, inTree }) => [
          scope,
          introduced.position,
          inTree,
        ]);
    expect(told(false)).toEqual([[null, 0, true]]);
    expect(told(true)).toEqual([[null, 1, true]]);
  });

  test("know the one that the tree holds by its newest commit", () => {
    const traced = trace([
      { subject: "test(19-01): measure", paths: [REPORT] },
      { paths: [REPORT] },
    ]);
    expect(
      traced
        .versions([{ path: REPORT, blob: "b1" }], wanted)
        .map(({ inTree }) => inTree),
    ).toEqual([false, true]);
  });
});
