import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readStatements } from "../../../src/core/planning/markdown.ts";
import type { Statement } from "../../../src/core/planning/statement.ts";

function read(...lines: string[]): Statement[] {
  return readStatements(lines.join("\n"), 1);
}

/** `line place text`. */
function told(statements: readonly Statement[]): string[] {
  return statements.map(({ line, place, text }) => `${line} ${place} ${text}`);
}

describe("readStatements", () => {
  test("gives headings, paragraphs, items and rows with their lines", () => {
    expect(
      told(
        readStatements(
          [
            "# Results",
            "",
            "Coverage rose",
            "to **81%**.",
            "",
            "- one",
            "  - two",
            "",
            "1. three",
            "",
            "| File | Coverage |",
            "|------|----------|",
            "| a.py | 81%      |",
          ].join("\n"),
          8,
        ),
      ),
    ).toEqual([
      "8 heading Results",
      "10 paragraph Coverage rose to **81%**.",
      "13 item one",
      "14 item two",
      "16 item three",
      "20 row a.py | 81%",
    ]);
  });

  test("says which headings a statement stands below, outermost first", () => {
    const statements = read(
      "# Plan",
      "## Results",
      "a",
      "### Detail",
      "b",
      "## Next",
      "c",
    );
    expect(statements.map(({ text, section }) => [text, ...section])).toEqual([
      ["Plan"],
      ["Results", "Plan"],
      ["a", "Plan", "Results"],
      ["Detail", "Plan", "Results"],
      ["b", "Plan", "Results", "Detail"],
      ["Next", "Plan"],
      ["c", "Plan", "Next"],
    ]);
  });

  test("says whether a box is ticked, and takes it off the text", () => {
    expect(
      read("- [ ] open", "- [x] done", "- [X] done too", "- no box").map(
        ({ text, checked }) => [text, checked],
      ),
    ).toEqual([
      ["open", false],
      ["done", true],
      ["done too", true],
      ["no box", null],
    ]);
  });

  test("takes brackets outside a list for text", () => {
    expect(read("[x] marks the spot")).toMatchObject([
      { text: "[x] marks the spot", checked: null },
    ]);
  });

  test("keeps the header and the cells of a row, and leaves out empty rows", () => {
    const [row, ...rest] = read(
      "| Phase | Status |",
      "|---|---|",
      "| 1. Base | Done |",
      "| | |",
      "",
      "| A |",
      "|---|",
      "| b |",
    );
    expect(row?.row).toEqual({
      header: ["Phase", "Status"],
      cells: ["1. Base", "Done"],
    });
    expect(rest).toMatchObject([{ row: { header: ["A"], cells: ["b"] } }]);
  });

  test("gives labelled lines one by one, each with the lines it wraps over", () => {
    expect(
      told(
        read("Intro", "**Status:** passed", "with remarks", "**Score:** 3/4"),
      ),
    ).toEqual([
      "1 paragraph Intro",
      "2 paragraph **Status:** passed with remarks",
      "4 paragraph **Score:** 3/4",
    ]);
  });

  test("gives lines with plain labels one by one too, and a sentence with one colon as it wraps", () => {
    expect(
      told(
        read(
          "Phase: 19 of 30",
          "Plan/Wave: 2 of 4",
          "still going",
          "Last activity: today",
        ),
      ),
    ).toEqual([
      "1 paragraph Phase: 19 of 30",
      "2 paragraph Plan/Wave: 2 of 4 still going",
      "4 paragraph Last activity: today",
    ]);
    for (const second of [
      "and it stays so",
      "nothing: it stays",
      "At 10:30 it fell",
      "X: it stays",
    ]) {
      expect(told(read("Result: coverage rose", second))).toEqual([
        `1 paragraph Result: coverage rose ${second}`,
      ]);
    }
  });

  test("reads code, comments and indented samples as nothing", () => {
    expect(
      read(
        "```yaml",
        "- truth: Coverage is 80%",
        "```",
        "~~~",
        "# no heading",
        "~~~",
        "<!-- - 80% -->",
        "",
        "    - indented",
      ),
    ).toEqual([]);
  });

  test("reads quotations as what they quote", () => {
    expect(told(read("> quoted", "> - item"))).toEqual([
      "1 paragraph quoted",
      "2 item item",
    ]);
  });

  test("cuts what no sentence is long enough for", () => {
    const long = "x".repeat(6_000);
    expect(
      read(`- ${long}`, "", `# ${long}`, "", "below").map(
        ({ text, section }) => [text.length, section[0]?.length],
      ),
    ).toEqual([
      [5_000, undefined],
      [5_000, undefined],
      [5, 5_000],
    ]);
  });
});

