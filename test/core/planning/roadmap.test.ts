import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readStatements } from "../../../src/core/planning/markdown.ts";
import {
  phaseName,
  readRoadmap,
  tellsResult,
  type RoadmapPhase,
} from "../../../src/core/planning/roadmap.ts";

function read(...lines: string[]): readonly RoadmapPhase[] {
  return readRoadmap(readStatements(lines.join("\n"), 1)).phases;
}

const empty = {
  checked: null,
  plans: null,
  status: null,
  promises: [],
  requirements: [],
  contributions: [],
  planBoxes: [],
};

describe("the checklist of a roadmap", () => {
  test.each([
    "- [x] **Phase 3: Push** - Target 27% overall coverage ✅ COMPLETE (24% achieved)",
    "- [x] **Phase 3: Push** - Target 27% overall coverage. Achieved 24% overall coverage.",
    "- [x] Phase 3: Push - Target 27% overall coverage ⚠️ 24%",
  ])("keeps what was promised apart from what came of it: %s", (line) => {
    const [entry] = read(line);
    expect(entry?.promises.map(({ text }) => text.replace(/\.$/, ""))).toEqual([
      "Target 27% overall coverage",
    ]);
  });

  test("gives phases with their boxes and what they promise", () => {
    expect(
      read(
        "- [x] **Phase 1: Base** - Set up `pytest`",
        "- [ ] Phase 2: Invoices - Cover 80%",
        "- [ ] **Phase 2.1: Taxes**",
      ),
    ).toEqual([
      {
        ...empty,
        key: "1",
        name: "Base",
        line: 1,
        from: "checklist",
        checked: true,
        promises: [{ text: "Set up `pytest`", line: 1 }],
      },
      {
        ...empty,
        key: "2",
        name: "Invoices",
        line: 2,
        from: "checklist",
        checked: false,
        promises: [{ text: "Cover 80%", line: 2 }],
      },
      {
        ...empty,
        key: "2.1",
        name: "Taxes",
        line: 3,
        from: "checklist",
        checked: false,
      },
    ]);
  });

  test.each([
    ["**Phase 3: CI - All Green** - Fix tests", "CI - All Green", "Fix tests"],
    ["**Phase 3:** CI — Fix tests", "CI", "Fix tests"],
    ["**Phase 3**: CI - Fix tests", "CI", "Fix tests"],
    ["**Phase 3: CI** (completed 2026-02-10)", "CI", "(completed 2026-02-10)"],
    ["**Phase 3: CI**: Fix tests", "CI", "Fix tests"],
    ["~~**Phase 3: CI** - dropped~~", "CI", "dropped~~"],
    ["Phase 3 - CI - Fix tests", "CI", "Fix tests"],
    ["[v2] Phase 3: CI", "CI", undefined],
    ["**Phase 3 (INSERTED): CI**", "CI", undefined],
  ])("reads %s", (entry, name, promise) => {
    expect(
      read(`- [ ] ${entry}`).map((phase) => [
        phase.key,
        phase.name,
        phase.promises[0]?.text,
      ]),
    ).toEqual([["3", name, promise]]);
  });

  test("takes no range and no other task for a phase", () => {
    expect(
      read(
        "- [ ] **Phases 9-12: Later**",
        "- [ ] Phase 9-12 later",
        "- [ ] Phase 12.x: Later",
        "- [ ] Write the docs",
        "- **Phase 4: No box**",
      ),
    ).toEqual([]);
  });
});

