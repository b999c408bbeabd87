import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import type { PhaseStatus, RepositoryStatus } from "../../src/core/status.ts";

const DATA = resolve(import.meta.dirname, "../../../shared/data");
import { commandLine, type Ran } from "../support/commandLine.ts";

/** The real repository lies beside the checkout where phasewatch is developed; elsewhere these tests are skipped. */
export const describeExample = describe.skipIf(
  !existsSync(join(DATA, "atom-early.bundle")),
);

export interface Example {
  readonly repository: string;
  /** This repository's SHA for one of the original's. */
  commit(original: string): string;
  /** Every commit of the branch, oldest first. */
  everyCommit(): string[];
  phase(key: string, revision: string): Promise<PhaseStatus>;
  all(revision: string): Promise<RepositoryStatus>;
  /** Runs a command line and gives what it printed. */
  run(...argv: string[]): Promise<Ran>;
}

/** A bare clone of the example repository for the tests of a `describe`, with a cache of its own. */
export function exampleRepository(): Example {
  const directory = mkdtempSync(join(tmpdir(), "phasewatch-example-"));
  const repository = join(directory, "atom.git");
  beforeAll(() => {
    execFileSync("git", [
      "clone",
      "--quiet",
      "--bare",
      join(DATA, "atom-early.bundle"),
      repository,
    ]);
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const run = commandLine(directory);
  const all = async (revision: string, ...more: string[]) => {
    const { out } = await run(
      "status",
      "--repo",
      repository,
      "--rev",
      revision,
      "--json",
      ...more,
    );
    return JSON.parse(out) as RepositoryStatus;
  };
  return {
    repository,
    commit: (original) => {
      const line = readFileSync(join(DATA, "atom-early.map.tsv"), "utf8")
        .split("\n")
        .find((row) => row.split("\t")[1]?.startsWith(original));
      return line?.split("\t")[0] ?? "";
    },
    everyCommit: () =>
      execFileSync(
        "git",
        ["-C", repository, "rev-list", "--reverse", "--first-parent", "HEAD"],
        { encoding: "utf8" },
      )
        .trim()
        .split("\n"),
    phase: async (key, revision) => {
      const { phases } = await all(revision, "--phase", key);
      const [phase] = phases;
      if (!phase) throw new Error(`There is no phase ${key}.`);
      return phase;
    },
    all: (revision) => all(revision),
    run,
  };
}
