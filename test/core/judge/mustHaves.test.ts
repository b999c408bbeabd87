import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkFile,
  directoriesOf,
  isPath,
  judgeMustHaves,
  questionsOf,
} from "../../../src/core/judge/mustHaves.ts";
import type { FileCheck } from "../../../src/core/facts.ts";
import type {
  KeyLink,
  PlanReading,
  RequiredFile,
} from "../../../src/core/planning/plan.ts";

function plan(parts: {
  files?: Partial<RequiredFile>[];
  links?: Partial<KeyLink>[];
}): PlanReading {
  return {
    wave: 1,
    gapClosure: false,
    superseded: false,
    truths: [],
    requiredFiles: (parts.files ?? []).map((file) => ({
      path: "core/engine.py",
      line: 5,
      minLines: null,
      contains: [],
      exports: [],
      ...file,
    })),
    keyLinks: (parts.links ?? []).map((link) => ({
      from: "core/engine.py",
      to: "core/models.py",
      pattern: null,
      line: 9,
      ...link,
    })),
  };
}

function judge(
  parts: Parameters<typeof plan>[0],
  files: Readonly<Record<string, string>>,
  unread: readonly string[] = [],
) {
  const plans = [plan(parts)];
  const tree = new Map(Object.keys(files).map((path) => [path, "blob"]));
  const checks = new Map<string, FileCheck>();
  for (const question of questionsOf(plans)) {
    const text = files[question.path];
    if (text !== undefined && !unread.includes(question.path))
      checks.set(question.path, checkFile(text, question));
  }
  return judgeMustHaves(
    plans,
    { files: tree, directories: directoriesOf(tree) },
    checks,
  );
}

function verdicts(
  parts: Parameters<typeof plan>[0],
  files: Readonly<Record<string, string>>,
) {
  return judge(parts, files).artifacts.map(
    ({ check, verdict }) => `${check}: ${verdict}`,
  );
}

const ENGINE =
  "from core.models import Order\n\ndef run():\n    return toString()\n";

describe("required files", () => {
  it("exist, as files or as directories, or do not", () => {
    const files = [
      { path: "core/engine.py" },
      { path: "core" },
      { path: "./core/" },
      { path: "core/deep/" },
      { path: "core/" },
      { path: "cor" },
      { path: "docs/plan.md" },
    ];
    const { artifacts } = judge(
      { files },
      { "core/engine.py": ENGINE, "core/deep/er/x.py": "" },
    );
    expect(artifacts.map(({ path, verdict }) => [path, verdict])).toEqual([
      ["core/engine.py", "met"],
      ["core", "not_checkable"],
      ["./core/", "missed"],
      ["core/deep/", "met"],
      ["core/", "met"],
      ["cor", "not_checkable"],
      ["docs/plan.md", "missed"],
    ]);
    expect(artifacts[0]?.why).toBe("The file is in the tree.");
    expect(artifacts[1]?.why).toBe("This is prose, not a path.");
    expect(artifacts[6]?.why).toBe("The tree has no such file.");
  });

  it("are long enough, counted as GSD counts lines", () => {
    const { artifacts } = judge(
      { files: [{ minLines: 5 }, { minLines: 6 }] },
      { "core/engine.py": ENGINE },
    );
    expect(artifacts.filter(({ check }) => check !== "exists")).toEqual([
      {
        path: "core/engine.py",
        check: "at least 5 lines",
        verdict: "met",
        why: "It has 5 lines.",
      },
      {
        path: "core/engine.py",
        check: "at least 6 lines",
        verdict: "missed",
        why: "It has 5 lines.",
      },
    ]);
  });

  it("hold the texts and exports they should; prose is not looked for", () => {
    const file = {
      contains: [
        "class Order",
        "Coverage increase, test results",
        "Overall coverage >= 26%",
        "Widget factory (new)",
      ],
      exports: ["run", "toString", "constructor"],
    };
    expect(verdicts({ files: [file] }, { "core/engine.py": ENGINE })).toEqual([
      "exists: met",
      "contains “class Order”: missed",
      "contains “Coverage increase, test results”: not_checkable",
      "contains “Overall coverage >= 26%”: not_checkable",
      "contains “Widget factory (new)”: missed",
      "contains “run”: met",
      "contains “toString”: met",
      "contains “constructor”: missed",
    ]);
  });

  it("that could not be read, or are missing, are asked for their existence only", () => {
    const parts = { files: [{ minLines: 5, contains: ["x"] }] };
    expect(
      judge(parts, { "core/engine.py": ENGINE }, ["core/engine.py"]).artifacts,
    ).toHaveLength(1);
    expect(verdicts(parts, {})).toEqual(["exists: missed"]);
  });

  it("are not judged by an answer that was not asked for", () => {
    const { artifacts } = judgeMustHaves(
      [plan({ files: [{ contains: ["x"] }] })],
      { files: new Set(["core/engine.py"]), directories: new Set() },
      new Map([["core/engine.py", { lines: 1, contains: {}, matches: {} }]]),
    );
    expect(artifacts[1]?.verdict).toBe("not_checkable");
  });
});

