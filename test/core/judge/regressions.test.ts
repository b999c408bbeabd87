import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CoverageReport } from "../../../src/core/coverage/observation.ts";
import {
  advance,
  type Advance,
  type Outcome,
  type SeriesState,
  type Sighting,
} from "../../../src/core/judge/regressions.ts";
import { anyReport, reportOf, type Row } from "../../support/reports.ts";

const PATH = "backend/coverage.json";
const HOUR = 3_600_000;
const START = Date.parse("2026-02-18T09:00:00Z");
const gone = { existsInTree: () => false };

/** An artifact that is committed again and again, an hour apart unless said otherwise. */
class Series {
  state: SeriesState | null = null;
  #time = START;
  #count = 0;

  commit(report: CoverageReport, { after = HOUR, tree = gone } = {}): Outcome {
    this.#count += 1;
    return this.#take(
      {
        kind: "report",
        report,
        blob: `blob${this.#count}`,
        commit: `commit${this.#count}`,
        at: "2026-02-18T08:59:00Z",
      },
      after,
      tree,
    );
  }

  /** A commit that leaves the artifact as it is. */
  commitOther(report: CoverageReport, { after = HOUR } = {}): Outcome {
    this.#count -= 1;
    return this.commit(report, { after });
  }

  lose(problem: "absent" | "unreadable"): Outcome {
    return this.#take({ kind: "missing", problem }, HOUR, gone);
  }

  #take(sighting: Sighting, after: number, tree: typeof gone): Outcome {
    this.#time += after;
    const { state, outcome }: Advance = advance(this.state, {
      path: PATH,
      sighting,
      tree,
      now: new Date(this.#time).toISOString(),
    });
    this.state = stored(state);
    return outcome;
  }

  /** Commits reports and returns the kinds of what became of them. */
  kinds(...reports: CoverageReport[]): string[] {
    return reports.map((report) => this.commit(report).kind);
  }
}

/** Ten files of 1,000 lines each, 800 of them covered, less what is lost. */
function backend(...losses: number[]): CoverageReport {
  return reportOf(
    Array.from({ length: 10 }, (_, index): Row => [
      `core/m${index}.py`,
      800 - (losses[index] ?? 0),
      1000,
    ]),
  );
}

/** Two files of 1,000 lines. */
function pair(lossOfOne: number, lossOfOther: number): CoverageReport {
  return reportOf([
    ["core/a.py", 900 - lossOfOne, 1000],
    ["core/b.py", 900 - lossOfOther, 1000],
  ]);
}

/** A large project in which small files of 100 lines lose some. */
function large(loss: number, lossOfOther = 0, lossOfAll = 0): CoverageReport {
  return reportOf([
    ["core/engine.py", 9000 - lossOfAll, 10_000],
    ["core/small.py", 90 - loss, 100],
    ["core/other.py", 90 - lossOfOther, 100],
  ]);
}

/** Twelve files that stay as they are, and others. */
function project(...rows: Row[]): CoverageReport {
  const stable = Array.from({ length: 12 }, (_, index): Row => [
    `core/m${index}.py`,
    900,
    1000,
  ]);
  return reportOf([...stable, ...rows]);
}

/** Another scope than the backend's. */
function mobile(loss: number): CoverageReport {
  return reportOf([["mobile/app.ts", 900 - loss, 1000]]);
}

/** A series that goes down and up three times within six hours. */
function flap(): { series: Series; kinds: string[] } {
  const series = new Series();
  series.commit(backend());
  const kinds = series.kinds(
    backend(100),
    backend(),
    backend(100),
    backend(),
    backend(100),
    backend(),
  );
  return { series, kinds };
}

function versionOf(report: CoverageReport, blob: string): Sighting {
  return {
    kind: "report",
    report,
    blob,
    commit: blob,
    at: "2026-02-18T08:59:00Z",
  };
}

/** What is remembered goes through the store as JSON. */
function stored(state: SeriesState): SeriesState {
  const read: SeriesState = JSON.parse(JSON.stringify(state));
  return read;
}

const context = { path: PATH, tree: gone, now: "2026-02-18T09:00:00Z" };

const other = reportOf([
  ["mobile/app.ts", 10, 100],
  ["mobile/menu.ts", 10, 100],
]);
const estimated = reportOf([["core/m0.py", 220, 1000]], {
  trust: "estimated",
  trustWhy: "it has no tool header",
});

