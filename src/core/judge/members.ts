import { isSamePlan } from "./plans.ts";
import { fileName } from "../fileName.ts";
import type { DocumentAt } from "../facts.ts";
import type { Finding } from "../finding.ts";
import type { FileList } from "../planning/fileLists.ts";
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
 * The files that a set stands for. A counted one ("6 Tier 1 files", "three governance service files") is the list of exactly so many
 * source files; one without a number ("tested files") is the list that a document calls by the set's own words. The document that
 * sets the target is asked first, then the list that the phase's documents name most often. Two that are equally frequent are
 * ambiguous, and said so.
 */
export function membersOf(
  target: Target,
  documents: readonly DocumentAt[],
): Members {
  const count = countIn(target.subject);
  const words = wordsOf(target.subject);
  // Lists are of source files: a set of tests is none of them.
  if (count === null && /^(?:|tests?)$/.test(words.join(" "))) {
    return unknown(
      `Which files “${target.subject}” stands for is not said with a number or a name of their own, so no list can be matched to it.`,
    );
  }
  const fits = ({ files, label }: FileList) =>
    count === null
      ? isCalled(label, words)
      : new Set(files.map(fileName)).size === count;
  const scopes = scopesOf(target, documents, count !== null);
  let equals: readonly Ranked[] = [];
  for (const scope of scopes) {
    equals = ranking(scope, fits);
    const [first, second] = equals;
    if (first && first.times !== second?.times)
      return { kind: "files", files: first.files, source: first.source };
  }
  const [one, other] = equals;
  if (!one || !other) {
    return unknown(
      count === null
        ? `No list of source files of the phase's documents is called “${target.subject}”, so it is not known which ones they are.`
        : `No document of the phase lists exactly ${count} source files, so it is not known which ones “${target.subject}” are.`,
    );
  }
  const lists = equals.filter(({ times }) => times === one.times).length;
  const why = `“${target.subject}” fits ${lists} different lists${count === null ? "" : ` of ${count} files`} (${one.source}, ${other.source}).`;
  const { path, line } = target;
  return {
    ...unknown(why),
    finding: { kind: "ambiguous", path: path ?? "", line, message: why },
  };
}

/**
 * The document that sets a target, then those of its plan, then those of the phase; of a set that is only named, not counted, other
 * plans' lists are left out, because each plan has its own "target files".
 */
function scopesOf(
  { path }: Target,
  documents: readonly DocumentAt[],
  counted: boolean,
): readonly [own: Documents, ofPlan: Documents, ofPhase: Documents] {
  const planId =
    documents.find((document) => document.path === path)?.place.planId ?? null;
  const ofPlan = documents.filter(({ place }) =>
    isSamePlan(place.planId, planId),
  );
  const others = ({ place }: DocumentAt) =>
    place.planId !== null && !isSamePlan(place.planId, planId);
  return [
    documents.filter((document) => document.path === path),
    ofPlan,
    counted || planId === null
      ? documents
      : documents.filter((document) => !others(document)),
  ];
}

type Documents = readonly DocumentAt[];

interface Ranked {
  readonly files: readonly string[];
  readonly times: number;
  readonly source: string;
}

/** The different lists that fit, the most frequent first. */
function ranking(
  documents: readonly DocumentAt[],
  fits: (list: FileList) => boolean,
): Ranked[] {
  const groups = new Map<string, Ranked>();
  for (const { path, reading } of documents) {
    for (const list of reading.fileLists) {
      if (!fits(list)) continue;
      const files = [...new Set(list.files.map(fileName))];
      const key = files.toSorted().join("|");
      const known = groups.get(key) ?? {
        files,
        times: 0,
        source: `${path}:${list.line}`,
      };
      groups.set(key, { ...known, times: known.times + 1 });
    }
  }
  return [...groups.values()].toSorted((a, b) => b.times - a.times);
}

function unknown(why: string) {
  return { kind: "unknown", why, finding: null } as const;
}

/** Words that a set has in common with every other. */
const COMMON = new Set(
  "all both the each every of our these those source code file files module modules".split(
    " ",
  ),
);

function wordsOf(subject: string): string[] {
  return (subject.toLowerCase().match(/[a-z0-9]+/g) ?? []).filter(
    (word) => !COMMON.has(word) && !/^\d+$/.test(word),
  );
}

/** "Files tested (3)" is what the tested files are called; "Files to be tested after the target files" is another matter. */
function isCalled(label: string, words: readonly string[]): boolean {
  return label.split(" · ").some((part) => {
    const said = wordsOf(part).map(singular);
    return (
      said.length === words.length &&
      words.every((word) => said.includes(singular(word)))
    );
  });
}

function singular(word: string): string {
  return word.replace(/s$/, "");
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
