import { describe, expect, it } from "vitest";
import { disputesIn, NOTHING } from "./reading.ts";

function row(
  actual: string,
  target: string,
  status: string,
  header = "| File | Coverage | Target | Status |",
): string {
  return `# Results\n\n${header}\n|---|---|---|---|\n| \`app/billing.py\` | ${actual} | ${target} | ${status} |\n`;
}

describe("a row with a target, a result and a status", () => {
  it.each([
    ["42.5%", "50%", "✅ PASS"],
    ["42.5%", "50%+", "✅"],
    ["42.5%", "≥ 50%", "Target met"],
    ["20.1%", "25-27%", "✅ Met"],
    ["80.2%", "50%", "❌"],
    ["80.2%", "50%", "❌ Below target"],
    ["26.2%", "25-27%", "Not met"],
  ])(
    "is denied by itself: %s against %s is called %s",
    (actual, target, status) => {
      expect(disputesIn(row(actual, target, status)).claims).toEqual({
        [`5: ${Number.parseFloat(actual)}`]: `The row says ${actual.replace("%", " %")} against its target of ${target.replace(/[≥+]\s?/, "").replace("%", " %")} and calls it “${status}”.`,
      });
    },
  );

  it.each([
    ["agrees", "55.2%", "50%", "✅ PASS"],
    ["agrees that it is short", "42.5%", "50%", "❌ FAIL"],
    ["has thought about it", "42.5%", "50%", "✅ Close to target"],
    ["shows both marks", "42.5%", "50%", "⚠️ PASS"],
    ["shows the other mark", "80.2%", "50%", "✅ Below target"],
    ["says nothing", "42.5%", "50%", ""],
    ["shows neither mark", "42.5%", "50%", "⚠️"],
    ["is within the precision written", "49.6%", "50%", "✅"],
    ["may be within it", "~49%", "50%", "✅"],
    ["has about such a target", "49.2%", "~50%", "✅"],
    ["is just at the target", "50%", "50%", "❌ FAIL"],
    ["is above the range", "31.5%", "25-27%", "❌ Not met"],
    ["has a limit for a target", "42.5%", "< 50%", "✅ PASS"],
    ["has no target", "42.5%", "-", "✅ PASS"],
    ["has two targets", "42.5%", "50% / 60%", "✅ PASS"],
    ["has a target in words", "42.5%", "50% by May", "✅ PASS"],
    ["has a target in lines", "42.5%", "500", "✅ PASS"],
    ["has a change for a target", "42.5%", "+50%", "✅ PASS"],
    ["has no result", "-", "50%", "✅ PASS"],
  ])("is left alone where it %s", (_, actual, target, status) => {
    expect(disputesIn(row(actual, target, status))).toEqual(NOTHING);
  });

  it("is left alone where the number is no coverage or pass rate", () => {
    expect(
      disputesIn(
        row("42.5%", "50%", "✅ PASS", "| Cache | Actual | Target | Status |"),
      ),
    ).toEqual(NOTHING);
  });

  it("is left alone where it cannot be told which of two results the status is about", () => {
    expect(
      disputesIn(
        "# R\n\n| File | Current | Final | Target | Status |\n|---|---|---|---|---|\n| a.py | 42.5% | 61% | 50% | ✅ |\n",
      ),
    ).toEqual(NOTHING);
  });
});

describe("a statement that answers its own question", () => {
  it("is denied by what its bracket gives for the answer", () => {
    expect(
      disputesIn(
        "- app/billing.py coverage >= 50%: ✅ YES (estimated 40-45% based on the tests)\n",
      ).claims,
    ).toEqual({
      "1: 50": "The statement says yes to 50 % and gives 40-45 % for it.",
    });
  });

  it("is read where YAML takes it for a key and its value", () => {
    expect(
      disputesIn(
        "---\ncriteria_status:\n  - app/billing.py coverage >= 50%: ✅ YES (estimated 42.5%)\n---\n",
      ).claims,
    ).toEqual({
      "3: 50": "The statement says yes to 50 % and gives 42.5 % for it.",
    });
  });

  it.each([
    "app/billing.py coverage >= 50%: ✅ YES (measured 61.2%)",
    "app/billing.py coverage >= 50%: ✅ YES (45-50%)",
    "app/billing.py coverage >= 50%: ✅ YES (12 tests, up from 40%)",
    "app/billing.py coverage >= 50%: ✅ YES (see the report)",
    "app/billing.py coverage >= 50%: ✅ YES (30 tests)",
    "✅ app/billing.py coverage >= 50% (45%)",
    "✅ tests: passed (45%), later app/billing.py coverage >= 50%",
  ])(
    "is left alone where the bracket gives enough or something else: %s",
    (text) => {
      expect(disputesIn(`- ${text}\n`)).toEqual(NOTHING);
    },
  );
});
