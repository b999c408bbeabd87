import { fileName } from "../fileName.ts";
import type { FileCoverage } from "./observation.ts";

export type FileMatch =
  | { readonly kind: "one"; readonly path: string }
  | { readonly kind: "none" }
  | { readonly kind: "ambiguous"; readonly paths: readonly string[] };

/**
 * The one of `paths` that `name` means when either may leave out leading directories: `core/x.py` is `backend/core/x.py` and
 * `x.py` is both. The path that shares most segments wins, so `x.py` beside `core/x.py` is no rival for `backend/core/x.py`.
 * Case counts unless nothing matches otherwise.
 */
export function matchFile(paths: readonly string[], name: string): FileMatch {
  const wanted = segmentsOf(name);
  const all = [...new Set(paths)].map((path) => ({
    path,
    segments: segmentsOf(path),
  }));
  const strict = nearest(all, wanted);
  if (strict.kind !== "none") return strict;
  return nearest(
    all.map(({ path, segments }) => ({ path, segments: lower(segments) })),
    lower(wanted),
  );
}

/**
 * Answers whether there is a file under a name that may leave out leading directories; built once, because a tree has 100,000
 * paths and a report may miss thousands. The other way round nothing is left out: that `core/x.py` was deleted is not
 * disproved by an `x.py` elsewhere.
 */
export function fileFinder(paths: Iterable<string>): (name: string) => boolean {
  const byName = Map.groupBy(paths, fileName);
  return (name) => {
    const wanted = segmentsOf(name).join("/");
    return (byName.get(fileName(wanted)) ?? []).some(
      (path) => path === wanted || path.endsWith(`/${wanted}`),
    );
  };
}

/** What two reports have in common, file by file, and what only one of them has. Each list is ordered by path. */
export interface FilePairs {
  readonly pairs: readonly (readonly [
    base: FileCoverage,
    head: FileCoverage,
  ])[];
  readonly onlyBase: readonly FileCoverage[];
  readonly onlyHead: readonly FileCoverage[];
}

/**
 * Pairs the files of two reports. Tools that ran in different directories write the same file as `backend/core/x.py`,
 * `core/x.py` or `/builds/7/backend/core/x.py`: files left over after equal paths are paired by the roots that the reports
 * as a whole differ in, never one by one on the strength of a name like `index.ts`.
 */
export function pairFiles(
  base: readonly FileCoverage[],
  head: readonly FileCoverage[],
): FilePairs {
  const pairs: [FileCoverage, FileCoverage][] = [];
  const bases = byPath(base);
  const heads = byPath(head);
  pairWhere(bases, heads, (path) => path, pairs);
  for (const roots of differingRoots([...bases.keys()], [...heads.keys()])) {
    pairWhere(bases, heads, (path) => rerooted(path, roots), pairs);
  }
  return {
    pairs: pairs.toSorted(([a], [b]) => order(a.path, b.path)),
    onlyBase: [...bases.values()],
    onlyHead: [...heads.values()],
  };
}

interface Candidate {
  readonly path: string;
  readonly segments: readonly string[];
}

function nearest(
  candidates: readonly Candidate[],
  wanted: readonly string[],
): FileMatch {
  const exact = candidates.filter(
    ({ segments }) =>
      segments.length === wanted.length && isSuffix(segments, wanted),
  );
  const related =
    exact.length > 0
      ? exact
      : candidates.filter(
          ({ segments }) =>
            isSuffix(segments, wanted) || isSuffix(wanted, segments),
        );
  const most = related.reduce(
    (length, { segments }) =>
      Math.max(length, Math.min(segments.length, wanted.length)),
    0,
  );
  const best = related
    .filter(({ segments }) => Math.min(segments.length, wanted.length) === most)
    .map(({ path }) => path);
  const [first] = best;
  if (first === undefined) return { kind: "none" };
  return best.length === 1
    ? { kind: "one", path: first }
    : { kind: "ambiguous", paths: best.toSorted(order) };
}

/** Whether the last segments of `whole` are `part`; nothing is a suffix of everything only in mathematics. */
function isSuffix(part: readonly string[], whole: readonly string[]): boolean {
  const skipped = whole.length - part.length;
  return (
    part.length > 0 &&
    skipped >= 0 &&
    part.every((segment, index) => segment === whole[skipped + index])
  );
}

function segmentsOf(path: string): string[] {
  return path
    .replaceAll("\\", "/")
    .split("/")
    .filter((segment) => segment !== "" && segment !== ".");
}

