import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocument } from "../../../src/core/planning/document.ts";
import type { DocumentKind } from "../../../src/core/planning/documentKind.ts";

function read(kind: DocumentKind, ...lines: string[]) {
  return readDocument(kind, lines.join("\n"));
}

/** `line: text` of what sets a target, once per sentence. */
function promising({ targets }: ReturnType<typeof readDocument>): string[] {
  return [...new Set(targets.map(({ line, text }) => `${line}: ${text}`))];
}

/** `line: metric subject value` of every claim. */
function claiming({ claims }: ReturnType<typeof readDocument>): string[] {
  return claims.map(
    ({ line, metric, subject, value }) =>
      `${line}: ${metric} ${subject} ${value}`,
  );
}

describe("readDocument", () => {
  test("takes the targets of a plan from its truths and success criteria", () => {
    const plan = read(
      "plan",
      "---",
      "phase: 19-billing",
      "status: pending",
      "must_haves:",
      "  truths:",
      "    - Overall coverage reaches 80%",
      "---",
      "# Phase 19 Plan 01: **Invoices**",
      "- Overall coverage reaches 10%",
      "<success_criteria>",
      "- Pass rate is 98%+",
      "",
      "Overall coverage reaches 20%",
      "</success_criteria>",
      "## Success Criteria for now",
      "- invoices.py has 70% coverage",
    );
    expect(plan.title).toEqual({
      text: "Phase 19 Plan 01: Invoices",
      line: 8,
    });
    expect(promising(plan)).toEqual([
      "6: Overall coverage reaches 80%",
      "11: Pass rate is 98%+",
      "16: invoices.py has 70% coverage",
    ]);
    expect(plan.status).toEqual({ raw: "pending", line: 3 });
    expect(plan.plan?.truths).toHaveLength(1);
    expect(plan.claims).toEqual([]);
    expect(plan).toMatchObject({
      verification: null,
      roadmap: null,
      state: null,
    });
  });

  test("takes the target of a verification from its goal, and claims from the rest", () => {
    const verification = read(
      "verification",
      "---",
      "status: passed",
      "score: 3/4",
      "gaps:",
      "  - truth: Overall coverage reaches 80%",
      "    reason: Overall coverage is 71%",
      "---",
      "**Phase Goal:** Overall coverage reaches 80%",
      "",
      "**Phase Goal:**",
    );
    expect(promising(verification)).toEqual([
      "8: Overall coverage reaches 80%",
    ]);
    expect(verification.verification).toMatchObject({
      status: "passed",
      score: { verified: 3, total: 4 },
    });
    expect(claiming(verification)).toContain("6: coverage overall 71");
    // A truth is what was expected, not what was found.
    expect(claiming(verification)).not.toContain("5: coverage overall 80");
  });

  test("reads front matter of a summary as claims, each about the file above it", () => {
    const summary = read(
      "summary",
      "---",
      "status: complete",
      "artifacts:",
      "  - path: core/invoices.py",
      "    coverage: 81.5% line coverage",
      "expected: 99% overall coverage",
      "result: 62.5% overall coverage",
      "---",
      "Both invoices.py and taxes.py are done.",
    );
    expect(claiming(summary)).toContain("5: coverage core/invoices.py 81.5");
    expect(claiming(summary)).toContain("7: coverage overall 62.5");
    expect(claiming(summary).join()).not.toContain("99");
    expect(summary.status).toEqual({ raw: "complete", line: 2 });
    expect(summary.targets).toEqual([]);
    expect(summary.fileLists).toEqual([
      { files: ["invoices.py", "taxes.py"], line: 9, label: "Both " },
    ]);
  });

  test("reads a sentence that YAML takes for a key and its value as one statement", () => {
    const summary = read(
      "summary",
      "---",
      "criteria:",
      "  - app/billing.py coverage: ✅ 61.5%",
      "---",
    );
    expect(claiming(summary)).toEqual(["3: coverage app/billing.py 61.5"]);
    expect(summary.claims[0]?.text).toBe("app/billing.py coverage: ✅ 61.5%");
  });

  test("reads phases from a roadmap, and neither its front matter nor its files", () => {
    const roadmap = read(
      "roadmap",
      "---",
      "result: 62.5% overall coverage",
      "---",
      "### Phase 1: Base",
      "**Goal**: cover a.py and b.py",
    );
    expect(roadmap.roadmap?.phases).toMatchObject([
      { key: "1", name: "Base", line: 4 },
    ]);
    expect(claiming(roadmap).join()).not.toContain("62.5");
    expect(roadmap.fileLists).toEqual([]);
  });

  test("reads where the work stands from a state", () => {
    expect(read("state", "Phase: 3", "", "Status: Ready").state).toEqual({
      key: "3",
      name: "",
      says: "Ready",
      line: 3,
      section: [],
    });
  });

  test("takes nothing but its front matter's status and errors from any other document", () => {
    const other = read(
      "other",
      "---",
      "status: draft",
      'x: "a" b',
      "---",
      "# Research",
      "Overall coverage is 71%.",
    );
    expect(other).toMatchObject({
      title: null,
      status: { raw: "draft", line: 2 },
      targets: [],
      claims: [],
      fileLists: [],
    });
    expect(other.findings.map(({ line }) => line)).toEqual([3]);
  });

  test.each(["", " \n\t\n"])("says that %j is empty", (text) => {
    expect(readDocument("report", text)).toEqual({
      kind: "report",
      title: null,
      plan: null,
      verification: null,
      roadmap: null,
      state: null,
      status: null,
      targets: [],
      claims: [],
      assertions: [],
      counts: [],
      requirements: [],
      contributions: [],
      fileLists: [],
      promisedDocuments: [],
      placeholders: [],
      missingParts: null,
      findings: [
        {
          kind: "structure",
          path: "",
          line: null,
          message: "The document is empty.",
        },
      ],
    });
  });

  test("judges two thousand claims of a document that makes more, and says so", () => {
    const lines = Array.from(
      { length: 2_100 },
      (_, n) => `- Overall coverage is ${n % 100}.5%`,
    );
    const report = read("report", ...lines);
    expect(report.claims).toHaveLength(2_000);
    expect(report.findings).toMatchObject([{ kind: "too_large", line: null }]);
    expect(report.findings[0]?.message).toMatch(
      /^The document makes [\d,]+ claims; the first [\d,]+ were judged\.$/,
    );
  });
});

