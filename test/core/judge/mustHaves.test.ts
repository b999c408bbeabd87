import { describe, expect, it } from "vitest";
import {
  checkFile,
  questionsOf,
} from "../../../src/core/judge/fileQuestions.ts";
import {
  judgeMustHaves,
  type DuePlan,
} from "../../../src/core/judge/mustHaves.ts";
import { presentIn } from "../../../src/core/judge/requiredPath.ts";
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

function judgeAll(
  plans: readonly DuePlan[],
  files: Readonly<Record<string, string>>,
  {
    unread = [],
    base = "",
  }: { unread?: readonly string[]; base?: string } = {},
) {
  const tree = new Map(Object.keys(files).map((path) => [path, "blob"]));
  const checks = new Map<string, FileCheck>();
  const asking = plans.map((due) => ({ plan: due.plan, base }));
  for (const question of questionsOf(asking, tree)) {
    const text = files[question.path];
    if (text !== undefined && !unread.includes(question.path))
      checks.set(question.path, checkFile(text, question));
  }
  return judgeMustHaves(plans, { present: presentIn(tree), checks, base });
}

function judge(
  parts: Parameters<typeof plan>[0],
  files: Readonly<Record<string, string>>,
  unread: readonly string[] = [],
) {
  return judgeAll([{ id: "19-01", plan: plan(parts), executed: true }], files, {
    unread,
  });
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
      ["core", "met"],
      ["./core/", "met"],
      ["core/deep/", "met"],
      ["core/", "met"],
      ["cor", "not_checkable"],
      ["docs/plan.md", "missed"],
    ]);
    expect(artifacts[0]?.why).toBe("The file is in the tree.");
    expect(artifacts[3]?.why).toBe("The directory is in the tree.");
    expect(artifacts[5]?.why).toBe("“cor” is prose, not a path.");
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

  it("that are missing are asked for their existence only; what cannot be read is said so", () => {
    const parts = { files: [{ minLines: 5, contains: ["x"] }] };
    expect(verdicts(parts, {})).toEqual(["exists: missed"]);
    expect(
      judge(parts, { "core/engine.py": ENGINE }, ["core/engine.py"])
        .artifacts[1],
    ).toEqual({
      path: "core/engine.py",
      check: "what it holds",
      verdict: "not_checkable",
      why: "It could not be read as text.",
    });
    const directory = { files: [{ path: "core/", contains: ["x"] }] };
    expect(
      judge(directory, { "core/engine.py": ENGINE }).artifacts[1]?.why,
    ).toBe("It is a directory, which holds no text.");
  });

  it("with a number of lines that is none are not checkable in that", () => {
    const files = [{ minLines: "many" }];
    expect(verdicts({ files }, { "core/engine.py": ENGINE })).toEqual([
      "exists: met",
      "min_lines “many”: not_checkable",
    ]);
  });

  it("that hold prose word for word hold it", () => {
    const files = [{ contains: ["run method"] }];
    const found = verdicts({ files }, { "core/engine.py": "# the run method" });
    expect(found[1]).toBe("contains “run method”: met");
  });

  it("are not judged by an answer that was not asked for", () => {
    const { artifacts } = judgeMustHaves(
      [
        {
          id: "19-01",
          plan: plan({ files: [{ contains: ["x"] }] }),
          executed: true,
        },
      ],
      {
        present: presentIn(new Map([["core/engine.py", ""]])),
        checks: new Map([
          ["core/engine.py", { lines: 1, contains: {}, matches: {} }],
        ]),
        base: "",
      },
    );
    expect(artifacts[1]?.verdict).toBe("not_checkable");
  });

  it("of a nested planning root lie below the directory that holds it, or at the repository's root", () => {
    const files = [
      { path: "core/a.py" },
      { path: "core/b.py" },
      { path: "core/c.py" },
    ];
    const due = { id: "19-01", plan: plan({ files }), executed: true };
    const { artifacts } = judgeAll(
      [due],
      { "backend/core/a.py": "", "core/b.py": "", "frontend/core/c.py": "" },
      { base: "backend/" },
    );
    expect(artifacts.map(({ verdict }) => verdict)).toEqual([
      "met",
      "met",
      "not_checkable",
    ]);
  });
});

