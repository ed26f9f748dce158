import type { Duplex } from "node:stream";
import { type Socket, Server as SocketIo } from "socket.io";
import type { Server } from "../contract.ts";
import { createApp } from "../http/app.ts";
import { closeHttpServer, countConnections, createHttpServer, listen } from "../http/http-server.ts";
import { refuseUpgrade, watchUpgraded } from "../http/upgrade.ts";
import { aboutOf } from "../service/answer.ts";
import { parseCursorMessage } from "../service/cursor.ts";
import { type Feed, Feeds, goodbyeMs, type Sink } from "../service/feeds.ts";
import type { Framing } from "../service/framing.ts";
import { Origins } from "../service/origin.ts";
import { startService } from "../service/start-service.ts";
import { queryOf } from "../service/target.ts";

const socketIoPath = "/socket.io/";

/** The room of the subscribers that keep up: Socket.IO encodes an event once for all of them. */
const liveRoom = "live";

/** Packets Socket.IO may hold for a subscriber before we count it as one that does not keep up. */
const maxWaitingPackets = 16;

/** Subscribers have nothing to say, so they may not say much, nor often: packets in one heartbeat. */
const maxClientMessageBytes = 1024;
const maxClientPackets = 64;

const server: Server = {
  name: "socketio",
  ioModel: "event loop",
  transport: "socketio",
  summary: "Socket.IO 4: begins with HTTP polling, upgrades to WebSocket",
  exempt: [],

  start(options) {
    return startService(aboutOf(this), options, async ({ switchboard, service }) => {
      const origins = new Origins(options);
      const http = createHttpServer(options, createApp(service));
      const upgraded = watchUpgraded(http);
      const upgrades = new Map<string, Duplex>();
      http.on("upgrade", (request, socket) => {
        const url = request.url ?? "";
        if (!url.startsWith(socketIoPath)) return refuseUpgrade(socket, 404);
        // Engine.IO, which is asked next, would answer 400 to the first upgrade of a session, and admit later ones.
        if (!origins.admits(request)) return refuseUpgrade(socket, 403, origins.refusal(request));
        const session = queryOf(url).get("sid");
        if (session === null) return;
        upgrades.set(session, socket);
        socket.on("close", () => upgrades.delete(session));
      });
      let closing = false;
      const io = new SocketIo(http, {
        path: socketIoPath,
        serveClient: false,
        allowRequest: (request, decide) => {
          if (origins.admits(request)) decide(null, !closing);
          else decide(origins.refusal(request), false);
        },
        // It costs every request something, so only where there is somebody to allow.
        ...(origins.allowed.size === 0 ? {} : { cors: { origin: [...origins.allowed] } }),
        perMessageDeflate: false,
        httpCompression: false,
        pingInterval: options.heartbeatMs,
        maxHttpBufferSize: maxClientMessageBytes,
      });
      const sessions = new Sessions(io);
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
        const sink = new SocketIoSink(socket, upgrades);
        sink.feed = feeds.open(sink, after);
        socket.on("disconnect", () => sink.feed?.close());
      });
      return {
        endpoints: { http: await listen(http, options.host, options.port) },
        usage: async () => ({ connections: await countConnections(http), cutOff: feeds.cutOff, queued: 0 }),
        close: async () => {
          closing = true;
          const endMs = performance.now() + goodbyeMs;
          feeds.closeAll("server closing");
          await sessions.closeAll();
          await closeHttpServer(http, upgraded, Math.max(0, endMs - performance.now()));
        },
      };
    });
  },
};

/** The sessions of Engine.IO, the layer below Socket.IO. */
class Sessions {
  readonly #open = new Set<Session>();
  #onEmpty = () => {};

  constructor(io: SocketIo) {
    io.engine.on("connection", (session: Session) => {
      this.#open.add(session);
      let heard = 0;
      session.on("packet", () => {
        heard++;
        if (heard > maxClientPackets) session.close(true);
      });
      session.on("packetCreate", ({ type }: { readonly type: string }) => {
        if (type === "ping") heard = 0;
      });
      // By itself it waits 30 s for a subscriber that polls to fetch its farewell, which may have left by then.
      Reflect.set(session.transport, "closeTimeout", goodbyeMs);
      session.on("close", () => {
        this.#open.delete(session);
        if (this.#open.size === 0) this.#onEmpty();
      });
    });
  }

  /**
   * Ends each session once it has taken what waits for it, by force when `goodbyeMs` are over. A session that
   * polls takes it with its next request, on a new connection: the server must go on accepting until then.
   */
  async closeAll(): Promise<void> {
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    for (const session of this.#open) session.close();
    if (this.#open.size === 0) return;
    const force = setTimeout(() => {
      for (const session of this.#open) session.close(true);
    }, goodbyeMs);
    await empty;
    clearTimeout(force);
  }
}

type Session = Socket["conn"];

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
  readonly #upgrades: ReadonlyMap<string, Duplex>;
  #waitingPackets = 0;

  /** `upgrades`: the connections that sessions have opened to leave polling, by session. */
  constructor(socket: Socket, upgrades: ReadonlyMap<string, Duplex>) {
    this.socket = socket;
    this.#upgrades = upgrades;
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

  /** Socket.IO sends what waits before it closes, and by itself would wait over a minute for that. */
  end([name, value]: Emission): void {
    const { conn } = this.socket;
    this.socket.emit(name, value);
    this.socket.disconnect(true);
    const force = setTimeout(() => {
      conn.close(true);
      // Its connections too: the one it began with, and the one of an upgrade, complete or not.
      conn.request.socket.destroy();
      this.#upgrades.get(sessionId(conn))?.destroy();
    }, goodbyeMs);
    conn.on("close", () => clearTimeout(force));
  }
}

/** Engine.IO documents `id`, the `sid` of every request of the session, but its types keep it private. */
function sessionId(session: Session): string {
  return String(Reflect.get(session, "id"));
}

export default server;