describe("an overall drop", () => {
  test("fires when it is half a point and twenty lines, measured on the shared files", () => {
    const series = new Series();
    expect(series.commit(backend())).toEqual({ kind: "none" });
    expect(series.commit(backend(30, 20))).toEqual({
      kind: "fire",
      regression: {
        severity: "warning",
        subject: "overall",
        base: {
          value: 80,
          covered: 8000,
          total: 10_000,
          files: 10,
          basis: "line",
          trust: "measured",
          path: PATH,
          commit: "commit1",
          at: "2026-02-18T08:59:00Z",
        },
        head: expect.objectContaining({
          value: 79.5,
          covered: 7950,
          commit: "commit2",
        }),
        delta: -0.5,
        newlyUncovered: 50,
        files: [
          {
            path: "core/m0.py",
            before: { covered: 800, total: 1000 },
            after: { covered: 770, total: 1000 },
          },
          expect.objectContaining({ path: "core/m1.py" }),
        ],
        firedAt: expect.objectContaining({ value: 79.5, commit: "commit2" }),
      },
    });
  });

  test("is critical from two points", () => {
    const series = new Series();
    series.commit(backend());
    expect(series.commit(backend(200))).toMatchObject({
      kind: "fire",
      regression: { severity: "critical", subject: "overall" },
    });
  });

  test("is no news just below half a point", () => {
    expect(new Series().kinds(backend(), backend(49))).toEqual([
      "none",
      "none",
    ]);
  });

  test("is no news by fewer than twenty lines, however many points they are", () => {
    expect(new Series().kinds(pair(0, 0), pair(10, 9))).toEqual([
      "none",
      "none",
    ]);
    expect(new Series().kinds(pair(0, 0), pair(10, 10))).toEqual([
      "none",
      "fire",
    ]);
  });

  test("must exceed three times what the series falls by itself", () => {
    const noisy = [0, 40, 5, 45, 0, 35, 0, 40, 0, 40, 5].map((loss) =>
      backend(loss),
    );
    const series = new Series();
    expect(new Set(series.kinds(...noisy))).toEqual(new Set(["none"]));
    expect(series.commit(backend(50, 40, 30)).kind).toBe("none");
    expect(series.commit(backend(100, 300)).kind).toBe("fire");
  });

  test("is not hidden by the rises of a coverage push", () => {
    const series = new Series();
    series.kinds(
      ...[600, 500, 400, 300, 200, 100, 0].map((loss) => backend(loss)),
    );
    expect(series.commit(backend(60)).kind).toBe("fire");
  });

  test("is measured against a usual fall only when five falls show one", () => {
    const series = new Series();
    series.kinds(backend(100, 100, 100), backend());
    expect(series.commit(backend(30, 30))).toMatchObject({ kind: "fire" });
  });

  test("remembers the movement of the last twenty steps only", () => {
    const series = new Series();
    for (let step = 0; step < 12; step += 1) {
      series.commit(backend(step % 2 === 0 ? 0 : 49));
    }
    for (let step = 0; step < 20; step += 1) {
      series.commit(backend(49, 0, step % 2));
    }
    expect(series.state?.baselines.at(-1)?.deltas).toHaveLength(20);
    expect(series.commit(backend(49, 60)).kind).toBe("fire");
  });

  test("silences those of its own files", () => {
    const series = new Series();
    series.commit(backend());
    expect(series.commit(backend(100, 90))).toMatchObject({
      kind: "fire",
      regression: { subject: "overall" },
    });
  });
});

