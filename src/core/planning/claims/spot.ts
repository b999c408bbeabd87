import { type Quantity, readQuantities } from "../quantity.ts";
import { endOf } from "./words.ts";

/** One number of a sentence with the words around it. */
export interface Spot {
  readonly sentence: string;
  readonly quantity: Quantity;
  /** From the number before to this one. */
  readonly before: string;
  /** From this number to the next. */
  readonly after: string;
  /** `before` since the last comma, bracket or dash. */
  readonly lead: string;
  /** `after` until the next comma, bracket or dash. */
  readonly tail: string;
  /** What the sentence says up to this number. */
  readonly upTo: string;
  readonly prior: Spot | null;
  next: Spot | null;
}

/** Numbers of one sentence that are read; more of them are a data dump. */
export const MAX_NUMBERS = 60;

/** The first numbers of a sentence, each with the words around it, and how many numbers it has. */
export function spotsOf(sentence: string): {
  readonly spots: readonly Spot[];
  readonly numbers: number;
} {
  const all = numbersIn(sentence);
  const quantities = all.slice(0, MAX_NUMBERS);
  const spots: Spot[] = [];
  for (const [index, quantity] of quantities.entries()) {
    const prior = spots.at(-1) ?? null;
    const end = quantities[index + 1]?.index ?? sentence.length;
    const before = sentence.slice(endOf(prior?.quantity), quantity.index);
    const after = sentence.slice(endOf(quantity), end);
    const spot: Spot = {
      sentence,
      quantity,
      before,
      after,
      lead: before.slice(lastBreak(before)),
      tail: after.split(BREAK, 1).join(""),
      upTo: sentence.slice(0, quantity.index),
      prior,
      next: null,
    };
    if (prior) prior.next = spot;
    spots.push(spot);
  }
  return { spots, numbers: all.length };
}

/** The numbers of a sentence without those that name something: "Phase 19", "Tier 1", "line 40". */
function numbersIn(sentence: string): Quantity[] {
  return readQuantities(sentence).filter(
    ({ unit, denominator, index }) =>
      unit !== null ||
      denominator !== null ||
      !NUMBERED.test(sentence.slice(Math.max(0, index - 16), index)),
  );
}

const NUMBERED =
  /\b(?:phases?|plans?|waves?|tiers?|tasks?|steps?|runs?|deviation|issues?|gaps?|version|milestone|week|day|option|level|rules?|part|python|node|lines?|section|priority|sprint|bug|pattern|decision)\s#?$/i;

const BREAK = /[,;()→]|\s[-–—]\s/;

function lastBreak(text: string): number {
  let end = 0;
  for (const match of text.matchAll(new RegExp(BREAK.source, "g"))) {
    end = match.index + match[0].length;
  }
  return end;
}
