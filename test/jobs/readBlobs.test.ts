import { expect, test } from "vitest";
import {
  memoryReadings,
  readBlobs,
  type Need,
} from "../../src/jobs/readBlobs.ts";
import type {
  BlobContent,
  Repository,
} from "../../src/repositories/repository.ts";

/** A repository of these contents, which says what it was asked for. */
function blobs(contents: Readonly<Record<string, BlobContent | string>>) {
  const asked: string[] = [];
  const repository: Pick<Repository, "read"> = {
    async *read(wanted) {
      for (const blob of wanted) {
        asked.push(blob);
        const content = contents[blob] ?? { blob, missing: true };
        yield typeof content === "string"
          ? { blob, bytes: new TextEncoder().encode(content) }
          : content;
      }
    },
  };
  return { asked, repository };
}

const text = (blob: string, changed: Partial<Need<string>> = {}) => ({
  blob,
  role: "text",
  maxBytes: 1_048_576,
  parse: (bytes: Uint8Array) => new TextDecoder().decode(bytes),
  ...changed,
});
const size = (blob: string, changed: Partial<Need<number>> = {}) => ({
  blob,
  role: "size",
  maxBytes: 4_194_304,
  parse: (bytes: Uint8Array) => bytes.byteLength,
  ...changed,
});

test("What was read of a blob once is not fetched and not parsed again", async () => {
  const { asked, repository } = blobs({ a: "alpha", b: "beta" });
  const cache = memoryReadings();
  await readBlobs(repository, [text("a")], cache);
  const refuse = () => {
    throw new Error("It was parsed again.");
  };
  const readings = await readBlobs(
    repository,
    [text("a", { parse: refuse }), text("b")],
    cache,
  );
  expect(readings.get("a", "text")).toBe("alpha");
  expect(readings.get("b", "text")).toBe("beta");
  expect(asked).toEqual(["a", "b"]);
});

test("A blob that is needed twice is fetched once, and read in each of its roles", async () => {
  const { asked, repository } = blobs({ a: "alpha" });
  const readings = await readBlobs(
    repository,
    [text("a"), size("a"), text("a")],
    memoryReadings(),
  );
  expect(asked).toEqual(["a"]);
  expect(readings.get("a", "text")).toBe("alpha");
  expect(readings.get("a", "size")).toBe(5);
  expect(readings.get("a", "another role")).toBeUndefined();
});

test("Nothing is asked of the repository when nothing is needed", async () => {
  const repository: Pick<Repository, "read"> = {
    read: () => {
      throw new Error("It was asked.");
    },
  };
  await readBlobs(repository, [], memoryReadings());
});

test("A reading may be null, and is known all the same", async () => {
  const { asked, repository } = blobs({ a: "alpha" });
  const cache = memoryReadings();
  const need = { ...text("a"), parse: () => null };
  await readBlobs(repository, [need], cache);
  expect((await readBlobs(repository, [need], cache)).get("a", "text")).toBe(
    null,
  );
  expect(asked).toEqual(["a"]);
});

test("A blob beyond its cap is not read, and the problem names both sizes", async () => {
  const { repository } = blobs({
    large: "x".repeat(2 * 1_048_576),
    huge: { blob: "huge", tooLarge: 90 * 1_048_576 },
  });
  const readings = await readBlobs(
    repository,
    [text("large"), size("large"), text("huge"), size("huge")],
    memoryReadings(),
  );
  expect(readings.get("large", "text")).toBeUndefined();
  expect(readings.get("large", "size")).toBe(2 * 1_048_576);
  expect(readings.problem("large")).toBe(
    "The file has 2.0 MB; files over 1 MB are not read.",
  );
  expect(readings.get("huge", "size")).toBeUndefined();
  expect(readings.problem("huge")).toBe(
    "The file has 90.0 MB; files over 4 MB are not read.",
  );
});

test("A blob that the repository does not hold is a problem, and is asked for again the next time", async () => {
  const { asked, repository } = blobs({});
  const cache = memoryReadings();
  const readings = await readBlobs(repository, [text("gone")], cache);
  expect(readings.get("gone", "text")).toBeUndefined();
  expect(readings.problem("gone")).toMatch(/does not hold this file's content/);
  await readBlobs(repository, [text("gone")], cache);
  expect(asked).toEqual(["gone", "gone"]);
});

test("A blob that never came is a problem too", async () => {
  const repository: Pick<Repository, "read"> = { async *read() {} };
  const readings = await readBlobs(repository, [text("a")], memoryReadings());
  expect(readings.problem("a")).toBe("The file could not be read.");
});

test("Long reading gives way to other work", async () => {
  const slow = (bytes: Uint8Array) => {
    const end = performance.now() + 10;
    while (performance.now() < end);
    return new TextDecoder().decode(bytes);
  };
  const names = ["a", "b", "c", "d"];
  const { repository } = blobs(
    Object.fromEntries(names.map((name) => [name, name])),
  );
  let turns = 0;
  let done = false;
  const other = (async () => {
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
  })();
  await readBlobs(
    repository,
    names.map((name) => text(name, { parse: slow })),
    memoryReadings(),
  );
  done = true;
  await other;
  expect(turns).toBeGreaterThanOrEqual(names.length);
});