describe("key links", () => {
  const tree = {
    "core/engine.py": ENGINE,
    "core/models.py": "class Order: pass\n",
  };
  function link(
    parts: Partial<KeyLink>,
    files: Readonly<Record<string, string>> = tree,
    unread: readonly string[] = [],
  ) {
    const [judged] = judge({ links: [parts] }, files, unread).keyLinks;
    return `${judged?.verdict}: ${judged?.why}`;
  }

  it("without a pattern are a name that the file holds", () => {
    expect(link({ to: "core.models" })).toBe(
      "met: core/engine.py names core.models.",
    );
    expect(link({ to: "core/models.py" })).toBe(
      "missed: core/engine.py does not name core/models.py.",
    );
  });

  it("with a pattern are found in either file", () => {
    expect(link({ pattern: "import\\s+Order" })).toBe(
      "met: The pattern is found in core/engine.py.",
    );
    expect(link({ pattern: "class \\w+:" })).toBe(
      "met: The pattern is found in core/models.py.",
    );
    expect(link({ pattern: "class \\w+:", to: "the models" })).toBe(
      "missed: The pattern is found in neither core/engine.py nor the models.",
    );
    expect(link({ pattern: "Invoice" })).toBe(
      "missed: The pattern is found in neither core/engine.py nor core/models.py.",
    );
  });

  it("are not checkable where the pattern is none that RE2 accepts, or too long to try", () => {
    const why =
      "not_checkable: The pattern is no regular expression that RE2 accepts.";
    expect(link({ pattern: "(?<=x)y" })).toBe(why);
    expect(link({ pattern: "x".repeat(501) })).toBe(why);
  });

  it("are not checkable from prose or an unreadable file, and missed from one that is not there", () => {
    expect(link({ from: "All phase 19 tests" })).toBe(
      "not_checkable: “All phase 19 tests” is prose, not a path.",
    );
    expect(link({}, tree, ["core/engine.py"])).toBe(
      "not_checkable: core/engine.py could not be read as text.",
    );
    expect(link({ from: "core/gone.py" })).toBe(
      "missed: The tree has no core/gone.py.",
    );
  });

  it("are not judged by an answer that was not asked for", () => {
    const { keyLinks } = judgeMustHaves(
      [plan({ links: [{ pattern: "x" }] })],
      { files: new Set(["core/engine.py"]), directories: new Set() },
      new Map([["core/engine.py", { lines: 1, contains: {}, matches: {} }]]),
    );
    expect(keyLinks[0]?.verdict).toBe("not_checkable");
  });
});

describe("questions", () => {
  it("are one per file, whatever number of plans ask", () => {
    const plans = [
      plan({ files: [{ contains: ["a"] }], links: [{ pattern: "p" }] }),
      plan({
        files: [{ exports: ["b"] }, { path: "not a path" }],
        links: [{ to: "c" }, { from: "prose of it" }],
      }),
    ];
    expect(questionsOf(plans)).toEqual([
      { path: "core/engine.py", contains: ["a", "b", "c"], patterns: ["p"] },
      { path: "core/models.py", contains: [], patterns: ["p"] },
    ]);
  });

  it("take a hostile pattern in linear time", () => {
    const started = performance.now();
    checkFile("a".repeat(50_000), {
      path: "x",
      contains: [],
      patterns: ["(a+)+$b"],
    });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("never throw, whatever a document asks", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.string()),
        fc.array(fc.string()),
        (text, contains, patterns) => {
          const { lines } = checkFile(text, { path: "x", contains, patterns });
          expect(lines).toBeGreaterThan(0);
        },
      ),
    );
  });
});

it("tells paths from prose", () => {
  expect(
    ["backend/core/x.py", "coverage.json", "app/[id]/page.tsx", "core/"].map(
      isPath,
    ),
  ).toEqual([true, true, true, true]);
  expect(
    ["all Phase 19 tests", "core", "/etc/passwd", "a//b", ""].map(isPath),
  ).toEqual([false, false, false, false, false]);
});

it("knows every directory of a tree, and no others", () => {
  const paths = new Map(
    ["a/b/c.py", "a/b/d/e.py", "f.py", "/rooted.py"].map((path) => [path, ""]),
  );
  expect([...directoriesOf(paths)].toSorted()).toEqual(["a", "a/b", "a/b/d"]);
});
