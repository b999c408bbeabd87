/**
 * How well the target grammar reads labelled statements: `node bench/targets.ts [file.jsonl …]` prints every error, then a table
 * of precision and recall on what a target measures, and how often its subject is right where that was found.
 */
import { readFileSync } from "node:fs";
import { readTargets } from "../src/core/planning/targetGrammar.ts";
import type { TargetReading } from "../src/core/planning/target.ts";

interface Labelled {
  readonly id: string;
  readonly text: string;
  readonly targets: readonly TargetReading[];
}

interface Score {
  readonly file: string;
  readonly statements: number;
  readonly labelled: number;
  read: number;
  right: number;
  subjects: number;
  milliseconds: number;
}

const given = process.argv.slice(2);
const files =
  given.length > 0
    ? given
    : ["../shared/data/targets.dev.jsonl", "bench/targets.own.jsonl"];

console.table(
  files.map(scoreOf).map((score) => ({
    file: score.file,
    statements: score.statements,
    targets: score.labelled,
    precision: share(score.right, score.read),
    recall: share(score.right, score.labelled),
    subject: share(score.subjects, score.right),
    milliseconds: score.milliseconds.toFixed(1),
  })),
);

function scoreOf(file: string): Score {
  const statements = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Labelled);
  const score: Score = {
    file,
    statements: statements.length,
    labelled: statements.flatMap(({ targets }) => targets).length,
    read: 0,
    right: 0,
    subjects: 0,
    milliseconds: 0,
  };
  for (const statement of statements) compare(statement, score);
  return score;
}

/** Counts one statement and prints where the reading and the label differ. */
function compare({ id, text, targets }: Labelled, score: Score): void {
  const start = performance.now();
  const found = readTargets(text);
  score.milliseconds += performance.now() - start;
  score.read += found.length;
  const missed = [...targets];
  const errors: string[] = [];
  for (const target of found) {
    const same = missed.filter((wanted) => core(wanted) === core(target));
    const match =
      same.find((wanted) => subject(wanted) === subject(target)) ?? same[0];
    if (!match) {
      errors.push(`extra   ${core(target)} ${target.subject}`);
      continue;
    }
    missed.splice(missed.indexOf(match), 1);
    score.right += 1;
    if (subject(match) === subject(target)) score.subjects += 1;
    else errors.push(`subject ${target.subject}, not ${match.subject}`);
  }
  for (const target of missed)
    errors.push(`missed  ${core(target)} ${target.subject}`);
  if (errors.length > 0)
    console.log([`${id}  ${text}`, ...errors].join("\n    "));
}

/** What a target measures: metric, operator, value, upper end, unit, each. */
function core(target: TargetReading): string {
  const { metric, op, value, upper, unit, each } = target;
  return JSON.stringify([metric, op, value, upper, unit, each]);
}

function subject(target: TargetReading): string {
  return target.subject.toLowerCase();
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : (part / whole).toFixed(3);
}
