import { describe, expect, it } from "vitest";
import {
  estimateBehind,
  ofUnnamed,
} from "../../../src/core/judge/claimSources.ts";
import { judgeClaim } from "../../../src/core/judge/claims.ts";
import type { ClaimContext } from "../../../src/core/judge/judgement.ts";
import type { Claim } from "../../../src/core/planning/claim.ts";
import {
  aClaim,
  aContext,
  coverage,
  evidenceOf,
  momentAt,
  trend,
  type Step,
} from "../../support/facts.ts";
import type { Row } from "../../support/reports.ts";

const ROWS: readonly Row[] = [["shop/engine.py", 2_571, 10_000]];
const report = (overrides: Parameters<typeof coverage>[1] = {}): Step => ({
  files: { "coverage.json": coverage(ROWS, overrides) },
});
const nothing: Step = { files: {} };

describe("a number without a subject", () => {
  /** The plan is committed with step 0, the report with step 1, the document with step 2. */
  function judge(
    claim: Partial<Claim> = {},
    context: Partial<ClaimContext> = {},
    steps: readonly Step[] = [nothing, report(), nothing, nothing],
  ) {
    return ofUnnamed(
      aClaim({
        subject: "unnamed",
        value: 25.71,
        tolerance: 0.005,
        ...claim,
      }),
      Number(claim.value ?? 25.71),
      evidenceOf(steps).reports,
      aContext({ written: momentAt(2), ...context }),
    );
  }

  it("is confirmed when its two decimals are the total of a report of the same work", () => {
    expect(judge()).toMatchObject({
      verdict: "confirmed",
      measured: { covered: 2_571, total: 10_000 },
      why: "The document says 25.71 % without saying of what; that is the total of a report of the same work: 25.7 % (2,571 / 10,000 lines, 1 file, coverage.json at 0101010).",
    });
  });

  it("is stale when the document calls it an earlier one", () => {
    expect(judge({ historic: true })?.verdict).toBe("stale");
  });

  it.each<[string, Partial<Claim>]>([
    ["a subject", { subject: "engine.py" }],
    ["one decimal", { value: 25.7, tolerance: 0.05 }],
    ["a range", { upper: 26 }],
    ["a lower bound", { atLeast: true }],
    ["another number", { value: 25.72 }],
  ])("is not looked for with %s", (_, claim) => {
    expect(judge(claim)).toBeNull();
  });

  it("is not that of a report from before the work, after the document, or of a time that nobody knows", () => {
    expect(judge({}, { workBegan: momentAt(1) })).toBeNull();
    expect(judge({}, { written: momentAt(0) })).toBeNull();
    expect(judge({}, { workBegan: null })).toBeNull();
  });

  it("is not that of an untrusted report, nor of one that counts nothing", () => {
    const steps = (overrides: Parameters<typeof report>[0]) => [
      nothing,
      report(overrides),
      nothing,
    ];
    expect(judge({}, {}, steps({ trust: "estimated" }))).toBeNull();
    const none = {
      lines: null,
      statements: null,
      branches: null,
      functions: null,
    };
    expect(judge({}, {}, steps({ totals: none, percent: null }))).toBeNull();
  });

  it("reaches the verdict on the claim", () => {
    const { verdict } = judgeClaim(
      aClaim({ subject: "unnamed", value: 25.71, tolerance: 0.005 }),
      evidenceOf([nothing, report(), nothing]),
      aContext({ written: momentAt(2) }),
    );
    expect(verdict).toBe("confirmed");
  });
});

describe("the estimate behind an entry of a trend file", () => {
  const MOBILE = "mobile/coverage_estimate.json";
  const estimated = (path: string, percent: number | null = 74.6): Step => ({
    files: {
      [path]: coverage([["app/a.ts", 746, 1_000]], {
        trust: "estimated",
        percent,
      }),
      "trending.json": trend({ scope: "mobile", percent: 74.6 }),
    },
  });
  const behind = (step: Step, claim: Partial<Claim> = {}) => {
    const { reports, witnesses } = evidenceOf([nothing, step, nothing]);
    const of = aClaim({ subject: "Mobile", value: 74.6, ...claim });
    const [entry] = witnesses(null)("mobile");
    if (!entry) throw new Error("There is no entry.");
    return estimateBehind(of, entry.numbers[0], reports);
  };

  it("is an estimated report of the same number, commit and part", () => {
    expect(behind(estimated("web/mobile_estimate.json"))).toMatchObject({
      trust: "estimated",
      path: "web/mobile_estimate.json",
    });
  });

  it("is none of another part or number, and no measured report", () => {
    expect(behind(estimated("web/desktop_coverage.json"))).toBeNull();
    // Only the file's name says what it is of.
    expect(behind(estimated(MOBILE))).toBeNull();
    expect(behind(estimated("web/mobile_coverage.json", 74.5))).toBeNull();
    const measured = estimated("web/mobile_coverage.json");
    expect(
      behind({
        files: {
          ...measured.files,
          "web/mobile_coverage.json": coverage([["app/a.ts", 746, 1_000]]),
        },
      }),
    ).toBeNull();
  });

  it("must have been there when the entry was written", () => {
    const step = estimated("web/mobile_coverage.json");
    const { reports, witnesses } = evidenceOf([
      {
        files: {
          "web/mobile_coverage.json":
            step.files["web/mobile_coverage.json"] ?? null,
        },
      },
      { files: { "trending.json": trend({ scope: "mobile", percent: 74.6 }) } },
    ]);
    const [entry] = witnesses(null)("mobile");
    expect(
      entry &&
        estimateBehind(
          aClaim({ subject: "mobile" }),
          entry.numbers[0],
          reports,
        ),
    ).toBeNull();
  });

  it("makes the claim one that repeats an estimate", () => {
    const { verdict } = judgeClaim(
      aClaim({ subject: "mobile", value: 74.6 }),
      evidenceOf([nothing, estimated("web/mobile_coverage.json"), nothing]),
      aContext({ written: momentAt(2) }),
    );
    expect(verdict).toBe("estimated");
  });
});
