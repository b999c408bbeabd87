import { formatCount } from "../../coverage/counts.ts";
import type { Claim } from "../claim.ts";
import { TEST_FILE } from "../claims/fileNames.ts";
import { WHOLE_SUITE } from "../claims/wholeLabels.ts";
import { bare } from "../claims/words.ts";
import { readQuantities } from "../quantity.ts";
import type { Statement } from "../statement.ts";
import type { Dispute } from "./dispute.ts";
import { isExactCount } from "./tables.ts";

/** Kinds of tests that do not overlap; "new tests" or "critical tests" may be among them. */
const LEVEL =
  /^(?:unit|integration|property(?:-based)?|e2e|end-to-end|functional|component|contract|acceptance|system)(?: tests?)?$/i;

interface Share {
  readonly line: number;
  readonly n: number;
  readonly d: number;
  readonly label: string;
}

/**
 * "183/214 passing" against the items beside it in the same list that give the fractions of its suites. Only suites that
 * cannot overlap are added up, and only a sum of more tests than there are in all denies the whole: a shorter list may
 * leave something out.
 */
export function disputedSuiteParts(
  statements: readonly Statement[],
  claims: readonly Claim[],
): Dispute[] {
  const byFraction = Map.groupBy(claims, (claim) =>
    claim.fraction ? fraction(claim.fraction) : "",
  );
  return listsOf(statements).flatMap((items) => {
    const shares = items.flatMap(shareIn);
    const parts = partsAmong(shares);
    const wholes = shares.filter(({ label }) => WHOLE_SUITE.test(label));
    const [whole] = wholes;
    if (!whole || parts.length < 2) return [];
    if (wholes.some(({ n, d }) => n !== whole.n || d !== whole.d)) return [];
    const n = parts.reduce((sum, part) => sum + part.n, 0);
    const d = parts.reduce((sum, part) => sum + part.d, 0);
    if (d < whole.d || (d === whole.d && n === whole.n)) return [];
    const first = parts[0]?.line ?? whole.line;
    const why = `The document says ${fraction(whole)} for all tests (line ${whole.line}); its parts, ${parts.map(fraction).join(", ")} (from line ${first}), add up to ${fraction({ n, d })}.`;
    return (byFraction.get(fraction(whole)) ?? [])
      .filter(({ subject }) => WHOLE_SUITE.test(subject))
      .map(({ line, value, metric }) => ({
        line,
        value,
        metrics: [metric],
        otherLine: first,
        why,
      }));
  });
}

/** Items of one list: next to each other below the same headings. */
function listsOf(statements: readonly Statement[]): Statement[][] {
  const lists: Statement[][] = [];
  let before: Statement | null = null;
  for (const statement of statements) {
    const goesOn =
      before?.place === "item" &&
      statement.place === "item" &&
      isSame(before.section, statement.section);
    if (goesOn) lists.at(-1)?.push(statement);
    else lists.push([statement]);
    before = statement;
  }
  return lists.filter((items) => items.length > 2);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return (
    one.length === other.length &&
    one.every((name, index) => name === other[index])
  );
}

/** "Integration Tests: 94/124 passing (75.8%)". */
function shareIn({ text, line }: Statement): Share[] {
  if (!text.includes(":") || !/\d\s?(?:\/|of|out of)\s?\d/.test(text))
    return [];
  const [, label = "", rest = ""] =
    /^([^:]{1,60}):\s*(.*)$/s.exec(bare(text)) ?? [];
  const fractions = readQuantities(rest).filter(
    (quantity) => quantity.denominator !== null,
  );
  const [only] = fractions;
  if (
    !only ||
    fractions.length > 1 ||
    only.denominator === null ||
    !isExactCount(only)
  )
    return [];
  return /pass/i.test(rest) ||
    /^\s*tests?\b/i.test(rest.slice(only.index + only.length))
    ? [{ line, n: only.value, d: only.denominator, label }]
    : [];
}

/** Those that name levels of tests, or those that name test files; nothing where a name comes twice. */
function partsAmong(shares: readonly Share[]): Share[] {
  const levels = shares.filter(({ label }) => LEVEL.test(label));
  const files = shares.filter(({ label }) => TEST_FILE.test(label));
  const parts = levels.length >= files.length ? levels : files;
  return new Set(parts.map(({ label }) => label.toLowerCase())).size ===
    parts.length
    ? parts
    : [];
}

function fraction({ n, d }: Pick<Share, "n" | "d">): string {
  return `${formatCount(n)} / ${formatCount(d)}`;
}
