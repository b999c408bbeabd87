import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  idFirst,
  idList,
  idsIn,
  isWorkItem,
} from "../../../src/core/planning/requirementIds.ts";

describe("an id that stands first", () => {
  test.each([
    ["**AUTH-01**: Sign-in by mail", "AUTH-01", "Sign-in by mail"],
    ["**AUTH-01:** Sign-in by mail", "AUTH-01", "Sign-in by mail"],
    ["AUTH-01: Sign-in by mail", "AUTH-01", "Sign-in by mail"],
    ["`COV-B-01` – 80 % of the backend", "COV-B-01", "80 % of the backend"],
    ["COV-B-01 — 80 % of the backend", "COV-B-01", "80 % of the backend"],
    ["[FR-3] Export as PDF", "FR-3", "Export as PDF"],
    ["~~**AUTH-02**: Sign-in by phone~~", "AUTH-02", "Sign-in by phone~~"],
    ["**AUTH-01**", "AUTH-01", ""],
    ["AUTH-01", "AUTH-01", ""],
  ])("%s", (text, id, rest) => {
    expect(idFirst(text)).toEqual({ id, rest });
  });

  test.each([
    ["a sentence that only names one", "Close AUTH-01: sign-in"],
    ["a sentence that begins with one", "AUTH-01 is done"],
    ["an encoding", "**UTF-8**: every file"],
    ["a digest", "SHA-256: checksums of uploads"],
    ["a standard", "ISO-8601: dates"],
    ["a model", "GPT-4 - writes posts"],
    ["an advisory", "CVE-2026-1234: patched"],
    ["lower case", "auth-01: sign-in"],
    ["a date", "2026-02-10: kick-off"],
  ])("not %s", (_, text) => {
    expect(idFirst(text)).toBeNull();
  });
});

describe("ids in a text", () => {
  test("are found once each, in order", () => {
    expect(idsIn("PAY-02 after PAY-01, then PAY-02 (COV-F-01).")).toEqual([
      "PAY-02",
      "PAY-01",
      "COV-F-01",
    ]);
  });

  test.each([
    "docs/PAY-01.md",
    "PAY-01-SUMMARY.md",
    "x-PAY-01",
    "PAY-1.2",
    "RFC-2119 and UTF-8",
    "PAY-01a",
  ])("are not in %s", (text) => {
    expect(idsIn(text)).toEqual([]);
  });

  test("may be those of the work itself", () => {
    for (const id of ["PLAN-03", "GAP-02", "WAVE-1", "SKILLS-GAP-01"]) {
      expect(isWorkItem(id)).toBe(true);
    }
    expect(isWorkItem("TQ-02")).toBe(false);
  });
});

describe("a list of ids", () => {
  test("may have brackets around it, or bold", () => {
    expect(idList("[AUTH-01, **AUTH-02**]").map(({ id }) => id)).toEqual([
      "AUTH-01",
      "AUTH-02",
    ]);
  });

  test("may say what each asks for, where another one may be named", () => {
    expect(
      idList("PAY-01 (Refunds, as in PAY-07), PAY-02 (98%+ pass rate)"),
    ).toEqual([
      { id: "PAY-01", text: "Refunds, as in PAY-07" },
      { id: "PAY-02", text: "98%+ pass rate" },
    ]);
  });

  test.each(["PAY-08 to PAY-11", "PAY-08–PAY-11", "PAY-08 through PAY-11"])(
    "may be a range: %s",
    (text) => {
      expect(idList(text).map(({ id }) => id)).toEqual([
        "PAY-08",
        "PAY-09",
        "PAY-10",
        "PAY-11",
      ]);
    },
  );

  test.each([
    "PAY-01 to TAX-04",
    "PAY-04 to PAY-01",
    "PAY-01 to PAY-900",
    "PAY-01, PAY-02",
  ])("is no range in %s", (text) => {
    expect(idList(text)).toHaveLength(2);
  });

  test("may name one twice", () => {
    expect(idList("PAY-01 (Refunds), PAY-01")).toEqual([
      { id: "PAY-01", text: "Refunds" },
    ]);
  });

  test("may be empty", () => {
    expect(idList("To be found in phases 1-5")).toEqual([]);
  });
});

test("any text is read without an error, and holds the ids that are found in it", () => {
  const texts = fc.array(
    fc.oneof(
      fc.constantFrom("PAY", "-", "01", "A", " ", "to", "("),
      fc.string(),
    ),
  );
  fc.assert(
    fc.property(texts, (words) => {
      const text = words.join("");
      const first = idFirst(text);
      if (first) expect(text).toContain(first.id);
      for (const id of idsIn(text)) expect(text).toContain(id);
      const listed = idList(text).map(({ id }) => id);
      expect(listed).toEqual([...new Set(listed)]);
    }),
  );
});

test("a text that is made to take long takes no longer", () => {
  const long = ["A-".repeat(50_000), "A1-".repeat(30_000), "A".repeat(90_000)];
  const started = performance.now();
  for (const text of long) {
    expect(idsIn(text)).toEqual([]);
    expect(idList(text)).toEqual([]);
    expect(idFirst(text)).toBeNull();
  }
  expect(performance.now() - started).toBeLessThan(1_000);
});
