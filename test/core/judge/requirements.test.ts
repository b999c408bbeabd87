import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeRepository } from "../../../src/core/judge/phaseStatus.ts";
import type {
  PhaseStatus,
  RequirementStatus,
} from "../../../src/core/status.ts";
import {
  coverage,
  factsOf,
  results,
  trend,
  counted,
  type Step,
} from "../../support/facts.ts";

const DIRECTORY = ".planning/phases/19-payments";
const LIST = ".planning/REQUIREMENTS.md";

function phases(...steps: Step[]): readonly PhaseStatus[] {
  return judgeRepository(factsOf(steps)).phases;
}

/** The requirements of phase 19; its files by their bare names. */
function requirements(
  files: Readonly<Record<string, string>>,
  more: Step["files"] = {},
): readonly RequirementStatus[] {
  const placed = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name.startsWith(".") ? name : `${DIRECTORY}/${name}`,
      text,
    ]),
  );
  const [only, ...others] = phases({ files: { ...placed, ...more } });
  expect(others).toEqual([]);
  return only?.requirements ?? [];
}

/** `PAY-01 satisfied`. */
function verdicts(given: readonly RequirementStatus[]): string[] {
  return given.map(({ id, verdict }) => `${id} ${verdict}`);
}

const list = (items: readonly string[], rows: readonly string[] = []) =>
  [
    "# Requirements",
    "",
    ...items.map((item) => `- ${item}`),
    "",
    "| Requirement | Phase | Status |",
    "|---|---|---|",
    ...rows.map((row) => `| ${row} |`),
  ].join("\n");
const plan = (fields = "", truths: readonly string[] = []) =>
  `---\n${fields}must_haves:\n  truths:\n${truths.map((truth) => `    - "${truth}"\n`).join("")}---\n# Plan\n`;
const summary = (completed: string) =>
  `---\nrequirements-completed: [${completed}]\n---\n# Summary\n`;
const verification = (...rows: string[]) =>
  [
    "---",
    "status: gaps_found",
    "---",
    "## Requirements Coverage",
    "",
    "| Requirement | Status |",
    "|---|---|",
    ...rows.map((row) => `| ${row} |`),
  ].join("\n");

describe("the requirements of a phase", () => {
  it("are those that the list traces to it, the roadmap maps to it and its plans claim, ordered by id", () => {
    const given = requirements({
      [LIST]: list(
        ["**PAY-10**: Taxes", "**PAY-2**: Refunds", "**PAY-3**: Later"],
        ["PAY-2 | Phase 19 | Pending", "PAY-3 | Phase 20 | Pending"],
      ),
      ".planning/ROADMAP.md":
        "### Phase 19: Payments\n\n**Requirements**: PAY-10, COV-B-01 (80% of the backend)\n",
      "19-01-PLAN.md": plan("requirements: [FEE-01]\n"),
      "19-02-PLAN.md": plan("", ["RPT-01: Reports are printed"]),
    });
    expect(verdicts(given)).toEqual([
      "COV-B-01 unknown",
      "FEE-01 unknown",
      "PAY-2 unknown",
      "PAY-10 unknown",
      "RPT-01 unknown",
    ]);
    expect(given.map(({ path, line }) => `${path}:${line}`)).toEqual([
      ".planning/ROADMAP.md:3",
      `${DIRECTORY}/19-01-PLAN.md:2`,
      `${LIST}:4`,
      `${LIST}:3`,
      `${DIRECTORY}/19-02-PLAN.md:4`,
    ]);
    expect(given.map(({ text }) => text)).toEqual([
      "80% of the backend",
      "",
      "Refunds",
      "Taxes",
      "Reports are printed",
    ]);
  });

  it("name the plans that take them on, each once", () => {
    const [pay] = requirements({
      [LIST]: list(["**PAY-01**: Refunds"]),
      "19-01-PLAN.md": plan("requirements: [PAY-01]\n", ["PAY-01: Refunds"]),
      "19-02-PLAN.md": plan("", ["Refunds work (PAY-01 requirement)"]),
      "19-03-PLAN.md": plan("", ["Nothing of it"]),
    });
    expect(pay?.plans).toEqual(["19-01", "19-02"]);
  });

  it("are not made of names that only look like an id", () => {
    expect(
      requirements({
        "19-01-PLAN.md": plan("", [
          "All texts are UTF-8 and dates ISO-8601",
          "Sums are checked with CRC-32 and logged (see LOG-12)",
          "GAP-02: closed",
        ]),
      }),
    ).toEqual([]);
  });

  it("carry what documents say of them, with the time", () => {
    const [pay] = requirements({
      [LIST]: list(
        ["[x] **PAY-01**: Refunds"],
        ["PAY-01 | Phase 19 | Complete"],
      ),
      "19-01-SUMMARY.md": summary("PAY-01"),
      "19-VERIFICATION.md": verification("PAY-01 | ✓ SATISFIED"),
    });
    expect(pay?.says).toEqual(
      [
        [LIST, 3, "[x] ticked"],
        [LIST, 7, "Complete"],
        [`${DIRECTORY}/19-01-SUMMARY.md`, 2, "listed as completed"],
        [`${DIRECTORY}/19-VERIFICATION.md`, 8, "SATISFIED"],
      ].map(([path, line, says]) => ({
        path,
        line,
        says,
        at: "2026-02-18T09:00:00.000Z",
      })),
    );
  });
});

