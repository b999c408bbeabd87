import { expect, test } from "vitest";
import { judgeRepository } from "../../../src/core/judge/phaseStatus.ts";
import { factsOf } from "../../support/facts.ts";

const PHASE = ".planning/phases/19-billing";
const DEVIATIONS = "## Deviations from Plan";

function summary(...keys: string[]): string {
  return [
    "---",
    "phase: 19",
    "plan: 01",
    ...keys.map((key) => `${key}: x`),
    "---",
    DEVIATIONS,
  ].join("\n");
}

const whole = summary("subsystem", "tags", "duration", "completed");

/** What is told of phase 19's documents lacking parts. */
function told(files: Readonly<Record<string, string>>, at?: string) {
  const paths = Object.entries(files).map(
    ([name, text]) => [`${PHASE}/${name}.md`, text] as const,
  );
  const step = { files: Object.fromEntries(paths), ...(at ? { at } : {}) };
  return judgeRepository(factsOf([step]))
    .phases.flatMap(({ findings }) => findings)
    .filter(({ message }) => message.includes("required parts"))
    .map(({ kind, path, line, message }) => ({
      at: `${kind} ${path.slice(PHASE.length + 1)}:${line}`,
      message,
    }));
}

test("documents that lack parts are told in one finding for their kind", () => {
  expect(
    told({
      "19-01-SUMMARY": whole,
      "19-02-SUMMARY": whole,
      "19-03-SUMMARY": DEVIATIONS,
      "19-04-SUMMARY": summary("subsystem", "tags", "duration"),
      "19-05-SUMMARY": whole.replace(DEVIATIONS, ""),
      "19-06-SUMMARY": summary("subsystem", "tags", "completed"),
    }),
  ).toEqual([
    {
      at: "structure 19-03-SUMMARY.md:1",
      message:
        "4 of 6 summaries lack required parts: 19-03-SUMMARY.md (front matter), 19-04-SUMMARY.md (completed), 19-05-SUMMARY.md (the section “deviations from plan”) and 1 more. Front matter stands between lines `---` from line 1 on.",
    },
  ]);
});

test("a missing section has no line", () => {
  expect(
    told({
      "19-01-SUMMARY": whole,
      "19-02-SUMMARY": whole.replace(DEVIATIONS, ""),
    }),
  ).toEqual([
    {
      at: "structure 19-02-SUMMARY.md:null",
      message:
        "1 of 2 summaries lacks required parts: 19-02-SUMMARY.md (the section “deviations from plan”). Add what is missing.",
    },
  ]);
});

test("the only document of its kind is measured by what the kind requires", () => {
  expect(told({ "19-VERIFICATION": "All is well." })).toMatchObject([
    { message: expect.stringContaining("1 of 1 verification lacks") as string },
  ]);
});

test("what most documents of a kind do without is not their custom", () => {
  expect(
    told({
      "19-01-SUMMARY": summary("subsystem", "tags", "completed"),
      "19-02-SUMMARY": summary("subsystem", "tags", "completed"),
      "19-03-SUMMARY": whole,
      "19-04-SUMMARY": summary("subsystem", "tags", "completed"),
    }),
  ).toEqual([]);
});

test("a document is not blamed for a field that came after it was written", () => {
  const plan = [
    "---",
    ...["phase", "plan", "type", "wave", "depends_on"].map(
      (key) => `${key}: 1`,
    ),
    ...["files_modified", "autonomous"].map((key) => `${key}: 1`),
    "---",
    "## Tasks",
    "## Success criteria",
  ].join("\n");
  expect(told({ "19-01-PLAN": plan }, "2026-01-14T09:00:00Z")).toEqual([]);
  expect(told({ "19-01-PLAN": plan }, "2026-01-16T09:00:00Z")).toMatchObject([
    {
      message: expect.stringContaining("19-01-PLAN.md (must_haves)") as string,
    },
  ]);
});

test("documents that have all their parts are not spoken of", () => {
  expect(told({ "19-01-SUMMARY": whole, "19-REPORT": "Text." })).toEqual([]);
});
