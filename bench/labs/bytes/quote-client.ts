import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket, type TcpNetConnectOpts } from "node:net";
import { newKey, readUpgrade, upgradeRequest } from "../../load/lean/websocket-handshake.ts";
import { type ArmName, armOf } from "./arms.ts";
import { ofToday } from "./header-blocks.ts";
import { QuoteCount, quote } from "./quote.ts";

/** One client of the quote. */
export interface QuoteClient {
  /** Asks for a quote; of those that are sent them without, does nothing. */
  ask(): void;
}

export interface ClientOrder {
  readonly arm: ArmName;
  readonly port: number;
  /** Source address of its connections, so that many clients do not run out of ports. */
  readonly localAddress: string | undefined;
  onQuote(): void;
  /** Something went wrong with it; may be said more than once. */
  onFault(reason: string): void;
}

const host = "127.0.0.1";

/** Connects a client in the way of `arm`; it is ready for quotes then. */
export async function connectClient(order: ClientOrder): Promise<QuoteClient> {
  const { blocks, pacedBy, closes = false } = armOf(order.arm);
  if (blocks !== undefined && closes) return { ask: () => askOnce(order, blocks.request) };
  if (blocks !== undefined) {
    const socket = await connected(order, () => {
      // Comet: who has been answered asks again at once.
      if (pacedBy === "server") socket.write(blocks.request);
    });
    if (pacedBy === "server") socket.write(blocks.request);
    return { ask: () => socket.write(blocks.request) };
  }
  const connecting = waiting[order.arm];
  if (connecting === undefined) throw new Error(`expected an arm that has a client, got ${order.arm}`);
  return connecting(order);
}

const waiting: Partial<Record<ArmName, (order: ClientOrder) => Promise<QuoteClient>>> = {
  "poll-h2": http2,
  streaming: async (order) => {
    const socket = await connected(order);
    socket.write(ofToday.request);
    return waits;
  },
  ws: webSocket,
  socketio: socketIo,
  tcp: async (order) => {
    await connected(order);
    return waits;
  },
};

/** Nothing to ask: it waits for what it is sent. */
const waits: QuoteClient = { ask: () => {} };

function where({ port, localAddress }: ClientOrder): TcpNetConnectOpts {
  return { host, port, noDelay: true, ...(localAddress === undefined ? {} : { localAddress }) };
}

/** A socket whose quotes are counted, once it is connected; `then` is called after each of them. */
async function connected(order: ClientOrder, then = () => {}): Promise<Socket> {
  const socket = connect(where(order));
  const count = new QuoteCount(() => {
    order.onQuote();
    then();
  });
  socket.on("data", (chunk) => count.push(chunk));
  socket.on("end", () => order.onFault("the server closed a connection"));
  await once(socket, "connect");
  socket.on("error", (error) => order.onFault(error.message));
  return socket;
}

function askOnce(order: ClientOrder, request: string): void {
  const socket = connect(where(order));
  const count = new QuoteCount(() => order.onQuote());
  socket.on("data", (chunk) => count.push(chunk));
  socket.on("error", (error) => order.onFault(error.message));
  socket.write(request);
}

/** No more than the handshake, as the server has nothing but quotes to say: the ws package takes a millisecond to connect. */
async function webSocket(order: ClientOrder): Promise<QuoteClient> {
  const socket = await connected(order);
  const key = newKey();
  socket.write(upgradeRequest(`${host}:${order.port}`, "/", key));
  await new Promise<void>((resolve, reject) => {
    let head = Buffer.alloc(0);
    socket.on("data", function answered(chunk: Buffer) {
      head = Buffer.concat([head, chunk]);
      try {
        if (readUpgrade(head, head.length, key) === 0) return;
        resolve();
      } catch (error) {
        reject(error);
      }
      socket.off("data", answered);
    });
  });
  return waits;
}

async function socketIo(order: ClientOrder): Promise<QuoteClient> {
  const { io } = await import("socket.io-client");
  const { localAddress } = order;
  const socket = io(`http://${host}:${order.port}`, {
    ...{ transports: ["websocket"], forceNew: true, reconnection: false },
    ...(localAddress === undefined ? {} : { localAddress }),
  });
  socket.on("quote", (text) => {
    if (text === quote) order.onQuote();
  });
  socket.on("disconnect", (reason) => order.onFault(reason));
  await new Promise<void>((resolve, reject) => {
    socket.on("connect", resolve);
    socket.on("connect_error", reject);
  });
  return waits;
}

async function http2(order: ClientOrder): Promise<QuoteClient> {
  const session = connectHttp2(`http://${host}:${order.port}`, {
    createConnection: () => connect(where(order)),
  });
  session.on("error", (error) => order.onFault(error.message));
  await once(session, "connect");
  // A browser's request, its lines as fields: names in lower case, without those that are HTTP/1.1's own.
  const [, ...lines] = ofToday.request.trimEnd().split("\r\n");
  const fields = lines
    .map((line) => line.split(/: (.*)/s, 2))
    .map(([name = "", value = ""]) => [name.toLowerCase(), value])
    .filter(([name]) => name !== "host" && name !== "connection");
  const headers = {
    ":authority": "www.example.com",
    ":path": "/quotes/next?symbol=EXMPL",
    ...Object.fromEntries(fields),
  };
  return {
    ask: () => {
      const count = new QuoteCount(() => order.onQuote());
      const stream = session.request(headers);
      stream.on("data", (chunk: Buffer) => count.push(chunk));
      stream.on("error", (error) => order.onFault(error.message));
    },
  };
}
