import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { promisify } from "node:util";
import { FIRST_SIGHT, STORY, type StoryCommit } from "./commits.ts";

const run = promisify(execFile);

/** A repository that holds the whole story; its branch `main` stands somewhere in it. */
export interface Story {
  readonly directory: string;
  /** 1-based place of `main`, of how many, and what that commit says. */
  position(): Promise<{ step: number; steps: number; label: string }>;
  /** Moves `main` on by one commit. False at the end. */
  advance(): Promise<boolean>;
}

/**
 * Builds the story in a bare repository, or opens the one built before. The same commits come out every time, so a
 * restart finds the story where it was.
 */
export async function openStory(directory: string): Promise<Story> {
  await mkdir(directory, { recursive: true });
  const git = async (...args: string[]) =>
    (await run("git", ["-C", directory, ...args])).stdout.trim();
  await git("init", "--quiet", "--bare", "--initial-branch=main");
  const before = await git("rev-parse", "--quiet", "--verify", "main").catch(
    () => null,
  );
  await fastImport(directory, stream(STORY));
  const commits = (await git("rev-list", "--reverse", "story")).split("\n");
  const placed = before !== null && commits.includes(before);
  if (!placed) {
    await git("update-ref", "refs/heads/main", commits[FIRST_SIGHT - 1] ?? "");
  }
  const index = async () => commits.indexOf(await git("rev-parse", "main"));
  return {
    directory,
    position: async () => {
      const at = await index();
      return {
        step: at + 1,
        steps: commits.length,
        label: STORY[at]?.subject ?? "",
      };
    },
    advance: async () => {
      const next = commits[(await index()) + 1];
      if (next === undefined) return false;
      await git("update-ref", "refs/heads/main", next);
      return true;
    },
  };
}

async function fastImport(directory: string, input: string): Promise<void> {
  const child = spawn(
    "git",
    ["-C", directory, "fast-import", "--quiet", "--force"],
    { stdio: ["pipe", "ignore", "pipe"] },
  );
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  child.stdin.end(input);
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`git fast-import failed: ${errors.trim()}`);
}

/** https://git-scm.com/docs/git-fast-import */
function stream(commits: readonly StoryCommit[]): string {
  const parts: string[] = ["reset refs/heads/story\n"];
  for (const { subject, at, files } of commits) {
    const who = `shop <shop@example.invalid> ${Date.parse(at) / 1000} +0000`;
    parts.push(
      "commit refs/heads/story\n",
      `author ${who}\ncommitter ${who}\n`,
      data(subject),
    );
    for (const [path, content] of Object.entries(files)) {
      parts.push(
        content === null
          ? `D ${path}\n`
          : `M 100644 inline ${path}\n${data(content)}`,
      );
    }
  }
  return parts.join("");
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
