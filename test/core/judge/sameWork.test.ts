import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeClaim } from "../../../src/core/judge/claims.ts";
import type { ClaimContext } from "../../../src/core/judge/judgement.ts";
import type { Claim } from "../../../src/core/planning/claim.ts";
import type { ClaimVerdict } from "../../../src/core/status.ts";
import {
  aClaim,
  aContext,
  coverage,
  evidenceOf,
  momentAt,
  type Step,
} from "../../support/facts.ts";
import type { Row } from "../../support/reports.ts";

/** 6,000 lines of 10,000 in all, 60 %; the engine has 250 of 1,000, 25 %. */
const ROWS: readonly Row[] = [
  ["shop/engine.py", 250, 1_000],
  ["shop/rest.py", 5_750, 8_500],
  ["shop/idle.py", 0, 500],
];

interface Report {
  /** Subject of the commit that brings it. */
  readonly subject?: string;
  /** 1 comes between the plan (0) and the document (2), 2 with the document. */
  readonly step?: number;
  readonly measuredAt?: string;
}

const BETWEEN: Report = { step: 1 };
const TOGETHER: Report = { step: 2 };

/** The verdict on a claim of a document written with step 2, after a plan of step 0, where the only report says 60 %. */
function verdict(
  { subject = "", step = 1, measuredAt }: Report,
  claim: Partial<Claim>,
  context: Partial<ClaimContext> = {},
): ClaimVerdict {
  const steps: Step[] = [0, 1, 2, 3].map((position) =>
    position === step
      ? {
          files: {
            "coverage.json": coverage(ROWS, {
              measuredAt: measuredAt ?? null,
            }),
          },
          subject,
        }
      : { files: {} },
  );
  return judgeClaim(aClaim(claim), evidenceOf(steps), {
    ...aContext({ written: momentAt(2), alone: false }),
    ...context,
  }).verdict;
}

/** Claims that lie beside the measured number: near it, far above and far below. */
const NEAR = { value: 62 };
const ABOVE = { value: 80 };
const BELOW = { value: 40 };
const ENGINE = { subject: "engine.py", value: 80, text: "engine.py: 80 %" };

const YES = "contradicted";
const NO = "unverifiable";

describe("a report of the same plan", () => {
  const own: Report = { subject: "test(19-02): measure" };

  it("speaks against a plan's summary, however little they differ", () => {
    expect(verdict(own, NEAR, { plan: "19-02" })).toBe(YES);
    expect(verdict(own, ENGINE, { plan: "19-02" })).toBe(YES);
    expect(verdict({ ...own, ...TOGETHER }, NEAR, { plan: "19-02" })).toBe(YES);
  });

  it.each([
    ["another plan", "test(19-01): measure"],
    ["the plan of that number in another phase", "test(18-02): measure"],
    ["a decimal phase", "test(19.1-02): measure"],
    ["the phase, not a plan", "test(19): measure"],
    ["something with a number", "test(python-02): measure"],
    ["nothing", "Measure 19-02"],
  ])("is none whose commit names %s", (_, subject) => {
    expect(verdict({ subject }, NEAR, { plan: "19-02" })).toBe(NO);
    expect(verdict({ subject }, ENGINE, { plan: "19-02" })).toBe(NO);
  });

  it.each(["19-2", "019-02", "phase-19-02", "19-push-02"])(
    "is one that writes its id as %s",
    (scope) => {
      const subject = `test(${scope}): measure`;
      expect(verdict({ subject }, NEAR, { plan: "19-02" })).toBe(YES);
    },
  );

  it("is not asked where no phase is spoken of", () => {
    expect(verdict(own, NEAR, { plan: "19-02", directory: null })).toBe(NO);
  });

  it("holds even where another plan was finished since, or the report's clock is behind", () => {
    const finished = { plan: "19-02", finishedSince: () => true };
    expect(verdict(own, NEAR, finished)).toBe(YES);
    const early = { ...own, measuredAt: "2026-02-10T09:00:00" };
    expect(verdict(early, NEAR, { plan: "19-02" })).toBe(YES);
  });

  it("must have come after the work began and not after the document", () => {
    const plan = { plan: "19-02" };
    expect(verdict({ ...own, step: 0 }, NEAR, plan)).toBe(NO);
    expect(verdict({ ...own, step: 3 }, NEAR, plan)).toBe(NO);
    expect(verdict(own, NEAR, { ...plan, workBegan: momentAt(1) })).toBe(NO);
  });
});

