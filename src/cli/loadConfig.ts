import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseConfig, type Config } from "../config.ts";
import { ActionableError } from "../core/errors.ts";
import type { Io } from "./io.ts";

/**
 * Reads the environment and the configuration file.
 *
 * @throws ActionableError that lists every problem
 */
export function loadConfig(io: Pick<Io, "env" | "home">): {
  config: Config;
  ignored: readonly string[];
  /** The file that was read; null when there is none. */
  path: string | null;
} {
  const { path, shown, named } = configPath(io);
  if (named && !existsSync(path)) {
    throw new ActionableError(`There is no configuration file ${named}.`, {
      hint: "Set PHASEWATCH_CONFIG to an existing file, or unset it to use phasewatch.yml.",
    });
  }
  const file = existsSync(path)
    ? { path: shown, text: readFileSync(path, "utf8") }
    : null;
  return {
    ...parseConfig({
      env: io.env,
      file,
      readSecret: (secret) => readFileSync(resolve(io.home, secret), "utf8"),
    }),
    path: file?.path ?? null,
  };
}

/** Where the configuration file is looked for, and what it is called in messages. */
export function configPath(io: Pick<Io, "env" | "home">) {
  const named = io.env["PHASEWATCH_CONFIG"];
  const shown = named || "phasewatch.yml";
  return { path: resolve(io.home, shown), shown, named };
}
