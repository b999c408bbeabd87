import { coverageJson, pytestLog, source, STATEMENTS } from "./artifacts.ts";

/** One commit of the story: what it writes, and what it deletes (null). */
export interface StoryCommit {
  readonly subject: string;
  /** ISO 8601 UTC */
  readonly at: string;
  readonly files: Readonly<Record<string, string | null>>;
}

const P12 = ".planning/phases/12-payment-core";
const P19 = ".planning/phases/19-coverage-push-and-bug-fixes";
const COVERAGE = "reports/coverage.json";
const LOG = "reports/pytest.log";

const BEFORE = {
  "shop/catalog.py": 96,
  "shop/checkout.py": 66,
  "shop/inventory.py": 60,
  "shop/notifications.py": 30,
  "shop/payments.py": 60,
  "shop/pricing.py": 60,
};
const AFTER_12_01 = {
  ...BEFORE,
  "shop/checkout.py": 154,
  "shop/inventory.py": 108,
};
const AFTER_12_02 = { ...AFTER_12_01, "shop/payments.py": 99 };
const AFTER_GAP_01 = { ...AFTER_12_02, "shop/payments.py": 144 };
const AFTER_19_02 = {
  ...AFTER_GAP_01,
  "shop/catalog.py": 110,
  "shop/pricing.py": 96,
};
const AFTER_19_03 = { ...AFTER_19_02, "shop/pricing.py": 124 };
const REGRESSED = { ...AFTER_19_03, "shop/pricing.py": 70 };
const AFTER_19_04 = { ...AFTER_19_03, "shop/catalog.py": 156 };

/** Only the two packages that the payments team runs on its own. */
const NARROW = {
  "shop/payments.py": 190,
  "shop/checkout.py": 180,
};

const roadmap = (done12: boolean, done19: boolean) => `# Roadmap: shop

## Phases

- [${done12 ? "x" : " "}] **Phase 12: Payment core** - the three files that move money are tested
- [${done19 ? "x" : " "}] **Phase 19: Coverage push and bug fixes** - the whole shop reaches 55-60 %

## Phase Details

### Phase 12: Payment core
**Goal**: The files that move money are covered by tests that would notice a mistake
**Success Criteria** (what must be TRUE):
  1. All 3 Tier 1 files have >= 50% coverage
  2. Refunds and retries are tested against the ledger

### Phase 19: Coverage push and bug fixes
**Goal**: Overall coverage reaches 55-60% and the test suite can be trusted
**Success Criteria** (what must be TRUE):
  1. Overall coverage reaches 55-60%
  2. Test pass rate is 98%+
`;

const plan = (
  phase: string,
  id: string,
  {
    wave,
    truths,
    artifact,
    objective,
    gapClosure = false,
  }: {
    wave: number;
    truths: readonly string[];
    artifact: string;
    objective: string;
    gapClosure?: boolean;
  },
) => `---
phase: ${phase}
plan: ${id}
type: execute
wave: ${wave}
depends_on: []
files_modified:
  - ${artifact}
autonomous: true
${gapClosure ? "gap_closure: true\n" : ""}
must_haves:
  truths:
${truths.map((truth) => `    - "${truth}"`).join("\n")}
  artifacts:
    - path: "${artifact}"
      provides: "Tests"
      min_lines: 3
  key_links: []
---

<objective>
${objective}
</objective>

<success_criteria>
${truths.map((truth) => `- [ ] ${truth}`).join("\n")}
</success_criteria>
`;

const summary = (phase: string, id: string, body: string) => `---
phase: ${phase}
plan: ${id}
status: complete
---

${body}
`;

const tests = (name: string, cases: number) =>
  `import pytest\n\nfrom shop import ${name}\n\n\n${Array.from(
    { length: cases },
    (_, index) =>
      `def test_${name}_${index + 1}(order):\n    assert ${name}.${name}_step_${index + 1}(order)\n`,
  ).join("\n\n")}`;