describe("the details of a roadmap", () => {
  test("give goal, success criteria and plans", () => {
    const phases = read(
      "### Phase 2: Invoices",
      "",
      "**Goal**: Coverage of invoices reaches 80%",
      "**Depends on**: Phase 1",
      "**Success Criteria** (what must be TRUE):",
      "  1. Coverage is 80%",
      "  2. **No flaky tests**: over 10 runs",
      "  - [ ] All tests pass in 5 minutes",
      "",
      "**Plans**: 3 plans",
      "",
      "Plans:",
      "- [x] 02-01: Rounding",
      "- [ ] `02-02-PLAN.md` — Taxes",
      "- [ ] **02-invoices-GAP-03-PLAN.md** — Refunds",
      "- [x] 4-PLAN.md",
      "- [ ] E2E by hand",
      "- [ ] TBD",
      "- [ ] (later) 02-04",
      "",
      "## Later",
      "",
      "**Goal**: none of a phase",
      "- [ ] 02-09-PLAN.md",
    );
    expect(phases).toEqual([
      {
        ...empty,
        key: "2",
        name: "Invoices",
        line: 1,
        from: "details",
        promises: [
          { text: "Coverage of invoices reaches 80%", line: 3 },
          { text: "Coverage is 80%", line: 6 },
          { text: "**No flaky tests**: over 10 runs", line: 7 },
          { text: "All tests pass in 5 minutes", line: 8 },
        ],
        planBoxes: [
          { id: "02-01", checked: true, line: 13 },
          { id: "02-02", checked: false, line: 14 },
          { id: "02-invoices-GAP-03", checked: false, line: 15 },
          { id: "4", checked: true, line: 16 },
        ],
      },
    ]);
  });

  test("go on below the headings inside them", () => {
    const [phase] = read(
      "## Phase 2: Invoices",
      "### Success Criteria",
      "What must be true:",
      "- Coverage is 80%",
      "### Plans",
      "- not a criterion",
      "- [ ] 02-01-PLAN.md",
    );
    expect(phase).toMatchObject({
      promises: [{ text: "Coverage is 80%", line: 4 }],
      planBoxes: [{ id: "02-01", line: 7 }],
    });
  });

  test("end at a heading beside them, and after a checklist at any heading", () => {
    const phases = read(
      "## Phase 2: Invoices",
      "## Notes",
      "- [ ] 02-01-PLAN.md",
      "- [ ] **Phase 3: Taxes**",
      "  - [ ] 03-01-PLAN.md",
      "### Notes",
      "- [ ] 03-02-PLAN.md",
    );
    expect(
      phases.map(({ planBoxes }) => planBoxes.map(({ id }) => id)),
    ).toEqual([[], ["03-01"]]);
  });

  test("written as a list are read, and a field ends the criteria", () => {
    const [phase] = read(
      "### Phase 2: Invoices",
      "- **Goal:** 80% coverage",
      "- **Success Criteria:**",
      "  - Refunds work",
      "- **Requirements:** R-1",
      "- not a criterion",
      "- **Goal:**",
    );
    expect(phase?.promises).toEqual([
      { text: "80% coverage", line: 2 },
      { text: "Refunds work", line: 4 },
    ]);
  });

  test.each([
    "#### ✅ Phase 5: Refunds",
    "## ~~Phase 5: Refunds~~",
    "### **Phase 5**: Refunds",
    "### Phase 05 – Refunds",
    "### [Billing] Phase 5: Refunds",
    "### Phase 5: Refunds ✅ COMPLETE (2026-02-10)",
  ])("begin with %s", (heading) => {
    expect(read(heading)).toMatchObject([{ key: "5", name: "Refunds" }]);
  });

  test.each(["### Phase 8 Achievements", "### Phases", "### Phase one: x"])(
    "do not begin with %s",
    (heading) => {
      expect(read(heading)).toEqual([]);
    },
  );
});

test("the details of a roadmap name the requirements of the phase", () => {
  const [phase] = read(
    "### Phase 2: Invoices",
    "",
    "**Goal**: Invoices are right",
    "**Requirements**: [PAY-01, PAY-02 (Taxes)]",
    "**Success Criteria**:",
    "  1. PAY-03 is not of the list",
  );
  expect(phase?.requirements).toEqual([
    { id: "PAY-01", text: null, line: 4 },
    { id: "PAY-02", text: "Taxes", line: 4 },
  ]);
});

describe("the progress table of a roadmap", () => {
  test("gives plans and status of each phase", () => {
    expect(
      read(
        "| Phase | Plans Complete | Status | Completed |",
        "|---|---|---|---|",
        "| 1. Base | 3/3 | **Complete** ✅ | 2026-02-10 |",
        "| **Phase 2: Invoices** | **1/4** | In Progress | - |",
        "| 2.1 - Taxes | TBD | | |",
        "| 3 | 0/2 | Not started | |",
        "| 80% goal | 1/1 | Done | |",
        "| Phase 12.x | 1/1 | Done | |",
      ).map(({ key, name, line, plans, status }) => [
        line,
        key,
        name,
        plans && `${plans.done}/${plans.total}`,
        status,
      ]),
    ).toEqual([
      [3, "1", "Base", "3/3", "Complete"],
      [4, "2", "Invoices", "1/4", "In Progress"],
      [5, "2.1", "Taxes", null, ""],
      [6, "3", "", "0/2", "Not started"],
    ]);
  });

  test("may have a milestone column, or none for plans", () => {
    expect(
      read(
        "| Phase | Milestone | Plans | Status |",
        "|---|---|---|---|",
        "| 1. Base | v1 | 3/3 | Done |",
        "",
        "| **Phase** | Status |",
        "|---|---|",
        "| 2. Invoices | Ready |",
      ),
    ).toMatchObject([
      { plans: { done: 3, total: 3 }, status: "Done" },
      { plans: null, status: "Ready" },
    ]);
  });

  test("is no other table", () => {
    expect(
      read(
        "| Phase | Target |",
        "|---|---|",
        "| 1. Base | 80% |",
        "",
        "| File | Status |",
        "|---|---|",
        "| 1. a.py | Done |",
      ),
    ).toEqual([]);
  });
});