describe("the documents' own word", () => {
  const word = (
    files: Readonly<Record<string, string>>,
    rows = ["PAY-01 | Phase 19 | Pending"],
  ) => {
    const given = requirements({
      [LIST]: list(["**PAY-01**: Refunds", "**PAY-02**: Taxes"], rows),
      "19-01-PLAN.md": plan(),
      ...files,
    });
    const [first] = given;
    return `${first?.verdict}: ${first?.why}`;
  };

  it("is satisfied when verification and summary say so, and never taken for a measurement", () => {
    expect(
      word({
        "19-01-SUMMARY.md": summary("PAY-01"),
        "19-VERIFICATION.md": verification("PAY-01 | ✓ SATISFIED"),
      }),
    ).toBe(
      "satisfied: 19-VERIFICATION.md:8 says “SATISFIED”, and 19-01-SUMMARY.md:2 lists it as completed; nothing measures it.",
    );
  });

  it("needs no summary where none lists requirements", () => {
    const files = {
      "19-VERIFICATION.md": verification("PAY-01 | ✓ SATISFIED"),
    };
    expect(word(files)).toMatch(/^satisfied: /);
    expect(word({ ...files, "19-01-SUMMARY.md": summary("PAY-02") })).toBe(
      "partial: 19-VERIFICATION.md:8 says “SATISFIED”; no summary lists it as completed.",
    );
  });

  it.each([
    ["unsatisfied", "PAY-01 | ✗ BLOCKED"],
    ["partial", "PAY-01 | ⚠ PARTIAL"],
    ["unknown", "PAY-01 | ? NEEDS HUMAN"],
    ["unknown", "PAY-01 | see below"],
    ["unknown", "PAY-01 | ❔"],
  ])("is %s by the row %s", (verdict, row) => {
    expect(word({ "19-VERIFICATION.md": verification(row) })).toMatch(
      new RegExp(`^${verdict}: 19-VERIFICATION.md:8 `),
    );
  });

  it("is partial when only a summary speaks", () => {
    expect(word({ "19-01-SUMMARY.md": summary("PAY-01") })).toBe(
      "partial: 19-01-SUMMARY.md:2 lists it as completed; no verification answers it.",
    );
  });

  it("is orphaned when the verification's table leaves it out", () => {
    const files = {
      "19-VERIFICATION.md": verification("PAY-02 | ✓ SATISFIED"),
    };
    expect(word(files)).toBe(
      "orphaned: REQUIREMENTS.md:8 gives it to the phase; 19-VERIFICATION.md has no row for it.",
    );
    const elsewhere = ["PAY-01 | Phase 20 | Pending"];
    const claimed = { "19-01-PLAN.md": plan("requirements: [PAY-01]\n") };
    expect(word({ ...files, ...claimed }, elsewhere)).toMatch(/^unknown: /);
  });

  it("is unknown when nobody speaks, or the verification has no table at all", () => {
    expect(word({})).toBe(
      "unknown: No verification or summary of the phase answers it.",
    );
    expect(
      word({ "19-VERIFICATION.md": "---\nstatus: passed\n---\n# Fine\n" }),
    ).toMatch(/^unknown: /);
  });

  it("is that of the verification that counts", () => {
    const [, status] = phases(
      {
        files: {
          ".planning/phases/18-before/18-01-PLAN.md": plan(),
          [`${DIRECTORY}/19-01-PLAN.md`]: plan("requirements: [PAY-01]\n"),
          [`${DIRECTORY}/19-VERIFICATION.md`]:
            verification("PAY-01 | ✗ BLOCKED"),
        },
      },
      {
        files: {
          [`${DIRECTORY}/19-FINAL-VERIFICATION.md`]: verification(
            "PAY-01 | ✓ SATISFIED",
          ),
        },
      },
    );
    expect(verdicts(status?.requirements ?? [])).toEqual(["PAY-01 satisfied"]);
  });
});

