import type { Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { EndReason, Server } from "../contract.ts";
import { createApp } from "../http/app.ts";
import { closeHttpServer, countConnections, createHttpServer, listen } from "../http/http-server.ts";
import { refuseUpgrade, watchUpgraded } from "../http/upgrade.ts";
import { aboutOf } from "../service/answer.ts";
import { parseAfter } from "../service/cursor.ts";
import { type Feed, Feeds, goodbyeMs, type Sink } from "../service/feeds.ts";
import { messageFraming } from "../service/framing.ts";
import { Heartbeat } from "../service/heartbeat.ts";
import { Origins } from "../service/origin.ts";
import { startService } from "../service/start-service.ts";
import { pathOf, queryOf } from "../service/target.ts";

/** Subscribers have nothing to say, so they may not say much, nor often: messages, pings and pongs in one heartbeat. */
const maxClientMessageBytes = 1024;
const maxClientMessages = 64;

const server: Server = {
  name: "ws",
  ioModel: "event loop",
  transport: "ws",
  summary: "WebSocket by the ws package, compression off",
  exempt: [],

  start(options) {
    return startService(aboutOf(this), options, async ({ switchboard, service }) => {
      const feeds = new Feeds(switchboard, messageFraming);
      const heartbeat = new Heartbeat<WsSink>(options.heartbeatMs, (sink) => sink.beat());
      const webSockets = new WebSocketServer({
        noServer: true,
        clientTracking: false,
        perMessageDeflate: false,
        maxPayload: maxClientMessageBytes,
      });
      const origins = new Origins(options);
      const http = createHttpServer(options, createApp(service));
      const upgraded = watchUpgraded(http);
      http.on("upgrade", (request, socket, head) => {
        if (pathOf(request.url ?? "") !== "/events/ws") return refuseUpgrade(socket, 404);
        if (!origins.admits(request)) return refuseUpgrade(socket, 403, origins.refusal(request));
        let after: number | undefined;
        try {
          after = parseAfter(queryOf(request.url ?? ""));
        } catch (error) {
          return refuseUpgrade(socket, 400, error instanceof Error ? error.message : undefined);
        }
        webSockets.handleUpgrade(request, socket, head, (webSocket) => {
          const sink = new WsSink(webSocket, request.socket, heartbeat);
          sink.feed = feeds.open(sink, after);
        });
      });
      return {
        endpoints: { http: await listen(http, options.host, options.port) },
        usage: async () => ({ connections: await countConnections(http), cutOff: feeds.cutOff, queued: 0 }),
        close: () => {
          heartbeat.stop();
          feeds.closeAll("server closing");
          return closeHttpServer(http, upgraded);
        },
      };
    });
  },
};

/** Close codes of RFC 6455, section 7.4.1. */
const policyViolation = 1008;
const closeCodes: Record<EndReason, number> = {
  "slow subscriber": policyViolation,
  "server closing": 1001,
};

class WsSink implements Sink<Buffer> {
  feed: Feed<Buffer> | undefined;
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;
  #answeredPing = true;
  #heard = 0;

  constructor(webSocket: WebSocket, socket: Socket, heartbeat: Heartbeat<WsSink>) {
    this.#webSocket = webSocket;
    this.#socket = socket;
    heartbeat.add(this);
    webSocket.on("pong", () => {
      this.#answeredPing = true;
      this.#hear();
    });
    webSocket.on("ping", () => this.#hear());
    webSocket.on("message", () => this.#hear());
    webSocket.on("close", () => {
      heartbeat.delete(this);
      this.feed?.close();
    });
    // After an error, such as a message too large, ws closes the connection itself.
    webSocket.on("error", () => {});
  }

  write(frame: Buffer): boolean {
    this.#webSocket.send(frame, { binary: false });
    if (!this.#socket.writableNeedDrain) return true;
    if (this.#socket.listenerCount("drain") === 0) this.#socket.once("drain", () => this.feed?.drained());
    return false;
  }

  /** The reason goes in the close frame, so that no message is needed for it. */
  end(_bye: Buffer, reason: EndReason): void {
    this.#webSocket.close(closeCodes[reason], reason);
    const force = setTimeout(() => this.#webSocket.terminate(), goodbyeMs);
    this.#webSocket.on("close", () => clearTimeout(force));
  }

  beat(): void {
    if (this.#answeredPing) this.#webSocket.ping();
    else this.#webSocket.terminate();
    this.#answeredPing = false;
    this.#heard = 0;
  }

  /** One that talks without end is no subscriber. */
  #hear(): void {
    this.#heard++;
    if (this.#heard === maxClientMessages) this.#webSocket.close(policyViolation, "talkative subscriber");
    // It is still talking: nothing more is read, not even its answer to the close.
    else if (this.#heard > 2 * maxClientMessages) this.#webSocket.terminate();
  }
}

export default server;
