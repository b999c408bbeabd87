import { expect, test } from "vitest";
import {
  memoryReadings,
  readBlobs,
  type Need,
} from "../../src/jobs/readBlobs.ts";
import type { Reading } from "../../src/jobs/readingPool.ts";
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

const text = (blob: string): Need => ({
  blob,
  role: "text",
  maxBytes: 1_048_576,
  reader: { as: "document", place: { kind: "summary" } },
});
const size = (blob: string): Need => ({
  blob,
  role: "size",
  maxBytes: 4_194_304,
  reader: { as: "artifact", path: "coverage.json" },
});

/** Reads a document as its text, and an artifact as its size. */
const reading: Reading = {
  read: async (tasks) =>
    tasks.map(({ bytes, readers }) =>
      readers.map(({ as }) =>
        as === "document" ? new TextDecoder().decode(bytes) : bytes.byteLength,
      ),
    ),
};

test("What was read of a blob once is not fetched and not parsed again", async () => {
  const { asked, repository } = blobs({ a: "alpha", b: "beta" });
  const cache = memoryReadings();
  await readBlobs(repository, [text("a")], cache, reading);
  const read: string[] = [];
  const readings = await readBlobs(repository, [text("a"), text("b")], cache, {
    read: async (tasks) => {
      read.push(...tasks.map(({ bytes }) => new TextDecoder().decode(bytes)));
      return reading.read(tasks);
    },
  });
  expect(read).toEqual(["beta"]);
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
    reading,
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
  const nothing: Reading = { read: async () => [[null]] };
  await readBlobs(repository, [text("a")], cache, nothing);
  const readings = await readBlobs(repository, [text("a")], cache, nothing);
  expect(readings.get("a", "text")).toBeNull();
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
    reading,
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

test("A blob whose reading took too much memory is a problem, and the others are read", async () => {
  const { repository } = blobs({ a: "alpha", bomb: "boom" });
  const readings = await readBlobs(
    repository,
    [text("a"), text("bomb")],
    memoryReadings(),
    {
      read: async (tasks) =>
        (await reading.read(tasks)).map((made) =>
          made?.[0] === "boom" ? null : made,
        ),
    },
  );
  expect(readings.get("a", "text")).toBe("alpha");
  expect(readings.get("bomb", "text")).toBeUndefined();
  expect(readings.problem("bomb")).toBe(
    "Reading the file took more memory than a reader is given.",
  );
});

test("A reader that fails fails the whole, once what was under way is over", async () => {
  const { repository } = blobs({ a: "alpha" });
  await expect(
    readBlobs(repository, [text("a")], memoryReadings(), {
      read: async () => {
        throw new Error("The thread is gone.");
      },
    }),
  ).rejects.toThrow("The thread is gone.");
});

test("Much is read in several batches, few at once, and nothing is lost", async () => {
  const names = Array.from({ length: 40 }, (_, index) => `blob${index}`);
  const { repository } = blobs(
    Object.fromEntries(names.map((name) => [name, name.padEnd(400_000, ".")])),
  );
  let underWay = 0;
  let most = 0;
  const readings = await readBlobs(
    repository,
    names.map(text),
    memoryReadings(),
    {
      read: async (tasks) => {
        most = Math.max(most, ++underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay--;
        return reading.read(tasks);
      },
    },
  );
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(6);
  for (const name of names) {
    expect(readings.get(name, "text")).toMatch(new RegExp(`^${name}\\.`));
  }
});
