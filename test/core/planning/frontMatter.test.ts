import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import {
  field,
  itemsOf,
  readFrontMatter,
  textOf,
  textsBelow,
  type FrontMatter,
} from "../../../src/core/planning/frontMatter.ts";

function read(...lines: string[]): FrontMatter {
  return readFrontMatter("19-01-PLAN.md", lines.join("\n"));
}

/** `key: text` of every scalar, so that a whole front matter reads in one glance. */
function scalars({ fields }: FrontMatter): string[] {
  return [...textsBelow(fields)].map(
    ({ text, line, keys }) => `${line} ${keys.join(".")}: ${text}`,
  );
}

/** `line: message` of every finding. */
function told({ findings }: FrontMatter): string[] {
  return findings.map(({ line, message }) => `${line}: ${message}`);
}

describe("readFrontMatter", () => {
  test("reads fields with the lines they stand on", () => {
    const front = read(
      "---",
      "phase: 19-billing",
      "must_haves:",
      "  truths:",
      '    - "Coverage reaches 80%"',
      "    - Invoices are rounded",
      "---",
      "",
      "# Plan",
    );
    expect(scalars(front)).toEqual([
      "2 phase: 19-billing",
      "5 must_haves.truths: Coverage reaches 80%",
      "6 must_haves.truths: Invoices are rounded",
    ]);
    expect(front.bodyLine).toBe(8);
    expect(front.findings).toEqual([]);
  });

  test.each([
    ["plan: 09", "09"],
    ["plan: 19.10", "19.10"],
    ["plan: 12e3", "12e3"],
    ["plan: yes", "yes"],
    ["plan: null", "null"],
    ["plan: 2026-02-10", "2026-02-10"],
    ["plan: 0x1F", "0x1F"],
  ])("keeps %s as it is written", (line, text) => {
    expect(textOf(field(read("---", line, "---").fields, "plan"))).toBe(text);
  });

  test.each(["\n", "\r\n", "\r"])("reads line ending %j", (ending) => {
    const front = readFrontMatter(
      "",
      ["---", "a: 1", "b: 2", "---", "body"].join(ending),
    );
    expect(scalars(front)).toEqual(["2 a: 1", "3 b: 2"]);
    expect(front.bodyLine).toBe(5);
  });

  test("reads a document that begins with a byte order mark", () => {
    expect(scalars(read("\uFEFF---", "a: 1", "---"))).toEqual(["2 a: 1"]);
  });

  test.each([
    ["no front matter", ["# Title", "", "text"]],
    ["a rule further down", ["", "---", "a: 1", "---"]],
    ["four dashes", ["----", "a: 1", "---"]],
    ["nothing", [""]],
  ])("finds no fields in a document with %s", (_, lines) => {
    expect(read(...lines)).toEqual({
      fields: { kind: "map", entries: [], line: 1 },
      bodyLine: 1,
      findings: [],
    });
  });

  test("accepts front matter with nothing in it", () => {
    const front = read("---", "# only a comment", "---", "body");
    expect(scalars(front)).toEqual([]);
    expect(front.findings).toEqual([]);
    expect(front.bodyLine).toBe(4);
  });

  test("keeps empty values as empty fields", () => {
    const { fields } = read("---", "gaps:", "b: ''", "{c}: 1", "---");
    expect(field(fields, "gaps")).toEqual({ kind: "text", text: "", line: 2 });
    expect(textOf(field(fields, "b"))).toBeUndefined();
  });

  test("gives a key of a flow map that has no value an empty one", () => {
    const { fields } = read("---", "a: {b, c: 1}", "---");
    expect(field(field(fields, "a"), "b")).toEqual({
      kind: "text",
      text: "",
      line: 2,
    });
  });

  test("keeps every one of repeated keys, as plans repeat `contains`", () => {
    expect(
      scalars(read("---", "contains: one", "contains: two", "---")),
    ).toEqual(["2 contains: one", "3 contains: two"]);
  });

  test("never follows an alias, so that a few lines cannot become millions", () => {
    const front = read(
      "---",
      "a: &a [x, x]",
      "b: &b [*a, *a]",
      "c: [*b, *b]",
      "---",
    );
    expect(scalars(front)).toEqual([
      "2 a: x",
      "2 a: x",
      "3 b: *a",
      "3 b: *a",
      "4 c: *b",
      "4 c: *b",
    ]);
  });

  test("keeps a list that a missing key turned into a key itself", () => {
    const front = read("---", "? - lost gap", ": its value", "---");
    expect(scalars(front)).toEqual(["2 : lost gap", "3 : its value"]);
  });

  test("says that front matter without fields has none, and keeps its text", () => {
    const front = read("---", "Just a sentence.", "---", "body");
    expect(scalars(front)).toEqual(["2 : Just a sentence."]);
    expect(told(front)).toEqual([
      "2: The front matter is not made of fields. Write each one as `name: value`.",
    ]);
  });

  test("leaves out what is nested too deep, and says so", () => {
    const deep = `${"[".repeat(60)}x${"]".repeat(60)}`;
    const front = read("---", "a: 1", `b: ${deep}`, "---");
    expect(scalars(front)).toEqual(["2 a: 1"]);
    expect(told(front)).toEqual([
      "3: Fields are nested more than 40 levels deep; what lies deeper was left out. Nest them less.",
    ]);
  });

  test("survives nesting that would exhaust the stack", () => {
    const front = read("---", `a: ${"[".repeat(50_000)}`, "---");
    expect(front.findings).not.toEqual([]);
  });
});

