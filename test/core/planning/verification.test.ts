import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFrontMatter } from "../../../src/core/planning/frontMatter.ts";
import { readStatements } from "../../../src/core/planning/markdown.ts";
import {
  isOpen,
  normaliseStatus,
  plainWords,
  readScore,
  readVerification,
} from "../../../src/core/planning/verification.ts";

function read(...lines: string[]) {
  const text = lines.join("\n");
  const front = readFrontMatter("", text);
  const body = lines.slice(front.bodyLine - 1).join("\n");
  return readVerification(front, readStatements(body, front.bodyLine));
}

describe("readVerification", () => {
  test("reads status, score and gaps from the front matter", () => {
    expect(
      read(
        "---",
        "phase: 12-billing",
        "status: gaps_closed_partial",
        "score: 3/6 must_haves verified",
        "gaps:",
        '  - truth: "Coverage reaches 80%"',
        "    status: failed",
        "    reason: Measured at 71%.",
        "    missing:",
        "      - Tests for refunds",
        "      - Fix: the fixture",
        "      - [no sentence]",
        "  - truth: Invoices are rounded",
        "    status: verified",
        "  - Totals add up",
        "  - gap: Taxes",
        "    status: partial",
        "  - []",
        "---",
        "**Status:** PASSED",
      ),
    ).toEqual({
      status: "gaps_found",
      rawStatus: "gaps_closed_partial",
      statusLine: 3,
      score: { verified: 3, total: 6 },
      gaps: [
        {
          truth: "Coverage reaches 80%",
          status: "failed",
          reason: "Measured at 71%.",
          missing: ["Tests for refunds", "Fix: the fixture"],
          line: 6,
          open: true,
        },
        {
          truth: "Invoices are rounded",
          status: "verified",
          reason: null,
          missing: [],
          line: 13,
          open: false,
        },
        {
          truth: "Totals add up",
          status: "failed",
          reason: null,
          missing: [],
          line: 15,
          open: true,
        },
        {
          truth: "Taxes",
          status: "partial",
          reason: null,
          missing: [],
          line: 16,
          open: true,
        },
      ],
    });
  });

  test("reads the same from prose where there is no front matter", () => {
    expect(
      read(
        "# Phase 3: Verification",
        "",
        "**Overall Status:** ⚠️ PARTIAL PASS (3/4 criteria met)",
        "**Score:** 3/4 criteria",
      ),
    ).toEqual({
      status: "gaps_found",
      rawStatus: "PARTIAL PASS (3/4 criteria met)",
      statusLine: 3,
      score: { verified: 3, total: 4 },
      gaps: [],
    });
  });

  test("says unknown where the document says nothing", () => {
    expect(read("# Verification", "", "Looks good.")).toEqual({
      status: "unknown",
      rawStatus: "",
      statusLine: 1,
      score: null,
      gaps: [],
    });
  });
});

describe("normaliseStatus", () => {
  test.each([
    ["passed", "passed"],
    ["✅ PASSED", "passed"],
    ["verified", "passed"],
    ["COMPLETE (4/4 plans)", "passed"],
    ["gaps_closed", "passed"],
    ["passed - no gaps", "passed"],
    ["No gaps found", "passed"],
    ["no open gaps remaining", "passed"],
    ["gaps_found", "gaps_found"],
    ["gaps_closed_partial", "gaps_found"],
    ["gaps_addressed", "gaps_found"],
    ["gaps_resolved", "passed"],
    ["not_started", "unknown"],
    ["Not yet run", "unknown"],
    ["targets_not_met", "gaps_found"],
    ["targets_partially_met", "gaps_found"],
    ["⚠️ PARTIAL PASS (3/4 criteria met)", "gaps_found"],
    ["COMPLETE WITH MINOR GAPS", "gaps_found"],
    ["FAILED", "gaps_found"],
    ["not passed", "gaps_found"],
    ["human_needed", "human_needed"],
    ["passed, human check open", "human_needed"],
    ["unverified", "unknown"],
    ["in review", "unknown"],
    ["19", "unknown"],
    ["", "unknown"],
  ])("reads %j as %s", (raw, status) => {
    expect(normaliseStatus(raw)).toBe(status);
  });
});

describe("isOpen", () => {
  test.each([
    "verified",
    "✅ VERIFIED",
    "passed",
    "complete ✅",
    "resolved",
    "closed",
    "documented",
    "met",
  ])("a gap that is %s is none", (status) => {
    expect(isOpen(status)).toBe(false);
  });

  test.each([
    "failed",
    "partial",
    "not met",
    "unverified",
    "blocked",
    "",
    "verified_with_gaps",
  ])("a gap that is %j is open", (status) => {
    expect(isOpen(status)).toBe(true);
  });
});

describe("readScore", () => {
  test.each([
    ["2/10 must-haves verified", 2, 10],
    ["3.5/4", 3.5, 4],
    ["3.75 / 4", 3.75, 4],
    ["16/18 (89%)", 16, 18],
    ["Score: 0/0", 0, 0],
  ])("reads %s", (text, verified, total) => {
    expect(readScore(text)).toEqual({ verified, total });
  });

  test.each(["89%", "12345/6", "1.2345/4", "all", undefined])(
    "finds no score in %s",
    (text) => {
      expect(readScore(text)).toBeNull();
    },
  );
});

describe("plainWords", () => {
  test("takes off bold, code and emoji, and keeps the names of things", () => {
    expect(plainWords("**✅ Fixed**  `test_a_b.py` ⚠️ *now* ✓")).toBe(
      "Fixed test_a_b.py now",
    );
  });

  test("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const once = plainWords(text);
        expect(plainWords(once)).toBe(once);
      }),
    );
  });
});
