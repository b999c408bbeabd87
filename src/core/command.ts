import { TOPICS, type Topic } from "./news.ts";

/** What people ask about a repository; null means the channel's own. */
export type Question =
  | { readonly name: "status"; readonly repository: string | null }
  | {
      readonly name: "phase";
      /** As typed: a key, a slug, a directory or the id of a plan. */
      readonly key: string;
      readonly plan: string | null;
      readonly repository: string | null;
    }
  | {
      readonly name: "phases";
      readonly filter: PhaseFilter;
      readonly repository: string | null;
    }
  | {
      readonly name: "gaps";
      readonly phase: string | null;
      readonly top: number | null;
      readonly repository: string | null;
    }
  | {
      readonly name: "claims";
      readonly phase: string | null;
      readonly contradicted: boolean;
      readonly repository: string | null;
    };

export type PhaseFilter = "failing" | "open" | "all";

export type Command =
  | Question
  | {
      readonly name: "subscribe";
      readonly repository: string;
      readonly topics: readonly Topic[];
    }
  | {
      readonly name: "unsubscribe";
      readonly repository: string;
      /** Null for all of them. */
      readonly topics: readonly Topic[] | null;
    }
  | { readonly name: "list" }
  | {
      readonly name: "digest";
      /** `daily 09:00`, `weekdays 09:00`, `weekly mon 09:00`; null for off. */
      readonly schedule: string | null;
      /** IANA name; null for the configured one. */
      readonly timezone: string | null;
    }
  | { readonly name: "digestPreview" }
  | HelpCommand
  | { readonly name: "doctor" }
  | LaterCommand;

export interface HelpCommand {
  readonly name: "help";
  readonly topic: CommandWord | null;
}

/** Designed, but not in this version. */
export interface LaterCommand {
  readonly name: "later";
  /** The word that asked for it, as typed. */
  readonly word: string;
}

export interface CommandError {
  readonly kind: "error";
  /** Names the word that was wrong. */
  readonly message: string;
  readonly usage: string;
  readonly example: string;
}

export type ParsedCommand =
  { readonly kind: "command"; readonly command: Command } | CommandError;

export type CommandWord =
  | "status"
  | "phase"
  | "phases"
  | "gaps"
  | "claims"
  | "subscribe"
  | "unsubscribe"
  | "list"
  | "digest"
  | "doctor"
  | "help";

/** How each command is written, what it does, and one that works. In the order in which help shows them. */
export const MANUAL: Readonly<
  Record<
    CommandWord,
    { readonly usage: string; readonly does: string; readonly example: string }
  >
> = {
  status: {
    usage: "/coverage [status] [owner/repo]",
    does: "where a repository stands",
    example: "/coverage",
  },
  phase: {
    usage: "/coverage phase <19|19.1|GAP-03|slug> [plan <id>] [owner/repo]",
    does: "one phase: plans, verification, targets, claims, gaps",
    example: "/coverage phase 19",
  },
  phases: {
    usage: "/coverage phases [failing|open|all] [owner/repo]",
    does: "every phase on one line",
    example: "/coverage phases failing",
  },
  gaps: {
    usage: "/coverage gaps [phase <n>] [top:<n>] [owner/repo]",
    does: "what is missing, in points and lines to cover",
    example: "/coverage gaps phase 19 top:5",
  },
  claims: {
    usage: "/coverage claims [phase <n>] [contradicted] [owner/repo]",
    does: "what documents say against what was measured",
    example: "/coverage claims phase 19 contradicted",
  },
  subscribe: {
    usage:
      "/coverage subscribe <owner/repo> [regressions] [gaps] [claims] [phases] [health]",
    does: "tell this channel when something changes (all topics unless named)",
    example: "/coverage subscribe acme/shop gaps claims",
  },
  unsubscribe: {
    usage: "/coverage unsubscribe <owner/repo> [topic …]",
    does: "stop telling this channel",
    example: "/coverage unsubscribe acme/shop phases",
  },
  list: {
    usage: "/coverage list",
    does: "what this channel is subscribed to",
    example: "/coverage list",
  },
  digest: {
    usage:
      "/coverage digest <daily|weekdays|weekly mon> <HH:MM> [time zone] | off | preview",
    does: "what changed, on a schedule",
    example: "/coverage digest weekdays 09:00 Europe/Berlin",
  },
  doctor: {
    usage: "/coverage doctor",
    does: "whether everything phasewatch needs is there",
    example: "/coverage doctor",
  },
  help: {
    usage: "/coverage help [command]",
    does: "this list, or one command",
    example: "/coverage help phase",
  },
};

const WORDS = Object.keys(MANUAL).filter(isCommandWord);