describe("the phase of a claim", () => {
  const lines = [
    "# Progress",
    "## Phase 8: API",
    "- Overall coverage: 74.6%",
    "## Later",
    "- Overall coverage: 80.1%",
  ];

  test.each(["report", "state"] as const)(
    "is told in a document that may speak of several: a %s",
    (kind) => {
      const { claims } = read(kind, ...lines);
      expect(claims.map(({ value, phase }) => [value, phase])).toEqual([
        [74.6, "8"],
        [80.1, undefined],
      ]);
      expect(claims[1]).not.toHaveProperty("phase");
    },
  );

  test("is told in a roadmap, which claims only what it calls achieved", () => {
    const { claims } = read(
      "roadmap",
      "# Roadmap",
      "- [x] **Phase 8: API** - achieving 74.6% overall coverage",
      "- [ ] **Phase 9: Jobs** - achieving 80.1% overall coverage",
    );
    expect(
      claims.flatMap(({ metric, value, phase }) =>
        metric === "coverage" ? [[value, phase]] : [],
      ),
    ).toEqual([[74.6, "8"]]);
  });

  test.each(["summary", "phase_summary", "verification"] as const)(
    "is that of the directory in a %s",
    (kind) => {
      for (const claim of read(kind, ...lines).claims) {
        expect(claim).not.toHaveProperty("phase");
      }
    },
  );
});

describe("the counts of a document", () => {
  const table = ["| Covered | Total |", "|---|---|", "| 2,901 | 56,529 |", ""];

  test("are kept where it claims anything", () => {
    expect(read("report", ...table, "Overall coverage: 5.1%").counts).toEqual([
      2901, 56_529,
    ]);
    expect(read("report", ...table).counts).toEqual([]);
  });
});

describe("a statement that is too long to be read whole", () => {
  const dump = `- ${"x ".repeat(2_400)}`;

  test("is told with its line", () => {
    expect(read("report", "# Log", dump).findings).toEqual([
      {
        kind: "too_large",
        path: "",
        line: 2,
        message:
          "The statement on line 2 has 4,799 characters; after the first 4,000 the rest was not read. Split it so that all of it is.",
      },
    ]);
  });

  test("is told twenty times, and then counted", () => {
    const { findings } = read("report", ...Array<string>(25).fill(dump));
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)).toEqual({
      kind: "too_large",
      path: "",
      line: 21,
      message:
        "From line 21 on, 5 more statements are too long to be read whole; split them.",
    });
  });
});

test("reading a document never throws, and what it finds lies in the document", () => {
  const kinds: DocumentKind[] = [
    "plan",
    "summary",
    "phase_summary",
    "verification",
    "report",
    "roadmap",
    "state",
    "other",
  ];
  const line = fc.oneof(
    fc.constantFrom(
      "---",
      "status: passed",
      "gaps:",
      "  - truth: coverage is 80%",
      "# Phase 1: A",
      "- [x] **Phase 2: B** - 80% coverage",
      "<success_criteria>",
      "| File | Coverage |\n|---|---|\n| a.py | 12% |",
      "Coverage rose from 70% to 71.5% (5/7 lines) in a.py, b.py.",
    ),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.array(line, { maxLength: 15 }),
      (kind, parts) => {
        const text = parts.join("\n");
        const last = text.split(/\r\n|\n|\r/).length;
        const reading = readDocument(kind, text);
        for (const at of [
          ...reading.findings,
          ...reading.targets,
          ...reading.claims,
          ...reading.fileLists,
        ]) {
          if (at.line === null) continue;
          expect(at.line).toBeGreaterThanOrEqual(1);
          expect(at.line).toBeLessThanOrEqual(last);
        }
      },
    ),
    { numRuns: 300 },
  );
});
