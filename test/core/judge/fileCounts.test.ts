import { describe, expect, it } from "vitest";
import { judgeFileCount } from "../../../src/core/judge/fileCounts.ts";
import type { TrendEntry } from "../../../src/core/coverage/observation.ts";
import type { Claim } from "../../../src/core/planning/claim.ts";
import { aClaim, evidenceOf, momentAt, trend } from "../../support/facts.ts";

/** Four of six files have more than 35 %. */
const FILES = [50, 36, 90, 40, 35, 0].map((percent, index) => ({
  path: `m${index}.py`,
  percent,
}));

function judge(claim: Partial<Claim>, ...entries: Partial<TrendEntry>[]) {
  return judgeFileCount(
    aClaim({
      subject: "files >35%",
      value: 4,
      unit: "files",
      fraction: { n: 4, d: 6 },
      ...claim,
    }),
    evidenceOf([{ files: { "trending.json": trend(...entries) } }]),
  );
}

describe("how many files reach a coverage", () => {
  it("is confirmed by a recorded set of as many files of which as many reach it", () => {
    expect(judge({}, { files: FILES })).toEqual({
      verdict: "confirmed",
      measured: {
        value: 4,
        covered: 4,
        total: 6,
        files: 6,
        basis: null,
        trust: "measured",
        path: "trending.json",
        commit: momentAt(0).sha,
        at: momentAt(0).at,
      },
      why: "The document says 4 of 6 files; of the 6 files in trending.json at 0000000, 4 reach 35 %.",
    });
  });

  it("takes a bound that is reached for reached only where the document does", () => {
    const five = { value: 5, fraction: { n: 5, d: 6 } };
    expect(
      judge({ ...five, subject: "files >=35%" }, { files: FILES }),
    ).toMatchObject({ verdict: "confirmed" });
    expect(judge(five, { files: FILES }).verdict).toBe("unverifiable");
  });

  it("is answered by the newest entry that fits", () => {
    const older = { percent: 1, files: FILES };
    const newer = { percent: 2, files: FILES.slice(1) };
    expect(judge({}, older, newer).verdict).toBe("confirmed");
  });

  it.each<[string, Partial<TrendEntry>]>([
    [
      "another number of them reaching it",
      { files: FILES.map((file) => ({ ...file, percent: 90 })) },
    ],
    ["another number of files", { files: FILES.slice(1) }],
    ["another phase", { files: FILES, phase: "18" }],
    ["an estimate", { files: FILES, trust: "estimated" }],
    ["an entry at odds with itself", { files: FILES, trust: "inconsistent" }],
  ])("is neither confirmed nor denied by %s", (_, entry) => {
    expect(judge({}, entry)).toEqual({
      verdict: "unverifiable",
      measured: null,
      why: "No recorded set of so many files says how many of them reach it.",
    });
  });

  it.each([{ subject: "files" }, { fraction: null }])(
    "is not looked for where the statement does not say of how many or of what: %j",
    (claim) => {
      expect(judge(claim, { files: FILES }).why).toBe(
        "The statement does not say which files it counts.",
      );
    },
  );
});
