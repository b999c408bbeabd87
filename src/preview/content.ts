import { z } from "zod";
import { checkHome, checkMessage } from "../messages/blocks.ts";

/** A Block Kit block as it came over the wire; what it may hold is for `checkMessage` to say. */
export interface Block {
  readonly type: string;
  readonly block_id?: string | undefined;
  readonly [property: string]: unknown;
}

export interface HomeTab {
  readonly blocks: readonly Block[];
  readonly private_metadata: string;
  readonly callback_id: string;
}

/** Why Slack would refuse something, as `error` and its details. */
export interface Refusal {
  readonly error: string;
  readonly details: readonly string[];
}

export interface Content {
  readonly text: string;
  /** Null when the request did not mention blocks: an edit then treats them differently from an empty list. */
  readonly blocks: readonly Block[] | null;
}

/** Slack cuts a longer text without refusing it (docs.slack.dev, chat.postMessage). */
const TEXT_IS_CUT_AFTER = 40_000;

const blockList = z.array(
  z.looseObject({
    type: z.string(),
    block_id: z.string().optional(),
  }),
);

const homeView = z.looseObject({
  type: z.literal("home"),
  blocks: blockList,
  private_metadata: z.string().default(""),
  callback_id: z.string().default(""),
});

/**
 * The text and blocks of a message, from a Web API call, an acknowledgement or a `response_url` alike: `blocks` is a list, or
 * JSON of one.
 */
export function readContent(
  text: unknown,
  blocks: unknown,
): Content | { readonly refused: Refusal } {
  const words = typeof text === "string" ? text : "";
  if (blocks === undefined || blocks === null || blocks === "") {
    return words === ""
      ? refuse("no_text")
      : { text: words.slice(0, TEXT_IS_CUT_AFTER), blocks: null };
  }
  const parsed = blockList.safeParse(parseJson(blocks));
  if (!parsed.success) {
    return refuse("invalid_blocks_format", z.prettifyError(parsed.error));
  }
  if (words === "" && parsed.data.length === 0) return refuse("no_text");
  const content = {
    text: words.slice(0, TEXT_IS_CUT_AFTER),
    blocks: parsed.data,
  };
  const problems = checkMessage({
    blocks: content.blocks,
    // Slack takes blocks without a text, and only its SDK complains.
    text: content.text === "" ? "…" : content.text,
  });
  return problems.length > 0 ? refuse("invalid_blocks", ...problems) : content;
}

/** The view of `views.publish`: an object, or JSON of one. */
export function readHome(
  view: unknown,
): HomeTab | { readonly refused: Refusal } {
  const parsed = homeView.safeParse(parseJson(view));
  if (!parsed.success) {
    return refuse("invalid_arguments", z.prettifyError(parsed.error));
  }
  const { blocks, private_metadata, callback_id } = parsed.data;
  const problems = checkHome(parsed.data);
  return problems.length > 0
    ? refuse("invalid_arguments", ...problems)
    : { blocks, private_metadata, callback_id };
}

/** Form fields carry objects as JSON; JSON bodies carry them as they are. Undefined when it is neither. */
export function parseJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** What a person types, as Slack stores it (docs.slack.dev, formatting message text). */
export function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function refuse(error: string, ...details: string[]): { refused: Refusal } {
  return { refused: { error, details } };
}