describe("a plan that the statement names", () => {
  const first: Report = { subject: "test(19-01): measure" };
  const row = (text: string) => ({ ...NEAR, text });

  it.each([
    "19-01 | 62 %",
    "Plan 19-01 reached 62 %",
    "62 % after `19-01-PLAN.md`",
  ])("is held against the report of that plan: %s", (text) => {
    expect(verdict(first, row(text))).toBe(YES);
    expect(verdict({ subject: "test(19-02): x" }, row(text))).toBe(NO);
  });

  it.each([
    ["a range", "Coverage rose by 19-01 % to 62 %"],
    ["a date", "On 2026-02-19-01 it was 62 %"],
    ["a longer id", "v19-01.5 has 62 %"],
    ["a plan of another phase", "18-01 | 62 %"],
    ["nothing", "62 %"],
  ])("is not seen in %s", (_, text) => {
    expect(verdict(first, row(text))).toBe(NO);
  });

  it("goes before the plan whose summary says it", () => {
    const told = row("Plan 19-01 had 62 %");
    expect(verdict(first, told, { plan: "19-02" })).toBe(YES);
    expect(
      verdict({ subject: "test(19-02): x" }, told, { plan: "19-02" }),
    ).toBe(NO);
  });

  it("is denied by nothing but its own report: a total of the whole phase is another matter", () => {
    const told = { ...ABOVE, text: "19-01 | 80 %" };
    expect(verdict(TOGETHER, ABOVE, { alone: true })).toBe(YES);
    expect(verdict(TOGETHER, told, { alone: true })).toBe(NO);
    expect(verdict(BETWEEN, ABOVE)).toBe(YES);
    expect(verdict(BETWEEN, told)).toBe(NO);
    // The document's own plan may name itself.
    expect(verdict(BETWEEN, told, { plan: "19-01" })).toBe(YES);
  });

  it("is none where a statement names two", () => {
    expect(verdict(first, row("19-01 and 19-02 reached 62 %"))).toBe(NO);
    expect(verdict(first, row("19-01 (19-1, 19-01) reached 62 %"))).toBe(YES);
    expect(
      verdict(TOGETHER, row("19-01 and 19-02 reached 62 %"), { alone: true }),
    ).toBe(NO);
  });
});

describe("a report committed with the document", () => {
  it("speaks against it where it is the only document of the commit", () => {
    expect(verdict(TOGETHER, NEAR, { alone: true })).toBe(YES);
    expect(verdict(TOGETHER, BELOW, { alone: true })).toBe(YES);
    expect(verdict(TOGETHER, ENGINE, { alone: true })).toBe(YES);
  });

  it("speaks in a commit of many documents only against what is far above it", () => {
    expect(verdict(TOGETHER, ABOVE)).toBe(YES);
    expect(verdict(TOGETHER, NEAR)).toBe(NO);
    // A number below may be of an earlier day.
    expect(verdict(TOGETHER, BELOW)).toBe(NO);
    expect(verdict(TOGETHER, ENGINE)).toBe(NO);
  });

  it("needs no beginning of the work, which one that came before does", () => {
    const unknown = { alone: true, workBegan: null };
    expect(verdict(TOGETHER, NEAR, unknown)).toBe(YES);
    expect(verdict(BETWEEN, ABOVE, unknown)).toBe(NO);
  });

  it("says nothing where everything came at once, plans included", () => {
    const imported = { alone: true, workBegan: momentAt(2) };
    expect(verdict(TOGETHER, ABOVE, imported)).toBe(NO);
  });
});

