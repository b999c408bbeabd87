import type { FileCheck } from "../facts.ts";
import type { KeyLink, PlanReading, RequiredFile } from "../planning/plan.ts";
import type { PhaseStatus } from "../status.ts";
import { namesOf } from "./fileQuestions.ts";
import { isLiteral } from "./literalText.ts";
import { locate, type Present } from "./requiredPath.ts";

type Artifact = PhaseStatus["mustHaves"]["artifacts"][number];
type Link = PhaseStatus["mustHaves"]["keyLinks"][number];

/** A plan whose must-haves are judged. */
export interface DuePlan {
  readonly id: string;
  readonly plan: PlanReading;
  /** It has a summary: what it promises is due. */
  readonly executed: boolean;
}

export interface Tree {
  readonly present: Present;
  readonly checks: ReadonlyMap<string, FileCheck>;
  /** The directory that holds `.planning`, with a `/` at its end, or "". */
  readonly base: string;
}

/**
 * Judges the must-haves of a phase's plans with GSD's semantics: a required file exists, has `min_lines`, and holds each of `contains` and
 * `exports` word for word; a key link's pattern, or its `to`, is found. What a plan without a summary promises is not due. A check that
 * several plans make is told once, with the verdict that decides.
 */
export function judgeMustHaves(
  plans: readonly DuePlan[],
  tree: Tree,
): PhaseStatus["mustHaves"] {
  const artifacts = plans.flatMap((due) =>
    due.plan.requiredFiles
      .flatMap((file) => judgeFile(file, tree))
      .map((row) => ({
        row: notYetDue(row, due),
        key: `${row.path}\n${row.check}`,
      })),
  );
  const keyLinks = plans.flatMap((due) =>
    due.plan.keyLinks.map((link) => ({
      row: notYetPromised(judgeLink(link, tree), due, plans, tree),
      key: [link.from, link.to, link.pattern].join("\n"),
    })),
  );
  return { artifacts: decidedOnce(artifacts), keyLinks: decidedOnce(keyLinks) };
}

/** cli.md allows an artifact no "pending": what is not due cannot be checked yet. */
function notYetDue(row: Artifact, { id, executed }: DuePlan): Artifact {
  return executed || row.verdict !== "missed"
    ? row
    : {
        ...row,
        verdict: "not_checkable",
        why: `${row.why} Plan ${id} has no summary yet, so it is not due.`,
      };
}

/** A missing source that a plan of the same or a later wave still promises is pending, and so are all links of such a plan. */
function notYetPromised(
  row: Link,
  { id, plan, executed }: DuePlan,
  plans: readonly DuePlan[],
  tree: Tree,
): Link {
  if (row.verdict !== "missed") return row;
  const promising = executed
    ? plans.find(
        (other) =>
          !other.executed &&
          (other.plan.wave ?? Infinity) >= (plan.wave ?? 0) &&
          locate(row.from, tree.base, tree.present).kind === "absent" &&
          other.plan.requiredFiles.some(({ path }) => path === row.from),
      )?.id
    : id;
  return promising === undefined
    ? row
    : {
        ...row,
        verdict: "pending",
        why: `${row.why} Plan ${promising}, which promises it, has no summary yet.`,
      };
}

/** Of several answers to one check, the one that decides: a plan that is done makes it due. */
function decidedOnce<Row extends { readonly verdict: string }>(
  answers: readonly { readonly key: string; readonly row: Row }[],
): Row[] {
  return [...Map.groupBy(answers, ({ key }) => key).values()].flatMap(
    (same) => {
      const rows = same.map(({ row }) => row);
      const decided = rows.find(({ verdict }) =>
        /^(?:met|missed)$/.test(verdict),
      );
      return decided ?? rows.slice(0, 1);
    },
  );
}

function judgeFile(
  file: RequiredFile,
  { present, checks, base }: Tree,
): Artifact[] {
  const { path, minLines } = file;
  const row = (
    check: string,
    verdict: Artifact["verdict"],
    why: string,
  ): Artifact => ({ path, check, verdict, why });
  const place = locate(path, base, present);
  if (place.kind === "unclear")
    return [row("exists", "not_checkable", place.why)];
  if (place.kind === "absent")
    return [row("exists", "missed", "The tree has no such file.")];
  const exists = row("exists", "met", `The ${place.kind} is in the tree.`);
  const texts = [...file.contains, ...file.exports];
  if (minLines === null && texts.length === 0) return [exists];
  const check = checks.get(place.path);
  if (!check) {
    const why =
      place.kind === "directory"
        ? "It is a directory, which holds no text."
        : "It could not be read as text.";
    return [exists, row("what it holds", "not_checkable", why)];
  }
  return [
    exists,
    ...(minLines === null ? [] : [longEnough(minLines, check, row)]),
    ...texts.map((text) => holds(text, check, row)),
  ];
}

type RowOf = (
  check: string,
  verdict: Artifact["verdict"],
  why: string,
) => Artifact;

function longEnough(
  minLines: number | string,
  { lines }: FileCheck,
  row: RowOf,
): Artifact {
  if (typeof minLines === "string") {
    const check = `min_lines “${minLines}”`;
    return row(check, "not_checkable", "This is no number of lines.");
  }
  return row(
    `at least ${minLines} lines`,
    lines >= minLines ? "met" : "missed",
    `It has ${lines} lines.`,
  );
}

function holds(text: string, { contains }: FileCheck, row: RowOf): Artifact {
  const check = `contains “${text}”`;
  if (contains[text] === true) return row(check, "met", "The file holds it.");
  return contains[text] === undefined || !isLiteral(text)
    ? row(
        check,
        "not_checkable",
        "The text to look for is prose, which no file would hold word for word.",
      )
    : row(check, "missed", "The file does not hold it.");
}

function judgeLink(
  { from, to, pattern }: KeyLink,
  { present, checks, base }: Tree,
): Link {
  const answer = (verdict: Link["verdict"], why: string): Link => ({
    from,
    to,
    verdict,
    why,
  });
  const place = locate(from, base, present);
  if (place.kind === "unclear") return answer("not_checkable", place.why);
  if (place.kind === "absent")
    return answer("missed", `The tree has no ${from}.`);
  const source = checks.get(place.path);
  if (!source) {
    return answer(
      "not_checkable",
      place.kind === "directory"
        ? `${from} is a directory, which GSD does not look into.`
        : `${from} could not be read as text.`,
    );
  }
  if (pattern === null) {
    const name = namesOf(to).find((one) => source.contains[one] === true);
    if (name !== undefined) return answer("met", `${from} names ${name}.`);
    return /\s/.test(to.trim())
      ? answer("not_checkable", `“${to}” is prose, which no file would hold.`)
      : answer("missed", `${from} does not name ${to}.`);
  }
  const found = source.matches[pattern];
  if (found === null || found === undefined) {
    return answer(
      "not_checkable",
      "The pattern is no regular expression that RE2 accepts.",
    );
  }
  const target = locate(to, base, present);
  const inTarget =
    target.kind === "file" &&
    checks.get(target.path)?.matches[pattern] === true;
  return found || inTarget
    ? answer("met", `The pattern is found in ${found ? from : to}.`)
    : answer("missed", `The pattern is found in neither ${from} nor ${to}.`);
}
