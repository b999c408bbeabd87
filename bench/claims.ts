// How often the verdict on a claim is the one that a careful reviewer gave: node bench/claims.ts [labels.jsonl repository.git]
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { observe } from "../src/jobs/observe.ts";
import { memoryReadings } from "../src/jobs/readBlobs.ts";
import { openRepository } from "../src/repositories/openRepository.ts";

interface Label {
  readonly id: string;
  readonly commit: string;
  readonly path: string;
  readonly line: number;
  readonly metric: string;
  readonly value: number | string;
  readonly verdict: string;
  readonly sure: boolean;
}

const data = join(import.meta.dirname, "../../shared/data");
const [labelArgument, repositoryArgument] = process.argv
  .slice(2)
  .filter((word) => !word.startsWith("--"));
const labelFile = labelArgument ?? join(data, "claims.dev.jsonl");
const scratch = mkdtempSync(join(tmpdir(), "phasewatch-bench-"));
const bare = repositoryArgument ?? join(scratch, "atom.git");
if (!repositoryArgument) {
  execFileSync("git", [
    "clone",
    "--quiet",
    "--bare",
    join(data, "atom-early.bundle"),
    bare,
  ]);
}
const labels = readFileSync(labelFile, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Label);

await using repository = await openRepository(bare, { cacheDir: scratch });
const cache = memoryReadings();
const tally = new Map<string, number>();
for (const label of labels) {
  const commit = await repository.resolve(label.commit);
  const { status } = await observe(repository, commit, { cache });
  const there = [
    ...status.phases.flatMap(({ claims }) => claims),
    ...status.claims,
  ].filter(({ path, line }) => path === label.path && line === label.line);
  const found = there.filter(({ metric }) => metric === label.metric);
  const exact = found.find(
    ({ value, upper, atLeast }) =>
      value === label.value ||
      (typeof label.value === "string" &&
        (label.value.startsWith(`${value}-${upper}`) ||
          // A lower bound is labelled as written: "95+", ">= 50".
          (atLeast && [`${value}+`, `>= ${value}`].includes(label.value)))),
  );
  const verdict = exact?.verdict ?? "not read";
  const key = `${label.verdict} → ${verdict}`;
  tally.set(key, (tally.get(key) ?? 0) + 1);
  if (verdict !== label.verdict && process.argv.includes("--verbose")) {
    console.log(
      `${label.id} ${key}${label.sure ? "" : " (not sure)"}  ${label.path}:${label.line}`,
    );
    if (exact) console.log(`    ${exact.why}`);
    else {
      for (const { metric, subject, value } of there)
        console.log(`    read: ${metric} of ${subject}: ${value}`);
    }
  }
}
for (const [key, count] of [...tally].toSorted(([a], [b]) =>
  a.localeCompare(b),
))
  console.log(`${count}\t${key}`);
const agreed = [...tally]
  .filter(([key]) => key.split(" → ")[0] === key.split(" → ")[1])
  .reduce((sum, [, count]) => sum + count, 0);
const wrong = [...tally]
  .filter(
    ([key]) =>
      key.endsWith("→ contradicted") && !key.startsWith("contradicted"),
  )
  .reduce((sum, [, count]) => sum + count, 0);
console.log(
  `agreement ${agreed} / ${labels.length}; wrongly contradicted ${wrong}`,
);
rmSync(scratch, { recursive: true, force: true });
