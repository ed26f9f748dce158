import { type Agent, type IncomingHttpHeaders, request } from "node:http";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Absent: a connection of its own. */
  readonly agent?: Agent;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One HTTP request and its whole answer. A body goes with its length, never in chunks. */
export function ask(url: string, question: Question = {}): Promise<HttpReply> {
  const { method = "GET", headers = {}, body, agent } = question;
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, headers: { ...length, ...headers }, agent: agent ?? false },
      (response) => {
        const { statusCode: status = 0, headers } = response;
        text(response).then((body) => resolve({ status, headers, body }), reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A connection to the host and port of `http://...` or `tcp://...`, for bytes that no client would send. */
export async function connectTo(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  // What the server does to such a connection is its own affair, up to resetting it.
  socket.on("error", () => {});
  return socket;
}

/** Writes `bytes`, and gives what comes until `complete` says that it is all, or the server ends. */
export function exchange(
  socket: Socket,
  bytes: string | Uint8Array,
  complete: (received: string) => boolean = () => false,
): Promise<string> {
  return new Promise((resolve) => {
    let received = "";
    const done = () => resolve(received);
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("latin1");
      if (complete(received)) done();
    });
    socket.on("end", done);
    socket.on("close", done);
    socket.write(bytes);
  });
}

/** The bytes of a request to open a WebSocket. */
export function upgradeRequest(path: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = {
    Host: "check",
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}
