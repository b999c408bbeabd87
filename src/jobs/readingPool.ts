import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Piscina } from "piscina";
import type { ReadingTask } from "./reading.ts";

/** Where blobs are read. */
export interface Reading {
  /** Readings in the order of the tasks; null for a task whose reading took more memory than a thread is given. */
  read(tasks: readonly ReadingTask[]): Promise<(unknown[] | null)[]>;
}

/** What is said of a file for which a reading is null. */
export const OUT_OF_MEMORY =
  "Reading the file took more memory than a reader is given.";

/** Less than this is read sooner here than by a thread that may have to load the readers first. */
export const MANY_BYTES = 256 * 1024;

/** Reading gives way to other work after this long, so that an answer is never kept waiting. */
const TURN_MS = 8;

/** Threads end after this long without work: they hold memory. */
const IDLE_MS = 5_000;

/** Enough for a coverage report of 64 MB; hostile input ends its thread, not the program. */
const THREAD_MEMORY_MB = 1_024;

/** With more, each thread lets hundreds of megabytes of parsed documents pile up before it looks for garbage. */
const YOUNG_MB = 4;

/** Reads on this thread, with pauses. */
export const onThisThread: Reading = {
  read: async (tasks) => {
    // Where other threads read, this one need not know how.
    const { readTask } = await import("./reading.ts");
    const results: unknown[][] = [];
    let turn = performance.now();
    for (const task of tasks) {
      results.push(readTask(task));
      if (performance.now() - turn > TURN_MS) {
        await nextTurn();
        turn = performance.now();
      }
    }
    return results;
  },
};

/** Reads little on this thread, and much on others, which start when there is work for them. */
export function openReadingPool(): Reading & AsyncDisposable {
  let threads: Promise<Piscina> | null = null;
  return {
    read: async (tasks) => {
      const bytes = tasks.reduce((sum, task) => sum + task.bytes.byteLength, 0);
      if (bytes < MANY_BYTES) return onThisThread.read(tasks);
      threads ??= startThreads();
      return readThere(tasks, await threads);
    },
    [Symbol.asyncDispose]: async () => {
      await (await threads)?.destroy();
    },
  };
}

async function startThreads(): Promise<Piscina> {
  const { Piscina } = await import("piscina");
  return new Piscina({
    filename: new URL("./readingWorker.ts", import.meta.url).href,
    minThreads: 0,
    maxThreads: availableParallelism(),
    idleTimeout: IDLE_MS,
    resourceLimits: {
      maxOldGenerationSizeMb: THREAD_MEMORY_MB,
      maxYoungGenerationSizeMb: YOUNG_MB,
    },
  });
}

async function readThere(
  tasks: readonly ReadingTask[],
  threads: Piscina,
): Promise<(unknown[] | null)[]> {
  try {
    return (await threads.run(tasks)) as unknown[][];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_WORKER_OUT_OF_MEMORY") {
      throw error;
    }
    if (tasks.length === 1) return [null];
    // Which of them it was is found by reading them one by one.
    const apart: (unknown[] | null)[] = [];
    for (const task of tasks) apart.push(...(await readThere([task], threads)));
    return apart;
  }
}
