import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClient,
} from "@slack/web-api";
import type { Outbox, Sent } from "../jobs/deliver.ts";
import { safe } from "../messages/blocks.ts";
import type { Message } from "../messages/message.ts";

/** The metadata under which a delivery's id travels with its message. */
const EVENT_TYPE = "phasewatch_delivery";
/** What Slack recommends at most. */
const PAGE_SIZE = 200;
/** A look-up must end well before the delivery's lease does. */
const MOST_PAGES = 20;

type Failed = Exclude<Sent, { kind: "sent" }>;

/**
 * Slack's Web API as an outbox. Nothing is retried here: every way an attempt can end is told apart instead, after
 * the error lists of https://docs.slack.dev/reference/methods/chat.postMessage and chat.update.
 */
export function slackOutbox(client: WebClient): Outbox {
  return {
    post: (channel, message, { deliveryId, thread }) =>
      send(message, async ({ text, blocks }) => {
        const { ts } = await client.chat.postMessage({
          channel,
          text,
          blocks: [...blocks],
          ...(thread === null ? {} : { thread_ts: thread }),
          unfurl_links: false,
          unfurl_media: false,
          metadata: {
            event_type: EVENT_TYPE,
            event_payload: { id: deliveryId },
          },
        });
        return ts;
      }),
    update: (channel, ts, message) =>
      send(message, async ({ text, blocks }) => {
        await client.chat.update({ channel, ts, text, blocks: [...blocks] });
        return ts;
      }),
    find: async (channel, deliveryId, { thread, since }) => {
      // A minute of slack: Slack's clock is not ours.
      const oldest = String(Date.parse(since) / 1000 - 60);
      let cursor = "";
      for (let page = 0; page < MOST_PAGES; page++) {
        const wanted = {
          channel,
          oldest,
          limit: PAGE_SIZE,
          include_all_metadata: true,
          ...(cursor === "" ? {} : { cursor }),
        };
        let answer;
        try {
          answer =
            thread === null
              ? await client.conversations.history(wanted)
              : await client.conversations.replies({ ...wanted, ts: thread });
        } catch (error) {
          return unsettled(error);
        }
        const found = answer.messages?.find(
          ({ metadata }) =>
            metadata?.event_type === EVENT_TYPE &&
            idOf(metadata.event_payload) === deliveryId,
        );
        if (found?.ts) return { kind: "sent", ts: found.ts };
        cursor = answer.response_metadata?.next_cursor ?? "";
        if (cursor === "") return null;
      }
      return {
        kind: "refused",
        error: `an earlier attempt may have posted this; it is not among the ${MOST_PAGES * PAGE_SIZE} newest messages, and there are more`,
      };
    },
  };
}

function idOf(payload: object | undefined): unknown {
  return payload && "id" in payload ? payload.id : undefined;
}

/** What follows when an earlier attempt could not be looked up. Without the right to look, sending again might post twice. */
function unsettled(error: unknown): Failed | null {
  const outcome = outcomeOf(error);
  switch (outcome.kind) {
    // With the thread, whatever was posted into it is gone.
    case "gone":
      return null;
    case "refused":
      return {
        kind: "refused",
        error: `${outcome.error}: an earlier attempt may have posted this; grant channels:history so that it can be looked up`,
      };
    // Not even a refusal of the look-up says that the earlier attempt was refused.
    case "later":
    case "unknown":
      return { kind: "unknown", error: outcome.error };
  }
}

async function send(
  message: Message,
  call: (message: Message) => Promise<string | undefined>,
): Promise<Sent> {
  try {
    return sent(await call(safe(message)));
  } catch (error) {
    if (isRefusedRendering(error)) {
      // A layout that Slack refuses must not keep the news from arriving: the plain text says the same.
      try {
        return sent(await call({ text: message.text, blocks: [] }));
      } catch (second) {
        return outcomeOf(second);
      }
    }
    return outcomeOf(error);
  }
}

function sent(ts: string | undefined): Sent {
  return ts === undefined
    ? { kind: "unknown", error: "Slack's answer named no message" }
    : { kind: "sent", ts };
}

const RENDERING =
  /^(?:invalid_blocks\w*|msg_too_long|msg_blocks_too_long|invalid_attachments|invalid_arguments|invalid_arg_name|metadata_too_large|no_text)$/;
const GONE =
  /^(?:message_not_found|cant_update_message|edit_window_closed|thread_not_found|cannot_reply_to_message)$/;
const LATER =
  /^(?:ratelimited|rate_limited|message_limit_exceeded|accesslimited|service_unavailable|request_timeout|team_added_to_org)$/;
const AMBIGUOUS = /^(?:fatal_error|internal_error)$/;

function isRefusedRendering(error: unknown): boolean {
  return (
    error instanceof WebAPIPlatformError && RENDERING.test(codeOf(error) ?? "")
  );
}

function outcomeOf(error: unknown): Failed {
  if (error instanceof WebAPIRateLimitedError) {
    return {
      kind: "later",
      afterMs: error.retryAfter * 1000,
      error: "rate limited",
    };
  }
  if (error instanceof WebAPIPlatformError) {
    const code = codeOf(error) ?? "unknown error";
    if (GONE.test(code)) return { kind: "gone", error: code };
    if (LATER.test(code)) return { kind: "later", afterMs: null, error: code };
    // A page of HTML instead of an answer says nothing about what became of the message.
    if (AMBIGUOUS.test(code) || !/^\w+$/.test(code)) {
      return { kind: "unknown", error: code.slice(0, 200) };
    }
    return { kind: "refused", error: code };
  }
  if (error instanceof WebAPIHTTPError && error.statusCode < 500) {
    return { kind: "later", afterMs: null, error: `HTTP ${error.statusCode}` };
  }
  if (error instanceof WebAPIRequestError && neverArrived(error.original)) {
    return { kind: "later", afterMs: null, error: error.message };
  }
  return {
    kind: "unknown",
    error: error instanceof Error ? error.message : String(error),
  };
}

/** Errors that come before a request is written. */
function neverArrived(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (
      code &&
      /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(
        code,
      )
    ) {
      return true;
    }
  }
  return false;
}

function codeOf(error: WebAPIPlatformError): string | undefined {
  return (error.data as { error?: string }).error;
}
