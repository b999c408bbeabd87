import type { Progress } from "./layout.ts";
import type { Statement } from "./statement.ts";
import { plainWords } from "./verification.ts";

/** How far something is, as a document says it. */
export interface StatedProgress {
  /** As written. */
  readonly says: string;
  readonly line: number;
  readonly progress: Progress;
}

/** Words of spec-kit, BMAD (all its versions), OpenSpec and of people. A layout adds its own. */
const USUAL: Readonly<Record<Exclude<Progress, "unknown">, readonly string[]>> =
  {
    planned: [
      "approved",
      "backlog",
      "contexted",
      "deferred",
      "draft",
      "drafted",
      "not-started",
      "open",
      "pending",
      "planned",
      "proposed",
      "ready",
      "ready-for-dev",
      "ready-for-development",
      "todo",
      "to-do",
    ],
    in_progress: [
      "active",
      "blocked",
      "doing",
      "in-development",
      "in-progress",
      "in-review",
      "ready-for-review",
      "review",
      "started",
      "wip",
    ],
    done: [
      "complete",
      "completed",
      "delivered",
      "done",
      "finished",
      "implemented",
      "shipped",
    ],
    superseded: [
      "abandoned",
      "archived",
      "cancelled",
      "canceled",
      "dropped",
      "obsolete",
      "superseded",
      "wont-do",
    ],
  };

const WORDS: ReadonlyMap<string, Progress> = new Map(
  (["planned", "in_progress", "done", "superseded"] as const).flatMap(
    (progress) => USUAL[progress].map((word) => [word, progress] as const),
  ),
);

/**
 * What a status means: `In Progress`, `✅ Done`, `review (QA)`. A word that nobody has explained is unknown, never guessed from a
 * part of it: "mostly done" is not done.
 */
export function progressOf(
  says: string,
  words: Readonly<Record<string, Progress>>,
): Progress {
  const own = new Map(
    Object.entries(words).map(([word, progress]) => [normal(word), progress]),
  );
  const whole = normal(says);
  // What follows in brackets or after a dash explains the word.
  const [first = ""] = says.split(/\s[-–—]\s|[([;,]/);
  for (const word of [whole, normal(first)]) {
    const progress = own.get(word) ?? WORDS.get(word);
    if (progress) return progress;
  }
  return "unknown";
}

/**
 * The status a document states of itself: `**Status**: Draft`, `Status: review`, or the first words below a heading `Status`.
 * Null where it states none, or where it still is a placeholder.
 */
export function readStatus(
  statements: readonly Statement[],
  words: Readonly<Record<string, Progress>>,
): StatedProgress | null {
  for (const { text, line, place, section } of statements) {
    if (place === "heading") continue;
    const said =
      /^\**(?:current |overall )?status\**:\**\s*(\S.*)$/i.exec(text)?.[1] ??
      (/^status:?$/i.test(plainWords(section.at(-1) ?? "")) ? text : null);
    if (said === null) continue;
    // Lines that follow without a blank one belong to the same paragraph.
    const says = plainWords(said.replace(/\s+\**[A-Z][\w ]{0,30}\**:.*$/, ""));
    return says === "" || /^\[[^\]]*\]$/.test(says)
      ? null
      : { says, line, progress: progressOf(says, words) };
  }
  return null;
}

function normal(word: string): string {
  return plainWords(word)
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}