describe("the drop of one file", () => {
  test("fires at five points and ten lines when the whole did not drop", () => {
    const series = new Series();
    series.commit(large(0));
    expect(series.commit(large(12))).toMatchObject({
      kind: "fire",
      regression: {
        severity: "warning",
        subject: "core/small.py",
        delta: -12,
        newlyUncovered: 12,
        base: { value: 90, covered: 90, total: 100, files: 1 },
        head: { value: 78, covered: 78, total: 100, files: 1 },
        files: [{ path: "core/small.py" }],
      },
    });
  });

  test("is no news by fewer than ten lines", () => {
    expect(new Series().kinds(large(0), large(9))).toEqual(["none", "none"]);
  });

  test("names the others that dropped as well", () => {
    const series = new Series();
    series.commit(large(0));
    expect(series.commit(large(12, 11))).toMatchObject({
      regression: {
        subject: "core/small.py",
        files: [{ path: "core/small.py" }, { path: "core/other.py" }],
      },
    });
  });

  test("is resolved when half of it is regained", () => {
    const series = new Series();
    expect(series.kinds(large(0), large(12), large(3))).toEqual([
      "none",
      "fire",
      "change",
    ]);
    expect(series.commit(large(2))).toMatchObject({
      kind: "resolve",
      regression: {
        subject: "core/small.py",
        delta: -2,
        head: { covered: 88 },
        firedAt: { covered: 78 },
      },
    });
  });

  test("passes to the whole when that drops too", () => {
    const series = new Series();
    series.kinds(large(0), large(12));
    expect(series.commit(large(12, 0, 400))).toMatchObject({
      kind: "change",
      regression: {
        severity: "critical",
        subject: "overall",
        firedAt: { covered: 8768 },
      },
    });
  });

  test("passes to another file that is still low when it has recovered itself", () => {
    const series = new Series();
    series.kinds(large(0), large(12));
    expect(series.commit(large(0, 11))).toMatchObject({
      kind: "change",
      regression: { subject: "core/other.py", delta: -11 },
    });
    expect(series.commit(large(0, 0)).kind).toBe("resolve");
  });

  test.each<[string, Row[]]>([
    ["deleted", []],
    ["emptied", [["core/small.py", 0, 0]]],
  ])(
    "is over when the file is %s, and what is left is the whole",
    (_how, left) => {
      const series = new Series();
      series.commit(project(["core/small.py", 90, 100]));
      series.commit(project(["core/small.py", 50, 100]));
      expect(series.commit(project(...left))).toMatchObject({
        kind: "resolve",
        regression: {
          subject: "overall",
          head: { covered: 10_800, files: 12 + left.length },
        },
      });
    },
  );
});

describe("an open alert", () => {
  test("is held against the version it fired from, not against the one before", () => {
    const series = new Series();
    expect(series.kinds(backend(), backend(100), backend(101))).toEqual([
      "none",
      "fire",
      "none",
    ]);
    expect(series.commit(backend(60)).kind).toBe("change");
    expect(series.commit(backend(26)).kind).toBe("change");
    expect(series.commit(backend(25))).toMatchObject({
      kind: "resolve",
      regression: {
        subject: "overall",
        base: { commit: "commit1" },
        head: { commit: "commit6", value: 79.75 },
        firedAt: { commit: "commit2", value: 79 },
        delta: -0.25,
      },
    });
    expect(series.state?.alert).toBeNull();
  });

  test("changes when it becomes critical, and when it is no longer", () => {
    const series = new Series();
    series.kinds(backend(), backend(190));
    expect(series.commit(backend(201))).toMatchObject({
      kind: "change",
      regression: { severity: "critical", firedAt: { commit: "commit2" } },
    });
    expect(series.commit(backend(195))).toMatchObject({
      kind: "change",
      regression: { severity: "warning" },
    });
  });

  test("after it is resolved the regained version is the baseline", () => {
    const series = new Series();
    series.kinds(backend(), backend(100), backend(20));
    expect(series.commit(backend(71))).toMatchObject({
      kind: "fire",
      regression: { base: { commit: "commit3" } },
    });
  });

  test("does not forget what is usual for the series", () => {
    const series = new Series();
    const noisy = [0, 40, 0, 40, 0, 40, 0, 40, 0, 40, 0];
    series.kinds(...noisy.map((loss) => backend(loss)));
    expect(series.kinds(backend(200, 200), backend())).toEqual([
      "fire",
      "resolve",
    ]);
    expect(series.commit(backend(49, 49)).kind).toBe("none");
  });

  test("waits while another scope is measured, and is resolved when its own is back", () => {
    const series = new Series();
    expect(
      series.kinds(backend(), backend(100), other, other, backend(100)),
    ).toEqual(["none", "fire", "note", "none", "none"]);
    expect(series.commit(backend()).kind).toBe("resolve");
  });

  test("passes to the scope that is measured now when that drops", () => {
    const series = new Series();
    series.kinds(backend(), backend(100), mobile(0));
    expect(series.commit(mobile(50))).toMatchObject({
      kind: "change",
      regression: { base: { commit: "commit3", total: 1000 } },
    });
    expect(series.commit(mobile(0)).kind).toBe("resolve");
    expect(series.commit(backend(100))).toMatchObject({
      kind: "fire",
      regression: { base: { commit: "commit1" } },
    });
  });
});

