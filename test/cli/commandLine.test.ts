import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStory } from "../../examples/story/build.ts";
import { coverageJson, pytestLog } from "../../examples/story/artifacts.ts";
import type { PhaseStatus } from "../../src/core/status.ts";
import { commandLine } from "../support/commandLine.ts";

const directory = mkdtempSync(join(tmpdir(), "phasewatch-cli-"));
const story = join(directory, "story.git");
const run = commandLine(directory);

beforeAll(async () => {
  await openStory(story);
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function phases(json: string): PhaseStatus[] {
  return (JSON.parse(json) as { phases: PhaseStatus[] }).phases;
}

describe("status", () => {
  test("prints one JSON document on standard output and nothing else", async () => {
    const { code, out, err } = await run(
      "status",
      "--repo",
      story,
      "--rev",
      "story",
      "--json",
    );
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(phases(out).map(({ phase }) => phase.key)).toEqual(["12", "19"]);
    expect(JSON.parse(out)).toMatchObject({
      commit: expect.stringMatching(/^[0-9a-f]{40}$/) as unknown,
      findings: [],
    });
  });

  test("says the same when the answer is remembered as when it is worked out", async () => {
    const once = await run(
      "status",
      "--repo",
      story,
      "--rev",
      "story~3",
      "--json",
    );
    const again = await run(
      "status",
      "--repo",
      story,
      "--rev",
      "story~3",
      "--json",
    );
    expect(again).toEqual(once);
    const { out } = await commandLine(join(directory, "elsewhere"))(
      "status",
      "--repo",
      story,
      "--rev",
      "story~3",
      "--json",
    );
    expect(phases(out)).toEqual(phases(once.out));
  });

  test("answers without a cache when it cannot be kept, and says so", async () => {
    const file = join(directory, "a-file");
    writeFileSync(file, "");
    const { code, out, err } = await commandLine(directory, {
      env: { XDG_CACHE_HOME: file },
    })("status", "--repo", story, "--json");
    expect(code).toBe(0);
    expect(phases(out)).toHaveLength(2);
    expect(err).toMatch(/^note: readings are not kept between commands: /);
  });

  test("finds a phase by its key, padded or not, its slug and its directory", async () => {
    for (const phase of [
      "19",
      "019",
      "coverage-push-and-bug-fixes",
      "19-coverage-push-and-bug-fixes",
      ".planning/phases/19-coverage-push-and-bug-fixes",
    ]) {
      const { out } = await run(
        "status",
        "--repo",
        story,
        "--phase",
        phase,
        "--json",
      );
      expect(
        phases(out).map((found) => found.phase.key),
        phase,
      ).toEqual(["19"]);
    }
  });

  test("names the phases there are when the one asked for is not among them", async () => {
    const { code, out, err } = await run(
      "status",
      "--repo",
      story,
      "--phase",
      "91",
      "--json",
    );
    expect(code).toBe(0);
    expect(phases(out)).toEqual([]);
    expect(err).toContain("There is no phase “91”");
    expect(err).toContain("There are: 12, 19.");
  });

  test("does not let a check pass that had nothing to check", async () => {
    const { code, err } = await run(
      "status",
      "--repo",
      story,
      "--phase",
      "91",
      "--check",
    );
    expect(code).toBe(2);
    expect(err).toContain("There is no phase “91”");
  });

  test("exits with 1 on --check while something is missed, and with 0 when all is met", async () => {
    const check = ["--check", "--phase", "12"];
    expect(
      (await run("status", "--repo", story, "--rev", "story~16", ...check))
        .code,
    ).toBe(1);
    expect(
      (await run("status", "--repo", story, "--rev", "story", ...check)).code,
    ).toBe(0);
  });

  describe("where a report outside of phases claims what was not measured", () => {
    const repo = join(directory, "outside");
    beforeAll(() => {
      mkdirSync(join(repo, ".planning"), { recursive: true });
      const git = (...args: string[]) =>
        execFileSync(
          "git",
          [
            "-C",
            repo,
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.invalid",
            ...args,
          ],
          {
            env: { ...process.env, GIT_COMMITTER_DATE: "2026-02-18T10:00:00Z" },
          },
        );
      git("init", "--quiet");
      writeFileSync(
        join(repo, ".planning/COVERAGE_REPORT.md"),
        "# Results\n\n- Overall coverage: 95%\n",
      );
      writeFileSync(
        join(repo, "coverage.json"),
        coverageJson({ "shop/catalog.py": 180 }, "2026-02-18T09:00:00"),
      );
      git("add", "--all");
      git("commit", "--quiet", "-m", "docs: results");
    });

    test("the JSON holds the claim beside the phases", async () => {
      const { out } = await run("status", "--repo", repo, "--json");
      expect(JSON.parse(out)).toMatchObject({
        phases: [],
        claims: [
          {
            path: ".planning/COVERAGE_REPORT.md",
            value: 95,
            verdict: "contradicted",
            measured: { covered: 180, total: 300 },
          },
        ],
      });
    });

    test("--check exits with 1, and the text says why", async () => {
      const { code, out } = await run("status", "--repo", repo, "--check");
      expect(code).toBe(1);
      expect(out).toContain("COVERAGE_REPORT.md");
    });
  });

  test("keeps the claims that are of no phase out of the JSON of one", async () => {
    const { out } = await run(
      "status",
      "--repo",
      story,
      "--phase",
      "12",
      "--json",
    );
    expect(JSON.parse(out)).not.toHaveProperty("claims");
    const { out: all } = await run("status", "--repo", story, "--json");
    expect(JSON.parse(all)).toHaveProperty("claims");
  });

  test("reports a phase that is gone as it was last seen", async () => {
    const work = join(directory, "work");
    execFileSync("git", ["clone", "--quiet", "--branch", "story", story, work]);
    const git = (...args: string[]) =>
      execFileSync(
        "git",
        [
          "-C",
          work,
          "-c",
          "user.name=x",
          "-c",
          "user.email=x@example.invalid",
          ...args,
        ],
        { encoding: "utf8" },
      ).trim();
    const lastSeen = git("rev-parse", "HEAD");
    git("rm", "-r", "--quiet", ".planning/phases/12-payment-core");
    git("commit", "--quiet", "-m", "chore: clean up");
    const { out } = await run(
      "status",
      "--repo",
      work,
      "--phase",
      "12",
      "--json",
    );
    expect(phases(out)).toMatchObject([
      {
        phase: { key: "12", presence: "removed", lastSeen },
        headline: "complete",
      },
    ]);
    const all = await run("status", "--repo", work, "--json");
    expect(phases(all.out).map(({ phase }) => phase.key)).toEqual(["19"]);
  });

  test("prints a table a person can read", async () => {
    const { out } = await run("status", "--repo", story, "--rev", "story");
    expect(out).toMatch(/complete +12 +Payment core/);
    const { out: one } = await run(
      "status",
      "--repo",
      story,
      "--rev",
      "story",
      "--phase",
      "19",
    );
    expect(one).toMatch(/^Phase 19 · Coverage push and bug fixes/);
    expect(one).toContain("716 / 1,200 lines");
    for (const line of one.split("\n"))
      expect(line.length).toBeLessThanOrEqual(100);
  });

  test("says which repository or revision cannot be read, and exits with 3", async () => {
    const nowhere = await run("status", "--repo", join(directory, "nowhere"));
    expect(nowhere.code).toBe(3);
    expect(nowhere.err).toMatch(/^error: .*nowhere/);
    const unknown = await run("status", "--repo", story, "--rev", "no-such");
    expect(unknown.code).toBe(3);
    expect(unknown.err).toContain("no-such");
    expect(unknown.out).toBe("");
    const plain = join(directory, "plain");
    mkdirSync(plain);
    const notGit = await run("status", "--repo", plain);
    expect(notGit.code).toBe(3);
  });
});

describe("ask", () => {
  test("answers as Slack would, in text", async () => {
    const { code, out } = await run(
      "ask",
      "--repo",
      story,
      "--rev",
      "story",
      "phase",
      "19",
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^Phase 19 · Coverage push and bug fixes/);
  });

  test("gives the Slack payload with --json", async () => {
    const { out } = await run(
      "ask",
      "--repo",
      story,
      "--json",
      "/coverage gaps top:1",
    );
    const payload = JSON.parse(out) as {
      text: string;
      blocks: { type: string }[];
    };
    expect(payload.blocks[0]?.type).toBe("header");
    expect(payload.text).not.toBe("");
  });

  test("explains a command that belongs to a channel, is not there yet, or is wrong", async () => {
    const list = await run("ask", "--repo", story, "list");
    expect([list.code, list.err]).toEqual([
      2,
      expect.stringContaining("“list” is about a Slack channel"),
    ]);
    const trend = await run("ask", "--repo", story, "trend 30d");
    expect([trend.code, trend.err]).toEqual([
      2,
      expect.stringContaining("does not have it yet"),
    ]);
    const wrong = await run("ask", "--repo", story, "fase 19");
    expect([wrong.code, wrong.err]).toEqual([
      2,
      expect.stringContaining("Did you mean “phase”?"),
    ]);
  });

  test("prints the help of the commands", async () => {
    const { code, out } = await run("ask", "--repo", story, "help");
    expect(code).toBe(0);
    expect(out).toContain("/coverage phase");
  });
});

describe("targets and claims", () => {
  test("read documents, with path and line", async () => {
    const file = join(directory, "19-09-PLAN.md");
    writeFileSync(
      file,
      '---\nphase: 19-x\nplan: 09\nmust_haves:\n  truths:\n    - "Overall coverage reaches 25-27%"\n---\n',
    );
    const { out } = await run("targets", "19-09-PLAN.md", "--json");
    expect(JSON.parse(out)).toMatchObject([
      {
        metric: "coverage",
        subject: "overall",
        op: "range",
        value: 25,
        upper: 27,
        path: "19-09-PLAN.md",
        line: 6,
      },
    ]);
    const { out: table } = await run("targets", file);
    expect(table).toContain("coverage of overall 25–27 %");
  });

  test("read the roadmap's criteria", async () => {
    writeFileSync(
      join(directory, "ROADMAP.md"),
      "# Roadmap\n\n## Phase Details\n\n### Phase 3: Core\n**Success Criteria**:\n  1. Overall coverage reaches 70%\n",
    );
    const { out } = await run("targets", "ROADMAP.md", "--json");
    expect(JSON.parse(out)).toMatchObject([{ value: 70, line: 7 }]);
  });

  test("read statements one a line, in order, blank ones too", async () => {
    const { out } = await commandLine(directory, {
      stdin: "Overall coverage reaches 80%\n\nNothing to see\r\n",
    })("targets", "--stdin", "--json");
    expect(JSON.parse(out)).toMatchObject([
      {
        text: "Overall coverage reaches 80%",
        targets: [{ value: 80, path: null, line: null }],
      },
      { text: "", targets: [] },
      { text: "Nothing to see", targets: [] },
    ]);
  });

  test("read what documents claim", async () => {
    writeFileSync(
      join(directory, "19-04-SUMMARY.md"),
      "# Summary\n\n- 100% pass rate (169/169 tests passing)\n",
    );
    const { out } = await run("claims", "19-04-SUMMARY.md", "--json");
    expect(JSON.parse(out)).toMatchObject([
      {
        metric: "pass_rate",
        value: 100,
        fraction: { n: 169, d: 169 },
        line: 3,
      },
    ]);
    const statements = await commandLine(directory, {
      stdin: "- Overall coverage is 55.32%\n**Overall Coverage:** 22.00%\n",
    })("claims", "--stdin", "--json");
    expect(JSON.parse(statements.out)).toMatchObject([
      { claims: [{ value: 55.32, path: null, line: null }] },
      { claims: [{ value: 22 }] },
    ]);
  });

  test("say which file cannot be read and go on with the others", async () => {
    writeFileSync(
      join(directory, "a-PLAN.md"),
      "## Success Criteria\n- Coverage >= 50%\n",
    );
    const { code, out, err } = await run(
      "targets",
      "nowhere.md",
      "a-PLAN.md",
      "--json",
    );
    expect(code).toBe(3);
    expect(err).toBe("nowhere.md: There is no such file.\n");
    expect(JSON.parse(out)).toHaveLength(1);
  });

  test("want files or --stdin, not both and not neither", async () => {
    expect((await run("targets", "--json")).code).toBe(2);
    expect((await run("claims", "x.md", "--stdin")).code).toBe(2);
  });
});

describe("coverage and results", () => {
  test("print what was measured, in the order of the arguments", async () => {
    writeFileSync(
      join(directory, "coverage.json"),
      coverageJson({ "shop/pricing.py": 70 }, "2026-03-01T00:00:00"),
    );
    writeFileSync(join(directory, "broken.json"), '{"files": ');
    const { code, out } = await run(
      "coverage",
      "broken.json",
      "coverage.json",
      "--json",
    );
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject([
      {
        path: "broken.json",
        format: null,
        findings: [{ path: "broken.json" }],
      },
      {
        path: "coverage.json",
        format: "coverage.py",
        basis: "line",
        trust: "measured",
        percent: 43.75,
        totals: { lines: { covered: 70, total: 160 } },
        files: [{ path: "shop/pricing.py", covered: 70, total: 160 }],
      },
    ]);
    const { out: text } = await run("coverage", "coverage.json");
    expect(text).toContain("43.8 % · 70 / 160 lines");
  });

  test("read standard input, and logs of test runs", async () => {
    const log = pytestLog({ passed: 84, failed: 31, errors: 5 }, 61.4);
    const { code, out } = await commandLine(directory, { stdin: log })(
      "results",
      "-",
      "--json",
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      {
        path: "-",
        format: "pytest-log",
        passed: 84,
        failed: 31,
        errors: 5,
        total: 120,
        passRate: 70,
        durationSeconds: 61.4,
      },
    ]);
  });

  test("say what a file is that is something else", async () => {
    writeFileSync(
      join(directory, "run.log"),
      pytestLog({ passed: 3, failed: 0, errors: 0 }, 1),
    );
    const { code, err } = await run("coverage", "run.log");
    expect(code).toBe(3);
    expect(err).toContain("a test result (pytest-log)");
  });
});

describe("doctor", () => {
  test("tries every part and names what fails with its mend", async () => {
    const home = mkdtempSync(join(directory, "doctor-"));
    writeFileSync(
      join(home, "phasewatch.yml"),
      `repositories:\n  - { name: acme/shop, git: ${JSON.stringify(story)} }\n  - { name: acme/gone, git: ./gone.git }\n`,
    );
    const { code, out } = await commandLine(home)("doctor", "--json");
    expect(code).toBe(2);
    const { checks } = JSON.parse(out) as {
      checks: { name: string; ok: boolean; hint: string | null }[];
    };
    expect(checks.filter(({ ok }) => !ok)).toMatchObject([
      {
        name: "repository acme/gone",
        hint: expect.stringMatching(/./) as unknown,
      },
    ]);
    const { out: text } = await commandLine(home)("doctor");
    expect(text).toContain("ok    repository acme/shop: reads; head ");
    expect(text).toMatch(/FAIL {2}repository acme\/gone: .*\n {6}→ /);
  });

  test("lists every problem of the configuration at once", async () => {
    const home = mkdtempSync(join(directory, "doctor-"));
    writeFileSync(
      join(home, "phasewatch.yml"),
      "repositories:\n  - name: shop\nchannels:\n  - id: quality\n",
    );
    const { code, out } = await commandLine(home, {
      env: { PORT: "seven" },
    })("doctor");
    expect(code).toBe(2);
    expect(out).toContain("PORT");
    expect(out).toContain("channels.0.id");
  });
});

describe("the command line", () => {
  test("explains itself", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    expect(out).toContain("Exit codes: 0 done");
    expect((await run("status", "--help")).out).toContain("--check");
  });

  test("names the word that is wrong, and a near one", async () => {
    const { code, err } = await run("stauts", "--repo", story);
    expect(code).toBe(2);
    expect(err).toContain("stauts");
    expect(err).toContain("status");
    expect((await run("status")).err).toContain("--repo");
  });

  test("says of a planned command that it is not there yet", async () => {
    const { code, err } = await run("replay", "--repo", story, "--json");
    expect(code).toBe(2);
    expect(err).toContain("“replay” is planned");
  });

  test("starts the preview and stops when it is asked to", async () => {
    const home = mkdtempSync(join(directory, "start-"));
    const { code, out, err } = await commandLine(home, { env: { PORT: "0" } })(
      "start",
    );
    expect(code).toBe(0);
    expect(out).toMatch(/preview workspace: http:\/\/127\.0\.0\.1:\d+\n/);
    expect(err).toBe("stopping …\n");
  });

  test("refuses to start on a configuration that is not there, and on PostgreSQL", async () => {
    const missing = await commandLine(directory, {
      env: { PHASEWATCH_CONFIG: "missing.yml" },
    })("start");
    expect(missing.code).toBe(2);
    expect(missing.err).toContain("missing.yml");
    const postgres = await commandLine(directory, {
      env: { DATABASE_URL: "postgres://localhost/phasewatch", PORT: "0" },
    })("start");
    expect(postgres.code).toBe(2);
    expect(postgres.err).toContain("PostgreSQL");
  });
});
