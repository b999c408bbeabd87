import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../src/core/artifactText.ts";

const TEXT = "=== 3 passed in 0.10s ===\r\n✓ fertig – über";

function utf16(text: string, { big = false, mark = true } = {}): Uint8Array {
  const units = mark ? `\uFEFF${text}` : text;
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < units.length; index++) {
    view.setUint16(index * 2, units.charCodeAt(index), !big);
  }
  return bytes;
}

describe("decoding", () => {
  it.each([
    ["UTF-8", new TextEncoder().encode(TEXT)],
    ["UTF-8 with a mark", new TextEncoder().encode(`\uFEFF${TEXT}`)],
    ["UTF-16 little-endian", utf16(TEXT)],
    ["UTF-16 big-endian", utf16(TEXT, { big: true })],
    ["UTF-16 little-endian without a mark", utf16(TEXT, { mark: false })],
    [
      "UTF-16 big-endian without a mark",
      utf16(TEXT, { big: true, mark: false }),
    ],
  ])("reads %s", (_, bytes) => {
    expect(decodeText(bytes)).toEqual({ kind: "text", text: TEXT });
  });

  it("forgives a character that the end of the file cuts in two", () => {
    const bytes = new TextEncoder().encode("3 passed ✓");

    expect(decodeText(bytes.subarray(0, -1))).toEqual({
      kind: "text",
      text: "3 passed ",
    });
  });

  it.each([
    ["nothing", [], "The file is empty."],
    ["white space", [0x20, 0x0a], "The file holds nothing but white space."],
    ["NULs", [0x61, 0, 0, 0x62, 0, 0], "The file is binary, not text."],
    [
      "Latin-1",
      [0x66, 0xfc, 0x72, 0x20, 0x61],
      "The file is not text in UTF-8 or UTF-16; write it as UTF-8.",
    ],
  ])("refuses %s and says why", (_, bytes, why) => {
    expect(decodeText(new Uint8Array(bytes))).toEqual({ kind: "none", why });
  });

  it("gives back every text in every encoding it knows", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((value) => value.trim() !== "" && !/[\0\uFEFF]/.test(value));
    fc.assert(
      fc.property(text, fc.boolean(), (value, big) => {
        expect(decodeText(utf16(value, { big }))).toEqual({
          kind: "text",
          text: value,
        });
        expect(decodeText(new TextEncoder().encode(value))).toEqual({
          kind: "text",
          text: value,
        });
      }),
    );
  });
});