/** The plot, oldest first. The first four commits are there before anybody watches. */
export const STORY: readonly StoryCommit[] = [
  {
    subject: "Start the shop",
    at: "2026-03-02T09:00:00Z",
    files: {
      "README.md":
        "# shop\n\nAn invented online shop. It exists to show phasewatch at work.\n",
      ".planning/ROADMAP.md": roadmap(false, false),
      ...Object.fromEntries(
        Object.keys(STATEMENTS).map((path) => [path, source(path)]),
      ),
    },
  },
  {
    subject: "docs(12): plan the payment core",
    at: "2026-03-02T10:00:00Z",
    files: {
      [`${P12}/12-01-PLAN.md`]: plan("12-payment-core", "01", {
        wave: 1,
        truths: [
          "All 3 Tier 1 files have >= 50% coverage",
          "Refunds are tested against the ledger",
        ],
        artifact: "tests/test_checkout.py",
        objective:
          "Test what moves money: shop/checkout.py, shop/inventory.py and shop/payments.py (the 3 Tier 1 files).",
      }),
      [`${P12}/12-02-PLAN.md`]: plan("12-payment-core", "02", {
        wave: 2,
        truths: ["payments.py has 50%+ coverage"],
        artifact: "tests/test_payments.py",
        objective: "Test the payment provider's retries and refunds.",
      }),
    },
  },
  {
    subject: "docs(19): plan the coverage push",
    at: "2026-03-02T10:30:00Z",
    files: {
      [`${P19}/19-01-PLAN.md`]: plan("19-coverage-push-and-bug-fixes", "01", {
        wave: 1,
        truths: [
          "Overall coverage reaches 55-60% (from 31%)",
          "catalog.py has 40%+ coverage",
        ],
        artifact: "tests/test_catalog.py",
        objective: "Raise the coverage of the whole shop.",
      }),
      [`${P19}/19-02-PLAN.md`]: plan("19-coverage-push-and-bug-fixes", "02", {
        wave: 2,
        truths: ["Test pass rate is 98%+", "No flaky tests"],
        artifact: "tests/test_pricing.py",
        objective: "Make the suite trustworthy and fix what it finds.",
      }),
    },
  },
  {
    subject: "ci: measure coverage before the work begins",
    at: "2026-03-02T11:00:00Z",
    files: { [COVERAGE]: coverageJson(BEFORE, "2026-03-02T10:58:11.402113") },
  },
  {
    subject: "test(12-01): checkout and inventory",
    at: "2026-03-03T15:00:00Z",
    files: {
      "tests/test_checkout.py": tests("checkout", 40),
      [COVERAGE]: coverageJson(AFTER_12_01, "2026-03-03T14:51:40.112874"),
      [`${P12}/12-01-SUMMARY.md`]: summary(
        "12-payment-core",
        "01",
        `# Phase 12 Plan 01: checkout and inventory

## Results

| File | Before | After | Target |
|---|---|---|---|
| shop/checkout.py | 30.0% | 70.0% (154/220) | 50% |
| shop/inventory.py | 33.3% | 60.0% (108/180) | 50% |

40 tests were added for the checkout.`,
      ),
    },
  },
  {
    subject: "test(12-02): payments",
    at: "2026-03-04T16:30:00Z",
    files: {
      "tests/test_payments.py": tests("payments", 24),
      [COVERAGE]: coverageJson(AFTER_12_02, "2026-03-04T16:21:09.730021"),
      [`${P12}/12-02-SUMMARY.md`]: summary(
        "12-payment-core",
        "02",
        `# Phase 12 Plan 02: payments

## Results

- shop/payments.py coverage is 41.3% (99/240)
- The provider's sandbox was down for two days, so refunds are only partly tested`,
      ),
    },
  },
  {
    subject: "docs(12): verify the payment core",
    at: "2026-03-05T09:00:00Z",
    files: {
      [`${P12}/12-VERIFICATION.md`]: `---
phase: 12-payment-core
verified: 2026-03-05T08:55:00Z
status: gaps_found
score: 1/2 must-haves verified
gaps:
  - truth: "All 3 Tier 1 files have >= 50% coverage"
    status: failed
    reason: "payments.py is at 41.3%"
    artifacts:
      - path: "shop/payments.py"
        issue: "99 of 240 statements"
    missing:
      - "Tests for refunds and retries in shop/payments.py"
  - truth: "Refunds are tested against the ledger"
    status: verified
    reason: "tests/test_payments.py covers the ledger entries"
---

# Phase 12 Verification

**Phase Goal:** The files that move money are covered by tests
**Status:** gaps_found
`,
    },
  },
  {
    subject: "docs(12): plan the gap closure",
    at: "2026-03-05T11:00:00Z",
    files: {
      [`${P12}/12-GAP-01-PLAN.md`]: plan("12-payment-core", "GAP-01", {
        wave: 3,
        truths: ["payments.py has 50%+ coverage"],
        artifact: "tests/test_refunds.py",
        objective: "Close the gap in shop/payments.py.",
        gapClosure: true,
      }),
    },
  },
  {
    subject: "test(12-GAP-01): refunds and retries",
    at: "2026-03-06T14:00:00Z",
    files: {
      "tests/test_refunds.py": tests("payments", 30),
      [COVERAGE]: coverageJson(AFTER_GAP_01, "2026-03-06T13:52:47.006552"),
      [`${P12}/12-GAP-01-SUMMARY.md`]: summary(
        "12-payment-core",
        "GAP-01",
        `# Phase 12 GAP-01: refunds and retries

- shop/payments.py coverage: 41.3% → 60.0% (144/240)`,
      ),
    },
  },
  {
    subject: "docs(12): verify again, all must-haves hold",
    at: "2026-03-06T16:00:00Z",
    files: {
      ".planning/ROADMAP.md": roadmap(true, false),
      [`${P12}/12-VERIFICATION.md`]: `---
phase: 12-payment-core
verified: 2026-03-06T15:55:00Z
status: passed
score: 2/2 must-haves verified
gaps: []
---

# Phase 12 Verification

**Phase Goal:** The files that move money are covered by tests
**Status:** passed
`,
    },
  },
  {
    subject: "test(19-01): catalog, coverage numbers put in by hand",
    at: "2026-03-10T17:45:00Z",
    files: {
      "tests/test_catalog.py": tests("catalog", 36),
      [COVERAGE]: `${JSON.stringify(
        {
          note: "Estimated from the last run; the CI runner was full",
          files: {
            "shop/catalog.py": {
              summary: {
                covered_lines: 180,
                num_statements: 300,
                percent_covered: 60.0,
              },
            },
            "shop/pricing.py": {
              summary: {
                covered_lines: 112,
                num_statements: 160,
                percent_covered: 70.0,
              },
            },
          },
          totals: {
            covered_lines: 744,
            num_statements: 1200,
            percent_covered: 62.0,
          },
        },
        null,
        2,
      )}\n`,
      [`${P19}/19-01-SUMMARY.md`]: summary(
        "19-coverage-push-and-bug-fixes",
        "01",
        `# Phase 19 Plan 01: catalog

## Results

- Overall coverage is 62.0%
- catalog.py coverage is 60.0%`,
      ),
    },
  },
  {
    subject: "test(19-02): pricing; a full run of the suite",
    at: "2026-03-11T18:10:00Z",
    files: {
      "tests/test_pricing.py": tests("pricing", 20),
      [COVERAGE]: coverageJson(AFTER_19_02, "2026-03-11T18:02:30.551904"),
      [LOG]: pytestLog({ passed: 84, failed: 31, errors: 5 }, 61.4),
      [`${P19}/19-02-SUMMARY.md`]: summary(
        "19-coverage-push-and-bug-fixes",
        "02",
        `# Phase 19 Plan 02: pricing and the suite

## Results

- 100% pass rate (120/120 tests passing)
- pricing.py coverage is 60.0% (96/160)`,
      ),
    },
  },
  {
    subject: "docs(19): verify the coverage push",
    at: "2026-03-12T09:20:00Z",
    files: {
      [`${P19}/19-VERIFICATION.md`]: `---
phase: 19-coverage-push-and-bug-fixes
verified: 2026-03-12T09:15:00Z
status: gaps_found
score: 1/4 must-haves verified
gaps:
  - truth: "Overall coverage reaches 55-60% (from 31%)"
    status: failed
    reason: "reports/coverage.json says 53.5% (642/1200)"
    missing:
      - "Tests for shop/catalog.py and shop/pricing.py"
  - truth: "Test pass rate is 98%+"
    status: failed
    reason: "The log says 84 of 120, not 120 of 120"
    missing:
      - "Fix 31 failing tests and 5 errors"
  - truth: "No flaky tests"
    status: partial
    reason: "Only one run was made"
    missing:
      - "Three runs in a row"
---

# Phase 19 Verification

**Phase Goal:** Overall coverage reaches 55-60% and the test suite can be trusted
**Status:** gaps_found
`,
    },
  },
  {
    subject: "docs(19): plan the gap closure",
    at: "2026-03-12T11:00:00Z",
    files: {
      [`${P19}/19-03-PLAN.md`]: plan("19-coverage-push-and-bug-fixes", "03", {
        wave: 3,
        truths: ["All 36 test failures are fixed", "Test pass rate is 98%+"],
        artifact: "tests/conftest.py",
        objective: "Fix the ledger's fixtures and the refund tests.",
        gapClosure: true,
      }),
      [`${P19}/19-04-PLAN.md`]: plan("19-coverage-push-and-bug-fixes", "04", {
        wave: 3,
        truths: ["Overall coverage reaches 55-60% (from 53.5%)"],
        artifact: "tests/test_catalog_search.py",
        objective: "Test the catalog's search.",
        gapClosure: true,
      }),
    },
  },
  {
    subject: "fix(19-03): ledger fixtures; the earlier summary corrected",
    at: "2026-03-13T15:40:00Z",
    files: {
      "tests/conftest.py":
        "import pytest\n\n\n@pytest.fixture\ndef order():\n    return object()\n",
      [COVERAGE]: coverageJson(AFTER_19_03, "2026-03-13T15:31:18.220457"),
      [LOG]: pytestLog({ passed: 120, failed: 0, errors: 0 }, 48.9),
      [`${P19}/19-03-SUMMARY.md`]: summary(
        "19-coverage-push-and-bug-fixes",
        "03",
        `# Phase 19 Plan 03: fixtures

- 100% pass rate (120/120 tests passing)
- pricing.py coverage: 60.0% → 77.5% (124/160)`,
      ),
      [`${P19}/19-02-SUMMARY.md`]: summary(
        "19-coverage-push-and-bug-fixes",
        "02",
        `# Phase 19 Plan 02: pricing and the suite

## Results

- pricing.py coverage is 60.0% (96/160)

Corrected: an earlier version of this summary named a pass rate that the log did not show.`,
      ),
    },
  },
  {
    subject: "ci: run only the payments team's packages",
    at: "2026-03-16T10:00:00Z",
    files: { [COVERAGE]: coverageJson(NARROW, "2026-03-16T09:54:02.918330") },
  },
  {
    subject: "ci: measure the whole shop again",
    at: "2026-03-16T13:00:00Z",
    files: {
      [COVERAGE]: coverageJson(AFTER_19_03, "2026-03-16T12:51:55.004417"),
    },
  },
  {
    subject: "refactor: drop the old pricing tests",
    at: "2026-03-17T16:20:00Z",
    files: {
      "tests/test_pricing.py": null,
      [COVERAGE]: coverageJson(REGRESSED, "2026-03-17T16:11:27.663208"),
      [LOG]: pytestLog({ passed: 100, failed: 0, errors: 0 }, 41.2),
    },
  },
  {
    subject: "docs(19-04): report the gap closure as complete",
    at: "2026-03-18T09:00:00Z",
    files: {
      "tests/test_catalog_search.py": tests("catalog", 12),
      [`${P19}/19-04-SUMMARY.md`]: summary(
        "19-coverage-push-and-bug-fixes",
        "04",
        `# Phase 19 Plan 04: catalog search

- 12 tests were added for the catalog's search`,
      ),
      [`${P19}/19-GAP-CLOSURE-REPORT.md`]: `# Phase 19 Gap Closure Report

**Status:** ✅ COMPLETE - All gaps closed

## Results

- Overall coverage is 57.0%
- 100% pass rate (120/120 tests passing)
`,
    },
  },
  {
    subject: "test: pricing is tested again",
    at: "2026-03-18T15:00:00Z",
    files: {
      "tests/test_pricing.py": tests("pricing", 32),
      [COVERAGE]: coverageJson(AFTER_19_03, "2026-03-18T14:52:10.337765"),
      [LOG]: pytestLog({ passed: 132, failed: 0, errors: 0 }, 52.3),
    },
  },
  {
    subject: "test(19-04): the catalog's search; verified, phase 19 is done",
    at: "2026-03-19T14:00:00Z",
    files: {
      ".planning/ROADMAP.md": roadmap(true, true),
      "tests/test_catalog_search.py": tests("catalog", 60),
      [COVERAGE]: coverageJson(AFTER_19_04, "2026-03-19T13:50:36.145209"),
      [LOG]: pytestLog({ passed: 180, failed: 0, errors: 0 }, 66.1),
      [`${P19}/19-GAP-CLOSURE-REPORT.md`]: `# Phase 19 Gap Closure Report

**Status:** ✅ COMPLETE - All gaps closed

## Results

- Overall coverage is 59.7% (716/1200)
- 100% pass rate (180/180 tests passing)
`,
      [`${P19}/19-VERIFICATION.md`]: `---
phase: 19-coverage-push-and-bug-fixes
verified: 2026-03-19T13:55:00Z
status: passed
score: 4/4 must-haves verified
gaps: []
---

# Phase 19 Verification

**Phase Goal:** Overall coverage reaches 55-60% and the test suite can be trusted
**Status:** passed
`,
    },
  },
];

/** How many commits are there at first sight. */
export const FIRST_SIGHT = 4;
