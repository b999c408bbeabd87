import type { Gap, VerificationStatus } from "../status.ts";
import { field, itemsOf, textOf, type FrontMatter } from "./frontMatter.ts";
import { sentence } from "./plan.ts";
import type { Statement } from "./statement.ts";

/** What a VERIFICATION document says; where it was found is added by who holds the path. */
export interface VerificationReading {
  readonly status: VerificationStatus["status"];
  /** As written; "" where the document gives none. */
  readonly rawStatus: string;
  readonly statusLine: number;
  readonly score: { readonly verified: number; readonly total: number } | null;
  readonly gaps: readonly Omit<Gap, "path">[];
}

/** Reads front matter first; a verification without any says the same in prose (`**Status:** …`). */
export function readVerification(
  front: FrontMatter,
  statements: readonly Statement[],
): VerificationReading {
  const stated = field(front.fields, "status");
  const prose = proseStatus(statements);
  const rawStatus = textOf(stated) ?? prose?.text ?? "";
  return {
    status: normaliseStatus(rawStatus),
    rawStatus,
    statusLine: stated?.line ?? prose?.line ?? 1,
    score:
      readScore(textOf(field(front.fields, "score"))) ?? proseScore(statements),
    gaps: itemsOf(field(front.fields, "gaps")).flatMap((item) => {
      const truth =
        textOf(field(item, "truth", "gap", "name")) ?? sentence(item);
      if (truth === null) return [];
      const status = textOf(field(item, "status")) ?? "failed";
      return [
        {
          truth,
          status,
          reason: textOf(field(item, "reason")) ?? null,
          missing: itemsOf(field(item, "missing")).flatMap(
            (entry) => sentence(entry) ?? [],
          ),
          line: item.line,
          open: isOpen(status),
        },
      ];
    }),
  };
}

/**
 * The status in GSD's own words (`passed`, `gaps_found`, `human_needed`), from the many that are written:
 * `gaps_closed_partial`, `targets_not_met`, `⚠️ PARTIAL PASS (3/4 criteria met)`.
 */
export function normaliseStatus(raw: string): VerificationStatus["status"] {
  const words = raw
    .toLowerCase()
    .replace(/[^a-z]+/g, " ")
    // Gaps that are closed or were never there are none: what else is said decides.
    .replace(
      /\b(?:no (?:\w+ )?gaps(?: found| remain| remaining)?|gaps (?:closed|resolved|fixed))\b/g,
      "passed",
    )
    // What has not been looked at has no gaps yet.
    .replace(/\bnot (?:started|run|yet|applicable)\b/g, " ");
  if (/\bhuman\b/.test(words)) return "human_needed";
  if (
    /\b(?:gaps?|partial|partially|not|failed|fail|incomplete|blocked)\b/.test(
      words,
    )
  ) {
    return "gaps_found";
  }
  return /\b(?:passed|pass|verified|complete|completed|success|met)\b/.test(
    words,
  )
    ? "passed"
    : "unknown";
}

/** Many documents list every truth under `gaps`; the ones that hold are no gaps. */
export function isOpen(status: string): boolean {
  return !/^(?:verified|passed|pass|resolved|closed|complete|completed|documented|satisfied|met)\b/.test(
    status.toLowerCase().replace(/^[^a-z]+/, ""),
  );
}

/** `2/10 must-haves verified`, `3.5/4`, `16/18 (89%)`. */
export function readScore(
  text: string | undefined,
): { verified: number; total: number } | null {
  const match = /(?<![\d.])(\d{1,4}(?:\.\d{1,2})?)\s*\/\s*(\d{1,4})\b/.exec(
    text ?? "",
  );
  if (!match) return null;
  return { verified: Number(match[1]), total: Number(match[2]) };
}

function proseStatus(statements: readonly Statement[]) {
  for (const { text, line } of statements) {
    const match = /^\*\*(?:Overall )?Status:?\*\*:?\s*(.+)$/i.exec(text);
    if (match?.[1]) return { text: plainWords(match[1]), line };
  }
  return null;
}

function proseScore(statements: readonly Statement[]) {
  for (const { text } of statements) {
    const match = /^\*\*(?:Overall )?Score:?\*\*:?\s*(.+)$/i.exec(text);
    if (match?.[1]) return readScore(match[1]);
  }
  return null;
}

/** Words without bold, code and emoji, for showing what a document says. */
export function plainWords(text: string): string {
  return text
    .replace(/[*`]+/g, "")
    .replace(/\p{Extended_Pictographic}|\u{FE0F}|\u{200D}|✓|✗/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}
