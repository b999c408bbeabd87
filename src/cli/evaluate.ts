import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileName } from "../core/fileName.ts";
import { ActionableError } from "../core/errors.ts";
import {
  parsePhaseKey,
  readPhaseDirectory,
} from "../core/planning/phaseKey.ts";
import type { PhaseStatus, RepositoryStatus } from "../core/status.ts";
import { evaluationVersion, READING_VERSION } from "../jobs/version.ts";
import type { Commit, Repository } from "../repositories/repository.ts";
import type { Store } from "../store/store.ts";
import { documentLayouts } from "./documentLayouts.ts";
import { UnreadableSource, type Io } from "./io.ts";
import { rememberedEvaluations } from "./rememberedEvaluations.ts";

/** A repository opened for one command, with the cache that makes the next one quick. */
export interface Evaluation extends AsyncDisposable {
  readonly repository: Repository;
  readonly status: RepositoryStatus;
  /** Phases whose key, slug or directory is asked for; those gone from the tree as they were last seen. */
  phases(wanted: string): Promise<PhaseStatus[]>;
}

/**
 * Evaluates a repository at a revision, as the bot does.
 *
 * @param docs `--docs`
 * @throws UnreadableSource when the repository or the revision cannot be read
 */
export async function evaluate(
  source: string,
  revision: string | undefined,
  docs: string | undefined,
  io: Io,
): Promise<Evaluation> {
  const layouts = await documentLayouts(source, docs, io);
  const { openRepository } = await import("../repositories/openRepository.ts");
  const cache = cacheDirectory(io);
  let repository: Repository;
  try {
    repository = await openRepository(source, {
      github: {
        token: io.env["GITHUB_TOKEN"] ?? null,
        app: null,
        apiUrl: io.env["GITHUB_API_URL"] ?? null,
      },
      cacheDir: join(cache, "mirrors"),
      cwd: io.cwd,
      env: io.env,
    });
  } catch (error) {
    throw unreadable(error);
  }
  const evaluations = rememberedEvaluations(join(cache, "evaluations"));
  const id = identity(source, io.cwd);
  const at = async (sha: string | undefined) => {
    try {
      const commit = await repository.resolve(sha);
      return { commit, status: await evaluateCommit(commit) };
    } catch (error) {
      throw unreadable(error);
    }
  };
  const evaluateCommit = async (commit: Commit) => {
    const key = {
      repository: id,
      commit: commit.sha,
      version: evaluationVersion(layouts ?? { fingerprint: "" }),
    };
    const known = await evaluations.find(key);
    if (known) return known;
    await using store = await openCache(cache, io);
    const { observe } = await import("../jobs/observe.ts");
    const { memoryReadings } = await import("../jobs/readBlobs.ts");
    const { openReadingPool } = await import("../jobs/readingPool.ts");
    await using reading = openReadingPool();
    if (io.progress) io.err(`reading ${source} …\r`);
    const { status } = await observe(repository, commit, {
      cache: store?.readings(READING_VERSION) ?? memoryReadings(),
      reading,
      ...(layouts && { layouts }),
    });
    if (io.progress) io.err("\u001B[2K");
    await evaluations.save(key, status);
    return status;
  };

  const { status, commit } = await at(revision);
  return {
    repository,
    status,
    phases: async (wanted) => {
      const present = status.phases.filter((phase) => means(phase, wanted));
      if (present.length > 0) return present;
      const { removedPhases } = await import("../jobs/removedPhases.ts");
      const gone = await removedPhases(
        repository,
        commit,
        status.phases.map(({ phase }) => phase.directory),
        layouts,
      );
      const found: PhaseStatus[] = [];
      for (const { directory, lastSeen } of gone) {
        if (!meansDirectory(directory, wanted)) continue;
        const then = await at(lastSeen);
        const phase = then.status.phases.find(
          (candidate) => candidate.phase.directory === directory,
        );
        if (phase) {
          found.push({
            ...phase,
            phase: { ...phase.phase, presence: "removed", lastSeen },
          });
        }
      }
      return found;
    },
    [Symbol.asyncDispose]: async () => {
      await repository[Symbol.asyncDispose]();
    },
  };
}

/** Where readings of earlier commands are kept. They can be deleted at any time. */
export function cacheDirectory(io: Pick<Io, "env">): string {
  return join(
    io.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
    "phasewatch",
  );
}

async function openCache(directory: string, io: Io): Promise<Store | null> {
  const { openStore } = await import("../store/openStore.ts");
  try {
    return await openStore(`sqlite:${join(directory, "readings.db")}`);
  } catch (error) {
    io.err(
      `note: readings are not kept between commands: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return null;
  }
}

/** One place on disk is one repository, whatever relative path led there. */
function identity(source: string, cwd: string): string {
  try {
    return realpathSync(resolve(cwd, source));
  } catch {
    return source;
  }
}

function means({ phase }: PhaseStatus, wanted: string): boolean {
  return (
    phase.key === parsePhaseKey(wanted) ||
    phase.key.toLowerCase() === wanted.toLowerCase() ||
    phase.slug === wanted ||
    meansDirectory(phase.directory, wanted)
  );
}

function meansDirectory(directory: string, wanted: string): boolean {
  const name = fileName(directory);
  return (
    directory === wanted ||
    name === wanted ||
    readPhaseDirectory(name).key === parsePhaseKey(wanted)
  );
}

function unreadable(error: unknown): Error {
  if (error instanceof UnreadableSource) return error;
  if (error instanceof ActionableError) {
    return new UnreadableSource(error.message, error.hint, error);
  }
  return error instanceof Error ? error : new Error(String(error));
}
