import { describe, expect, test } from "vitest";
import { answer, overview } from "../../src/core/answer.ts";
import type { Answer } from "../../src/core/answer.ts";
import type { Question } from "../../src/core/command.ts";
import type { PhaseStatus } from "../../src/core/status.ts";
import {
  claim,
  COMMIT,
  AT,
  named,
  NOW,
  phase,
  repository,
  target,
} from "../messages/examples.ts";

function ask(
  question: Question,
  phases: readonly PhaseStatus[] = repository().phases,
): Answer {
  return answer(question, {
    repository: "acme/shop",
    status: repository({ phases }),
    polledAt: null,
    now: NOW,
  });
}

function askPhase(
  key: string,
  plan: string | null = null,
  phases?: PhaseStatus[],
) {
  return ask({ name: "phase", key, plan, repository: null }, phases);
}

/** The directories that answered, or what was said instead. */
function found(given: Answer): string[] {
  return given.kind === "phase"
    ? given.phases.map(({ status }) => status.phase.directory)
    : given.kind === "none"
      ? [given.message, given.hint]
      : [given.kind];
}

const PUSH = ".planning/phases/19-coverage-push-and-bug-fixes";

describe("a phase is found", () => {
  test.each([
    "19",
    "019",
    "phase-19",
    "coverage-push-and-bug-fixes",
    "Coverage Push and Bug Fixes",
    "19-coverage-push-and-bug-fixes",
    PUSH,
  ])("by %s", (key) => {
    expect(found(askPhase(key))).toEqual([PUSH]);
  });

  test("by its decimal key, and not by the whole number before it", () => {
    expect(found(askPhase("19.1"))).toEqual([
      ".planning/phases/19.1-flaky-test-hunt",
    ]);
  });

  test("in every directory that carries the key: the living before the removed, the latest word first", () => {
    const at = (directory: string, spoke: string | null, removed = false) =>
      named("19", "Push", {
        phase: {
          ...named("19", "Push").phase,
          directory,
          presence: removed ? "removed" : "present",
        },
        statements:
          spoke === null
            ? []
            : [
                {
                  path: "STATE.md",
                  line: 1,
                  says: "done",
                  at: "2026-01-01T00:00:00Z",
                },
                { path: "ROADMAP.md", line: 1, says: "done", at: spoke },
              ],
      });
    const given = askPhase("19", null, [
      at("gone/19", "2026-03-01T00:00:00Z", true),
      at("silent/19-b", null),
      at("silent/19-a", null),
      at("old/19", "2026-02-01T00:00:00Z"),
      at("new/19", "2026-02-09T00:00:00Z"),
    ]);
    expect(found(given)).toEqual([
      "new/19",
      "old/19",
      "silent/19-a",
      "silent/19-b",
      "gone/19",
    ]);
  });
});

describe("a plan is found", () => {
  const planOf = (given: Answer) =>
    given.kind === "phase"
      ? given.phases.map(({ plan }) => plan?.id)
      : given.kind;

  test.each(["19-09", "19-9", "09", "9"])("by %s", (id) => {
    expect(planOf(askPhase("19", id))).toEqual(["19-09"]);
  });

  test("by its id alone, where no phase is called so", () => {
    const gap = named("7", "Closing", {
      plans: [{ ...phase().plans[0]!, id: "GAP-03", path: "7/GAP-03-PLAN.md" }],
    });
    expect(planOf(askPhase("gap-3", null, [phase(), gap]))).toEqual(["GAP-03"]);
  });

  test("and shows the targets and claims of its own documents", () => {
    const given = askPhase("19", "19-09", [
      phase({
        targets: [
          target(),
          target({ path: `${PUSH}/19-08-PLAN.md` }),
          target({ path: null }),
        ],
        claims: [claim(), claim({ path: `${PUSH}/19-08-SUMMARY.md` })],
      }),
    ]);
    const view = given.kind === "phase" ? given.phases[0] : null;
    expect(view?.status.targets).toHaveLength(1);
    expect(view?.digest.claims.total).toBe(1);
    expect(view?.status.findings).toEqual([]);
  });

  test("and shows the requirements it takes on, and what is expected of it", () => {
    const given = askPhase("19", "19-09", [phase()]);
    const view = given.kind === "phase" ? given.phases[0] : null;
    expect(view?.status.requirements.map(({ id }) => id)).toEqual(["TQ-02"]);
    expect(view?.status.contributions.map(({ plan }) => plan)).toEqual([
      "19-09",
    ]);
  });

  test("not when two plans end so", () => {
    const [plan] = phase().plans;
    const twice = phase({
      plans: [
        { ...plan!, id: "19-01" },
        { ...plan!, id: "GAP-01" },
      ],
    });
    expect(found(askPhase("19", "1", [twice]))).toEqual([
      "Phase 19 has no plan 1, or more than one that ends so.",
      "Its plans: 19-01, GAP-01.",
    ]);
  });

  test("not in a phase without plans", () => {
    expect(
      found(askPhase("3", "01", [named("3", "Memory", { plans: [] })])),
    ).toEqual([
      "Phase 3 has no plan 01, or more than one that ends so.",
      "It has no plans at all.",
    ]);
  });

  test("or the first twenty of many are named", () => {
    const [plan] = phase().plans;
    const many = phase({
      plans: Array.from({ length: 23 }, (_, index) => ({
        ...plan!,
        id: `19-${index + 10}`,
      })),
    });
    expect(found(askPhase("19", "99", [many]))[1]).toMatch(
      /19-29 and 3 more\.$/,
    );
  });
});

