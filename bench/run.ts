// npm run bench: how long things take, and how long what others do takes on the same input in the same run.
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import MarkdownIt from "markdown-it";
import { parse as parseYaml } from "yaml";
import { openStory } from "../examples/story/build.ts";
import { placeOf } from "../src/core/planning/documentKind.ts";
import { readDocument } from "../src/core/planning/document.ts";
import { readFrontMatter } from "../src/core/planning/frontMatter.ts";
import { detectedLayouts } from "../src/core/planning/layouts.ts";
import { watchedBy } from "../src/core/watched.ts";
import { openRepository } from "../src/repositories/openRepository.ts";

const scratch = mkdtempSync(join(tmpdir(), "phasewatch-bench-"));
const bundle = join(import.meta.dirname, "../../shared/data/atom-early.bundle");
let bare = join(scratch, "example.git");
if (existsSync(bundle)) {
  execFileSync("git", ["clone", "--quiet", "--bare", bundle, bare]);
} else {
  bare = (await openStory(bare)).directory;
}

await using repository = await openRepository(bare, {
  cacheDir: scratch,
  env: process.env,
});
const commit = await repository.resolve();
const documents = new Map<string, string>();
for (const { path, blob } of await repository.list(
  commit.sha,
  watchedBy(detectedLayouts.placeOf),
)) {
  if (placeOf(path)) documents.set(blob, path);
}
const texts: { path: string; text: string }[] = [];
for await (const content of repository.read(documents.keys(), {
  maxBytes: 1e7,
})) {
  if ("bytes" in content) {
    texts.push({
      path: documents.get(content.blob) ?? "",
      text: new TextDecoder().decode(content.bytes),
    });
  }
}

console.log(`${texts.length} documents of ${commit.sha.slice(0, 7)}`);
const markdown = new MarkdownIt();
await compare("read every document: statements, targets, claims", {
  phasewatch: () => {
    for (const { path, text } of texts) {
      readDocument(placeOf(path)?.kind ?? "other", text);
    }
  },
  "markdown-it, to HTML": () => {
    for (const { text } of texts) markdown.render(text);
  },
});

let refused = 0;
await compare("read every front matter", {
  phasewatch: () => {
    for (const { path, text } of texts) readFrontMatter(path, text);
  },
  "yaml.parse, strict": () => {
    refused = 0;
    for (const { text } of texts) {
      const front = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(text)?.[1];
      if (front === undefined) continue;
      try {
        parseYaml(front);
      } catch {
        refused++;
      }
    }
  },
});
console.log(`  (the strict parser refuses ${refused} of them)`);

await compare("the whole history of watched paths", {
  phasewatch: async () => {
    let count = 0;
    for await (const _ of repository.history(
      commit.sha,
      watchedBy(detectedLayouts.placeOf),
    ))
      count++;
    return count;
  },
  "git log --raw": () => {
    execFileSync("git", ["-C", bare, "log", "--first-parent", "--raw", "-z"], {
      maxBuffer: 1e9,
    });
  },
});

const main = join(import.meta.dirname, "../src/main.ts");
/** Makes a process say at its end how much memory it held at most. */
const PEAK = `data:text/javascript,process.on("exit",()=>console.error("peak "+process.resourceUsage().maxRSS))`;
const status = (cache: string) =>
  spawnSync(process.execPath, [main, "status", "--repo", bare, "--json"], {
    env: { ...process.env, XDG_CACHE_HOME: cache },
    maxBuffer: 1e9,
  });
const warm = join(scratch, "warm");
status(warm);
let cold = 0;
await compare("status of every phase, as a process", {
  "phasewatch, warm": () => void status(warm),
  "phasewatch, cold": () => void status(join(scratch, `cold${cold++}`)),
  "node, doing nothing": () => void spawnSync(process.execPath, ["-e", "0"]),
});

// A large repository: the same documents under as many roots as it takes.
const LARGE = 3_200;
const many: string[] = [];
for (let root = 0; many.length < LARGE; root++) {
  for (const { path, text } of texts.slice(0, LARGE - many.length)) {
    const copy = join(scratch, "large", `r${root}`, path);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, text);
    many.push(relative(scratch, copy));
  }
}
console.log(
  `\n${many.length} documents, as a process (wanted: under 10 s and 300 MB)`,
);
for (const command of ["targets", "claims"]) {
  const start = performance.now();
  const { status: code, stderr } = spawnSync(
    process.execPath,
    ["--import", PEAK, main, command, "--json", ...many],
    { cwd: scratch, maxBuffer: 1e9, encoding: "utf8" },
  );
  const peak = /peak (\d+)/.exec(stderr)?.[1];
  console.log(
    `  ${command.padEnd(24)} ${(performance.now() - start).toFixed(0).padStart(8)} ms  ${(Number(peak) / 1024).toFixed(0).padStart(6)} MB at most${code === 0 ? "" : `  exit ${code}`}`,
  );
}
rmSync(scratch, { recursive: true, force: true });

/** Prints the median of five runs of each, and its ratio to the last one: the peer. */
async function compare(
  what: string,
  ways: Record<string, () => unknown>,
): Promise<void> {
  console.log(`\n${what}`);
  const medians = new Map<string, number>();
  for (const [name, run] of Object.entries(ways)) {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      await run();
      times.push(performance.now() - start);
    }
    medians.set(name, times.toSorted((a, b) => a - b)[2] ?? 0);
  }
  const peer = [...medians.values()].at(-1) ?? 1;
  for (const [name, ms] of medians) {
    console.log(
      `  ${name.padEnd(24)} ${ms.toFixed(1).padStart(8)} ms  ${(ms / peer).toFixed(2).padStart(6)} ×`,
    );
  }
}
