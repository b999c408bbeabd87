import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ActionableError } from "../core/errors.ts";
import type { DocumentLayouts } from "../core/planning/layouts.ts";
import { configPath } from "./loadConfig.ts";
import { UsageError, type Io } from "./io.ts";

/**
 * Where the documents of a repository lie: as `--docs` says, else as phasewatch.yml says of the repository of that name or place.
 *
 * @returns undefined where neither says it: it is found out then
 * @throws UsageError when what is said makes no sense
 */
export async function documentLayouts(
  source: string,
  docs: string | undefined,
  io: Pick<Io, "env" | "home" | "cwd">,
): Promise<DocumentLayouts | undefined> {
  if (docs !== undefined) {
    const { Docs } = await import("../docsConfig.ts");
    const result = Docs.safeParse(docs.split(",").map((name) => name.trim()));
    if (result.success) return result.data;
    throw new UsageError(
      `--docs: ${result.error.issues[0]?.message ?? "not a layout."}`,
    );
  }
  const { path, shown } = configPath(io);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, "utf8");
  // Reading a configuration takes longer than most answers; few have the key.
  if (!/\bdocs\b/.test(text)) return undefined;
  const { repositoriesIn } = await import("../config.ts");
  try {
    const repositories = repositoriesIn({ path: shown, text });
    return repositories.find(({ name, git }) => {
      const place = git !== null && resolve(io.home, git);
      return (
        name === source || git === source || place === resolve(io.cwd, source)
      );
    })?.docs;
  } catch (error) {
    throw error instanceof ActionableError
      ? new UsageError(error.message)
      : error;
  }
}