describe("phaseName", () => {
  test.each([
    ["Memory Layer COMPLETE", "Memory Layer"],
    ["Memory Layer ✅ COMPLETE", "Memory Layer"],
    ["Search COMPLETE (with gaps)", "Search"],
    ["Social PARTIALLY ACHIEVED (Plans Created)", "Social"],
    ["Base (NEW)", "Base"],
    ["Base (INSERTED)", "Base"],
    ["Base [Completed: 2026-02-10]", "Base"],
    ["Base (shipped v1.2)", "Base"],
    ["Base - Done", "Base"],
    ["Base — in progress (2 of 4)", "Base"],
    ["**Base**", "Base"],
    ["~~Base~~", "Base"],
    ["✅ Base", "Base"],
    ["Base ⚠️ GAPS", "Base"],
    ["COMPLETE", ""],
    ["✅ COMPLETE", ""],
    ["", ""],
  ])("of %j is %j", (title, name) => {
    expect(phaseName(title)).toBe(name);
  });

  test.each([
    "80% Coverage Push (Reality Adjusted)",
    "Zero-Coverage Files (30% Goal)",
    "Menu Bar (Desktop)",
    "Checkout (New UI)",
    "CI/CD Fixes - Get All Tests Passing",
    "Feature Complete",
    "Done Lists",
    "LLM-Generated `Summaries`".replaceAll("`", ""),
  ])("keeps %s as it is", (title) => {
    expect(phaseName(title)).toBe(title);
  });
});

describe("what a roadmap tells as a result", () => {
  /** The texts among a roadmap's statements that are results. */
  const results = (...lines: string[]) =>
    readStatements(lines.join("\n"), 1)
      .filter(tellsResult)
      .map(({ text }) => text);

  test.each([
    "- [x] Coverage reaches 80%",
    "- ✅ Coverage reaches 80%",
    "- Coverage is at 80% ⚠ below the goal",
    "- **Achieved**: 80% coverage",
    "- Current coverage is 80%",
    "- Actually measured 80%",
    "Delivered 41 tests",
  ])("is what is ticked off or called achieved: %s", (line) => {
    expect(results("# Roadmap", line)).toHaveLength(1);
  });

  test.each([
    "- Coverage reaches 80%",
    "- [ ] Coverage is currently 80%",
    "- [ ] ✅ Coverage reaches 80%",
    "## Achieved 80% coverage ✅",
    "**Goal:** raise the current 20% to 80%",
    "**Success criteria**: measured coverage of 80%",
    "- Coverage is unachieved",
  ])("is not what it promises: %s", (line) => {
    expect(results("# Roadmap", line)).toEqual([]);
  });

  test("is no success criterion, unless it is ticked", () => {
    expect(
      results(
        "# Roadmap",
        "#### Success Criteria",
        "1. Measured coverage is 80%",
        "2. ✅ Measured coverage is 60%",
        "#### Results",
        "- Measured coverage is 40%",
      ),
    ).toEqual(["✅ Measured coverage is 60%", "Measured coverage is 40%"]);
  });

  test("is every row of a table", () => {
    expect(results("| Phase | Tests |", "|---|---|", "| 8 | 41 |")).toEqual([
      "8 | 41",
    ]);
  });
});

describe("laws of roadmaps", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "### Phase 1: A",
      "- [ ] **Phase 2: B** - c",
      "**Success Criteria**:",
      "- [x] 02-01-PLAN.md",
      "- d",
      "| Phase | Status |\n|---|---|\n| 1. A | x |",
      "## Notes",
    ),
    fc.string({ unit: "binary" }),
  );

  test("reading never throws, and every line lies in the file", () => {
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("\n");
        const last = text.split(/\r\n|\n|\r/).length;
        for (const phase of read(text)) {
          for (const at of [phase, ...phase.promises, ...phase.planBoxes]) {
            expect(at.line).toBeGreaterThanOrEqual(1);
            expect(at.line).toBeLessThanOrEqual(last);
          }
        }
      }),
    );
  });

  test("hostile repetition is read in a moment", () => {
    const started = performance.now();
    for (const text of ["*", "(", "- ", "Phase 1:", " COMPLETE", "[", "~~"]) {
      for (const start of ["# ", "# Phase 1: ", "- [ ] ", "- [ ] Phase 1: "]) {
        read(...Array.from({ length: 20 }, () => start + text.repeat(2_000)));
      }
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
