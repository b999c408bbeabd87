import { describe, expect, test } from "vitest";
import {
  ageText,
  counted,
  distanceText,
  measuredText,
  pointsText,
  targetName,
  timeText,
} from "../../src/messages/lines.ts";
import { renderNotice } from "../../src/messages/notice.ts";
import { measured, NOW, target } from "./examples.ts";

describe("how old something is", () => {
  test.each([
    ["2026-02-17T20:54:01Z", "less than a minute ago"],
    ["2026-02-17T20:53:30Z", "1 minute ago"],
    ["2026-02-17T19:54:30Z", "1 hour ago"],
    ["2026-02-15T20:54:31Z", "47 hours ago"],
    ["2026-02-15T20:54:30Z", "2 days ago"],
    // Clocks of two machines differ.
    ["2026-02-17T20:59:00Z", "less than a minute ago"],
    ["yesterday", "at an unknown time"],
  ])("%s: %s", (at, age) => {
    expect(ageText(at, NOW)).toBe(age);
  });

  test("a time that is none is shown as it is", () => {
    expect(timeText("2026-02-17T20:54:01.123Z")).toBe("2026-02-17 20:54 UTC");
    expect(timeText("yesterday")).toBe("yesterday");
  });
});

describe("a number", () => {
  test("is counted in its own plural", () => {
    expect(counted(1, "plan")).toBe("1 plan");
    expect(counted(0, "plan")).toBe("0 plans");
    expect(counted(2_000, "newer summary", "newer summaries")).toBe(
      "2,000 newer summaries",
    );
  });

  test("of points never looks like none when there is some", () => {
    expect(pointsText(0.01)).toBe("less than 0.1 points");
    expect(pointsText(-0)).toBe("0.0 points");
    expect(pointsText(-3.02)).toBe("3.0 points");
  });

  test("carries its unit, and its trust where that is not full", () => {
    const run = measured({ value: 12.3456, covered: null, total: null });
    expect(measuredText(run, "s")).toBe(
      "12.3 s (no counts, 12 files, backend/coverage.json at 4cf180b)",
    );
    expect(
      measuredText(measured({ value: 3.14159, trust: "estimated" }), "pp"),
    ).toBe(
      "3.1 points (830 / 3,776 statements, 12 files, backend/coverage.json at 4cf180b, estimated)",
    );
  });
});

describe("the distance to a target", () => {
  test.each([
    ["statements", "statement", "3.0 points short, 114 statements to go"],
    ["lines", "line", "3.0 points short, 114 lines to go"],
    ["branches", "branch", "3.0 points short, 114 branches to go"],
    ["both", "line+branch", "3.0 points short, 114 lines and branches to go"],
    ["regions", "region", "3.0 points short, 114 regions to go"],
  ])("is told in %s as well", (_, basis, text) => {
    expect(distanceText(target({ measured: measured({ basis }) }))).toBe(text);
  });

  test("of tests is tests", () => {
    const missing = { unit: "tests", gap: 3, unitsToGo: 3 } as const;
    expect(distanceText(target({ ...missing, op: ">=", value: 50 }))).toBe(
      "3 tests short",
    );
    expect(
      distanceText(target({ ...missing, metric: "tests_failing", op: "<=" })),
    ).toBe("3 tests over");
    expect(
      distanceText(
        target({
          ...missing,
          op: "==",
          value: 0,
          measured: measured({ value: 3 }),
        }),
      ),
    ).toBe("3 tests over");
  });

  test("of time is seconds over", () => {
    expect(
      distanceText(
        target({ unit: "s", op: "<", value: 60, gap: 4.25, unitsToGo: null }),
      ),
    ).toBe("4.3 s over");
  });

  test("is not told where there is none, or nobody knows it", () => {
    expect(distanceText(target({ verdict: "met" }))).toBe("");
    expect(distanceText(target({ gap: null }))).toBe("");
  });
});

describe("a target's name", () => {
  test.each([
    [target(), "Overall coverage 25–27 %"],
    [target({ aspect: "branch" }), "Overall branch coverage 25–27 %"],
    [
      target({
        subject: "6 Tier 1 files",
        each: true,
        aspect: "line",
        op: ">=",
        value: 80,
        upper: null,
      }),
      "Line coverage of each of 6 Tier 1 files ≥ 80 %",
    ],
    [
      target({
        metric: "coverage_delta",
        unit: "pp",
        value: 3,
        upper: 5,
        from: 22.64,
      }),
      "Overall coverage change 3–5 points from 22.64 %",
    ],
    [
      target({
        metric: "tests_failing",
        unit: "tests",
        op: "==",
        value: 0,
        upper: null,
      }),
      "Failing tests = 0 tests",
    ],
  ])("%#: reads as a sentence would", (given, name) => {
    expect(targetName(given)).toBe(name);
  });
});

test("a notice keeps its lines, shows code as code and formats nothing else", () => {
  const { blocks } = renderNotice(
    "Subscribed",
    "Ask *with* `/coverage`\n<!here>",
  );
  expect(blocks[1]).toEqual({
    type: "section",
    text: {
      type: "mrkdwn",
      text: "Ask *with∗ `/coverage`\n&lt;!here&gt;",
      verbatim: true,
    },
  });
});
