import { describe, expect, it } from "vitest";
import { disputesIn, NOTHING } from "./reading.ts";

function roadmap(
  row: string,
  box = "- [x] **Phase 3: Billing** - Invoices",
): string {
  return `# Roadmap\n\n${box}\n\n## Progress\n\n| Phase | Plans Complete | Status |\n|---|---|---|\n${row}\n`;
}

describe("a ticked phase", () => {
  it.each([
    ["| 3. Billing | 4/4 | Gaps Found |", "“Gaps Found” with 4 of 4 plans"],
    [
      "| 3. Billing | 0/4 | Planning Complete |",
      "“Planning Complete” with 0 of 4 plans",
    ],
    ["| 3. Billing | - | **Not started** |", "“Not started”"],
    ["| 3. Billing | 1/4 | |", "1 of 4 plans"],
    ["| 3 | 2/4 | In progress |", "“In progress” with 2 of 4 plans"],
  ])("is denied by its row in the progress table: %s", (row, says) => {
    expect(disputesIn(roadmap(row), "roadmap").claims).toEqual({
      "3: [x] complete": `Line 3 ticks the phase as complete; the progress table of the same document, line 9, says ${says}.`,
    });
  });

  it.each([
    ["agrees", "| 3. Billing | 4/4 | Complete |"],
    ["is only out of date", "| 3. Billing | 4/4 | Planned |"],
    [
      "is of another phase of the number",
      "| 3. Search Index | 0/4 | Planned |",
    ],
    ["says nothing", "| 3. Billing | - | |"],
    ["counts all plans and says nothing", "| 3. Billing | 4/4 | |"],
    ["is complete with plans left out", "| 3. Billing | 3/4 | Complete |"],
    [
      "comes twice",
      "| 3. Billing | 0/4 | Planned |\n| 3. Billing | 4/4 | Complete |",
    ],
    ["is of the next phase", "| 4. Billing | 0/4 | Planned |"],
  ])("is left alone where the row %s", (_, row) => {
    expect(disputesIn(roadmap(row), "roadmap")).toEqual(NOTHING);
  });

  it("is left alone where it is not ticked, or listed twice", () => {
    const row = "| 3. Billing | 0/4 | Planned |";
    const open = "- [ ] **Phase 3: Billing** - Invoices";
    const done = "- [x] **Phase 3: Billing** - Invoices";
    expect(disputesIn(roadmap(row, open), "roadmap")).toEqual(NOTHING);
    expect(disputesIn(roadmap(row, `${open}\n${done}`), "roadmap")).toEqual(
      NOTHING,
    );
  });
});
