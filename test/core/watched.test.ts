import { describe, expect, test } from "vitest";
import { detectedLayouts } from "../../src/core/planning/layouts.ts";
import { mayBeArtifact, watchedBy } from "../../src/core/watched.ts";

const isWatched = watchedBy(detectedLayouts.placeOf);

describe("watchedBy", () => {
  test.each([
    ".planning/STATE.md",
    "backend/.planning/phases/02-core/02-01-SUMMARY.md",
    ".planning/phases/02-core/NOTES.md",
    "coverage.json",
  ])("looks at %s", (path) => {
    expect(isWatched(path)).toBe(true);
  });

  test.each(["README.md", "src/coverage.ts", ".planning/config.json"])(
    "does not look at %s",
    (path) => {
      expect(isWatched(path)).toBe(false);
    },
  );
});

describe("mayBeArtifact", () => {
  test.each([
    "coverage.json",
    "backend/tests/coverage_reports/metrics/coverage.json",
    "tests/coverage_reports/metrics/trending.json",
    "coverage/coverage-final.json",
    "coverage.xml",
    "build/reports/jacoco/test.xml",
    "target/surefire-reports/TEST-shop.xml",
    "junit.XML",
    "lcov.info",
    "cover.cov",
    "cover.out",
    "pytest_output.txt",
    "test-results.json",
    "test_run.log",
    "results.trx",
    "performance_baseline.json",
  ])("opens %s", (path) => {
    expect(mayBeArtifact(path)).toBe(true);
  });

  test.each([
    ["another extension", "src/coverage.py"],
    ["nothing telling in its name", "data/customers.json"],
    ["a word that only contains a telling one", "data/resultset.json"],
    ["a dependency", "node_modules/istanbul/coverage.json"],
    ["a dependency of Python", "app/.venv/lib/coverage.json"],
    ["settings", "coverage/package.json"],
    ["settings of TypeScript", "reports/tsconfig.test.json"],
    ["requirements", "tests/coverage/requirements-dev.txt"],
  ])("does not open %s: %s", (_, path) => {
    expect(mayBeArtifact(path)).toBe(false);
  });
});