describe("a report between the plan and the document", () => {
  it("speaks against a whole project's number that is five points off, either way", () => {
    expect(verdict(BETWEEN, { value: 65.05 })).toBe(YES);
    expect(verdict(BETWEEN, { value: 65.04 })).toBe(NO);
    expect(verdict(BETWEEN, { value: 54.95 })).toBe(YES);
    expect(verdict(BETWEEN, { value: 54.96 })).toBe(NO);
  });

  it("measures how far a range is off from its nearer end", () => {
    expect(verdict(BETWEEN, { value: 65.05, upper: 90 })).toBe(YES);
    expect(verdict(BETWEEN, { value: 10, upper: 54.96 })).toBe(NO);
    expect(verdict(BETWEEN, { value: 10, upper: 54.95 })).toBe(YES);
  });

  it("says nothing once another plan was finished", () => {
    const finishedSince = () => true;
    expect(verdict(BETWEEN, ABOVE, { finishedSince })).toBe(NO);
    expect(verdict(TOGETHER, NEAR, { alone: true, finishedSince })).toBe(NO);
  });

  it("asks about the commit that brought it", () => {
    const asked: unknown[] = [];
    verdict({ ...BETWEEN, subject: "test(18-04): x" }, ABOVE, {
      finishedSince: (measured) => {
        asked.push(measured);
        return false;
      },
    });
    expect(asked).toMatchObject([{ introduced: momentAt(1), scope: "18-04" }]);
  });

  it("says nothing about a plan's summary when another plan or phase made it", () => {
    const plan = { plan: "19-02" };
    expect(verdict(BETWEEN, ABOVE, plan)).toBe(YES);
    expect(verdict({ subject: "test(ci): x" }, ABOVE, plan)).toBe(YES);
    expect(verdict({ subject: "test(19-01): x" }, ABOVE, plan)).toBe(NO);
    expect(verdict({ subject: "test(18): x" }, ABOVE, plan)).toBe(NO);
    expect(verdict({ subject: "test(19-01): x" }, ABOVE)).toBe(YES);
  });

  it("says nothing when it says itself that it was made before the work began", () => {
    const made = (measuredAt: string, more: Partial<ClaimContext> = {}) =>
      verdict({ ...BETWEEN, measuredAt }, ABOVE, more);
    // The work began at 09:00; zones span 14 hours.
    expect(made("2026-02-17T18:59:59")).toBe(NO);
    expect(made("2026-02-17T19:00:00")).toBe(YES);
    expect(made("2026-02-17T18:59:59Z")).toBe(NO);
    expect(made("2026-02-17T18:59:59+05:30")).toBe(NO);
    expect(made("yesterday")).toBe(YES);
  });

  it("measures by the document's own date where nothing tells when the work began", () => {
    const unknown = { alone: true, workBegan: null };
    const made = (measuredAt: string) =>
      verdict({ ...TOGETHER, measuredAt }, ABOVE, unknown);
    // Three days and 14 hours before 11:00.
    expect(made("2026-02-14T20:59:59Z")).toBe(NO);
    expect(made("2026-02-14T21:00:00Z")).toBe(YES);
  });
});

describe("a total of something smaller than the project", () => {
  const of = (n: number, d: number) => ({ value: 80, fraction: { n, d } });

  it.each<[string, Report, Partial<ClaimContext>]>([
    ["together and alone", TOGETHER, { alone: true }],
    ["together", TOGETHER, {}],
    ["between", BETWEEN, {}],
    ["of its plan", { subject: "test(19-02): x" }, { plan: "19-02" }],
  ])(
    "is not held against the report of the whole: %s",
    (_, report, context) => {
      expect(verdict(report, of(8_800, 11_000), context)).toBe(YES);
      expect(verdict(report, of(8_808, 11_010), context)).toBe(NO);
      expect(verdict(report, of(7_192, 8_990), context)).toBe(NO);
      expect(verdict(report, of(800, 1_000), context)).toBe(NO);
    },
  );
});

