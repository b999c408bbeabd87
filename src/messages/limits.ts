import { clip, printable } from "./escaping.ts";
import type { Message } from "./message.ts";

/**
 * What Slack refuses, checked before Slack does: one block out of bounds loses the whole message (`invalid_blocks`).
 * Sources: docs.slack.dev, "Block Kit reference" and "chat.postMessage"; the total is what people measured (bolt-js#2867).
 * Lengths are in characters (code points).
 */

/** More than this in all blocks together was refused (`msg_blocks_too_long`); 9,597 was accepted. */
const LONGEST_BLOCKS = 9_600;

/** chat.postMessage cuts off after that. */
const LONGEST_TEXT = 40_000;

/** chat.update refuses a longer `text` (`msg_too_long`), and was seen to count bytes. */
export const LONGEST_EDIT_BYTES = 4_000;

const EVERYWHERE = [
  "actions",
  "card",
  "carousel",
  "container",
  "context",
  "data_table",
  "divider",
  "header",
  "image",
  "input",
  "rich_text",
  "section",
  "video",
];

const IN_MESSAGES = new Set([
  ...EVERYWHERE,
  "context_actions",
  "data_visualization",
  "markdown",
  "plan",
  "table",
  "task_card",
]);
const ON_HOME = new Set(EVERYWHERE);

/**
 * Everything about a message that Slack would refuse; empty for a good one.
 * @returns one sentence each, ending with the place as Slack gives it: `[json-pointer:/blocks/0/text]`
 */
export function checkMessage(message: {
  readonly text: string;
  readonly blocks: readonly unknown[];
}): string[] {
  const problems = new Problems();
  problems.text(message.text, "/text", LONGEST_TEXT);
  checkBlocks(message.blocks, IN_MESSAGES, 50, problems);
  const length = textLength(message.blocks);
  if (length > LONGEST_BLOCKS) {
    problems.add(
      `all text together must be less than ${LONGEST_BLOCKS + 1} characters, not ${length}`,
      "/blocks",
    );
  }
  return problems.list;
}

/** Everything about a Home tab that Slack would refuse; empty for a good one. */
export function checkHome(view: {
  readonly type: string;
  readonly blocks: readonly unknown[];
}): string[] {
  const problems = new Problems();
  if (view.type !== "home") problems.add("must be “home”", "/type");
  checkBlocks(view.blocks, ON_HOME, 100, problems);
  return problems.list;
}

/**
 * The message itself when Slack will take it, else its text alone: a message in plain words beats none. Takes what was stored
 * by another version as well; never throws.
 */
