import { describe, expect, it } from "vitest";
import { judgeStatus } from "../../../src/core/judge/statusClaims.ts";

const plans = { done: 9, total: 9 };

describe("a status word", () => {
  it.each([
    "9 of 9 plans",
    "complete (9/9 plans complete)",
    "9 out of 9 plans",
  ])(
    "is confirmed by as many plans with summaries as it counts: %s",
    (says) => {
      expect(judgeStatus(says, { plans })).toEqual({
        verdict: "confirmed",
        measured: null,
        why: `The document says “${says}”; 9 of 9 plans have a summary.`,
      });
    },
  );

  it.each([
    [8, 9],
    [9, 10],
    [10, 10],
  ])(
    "is not denied by %d of %d plans: nobody knows when it was written",
    (done, total) => {
      expect(judgeStatus("9 of 9 plans", { plans: { done, total } })).toEqual({
        verdict: "unverifiable",
        measured: null,
        why: `The document says “9 of 9 plans”; at this commit ${done} of ${total} plans have a summary, which may be after or before it was written.`,
      });
    },
  );

  it.each([
    ["COMPLETE", plans],
    ["9 of 9 targets", plans],
    ["9 of 9 plans", null],
  ])("%s counts no plans of a known phase", (says, known) => {
    expect(judgeStatus(says, { plans: known })).toEqual({
      verdict: "unverifiable",
      measured: null,
      why: `What “${says}” stands for is not measurable by itself; plans, verification and targets are shown beside it.`,
    });
  });
});
