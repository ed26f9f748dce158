import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, type RequestListener, request } from "node:http";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { type Counts, count } from "../../../../bench/load/counts.ts";
import { type MiddleboxName, middleboxes } from "../../../../bench/network/middleboxes/index.ts";
import type { Address } from "../../../../bench/network/middleboxes/middlebox.ts";

/** Longer than anything takes here; a test that means a connection to be idle says so. */
const longMs = 60_000;

/** Listens until the test is over, and ends every connection with it. */
export async function listen(server: Server): Promise<Address> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
}

/** A server that echoes what it is sent after an upgrade to `echo`, refuses any other, and else does as it is told. */
export function echoServer(listener: RequestListener): Server {
  const server = createServer(listener);
  server.on("upgrade", (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    if (incoming.headers.upgrade !== "echo") {
      socket.end("HTTP/1.1 426 Upgrade Required\r\nUpgrade: echo\r\nContent-Length: 4\r\n\r\necho");
      return;
    }
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n");
    socket.write(head);
    socket.pipe(socket);
  });
  return server;
}

/** A box in front of a server, and what it did so far. */
export async function openBox(
  name: MiddleboxName,
  upstream: Address,
  { port = "http", idleMs = longMs }: { readonly port?: "http" | "other"; readonly idleMs?: number } = {},
): Promise<{ readonly address: Address; readonly deeds: Counts }> {
  const deeds: Record<string, number> = {};
  const { onHttpPort, onOtherPort } = middleboxes[name];
  const box = (port === "http" ? onHttpPort : onOtherPort)(upstream, (deed) => count(deeds, deed), {
    idleMs,
  });
  return { address: await listen(box), deeds };
}

export interface Asked {
  readonly answer: IncomingMessage;
  readonly body: () => Promise<string>;
}

/** Asks and gives the answer as soon as its head has come. */
export async function ask(
  address: Address,
  {
    body,
    ...options
  }: {
    readonly path?: string;
    readonly method?: string;
    readonly body?: string;
    readonly headers?: Record<string, string>;
  } = {},
): Promise<Asked> {
  const agent = new Agent();
  onTestFinished(() => agent.destroy());
  const outgoing = request({ ...address, ...options, agent });
  outgoing.end(body);
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  return { answer, body: () => text(answer) };
}

/** A connection on which bytes are sent as they are. */
export async function rawConnection(address: Address): Promise<Socket> {
  const socket = connect({ ...address, allowHalfOpen: true, noDelay: true });
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, "connect");
  return socket;
}

export const askForUpgrade = (protocol: string) =>
  `GET /channel HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`;

/** What comes on the connection, until it holds `wanted` so many times; rejects when it ends before that. */
export async function readUntil(socket: Socket, wanted: string, times = 1): Promise<string> {
  let read = "";
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    read += chunk.toString("latin1");
    if (read.split(wanted).length > times) return read;
  }
  throw new Error(`expected ${JSON.stringify(wanted)}, got the end after ${JSON.stringify(read)}`);
}