describe("versions that cannot be compared", () => {
  test("the seeds' own steps are notes, each with both numbers, and never a drop", () => {
    const steps = [
      reportOf([
        ["core/models.py", 2140, 2170, 0, 10],
        ["core/engine.py", 290, 1344, 19, 396],
      ]),
      reportOf([["core/agent.py", 418, 736, 133, 260]]),
      reportOf([
        ["backend/core/agent.py", 418, 736],
        ["backend/core/handler.py", 290, 588],
      ]),
      reportOf(
        [
          ["core/engine.py", 400, 2000],
          ["core/analytics.py", 430, 1776],
        ],
        { trust: "estimated" },
      ),
    ];
    const series = new Series();
    const outcomes = steps.map((step) => series.commit(step));
    expect(outcomes).toEqual([
      { kind: "none" },
      {
        kind: "note",
        problem: "scope_changed",
        why: expect.stringMatching(/62\.5 % .* 55\.3 %/),
      },
      {
        kind: "note",
        problem: "basis_changed",
        why: expect.stringMatching(/55\.3 % .* 53\.5 %/),
      },
      {
        kind: "note",
        problem: "untrusted",
        why: expect.stringMatching(/53\.5 % .* 22\.0 %/),
      },
    ]);
  });

  test("one note tells an episode, and the next episode has its own", () => {
    expect(
      new Series().kinds(
        backend(),
        estimated,
        estimated,
        backend(1),
        estimated,
      ),
    ).toEqual(["none", "note", "none", "none", "note"]);
  });

  test("a trusted version becomes a baseline of its own, an estimated one never", () => {
    const series = new Series();
    series.kinds(backend(), other);
    expect(series.state?.baselines).toHaveLength(2);
    series.commit(estimated);
    expect(series.state?.baselines).toHaveLength(2);
  });

  test("suites that take turns at one path are told once and compared each with its own", () => {
    const series = new Series();
    expect(
      series.kinds(backend(), other, backend(1), other, backend(2), other),
    ).toEqual(["none", "note", "none", "none", "none", "none"]);
    expect(series.commit(backend(90))).toMatchObject({
      kind: "fire",
      regression: { base: { commit: "commit5" } },
    });
  });

  test("no more than five baselines are kept", () => {
    const series = new Series();
    for (let index = 0; index < 9; index += 1) {
      series.commit(reportOf([[`suite${index}.py`, 50, 100]]));
    }
    expect(series.state?.baselines.map(({ commit }) => commit)).toEqual([
      "commit5",
      "commit6",
      "commit7",
      "commit8",
      "commit9",
    ]);
  });

  test("a partial report raises no drop", () => {
    const series = new Series();
    series.commit(backend());
    const less = backend(500);
    expect(
      series.commit(
        { ...less, files: less.files.slice(1) },
        { tree: { existsInTree: () => true } },
      ),
    ).toMatchObject({ kind: "note", problem: "partial" });
  });

  test("a report that counts nothing is no baseline", () => {
    const series = new Series();
    series.kinds(reportOf([]), reportOf([["core/__init__.py", 0, 0]]));
    expect(series.state?.baselines).toEqual([]);
  });

  test("a first version that is estimated is silent, like every first version", () => {
    const series = new Series();
    expect(series.kinds(estimated, backend(), backend(100))).toEqual([
      "none",
      "none",
      "fire",
    ]);
  });
});

