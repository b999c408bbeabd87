import { RE2JS } from "re2js";
import type { FileCheck } from "../facts.ts";
import type { PlanReading } from "../planning/plan.ts";
import { candidatesOf, isPath } from "./requiredPath.ts";

/** What has to be looked up in the files of the tree before must-haves can be judged. */
export interface FileQuestion {
  readonly path: string;
  readonly contains: readonly string[];
  readonly patterns: readonly string[];
}

/** A plan, and the directory that holds its `.planning`: see `locate`. */
export interface AskingPlan {
  readonly plan: PlanReading;
  readonly base: string;
}

/** Longer patterns than this are not tried. */
const MAX_PATTERN = 500;

/** The questions of plans about files that the tree has, one per file. */
export function questionsOf(
  plans: readonly AskingPlan[],
  tree: Pick<ReadonlySet<string>, "has">,
): FileQuestion[] {
  const byPath = new Map<
    string,
    { contains: Set<string>; patterns: Set<string> }
  >();
  const of = (written: string, base: string) => {
    const path = candidatesOf(written, base).find((one) => tree.has(one));
    if (path === undefined) return null;
    const known = byPath.get(path) ?? {
      contains: new Set(),
      patterns: new Set(),
    };
    byPath.set(path, known);
    return known;
  };
  for (const { plan, base } of plans) {
    for (const file of plan.requiredFiles) {
      const question = of(file.path, base);
      for (const text of [...file.contains, ...file.exports]) {
        question?.contains.add(text);
      }
    }
    for (const { from, to, pattern } of plan.keyLinks) {
      const source = of(from, base);
      if (pattern === null) {
        for (const name of namesOf(to)) source?.contains.add(name);
        continue;
      }
      source?.patterns.add(pattern);
      of(to, base)?.patterns.add(pattern);
    }
  }
  return [...byPath].map(([path, { contains, patterns }]) => ({
    path,
    contains: [...contains],
    patterns: [...patterns],
  }));
}

/**
 * The texts by which a file names a link's `to`: itself, as GSD looks for it, and the ways in which code names a file, because no
 * `import` holds a path with its extension (`core/models.py` is `core.models`).
 */
export function namesOf(to: string): string[] {
  const path = isPath(to)
    ? /^.+\/[^/]+(?=\.\w{1,6}$)/.exec(to)?.[0]
    : undefined;
  return path === undefined ? [to] : [to, path, path.replaceAll("/", ".")];
}

/** Answers a question from a file's text. */
export function checkFile(text: string, question: FileQuestion): FileCheck {
  return {
    lines: text.split("\n").length,
    contains: Object.fromEntries(
      question.contains.map((literal) => [literal, text.includes(literal)]),
    ),
    matches: Object.fromEntries(
      question.patterns.map((pattern) => [pattern, matches(pattern, text)]),
    ),
  };
}

/** A document's pattern is hostile until shown otherwise: RE2 takes linear time. */
function matches(pattern: string, text: string): boolean | null {
  if (pattern.length > MAX_PATTERN) return null;
  try {
    return RE2JS.compile(pattern).matcher(text).find();
  } catch {
    // Not RE2: the verdict is "not checkable", and says so.
    return null;
  }
}
