import type { Repository } from "../repositories/repository.ts";
import { inBatches } from "./batches.ts";
import type { Reader, ReadingTask } from "./reading.ts";
import {
  MANY_BYTES,
  onThisThread,
  OUT_OF_MEMORY,
  type Reading,
} from "./readingPool.ts";

/** Something to be read out of one blob. The same bytes in two roles are two readings. */
export interface Need {
  readonly blob: string;
  readonly role: string;
  readonly maxBytes: number;
  readonly reader: Reader;
}

/** What is already known of blobs. Content never changes under its id, so a reading is good for ever. */
export interface ReadingCache {
  find(
    wanted: readonly { blob: string; role: string }[],
  ): Promise<ReadonlyMap<string, unknown>>;
  save(
    readings: readonly { blob: string; role: string; value: unknown }[],
  ): Promise<void>;
}

export interface Readings {
  /** What `parse` of the need made, undefined when it could not be read. */
  get(blob: string, role: string): unknown;
  /** Why a blob has no reading. */
  problem(blob: string): string;
}

/** Looks needs up in the cache, reads the rest from the repository in one pass, and remembers them. */
export async function readBlobs(
  repository: Pick<Repository, "read">,
  needs: readonly Need[],
  cache: ReadingCache,
  reading: Reading = onThisThread,
): Promise<Readings> {
  const unique = new Map(
    needs.map((need) => [keyOf(need.blob, need.role), need]),
  );
  const values = new Map<string, unknown>(
    await cache.find([...unique.values()]),
  );
  const problems = new Map<string, string>();

  const open = Map.groupBy(
    [...unique].filter(([key]) => !values.has(key)).map(([, need]) => need),
    (need) => need.blob,
  );
  if (open.size > 0) {
    const fresh: { blob: string; role: string; value: unknown }[] = [];
    const read = async (batch: readonly Batched[]) => {
      const results = await reading.read(batch.map(({ task }) => task));
      for (const [index, { needs: wanted }] of batch.entries()) {
        const made = results[index];
        for (const [place, { blob, role }] of wanted.entries()) {
          if (!made) {
            problems.set(blob, OUT_OF_MEMORY);
            continue;
          }
          const value = made[place];
          values.set(keyOf(blob, role), value);
          fresh.push({ blob, role, value });
        }
      }
    };
    await inBatches(
      contents(repository, open, problems),
      ({ task }) => task.bytes.byteLength,
      MANY_BYTES,
      read,
    );
    await cache.save(fresh);
  }
  return {
    get: (blob, role) => values.get(keyOf(blob, role)),
    problem: (blob) => problems.get(blob) ?? "The file could not be read.",
  };
}

interface Batched {
  readonly task: ReadingTask;
  readonly needs: readonly Need[];
}

/** The blobs that can be read, each with who wants it; why another one cannot goes to `problems`. */
async function* contents(
  repository: Pick<Repository, "read">,
  open: ReadonlyMap<string, readonly Need[]>,
  problems: Map<string, string>,
): AsyncGenerator<Batched> {
  const maxBytes = Math.max(
    ...[...open.values()].flat().map((need) => need.maxBytes),
  );
  for await (const content of repository.read(open.keys(), { maxBytes })) {
    const { blob } = content;
    if ("missing" in content) {
      problems.set(
        blob,
        "The repository does not hold this file's content (a partial clone, or a missing object).",
      );
      continue;
    }
    if ("tooLarge" in content) {
      problems.set(blob, tooLarge(content.tooLarge, maxBytes));
      continue;
    }
    const { bytes } = content;
    const needs = (open.get(blob) ?? []).filter((need) => {
      const fits = bytes.byteLength <= need.maxBytes;
      if (!fits) {
        problems.set(blob, tooLarge(bytes.byteLength, need.maxBytes));
      }
      return fits;
    });
    const readers = needs.map(({ reader }) => reader);
    if (needs.length > 0) yield { task: { bytes, readers }, needs };
  }
}

/** Keeps readings in memory: for tests, and for a command line without a store. */
export function memoryReadings(): ReadingCache {
  const known = new Map<string, unknown>();
  return {
    find: (wanted) =>
      Promise.resolve(
        new Map(
          wanted.flatMap(({ blob, role }) => {
            const key = keyOf(blob, role);
            return known.has(key) ? [[key, known.get(key)] as const] : [];
          }),
        ),
      ),
    save: (readings) => {
      for (const { blob, role, value } of readings)
        known.set(keyOf(blob, role), value);
      return Promise.resolve();
    },
  };
}

export function keyOf(blob: string, role: string): string {
  return `${blob}:${role}`;
}

function tooLarge(bytes: number, cap: number): string {
  return `The file has ${(bytes / 1_048_576).toFixed(1)} MB; files over ${(cap / 1_048_576).toFixed(0)} MB are not read.`;
}
