import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";
import { portOf } from "../support/portOf.ts";

/** As much of Slack as an app in Socket Mode needs: two methods, a WebSocket, and a `response_url`. */
export interface SocketModeSlack extends AsyncDisposable {
  readonly apiUrl: string;
  /** Sends a slash command and resolves with what the app posts to its `response_url`. */
  command(text: string): Promise<string>;
}

/** @param appToken the one that is accepted */
export async function socketModeSlack(
  appToken: string,
): Promise<SocketModeSlack> {
  let url = "";
  const connected = Promise.withResolvers<Duplex>();
  let answered = Promise.withResolvers<string>();

  const answer = async (request: IncomingMessage): Promise<object> => {
    const { authorization } = request.headers;
    const body = await text(request);
    switch (request.url) {
      case "/api/auth.test":
        return { ok: true, bot_id: "B0TEST", user_id: "U0TEST" };
      case "/api/apps.connections.open":
        return authorization === `Bearer ${appToken}`
          ? { ok: true, url: url.replace("http", "ws") }
          : { ok: false, error: "invalid_auth" };
      default:
        answered.resolve(body);
        return { ok: true };
    }
  };
  const respond = async (
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    const body = JSON.stringify(await answer(request));
    response.setHeader("content-type", "application/json");
    response.end(body);
  };
  const server = createServer((request, response) => {
    void respond(request, response);
  });
  // https://www.rfc-editor.org/rfc/rfc6455: the handshake, and frames of text that no server masks.
  server.on("upgrade", (request, socket) => {
    const accept = createHash("sha1")
      .update(
        `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`,
      )
      .digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on("data", (frame: Buffer) => {
      const isClose = ((frame[0] ?? 0) & 0x0f) === 0x8;
      if (isClose) socket.end(Buffer.from([0x88, 0x00]));
    });
    socket.on("error", () => socket.destroy());
    sendFrame(socket, { type: "hello", num_connections: 1 });
    connected.resolve(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${portOf(server)}`;

  return {
    apiUrl: `${url}/api/`,
    command: async (typed) => {
      const socket = await connected.promise;
      answered = Promise.withResolvers();
      sendFrame(socket, {
        type: "slash_commands",
        envelope_id: "e1",
        accepts_response_payload: true,
        payload: {
          command: "/coverage",
          text: typed,
          channel_id: "C0QUALITY",
          user_id: "U0YOU",
          team_id: "T0TEST",
          response_url: `${url}/respond`,
        },
      });
      return answered.promise;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function sendFrame(socket: Duplex, message: object): void {
  const payload = Buffer.from(JSON.stringify(message));
  const header = Buffer.from([0x81, 126, 0, 0]);
  header.writeUInt16BE(payload.length, 2);
  socket.write(Buffer.concat([header, payload]));
}