describe("a measured target answers before any document", () => {
  const files = {
    [LIST]: list(
      ["[x] **COV-B-01**: Overall coverage reaches 80%"],
      ["COV-B-01 | Phase 19 | Complete"],
    ),
    "19-01-PLAN.md": plan(),
    "19-VERIFICATION.md": verification("COV-B-01 | ✓ SATISFIED"),
  };
  const report = (covered: number) => ({
    "coverage.json": coverage([["a.py", covered, 100]]),
  });

  it("when the requirement's own text sets it", () => {
    const [missed] = requirements(files, report(40));
    expect(missed).toMatchObject({
      verdict: "missed",
      target: { value: 80, path: LIST, line: 3, gap: 40 },
      why: expect.stringContaining("Target ≥ 80 %; measured 40.0 %") as string,
    });
    const [met] = requirements(files, report(90));
    expect(met?.verdict).toBe("met");
  });

  it("and what documents say beside it is a conflict when it is missed", () => {
    const conflictsOf = (covered: number) =>
      phases({
        files: {
          [LIST]: files[LIST],
          [`${DIRECTORY}/19-01-PLAN.md`]: plan(),
          ...report(covered),
        },
      })[0]?.conflicts;
    expect(conflictsOf(90)).toEqual([]);
    expect(conflictsOf(40)).toEqual([
      "REQUIREMENTS.md:3 says “[x] ticked” of COV-B-01, “Overall coverage reaches 80%”: target ≥ 80 %, measured 40.0 % (40 / 100 lines, 1 file, coverage.json at 0000000).",
    ]);
  });

  it("when a plan's target carries its id, and that id alone", () => {
    const tests = {
      "test.json": results({ passed: 90, failed: 10, errors: 0 }),
    };
    const carrying = (truth: string) =>
      verdicts(
        requirements(
          {
            [LIST]: list(["**TQ-02**: Tests are reliable", "**TQ-03**: Fast"]),
            "19-01-PLAN.md": plan("requirements: [TQ-02]\n", [truth]),
          },
          tests,
        ),
      )[0];
    expect(carrying("TQ-02: 98%+ pass rate")).toBe("TQ-02 missed");
    expect(carrying("Pass rate is at least 80% (TQ-02)")).toBe("TQ-02 met");
    expect(carrying("Pass rate is 98%+ (TQ-02, TQ-03)")).toBe("TQ-02 unknown");
  });

  it("by the worst of its targets", () => {
    const [both] = requirements(
      {
        [LIST]: list(["**COV-01**: Overall coverage reaches 30%"]),
        "19-01-PLAN.md": plan("", ["COV-01: Overall coverage reaches 50%"]),
      },
      report(40),
    );
    expect(both).toMatchObject({ verdict: "missed", target: { value: 50 } });
  });

  it("for one of several criteria only where it is missed", () => {
    const headed = (covered: number) => {
      const [only] = requirements(
        {
          [LIST]:
            "### COV-01: Refund coverage\n**Phase:** 19\n\n- [ ] Overall coverage reaches 50%\n- [ ] Refunds are documented\n",
          "19-01-PLAN.md": plan(),
          "19-VERIFICATION.md": verification("COV-01 | PARTIAL"),
        },
        report(covered),
      );
      return only;
    };
    expect(headed(40)?.verdict).toBe("missed");
    expect(headed(60)).toMatchObject({
      verdict: "partial",
      target: { verdict: "met" },
      why: expect.stringContaining(
        "says “PARTIAL”. One of its 3 criteria is measurable: Target ≥ 50 %",
      ) as string,
    });
  });

  it("without a measurement it is not measured, and the documents' word stands beside it", () => {
    const [silent] = requirements({
      ...files,
      "19-VERIFICATION.md": verification("COV-B-01 | ✗ BLOCKED"),
    });
    expect(silent).toMatchObject({
      verdict: "not_measured",
      why: expect.stringMatching(
        /No coverage report .* says “BLOCKED”\.$/,
      ) as string,
    });
    const { [LIST]: only } = files;
    const [alone] = requirements({ [LIST]: only, "19-01-PLAN.md": plan() });
    expect(alone?.why).toMatch(/measures the whole project\.$/);
  });

  it("also where the roadmap alone says what is asked, as one of a list", () => {
    const [only] = requirements(
      {
        ".planning/ROADMAP.md":
          "### Phase 19: Payments\n\n**Requirements**: TQ-02 (Fix failures, 98%+ pass rate)\n",
        "19-01-PLAN.md": plan(),
      },
      { "trending.json": trend(counted({ passed: 91, failed: 39 })) },
    );
    expect(only).toMatchObject({
      id: "TQ-02",
      verdict: "missed",
      target: { metric: "pass_rate", subject: "overall" },
    });
  });
});