describe("invalid YAML", () => {
  test.each([
    [
      'gap: "one" -> closed',
      "3: Not valid YAML: text follows a quoted value. Put the whole value in one pair of quotes.",
    ],
    [
      String.raw`pattern: "agent\.run"`,
      '3: Not valid YAML: a backslash in double quotes starts an escape. Use single quotes, or write "\\\\".',
    ],
    [
      "owner: @billing",
      "3: Not valid YAML: a value cannot begin with `@` or a backtick. Put it in quotes.",
    ],
    [
      "commit: abc: add tests",
      "3: Not valid YAML: a colon inside an unquoted value starts a new field. Put the value in quotes.",
    ],
    [
      "list: [a, b",
      "4: Not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ].",
    ],
  ])("of the line %s is told with its line and mend", (line, finding) => {
    const front = read("---", "phase: 19", line, "status: passed", "---", "x");
    expect(told(front)).toContain(finding);
    expect(textOf(field(front.fields, "phase"))).toContain("19");
    expect(front.bodyLine).toBe(6);
  });

  test("does not take down the fields around it", () => {
    const front = read(
      "---",
      "list: [a, b",
      'status: "passed"',
      "plan: 'GAP-03'",
      "---",
    );
    expect(textOf(field(front.fields, "status"))).toBe("passed");
    expect(textOf(field(front.fields, "plan"))).toBe("GAP-03");
  });

  test("leaves top-level fields readable where nothing but lines is left", () => {
    const front = read("---", "- item", "status: 'passed'", "---");
    expect(textOf(field(front.fields, "status"))).toBe("passed");
    expect(front.findings).not.toEqual([]);
  });

  test("in hundreds of places is told twenty times and then counted", () => {
    const broken = Array.from({ length: 30 }, (_, n) => `k${n}: "a" b`);
    const { findings } = read("---", ...broken, "---");
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)).toEqual({
      kind: "front_matter",
      path: "19-01-PLAN.md",
      line: null,
      message:
        "10 more YAML errors follow; the first one usually causes the rest.",
    });
  });
});

describe("front matter that is not closed", () => {
  test("is read up to the title", () => {
    const front = read("---", "phase: 19", "", "# Summary", "", "Text: x");
    expect(scalars(front)).toEqual(["2 phase: 19"]);
    expect(front.bodyLine).toBe(4);
    expect(told(front)).toEqual([
      "4: The front matter opened on line 1 is not closed before the text on line 4; it was read up to there. Add a line `---` above line 4.",
    ]);
  });

  test.each(["**Status:** done", "<objective>"])(
    "is read up to %s",
    (beginning) => {
      const front = read("---", "phase: 19", beginning, "- 80% coverage");
      expect(scalars(front)).toEqual(["2 phase: 19"]);
      expect(front.bodyLine).toBe(3);
    },
  );

  test("is read to the end where no text begins", () => {
    const front = read("---", "phase: 19", "truths:", "  - Coverage is 80%");
    expect(scalars(front)).toEqual([
      "2 phase: 19",
      "4 truths: Coverage is 80%",
    ]);
    expect(front.bodyLine).toBe(5);
    expect(told(front)).toEqual([
      "1: The front matter opened on line 1 is never closed; it was read to the end. Add a line `---` after its last field.",
    ]);
  });

  test("is not ended by a comment above a field", () => {
    const front = read("---", "phase: 19", "", "# Metrics", "status: passed");
    expect(textOf(field(front.fields, "status"))).toBe("passed");
  });

  test("is not closed by a horizontal rule below the title", () => {
    const front = read(
      "---",
      "phase: 19",
      "",
      "# Summary",
      "",
      "It went: well: enough",
      "",
      "---",
      "More.",
    );
    expect(scalars(front)).toEqual(["2 phase: 19"]);
    expect(front.bodyLine).toBe(4);
  });

  test("keeps its errors beside the one that it is not closed", () => {
    const front = read("---", "phase: 19", 'a: "b" c', "", "# Title", "");
    expect(front.findings.map(({ line }) => line)).toEqual([5, 3]);
  });

  test("leaves a document that merely begins with a rule to its body", () => {
    const front = read("---", "- 80% coverage", "- no failures");
    expect(scalars(front)).toEqual([]);
    expect(front.bodyLine).toBe(2);
    expect(told(front)).toEqual([
      "1: Front matter is opened on line 1, never closed, and holds no field. Remove line 1, or write fields and a line `---` after the last one.",
    ]);
  });
});