describe("silence", () => {
  test("an artifact that vanished is told once, with what it measured last", () => {
    const series = new Series();
    series.commit(backend());
    expect(series.lose("absent")).toEqual({
      kind: "note",
      problem: "absent",
      why: "backend/coverage.json is no longer in the repository. It last measured 80.0 % (8,000 / 10,000 lines, 10 files, backend/coverage.json at commit1).",
    });
    expect(series.lose("absent")).toEqual({ kind: "none" });
  });

  test("what an open alert dropped from is what was measured last where nothing else is left", () => {
    const series = new Series();
    series.kinds(backend(), backend(100));
    expect(series.lose("unreadable")).toMatchObject({
      kind: "note",
      problem: "unreadable",
      why: expect.stringContaining(
        "can no longer be read as a coverage report. It last measured 80.0 %",
      ),
    });
  });

  test("an artifact of which nothing was ever trusted has no last measurement", () => {
    const series = new Series();
    series.commit(estimated);
    expect(series.lose("absent")).toMatchObject({
      why: "backend/coverage.json is no longer in the repository.",
    });
  });

  test("what was never seen is not missed", () => {
    expect(new Series().lose("absent")).toEqual({ kind: "none" });
  });

  test("coming back ends the episode, with the same bytes or others", () => {
    const series = new Series();
    series.commit(backend());
    series.lose("absent");
    expect(series.commitOther(backend()).kind).toBe("none");
    expect(series.lose("absent").kind).toBe("note");
    expect(series.commit(backend(100)).kind).toBe("fire");
    expect(series.lose("unreadable").kind).toBe("note");
    expect(series.commit(backend()).kind).toBe("resolve");
  });
});

describe("flapping", () => {
  test("the fourth turn within a day is held, and all after it", () => {
    expect(flap().kinds).toEqual([
      "fire",
      "resolve",
      "fire",
      "none",
      "none",
      "none",
    ]);
  });

  test("what was held is told when a day has passed without a turn, even if no new version came", () => {
    const { series } = flap();
    expect(series.commitOther(backend(), { after: 23 * HOUR }).kind).toBe(
      "none",
    );
    expect(series.commitOther(backend(), { after: HOUR }).kind).toBe("resolve");
    expect(series.commitOther(backend()).kind).toBe("none");
  });

  test("a drop that was held fires when it is still there a day later", () => {
    const series = new Series();
    series.commit(backend());
    expect(
      series.kinds(
        backend(100),
        backend(),
        backend(100),
        backend(),
        backend(100),
      ),
    ).toEqual(["fire", "resolve", "fire", "none", "none"]);
    expect(series.commit(backend(101), { after: 25 * HOUR }).kind).toBe("none");
    expect(series.state?.alert).not.toBeNull();
    expect(series.commit(backend()).kind).toBe("resolve");
  });

  test("a new drop is held as well as a recovery, and fires when it lasts", () => {
    const series = new Series();
    series.commit(backend());
    const turns: [number, number][] = [
      [100, 1],
      [0, 13],
      [100, 7],
      [0, 5],
      [100, 1],
    ];
    expect(
      turns.map(
        ([loss, hours]) =>
          series.commit(backend(loss), { after: hours * HOUR }).kind,
      ),
    ).toEqual(["fire", "resolve", "fire", "resolve", "none"]);
    expect(series.state?.alert).toBeNull();
    expect(series.commitOther(backend(100), { after: 24 * HOUR }).kind).toBe(
      "fire",
    );
  });

  test("turns that are days apart are not flapping", () => {
    const series = new Series();
    series.commit(backend());
    const kinds = [100, 0, 100, 0, 100, 0].map(
      (loss) => series.commit(backend(loss), { after: 13 * HOUR }).kind,
    );
    expect(kinds).toEqual([
      "fire",
      "resolve",
      "fire",
      "resolve",
      "fire",
      "resolve",
    ]);
  });
});

describe("laws", () => {
  test("an unchanged report never fires, under the same blob or another", () => {
    fc.assert(
      fc.property(anyReport(), (report) => {
        const first = advance(null, {
          ...context,
          sighting: versionOf(report, "a"),
        });
        for (const blob of ["a", "b"]) {
          const again = advance(first.state, {
            ...context,
            sighting: versionOf(report, blob),
          });
          expect(again.outcome).toEqual({ kind: "none" });
        }
      }),
    );
  });

  test("the same history has the same outcome, whatever order the files are in, and survives the store", () => {
    fc.assert(
      fc.property(fc.array(anyReport(), { maxLength: 6 }), (reports) => {
        let one: SeriesState | null = null;
        let two: SeriesState | null = null;
        reports.forEach((report, index) => {
          const a: Advance = advance(one, {
            ...context,
            sighting: versionOf(report, `${index}`),
          });
          const b: Advance = advance(two, {
            ...context,
            sighting: versionOf(
              { ...report, files: report.files.toReversed() },
              `${index}`,
            ),
          });
          expect(b.outcome).toEqual(a.outcome);
          one = a.state;
          two = stored(b.state);
        });
      }),
    );
  });
});
