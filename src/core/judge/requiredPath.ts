import { fileName } from "../fileName.ts";
import { firstOf } from "../firstOf.ts";
import { lazily } from "./remembered.ts";

/** What the evaluated tree has. */
export interface Present {
  readonly files: Pick<ReadonlySet<string>, "has">;
  readonly directories: ReadonlySet<string>;
  /** The paths of all files of a name. */
  readonly named: (name: string) => readonly string[];
}

/** Where a path of a must-have leads. */
export type Place =
  | { readonly kind: "file" | "directory"; readonly path: string }
  /** Nothing is there, and nothing elsewhere fits. */
  | { readonly kind: "absent"; readonly path: string }
  | { readonly kind: "unclear"; readonly why: string };

/** Candidates that are named where a path leads elsewhere. */
const NAMED = 3;

/**
 * Finds what a must-have's `path` means. GSD joins it to the directory that holds `.planning`; of a nested one the repository's own
 * root is tried too. What can be no path, or is found elsewhere, is unclear: that it is missing would be a wrong accusation.
 *
 * @param base the directory that holds `.planning`, with a `/` at its end, or ""
 */
export function locate(written: string, base: string, present: Present): Place {
  const path = withoutDecoration(written);
  for (const candidate of candidatesOf(path, base)) {
    const bare = candidate.replace(/\/$/, "");
    if (present.files.has(candidate)) return { kind: "file", path: candidate };
    if (present.directories.has(bare)) return { kind: "directory", path: bare };
  }
  const unclear = whyNoPath(path);
  if (unclear !== null) return { kind: "unclear", why: unclear };
  const elsewhere = present
    .named(fileName(path))
    .filter((other) => other.endsWith(`/${path}`));
  return elsewhere.length === 0
    ? { kind: "absent", path }
    : {
        kind: "unclear",
        why: `The tree has no ${path} at that place, but ${firstOf(elsewhere, NAMED)}; write the path from the repository's root.`,
      };
}

/** The paths that a must-have may mean, the likeliest first. */
export function candidatesOf(written: string, base: string): string[] {
  const path = withoutDecoration(written);
  // Only a part of an absolute path lies in the repository; which part, the tree says.
  if (/^(?:\/|~\/|[A-Z]:\/)/i.test(path)) {
    const segments = path.split("/");
    return segments
      .slice(0, MAX_SEGMENTS)
      .map((_, index) => segments.slice(index + 1).join("/"))
      .filter((tail) => tail.includes("/"));
  }
  return base === "" ? [path] : [base + path, path];
}

/** Parts of an absolute path that are tried. */
const MAX_SEGMENTS = 20;

/** Longer texts than this are no paths. */
const MAX_LENGTH = 500;

/** `./x.py`, `` `x.py` ``, `x.py:12`, `x.py#L12`, `x.py::TestOrder`, `x.py (new)`. */
function withoutDecoration(written: string): string {
  if (written.length > MAX_LENGTH) return written;
  return written
    .trim()
    .replace(/^[`"']|[`"']$/g, "")
    .replace(/\s+(?:\([^()]*\)|#.*)$/, "")
    .replace(/(\.\w{1,6})(?::\d[\d,-]*|#L?\d[\dL-]*|::\w[\w:]*)$/, "$1")
    .replace(/^(?:\.\/)+/, "");
}

/** Why a text is no path of one file; null when it is one. */
function whyNoPath(path: string): string | null {
  if (path.length > MAX_LENGTH) return "This is too long to be a path.";
  if (/[*?]|\{[^}]*,[^}]*\}/.test(path) && !/\s/.test(path)) {
    return `“${path}” stands for several files; GSD looks for one of exactly that name.`;
  }
  if (
    /^[\w./@-]+(?: ?(?:[,;+&]|\band\b) ?[\w./@-]+)+$/i.test(path) &&
    /\.\w/.test(path)
  ) {
    return `“${path}” names several files; give each its own entry.`;
  }
  if (/^(?:\/|~\/|[A-Z]:\/)/i.test(path)) {
    return `“${path}” is a place on one machine, and no part of it is in the tree.`;
  }
  if (!isPath(path)) return `“${path}” is prose, not a path.`;
  return PLACEHOLDER.test(path)
    ? `“${path}” holds a placeholder; write the file's name.`
    : null;
}

/** `xxxx_add_column.py`, `YYYY-report.md`: what the author meant to fill in. */
const PLACEHOLDER =
  /(?:^|[/_.-])(?:x{3,}|X{2,}|N{2,}|Y{4}|MM|DD|TIMESTAMP|HASH|REVISION)(?=[/_.-]|$)/;

/** `backend/core/x.py`, `coverage.json`; not "all Phase 19 tests". */
export function isPath(text: string): boolean {
  return (
    /^[\w@.()[\]+-]+(?:\/[\w@.()[\]+-]+)*\/?$/.test(text) && /[./]/.test(text)
  );
}

/** The directory that holds a `.planning` root: `backend/` for `backend/.planning`, "" for the repository's own. */
export function baseOf(root: string): string {
  return root.slice(0, root.lastIndexOf("/") + 1);
}

/** What a tree has. */
export function presentIn(tree: ReadonlyMap<string, unknown>): Present {
  // Most trees are never asked: their must-haves are where they should be.
  const byName = lazily(() => Map.groupBy(tree.keys(), fileName));
  return {
    files: tree,
    directories: directoriesOf(tree),
    named: (name) => byName().get(name) ?? [],
  };
}

/** Every directory that holds one of `paths`. */
export function directoriesOf(
  paths: ReadonlyMap<string, unknown>,
): Set<string> {
  const directories = new Set<string>();
  for (const path of paths.keys()) {
    let end = path.lastIndexOf("/");
    // Once one is known, so are all above it: a tree of 100,000 files has few directories.
    while (end > 0 && !directories.has(path.slice(0, end))) {
      directories.add(path.slice(0, end));
      end = path.lastIndexOf("/", end - 1);
    }
  }
  return directories;
}
