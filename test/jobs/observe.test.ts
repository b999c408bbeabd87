import { describe, expect, test } from "vitest";
import { coverageJson } from "../../examples/story/artifacts.ts";
import { memoryReadings } from "../../src/jobs/readBlobs.ts";
import { observe } from "../../src/jobs/observe.ts";
import { removedPhases } from "../../src/jobs/removedPhases.ts";
import { openGit } from "../../src/repositories/git.ts";
import type { Repository } from "../../src/repositories/repository.ts";
import {
  createGitFixture,
  type FixtureCommit,
  type FixtureFile,
} from "../support/gitFixture.ts";
import { BEFORE_WATCHING, PLOT } from "./support.ts";

const P19 = ".planning/phases/19-cart";
const PLAN = `---
phase: 19-cart
plan: 01
must_haves:
  truths:
    - "Overall coverage reaches 30%"
  artifacts:
    - path: "docs/cart-report.md"
      provides: "What was measured"
      contains: "Coverage"
    - path: "src/cart.ts"
      provides: "The cart"
      contains: "export function total"
---

Test the cart.
`;
const COVERAGE = coverageJson(
  { "shop/catalog.py": 96, "shop/pricing.py": 60 },
  "2026-03-02T08:58:11.402113",
);

/** A repository of one commit with these files beside a plan and a report of coverage. */
async function tree(files: Readonly<Record<string, FixtureFile>> = {}) {
  return history([
    {
      subject: "Plan the cart",
      at: "2026-03-02T09:00:00Z",
      files: {
        [`${P19}/19-01-PLAN.md`]: PLAN,
        "reports/coverage.json": COVERAGE,
        ...files,
      },
    },
  ]);
}

