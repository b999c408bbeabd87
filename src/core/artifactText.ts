/** The text of an artifact, or why it has none. */
export type DecodedText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "none"; readonly why: string };

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/**
 * Decodes UTF-8 and UTF-16. PowerShell's `>` writes UTF-16, so pytest logs of Windows users come that way; a file that was cut
 * in half may lack its mark, and then the NULs of its Latin letters tell.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes.length === 0) return { kind: "none", why: "The file is empty." };
  let text: string;
  const encoding = encodingOf(bytes);
  try {
    // `stream` forgives a character that a cut-off log ends in the middle of.
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes, {
      stream: true,
    });
  } catch {
    return {
      kind: "none",
      why: "The file is not text in UTF-8 or UTF-16; write it as UTF-8.",
    };
  }
  if (text.includes("\0")) {
    return { kind: "none", why: "The file is binary, not text." };
  }
  return text.trim() === ""
    ? { kind: "none", why: "The file holds nothing but white space." }
    : { kind: "text", text };
}

function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, 4096);
  const pairs = Math.floor(sample.length / 2);
  if (pairs === 0) return "utf-8";
  let even = 0;
  let odd = 0;
  for (let index = 0; index < pairs * 2; index++) {
    if (sample[index] !== 0) continue;
    if (index % 2 === 0) even++;
    else odd++;
  }
  if (odd > pairs / 2 && even === 0) return "utf-16le";
  if (even > pairs / 2 && odd === 0) return "utf-16be";
  return "utf-8";
}
