import { createServer as createHttpServer, type ServerResponse } from "node:http";
import { constants, createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type ArmName, armOf } from "./arms.ts";
import type { HeaderBlocks } from "./header-blocks.ts";
import { quote, quoteBytes } from "./quote.ts";

const host = "127.0.0.1";

/** Connections the kernel may hold until they are accepted. */
const backlog = 4096;

/** Sends the quote to one client. */
type Send = () => void;

/**
 * A server of the quote: to who asks for it, and over some transports to who waits for it. Packages are loaded by the arms
 * that take them, as that is half of what starting a process takes.
 */
export class QuoteServer {
  readonly #clients: Send[] = [];
  #onClient = () => {};

  /** Listens, in the way of `arm`; gives the port. */
  async listen(arm: ArmName): Promise<number> {
    const { blocks, pacedBy, closes = false } = armOf(arm);
    if (blocks !== undefined)
      return this.#port(pacedBy === "client" ? answering(blocks, closes) : this.#holding(blocks));
    switch (arm) {
      case "poll-h2":
        return this.#port(answeringHttp2());
      case "streaming":
        return this.#port(this.#streaming());
      case "ws":
        return this.#port(await this.#webSocket());
      case "socketio":
        return this.#port(await this.#socketIo());
      case "tcp":
        return this.#port(this.#tcp());
      default:
        throw new Error(`expected an arm that has a server, got ${arm}`);
    }
  }

  /** Resolves when so many clients wait for quotes. */
  awaitClients(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#onClient = () => {
        if (this.#clients.length >= count) resolve();
      };
      this.#onClient();
    });
  }

  /** Sends the quote to the client that came as number `index`, from 0. */
  push(index: number): void {
    this.#clients[index]?.();
  }

  #add(send: Send): void {
    this.#clients.push(send);
    this.#onClient();
  }

  #port(server: Server): Promise<number> {
    return new Promise((resolve, reject) => {
      server.on("error", reject);
      server.listen({ host, port: 0, backlog }, () => resolve((server.address() as AddressInfo).port));
    });
  }

  /** Comet: a request is answered when there is a quote for its client, who asks again at once. */
  #holding({ response }: HeaderBlocks): Server {
    const answer = response + quote;
    return createServer({ noDelay: true }, (socket) => {
      let held = 0;
      // Quotes that came while their client had not asked again.
      let due = 0;
      onRequests(socket, () => {
        if (due === 0) held++;
        else {
          due--;
          socket.write(answer);
        }
      });
      this.#add(() => {
        if (held === 0) due++;
        else {
          held--;
          socket.write(answer);
        }
      });
    });
  }

  #streaming(): Server {
    return createHttpServer({ noDelay: true }, (_request, response: ServerResponse) => {
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      response.flushHeaders();
      this.#add(() => response.write(`data: ${quote}\n\n`));
    });
  }

  async #webSocket(): Promise<Server> {
    const { WebSocketServer } = await import("ws");
    const http = createHttpServer({ noDelay: true });
    const webSockets = new WebSocketServer({ server: http, perMessageDeflate: false, clientTracking: false });
    webSockets.on("connection", (webSocket) => this.#add(() => webSocket.send(quote)));
    return http;
  }

  async #socketIo(): Promise<Server> {
    const { Server: SocketIo } = await import("socket.io");
    const http = createHttpServer({ noDelay: true });
    const io = new SocketIo(http, {
      serveClient: false,
      perMessageDeflate: false,
      transports: ["websocket"],
    });
    io.on("connection", (socket) => this.#add(() => socket.emit("quote", quote)));
    return http;
  }

  #tcp(): Server {
    return createServer({ noDelay: true }, (socket) => {
      socket.on("error", () => socket.destroy());
      socket.resume();
      this.#add(() => socket.write(`${quote}\0`));
    });
  }
}

/** Answers each request with the block and the quote. */
function answering({ response }: HeaderBlocks, closes: boolean): Server {
  const answer = response + quote;
  return createServer({ noDelay: true }, (socket) => {
    onRequests(socket, () => (closes ? socket.end(answer) : socket.write(answer)));
  });
}

/** Calls back for every request without a body that has come in full; a client asks one at a time. */
function onRequests(socket: Socket, onRequest: () => void): void {
  let head = "";
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    head += chunk.toString("latin1");
    if (!head.endsWith("\r\n\r\n")) return;
    head = "";
    onRequest();
  });
}

/** HPACK sends again what has changed, so that the date is: with a message a second, each answer has another one. */
function answeringHttp2(): Server {
  const server = createHttp2Server();
  let seconds = 0;
  server.on("stream", (stream) => {
    stream.respond({
      [constants.HTTP2_HEADER_STATUS]: 200,
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "content-length": quoteBytes,
      date: new Date(Date.UTC(2026, 10, 7, 12) + seconds++ * 1_000).toUTCString(),
    });
    stream.end(quote);
  });
  return server;
}