/** Commands of the design that this version does not have. Whoever types one is told so. */
const LATER = [
  "file",
  "trend",
  "compare",
  "flaky",
  "report",
  "alerts",
  "why",
  "ack",
  "accept",
  "mute",
  "unmute",
];

/** Longer than any command, and short enough to compare words within. */
const LONGEST_COMMAND = 1_000;

const REPOSITORY = /^[\w.-]{1,100}(?:\/[\w.-]{1,100})?$/;

/**
 * Reads what follows `/coverage`. Nothing is half understood: a command comes back whole, or an error names the word that was wrong.
 */
export function parseCommand(text: string): ParsedCommand {
  if (text.length > LONGEST_COMMAND) {
    return failure(
      "help",
      `That is ${text.length} characters; a command has at most ${LONGEST_COMMAND}.`,
    );
  }
  const [first, ...rest] = words(text);
  if (first === undefined) return { kind: "command", command: status(null) };
  const word = first.toLowerCase();
  if (isCommandWord(word)) {
    const outcome = READERS[word](rest);
    return "wrong" in outcome
      ? failure(word, outcome.wrong)
      : { kind: "command", command: outcome };
  }
  if (LATER.includes(word)) {
    return { kind: "command", command: { name: "later", word } };
  }
  if (word.includes("/") && rest.length === 0) {
    const repository = repositoryIn(first);
    if (repository) return { kind: "command", command: status(repository) };
  }
  return unknownCommand(first);
}

/** The shortest text that `parseCommand` reads as this question: what a button carries. */
export function commandText(question: Question): string {
  const parts: (string | null)[] = [question.name];
  switch (question.name) {
    case "status":
      break;
    case "phase":
      parts.push(quoted(question.key));
      if (question.plan !== null) parts.push("plan", quoted(question.plan));
      break;
    case "phases":
      if (question.filter !== "all") parts.push(question.filter);
      break;
    case "gaps":
      if (question.phase !== null) parts.push("phase", quoted(question.phase));
      if (question.top !== null) parts.push(`top:${question.top}`);
      break;
    case "claims":
      if (question.phase !== null) parts.push("phase", quoted(question.phase));
      if (question.contradicted) parts.push("contradicted");
      break;
  }
  if (question.repository !== null) parts.push(question.repository);
  return parts.join(" ");
}

/** Words close enough to be a slip of the finger: at most two letters apart, nearest first. */
export function nearest(
  word: string,
  candidates: readonly string[],
): string | null {
  let best: { candidate: string; distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate);
    // Two edits turn any word of two letters into any other.
    if (distance > Math.min(2, candidate.length - 1, word.length - 1)) continue;
    if (!best || distance < best.distance) best = { candidate, distance };
  }
  return best?.candidate ?? null;
}

type Outcome = Command | { readonly wrong: string };

const READERS: Record<CommandWord, (words: string[]) => Outcome> = {
  status: (rest) => questionAbout(rest, [], status),
  phase: readPhase,
  phases: readPhases,
  gaps: readGaps,
  claims: readClaims,
  subscribe: (rest) =>
    readSubscription(rest, ({ repository, topics }) => ({
      name: "subscribe",
      repository,
      topics: topics.length > 0 ? topics : TOPICS,
    })),
  unsubscribe: (rest) =>
    readSubscription(rest, ({ repository, topics }) => ({
      name: "unsubscribe",
      repository,
      topics: topics.length > 0 ? topics : null,
    })),
  list: (rest) => nothingMore(rest, { name: "list" }),
  digest: readDigest,
  doctor: (rest) => nothingMore(rest, { name: "doctor" }),
  help: readHelp,
};

function status(repository: string | null): Question {
  return { name: "status", repository };
}

function readPhase([key, ...rest]: string[]): Outcome {
  if (key === undefined) return { wrong: "Which phase?" };
  let plan: string | null = null;
  let left = rest;
  if (rest[0]?.toLowerCase() === "plan") {
    const id = rest[1];
    if (id === undefined) return { wrong: "Which plan? No id follows “plan”." };
    plan = id;
    left = rest.slice(2);
  }
  return questionAbout(left, plan === null ? ["plan"] : [], (repository) => ({
    name: "phase",
    key,
    plan,
    repository,
  }));
}

function readPhases(rest: string[]): Outcome {
  const filters: readonly PhaseFilter[] = ["failing", "open", "all"];
  const filter = filters.find((known) => known === rest[0]?.toLowerCase());
  return questionAbout(
    filter ? rest.slice(1) : rest,
    filter ? [] : filters,
    (repository) => ({ name: "phases", filter: filter ?? "all", repository }),
  );
}

