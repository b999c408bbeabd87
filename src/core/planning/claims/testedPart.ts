import type { Spot } from "./spot.ts";
import { WHOLE_SUITE } from "./wholeLabels.ts";
import { endOf } from "./words.ts";

/** Characters before a number in which its clause is looked for. */
const REACH = 240;

/**
 * The part whose tests a number counts where the sentence names it away from the number; "unnamed" where it speaks of
 * a part without a name that holds by itself. Without this "13/13 passing" of one service would pass for all tests.
 */
export function testedPart(spot: Spot): string | null {
  const { sentence, quantity, upTo, after } = spot;
  return (
    // "19 contract tests = 355 tests": a sum is of more than its last part.
    (quantity.bound === "=="
      ? null
      : suiteNamed(clauseOf(upTo.slice(-REACH)))) ??
    suiteNamed(`${RATED.exec(after)?.[1] ?? ""}tests`) ??
    SPREAD.exec(sentence.slice(endOf(quantity)))?.[1] ??
    (PURPOSE.test(after) ? "unnamed" : null)
  );
}

/** "Camera service tests verify …" → "Camera service tests"; null where the words name no tests or all of them. */
export function suiteNamed(text: string): string | null {
  const names = [
    ...text.matchAll(/((?:[\w./&'-]{1,60} ){1,4})tests\b(?!\/|[.-]\w)/gi),
  ];
  const words = (names.at(-1)?.[1] ?? "").trim().split(" ");
  const kind = words.slice(words.findLastIndex(isNoName) + 1).join(" ");
  const name = `${kind} tests`;
  return kind === "" || WHOLE_SUITE.test(name) ? null : name;
}

/** "100% Redis test pass rate". */
const RATED = /^\W{0,3}((?:[\w-]{1,40} ){1,3})tests? pass/i;

/** "167/167 tests passing across 4 screen components"; runs, platforms and the like are no part. */
const SPREAD =
  /^[^.;,()]{0,40}\bacross\s+((?:\d{1,4}|both|two|three|four|five|six|seven|eight|nine|ten)\s+(?:[\w-]+\s+){0,3}?(?:files|modules|components|services|screens|pages|routes|routers|endpoints|suites|classes|packages|models))\b/i;

/** "89 tests covering episodic memory". */
const PURPOSE = /^[^.;,()]{0,30}\b(?:covering|validating|verifying)\b/i;

/** Verbs, small words and outcomes before "tests" end its name on the left: "Fixed Redis tests" are the Redis tests. */
function isNoName(word: string): boolean {
  return /^(?:.*\.|[\d,/+-]+|\w+ed|(?:add|creat|fix|runn|pass|fail|achiev|improv|includ|us|implement|work)ing|[\w-]+-(?:quality|ready)|and|or|the|all|of|for|in|with|to|from|by|on|at|as|a|an|these|those|this|its|our|no|only|into|when|that|which|but|because|if|new|more|additional|existing|flaky|comprehensive|total|overall|current|test|how|not|both|fix|run|add|write|create|other|remaining|most|some|many|few)$/i.test(
    word,
  );
}

/** The words since the last comma, dash or "and", without what stands in closed brackets. */
function clauseOf(upTo: string): string {
  return (
    upTo
      .replace(/\([^()]*\)/g, " ")
      .split(/[,;]\s|\s[-–—=+→]\s|\band\s|\bbut\s/)
      .at(-1) ?? ""
  );
}
