import { fileName } from "../fileName.ts";
import type { FileCoverage } from "../coverage/observation.ts";
import { matchFile } from "../coverage/paths.ts";
import { remembered } from "./remembered.ts";

/** A name that fits several files means none of them for certain. */
export interface Ambiguous {
  /** Their paths, ordered. */
  readonly candidates: readonly string[];
}

/** The file that a name means; undefined when it means none. */
export type NamedFile = FileCoverage | Ambiguous | undefined;

export function isAmbiguous(found: object): found is Ambiguous {
  return "candidates" in found;
}

const EXTENSION = /\.[a-z]{1,6}$/i;

/**
 * Finds the one file of a report that a subject means: `x.py`, `core/x.py`, `core/x`, a module (`core.x`), or a component, written out
 * ("workflow engine") or as its class (`WorkflowEngine`). Only whole names fit: "api" is not `api_client.py`. The names are collected
 * when the first question comes, because most versions of a report are never asked.
 */
export function filesByName(
  files: readonly FileCoverage[],
): (subject: string) => NamedFile {
  let byName: Map<string, FileCoverage[]> | undefined;
  let byStem: Map<string, FileCoverage[]> | undefined;
  return remembered((subject) => {
    const name = subject.replace(/[`*"']/g, "").trim();
    if (name.length > MAX_NAME) return undefined;
    if (/^[\w./\\-]+\.[a-z]{1,6}$/i.test(name)) {
      byName ??= Map.groupBy(files, ({ path }) => baseName(path));
      const found = theOne(byName.get(baseName(name)) ?? [], name);
      if (found) return found;
    }
    byStem ??= Map.groupBy(files, ({ path }) => key(stem(path)));
    const path = asPath(name);
    if (path !== null) {
      const below = (byStem.get(key(stem(path))) ?? []).filter(
        ({ path: each }) => isBelow(each, path),
      );
      return one(below);
    }
    for (const spelling of spellings(name)) {
      const found = one(byStem.get(spelling) ?? []);
      if (found) return found;
    }
    return undefined;
  });
}

/** Longer texts than this are sentences. */
const MAX_NAME = 120;

function theOne(candidates: readonly FileCoverage[], name: string): NamedFile {
  const found = matchFile(
    candidates.map(({ path }) => path),
    name,
  );
  switch (found.kind) {
    case "none":
      return undefined;
    case "ambiguous":
      return { candidates: found.paths };
    case "one":
      return candidates.find(({ path }) => path === found.path);
  }
}

function one(found: readonly FileCoverage[]): NamedFile {
  return found.length > 1
    ? { candidates: found.map(({ path }) => path).toSorted() }
    : found[0];
}

/** The path in `core/x` and in the module name `core.x`; null for a name of one part. */
function asPath(name: string): string | null {
  if (/^\w+(?:\.\w+)+$/.test(name)) return name.replaceAll(".", "/");
  return /^[\w.-]+(?:[\\/][\w.-]+)+$/.test(name)
    ? name.replaceAll("\\", "/")
    : null;
}

/** Whether a file without its extension is `path`, and whichever of the two may leave out leading directories. */
function isBelow(file: string, path: string): boolean {
  const whole = `/${file.replaceAll("\\", "/").replace(EXTENSION, "").toLowerCase()}`;
  const part = `/${path.toLowerCase()}`;
  return whole.endsWith(part) || part.endsWith(whole);
}

/**
 * A component's names as file stems, the fullest first: what a word such as "module" adds is tried away only when no file has it in
 * its name, and only from names of several words, because "agent service" may well be another file than `agent.py`.
 */
function spellings(name: string): string[] {
  const words = name.replace(/^(?:the|our) /i, "");
  if (!/^[\w -]{3,60}$/.test(words)) return [];
  const plain = words.replace(
    /[ _-](?:service file|coverage|module|file|component|class|package)(?:e?s)?$/i,
    "",
  );
  const several = (text: string) => /[ _-]|[a-z][A-Z]/.test(text);
  const short = plain.replace(/[ _-]?services?$/i, "");
  const singular = plain.replace(/s$/i, "");
  return [
    words,
    plain,
    ...(several(plain) ? [singular] : []),
    ...(several(short) ? [short] : []),
  ]
    .map(key)
    .filter((each) => each.length >= 3);
}

/** `workflow_engine`, `workflow-engine`, `WorkflowEngine` and "Workflow engine" are one name. */
function key(text: string): string {
  return text.toLowerCase().replace(/[ _-]/g, "");
}

function stem(path: string): string {
  return baseName(path).replace(EXTENSION, "");
}

/** In lower case: whether case counts is for the match of whole paths to say. */
function baseName(path: string): string {
  const normal = path.replaceAll("\\", "/");
  return fileName(normal).toLowerCase();
}