describe("GSD's tags", () => {
  /** `text: tags` for all but headings. */
  function tagged(...lines: string[]): string[] {
    return read(...lines).map(
      ({ text, section }) => `${text}: ${section.join(" ")}`,
    );
  }

  test("are sections, and do not swallow the lists below them", () => {
    expect(
      tagged(
        "<success_criteria>",
        "- 80%",
        "</success_criteria>",
        "<OUTPUT>",
        "text",
        "</OUTPUT>",
        "after",
      ),
    ).toEqual(["80%: success_criteria", "text: output", "after: "]);
  });

  test("nest, and are closed by the tag around them", () => {
    expect(
      tagged(
        "<tasks>",
        '<task type="auto">',
        "a",
        "",
        "</tasks>",
        "b",
        "</task>",
        "c",
      ),
    ).toEqual(["a: tasks task", "b: ", "c: "]);
  });

  test("written as headings end at the next such heading", () => {
    expect(
      tagged(
        "## <success_criteria>",
        "- 80%",
        "## <output>",
        "- a file",
        "<note>",
        "- inside",
      ),
    ).toEqual([
      "80%: success_criteria",
      "a file: output",
      "inside: output note",
    ]);
  });

  test("inside code are code", () => {
    expect(
      tagged("```html", "<output>", "````", "", "- below", "~~~", "<a_tag>"),
    ).toEqual(["below: "]);
  });

  test("below a line of inline code in three backticks are tags", () => {
    expect(tagged("```npm test``` runs it", "", "<output>", "- a")).toEqual([
      "```npm test``` runs it: ",
      "a: output",
    ]);
  });

  test("are followed twenty deep, and taken out of the text beyond", () => {
    const names = Array.from({ length: 25 }, (_, n) => `tag-${n}`);
    const [statement] = read(...names.map((name) => `<${name}>`), "- deep");
    expect(statement?.text).toBe("deep");
    expect(statement?.section).toEqual(names.slice(0, 20));
  });
});

describe("laws of statements", () => {
  const words = fc
    .array(fc.constantFrom("coverage", "80%", "`a.py`", "**bold**", "→"), {
      minLength: 1,
      maxLength: 6,
    })
    .map((parts) => parts.join(" "));
  const bullet = fc.constantFrom("- ", "* ", "1. ", "- [ ] ", "- [x] ");
  const block = fc.oneof(
    words,
    words.map((text) => `## ${text}`),
    fc.constantFrom("", "<output>", "</output>", "<success_criteria>", "---"),
    fc.constant("```\n- code\n```"),
    fc.constant("| a | b |\n|---|---|\n| 1 | 2 |\n"),
  );

  test("every item of a list becomes a statement on its line", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(block, fc.tuple(bullet, words)), { maxLength: 20 }),
        (parts) => {
          const items: [text: string, line: number][] = [];
          const lines: string[] = [];
          for (const part of parts) {
            // A blank line around everything, so that no block continues another.
            if (typeof part === "string") lines.push(...part.split("\n"), "");
            else {
              items.push([part[1], lines.length + 1]);
              lines.push(part.join(""), "");
            }
          }
          expect(
            read(...lines)
              .filter(({ place }) => place === "item")
              .map(({ text, line }) => [text, line]),
          ).toEqual(items);
        },
      ),
    );
  });

  test("reading never throws, and lines lie in the file and never go back", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(fc.oneof(block, fc.string({ unit: "binary" })))
        .map((parts) => parts.join("\n")),
    );
    fc.assert(
      fc.property(text, (body) => {
        let last = 1;
        for (const { line } of readStatements(body, 1)) {
          expect(line).toBeGreaterThanOrEqual(last);
          last = line;
        }
        expect(last).toBeLessThanOrEqual(body.split(/\r\n|\n|\r/).length);
      }),
      { numRuns: 500 },
    );
  });

  test("hostile repetition is read in a moment", () => {
    const started = performance.now();
    for (const text of [
      "`",
      "> ",
      "- ",
      "<a>\n",
      "**",
      "|",
      "[",
      "# <a>\n",
      "*_",
    ]) {
      readStatements(text.repeat(20_000), 1);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
