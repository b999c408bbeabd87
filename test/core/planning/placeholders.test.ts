import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocument } from "../../../src/core/planning/document.ts";
import type { DocumentKind } from "../../../src/core/planning/documentKind.ts";

/** `line: text` of the open places of a document. */
function open(kind: DocumentKind, ...lines: string[]): string[] {
  return readDocument(kind, lines.join("\n")).placeholders.map(
    ({ text, line }) => `${line}: ${text}`,
  );
}

function openIn(text: string): string[] {
  return open("report", text).map((place) => place.replace(/^\d+: /, ""));
}

const HEADER = ["| Metric | Target | Achieved |", "|---|---|---|"];

describe("an unfilled place", () => {
  test.each([
    ["- Coverage: [MEASURED]%", ["[MEASURED]%"]],
    ["- Coverage rose from X.XX% to XX.XX%.", ["X.XX%", "XX.XX%"]],
    ["**Pass rate:** XX%", ["XX%"]],
    ["**Pass rate:** X%", ["X%"]],
    ["**Coverage:** XX.XX", ["XX.XX"]],
    ["- XX/XX tests pass", ["XX/XX"]],
    ["**Result:** [PASS/FAIL]", ["[PASS/FAIL]"]],
    ["All targets [MET/NOT MET]", ["[MET/NOT MET]"]],
    ["- [N] tests were added", ["[N]"]],
    ["Duration: <fill in>", ["<fill in>"]],
    [
      "Approved by [to be confirmed by the team]",
      ["[to be confirmed by the team]"],
    ],
    ["Coverage: {{coverage}}", ["{{coverage}}"]],
    ["Coverage: <value>", ["<value>"]],
    ["**Final coverage:** TBD", ["TBD"]],
  ])("is told as written: %s", (text, expected) => {
    expect(openIn(text)).toEqual(expected);
  });

  test("in a table of results is told with its line", () => {
    expect(
      open(
        "phase_summary",
        ...HEADER,
        "| Coverage | 80% | TBD |",
        "| Pass rate | TBD | 98% |",
        "| Latency | 2s | … |",
        "| Commit | none | [hash] |",
        "| Flaky | 0 | ??? |",
      ),
    ).toEqual(["3: TBD", "5: …", "6: [hash]", "7: ???"]);
  });

  test("in front matter is told like any other", () => {
    expect(open("summary", "---", "duration: TBD", "phase: 19", "---")).toEqual(
      ["2: TBD"],
    );
  });

  test.each([
    "See [PASS](https://example.org) and [N][1].",
    "[N]: https://example.org",
    "- [ ] to do",
    "- [X] done",
    "`[MEASURED]%` and `XX.X%` are left out",
    "The word “[MEASURED]” was found and replaced.",
    "All [MEASURED] placeholders were replaced",
    "items[N] is the last one",
    "**1. [Rule 1 - Bug] Fixed the import**",
    "The CI/CD pipeline [CI/CD] runs",
    "Prompts support {{query}} and {query}",
    "See the XXL size, OpenXX.X and Python X.X",
    "Type <name> or List<value>",
    "**Next Phase:** TBD",
    "**Plan metadata:** TBD (final commit)",
    "48 tests are marked TODO",
    "And so on …",
  ])("is not seen in: %s", (text) => {
    expect(openIn(text)).toEqual([]);
  });

  test("is not seen in a code block, in a row that stands for left out rows, or under what comes next", () => {
    expect(
      open(
        "report",
        "```",
        "Coverage: [MEASURED]%",
        "```",
        ...HEADER,
        "| … | … | … |",
        "",
        "## Next steps",
        "",
        "- Measured coverage: TBD",
        "",
        ...HEADER,
        "| Coverage | 90% | TBD |",
      ),
    ).toEqual([]);
  });

  test("is what plans and other documents should have", () => {
    expect(open("plan", "- Coverage: [MEASURED]%")).toEqual([]);
    expect(open("other", "- Coverage: [MEASURED]%")).toEqual([]);
  });
});

describe("the finding", () => {
  const findings = (...lines: string[]) =>
    readDocument("verification", lines.join("\n")).findings.filter(
      ({ kind }) => kind === "placeholder",
    );

  test("names the first place and says how to mend it", () => {
    expect(findings("# Report", "", "Coverage: XX.X%")).toEqual([
      {
        kind: "placeholder",
        path: "",
        line: 3,
        message:
          "“XX.X%” stands where a value belongs. Fill in what was measured, or say that it was not.",
      },
    ]);
  });

  test("counts the others, also those that are not kept", () => {
    const lines = Array.from({ length: 80 }, () => "- Coverage: XX.X%");
    expect(findings(...lines.slice(0, 2))[0]?.message).toContain(
      "; 1 more place is open.",
    );
    expect(findings(...lines)[0]?.message).toContain(
      "; 79 more places are open.",
    );
    expect(open("verification", ...lines)).toHaveLength(50);
  });

  test("is not there where nothing is open", () => {
    expect(findings("Coverage: 71.2%")).toEqual([]);
  });
});

test("looking for open places never throws and stays quick", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(openIn(text).length).toBeLessThanOrEqual(50);
    }),
  );
  for (const piece of ["[", "[A/", "X.", "<insert ", "{{ a ", "[PASS "]) {
    expect(openIn(piece.repeat(20_000)).length).toBeLessThanOrEqual(50);
  }
});
