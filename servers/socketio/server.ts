import type { Duplex } from "node:stream";
import { type Socket, Server as SocketIo } from "socket.io";
import type { Server } from "../contract.ts";
import { createApp } from "../http/app.ts";
import { closeHttpServer, countConnections, createHttpServer, listen } from "../http/http-server.ts";
import { createService } from "../service/create-service.ts";
import { parseCursorMessage } from "../service/cursor.ts";
import { type Feed, Feeds, type Sink } from "../service/feeds.ts";
import type { Framing } from "../service/framing.ts";

/** The room of the subscribers that keep up: Socket.IO encodes an event once for all of them. */
const liveRoom = "live";

/** Packets Socket.IO may hold for a subscriber before we count it as one that does not keep up. */
const maxWaitingPackets = 16;

const maxClientMessageBytes = 1024;

const server: Server = {
  name: "socketio",
  ioModel: "event loop",
  transport: "socketio",
  summary: "Socket.IO 4: begins with HTTP polling, upgrades to WebSocket",
  exempt: [],

  async start(options) {
    const { switchboard, service } = createService(this.name, options);
    const http = createHttpServer(createApp(service));
    const upgraded = new Set<Duplex>();
    http.on("upgrade", (_request, socket) => {
      upgraded.add(socket);
      socket.on("close", () => upgraded.delete(socket));
    });
    const io = new SocketIo(http, {
      serveClient: false,
      perMessageDeflate: false,
      httpCompression: false,
      pingInterval: options.heartbeatMs,
      maxHttpBufferSize: maxClientMessageBytes,
    });
    const feeds = new Feeds<Emission, SocketIoSink>(switchboard, emissions, {
      send: ([name, value]) => io.to(liveRoom).emit(name, value),
      flushed: (sink) => sink.flushed,
      join: (sink) => void sink.socket.join(liveRoom),
      leave: (sink) => void sink.socket.leave(liveRoom),
    });
    io.use((socket, next) => {
      try {
        socket.data = parseCursorMessage(JSON.stringify(socket.handshake.auth));
        next();
      } catch (error) {
        next(error instanceof Error ? error : new Error(String(error)));
      }
    });
    io.on("connection", (socket) => {
      const after: number | undefined = socket.data;
      const sink = new SocketIoSink(socket);
      sink.feed = feeds.open(sink, after);
      socket.on("disconnect", () => sink.feed?.close());
    });
    return {
      endpoints: { http: await listen(http, options.host, options.port) },
      usage: async () => ({ connections: await countConnections(http), cutOff: feeds.cutOff, queued: 0 }),
      close: () => {
        feeds.closeAll("server closing");
        io.engine.close();
        return closeHttpServer(http, upgraded);
      },
    };
  },
};

/** What Socket.IO sends: an event's name and its value. */
type Emission = readonly [name: "hello" | "event" | "gap" | "bye", value: unknown];

const emissions: Framing<Emission> = {
  hello: (cursor) => ["hello", { cursor }],
  event: (_id, json) => ["event", JSON.parse(json.toString())],
  gap: (gap) => ["gap", gap],
  bye: (reason) => ["bye", { reason }],
};

class SocketIoSink implements Sink<Emission> {
  feed: Feed<Emission, SocketIoSink> | undefined;
  readonly socket: Socket;
  #waitingPackets = 0;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.conn.on("packetCreate", () => {
      this.#waitingPackets++;
    });
    socket.conn.on("drain", () => {
      this.#waitingPackets = 0;
      this.feed?.drained();
    });
  }

  get flushed(): boolean {
    return this.#waitingPackets <= maxWaitingPackets;
  }

  write([name, value]: Emission): boolean {
    this.socket.emit(name, value);
    return this.flushed;
  }

  /** Socket.IO sends what waits before it closes, and gives an unresponsive subscriber up after 30 s. */
  end([name, value]: Emission): void {
    this.socket.emit(name, value);
    this.socket.disconnect(true);
  }
}

export default server;
