import { createHash, randomUUID } from "node:crypto";
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import type { RepositoryStatus } from "../core/status.ts";

/** What makes one evaluation another one. */
export interface EvaluationKey {
  readonly repository: string;
  readonly commit: string;
  readonly version: string;
}

/** Evaluations kept; the largest known has 5 MB. */
const KEPT = 32;

/**
 * Evaluations of earlier commands, one file each: a file is read in the time that loading a database takes, and the answer of a
 * command that was asked before should not wait for one.
 */
export function rememberedEvaluations(directory: string) {
  const fileOf = (key: EvaluationKey) =>
    join(
      directory,
      `${createHash("sha256")
        .update(JSON.stringify([key.repository, key.commit, key.version]))
        .digest("hex")}.json`,
    );
  return {
    /** Null when there is none, or none that can be read: it is made again then. */
    find: async (key: EvaluationKey): Promise<RepositoryStatus | null> => {
      try {
        return JSON.parse(
          await readFile(fileOf(key), "utf8"),
        ) as RepositoryStatus;
      } catch {
        return null;
      }
    },
    /** Keeps one and lets go of the oldest. Never throws: what is not kept is made again. */
    save: async (
      key: EvaluationKey,
      status: RepositoryStatus,
    ): Promise<void> => {
      const file = fileOf(key);
      try {
        await mkdir(directory, { recursive: true });
        // Written aside and renamed, so that nobody reads half of it.
        const aside = `${file}.${randomUUID()}`;
        await writeFile(aside, JSON.stringify(status));
        await rename(aside, file);
        await prune(directory);
      } catch {
        return;
      }
    },
  };
}

async function prune(directory: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(directory)).map(async (name) => {
      const path = join(directory, name);
      return { path, at: (await stat(path)).mtimeMs };
    }),
  );
  const old = files.toSorted((a, b) => b.at - a.at).slice(KEPT);
  await Promise.all(old.map(({ path }) => rm(path, { force: true })));
}
