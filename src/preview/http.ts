import type { IncomingMessage, ServerResponse } from "node:http";

/** A request that is answered with a status and one sentence. */
export class HttpRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Slack's own limit is 4 MB. */
const BODY_BYTES = 4_000_000;

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Refuses what a web page elsewhere could make a browser send here: a request to a foreign name that was made to resolve to this
 * machine (DNS rebinding), and a POST from another origin.
 */
export function refuseStrangers(request: IncomingMessage, host: string): void {
  const named = request.headers.host ?? "";
  const name = named.replace(/:\d+$/, "").toLowerCase();
  if (!LOOPBACK.has(name) && name !== host.toLowerCase()) {
    throw new HttpRefusal(421, "This server answers to its local name only.");
  }
  const origin = request.headers.origin;
  const safe = request.method === "GET" || request.method === "HEAD";
  if (!safe && origin !== undefined && origin !== `http://${named}`) {
    throw new HttpRefusal(403, "Requests from another site are not accepted.");
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES) {
      throw new HttpRefusal(413, `More than ${BODY_BYTES} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The fields of a form or of a JSON object, as the content type says; null when the body is neither. */
export async function readFields(
  request: IncomingMessage,
): Promise<Record<string, unknown> | null> {
  const body = await readBody(request);
  if (!isJson(request)) return Object.fromEntries(new URLSearchParams(body));
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ...value }
      : null;
  } catch {
    return null;
  }
}

export function isJson(request: IncomingMessage): boolean {
  return /^application\/json\b/i.test(request.headers["content-type"] ?? "");
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(
    response,
    status,
    "application/json; charset=utf-8",
    JSON.stringify(value),
    headers,
  );
}

export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    "content-type": contentType,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(body);
}
