import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Artifact } from "../../src/core/artifact.ts";
import { readArtifact } from "../../src/core/readArtifact.ts";
import { findingsOf, fixture, read } from "../support/readings.ts";

describe("telling what a file is", () => {
  it("goes by content, whatever the name says", () => {
    expect(read(fixture("pytest-v.txt"), "coverage.json").kind).toBe("results");
    expect(read(fixture("istanbul-final.json"), "tests.log").kind).toBe(
      "coverage",
    );
  });

  it("reads a log that begins with a bracket", () => {
    expect(read("[1/2] make test\n=== 3 passed in 0.10s ===").kind).toBe(
      "results",
    );
  });

  it("reads the log that PowerShell redirected, which is UTF-16", () => {
    const text = `\uFEFF${fixture("pytest-v.txt").replaceAll("\n", "\r\n")}`;
    const bytes = new Uint8Array(
      Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer,
    );

    const artifact = readArtifact("tests.txt", bytes);

    expect(artifact).toMatchObject({
      kind: "results",
      results: { passed: 4, failed: 2, complete: true, findings: [] },
    });
  });

  it.each([
    [
      '{"name": "shop", "version": "1.0.0"}',
      "unrecognised",
      null,
      "The file is JSON but no known coverage or test format.",
    ],
    [
      "[]",
      "unrecognised",
      null,
      "The file is JSON but no known coverage or test format.",
    ],
    [
      "Unknown report format choice: 'json'",
      "unrecognised",
      null,
      "The file is text but no known coverage or test format.",
    ],
    [
      '{\n"files": {\n<<<<<<< HEAD\n}}',
      "unreadable",
      3,
      "The file begins like JSON and is not valid on line 3; write it again with the tool that made it.",
    ],
    ["", "unreadable", null, "The file is empty."],
  ])("says why it cannot use %j", (text, kind, line, message) => {
    expect(read(text, "reports/coverage.json")).toEqual({
      kind: "none",
      findings: [{ kind, path: "reports/coverage.json", line, message }],
    });
  });

  it("tells of doubled keys in every kind of artifact", () => {
    for (const text of [
      '{"history": [{"coverage": 3, "coverage": 4}]}',
      '{"passed": 3, "failed": 1, "failed": 0}',
      '{"exitcode": 0, "exitcode": 0, "summary": {"passed": 1, "total": 1}}',
      '{"percent": 3, "files": {"a.rs": 3, "a.rs": 4}}',
    ]) {
      expect(findingsOf(read(text))[0]).toMatchObject({
        kind: "inconsistent",
        line: 1,
      });
    }
  });

  it("lists 200 findings and counts the others", () => {
    const findings = findingsOf(
      read({ history: [{ coverage: 3 }, ...Array<null>(1000).fill(null)] }),
    );

    expect(findings).toHaveLength(200);
    expect(findings.at(-1)?.message).toBe(
      "801 more findings about this file are not listed.",
    );
  });

  it("keeps a finding short, however long the name it is about", () => {
    const findings = findingsOf(
      read({
        history: [{ coverage: 3, file_coverage: { ["x".repeat(9000)]: "?" } }],
      }),
    );

    expect(findings[0]?.message).toHaveLength(500);
  });
});

describe("laws of reading", () => {
  const numberLike = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.constantFrom("15.2%", "n/a", null, -1, 1e300, "1,000"),
  );
  const key = fc.constantFrom(
    "files",
    "totals",
    "meta",
    "total",
    "lines",
    "summary",
    "history",
    "phases",
    "baseline",
    "overall",
    "modules",
    "coverage",
    "percent_covered",
    "covered_lines",
    "num_statements",
    "passed",
    "failed",
    "exitcode",
    "tests",
    "statementMap",
    "s",
    "b",
    "f",
    "desktop_percent",
    "date",
    "__proto__",
    "constructor",
  );
  const nearMiss = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: "medium" },
      numberLike,
      fc.string(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(key, tie("value"), { maxKeys: 8 }),
    ),
  })).value;

  it("never throws on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(brokenBy(bytes)).toEqual([]);
      }),
    );
  });

  it("never throws on JSON that looks nearly like an artifact", () => {
    fc.assert(
      fc.property(nearMiss, (value) => {
        const bytes = new TextEncoder().encode(JSON.stringify(value));
        expect(brokenBy(bytes)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it("never throws on an artifact that was cut off anywhere", () => {
    const names = [
      "coverage-py-branch.json",
      "istanbul-final.json",
      "pytest-color.txt",
      "pytest-xdist.txt",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), (name, cut) => {
        const bytes = new TextEncoder().encode(fixture(name));
        expect(brokenBy(bytes.subarray(0, cut % bytes.length))).toEqual([]);
      }),
    );
  });
});

/** What a reading of these bytes breaks of the promises that every reading makes. */
function brokenBy(bytes: Uint8Array): string[] {
  const artifact = readArtifact("some/file", bytes);
  const findings = findingsOf(artifact);
  const promises = {
    "has at most 200 findings": findings.length <= 200,
    "keeps findings short": findings.every(
      ({ message }) => message.length <= 500,
    ),
    "names the file": findings.every(({ path }) => path === "some/file"),
    ...promisesOf(artifact),
  };
  return Object.entries(promises).flatMap(([promise, kept]) =>
    kept ? [] : [promise],
  );
}

function promisesOf(artifact: Artifact): Record<string, boolean> {
  switch (artifact.kind) {
    case "none":
      return { "says why": artifact.findings.length === 1 };
    case "coverage": {
      const { percent, trust, trustWhy, files, totals } = artifact.report;
      return {
        "has a percentage that can be":
          percent === null || (percent >= 0 && percent <= 100),
        "says why it is doubted":
          (trust === "measured") === (trustWhy === null),
        "has counts that can be": [...files, ...Object.values(totals)].every(
          (counts) =>
            counts === null ||
            (counts.covered >= 0 && counts.covered <= counts.total),
        ),
      };
    }
    case "trend":
      return {
        "has entries": artifact.trend.entries.length > 0,
        "has percentages that can be": artifact.trend.entries.every(
          ({ percent }) => percent === null || (percent >= 0 && percent <= 100),
        ),
      };
    case "results": {
      const { passed, failed, errors, skipped, total } = artifact.results;
      return {
        "counts every outcome": total >= passed + failed + errors + skipped,
      };
    }
  }
}