function readGaps(rest: string[]): Outcome {
  const options = readOptions(rest, ["top:"]);
  if ("wrong" in options) return options;
  const { phase, left } = options;
  const tops = left.filter((word) => /^top:/i.test(word));
  const top = tops[0]?.slice("top:".length);
  if (tops.length > 1) return { wrong: "“top:” stands there twice." };
  if (top !== undefined && !/^[1-9]\d{0,2}$/.test(top)) {
    return {
      wrong: `“${shown(tops[0] ?? "")}” is no number of gaps: “top:” takes 1 to 999.`,
    };
  }
  return questionAbout(
    left.filter((word) => !/^top:/i.test(word)),
    ["phase", "top:5"],
    (repository) => ({
      name: "gaps",
      phase,
      top: top === undefined ? null : Number(top),
      repository,
    }),
  );
}

function readClaims(rest: string[]): Outcome {
  const options = readOptions(rest, ["contradicted"]);
  if ("wrong" in options) return options;
  const { phase, left } = options;
  return questionAbout(
    left.filter((word) => !isContradicted(word)),
    ["phase", "contradicted"],
    (repository) => ({
      name: "claims",
      phase,
      contradicted: left.some(isContradicted),
      repository,
    }),
  );
}

function isContradicted(word: string): boolean {
  return word.toLowerCase() === "contradicted";
}

/** Takes `phase <n>` out of the words, wherever it stands. */
function readOptions(
  rest: string[],
  otherOptions: readonly string[],
):
  | { readonly phase: string | null; readonly left: string[] }
  | { readonly wrong: string } {
  const at = rest.findIndex((word) => word.toLowerCase() === "phase");
  if (at === -1) return { phase: null, left: rest };
  const phase = rest[at + 1];
  if (
    phase === undefined ||
    otherOptions.some((option) => phase.toLowerCase().startsWith(option))
  ) {
    return { wrong: "Which phase? No number follows “phase”." };
  }
  return { phase, left: rest.toSpliced(at, 2) };
}

/** What is left of a question may name the repository, and nothing else. */
function questionAbout(
  rest: readonly string[],
  keywords: readonly string[],
  question: (repository: string | null) => Question,
): Outcome {
  const [word, extra] = rest;
  if (word === undefined) return question(null);
  const hint = suggestion(word.toLowerCase(), keywords);
  const repository = hint === "" ? repositoryIn(word) : null;
  if (!repository)
    return { wrong: `“${shown(word)}” fits nowhere here.${hint}` };
  if (extra !== undefined) {
    return {
      wrong: `“${shown(extra)}” is one word too many.${suggestion(extra.toLowerCase(), keywords)}`,
    };
  }
  return question(repository);
}

function readSubscription(
  [name, ...rest]: string[],
  command: (read: { repository: string; topics: Topic[] }) => Command,
): Outcome {
  if (name === undefined) return { wrong: "Which repository?" };
  const repository = repositoryIn(name);
  if (!repository) {
    return { wrong: `“${shown(name)}” is no repository: write owner/repo.` };
  }
  if (TOPICS.some((topic) => topic === repository)) {
    return {
      wrong: `“${repository}” is a topic; the repository comes first.`,
    };
  }
  const topics = new Set<Topic>();
  for (const word of rest) {
    const topic = TOPICS.find((known) => known === word.toLowerCase());
    if (topic) topics.add(topic);
    else if (isFilter(word)) return { name: "later", word: shown(word) };
    else {
      return {
        wrong: `“${shown(word)}” is no topic.${suggestion(word.toLowerCase(), TOPICS)}`,
      };
    }
  }
  return command({ repository, topics: [...topics] });
}

/** `regressions:>=1pp`, `phases:19,20`, `branch:main`, `path:core/**`: designed, not built. */
function isFilter(word: string): boolean {
  const [name = "", value] = word.toLowerCase().split(":");
  return (
    Boolean(value) &&
    (TOPICS.some((topic) => topic === name) ||
      name === "branch" ||
      name === "path")
  );
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

function readDigest(rest: string[]): Outcome {
  const [when, ...more] = rest;
  const word = when?.toLowerCase();
  switch (word) {
    case undefined:
      return { wrong: "When?" };
    case "off":
      return nothingMore(more, {
        name: "digest",
        schedule: null,
        timezone: null,
      });
    case "preview":
      return nothingMore(more, { name: "digestPreview" });
    case "daily":
    case "weekdays":
      return readTime(word, more);
    case "weekly": {
      const [dayWord, ...time] = more;
      const day = DAYS.find((known) =>
        dayWord?.toLowerCase().startsWith(known),
      );
      if (!day) {
        return {
          wrong:
            dayWord === undefined
              ? "On which day? No day follows “weekly”."
              : `“${shown(dayWord)}” is no day: write one of ${DAYS.join(", ")}.`,
        };
      }
      return readTime(`weekly ${day}`, time);
    }
    default:
      return {
        wrong: `“${shown(when ?? "")}” is no schedule.${suggestion(word, ["daily", "weekdays", "weekly", "off", "preview"])}`,
      };
  }
}

function readTime(days: string, [time, zone, ...rest]: string[]): Outcome {
  if (time === undefined) {
    return { wrong: `At what time? No HH:MM follows “${days}”.` };
  }
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) {
    return {
      wrong: `“${shown(time)}” is no time of day: write HH:MM, 00:00 to 23:59.`,
    };
  }
  const timezone = zone === undefined ? null : timeZoneIn(zone);
  if (zone !== undefined && timezone === null) {
    return {
      wrong: `“${shown(zone)}” is no time zone: write an IANA name such as Europe/Berlin.${suggestion(zone, Intl.supportedValuesOf("timeZone"))}`,
    };
  }
  const [, hour = "", minute = ""] = match;
  return nothingMore(rest, {
    name: "digest",
    schedule: `${days} ${hour.padStart(2, "0")}:${minute}`,
    timezone,
  });
}

