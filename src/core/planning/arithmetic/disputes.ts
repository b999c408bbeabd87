import type { Claim } from "../claim.ts";
import type { RoadmapReading } from "../roadmap.ts";
import type { Statement } from "../statement.ts";
import { disputedBracketSums } from "./bracketSums.ts";
import type { Dispute } from "./dispute.ts";
import { disputedFileShares } from "./fileShares.ts";
import { disputedAnswer, disputedRows } from "./ownThreshold.ts";
import { disputedTicks } from "./roadmapTicks.ts";
import { disputedSuiteParts } from "./suiteParts.ts";
import { tablesOf } from "./tables.ts";
import { disputedTotals } from "./tableTotals.ts";
import { disputedTallies, talliesOf } from "./tallies.ts";

/**
 * Where a document's own arithmetic fails: numbers that the same document denies. Each rule is silent where another
 * reading of the document makes both sides true.
 */
export function findDisputes(
  statements: readonly Statement[],
  claims: readonly Claim[],
  roadmap: RoadmapReading | null,
): Dispute[] {
  const tables = tablesOf(statements);
  const claimsAt = Map.groupBy(claims, ({ line }) => line);
  return [
    ...tables.flatMap((table) => [
      ...disputedTotals(table),
      ...disputedRows(table, claimsAt),
    ]),
    ...statements.flatMap((statement) => [
      ...disputedBracketSums(statement),
      ...disputedAnswer(statement, claimsAt),
    ]),
    ...disputedTallies(talliesOf(statements, tables)),
    ...disputedSuiteParts(statements, claims),
    ...disputedFileShares(claims),
    ...(roadmap ? disputedTicks(roadmap) : []),
  ];
}

/** The claims with what denies them, and the disputes about numbers that no claim makes. */
export function settle(
  claims: readonly Claim[],
  disputes: readonly Dispute[],
): { claims: Claim[]; unclaimed: Dispute[] } {
  const byLine = Map.groupBy(disputes, ({ line }) => line);
  const claimed = new Set<Dispute>();
  return {
    claims: claims.map((claim) => {
      const dispute = byLine
        .get(claim.line)
        ?.find((one) => isAbout(one, claim));
      if (!dispute) return claim;
      claimed.add(dispute);
      return {
        ...claim,
        disputed: { line: dispute.otherLine, why: dispute.why },
      };
    }),
    unclaimed: disputes.filter((dispute) => !claimed.has(dispute)),
  };
}

function isAbout({ value, metrics }: Dispute, claim: Claim): boolean {
  return (
    (claim.value === value || claim.fraction?.n === value) &&
    (metrics.length === 0 || metrics.includes(claim.metric))
  );
}
