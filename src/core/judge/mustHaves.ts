import { RE2JS } from "re2js";
import type { FileCheck } from "../facts.ts";
import type { KeyLink, PlanReading, RequiredFile } from "../planning/plan.ts";
import type { PhaseStatus } from "../status.ts";

/**
 * GSD's must-haves: required files (`path` exists, `min_lines`, literal `contains` and `exports`) and key links (a
 * pattern or a name found in `from`). Semantics: docs/design.md, "Must-haves". Patterns are a document's, hence hostile, and run on RE2.
 */

/** What has to be looked up in the files of the tree before must-haves can be judged. */
export interface FileQuestion {
  readonly path: string;
  readonly contains: readonly string[];
  readonly patterns: readonly string[];
}

/** Longer patterns than this are not tried. */
const MAX_PATTERN = 500;

/** The questions of plans, one per file. */
export function questionsOf(plans: readonly PlanReading[]): FileQuestion[] {
  const byPath = new Map<
    string,
    { contains: Set<string>; patterns: Set<string> }
  >();
  const of = (path: string) => {
    const known = byPath.get(path) ?? {
      contains: new Set(),
      patterns: new Set(),
    };
    byPath.set(path, known);
    return known;
  };
  for (const plan of plans) {
    for (const file of plan.requiredFiles) {
      if (!isPath(file.path)) continue;
      const question = of(file.path);
      for (const text of [...file.contains, ...file.exports]) {
        if (!isProse(text)) question.contains.add(text);
      }
    }
    for (const { from, to, pattern } of plan.keyLinks) {
      if (!isPath(from)) continue;
      if (pattern !== null) {
        of(from).patterns.add(pattern);
        if (isPath(to)) of(to).patterns.add(pattern);
      } else of(from).contains.add(to);
    }
  }
  return [...byPath].map(([path, { contains, patterns }]) => ({
    path,
    contains: [...contains],
    patterns: [...patterns],
  }));
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

/** What the evaluated tree has. */
export interface Present {
  readonly files: Pick<ReadonlySet<string>, "has">;
  readonly directories: ReadonlySet<string>;
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

/** Judges the must-haves of a phase's plans against the tree. */
export function judgeMustHaves(
  plans: readonly PlanReading[],
  present: Present,
  checks: ReadonlyMap<string, FileCheck>,
): PhaseStatus["mustHaves"] {
  return {
    artifacts: plans.flatMap((plan) =>
      plan.requiredFiles.flatMap((file) => judgeFile(file, present, checks)),
    ),
    keyLinks: plans.flatMap((plan) =>
      plan.keyLinks.map((link) => judgeLink(link, present, checks)),
    ),
  };
}

function judgeFile(
  file: RequiredFile,
  present: Present,
  checks: ReadonlyMap<string, FileCheck>,
): PhaseStatus["mustHaves"]["artifacts"][number][] {
  const { path } = file;
  if (!isPath(path)) {
    return [
      {
        path,
        check: "exists",
        verdict: "not_checkable",
        why: "This is prose, not a path.",
      },
    ];
  }
  const exists =
    present.files.has(path) || present.directories.has(path.replace(/\/$/, ""));
  const results: PhaseStatus["mustHaves"]["artifacts"][number][] = [
    {
      path,
      check: "exists",
      verdict: exists ? "met" : "missed",
      why: exists ? "The file is in the tree." : "The tree has no such file.",
    },
  ];
  const check = checks.get(path);
  if (!exists || !check) return results;
  if (file.minLines !== null) {
    results.push({
      path,
      check: `at least ${file.minLines} lines`,
      verdict: check.lines >= file.minLines ? "met" : "missed",
      why: `It has ${check.lines} lines.`,
    });
  }
  for (const text of [...file.contains, ...file.exports]) {
    const held = check.contains[text];
    results.push(
      isProse(text) || held === undefined
        ? {
            path,
            check: `contains “${text}”`,
            verdict: "not_checkable",
            why: "The text to look for is prose, which no file would hold word for word.",
          }
        : {
            path,
            check: `contains “${text}”`,
            verdict: held ? "met" : "missed",
            why: held ? "The file holds it." : "The file does not hold it.",
          },
    );
  }
  return results;
}

function judgeLink(
  { from, to, pattern }: KeyLink,
  present: Present,
  checks: ReadonlyMap<string, FileCheck>,
): PhaseStatus["mustHaves"]["keyLinks"][number] {
  if (!isPath(from)) {
    return {
      from,
      to,
      verdict: "not_checkable",
      why: `“${from}” is prose, not a path.`,
    };
  }
  if (!present.files.has(from)) {
    return { from, to, verdict: "missed", why: `The tree has no ${from}.` };
  }
  const source = checks.get(from);
  if (!source) {
    return {
      from,
      to,
      verdict: "not_checkable",
      why: `${from} could not be read as text.`,
    };
  }
  if (pattern === null) {
    const held = source.contains[to] === true;
    return {
      from,
      to,
      verdict: held ? "met" : "missed",
      why: held ? `${from} names ${to}.` : `${from} does not name ${to}.`,
    };
  }
  const found = source.matches[pattern];
  if (found === null || found === undefined) {
    return {
      from,
      to,
      verdict: "not_checkable",
      why: "The pattern is no regular expression that RE2 accepts.",
    };
  }
  const inTarget = isPath(to) && checks.get(to)?.matches[pattern] === true;
  const met = found || inTarget;
  return {
    from,
    to,
    verdict: met ? "met" : "missed",
    why: met
      ? `The pattern is found in ${found ? from : to}.`
      : `The pattern is found in neither ${from} nor ${to}.`,
  };
}

/** `backend/core/x.py`, `coverage.json`; not "all Phase 19 tests". */
export function isPath(text: string): boolean {
  return (
    /^[\w@.()[\]+-]+(?:\/[\w@.()[\]+-]+)*\/?$/.test(text) && /[./]/.test(text)
  );
}

/** "Overall coverage >= 26%", "Coverage increase, test results": words about the content, not content. */
function isProse(text: string): boolean {
  return (
    /(?:>=|<=|≥|≤|\d\s?%)/.test(text) ||
    (/^[A-Z][a-z]+(?:,? [a-z]+){2,}/.test(text) && !/[(){}=;]/.test(text))
  );
}

function matches(pattern: string, text: string): boolean | null {
  if (pattern.length > MAX_PATTERN) return null;
  try {
    return RE2JS.compile(pattern).matcher(text).find();
  } catch {
    // Not RE2: the verdict is "not checkable", and says so.
    return null;
  }
}