export function safe(message: unknown): Message {
  if (isWellFormed(message) && checkMessage(message).length === 0)
    return message;
  const text: unknown = isRecord(message) ? message["text"] : null;
  const lines =
    typeof text === "string"
      ? text.slice(0, LONGEST_TEXT).toWellFormed().split("\n")
      : [];
  // The text may be no better than the blocks were.
  const words = lines
    .map((line) => printable(line).replaceAll(/<(?=[!@#])/g, "&lt;"))
    .join("\n");
  return {
    text:
      words.trim() === ""
        ? "This message could not be shown."
        : clip(words, LONGEST_EDIT_BYTES / 4),
    blocks: [],
  };
}

function isWellFormed(message: unknown): message is Message {
  return isRecord(message) && Array.isArray(message["blocks"]);
}

class Problems {
  readonly list: string[] = [];

  add(problem: string, pointer: string): void {
    this.list.push(`${problem} [json-pointer:${pointer}]`);
  }

  text(value: unknown, pointer: string, longest: number): void {
    if (typeof value !== "string") return this.add("must be text", pointer);
    if (value.trim() === "") return this.add("must not be empty", pointer);
    if (Array.from(value).length > longest) {
      this.add(`must be less than ${longest + 1} characters`, pointer);
    }
  }

  /** A text that may be left out. */
  optional(value: unknown, pointer: string, longest: number): void {
    if (value !== undefined) this.text(value, pointer, longest);
  }

  count(value: unknown, pointer: string, most: number): readonly unknown[] {
    if (!Array.isArray(value)) {
      this.add("must be a list", pointer);
      return [];
    }
    if (value.length === 0) this.add("must not be empty", pointer);
    if (value.length > most) {
      this.add(`must have at most ${most} items, not ${value.length}`, pointer);
    }
    return value as readonly unknown[];
  }

  /** An unknown property is refused with everything around it. */
  only(
    value: Readonly<Record<string, unknown>>,
    pointer: string,
    names: readonly string[],
  ): void {
    for (const name of Object.keys(value)) {
      if (!names.includes(name)) {
        this.add(`unknown property “${clip(name, 40)}”`, pointer);
      }
    }
  }
}

function checkBlocks(
  blocks: readonly unknown[],
  allowed: ReadonlySet<string>,
  most: number,
  problems: Problems,
): void {
  if (blocks.length > most) {
    problems.add(
      `must have at most ${most} blocks, not ${blocks.length}`,
      "/blocks",
    );
  }
  const blockIds = new Set<unknown>();
  let tables = 0;
  let markdown = 0;
  for (const [index, block] of blocks.entries()) {
    const pointer = `/blocks/${index}`;
    if (!isRecord(block)) {
      problems.add("must be a block", pointer);
      continue;
    }
    const type = String(block["type"]);
    if (!allowed.has(type)) {
      problems.add(`unsupported type “${clip(type, 40)}”`, `${pointer}/type`);
      continue;
    }
    const id = block["block_id"];
    problems.optional(id, `${pointer}/block_id`, 255);
    if (id !== undefined && blockIds.has(id)) {
      problems.add("block_id must be unique", `${pointer}/block_id`);
    }
    blockIds.add(id);
    if (type === "table" || type === "data_table") tables++;
    if (type === "markdown") markdown += textLength(block["text"]);
    BLOCKS[type]?.(block, pointer, problems);
  }
  if (tables > 1) problems.add("only one table allowed", "/blocks");
  if (markdown > 12_000) {
    problems.add(
      "markdown must be less than 12001 characters in all",
      "/blocks",
    );
  }
}

type Check = (
  block: Readonly<Record<string, unknown>>,
  pointer: string,
  problems: Problems,
) => void;

/** The blocks that have rules worth checking here; the others only count. */
const BLOCKS: Readonly<Record<string, Check>> = {
  header(block, pointer, problems) {
    problems.only(block, pointer, ["type", "block_id", "text", "level"]);
    checkText(block["text"], `${pointer}/text`, 150, ["plain_text"], problems);
  },
  section(block, pointer, problems) {
    problems.only(block, pointer, [
      "type",
      "block_id",
      "text",
      "fields",
      "accessory",
      "expand",
    ]);
    const { text, fields, accessory } = block;
    if (text === undefined && fields === undefined) {
      problems.add("must have text or fields", pointer);
    }
    if (text !== undefined) {
      checkText(text, `${pointer}/text`, 3_000, BOTH, problems);
    }
    if (fields !== undefined) {
      const at = `${pointer}/fields`;
      for (const [index, field] of problems.count(fields, at, 10).entries()) {
        checkText(field, `${at}/${index}`, 2_000, BOTH, problems);
      }
    }
    if (accessory !== undefined) {
      checkElement(accessory, `${pointer}/accessory`, problems);
    }
  },
  context(block, pointer, problems) {
    problems.only(block, pointer, ["type", "block_id", "elements"]);
    const at = `${pointer}/elements`;
    for (const [index, element] of problems
      .count(block["elements"], at, 10)
      .entries()) {
      if (isRecord(element) && element["type"] === "image") {
        checkImage(element, `${at}/${index}`, problems);
      } else {
        checkText(element, `${at}/${index}`, 3_000, BOTH, problems);
      }
    }
  },
  divider(block, pointer, problems) {
    problems.only(block, pointer, ["type", "block_id"]);
  },
  actions(block, pointer, problems) {
    problems.only(block, pointer, ["type", "block_id", "elements"]);
    const at = `${pointer}/elements`;
    const ids = new Set<unknown>();
    for (const [index, element] of problems
      .count(block["elements"], at, 25)
      .entries()) {
      checkElement(element, `${at}/${index}`, problems);
      const id = isRecord(element) ? element["action_id"] : undefined;
      if (id !== undefined && ids.has(id)) {
        problems.add("action_id must be unique", `${at}/${index}/action_id`);
      }
      ids.add(id);
    }
  },
  image(block, pointer, problems) {
    checkImage(block, pointer, problems);
    const { title } = block;
    if (title !== undefined) {
      checkText(title, `${pointer}/title`, 2_000, ["plain_text"], problems);
    }
  },
  markdown(block, pointer, problems) {
    problems.only(block, pointer, ["type", "block_id", "text"]);
    problems.text(block["text"], `${pointer}/text`, 12_000);
  },
  table(block, pointer, problems) {
    const at = `${pointer}/rows`;
    for (const [index, row] of problems
      .count(block["rows"], at, 100)
      .entries()) {
      problems.count(row, `${at}/${index}`, 20);
    }
    if (textLength(block["rows"]) > 10_000) {
      problems.add("cells must be less than 10001 characters in all", at);
    }
  },
};

const BOTH = ["plain_text", "mrkdwn"];

function checkText(
  value: unknown,
  pointer: string,
  longest: number,
  types: readonly string[],
  problems: Problems,
): void {
  if (!isRecord(value)) return problems.add("must be a text object", pointer);
  const type = String(value["type"]);
  if (!types.includes(type)) {
    problems.add(`must be ${types.join(" or ")}`, `${pointer}/type`);
  }
  problems.only(value, pointer, [
    "type",
    "text",
    type === "mrkdwn" ? "verbatim" : "emoji",
  ]);
  problems.text(value["text"], `${pointer}/text`, longest);
}

function checkImage(
  image: Readonly<Record<string, unknown>>,
  pointer: string,
  problems: Problems,
): void {
  if (
    (image["image_url"] === undefined) ===
    (image["slack_file"] === undefined)
  )
    problems.add("must have one of image_url and slack_file", pointer);
  problems.optional(image["image_url"], `${pointer}/image_url`, 3_000);
  problems.text(image["alt_text"], `${pointer}/alt_text`, 2_000);
}

function checkElement(
  element: unknown,
  pointer: string,
  problems: Problems,
): void {
  if (!isRecord(element)) return problems.add("must be an element", pointer);
  const type = element["type"];
  if (typeof type !== "string") {
    return problems.add("must have a type", pointer);
  }
  problems.optional(element["action_id"], `${pointer}/action_id`, 255);
  if (type === "image") checkImage(element, pointer, problems);
  if (type === "overflow") {
    problems.count(element["options"], `${pointer}/options`, 5);
  }
  if (type !== "button") return;
  problems.only(element, pointer, [
    "type",
    "action_id",
    "text",
    "value",
    "url",
    "style",
    "confirm",
    "accessibility_label",
  ]);
  checkText(element["text"], `${pointer}/text`, 75, ["plain_text"], problems);
  problems.optional(element["value"], `${pointer}/value`, 2_000);
  problems.optional(element["url"], `${pointer}/url`, 3_000);
  problems.optional(
    element["accessibility_label"],
    `${pointer}/accessibility_label`,
    75,
  );
  const { style } = element;
  if (style !== undefined && style !== "primary" && style !== "danger") {
    problems.add("must be primary or danger", `${pointer}/style`);
  }
}

/** The characters of everything that is shown as text. */
function textLength(value: unknown): number {
  if (typeof value === "string") return Array.from(value).length;
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  }
  if (!isRecord(value)) return 0;
  return ["text", "fields", "elements", "rows", "title"].reduce((sum, name) => {
    const part = value[name];
    return typeof part === "string" && name !== "text"
      ? sum
      : sum + textLength(part);
  }, 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