describe("one file's number", () => {
  it.each([
    "| engine.py | 1,000 | 80 % |",
    "engine.py: 80 % of 1000 lines",
    "engine.py 80 % (1000 stmts)",
  ])("is denied where the document quotes the report's lines: %s", (text) => {
    expect(verdict(BETWEEN, { ...ENGINE, text })).toBe(YES);
  });

  it.each([
    "engine.py: 80 %",
    "engine.py: 80 %, 1000 tests",
    "engine.py: 80 %, 1000 new tests",
    "engine.py: 80 %, 1000% more",
    "engine.py: 80 %, 0.1000 s",
    "engine.py: 80 %, 1000.5 s",
    "engine.py: 80 %, in x1000",
    "engine.py: 80 %, 11,000 lines",
  ])("is not denied by a number of something else: %s", (text) => {
    expect(verdict(BETWEEN, { ...ENGINE, text })).toBe(NO);
  });

  it("is not denied by a percentage that is a file's line count by chance, nor by a count of two digits", () => {
    const steps: Step[] = [
      { files: {} },
      {
        files: {
          "coverage.json": coverage([
            ["a.py", 20, 100],
            ["b.py", 20, 99],
          ]),
        },
      },
      { files: {} },
    ];
    const claim = (text: string, subject = "a.py") =>
      judgeClaim(
        aClaim({ subject, value: 80, text }),
        evidenceOf(steps),
        aContext({ written: momentAt(2) }),
      ).verdict;
    expect(claim("a.py: 80 %, pass rate 100%")).toBe(NO);
    expect(claim("a.py: 80 %, pass rate 100 %")).toBe(NO);
    expect(claim("a.py: 80 % of 100 lines")).toBe(YES);
    expect(claim("b.py: 80 % of 99 lines", "b.py")).toBe(NO);
  });

  it("is denied by a fraction of as many lines, and by that alone", () => {
    const of = (n: number, d: number) =>
      verdict(BETWEEN, {
        ...ENGINE,
        text: "1000 lines",
        fraction: { n, d },
      });
    expect(of(800, 1_000)).toBe(YES);
    expect(of(1_600, 2_000)).toBe(NO);
  });

  it("is denied by the report that counts as missing what the document counts as covered", () => {
    const swapped = { ...ENGINE, value: 75, fraction: { n: 750, d: 1_000 } };
    expect(verdict(TOGETHER, swapped)).toBe(YES);
    expect(verdict(BETWEEN, swapped)).toBe(YES);
    const other = { ...ENGINE, value: 74.9, fraction: { n: 749, d: 1_000 } };
    expect(verdict(TOGETHER, other)).toBe(NO);
    const larger = { ...ENGINE, value: 68.2, fraction: { n: 750, d: 1_100 } };
    expect(verdict(TOGETHER, larger)).toBe(NO);
  });

  it("is not denied by a report in which nobody ran the file, nor of a directory of that name", () => {
    const alone = { alone: true };
    const idle = { ...ENGINE, subject: "idle.py" };
    expect(verdict(TOGETHER, ENGINE, alone)).toBe(YES);
    expect(verdict(TOGETHER, idle, alone)).toBe(NO);
    expect(verdict(TOGETHER, { ...ABOVE, subject: "shop" }, alone)).toBe(NO);
  });
});

