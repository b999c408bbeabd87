import { describe, expect, test } from "vitest";
import { parseConfig, repositoriesIn } from "../src/config.ts";
import { Docs } from "../src/docsConfig.ts";

function layouts(value: unknown) {
  const result = Docs.safeParse(value);
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

function problems(value: unknown): string[] {
  const result = Docs.safeParse(value);
  return result.success
    ? []
    : result.error.issues.map(
        ({ path, message }) => `${path.join(".")}: ${message}`,
      );
}

const OWN = {
  root: "docs/stories",
  plan: "<id>.<plan>.<slug>.md",
  done: "status",
};

describe("docs", () => {
  test.each([["gsd"], ["spec-kit"], ["bmad"]])("may be %s", (name) => {
    expect(layouts(name).fingerprint).toBe(name);
  });

  test("may be several, each with its own documents", () => {
    const { placeOf } = layouts(["spec-kit", OWN]);
    expect(placeOf("specs/001-a/tasks.md")?.kind).toBe("tasks");
    expect(placeOf("docs/stories/1.2.price.md")).toMatchObject({
      kind: "plan",
      planId: "1-2",
      rules: { hasStatus: true },
    });
    expect(placeOf(".planning/STATE.md")).toBeNull();
  });

  test("may describe everything", () => {
    const { placeOf } = layouts({
      root: ["work", "apps/*/work"],
      unit: "<id>-<slug>",
      plan: "plans/<plan>.md",
      summary: "done/<plan>.md",
      verification: {
        file: "review.md",
        field: "result.verdict",
        map: { approved: "passed" },
      },
      done: "summaries",
      words: { parked: "planned" },
      targets: { file: "goals.md", section: "goals", id: "G" },
    });
    expect(placeOf("apps/shop/work/3-cart/done/2.md")).toMatchObject({
      directory: "apps/shop/work/3-cart",
      kind: "summary",
      planId: "3-2",
      rules: { words: { parked: "planned" }, hasStatus: false },
    });
    expect(placeOf("work/3-cart/review.md")?.rules?.verification).toMatchObject(
      {
        field: "result.verdict",
        map: { approved: "passed" },
      },
    );
    expect(placeOf("work/3-cart/goals.md")?.rules?.targets).toEqual([
      { section: "goals", id: "G" },
    ]);
  });

  test("may change a preset", () => {
    const { placeOf } = layouts({
      preset: "bmad",
      root: "planning/sprint",
      words: { parked: "planned" },
    });
    expect(placeOf("planning/sprint/sprint-status.yaml")?.rules).toMatchObject({
      tracker: { field: "development_status", unit: "epic-<id>" },
      words: { parked: "planned" },
    });
    expect(
      layouts({ preset: "spec-kit", root: "features" }).placeOf(
        "features/001-a/spec.md",
      )?.rules?.targets,
    ).toEqual([{ section: "success criteria", id: "SC" }]);
  });

  test("have one fingerprint as long as they say the same", () => {
    const { fingerprint } = layouts(OWN);
    expect(layouts({ ...OWN }).fingerprint).toBe(fingerprint);
    expect(layouts({ ...OWN, root: "stories" }).fingerprint).not.toBe(
      fingerprint,
    );
  });

  test("may keep the state of plans in a file of another form than BMAD's", () => {
    const { placeOf } = layouts({
      ...OWN,
      done: { file: "state.yml", field: "stories", plan: "<id>.<plan>" },
    });
    expect(placeOf("docs/stories/state.yml")?.rules?.tracker?.unit).toBe(
      "<id>",
    );
  });

  test.each<[string, unknown, string]>([
    [
      "a name that nobody knows",
      "bmadd",
      ": “bmadd” is no layout. Write gsd, spec-kit, bmad, or describe one",
    ],
    ["nothing", [], "is no layout"],
    ["a number", 42, "is no layout"],
    ["a wrong one of several", ["gsd", "x"], "1: “x” is no layout"],
    [
      "a preset that nobody knows",
      { preset: "kiro" },
      "preset: “kiro” is none. Write spec-kit or bmad.",
    ],
    [
      "a key that nobody knows",
      { ...OWN, plans: "x" },
      'Unrecognized key: "plans"',
    ],
    ["no plan", { ...OWN, plan: undefined }, "plan: Write a path such as"],
    [
      "a rule that nobody knows",
      { ...OWN, done: "ticks" },
      "done: This is `summaries`, `checkboxes`, `status`, or a file",
    ],
    [
      "plans of no phase",
      { ...OWN, plan: "plan.md" },
      ": “plan.md” does not say which phase it belongs to. Add `unit:`",
    ],
    [
      "summaries that are nowhere",
      { ...OWN, done: "summaries" },
      "summary: `done: summaries` needs `summary:`",
    ],
    [
      "a glob that makes no sense",
      { ...OWN, root: "docs/" },
      ": “docs/” is no relative path.",
    ],
    [
      "an id with digits",
      { ...OWN, targets: { id: "SC-1" } },
      "targets.id: An id is letters, such as SC.",
    ],
  ])("of %s name the key and the mend", (_, value, problem) => {
    expect(problems(value).join("\n")).toContain(problem);
  });
});

describe("phasewatch.yml", () => {
  const text = (docs: string) =>
    `repositories:\n  - name: acme/shop\n    docs: ${docs}\n`;
  const parse = (docs: string) =>
    parseConfig({
      env: {},
      file: { path: "phasewatch.yml", text: text(docs) },
      readSecret: () => "",
    }).config.repositories[0];

  test("says for a repository where its documents lie", () => {
    expect(parse("spec-kit")?.docs?.fingerprint).toBe("spec-kit");
    expect(
      repositoriesIn({
        path: "x.yml",
        text: "repositories: [{ name: acme/shop }]",
      })[0],
    ).not.toHaveProperty("docs");
  });

  test("is refused with the place of what is wrong in it", () => {
    expect(() => parse("[gsd, { preset: kiro }]")).toThrow(
      "phasewatch.yml: repositories.0.docs.1.preset: “kiro” is none.",
    );
    expect(() =>
      repositoriesIn({ path: "phasewatch.yml", text: text("kiro") }),
    ).toThrow("phasewatch.yml: repositories.0.docs: “kiro” is no layout.");
  });
});
