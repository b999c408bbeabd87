import { describe, expect, test } from "vitest";
import { SPEC_KIT } from "../../../src/core/planning/layout.ts";
import type { Layout } from "../../../src/core/planning/layout.ts";
import {
  configuredLayouts,
  detectedLayouts,
} from "../../../src/core/planning/layouts.ts";

const specKit = configuredLayouts(["spec-kit"]).placeOf;
const bmad = configuredLayouts(["bmad"]).placeOf;

describe("spec-kit", () => {
  test.each([
    ["specs/001-parcel-tracking/spec.md", "spec"],
    ["specs/001-parcel-tracking/tasks.md", "tasks"],
    [".specify/specs/001-parcel-tracking/tasks.md", "tasks"],
  ])("knows %s", (path, kind) => {
    expect(specKit(path)).toMatchObject({
      directory: path.slice(0, path.lastIndexOf("/")),
      kind,
      planId: null,
      phase: { key: "1", slug: "parcel-tracking" },
    });
  });

  test.each([
    "specs/001-parcel-tracking/plan.md",
    "specs/001-parcel-tracking/checklists/requirements.md",
    "specs/README.md",
    "docs/specs/001-x/spec.md",
  ])("leaves %s alone", (path) => {
    expect(specKit(path)).toBeNull();
  });
});

describe("bmad", () => {
  test("knows a story by the numbers in its name, in any directory below", () => {
    for (const below of ["", "stories/epic-12/"]) {
      const root = "_bmad-output/implementation-artifacts";
      expect(bmad(`${root}/${below}12-3-show-the-price.md`)).toMatchObject({
        root,
        directory: `${root}/epic-12`,
        kind: "plan",
        planId: "12-3",
        phase: { key: "12", slug: "" },
      });
    }
  });

  test("knows the sprint's status at its places", () => {
    for (const root of [
      "_bmad-output/implementation-artifacts",
      "docs/sprint-artifacts",
    ]) {
      expect(bmad(`${root}/sprint-status.yaml`)).toMatchObject({
        directory: null,
        kind: "tracker",
      });
    }
  });

  test.each([
    "docs/sprint-artifacts/epic-1-retro-2026-01-01.md",
    "docs/sprint-artifacts/tech-spec-epic-1.md",
    "docs/sprint-artifacts/1-2-price.context.xml.validation-report.md",
    "docs/prd.md",
  ])("leaves %s alone", (path) => {
    expect(bmad(path)).toBeNull();
  });
});

describe("a described layout", () => {
  const layout: Layout = {
    name: "own",
    root: ["work"],
    unit: ["archive/<slug>", "<slug>"],
    plan: ["plans/<slug>.md"],
    summary: ["done/<slug>.md"],
    verification: { file: "review.md", field: "verdict", map: {} },
    done: "summaries",
    words: {},
    targets: [{ file: "goals.md", section: null, id: null }],
  };
  const { placeOf, fingerprint } = configuredLayouts(["gsd", layout]);

  test("pairs plans and summaries by what their names share", () => {
    expect(placeOf("work/search/plans/index.md")).toMatchObject({
      kind: "plan",
      planId: "search-index",
      phase: { key: "search", slug: "search" },
    });
    expect(placeOf("work/search/done/index.md")).toMatchObject({
      kind: "summary",
      planId: "search-index",
    });
  });

  test("knows verification and goals, in whichever directory of phases", () => {
    expect(placeOf("work/archive/search/review.md")).toMatchObject({
      directory: "work/archive/search",
      kind: "verification",
      phase: { key: "search" },
    });
    expect(placeOf("work/search/goals.md")?.kind).toBe("spec");
  });

  test("stands beside GSD's documents when both are configured", () => {
    expect(placeOf(".planning/STATE.md")?.kind).toBe("state");
    expect(fingerprint).toBe("gsd+own");
  });

  test("gives a plan without a number or words of its own the key of its phase", () => {
    const { placeOf: only } = configuredLayouts([
      { ...layout, plan: ["plan.md"] },
    ]);
    expect(only("work/search/plan.md")?.planId).toBe("search");
  });

  test("ignores a file that names no phase where its name has to", () => {
    const { placeOf: flat } = configuredLayouts([
      { ...layout, unit: [], plan: ["<id>-<slug>.md", "*.md"] },
    ]);
    expect(flat("work/7-a.md")?.directory).toBe("work/7");
    expect(flat("work/notes.md")).toBeNull();
  });

  test("reads documents under another role where another section is wanted of them", () => {
    const { placeOf: two } = configuredLayouts([
      {
        ...SPEC_KIT,
        targets: [
          { file: "a.md", section: "goals", id: null },
          { file: "b.md", section: "aims", id: null },
        ],
      },
    ]);
    const roles = ["a", "b"].map(
      (name) => two(`specs/001-x/${name}.md`)?.rules?.role,
    );
    expect(new Set(roles).size).toBe(2);
  });
});

describe("detectedLayouts", () => {
  const SPEC = "specs/001-x/spec.md";
  const TRACKER = "docs/sprint-artifacts/sprint-status.yaml";
  const GSD = ".planning/phases/01-x/01-01-PLAN.md";

  test("finds spec-kit and BMAD by their own files", () => {
    const placeOf = detectedLayouts.within([SPEC, TRACKER]);
    expect(placeOf(SPEC)?.kind).toBe("spec");
    expect(placeOf(TRACKER)?.kind).toBe("tracker");
  });

  test("looks at nothing but GSD's documents where there are some", () => {
    const placeOf = detectedLayouts.within([SPEC, TRACKER, GSD]);
    expect(placeOf(GSD)?.kind).toBe("plan");
    expect(placeOf(SPEC)).toBeNull();
    expect(placeOf(TRACKER)).toBeNull();
  });

  test("takes no directory called specs for spec-kit's", () => {
    const placeOf = detectedLayouts.within([
      "specs/api/spec.md",
      "specs/1-x/spec.md",
    ]);
    expect(placeOf(SPEC)).toBeNull();
  });

  test("knows GSD's phases of the past in a tree that has none", () => {
    expect(detectedLayouts.within([SPEC])(GSD)?.kind).toBe("plan");
  });

  test("watches what any of them may be", () => {
    expect(
      [SPEC, TRACKER, GSD].map((path) => detectedLayouts.placeOf(path)?.kind),
    ).toEqual(["spec", "tracker", "plan"]);
    expect(detectedLayouts.placeOf("README.md")).toBeNull();
  });
});