function lower(segments: readonly string[]): string[] {
  return segments.map((segment) => segment.toLowerCase());
}

/** Plain code unit order: the same everywhere, which no locale is. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Files by normalised path, in one order whatever order the report had. A report may name a file twice: the second gets a key
 * of its own, which no path can have.
 */
function byPath(files: readonly FileCoverage[]): Map<string, FileCoverage> {
  const sorted = files
    .map((file) => ({ file, path: segmentsOf(file.path).join("/") }))
    .toSorted(
      (a, b) =>
        order(a.path, b.path) ||
        a.file.total - b.file.total ||
        a.file.covered - b.file.covered,
    );
  const found = new Map<string, FileCoverage>();
  let repeated = 0;
  sorted.forEach(({ file, path }, index) => {
    repeated = sorted[index - 1]?.path === path ? repeated + 1 : 0;
    found.set(repeated === 0 ? path : `${path}\0${repeated}`, file);
  });
  return found;
}

/** Moves every head file whose path `translate` turns into one of the base from both maps to `pairs`. */
function pairWhere(
  bases: Map<string, FileCoverage>,
  heads: Map<string, FileCoverage>,
  translate: (headPath: string) => string,
  pairs: [FileCoverage, FileCoverage][],
): void {
  for (const [path, ours] of heads) {
    const basePath = translate(path);
    const theirs = bases.get(basePath);
    if (theirs === undefined) continue;
    pairs.push([theirs, ours]);
    heads.delete(path);
    bases.delete(basePath);
  }
}

/** Leading directories, with a `/` at the end or empty, that stand for each other. */
interface Roots {
  readonly base: string;
  readonly head: string;
  readonly votes: number;
}

/** More pairs of roots than this are files that moved, not a tool that ran elsewhere. */
const MAX_ROOTS = 5;
/** Suffixes of more segments are not told apart: a hostile path of 10,000 segments would cost their square. */
const MAX_SUFFIX = 8;

/**
 * The roots in which two lists of paths differ, the most frequent first. A root that one side leaves out is believed at once,
 * two different roots only when most files agree: otherwise `a/index.ts` would become `b/index.ts`.
 */
function differingRoots(
  bases: readonly string[],
  heads: readonly string[],
): Roots[] {
  const inBase = bySuffix(bases);
  const inHead = bySuffix(heads);
  const votes = new Map<string, Roots>();
  for (const head of heads) {
    const suffix = suffixesOf(head).find((one) => inBase.has(one));
    const base = suffix === undefined ? null : inBase.get(suffix);
    // A suffix that two files share says nothing about either.
    if (suffix === undefined || !base || inHead.get(suffix) === null) continue;
    const roots = rootsOf(base, head);
    const key = JSON.stringify([roots.base, roots.head]);
    votes.set(key, { ...roots, votes: (votes.get(key)?.votes ?? 0) + 1 });
  }
  const most = Math.min(bases.length, heads.length) / 2;
  return [...votes.values()]
    .filter(
      (roots) =>
        roots.base === "" ||
        roots.head === "" ||
        (roots.votes >= 2 && roots.votes >= most),
    )
    .toSorted(
      (a, b) =>
        b.votes - a.votes || order(a.base, b.base) || order(a.head, b.head),
    )
    .slice(0, MAX_ROOTS);
}

/** Every suffix, with the one path that ends in it; null where several do. */
function bySuffix(paths: readonly string[]): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const path of paths) {
    for (const suffix of suffixesOf(path)) {
      found.set(suffix, found.has(suffix) ? null : path);
    }
  }
  return found;
}

/** Longest first. */
function suffixesOf(path: string): string[] {
  const segments = path.split("/").slice(-MAX_SUFFIX);
  return segments.map((_, index) => segments.slice(index).join("/"));
}

/** What is left in front when the segments that two paths end in alike are taken away. */
function rootsOf(base: string, head: string): { base: string; head: string } {
  const a = base.split("/");
  const b = head.split("/");
  while (a.length > 0 && b.length > 0 && a.at(-1) === b.at(-1)) {
    a.pop();
    b.pop();
  }
  return { base: rootOf(a), head: rootOf(b) };
}

function rootOf(segments: readonly string[]): string {
  return segments.map((segment) => `${segment}/`).join("");
}

/** The path below the base's root; one that is below another root stays as it is, and was looked up already. */
function rerooted(path: string, { base, head }: Roots): string {
  return path.startsWith(head) ? base + path.slice(head.length) : path;
}
