import { parsePhaseKey } from "./phaseKey.ts";
import type { Statement } from "./statement.ts";
import { plainWords } from "./verification.ts";

/** Where a STATE document says the work stands. It is a claim, kept by hand or by a tool that lags. */
export interface StateReading {
  readonly key: string;
  /** What is written after the number: `of 7 (Billing)`, `-social-layer`. */
  readonly name: string;
  readonly says: string;
  readonly line: number;
  /** The headings that it stands below. */
  readonly section: readonly string[];
}

/** Reads `Phase: 19 …` with the `Status: …` that follows it; null where a STATE names no phase. */
export function readState(
  statements: readonly Statement[],
): StateReading | null {
  let key: string | null = null;
  let name = "";
  for (const { text, line, section } of statements) {
    for (const part of text.split(
      /(?=\b(?:Phase|Plan|Status|Last activity|Progress):)/,
    )) {
      const phase = /^\**(?:Current )?Phase:?\**:?\s*([0-9][0-9A-Za-z.]*)/.exec(
        part,
      );
      if (phase?.[1] && key === null) {
        key = parsePhaseKey(phase[1].replace(/\.$/, ""));
        name = plainWords(part.slice(phase[0].length));
      }
      const status = /^\**Status:?\**:?\s*(\S.*)$/.exec(part);
      if (status?.[1] && key !== null) {
        return { key, name, says: plainWords(status[1]), line, section };
      }
    }
  }
  return null;
}

/**
 * The current phase, for a paragraph in the section that says so. What a STATE has gathered below other headings, and lists of results,
 * are of any phase; null for those.
 */
export function phaseBeside(
  { place, section }: Statement,
  state: StateReading | null,
): string | null {
  const isBeside =
    place === "paragraph" && section.join("\n") === state?.section.join("\n");
  return state && isBeside ? state.key : null;
}