describe("what is not there", () => {
  test.each([
    ["91", "Near it are 12, 19, 19.1. All of them: /coverage phases"],
    ["1", "Near it are 3, 12, 19. All of them: /coverage phases"],
    ["13", "Near it are 3, 12, 19. All of them: /coverage phases"],
    [
      "memory-integratoin",
      "The nearest is memory-integration. All of them: /coverage phases",
    ],
  ])("phase %s: its neighbours are named", (key, hint) => {
    expect(found(askPhase(key))).toEqual([`There is no phase ${key}.`, hint]);
  });

  test("gaps and claims of an unknown phase: said the same way", () => {
    expect(
      found(ask({ name: "gaps", phase: "91", top: null, repository: null }))[0],
    ).toBe("There is no phase 91.");
  });

  test("phase documents: said, with where they are looked for", () => {
    expect(found(askPhase("19", null, []))).toEqual([
      "This repository has no phase documents.",
      "They are looked for below .planning/phases, one directory a phase; other places are told by `docs:` in phasewatch.yml.",
    ]);
  });
});

describe("the table of phases", () => {
  const keys = (filter: "failing" | "open" | "all", phases?: PhaseStatus[]) => {
    const given = ask({ name: "phases", filter, repository: null }, phases);
    return given.kind === "phases"
      ? given.phases.map(({ key, directory }) => `${key} ${directory}`)
      : given.kind;
  };

  test("is in the order of keys, which compare by parts", () => {
    const phases = ["19.10", "2", "19.2", "12A"].map((key) => named(key, "A"));
    const twin = named("2", "A", {
      phase: { ...named("2", "A").phase, directory: "a/2" },
    });
    expect(keys("all", [...phases, twin])).toEqual([
      "2 .planning/phases/2-a",
      "2 a/2",
      "12A .planning/phases/12A-a",
      "19.2 .planning/phases/19.2-a",
      "19.10 .planning/phases/19.10-a",
    ]);
  });

  test("shows as failing what is measured or verified to be so, even when it calls itself complete", () => {
    const phases = [
      named("1", "A"),
      named("2", "A", { headline: "gaps_found" }),
      named("3", "A", { headline: "human_needed" }),
      named("4", "A", { targets: [target()] }),
      named("5", "A", { claims: [claim()] }),
      named("6", "A", { gaps: phase().gaps }),
      named("7", "A", {
        gaps: phase().gaps.map((gap) => ({ ...gap, open: false })),
      }),
      named("8", "A", { targets: [target({ verdict: "not_measured" })] }),
    ];
    expect(keys("failing", phases)).toEqual(
      [2, 3, 4, 5, 6].map((key) => `${key} .planning/phases/${key}-a`),
    );
  });

  test("shows as open what is neither complete nor superseded", () => {
    const phases = [
      named("1", "A"),
      named("2", "A", { headline: "superseded" }),
      named("3", "A", { headline: "unknown" }),
    ];
    expect(keys("open", phases)).toEqual(["3 .planning/phases/3-a"]);
  });
});

describe("the gaps", () => {
  const gapsOf = (top: number | null, phases?: PhaseStatus[]) => {
    const given = ask(
      { name: "gaps", phase: null, top, repository: null },
      phases,
    );
    if (given.kind !== "gaps") throw new Error(given.kind);
    return given;
  };

  test("come with the largest missing share first, whatever their units", () => {
    const { missed } = gapsOf(null, [
      phase({
        targets: [
          target({ value: 25, gap: 3 }),
          target({
            metric: "tests_total",
            unit: "tests",
            value: 200,
            gap: 100,
          }),
          target({
            metric: "tests_failing",
            op: "==",
            value: 0,
            unit: "tests",
            gap: 2,
          }),
          target({ subject: "a.py", gap: null }),
        ],
      }),
    ]);
    expect(missed.map(({ target: { gap } }) => gap)).toEqual([2, 100, 3, null]);
  });

  test("count what “top” leaves out", () => {
    const { missed, leftOut, targets } = gapsOf(1);
    expect([missed.length, leftOut, targets]).toEqual([1, 1, 4]);
  });

  test("list apart what could not be measured: it is not met, and not missed", () => {
    const verdicts = [
      "not_measured",
      "not_comparable",
      "untrusted",
      "documented",
      "not_checkable",
      "met",
    ] as const;
    const { missed, unknown } = gapsOf(null, [
      phase({
        targets: verdicts.map((verdict, value) => target({ verdict, value })),
      }),
    ]);
    expect(missed).toEqual([]);
    expect(unknown.map(({ target: { verdict } }) => verdict)).toEqual([
      "not_measured",
      "not_comparable",
      "untrusted",
    ]);
  });

  test("hold the open gaps of the verification, under the phase they are of", () => {
    expect(
      gapsOf(null).open.map(({ truth, phase: { key } }) => [key, truth]),
    ).toEqual([["19", "All agent tests pass"]]);
  });
});