describe("field", () => {
  const { fields } = read("---", "key-links: a", "b: c", "---");

  test("finds a value by any of its spellings, in the order asked for", () => {
    expect(textOf(field(fields, "key_links", "key-links"))).toBe("a");
    expect(textOf(field(fields, "b", "key-links"))).toBe("c");
  });

  test("finds nothing where there is no such key, or no map", () => {
    expect(field(fields, "absent")).toBeUndefined();
    expect(field(field(fields, "b"), "c")).toBeUndefined();
    expect(field(undefined, "c")).toBeUndefined();
  });
});

describe("itemsOf", () => {
  const { fields } = read("---", "a: [x, y]", "b: x", "c:", "d: {e: f}", "---");

  test("gives the items of a list", () => {
    expect(itemsOf(field(fields, "a")).map(textOf)).toEqual(["x", "y"]);
  });

  test("takes a single value for a list of one", () => {
    expect(itemsOf(field(fields, "b")).map(textOf)).toEqual(["x"]);
  });

  test.each(["c", "d", "absent"])("gives none for %s", (key) => {
    expect(itemsOf(field(fields, key))).toEqual([]);
  });
});

describe("laws of front matter", () => {
  const yamlish = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "---",
          "",
          "# Title",
          "phase: 19",
          "- a",
          "  - b: c",
          'x: "y" z',
          "? [",
          "&a *b",
          "**bold**",
          "<tag>",
          "| |",
          "...",
          "%TAG",
        ),
        fc.string({ unit: "binary", maxLength: 20 }),
      ),
      { maxLength: 25 },
    )
    .map((lines) => ["---", ...lines].join("\n"));

  test("reading never throws, and what it tells and begins lies in the file", () => {
    fc.assert(
      fc.property(fc.oneof(yamlish, fc.string({ unit: "binary" })), (text) => {
        const front = readFrontMatter("p", text);
        const lines = text.split(/\r\n|\n|\r/).length;
        for (const { line } of front.findings) {
          if (line === null) continue;
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
        }
        expect(front.bodyLine).toBeLessThanOrEqual(lines + 1);
        for (const { line } of textsBelow(front.fields)) {
          expect(line).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 500 },
    );
  });

  const scalar = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
    fc.constantFrom("19.10", "09", "true", "~", "- a", "# b", "a: b", "*x"),
  );
  const key = fc.stringMatching(/^[a-z_]{1,12}$/);

  test("every scalar of valid YAML comes back as written", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(key, fc.oneof(scalar, fc.array(scalar))), {
          selector: ([name]) => name,
          minLength: 1,
          maxLength: 6,
        }),
        (entries) => {
          const values = Object.fromEntries(entries);
          const yaml = stringify(values, { schema: "failsafe" });
          fc.pre(!yaml.split("\n").some((line) => line.trimEnd() === "---"));
          const front = readFrontMatter("p", `---\n${yaml}---\n`);
          expect(front.findings).toEqual([]);
          for (const [name, value] of entries) {
            const found = itemsOf(field(front.fields, name));
            const written = [value].flat();
            if (typeof value === "string" && value.trim() === "") continue;
            expect(
              found.map((item) => (item.kind === "text" ? item.text : item)),
            ).toEqual(written);
          }
        },
      ),
    );
  });

  test("an error in one line never loses the keys beside it", () => {
    const broken = fc.constantFrom(
      'broken: "agent\\.x"',
      'broken: "a", "b"',
      "broken: @handle",
      'broken: "done" -> CLOSED',
      "broken: a: b",
      "broken: [a, b",
    );
    const value = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(key, value), {
          selector: ([name]) => name,
          minLength: 1,
          maxLength: 6,
        }),
        broken,
        fc.nat(6),
        (entries, line, at) => {
          fc.pre(entries.every(([name]) => name !== "broken"));
          const lines = entries.map(([name, text]) => `${name}: "${text}"`);
          lines.splice(Math.min(at, lines.length), 0, line);
          const front = readFrontMatter("p", `---\n${lines.join("\n")}\n---\n`);
          expect(front.findings).not.toEqual([]);
          for (const [name, text] of entries) {
            expect(textOf(field(front.fields, name))).toBe(text);
          }
        },
      ),
    );
  });

  test("hostile repetition is read in a moment", () => {
    const started = performance.now();
    for (const line of ['k: "a" b', "- ", "a: {", "? ", "&a ", "# t\n", "a:"]) {
      for (const separator of ["", "\n"]) {
        const text = `${line}${separator}`.repeat(5_000);
        readFrontMatter("p", `---\n${text}\n---\n`);
      }
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
