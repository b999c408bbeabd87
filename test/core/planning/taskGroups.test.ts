import { describe, expect, test } from "vitest";
import { readStatements } from "../../../src/core/planning/markdown.ts";
import { readTaskGroups } from "../../../src/core/planning/taskGroups.ts";

const read = (text: string) => readTaskGroups(readStatements(text, 1));

describe("readTaskGroups", () => {
  test("counts ticked tasks by the heading below the title, with those of its subheadings", () => {
    const { groups } = read(`# Tasks: Parcels

## Phase 1: Setup

- [x] T001 a

## Phase 2: Story

### Tests

- [X] T002 b

### Implementation

- [ ] T003 c
`);
    expect(groups).toEqual([
      { id: "1", title: "Setup", line: 5, done: 1, total: 1 },
      { id: "2", title: "Story", line: 11, done: 1, total: 2 },
    ]);
  });

  test("takes boxes without a number for no tasks where others have one", () => {
    const { groups } = read(
      "## 1. Work\n\n- [x] 1.1 a\n- [ ] 1.2 b\n\n## Checklist\n\n- [ ] Everything is tested\n",
    );
    expect(groups).toEqual([
      { id: "1", title: "Work", line: 3, done: 1, total: 2 },
    ]);
  });

  test("takes all boxes for tasks where none has a number", () => {
    const { groups } = read("- [x] Read the scale\n- [ ] Show the price\n");
    expect(groups).toEqual([
      { id: "tasks", title: "", line: 1, done: 1, total: 2 },
    ]);
  });

  test("keeps headings of one name, and ones without a number, apart", () => {
    const { groups } = read(
      "# T\n\n## Phase N: Polish\n\n- [ ] T1 a\n\n## Phase N — Polish\n\n- [ ] T2 b\n\n## 3\n\n- [ ] T3 c\n\n## 🎉\n\n- [x] T4 d\n",
    );
    expect(groups.map(({ id }) => id)).toEqual([
      "phase-n-polish",
      "phase-n-polish-2",
      "3",
      "tasks",
    ]);
  });

  test("counts a box that is neither open nor ticked as open, and says so", () => {
    const { groups, findings } = read(
      "- [x] T001 a\n- [~] T002 b\n- [-] T003 c\n",
    );
    expect(groups).toMatchObject([{ done: 1, total: 3 }]);
    expect(findings).toEqual([
      {
        kind: "structure",
        path: "",
        line: 2,
        message:
          "2 boxes are neither open “[ ]” nor ticked “[x]”; they count as open. Write one of the two.",
      },
    ]);
    expect(read("- [~] T002 b\n").findings[0]?.message).toContain(
      "A box is neither",
    );
  });

  test("finds none in a document without boxes", () => {
    expect(read("# Tasks\n\n- T001 a\n")).toEqual({ groups: [], findings: [] });
  });
});