describe("plans without a summary", () => {
  const due = (
    id: string,
    executed: boolean,
    parts: Parameters<typeof plan>[0],
    wave: number | null = 1,
  ): DuePlan => ({ id, executed, plan: { ...plan(parts), wave } });

  it("promise what is not due yet: neither missing nor there", () => {
    const files = [{ path: "core/later.py" }, { minLines: 900 }];
    const { artifacts } = judgeAll([due("19-05", false, { files })], {
      "core/engine.py": ENGINE,
    });
    expect(artifacts.map(({ verdict, why }) => `${verdict}: ${why}`)).toEqual([
      "not_checkable: The tree has no such file. Plan 19-05 has no summary yet, so it is not due.",
      "met: The file is in the tree.",
      "not_checkable: It has 5 lines. Plan 19-05 has no summary yet, so it is not due.",
    ]);
  });

  it("have pending links, unless they are found already", () => {
    const links = [{}, { from: "core/later.py" }, { to: "core.models" }];
    const { keyLinks } = judgeAll([due("19-05", false, { links })], {
      "core/engine.py": "import models",
    });
    expect(keyLinks.map(({ verdict }) => verdict)).toEqual([
      "pending",
      "pending",
      "pending",
    ]);
    expect(keyLinks[1]?.why).toBe(
      "The tree has no core/later.py. Plan 19-05, which promises it, has no summary yet.",
    );
    const there = judgeAll([due("19-05", false, { links: [{}] })], {
      "core/engine.py": ENGINE,
    });
    expect(there.keyLinks[0]?.verdict).toBe("met");
  });

  it("keep another plan's link pending when they promise its source in the same or a later wave", () => {
    const link = due("19-02", true, { links: [{ from: "core/later.py" }] }, 2);
    const promising = (wave: number | null, executed = false) =>
      due("19-05", executed, { files: [{ path: "core/later.py" }] }, wave);
    const verdict = (...plans: DuePlan[]) =>
      judgeAll(plans, { "core/engine.py": ENGINE }).keyLinks[0]?.verdict;
    expect(verdict(link, promising(2))).toBe("pending");
    expect(verdict(link, promising(3))).toBe("pending");
    expect(verdict(link, promising(null))).toBe("pending");
    expect(verdict(link, promising(1))).toBe("missed");
    expect(verdict(link, promising(3, true))).toBe("missed");
    expect(verdict(link)).toBe("missed");
    const anyWave = due(
      "19-02",
      true,
      { links: [{ from: "core/later.py" }] },
      null,
    );
    expect(verdict(anyWave, promising(1))).toBe("pending");
  });
});

describe("checks that several plans make", () => {
  const files = [{ path: "core/a.py" }];
  const links = [{ from: "core/a.py" }];
  const of = (id: string, executed: boolean) => ({
    id,
    executed,
    plan: plan({ files, links }),
  });

  it("are told once, and are due as soon as one of the plans is done", () => {
    const both = judgeAll([of("19-01", false), of("19-02", true)], {});
    expect(both.artifacts.map(({ verdict }) => verdict)).toEqual(["missed"]);
    const none = judgeAll([of("19-01", false), of("19-02", false)], {});
    expect(none.artifacts.map(({ why }) => why)).toEqual([
      "The tree has no such file. Plan 19-01 has no summary yet, so it is not due.",
    ]);
    expect(none.keyLinks).toHaveLength(1);
  });

  it("are different when their patterns are", () => {
    const twice = plan({ links: [{ pattern: "a" }, { pattern: "b" }] });
    const { keyLinks } = judgeAll(
      [{ id: "19-01", plan: twice, executed: true }],
      {},
    );
    expect(keyLinks).toHaveLength(2);
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
      "met: core/engine.py names core.models.",
    );
    expect(link({ to: "core/orders.py" })).toBe(
      "missed: core/engine.py does not name core/orders.py.",
    );
    expect(link({ to: "the models of orders" })).toBe(
      "not_checkable: “the models of orders” is prose, which no file would hold.",
    );
    expect(link({ from: "core/", to: "x" })).toBe(
      "not_checkable: core/ is a directory, which GSD does not look into.",
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
    const links = plan({ links: [{ pattern: "x" }] });
    const { keyLinks } = judgeMustHaves(
      [{ id: "19-01", plan: links, executed: true }],
      {
        present: presentIn(new Map([["core/engine.py", ""]])),
        checks: new Map([
          ["core/engine.py", { lines: 1, contains: {}, matches: {} }],
        ]),
        base: "",
      },
    );
    expect(keyLinks[0]?.verdict).toBe("not_checkable");
  });
});