async function history(commits: readonly FixtureCommit[]) {
  await using stack = new AsyncDisposableStack();
  const fixture = stack.use(await createGitFixture(commits));
  const repository = stack.use(
    await openGit(fixture.gitDir, { cacheDir: fixture.directory("cache") }),
  );
  const parts = stack.move();
  return {
    fixture,
    repository,
    observe: async (revision = "main", cache = memoryReadings()) =>
      observe(repository, await repository.resolve(revision), { cache }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** The same repository, which also says which blobs were asked for. */
function listening(repository: Repository) {
  const asked: string[] = [];
  const heard = new Proxy(repository, {
    get: (target, name) => {
      if (name === "read") {
        return (...[blobs, options]: Parameters<Repository["read"]>) => {
          const wanted = [...blobs];
          asked.push(...wanted);
          return target.read(wanted, options);
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { asked, repository: heard };
}

describe("Observing a commit", () => {
  test("reads its documents and artifacts, and says how many there were", async () => {
    await using cart = await tree({
      [`${P19}/19-01-SUMMARY.md`]: "Coverage is 33.9%.\n",
      "README.md": "# Shop\n",
    });
    const { status, reports, seen, read } = await cart.observe();
    expect({ seen, read }).toEqual({ seen: 3, read: 3 });
    expect(status.phases.map(({ phase }) => phase.key)).toEqual(["19"]);
    expect([...reports.keys()]).toEqual(["reports/coverage.json"]);
    expect(status.findings).toEqual([]);
  });

  test("loses no file: what was not read has a finding", async () => {
    const megabytes = (count: number) => new Uint8Array(count * 1_048_576);
    await using cart = await tree({
      [`${P19}/19-02-PLAN.md`]: megabytes(3),
      "reports/junit-results.xml": megabytes(65),
    });
    const { status, seen, read } = await cart.observe();
    const unread = status.findings.filter(({ kind }) => kind === "unreadable");
    expect(seen).toBe(read + unread.length);
    expect(unread.map(({ path, message }) => [path, message])).toEqual([
      [
        `${P19}/19-02-PLAN.md`,
        "The file has 3.0 MB; files over 2 MB are not read.",
      ],
      [
        "reports/junit-results.xml",
        "The file has 65.0 MB; files over 64 MB are not read.",
      ],
    ]);
  });

  test("finds symbolic links and submodules where documents or artifacts are expected, and says why it did not follow them", async () => {
    await using cart = await tree();
    const head = await cart.fixture.git("rev-parse", "main");
    await cart.fixture.commit({
      subject: "Link",
      at: "2026-03-02T10:00:00Z",
      files: {
        "coverage.json": { symlink: "reports/coverage.json" },
        [`${P19}/19-01-SUMMARY.md`]: { symlink: "../../../secret" },
        "backend/.planning": { submodule: head },
        "vendor/payments": { submodule: head },
        "latest.md": { symlink: "README.md" },
      },
    });
    const { status, seen, read } = await cart.observe();
    expect({ seen, read }).toEqual({ seen: 2, read: 2 });
    expect(
      status.findings.map(({ kind, path, message }) => [
        kind,
        path,
        message.split(";")[0],
      ]),
    ).toEqual([
      ["not_a_file", `${P19}/19-01-SUMMARY.md`, "This is a symbolic link"],
      ["not_a_file", "backend/.planning", "This is a submodule"],
      ["not_a_file", "coverage.json", "This is a symbolic link"],
    ]);
  });

  test("reads a report that lies elsewhere when a plan promises it", async () => {
    await using cart = await tree({
      "docs/cart-report.md": "# Cart\n\nOverall coverage is 99.0%\n",
      "docs/other-report.md": "Overall coverage is 98.0%\n",
    });
    const { status, seen, read } = await cart.observe();
    expect({ seen, read }).toEqual({ seen: 3, read: 3 });
    const claims = status.phases.flatMap((phase) => phase.claims);
    expect(claims.map(({ path, value }) => [path, value])).toEqual([
      ["docs/cart-report.md", 99],
    ]);
  });

  test("has a finding for a promised report that is too large", async () => {
    await using cart = await tree({
      "docs/cart-report.md": new Uint8Array(3 * 1_048_576),
    });
    const { status, seen, read } = await cart.observe();
    expect({ seen, read }).toEqual({ seen: 3, read: 2 });
    expect(status.findings.map(({ path }) => path)).toEqual([
      "docs/cart-report.md",
    ]);
  });

  test("looks into the files that a plan requires", async () => {
    const contains = async (source: string) => {
      await using cart = await tree({
        "src/cart.ts": source,
        [`${P19}/19-01-SUMMARY.md`]: "# Summary\n",
      });
      const { status } = await cart.observe();
      return status.phases[0]?.mustHaves.artifacts
        .filter(({ path }) => path === "src/cart.ts")
        .find(({ check }) => check.startsWith("contains"))?.verdict;
    };
    expect(await contains("export function total() {}\n")).toBe("met");
    expect(await contains("export function sum() {}\n")).toBe("missed");
  });

  test("has a finding for a required file that is too large to look into", async () => {
    await using cart = await tree({
      "src/cart.ts": new Uint8Array(3 * 1_048_576),
    });
    const { status } = await cart.observe();
    expect(status.findings).toEqual([
      {
        kind: "unreadable",
        path: "src/cart.ts",
        line: null,
        message: "The file has 3.0 MB; files over 2 MB are not read.",
      },
    ]);
  });

  test("never reads a blob again that it has read, at whatever commit it comes again", async () => {
    await using story = await history(PLOT.slice(0, 12));
    const { asked, repository } = listening(story.repository);
    const cache = memoryReadings();
    for (const revision of ["main~3", "main~2", "main~1", "main", "main~2"]) {
      await observe(repository, await repository.resolve(revision), { cache });
    }
    expect(asked.length).toBeGreaterThan(10);
    // A file may be asked for in another role, when a later plan asks another question about it.
    const commits = asked.length;
    for (const revision of ["main", "main~3"]) {
      await observe(repository, await repository.resolve(revision), { cache });
    }
    expect(asked).toHaveLength(commits);
  });

  test("comes to the same status with a cache and without one", async () => {
    await using story = await history(PLOT.slice(0, 12));
    const cache = memoryReadings();
    const first = await story.observe("main", cache);
    expect((await story.observe("main", cache)).status).toEqual(first.status);
    expect((await story.observe()).status).toEqual(first.status);
  });
});

describe("How far back the history was read", () => {
  test("decides since when an artifact is known to be there", async () => {
    await using story = await history(PLOT.slice(0, BEFORE_WATCHING + 3));
    const { repository } = story;
    const commit = await repository.resolve("main");
    const at = async (changes: Parameters<typeof observe>[2]) =>
      (await observe(repository, commit, changes)).status.artifacts.map(
        (artifact) => artifact.at,
      );
    const whole = await Array.fromAsync(
      repository.history(commit.sha, () => true),
    );
    const cache = memoryReadings();
    // The report came with the commit before the last.
    expect(await at({ cache, history: whole })).toEqual([
      "2026-03-04T16:30:00Z",
    ]);
    expect(await at({ cache, historyLimit: 5_000 })).toEqual([
      "2026-03-04T16:30:00Z",
    ]);
    expect(
      await at({ cache, history: whole.slice(0, 1), historyComplete: false }),
    ).toEqual(["2026-03-05T09:00:00Z"]);
    expect(await at({ cache, history: [] })).toEqual(["2026-03-05T09:00:00Z"]);
  });

  test("may be not at all: then the commit itself is the earliest that is known", async () => {
    await using cart = await tree();
    const commit = await cart.repository.resolve("main");
    const { status } = await observe(cart.repository, commit, {
      cache: memoryReadings(),
      history: [],
      historyComplete: false,
    });
    expect(status.artifacts.map(({ commit: since }) => since)).toEqual([
      commit.sha,
    ]);
  });
});

test("Phases that are gone are found in the history, with the newest commit that had them", async () => {
  await using cart = await tree({
    ".planning/phases/18-catalog/18-01-PLAN.md": PLAN.replaceAll("19", "18"),
  });
  const before = await cart.fixture.git("rev-parse", "main");
  await cart.fixture.commit({
    subject: "Archive phase 18",
    at: "2026-03-03T09:00:00Z",
    files: { ".planning/phases/18-catalog/18-01-PLAN.md": null },
  });
  const head = await cart.repository.resolve("main");
  expect(await removedPhases(cart.repository, head, [P19])).toEqual([
    { directory: ".planning/phases/18-catalog", lastSeen: before },
  ]);
});

test("Archived, nested and parallel phases of a real repository each hear their own roadmap, and are stale by ancestry", async () => {
  const at = "2026-03-02T09:00:00Z";
  const web = ".planning/workstreams/web";
  const archive = ".planning/milestones/v1.0";
  const verified = "---\nstatus: passed\nscore: 1/1\n---\n# Verification\n";
  await using story = await history([
    {
      subject: "Plan and verify",
      at,
      files: {
        [`${P19}/19-01-PLAN.md`]: PLAN,
        [`${P19}/19-01-SUMMARY.md`]: "# Summary\n",
        [`${P19}/19-VERIFICATION.md`]: verified,
        ".planning/ROADMAP.md": "- [ ] **Phase 19: Cart**\n",
        [`${archive}-ROADMAP.md`]: "- [x] **Phase 19: Catalog**\n",
        [`${archive}-phases/19-catalog/19-01-PLAN.md`]: "# Plan\n",
        [`${archive}-phases/19-catalog/19-01-SUMMARY.md`]: "# Summary\n",
        [`${web}/ROADMAP.md`]: "- [x] **Phase 19: Web**\n",
        [`${web}/phases/19-web/19-01-PLAN.md`]:
          "---\nstatus: superseded\n---\n",
        "backend/.planning/phases/019-queue/19-01-PLAN.md": "# Plan\n",
      },
    },
    {
      subject: "Summarise again in the same second",
      at,
      files: { [`${P19}/19-01-SUMMARY.md`]: "# Summary\n\nMore.\n" },
    },
  ]);
  const { status } = await story.observe();
  const rows = status.phases.map(
    ({ phase, headline, statements, completeness }) => ({
      [`${phase.key} ${phase.directory}`]: [
        headline,
        statements.map(({ says }) => says).join(", "),
        completeness.map(({ says }) => says).join(", "),
      ],
    }),
  );
  expect(Object.assign({}, ...rows)).toEqual({
    [`19 ${archive}-phases/19-catalog`]: [
      "executed",
      "[x] ticked in the roadmap",
      "complete, Executed, missing, executed, complete",
    ],
    [`19 ${P19}`]: [
      "executed",
      "passed (1/1), [ ] not ticked in the roadmap",
      "complete, Complete, stale, executed, both",
    ],
    [`19 ${web}/phases/19-web`]: [
      "superseded",
      "[x] ticked in the roadmap",
      "complete, Planned, missing, incomplete, complete",
    ],
    "19 backend/.planning/phases/019-queue": [
      "planned",
      "",
      "planned, Planned, missing, incomplete, nothing",
    ],
  });
  const cart = status.phases.find(({ phase }) => phase.directory === P19);
  expect(cart?.conflicts).toEqual([
    "ROADMAP.md:1 says “[ ] not ticked in the roadmap”; 19-VERIFICATION.md says passed, 1 of 1, older than 1 summary.",
  ]);
});
