/** A parsed JSON text, with what `JSON.parse` keeps to itself. */
export interface JsonDocument {
  readonly value: unknown;
  /** Keys that an object has twice: a sign of a hand-written file, and the first value is lost. 1-based lines, in order. */
  readonly duplicateKeys: readonly DuplicateKey[];
}

export interface DuplicateKey {
  readonly key: string;
  readonly line: number;
}

export type JsonReading =
  | { readonly kind: "json"; readonly document: JsonDocument }
  | { readonly kind: "invalid"; readonly line: number };

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reports above this size are written by tools, which do not repeat keys; walking them again would cost more than it finds. */
const DUPLICATES_LOOKED_FOR_BELOW = 1_000_000;

/** Parses JSON (RFC 8259) and never throws. */
export function readJson(text: string): JsonReading {
  try {
    const value: unknown = JSON.parse(text);
    return {
      kind: "json",
      document: {
        value,
        duplicateKeys:
          text.length < DUPLICATES_LOOKED_FOR_BELOW
            ? walk(text).duplicateKeys
            : [],
      },
    };
  } catch {
    // The engine names the place of some errors only, so the text is walked for all.
    return { kind: "invalid", line: lineAt(text, walk(text).end) };
  }
}

type Expected = "value" | "value or ]" | "key" | "key or }" | ":" | ", or end";

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Goes through a JSON text token by token until its end or the first thing JSON does not allow there. */
function walk(text: string): { end: number; duplicateKeys: DuplicateKey[] } {
  const duplicateKeys: DuplicateKey[] = [];
  // The keys seen so far of every open object; null for an array.
  const open: (Set<string> | null)[] = [];
  let expected: Expected = "value";
  let position = 0;
  let line = 1;
  for (; position < text.length; position++) {
    const character = text.charAt(position);
    if (character === "\n") line++;
    if (/[\t\n\r ]/.test(character)) continue;
    const inside = open.at(-1);
    const wantsValue = expected === "value" || expected === "value or ]";
    if (wantsValue && (character === "{" || character === "[")) {
      open.push(character === "{" ? new Set() : null);
      expected = character === "{" ? "key or }" : "value or ]";
    } else if (
      (character === "}" &&
        inside &&
        (expected === "key or }" || expected === ", or end")) ||
      (character === "]" &&
        inside === null &&
        (expected === "value or ]" || expected === ", or end"))
    ) {
      open.pop();
      expected = ", or end";
    } else if (
      character === "," &&
      expected === ", or end" &&
      inside !== undefined
    ) {
      expected = inside ? "key" : "value";
    } else if (character === ":" && expected === ":") {
      expected = "value";
    } else if (character === '"') {
      const end = endOfString(text, position);
      if (end === null) break;
      if (inside && (expected === "key" || expected === "key or }")) {
        const key = text.slice(position + 1, end);
        if (inside.has(key)) duplicateKeys.push({ key, line });
        inside.add(key);
        expected = ":";
      } else if (wantsValue) {
        expected = ", or end";
      } else {
        break;
      }
      position = end;
    } else {
      LITERAL.lastIndex = position;
      const literal = LITERAL.exec(text)?.[0];
      if (!wantsValue || literal === undefined) break;
      position += literal.length - 1;
      expected = ", or end";
    }
  }
  return { end: position, duplicateKeys };
}

/** The index of the closing quote; null when the string never closes or holds a raw control character. */
function endOfString(text: string, start: number): number | null {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) return index;
    if (code === 0x5c) index++;
    else if (code < 0x20) return null;
  }
  return null;
}

function lineAt(text: string, position: number): number {
  let line = 1;
  let index = text.indexOf("\n");
  while (index !== -1 && index < position) {
    line++;
    index = text.indexOf("\n", index + 1);
  }
  return line;
}