describe("the claims", () => {
  const ofPhase = (contradicted: boolean) => {
    const verdicts = [
      "unverifiable",
      "confirmed",
      "stale",
      "contradicted",
      "estimated",
      "self_contradictory",
      "scope_mismatch",
    ] as const;
    const given = ask(
      { name: "claims", phase: "019", contradicted, repository: null },
      [
        phase({ claims: verdicts.map((verdict) => claim({ verdict })) }),
        named("20", "Other", { claims: [claim()] }),
      ],
    );
    if (given.kind !== "claims") throw new Error(given.kind);
    return given;
  };

  test("come disputed first and unverifiable last", () => {
    const { phase: key, claims } = ofPhase(false);
    expect(key).toBe("19");
    expect(claims.map((each) => each.claim.verdict)).toEqual([
      "contradicted",
      "self_contradictory",
      "estimated",
      "scope_mismatch",
      "stale",
      "confirmed",
      "unverifiable",
    ]);
  });

  test("are the disputed ones alone when asked for, while the counts stay whole", () => {
    const { claims, verdicts } = ofPhase(true);
    expect(claims.map((each) => each.claim.verdict)).toEqual([
      "contradicted",
      "self_contradictory",
    ]);
    expect(verdicts).toHaveLength(7);
  });
});

describe("claims that nothing ties to a phase", () => {
  const state = claim({ path: ".planning/STATE.md", verdict: "confirmed" });
  const asked = (
    phaseKey: string | null,
    status: Partial<Parameters<typeof repository>[0]> = {},
  ) =>
    answer(
      {
        name: "claims",
        phase: phaseKey,
        contradicted: false,
        repository: null,
      },
      {
        repository: "acme/shop",
        status: repository({
          phases: [phase({ claims: [claim({ verdict: "stale" })] })],
          claims: [state],
          ...status,
        }),
        polledAt: null,
        now: NOW,
      },
    );

  test("come with those of all phases, without one, and are counted", () => {
    expect(asked(null)).toMatchObject({
      kind: "claims",
      claims: [
        { phase: { key: "19" }, claim: { verdict: "stale" } },
        { phase: null, claim: state },
      ],
      verdicts: [
        { verdict: "stale", count: 1 },
        { verdict: "confirmed", count: 1 },
      ],
    });
  });

  test("are none of one phase", () => {
    expect(asked("19")).toMatchObject({
      claims: [{ phase: { key: "19" } }],
      verdicts: [{ verdict: "stale", count: 1 }],
    });
  });

  test("are told even where there are no phases", () => {
    expect(asked(null, { phases: [] })).toMatchObject({
      kind: "claims",
      claims: [{ phase: null, claim: state }],
    });
    expect(asked(null, { phases: [], claims: [] })).toMatchObject({
      kind: "none",
      message: "This repository has no phase documents.",
    });
    expect(asked("19", { phases: [] })).toMatchObject({
      kind: "none",
      message: "This repository has no phase documents.",
    });
  });
});

describe("the overview", () => {
  test("counts the headlines that occur, and puts the worst and latest phases first", () => {
    const given = overview(
      repository({
        phases: [
          named("1", "A", { claims: [claim()] }),
          named("2", "A", { claims: [claim()] }),
          named("3", "A"),
          phase(),
        ],
        findings: phase().findings,
      }),
    );
    expect(given.headlines).toEqual([
      { headline: "gaps_found", count: 1 },
      { headline: "complete", count: 3 },
    ]);
    expect(given.attention.map(({ key }) => key)).toEqual(["19", "2", "1"]);
    expect(given.findings).toBe(2);
  });

  test("exists for a repository without phases as well", () => {
    expect(ask({ name: "status", repository: null }, [])).toMatchObject({
      kind: "overview",
      phases: 0,
      headlines: [],
    });
  });
});

test("an answer says where it comes from, and what to ask to have it again", () => {
  expect(askPhase("19").provenance).toEqual({
    repository: "acme/shop",
    commit: COMMIT,
    at: AT,
    polledAt: null,
    now: NOW,
    question: "phase 19 acme/shop",
  });
});
