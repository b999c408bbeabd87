import { setImmediate as nextTurn } from "node:timers/promises";
import type { Repository } from "../repositories/repository.ts";

/** Something to be read out of one blob. The same bytes in two roles are two readings. */
export interface Need<T> {
  readonly blob: string;
  readonly role: string;
  readonly maxBytes: number;
  readonly parse: (bytes: Uint8Array) => T;
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

/** Parsing gives way to other work after this long, so that an answer is never kept waiting. */
const TURN_MS = 8;

/** Looks needs up in the cache, reads the rest from the repository in one pass, and remembers them. */
export async function readBlobs(
  repository: Pick<Repository, "read">,
  needs: readonly Need<unknown>[],
  cache: ReadingCache,
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
  const fresh: { blob: string; role: string; value: unknown }[] = [];
  if (open.size > 0) {
    const maxBytes = Math.max(
      ...[...open.values()].flat().map((need) => need.maxBytes),
    );
    let turn = performance.now();
    for await (const content of repository.read(open.keys(), { maxBytes })) {
      const wanted = open.get(content.blob) ?? [];
      if ("missing" in content) {
        problems.set(
          content.blob,
          "The repository does not hold this file's content (a partial clone, or a missing object).",
        );
        continue;
      }
      if ("tooLarge" in content) {
        problems.set(content.blob, tooLarge(content.tooLarge, maxBytes));
        continue;
      }
      for (const { blob, role, maxBytes: cap, parse } of wanted) {
        if (content.bytes.byteLength > cap) {
          problems.set(blob, tooLarge(content.bytes.byteLength, cap));
          continue;
        }
        const value = parse(content.bytes);
        values.set(keyOf(blob, role), value);
        fresh.push({ blob, role, value });
      }
      if (performance.now() - turn > TURN_MS) {
        await nextTurn();
        turn = performance.now();
      }
    }
    await cache.save(fresh);
  }
  return {
    get: (blob, role) => values.get(keyOf(blob, role)),
    problem: (blob) => problems.get(blob) ?? "The file could not be read.",
  };
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
