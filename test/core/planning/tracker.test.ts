import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTracker } from "../../../src/core/planning/tracker.ts";

const RULES = {
  tracker: {
    field: "development_status",
    unit: "epic-<id>",
    plan: "<id>-<plan>-<slug>",
  },
  words: {},
};
const read = (text: string) => readTracker(text, RULES);

describe("readTracker", () => {
  test("gathers plans under their phase, with the lines and words of the file", () => {
    const { phases, findings } = read(`generated: 2026-03-02
development_status:
  # Epic 1: Weighing parcels
  epic-1: in-progress # since Monday
  1-1-read-the-scale: done
  1-2-show-the-price:
    status: review
  epic-1-retrospective: optional
  2-1-choose-a-stamp: backlog
`);
    expect(findings).toEqual([]);
    expect(phases).toEqual([
      {
        id: "1",
        name: "Weighing parcels",
        own: { says: "in-progress", line: 4, progress: "in_progress" },
        plans: [
          {
            id: "1-1",
            name: "1-1-read-the-scale",
            says: "done",
            line: 5,
            progress: "done",
          },
          {
            id: "1-2",
            name: "1-2-show-the-price",
            says: "review",
            line: 6,
            progress: "in_progress",
          },
        ],
      },
      {
        id: "2",
        name: null,
        own: null,
        plans: [
          {
            id: "2-1",
            name: "2-1-choose-a-stamp",
            says: "backlog",
            line: 9,
            progress: "planned",
          },
        ],
      },
    ]);
  });

  test("reads a file that begins as a YAML document", () => {
    const { phases } = read("---\ndevelopment_status:\n  epic-1: done\n");
    expect(phases).toMatchObject([{ own: { line: 3 } }]);
  });

  test("says where the file is broken and keeps what it can", () => {
    const { phases, findings } = read(
      'development_status:\n  epic-1: "a" b\n  1-1-x: done\n',
    );
    expect(findings).toMatchObject([{ kind: "front_matter", line: 2 }]);
    expect(phases[0]?.plans).toHaveLength(1);
  });

  test("says that the field is missing", () => {
    expect(read("stories: []\n")).toMatchObject({
      phases: [],
      findings: [
        { message: expect.stringContaining("`development_status`") as unknown },
      ],
    });
  });

  test("leaves an entry without a word out", () => {
    expect(read("development_status:\n  epic-1:\n").phases).toEqual([]);
  });

  test("reads so many entries and says how many there are", () => {
    const many = Array.from(
      { length: 5_001 },
      (_, index) => `  1-${index}-x: done`,
    );
    const { phases, findings } = read(
      `development_status:\n${many.join("\n")}\n`,
    );
    expect(phases[0]?.plans).toHaveLength(5_000);
    expect(findings[0]?.message).toContain("5001 entries");
  });

  test("reads nothing without rules, and never throws", () => {
    expect(readTracker("x: 1", { tracker: null, words: {} }).phases).toEqual(
      [],
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(() => read(`development_status:\n  ${text}`)).not.toThrow();
      }),
    );
  });
});
