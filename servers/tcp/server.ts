import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import type { Server } from "../contract.ts";
import { addressOf } from "../http/address.ts";
import { createApp } from "../http/app.ts";
import {
  closeHttpServer,
  countConnections,
  createHttpServer,
  headersTimeoutOf,
  listen,
  listenBacklog,
  portOf,
} from "../http/http-server.ts";
import { SseEndpoint } from "../http/sse.ts";
import { aboutOf } from "../service/answer.ts";
import { parseCursorMessage } from "../service/cursor.ts";
import { type Feed, Feeds, goodbyeMs, type Sink } from "../service/feeds.ts";
import { type Framing, messageFraming } from "../service/framing.ts";
import { startService } from "../service/start-service.ts";
import { NulFrames, nul } from "./frames.ts";
import { policyFile, policyRequest } from "./policy.ts";

const maxClientMessageBytes = 1024;

const server: Server = {
  name: "tcp",
  ioModel: "event loop",
  transport: "tcp",
  summary: "raw TCP on a port of its own, each JSON message ended by a NUL byte",
  exempt: [],

  start(options) {
    return startService(aboutOf(this), options, async ({ switchboard, service }) => {
      const feeds = new Feeds(switchboard, nulFraming);
      const sockets = new Set<Socket>();
      const tcp = createServer(
        { noDelay: true, keepAlive: true, keepAliveInitialDelay: options.heartbeatMs },
        (socket) => {
          sockets.add(socket);
          socket.on("close", () => sockets.delete(socket));
          greet(socket, feeds, options.tcpPort || portOf(tcp), headersTimeoutOf(options.requestTimeoutMs));
        },
      );
      // For the dashboard: browsers cannot open TCP.
      const sse = new SseEndpoint(switchboard, options.heartbeatMs);
      const app = createApp(service, (routes) => {
        routes.all("/events/stream", (request, response) => sse.handle(request, response));
      });
      const http = createHttpServer(options, app);
      const httpUrl = await listen(http, options.host, options.port);
      tcp.listen({ host: options.host, port: options.tcpPort, backlog: listenBacklog });
      try {
        await once(tcp, "listening");
      } catch (error) {
        sse.close();
        await closeHttpServer(http);
        throw error;
      }
      return {
        endpoints: { http: httpUrl, tcp: addressOf("tcp", options.host, portOf(tcp)) },
        usage: async () => ({
          connections: sockets.size + (await countConnections(http)),
          cutOff: feeds.cutOff + sse.feeds.cutOff,
          queued: 0,
        }),
        close: async () => {
          const closed = new Promise<void>((resolve) => tcp.close(() => resolve()));
          feeds.closeAll("server closing");
          sse.close();
          const force = setTimeout(() => {
            for (const socket of sockets) socket.destroy();
          }, goodbyeMs);
          await Promise.all([closed, closeHttpServer(http)]);
          clearTimeout(force);
        },
      };
    });
  },
};

const nulFraming: Framing<Buffer> = {
  hello: (cursor) => Buffer.concat([messageFraming.hello(cursor), nul]),
  event: (id, json) => Buffer.concat([messageFraming.event(id, json), nul]),
  gap: (gap) => Buffer.concat([messageFraming.gap(gap), nul]),
  bye: (reason) => Buffer.concat([messageFraming.bye(reason), nul]),
};

/** Waits for the first message of a connection, for at most `timeoutMs`, and does what it asks for. */
function greet(socket: Socket, feeds: Feeds<Buffer>, port: number, timeoutMs: number): void {
  const frames = new NulFrames(maxClientMessageBytes);
  // Not the socket's own timeout, which each byte would put off.
  const timeout = setTimeout(() => socket.destroy(), timeoutMs);
  socket.on("close", () => clearTimeout(timeout));
  socket.on("error", () => socket.destroy());
  socket.on("data", function first(chunk: Buffer) {
    try {
      const message = frames.push(chunk).next();
      if (message.done) return;
      socket.off("data", first);
      clearTimeout(timeout);
      const text = message.value.toString();
      if (text === policyRequest) hangUp(socket, policyFile(port));
      else subscribe(socket, feeds, parseCursorMessage(text));
    } catch (error) {
      socket.off("data", first);
      hangUp(
        socket,
        `${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\0`,
      );
      socket.resume();
    }
  });
}

function subscribe(socket: Socket, feeds: Feeds<Buffer>, after: number | undefined): void {
  const sink = new TcpSink(socket);
  sink.feed = feeds.open(sink, after);
  socket.on("close", () => sink.feed?.close());
  // Whatever else the subscriber sends is read and dropped, so that its end of the connection is seen.
  socket.resume();
}

/** Ends the connection behind `last`; by force when the other side does not end its own. */
function hangUp(socket: Socket, last: string | Buffer): void {
  socket.end(last);
  const force = setTimeout(() => socket.destroy(), goodbyeMs);
  socket.on("close", () => clearTimeout(force));
}

class TcpSink implements Sink<Buffer> {
  feed: Feed<Buffer> | undefined;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  write(frame: Buffer): boolean {
    if (this.#socket.write(frame)) return true;
    if (this.#socket.listenerCount("drain") === 0) this.#socket.once("drain", () => this.feed?.drained());
    return false;
  }

  end(bye: Buffer): void {
    hangUp(this.#socket, bye);
  }
}

export default server;