/** The zone as the platform spells it; null when it knows none of that name. */
function timeZoneIn(word: string): string | null {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: word }).resolvedOptions()
      .timeZone;
  } catch {
    return null;
  }
}

function readHelp([topic, ...rest]: string[]): Outcome {
  if (topic === undefined) return { name: "help", topic: null };
  const word = topic.toLowerCase();
  if (isCommandWord(word)) {
    return nothingMore(rest, { name: "help", topic: word });
  }
  if (LATER.includes(word)) return { name: "later", word };
  return {
    wrong: `There is no command “${shown(topic)}”.${suggestion(word, WORDS)}`,
  };
}

/** Shows how the command is written that was probably meant. */
function unknownCommand(first: string): CommandError {
  const word = first.toLowerCase();
  const meant = WORDS.find((known) => known === nearest(word, WORDS));
  const hint = /^\d[\w.]*$/.test(word)
    ? ` Did you mean “phase ${shown(first)}”?`
    : suggestion(word, [...WORDS, ...LATER]);
  return failure(
    /^\d/.test(word) ? "phase" : (meant ?? "help"),
    `There is no command “${shown(first)}”.${hint}`,
  );
}

function nothingMore([extra]: string[], command: Command): Outcome {
  return extra === undefined
    ? command
    : { wrong: `“${shown(extra)}” is one word too many.` };
}

function failure(word: CommandWord, message: string): CommandError {
  const { usage, example } = MANUAL[word];
  return { kind: "error", message, usage, example };
}

function isCommandWord(word: string): word is CommandWord {
  return Object.hasOwn(MANUAL, word);
}

/** `acme/shop`, from that or from its address on the web. */
function repositoryIn(word: string): string | null {
  const name = word
    .replace(/^(?:https?:\/\/)?(?:www\.)?github\.com\//i, "")
    .replace(/\.git$|\/$/i, "");
  return REPOSITORY.test(name) ? name : null;
}

function suggestion(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near === null ? "" : ` Did you mean “${near}”?`;
}

const QUOTES =
  /[\u2018\u2019\u201A\u201B\u201C\u201D\u201E\u201F\u00AB\u00BB]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;

/**
 * Undoes what clients and Slack do to text before it arrives: typographic quotes, dashes and spaces, `&amp;`, links made of
 * anything with a dot (`<http://a.md|a.md>`), and formatting that came along with a paste.
 */
function words(text: string): string[] {
  const plain = text
    .replaceAll(/<(?:https?:|mailto:)[^|<>]*\|([^<>]*)>/g, "$1")
    .replaceAll(/<((?:https?:|mailto:)[^|<>]*)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(QUOTES, '"')
    .replaceAll(DASHES, "-")
    .replaceAll(/[\p{Z}\p{Cc}]+/gu, " ")
    .replaceAll(/[\p{Cf}\p{Cs}]/gu, "");
  return (plain.match(/"[^"]*"|[^\s"]+/g) ?? [])
    .map((word) => word.replaceAll(/^["'*_~`]+|["'*_~`]+$/g, "").trim())
    .filter((word) => word !== "");
}

function quoted(word: string): string {
  return word.includes(" ") ? `"${word}"` : word;
}

/** A person's own word, short enough to be shown back to them. */
function shown(word: string): string {
  const characters = Array.from(word);
  return characters.length > 40 ? `${characters.slice(0, 40).join("")}…` : word;
}

/** Levenshtein distance, for short words. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(
        Math.min(
          (row[j] ?? 0) + (letter === b[j] ? 0 : 1),
          (row[j + 1] ?? 0) + 1,
          (next[j] ?? 0) + 1,
        ),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
