import { describe, expect, test } from "vitest";
import {
  clip,
  code,
  escape,
  link,
  plain,
  printable,
} from "../../src/messages/escaping.ts";

describe("text that others wrote", () => {
  test.each([
    ["<!channel>", "&lt;!channel&gt;"],
    ["<@U0123>", "&lt;@U0123&gt;"],
    ["<https://evil.example|Open>", "&lt;https://evil.example|Open&gt;"],
    // An entity that is already there is text, too: it must not become a mention on the second reading.
    ["&lt;!here&gt;", "&amp;lt;!here&amp;gt;"],
  ])("%s mentions nobody and links nowhere", (given, expected) => {
    expect(escape(given)).toBe(expected);
  });

  test("formats nothing, because no mark is left that could close a format", () => {
    const given = "*bold* _italic_ ~gone~ `code`";
    expect(escape(given)).toBe("*bold∗ _italicˍ ~gone∼ 'code'");
  });

  test("keeps the marks that format nothing", () => {
    const given = "workflow_engine.py has 2*3 files, ~12 % of them";
    expect(escape(given)).toBe(given);
  });

  test("shows a time and a port as they are, and no emoji", () => {
    expect(escape("10:30 on localhost:8080")).toBe("10:30 on localhost:8080");
    expect(escape("see :100: there")).toBe("see ∶100: there");
  });

  test("hides and reorders nothing, and stays on one line", () => {
    expect(printable("a\u202Eb\u200B\u0000c\r\n d\uD800")).toBe("ab c d\uFFFD");
  });

  test("as code keeps its marks and cannot end the code", () => {
    expect(code("core/__init__.py")).toBe("`core/__init__.py`");
    expect(code("a`b<c>")).toBe("`a'b&lt;c&gt;`");
  });

  test("as empty code is a blank, since an empty format would show its marks", () => {
    expect(code("")).toBe("` `");
  });

  test("loses Markdown's own marks when it is quoted", () => {
    expect(plain("**Coverage:** `core/a.py` at __22 %__ ")).toBe(
      "Coverage: core/a.py at 22 %",
    );
  });
});

describe("a link", () => {
  test("leads to the address it was given", () => {
    expect(link("https://github.com/acme/shop/commit/4cf?a=1&b=2", "4cf")).toBe(
      "<https://github.com/acme/shop/commit/4cf?a=1&amp;b=2|4cf>",
    );
  });

  test.each([
    ["nowhere", null],
    ["with a bar", "https://github.com/a|b"],
    ["with an angle", "https://github.com/a>b"],
    ["with a blank", "https://github.com/a b"],
    ["with a hidden character", "https://github.com/a\u202Eb"],
    ["of another kind", "javascript:alert(1)"],
    ["too long", `https://github.com/${"a".repeat(1_000)}`],
  ])("%s is only its label", (_, url) => {
    expect(link(url, "a.py:3")).toBe("a.py:3");
  });

  test("without a label is left out", () => {
    expect(link("https://github.com/acme/shop", " ")).toBe(" ");
  });
});

describe("cutting", () => {
  test("says that something is missing, within the limit", () => {
    expect(clip("coverage", 8)).toBe("coverage");
    expect(clip("coverage", 5)).toBe("cove…");
  });

  test("never cuts a character in two", () => {
    expect(clip("😀😀😀😀", 4)).toBe("😀😀😀😀");
    expect(clip("😀😀😀😀", 3)).toBe("😀😀…");
  });
});
