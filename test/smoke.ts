// npm run smoke: the program as a newcomer meets it, as processes, from start to stop.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bot } from "./support/bot.ts";

const directory = mkdtempSync(join(tmpdir(), "phasewatch-smoke-"));
const bot = new Bot(directory);
try {
  await bot.start();
  assert.equal((await bot.get("/healthz")).status, 200);
  assert.equal((await bot.get("/readyz")).status, 200);
  assert.match(
    await (await bot.get("/metrics")).text(),
    /^phasewatch_polls_total \d/m,
  );
  assert.match(await (await bot.get("/")).text(), /<div id=/);

  assert.ok(
    await bot.post("/compose", {
      channel: "C0QUALITY",
      text: "/coverage phase 19",
    }),
  );
  const answered = await until(async () =>
    (await bot.workspace()).messages.find(
      ({ author, onlyYou }) => author === "bot" && onlyYou,
    ),
  );
  assert.match(answered.text, /^Phase 19 /);

  assert.ok(await bot.post("/advance", {}));
  const told = await until(async () =>
    (await bot.workspace()).messages.find(({ metadata }) => metadata !== null),
  );
  assert.match(told.text, /^Phase 12 /);

  const story = join(directory, "data/preview/story.git");
  const status = JSON.parse(
    run("status", "--repo", story, "--rev", "story", "--json").stdout,
  ) as { phases: { phase: { key: string }; headline: string }[] };
  assert.deepEqual(
    status.phases.map(({ phase, headline }) => [phase.key, headline]),
    [
      ["12", "complete"],
      ["19", "complete"],
    ],
  );
  assert.equal(
    run("status", "--repo", story, "--rev", "story", "--check").status,
    0,
  );
  assert.equal(
    run("status", "--repo", story, "--rev", "main", "--check").status,
    1,
  );
  assert.equal(run("status", "--repo", join(directory, "nowhere")).status, 3);
  assert.equal(run("stauts").status, 2);
  assert.match(run("ask", "--repo", story, "phase 12").stdout, /^Phase 12 /);
  assert.equal(await bot.stop("SIGTERM"), 0);
  execFileSync("git", ["-C", story, "fsck", "--strict"], { stdio: "ignore" });
  console.log("smoke test passed");
} finally {
  await bot.stop("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
}

function run(...args: string[]) {
  return spawnSync(
    process.execPath,
    [join(import.meta.dirname, "../src/main.ts"), ...args],
    {
      cwd: directory,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: directory },
    },
  );
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Nothing came within ten seconds.");
}
