import { createHmac } from "node:crypto";

/** How the bot took a request. `ms` is the time from sending it to the end of its answer. */
export type Acknowledgement =
  | {
      readonly kind: "acknowledged";
      readonly ms: number;
      readonly body: string;
    }
  | {
      readonly kind: "failed";
      readonly ms: number;
      readonly error: "operation_timeout" | "dispatch_failed";
    };

/** Slack gives up after this long (docs.slack.dev, slash commands and interactivity). */
const PATIENCE_MS = 3_000;

/** The most that an acknowledgement may weigh; a bot that streams without end must not fill the memory. */
const ACK_BYTES = 1_000_000;

/**
 * Sends what Slack sends: a form, or an event as JSON, signed as the bot checks it (docs.slack.dev, verifying requests). A bot that
 * is slow, absent or refuses is a value, not an exception.
 */
export async function dispatch(
  body: URLSearchParams | Readonly<Record<string, unknown>>,
  {
    botUrl,
    signingSecret,
    closing,
  }: { botUrl: string; signingSecret: string; closing: AbortSignal },
): Promise<Acknowledgement> {
  const isForm = body instanceof URLSearchParams;
  const text = isForm ? body.toString() : JSON.stringify(body);
  // The bot compares this with its own clock, so it is the real time even where a test sets another one.
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", signingSecret)
    .update(`v0:${timestamp}:${text}`)
    .digest("hex");
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);
  try {
    const response = await fetch(botUrl, {
      method: "POST",
      body: text,
      headers: {
        "content-type": isForm
          ? "application/x-www-form-urlencoded"
          : "application/json",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": `v0=${signature}`,
        "user-agent": "Slackbot 1.0 (phasewatch preview)",
      },
      redirect: "error",
      signal: AbortSignal.any([patience, closing]),
    });
    const answer = await response.text();
    return response.ok && answer.length <= ACK_BYTES
      ? { kind: "acknowledged", ms: elapsed(), body: answer }
      : { kind: "failed", ms: elapsed(), error: "dispatch_failed" };
  } catch {
    return {
      kind: "failed",
      ms: elapsed(),
      error: patience.aborted ? "operation_timeout" : "dispatch_failed",
    };
  }
}
