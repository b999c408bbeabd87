import { fileName } from "../fileName.ts";
import type { FileCoverage } from "../coverage/observation.ts";
import { matchFile } from "../coverage/paths.ts";
import { remembered } from "./remembered.ts";

/** The file that a name means; undefined when it means none. */
export type NamedFile = FileCoverage | "ambiguous" | undefined;

const EXTENSION = /\.[a-z]{1,6}$/i;

/**
 * Finds the one file of a report that a subject means: `x.py`, `core/x.py`, or a component written out ("workflow engine").
 * The names are collected when the first question comes, because most versions of a report are never asked.
 */
export function filesByName(
  files: readonly FileCoverage[],
): (subject: string) => NamedFile {
  let byName: Map<string, FileCoverage[]> | undefined;
  let byStem: Map<string, FileCoverage[]> | undefined;
  return remembered((subject) => {
    const name = nameOf(subject);
    if (name === null) return undefined;
    if (!EXTENSION.test(name)) {
      byStem ??= Map.groupBy(files, ({ path }) => stem(path));
      const [first, second] = byStem.get(name) ?? [];
      return second ? "ambiguous" : first;
    }
    byName ??= Map.groupBy(files, ({ path }) => baseName(path));
    return theOne(byName.get(baseName(name)) ?? [], name);
  });
}

function theOne(candidates: readonly FileCoverage[], name: string): NamedFile {
  const found = matchFile(
    candidates.map(({ path }) => path),
    name,
  );
  switch (found.kind) {
    case "none":
      return undefined;
    case "ambiguous":
      return "ambiguous";
    case "one":
      return candidates.find(({ path }) => path === found.path);
  }
}

/** The spelling under which a subject may be found: a path, or a component's words as a file's stem; null for neither. */
function nameOf(subject: string): string | null {
  const cleaned = subject.replace(/[`*"']/g, "").trim();
  if (/^[\w./\\-]+\.[a-z]{1,6}$/i.test(cleaned)) return cleaned;
  const words = cleaned
    .toLowerCase()
    .replace(/\b(?:coverage|module|file|service file|component)s?$/, "")
    .trim();
  return /^[a-z0-9_ -]{3,60}$/.test(words)
    ? words.replace(/[ -]+/g, "_")
    : null;
}

function stem(path: string): string {
  return baseName(path).replace(EXTENSION, "");
}

/** In lower case: whether case counts is for the match of whole paths to say. */
function baseName(path: string): string {
  const normal = path.replaceAll("\\", "/");
  return fileName(normal).toLowerCase();
}
