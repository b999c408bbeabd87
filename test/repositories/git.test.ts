import { pathToFileURL } from "node:url";
import { describe } from "vitest";
import { openRepository } from "../../src/repositories/openRepository.ts";
import { fixtureEnvironment, type GitFixture } from "../support/gitFixture.ts";
import { itIsARepository, type Opened } from "./contract.ts";

async function opened(fixture: GitFixture, source: string): Promise<Opened> {
  const repository = await openRepository(source, {
    cacheDir: fixture.directory("cache"),
    env: fixtureEnvironment,
  });
  return {
    repository,
    [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose](),
  };
}

describe("a bare repository", () => {
  itIsARepository((fixture) => opened(fixture, fixture.gitDir));
});

describe("a file:// mirror", () => {
  itIsARepository((fixture) =>
    opened(fixture, pathToFileURL(fixture.gitDir).href),
  );
});

describe("a work tree", () => {
  itIsARepository(async (fixture) => {
    const workTree = fixture.directory("work tree");
    await fixture.git("clone", "--quiet", fixture.gitDir, workTree);
    const inWorkTree = (...args: string[]) =>
      fixture.git(
        `--git-dir=${workTree}/.git`,
        `--work-tree=${workTree}`,
        ...args,
      );
    await inWorkTree(
      "branch",
      "--quiet",
      "feature/summary",
      "origin/feature/summary",
    ).catch(() => undefined);
    return {
      ...(await opened(fixture, workTree)),
      publish: async () => {
        await inWorkTree("fetch", "--quiet", "origin");
        await inWorkTree("reset", "--quiet", "--hard", "origin/main");
      },
    };
  });
});
