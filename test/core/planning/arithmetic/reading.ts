import { readDocument } from "../../../../src/core/planning/document.ts";
import type { DocumentKind } from "../../../../src/core/planning/documentKind.ts";

/** What a document says against its own claims, by the value claimed, and against numbers that no claim makes. */
export function disputesIn(
  text: string,
  kind: DocumentKind = "summary",
): { claims: Record<string, string>; findings: string[] } {
  const { claims, findings } = readDocument(kind, text);
  return {
    claims: Object.fromEntries(
      claims.flatMap(({ line, value, disputed }) =>
        disputed ? [[`${line}: ${value}`, disputed.why]] : [],
      ),
    ),
    findings: findings
      .filter(({ kind: sort }) => sort === "inconsistent")
      .map(({ line, message }) => `${line}: ${message}`),
  };
}

/** A document in which nothing denies anything. */
export const NOTHING = { claims: {}, findings: [] };
