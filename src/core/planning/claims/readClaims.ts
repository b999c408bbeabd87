import type { ClaimReading } from "../claim.ts";
import type { Statement } from "../statement.ts";
import type { Draft } from "./draft.ts";
import { readRow } from "./rowClaims.ts";
import { readText } from "./sentenceClaims.ts";
import { MAX_NUMBERS } from "./spot.ts";
import { readStatus } from "./statusClaims.ts";
import { MAX_TEXT } from "./words.ts";

/** Claims that one statement may make; a longer list is a data dump. */
const MAX_CLAIMS = 40;

/** The claims of one statement, and what of it went unread. */
export interface ClaimsReading {
  /** In order of appearance, each told once. */
  readonly claims: readonly ClaimReading[];
  readonly excess: readonly Excess[];
}

/** A statement that is longer than anybody writes by hand: only the first `read` of its `count` things were read. */
export interface Excess {
  readonly what:
    | "characters"
    | "characters in one cell"
    | "numbers in one sentence"
    | "claims";
  readonly count: number;
  readonly read: number;
}

/**
 * The measurable statements that a document makes about results. A wrong claim is worse than a missed one: a
 * number whose metric, or whose standing as a result, cannot be told from the words around it is left out, and a number
 * is about the whole project only where the document says "overall" or the like. Never throws; linear in the (capped)
 * text, and what the caps leave out is told as `excess`.
 */
export function readClaims(statement: Statement): ClaimsReading {
  const { row, section, text } = statement;
  const { drafts, numbers } = !mayMeasure(statement)
    ? NOTHING
    : row
      ? readRow(section, row)
      : readText(statement);
  const claims = once([...readStatus(statement), ...drafts]).map((draft) => ({
    ...draft,
    text,
    line: statement.line,
  }));
  return {
    claims: claims.slice(0, MAX_CLAIMS),
    excess: [
      row
        ? {
            what: "characters in one cell" as const,
            count: longest([...row.header, ...row.cells]),
            read: MAX_TEXT,
          }
        : { what: "characters" as const, count: text.length, read: MAX_TEXT },
      {
        what: "numbers in one sentence" as const,
        count: numbers,
        read: MAX_NUMBERS,
      },
      { what: "claims" as const, count: claims.length, read: MAX_CLAIMS },
    ].filter(({ count, read }) => count > read),
  };
}

const NOTHING = { drafts: [], numbers: 0 };

/** A claim has a number, or denies that a test fails. Three of five statements have neither, and are not looked at closer. */
function mayMeasure({ text }: Statement): boolean {
  return /\d|flak|fail|test/i.test(text);
}

/** A number that a statement repeats about the same thing is one claim. */
function once(drafts: readonly Draft[]): Draft[] {
  const first = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = JSON.stringify([draft.metric, draft.subject, draft.value]);
    if (!first.has(key)) first.set(key, draft);
  }
  return [...first.values()];
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}