describe("which phase and which list is meant", () => {
  const idsBy = (files: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      phases({ files }).map(({ phase, requirements: given }) => [
        phase.directory.replace(/^.*\//, ""),
        given.map(({ id, text }) => `${id} ${text}`.trim()),
      ]),
    );

  it("two directories of one number are told apart by the roadmap's name, or by naming an id", () => {
    expect(
      idsBy({
        [LIST]: list(["**SYS-01**: Setup"], ["SYS-01 | Phase 1 | Pending"]),
        ".planning/ROADMAP.md":
          "### Phase 1: Test setup\n\n**Requirements**: SYS-02\n\n### Phase 1: Chat layer\n\n**Requirements**: CHAT-01\n",
        ".planning/phases/01-test-setup/01-01-PLAN.md": plan(),
        ".planning/phases/01-chat-layer/01-01-PLAN.md": plan(),
        ".planning/phases/01-data-layer/01-01-PLAN.md": plan("", [
          "Setup works (SYS-01)",
        ]),
      }),
    ).toEqual({
      "01-test-setup": ["SYS-02"],
      "01-chat-layer": ["CHAT-01"],
      "01-data-layer": ["SYS-01 Setup"],
    });
  });

  it("an archived milestone has a list of its own", () => {
    const old = list(["**PAY-01**: Old"], ["PAY-01 | Phase 1 | Complete"]);
    const now = list(["**PAY-01**: New"], ["PAY-01 | Phase 1 | Pending"]);
    expect(
      idsBy({
        [LIST]: now,
        ".planning/milestones/v1.0-REQUIREMENTS.md": old,
        ".planning/milestones/v1.0-phases/01-old/01-01-PLAN.md": plan(
          "requirements: [PAY-01]\n",
        ),
        ".planning/phases/01-new/01-01-PLAN.md": plan(
          "requirements: [PAY-01]\n",
        ),
      }),
    ).toEqual({ "01-old": ["PAY-01 Old"], "01-new": ["PAY-01 New"] });
  });

  it("an archived list speaks of a phase that the current one has no more", () => {
    expect(
      idsBy({
        [LIST]: list(["**PAY-09**: New"], ["PAY-09 | Phase 7 | Pending"]),
        ".planning/milestones/v1.0-REQUIREMENTS.md": list(
          ["**PAY-01**: Old"],
          ["PAY-01 | Phase 1 | Complete"],
        ),
        ".planning/phases/01-old/01-01-PLAN.md": plan(),
      }),
    ).toEqual({ "01-old": ["PAY-01 Old"] });
  });

  it("another root's list is none of it", () => {
    expect(
      idsBy({
        "web/.planning/REQUIREMENTS.md": list(
          ["**PAY-01**: Web"],
          ["PAY-01 | Phase 1 | Pending"],
        ),
        ".planning/phases/01-core/01-01-PLAN.md": plan(),
      }),
    ).toEqual({ "01-core": [] });
  });
});

it("an id is given once, whatever names it", () => {
  const some = fc.subarray([
    "requirements: [PAY-01]\n",
    "requirements: [PAY-01, PAY-01]\n",
  ]);
  const truths = fc.array(
    fc.constantFrom("PAY-01: Refunds", "PAY-02: Taxes", "Refunds (PAY-01)"),
  );
  fc.assert(
    fc.property(some, truths, (fields, said) => {
      const ids = requirements({
        "19-01-PLAN.md": plan(fields[0] ?? "", said),
        "19-02-PLAN.md": plan(fields[1] ?? "", said),
      }).map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].toSorted());
    }),
  );
});
