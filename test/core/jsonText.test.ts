import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/core/jsonText.ts";

function duplicatesIn(text: string): unknown {
  const reading = readJson(text);
  return reading.kind === "json" ? reading.document.duplicateKeys : reading;
}

describe("reading JSON", () => {
  it("finds keys that an object has twice, with their lines", () => {
    expect(
      duplicatesIn('{\n "a": 1,\n "b": {"a": 2,\n "a": 3},\n "a": [true]\n}'),
    ).toEqual([
      { key: "a", line: 4 },
      { key: "a", line: 5 },
    ]);
  });

  it("takes equal keys of different objects for what they are", () => {
    expect(
      duplicatesIn('{"a": {"a": "a"}, "b": [{"a": 1}, {"a": -1.5e3}, []]}'),
    ).toEqual([]);
  });

  it("is not led astray by quotes, braces and colons inside of strings", () => {
    expect(
      duplicatesIn(String.raw`{"a\"": "}", "b": ":\\", "a": "{\"a\":"}`),
    ).toEqual([]);
  });

  it("does not walk through large texts, which tools wrote", () => {
    expect(
      duplicatesIn(`{"a": 1, "a": 2, "b": "${"x".repeat(1_000_000)}"}`),
    ).toEqual([]);
  });

  it.each([
    ['{\n"a": a\n}', 2],
    ['{\n"a": 1,\n}', 3],
    ['{\n"a" 1\n}', 2],
    ['{"a": 1}\n{"b": 2}', 2],
    ['{"a": 1}\n,', 2],
    ["[1,\n2", 2],
    ["[1,\n2\n}", 3],
    ['{"a": "x\ny"}', 1],
    ['{"a":\n"never closed', 2],
    ['["a"\n"b"]', 2],
    ["[\n1 2]", 2],
    ["[\n:]", 2],
    ["<<<<<<< HEAD\n{}", 1],
    ["", 1],
  ])("names the line of what is wrong in %j", (text, line) => {
    expect(readJson(text)).toEqual({ kind: "invalid", line });
  });

  it("agrees with JSON.parse on every JSON text and every damaged one", () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom("", '"', "}", "]", ",", ":", "1", "\\", "\n"),
        (json, place, damage) => {
          const at = place % (json.length + 1);
          const text = json.slice(0, at) + damage + json.slice(at);
          const expected = parseOrNothing(text);

          const reading = readJson(text);

          expect(
            reading.kind === "json" ? [reading.document.value] : [],
          ).toEqual(expected);
        },
      ),
    );
  });
});

function parseOrNothing(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}
