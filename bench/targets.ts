/** How well the target grammar reads labelled statements: `node bench/targets.ts [file.jsonl]` prints precision and recall. */
import { readFileSync } from "node:fs";
import { readTargets } from "../src/core/planning/targetGrammar.ts";
import type { TargetReading } from "../src/core/planning/target.ts";

interface Labelled {
  readonly id: string;
  readonly text: string;
  readonly targets: readonly TargetReading[];
}

const file = process.argv[2] ?? "../shared/data/targets.dev.jsonl";
const statements = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => JSON.parse(line) as Labelled);

let right = 0;
let read = 0;
let labelled = 0;
let milliseconds = 0;
for (const { id, text, targets } of statements) {
  const start = performance.now();
  const found = readTargets(text);
  milliseconds += performance.now() - start;
  const wanted = targets.map(key);
  const missed = [...wanted];
  const extra: string[] = [];
  for (const target of found.map(key)) {
    const at = missed.indexOf(target);
    if (at < 0) extra.push(target);
    else missed.splice(at, 1);
  }
  right += wanted.length - missed.length;
  read += found.length;
  labelled += wanted.length;
  if (missed.length + extra.length > 0) {
    console.log(`${id}  ${text}`);
    for (const target of missed) console.log(`    missed ${target}`);
    for (const target of extra) console.log(`    extra  ${target}`);
  }
}
console.log(
  `${statements.length} statements, ${labelled} targets: precision ${share(right, read)}, recall ${share(right, labelled)}, ${milliseconds.toFixed(1)} ms`,
);

/** Every field of a target; subjects are compared without case. */
function key(target: TargetReading): string {
  return JSON.stringify([
    target.metric,
    target.subject.toLowerCase(),
    target.each ? "each" : "",
    target.aspect,
    target.op,
    target.value,
    target.upper,
    target.unit,
    target.from,
    target.tolerance,
    target.orDocumented,
  ]);
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : (part / whole).toFixed(3);
}
