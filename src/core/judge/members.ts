import { fileName } from "../fileName.ts";
import type { DocumentAt } from "../facts.ts";
import type { Finding } from "../finding.ts";
import type { Target } from "../planning/target.ts";

/** A map, because a document may speak of "constructor files". */
const WORDS: ReadonlyMap<string, number> = new Map([
  ["both", 2],
  ["two", 2],
  ["three", 3],
  ["four", 4],
  ["five", 5],
  ["six", 6],
  ["seven", 7],
  ["eight", 8],
  ["nine", 9],
  ["ten", 10],
]);

export type Members =
  | {
      readonly kind: "files";
      readonly files: readonly string[];
      readonly source: string;
    }
  | {
      readonly kind: "unknown";
      readonly why: string;
      readonly finding: Finding | null;
    };

/**
 * The files that a counted set stands for ("6 Tier 1 files", "three governance service files"): the list of exactly so many
 * source files that the phase's own documents name most often. Two lists that are equally frequent are ambiguous, and said so.
 */
export function membersOf(
  target: Target,
  documents: readonly DocumentAt[],
): Members {
  const count = countIn(target.subject);
  if (count === null) {
    return {
      kind: "unknown",
      why: `Which files “${target.subject}” stands for is not said with a number, so no list can be matched to it.`,
      finding: null,
    };
  }
  const groups = new Map<
    string,
    { files: readonly string[]; times: number; source: string }
  >();
  for (const { path, reading } of documents) {
    for (const list of reading.fileLists) {
      const names = [...new Set(list.files.map(fileName))];
      if (names.length !== count) continue;
      const key = names.toSorted().join("|");
      const known = groups.get(key);
      if (known) known.times++;
      else
        groups.set(key, {
          files: names,
          times: 1,
          source: `${path}:${list.line}`,
        });
    }
  }
  const ranked = [...groups.values()].toSorted((a, b) => b.times - a.times);
  const [first, second] = ranked;
  if (!first) {
    return {
      kind: "unknown",
      why: `No document of the phase lists exactly ${count} source files, so it is not known which ones “${target.subject}” are.`,
      finding: null,
    };
  }
  if (second?.times === first.times) {
    const equals = ranked.filter(({ times }) => times === first.times);
    const why = `“${target.subject}” fits ${equals.length} different lists of ${count} files (${first.source}, ${second.source}).`;
    const { path, line } = target;
    return {
      kind: "unknown",
      why,
      finding: { kind: "ambiguous", path: path ?? "", line, message: why },
    };
  }
  return { kind: "files", files: first.files, source: first.source };
}

/** `6 Tier 1 files` → 6, `three target modules` → 3; null for "tested files". */
export function countIn(subject: string): number | null {
  const first = /^(?:all |the |each of (?:the )?)*([0-9]{1,3}|[a-z]+)\b/i
    .exec(subject.trim())?.[1]
    ?.toLowerCase();
  if (first === undefined) return null;
  if (/^\d+$/.test(first)) return Number(first);
  return WORDS.get(first) ?? null;
}
