import { describe } from "vitest";
import { openRepository } from "../../src/repositories/openRepository.ts";
import { startFakeGitHub } from "../support/fakeGitHub.ts";
import { itIsARepository } from "./contract.ts";

describe("GitHub", () => {
  itIsARepository(async ({ gitDir, directory }) => {
    const fake = await startFakeGitHub({ gitDir, token: "ghp_example" });
    const repository = await openRepository("acme/shop", {
      github: { token: "ghp_example", apiUrl: fake.url },
      cacheDir: directory("cache"),
    });
    return {
      repository,
      [Symbol.asyncDispose]: async () => {
        await repository[Symbol.asyncDispose]();
        await fake[Symbol.asyncDispose]();
      },
    };
  });
});