describe("a document that quotes both totals of a report", () => {
  const quoting = { counts: [6_000, 10_000], workBegan: null };
  const shop = { ...ABOVE, subject: "shop" };
  const whole = (value: number, overrides: Partial<Claim> = {}) => [
    aClaim({ value, tolerance: 0.5, ...overrides }),
  ];

  it("was written from it: its parts are held against that report, whenever it came", () => {
    expect(verdict({ step: 0 }, ENGINE, quoting)).toBe(YES);
    expect(verdict({ step: 0 }, shop, quoting)).toBe(YES);
    expect(
      verdict({ step: 0 }, ENGINE, { ...quoting, wholes: whole(60) }),
    ).toBe(YES);
  });

  it("was written from it, too, when the total stands beside its percentage with two decimals", () => {
    const total = (value: number, tolerance: number) =>
      verdict({ step: 0 }, ENGINE, {
        workBegan: null,
        counts: [10_000],
        wholes: whole(value, { tolerance }),
      });
    expect(total(60, 0.005)).toBe(YES);
    expect(total(60, 0.05)).toBe(NO);
    expect(total(60.02, 0.005)).toBe(NO);
  });

  it("was not, when only one of the totals stands in it", () => {
    expect(verdict(BETWEEN, ENGINE, { counts: [6_000] })).toBe(NO);
    expect(verdict(BETWEEN, ENGINE, { counts: [10_000] })).toBe(NO);
    expect(verdict(BETWEEN, shop, { counts: [4_000, 10_000] })).toBe(NO);
  });

  it("tells of before and after when it has another number for the whole project: a part may be of either", () => {
    const two = [...whole(60, { historic: true }), ...whole(74)];
    expect(verdict(BETWEEN, ENGINE, { ...quoting, wholes: two })).toBe(NO);
    expect(
      verdict(BETWEEN, ENGINE, {
        ...quoting,
        wholes: [aClaim({ value: "most" })],
      }),
    ).toBe(NO);
    expect(
      verdict(BETWEEN, ENGINE, {
        ...quoting,
        wholes: whole(60, { aspect: "branch" }),
      }),
    ).toBe(NO);
  });

  it("is never contradicted in its number for the whole project by the report it quotes as an earlier one", () => {
    expect(verdict({ step: 0 }, ABOVE, quoting)).toBe(NO);
  });

  it("does not speak through a report that came later, nor of a file that nobody ran", () => {
    expect(verdict({ step: 3 }, ENGINE, quoting)).toBe(NO);
    expect(
      verdict({ step: 0 }, { ...ENGINE, subject: "idle.py" }, quoting),
    ).toBe(NO);
  });

  it("is known by statements where a report counts no lines, and by nothing where it counts neither", () => {
    const totals = {
      lines: null,
      statements: { covered: 6_000, total: 10_000 },
      branches: null,
      functions: null,
    };
    const judged = (statements: typeof totals.statements | null) =>
      judgeClaim(
        aClaim(ENGINE),
        evidenceOf([
          {
            files: {
              "coverage.json": coverage(ROWS, {
                totals: { ...totals, statements },
              }),
            },
          },
          { files: {} },
        ]),
        aContext({ ...quoting, written: momentAt(1) }),
      ).verdict;
    expect(judged(totals.statements)).toBe(YES);
    expect(judged(null)).toBe(NO);
  });
});

describe("laws", () => {
  const contexts = fc.record({
    workBegan: fc.option(fc.nat(3).map((at) => momentAt(at))),
    written: fc.nat(3).map((at) => momentAt(at)),
    alone: fc.boolean(),
    finished: fc.boolean(),
    plan: fc.constantFrom(null, "19-01", "19-02"),
    counts: fc.constantFrom([], [6_000, 10_000]),
  });
  const reports = fc.record({
    step: fc.nat(3),
    subject: fc.constantFrom(
      "",
      "test(19-01): x",
      "test(19-02): x",
      "test(18-02): x",
    ),
  });
  const claims = fc.record({
    subject: fc.constantFrom("overall", "engine.py", "idle.py", "shop"),
    value: fc.nat(100),
    text: fc.oneof(
      fc.string(),
      fc.constantFrom("19-01 | 1000", "1,000 lines", "19-02"),
    ),
  });
  const judged = (
    report: Report,
    claim: Partial<Claim>,
    { finished, ...context }: { finished: boolean } & Partial<ClaimContext>,
  ) => verdict(report, claim, { ...context, finishedSince: () => finished });

  it("no report contradicts that came after the document, or before work whose beginning is known, save one that is quoted", () => {
    fc.assert(
      fc.property(reports, claims, contexts, (report, claim, context) => {
        if (judged(report, claim, context) !== YES) return;
        expect(report.step).toBeLessThanOrEqual(context.written.position);
        if (context.counts.length > 0) return;
        expect(report.step).toBeGreaterThan(context.workBegan?.position ?? -1);
      }),
      { numRuns: 500 },
    );
  });

  it("what is finished in between and who else was in the commit can only take a contradiction away", () => {
    fc.assert(
      fc.property(reports, claims, contexts, (report, claim, context) => {
        const before = judged(report, claim, {
          ...context,
          alone: true,
          finished: false,
        });
        if (judged(report, claim, context) === YES) expect(before).toBe(YES);
      }),
      { numRuns: 500 },
    );
  });
});
