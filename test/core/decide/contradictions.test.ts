import { describe, expect, test } from "vitest";
import { contradictionNews } from "../../../src/core/decide/contradictions.ts";
import type { ContradictionNews, Incident } from "../../../src/core/news.ts";
import type { ClaimResult } from "../../../src/core/status.ts";
import {
  claimOf,
  incidentOf,
  phaseOf,
  repositoryOf,
} from "../../support/statuses.ts";

const KEY =
  "claim|.planning/phases/19-coverage-push/19-02-SUMMARY.md|5a11ad|pass_rate|overall|100";

function told(
  before: readonly ClaimResult[],
  after: readonly ClaimResult[],
  incidents: readonly Incident[] = [],
) {
  return contradictionNews(
    { status: repositoryOf([phaseOf({ claims: before })]), incidents },
    repositoryOf([phaseOf({ claims: after })]),
  );
}

function toldBefore(
  claim: ClaimResult,
  state: Incident["state"] = "open",
): Incident {
  const news: ContradictionNews = {
    kind: "contradiction",
    phase: { key: "19", name: "Coverage push" },
    claim,
    others: 0,
    resolvedBy: null,
    commit: "c0ffee1",
    at: "2026-02-17T09:00:00Z",
  };
  return incidentOf(KEY, news, state);
}

describe("a claim that a measurement contradicts", () => {
  test("fires when it did not before", () => {
    expect(told([claimOf({ verdict: "unverifiable" })], [claimOf()])).toEqual([
      {
        key: KEY,
        transition: "fire",
        news: {
          kind: "contradiction",
          phase: { key: "19", name: "Coverage push" },
          claim: claimOf(),
          others: 0,
          resolvedBy: null,
          commit: "c0ffee2",
          at: "2026-02-18T09:00:00Z",
        },
      },
    ]);
  });

  test("is no news when it was contradicted before, wherever its line has moved", () => {
    expect(told([claimOf()], [claimOf({ line: 55, blob: "5a11ae" })])).toEqual(
      [],
    );
  });

  test("is no news when its document was moved as it is", () => {
    const moved = claimOf({ path: "backend/.planning/19-02-SUMMARY.md" });
    expect(told([claimOf()], [moved], [toldBefore(claimOf())])).toEqual([]);
  });

  test("is told once per document and claim, even when it was resolved in between", () => {
    expect(told([], [claimOf()], [toldBefore(claimOf(), "resolved")])).toEqual(
      [],
    );
    expect(told([], [claimOf(), claimOf({ line: 90 })])).toHaveLength(1);
  });

  test("says so again when the document says something else that is not true", () => {
    const reworded = claimOf({
      blob: "5a11ae",
      value: 99,
      text: "Pass rate: 99 %",
    });
    expect(
      told([claimOf()], [reworded], [toldBefore(claimOf())]),
    ).toMatchObject([
      { transition: "fire", news: { claim: { value: 99 } } },
      {
        key: KEY,
        transition: "resolve",
        news: { resolvedBy: "The document no longer makes this claim." },
      },
    ]);
  });

  test("needs no blob to be known by", () => {
    const { blob: _blob, ...claim } = claimOf();
    expect(told([], [claim])).toMatchObject([
      { key: KEY.replace("5a11ad", "") },
    ]);
    expect(told([claim], [claim])).toEqual([]);
  });

  test("is one of five that are told; the last of them counts the others", () => {
    const many = Array.from({ length: 8 }, (_, index) =>
      claimOf({ subject: `suite ${index}` }),
    );
    expect(
      told([], many).map(({ news }) =>
        news.kind === "contradiction" ? news.others : null,
      ),
    ).toEqual([0, 0, 0, 0, 3]);
  });

  test.each([
    "self_contradictory",
    "stale",
    "scope_mismatch",
    "estimated",
  ] as const)("is not meant by %s", (verdict) => {
    expect(told([], [claimOf({ verdict })])).toEqual([]);
  });
});

describe("a claim that nothing ties to a phase", () => {
  const state = (overrides: Partial<ClaimResult> = {}) =>
    claimOf({ path: ".planning/STATE.md", ...overrides });
  const of = (
    before: readonly ClaimResult[],
    after: readonly ClaimResult[],
    incidents: readonly Incident[] = [],
  ) =>
    contradictionNews(
      { status: repositoryOf([phaseOf()], { claims: before }), incidents },
      repositoryOf([phaseOf()], { claims: after }),
    );

  test("is told without one", () => {
    expect(of([], [state()])).toMatchObject([
      {
        key: KEY.replace(
          "/phases/19-coverage-push/19-02-SUMMARY.md",
          "/STATE.md",
        ),
        transition: "fire",
        news: { kind: "contradiction", phase: null, claim: state() },
      },
    ]);
  });

  test("is no news when it was contradicted before", () => {
    expect(of([state()], [state()])).toEqual([]);
  });

  test("is the same one when a document begins to say of which phase it is", () => {
    expect(
      contradictionNews(
        {
          status: repositoryOf([phaseOf()], { claims: [state()] }),
          incidents: [toldBefore(state())],
        },
        repositoryOf([phaseOf({ claims: [state({ phase: "19" })] })]),
      ),
    ).toEqual([]);
  });

  test("is resolved when a measurement agrees, or nobody claims it any more", () => {
    const open = [{ ...toldBefore(state()), key: "claim|x" }];
    expect(
      of([state()], [state({ verdict: "confirmed" })], open),
    ).toMatchObject([{ key: "claim|x", transition: "resolve" }]);
    expect(of([state()], [], open)).toMatchObject([
      {
        transition: "resolve",
        news: { resolvedBy: "The document no longer makes this claim." },
      },
    ]);
  });
});

describe("a contradiction that was told", () => {
  test("stays open while it lasts, even if the same words are confirmed elsewhere in the document", () => {
    const living = [toldBefore(claimOf())];
    const confirmed = claimOf({ line: 3, verdict: "confirmed" });
    expect(told([claimOf()], [claimOf(), confirmed], living)).toEqual([]);
    expect(told([claimOf()], [confirmed, claimOf()], living)).toEqual([]);
  });

  test("is resolved by a measurement that agrees", () => {
    const confirmed = claimOf({
      verdict: "confirmed",
      why: "The artifact says 100.0 %.",
    });
    expect(
      told([claimOf()], [confirmed], [toldBefore(claimOf())]),
    ).toMatchObject([
      {
        key: KEY,
        transition: "resolve",
        news: {
          claim: { verdict: "contradicted" },
          resolvedBy: "The claim is now confirmed: The artifact says 100.0 %.",
          commit: "c0ffee2",
        },
      },
    ]);
  });

  test("is resolved once", () => {
    expect(told([claimOf()], [], [toldBefore(claimOf(), "resolved")])).toEqual(
      [],
    );
  });
});
