import { expect, test } from "vitest";
import { decide, type Memory } from "../../src/core/decide/decide.ts";
import { detectedLayouts } from "../../src/core/planning/layouts.ts";
import { watchedBy } from "../../src/core/watched.ts";
import { observe } from "../../src/jobs/observe.ts";
import { memoryReadings } from "../../src/jobs/readBlobs.ts";
import { openRepository } from "../../src/repositories/openRepository.ts";
import type { CommitChanges } from "../../src/repositories/repository.ts";
import { describeExample, exampleRepository } from "./example.ts";

describeExample("phase 19 of the example repository at its head", () => {
  const example = exampleRepository();

  test("has nine plans, all paired with a summary", async () => {
    const { plans } = await example.phase("19", "HEAD");
    expect(plans).toHaveLength(9);
    expect(plans.filter(({ summary }) => summary !== null)).toHaveLength(9);
  });

  test("has a verification that two summaries are newer than, although all were committed within a second", async () => {
    const { verification } = await example.phase("19", "HEAD");
    expect(verification).toMatchObject({
      status: "gaps_found",
      rawStatus: "gaps_found",
      score: { verified: 2, total: 10 },
      stale: true,
    });
    expect(
      verification?.newerSummaries.map((path) => path.replace(/.*\//, "")),
    ).toEqual(["19-08-SUMMARY.md", "19-09-SUMMARY.md"]);
  });

  test("lists every document that says COMPLETE as a conflict with the verification", async () => {
    const { conflicts } = await example.phase("19", "HEAD");
    for (const document of [
      "19-GAP-CLOSURE-REPORT.md:5",
      "19-PHASE-SUMMARY.md:6",
      "ROADMAP.md:119",
    ]) {
      expect(conflicts).toContainEqual(
        expect.stringMatching(
          new RegExp(
            `^${document}.*19-VERIFICATION\\.md says gaps_found, 2 of 10`,
          ),
        ),
      );
    }
  });

  test("never meets the overall target of 25–27 %, and says what was measured or why nothing compares", async () => {
    const { targets } = await example.phase("19", "HEAD");
    const overall = targets.filter(
      ({ subject, value, upper }) =>
        subject === "overall" && value === 25 && upper === 27,
    );
    expect(overall.length).toBeGreaterThan(0);
    for (const { verdict, why, measured } of overall) {
      expect(["missed", "not_comparable"]).toContain(verdict);
      expect(why).not.toBe("");
      expect(measured).toMatchObject({
        path: expect.stringMatching(/./) as unknown,
        commit: expect.stringMatching(/^[0-9a-f]{40}$/) as unknown,
      });
    }
  });

  test("answers the verification's “55.23 % … but coverage.json shows 0.00 %” with the measurement that did say so", async () => {
    const { claims } = await example.phase("19", "HEAD");
    const quoted = claims.filter(
      ({ path, value, text }) =>
        path.endsWith("19-VERIFICATION.md") &&
        value === 55.23 &&
        text.includes("0.00%"),
    );
    expect(quoted).not.toEqual([]);
    for (const claim of quoted) {
      expect(claim.verdict).not.toBe("contradicted");
      expect(claim.measured).toMatchObject({
        covered: 428,
        total: 775,
        commit: example.commit("182d3b35b"),
      });
    }
  });

  test("says of five fractions that they count what is missing, and of 40 failing beside 11 errors that they are counted twice", async () => {
    const { claims } = await example.phase("19", "HEAD");
    const missing = claims.filter(({ why }) =>
      why.endsWith("the fraction counts what is missing."),
    );
    expect(missing.map(({ fraction }) => fraction?.n)).toEqual([
      530, 96, 240, 994, 255,
    ]);
    const twice = claims.filter(({ why }) =>
      why.endsWith("the errors are counted twice."),
    );
    expect(twice).toMatchObject([
      { metric: "tests_failing", value: 40, verdict: "self_contradictory" },
    ]);
    for (const { verdict } of missing) {
      expect(verdict).toBe("self_contradictory");
    }
  });

  test("says of the ticked phase that its own roadmap's table says otherwise", async () => {
    const { claims } = await example.phase("19", "HEAD");
    expect(
      claims.filter(
        ({ path, value }) =>
          path.endsWith("ROADMAP.md") && value === "[x] complete",
      ),
    ).toMatchObject([
      {
        verdict: "self_contradictory",
        why: expect.stringContaining("Gaps Found") as unknown,
      },
    ]);
  });

  test("repeats of an estimate are told as that, never as confirmed", async () => {
    const { claims } = await example.phase("19", "HEAD");
    const repeated = claims.filter(
      ({ value, subject, historic }) =>
        (value === 22 && subject === "overall" && !historic) || value === 19.9,
    );
    expect(repeated.length).toBeGreaterThan(3);
    for (const { verdict } of repeated) {
      expect(["estimated", "unverifiable"]).toContain(verdict);
    }
  });

  test("contradicts nothing by the trend file that comes from another run", async () => {
    const { claims } = await example.phase("19", "HEAD");
    for (const { verdict, measured } of claims) {
      if (verdict === "contradicted") expect(measured?.trust).toBe("measured");
    }
  });
});

describeExample("earlier commits of the example repository", () => {
  const example = exampleRepository();

  test("the summary's 100 % (169/169 passing) is contradicted by the trend file's 91 of 169", async () => {
    const { claims } = await example.phase("19", example.commit("7429a5e171"));
    expect(
      claims.filter(
        ({ fraction, verdict }) =>
          fraction?.n === 169 && verdict === "contradicted",
      ),
    ).toMatchObject([
      {
        metric: "pass_rate",
        value: 100,
        measured: {
          covered: 91,
          total: 169,
          path: "backend/tests/coverage_reports/metrics/trending.json",
        },
      },
    ]);
  });

  test("phase 8.5's overall 15.70 % is contradicted by the report of its own plan", async () => {
    const { claims } = await example.phase("8.5", "HEAD");
    const overall = claims.filter(
      ({ value, subject, path, historic }) =>
        value === 15.7 &&
        subject === "overall" &&
        path.endsWith("05-SUMMARY.md") &&
        !historic,
    );
    expect(overall).not.toEqual([]);
    for (const { verdict, measured } of overall) {
      expect(verdict).toBe("contradicted");
      expect(measured).toMatchObject({ covered: 3376, total: 43218 });
    }
  });

  test("the hand-written coverage.json is an estimate", async () => {
    const { artifacts } = await example.all(example.commit("4cf180b89"));
    expect(
      artifacts.find(
        ({ path }) =>
          path === "backend/tests/coverage_reports/metrics/coverage.json",
      ),
    ).toMatchObject({ trust: "estimated", covered: 830, total: 3776 });
  });

  test("phase 12 is read although its verification's front matter is not valid YAML", async () => {
    const phase = await example.phase("12", example.commit("37e1e71a"));
    expect(
      phase.findings.filter(({ kind }) => kind === "front_matter"),
    ).toMatchObject([{ line: 10 }, { line: 11 }, { line: 12 }]);
    expect(phase.verification).toMatchObject({
      rawStatus: "gaps_closed_partial",
      status: "gaps_found",
      score: { verified: 3, total: 6 },
    });
    expect(
      phase.gaps.filter(({ status }) => status === "verified"),
    ).toHaveLength(2);
    for (const { status, open } of phase.gaps) {
      expect(open).toBe(status !== "verified");
    }
  });

  test("the six Tier 1 files are judged one by one against 50 %, unmeasured where no artifact is", async () => {
    const { targets } = await example.phase("12", example.commit("37e1e71a"));
    const members = targets.filter(
      ({ set, path, line }) =>
        set === "6 Tier 1 files" &&
        path?.endsWith("GAP-03-PLAN.md") &&
        line === 17,
    );
    expect(
      Object.fromEntries(
        members.map(({ subject, verdict }) => [subject, verdict]),
      ),
    ).toEqual({
      "models.py": "met",
      "atom_agent_endpoints.py": "met",
      "workflow_engine.py": "documented",
      "workflow_analytics_engine.py": "documented",
      "byok_handler.py": "documented",
      "workflow_debugger.py": "not_measured",
    });
    for (const { value, op } of members)
      expect([op, value]).toEqual([">=", 50]);
  });

  test("a phase that is gone is reported as it was last seen", async () => {
    // The original moved its documents: whatever directory the head no longer has, the history still answers for.
    const { out, code } = await example.run(
      "status",
      "--repo",
      example.repository,
      "--phase",
      "9999",
      "--json",
    );
    expect(code).toBe(0);
    expect((JSON.parse(out) as { phases: unknown[] }).phases).toEqual([]);
  });
});

describeExample("the whole history of the example repository", () => {
  const example = exampleRepository();

  test(
    "is read commit by commit without a crash or an unexplained loss, and its incomparable reports raise no alert",
    { timeout: 600_000 },
    async () => {
      await using repository = await openRepository(example.repository, {
        cacheDir: example.repository,
      });
      const head = await repository.head();
      const cache = memoryReadings();
      const path = "backend/tests/coverage_reports/metrics/coverage.json";
      let chain: readonly CommitChanges[] = [];
      let memory: Memory = { status: null, incidents: [], series: new Map() };
      const told: string[] = [];
      const fired: string[] = [];
      let commits = 0;
      const touched = new Map<string, CommitChanges>();
      for await (const commit of repository.walk(
        null,
        head,
        watchedBy(detectedLayouts.placeOf),
      )) {
        touched.set(commit.sha, commit);
      }
      for (const sha of example.everyCommit()) {
        commits++;
        const known = touched.get(sha);
        if (known) chain = [known, ...chain];
        const commit = known ?? (await repository.resolve(sha));
        const { status, reports, seen, read } = await observe(
          repository,
          commit,
          { cache, history: chain },
        );
        const unread = status.findings.filter(
          ({ kind }) => kind === "unreadable" || kind === "too_large",
        );
        expect(seen, commit.sha).toBeLessThanOrEqual(read + unread.length);
        const decision = decide(
          memory,
          { status, reports, existsInTree: () => false },
          commit.at,
        );
        for (const { key, transition, news } of decision.announcements) {
          if (news.kind === "regression" && news.path === path) {
            fired.push(`${commit.sha} ${transition}`);
          }
          if (news.kind === "health" && news.path === path) {
            told.push(`${key}: ${news.message}`);
          }
        }
        memory = { status, incidents: [], series: decision.series };
      }
      expect(commits).toBe(422);
      expect(fired).toEqual([]);
      // 62.47 → 55.32 → (deleted) → 53.47 → 22.0: every step says with both numbers why it is no difference.
      const steps = told.join("\n");
      for (const number of ["62.5 %", "55.3 %", "53.5 %", "22.0 %"]) {
        expect(steps).toContain(number);
      }
    },
  );
});
