import { fileName } from "../fileName.ts";
import type { DocumentAt } from "../facts.ts";
import { parsePhaseKey, readPhaseDirectory } from "../planning/phaseKey.ts";

/** Words that say a phase is done; "PARTIALLY COMPLETE", "4 of 5 complete" and "ready" are not among them. */
export function saysComplete(written: string): boolean {
  const says = asWords(written);
  return (
    /\b(?:complete|completed|closed|done|success|successful|passed|achieved|shipped)\b|^\[x\]/i.test(
      says,
    ) &&
    !/\b(?:partial\w*|incomplete|not|in progress|planning|ready|minor gaps|with gaps|substantial\w*|mostly|nearly)\b/i.test(
      says,
    ) &&
    !countsShort(says)
  );
}

/** Words that say a phase is not done. What says neither, like "ready for verification", is on nobody's side. */
export function saysOpen(written: string): boolean {
  if (saysComplete(written)) return false;
  const says = asWords(written);
  return (
    /^\[ \]|\b(?:not (?:started|complete|completed|done|met)|in progress|pending|planned|planning|partial\w*|incomplete|blocked|failed|executing|gaps? (?:found|identified|remain\w*)|wip)\b/i.test(
      says,
    ) || countsShort(says)
  );
}

/** `gaps_found` is two words. */
function asWords(written: string): string {
  return written.replaceAll("_", " ");
}

/** `4 of 5`, `2/4 plans`: fewer than there are. */
function countsShort(says: string): boolean {
  const [, some, all] =
    /\b(\d{1,4})\s?(?:\/|of)\s?(\d{1,4})\b/i.exec(says) ?? [];
  return Number(some) < Number(all);
}

/**
 * Whether a document's status is the phase's: a plan's own summary or report speaks of the plan, and `PHASE_8_7_SUMMARY.md` in the
 * directory of phase 8 speaks of phase 8.7.
 */
export function isAboutThePhase(
  path: string,
  documents: readonly DocumentAt[],
): boolean {
  const document = documents.find((other) => other.path === path);
  // Roadmap and state are documents of the root.
  if (!document?.place.directory) return true;
  const { kind, directory } = document.place;
  if (kind === "summary") return false;
  if (kind === "verification") return true;
  const base = fileName(directory);
  const name = fileName(path);
  const own = name.startsWith(`${base}-`) ? name.slice(base.length + 1) : name;
  const { key } = readPhaseDirectory(base);
  if (/^\d/.test(own)) {
    const [, leading = ""] =
      /^(\d+(?:\.\d+)*[A-Z]?)-(?!\d{1,3}[A-Z]?[-_.])/i.exec(own) ?? [];
    return parsePhaseKey(leading) === key;
  }
  if (/(?:^|[-_])(?:PLANS?|WAVE)[-_]?\d/i.test(own)) return false;
  const [, number = ""] = /^PHASE[-_]?(\d+(?:[._]\d+)*)/i.exec(own) ?? [];
  const named = parsePhaseKey(number.replaceAll("_", "."));
  return named === null || named === key;
}
