import { Agent } from "node:http";
import { io } from "socket.io-client";
import type { Client } from "../../../servers/contract.ts";

export interface SocketIoManners {
  /** In the order in which they are tried. */
  readonly transports: readonly ("polling" | "websocket")[];
  /** After so long without a connection the client gives the attempt up. */
  readonly connectTimeoutMs: number;
  /** Pause before the next attempt. */
  readonly reconnectMs: number;
}

/**
 * A client of Socket.IO. One that begins with WebSocket falls back as the documentation has it: where that is refused, the
 * next transport is tried; where an attempt times out, the next attempt begins with polling (client options,
 * `tryAllTransports` and `transports`). Once connected none comes back by itself: whether it stays so is the question.
 */
export function socketIoClient({ transports, connectTimeoutMs, reconnectMs }: SocketIoManners): Client {
  const websocketFirst = transports[0] === "websocket";
  return {
    subscribe({ http }, { after, onEvent, onEnd }) {
      let cursor = after ?? 0;
      let connected = false;
      // A browser keeps its connections from one request to the next; Socket.IO's client for Node.js does when told so.
      const agent = new Agent({ keepAlive: true });
      const socket = io(http, {
        transports: [...transports],
        tryAllTransports: websocketFirst,
        timeout: connectTimeoutMs,
        reconnectionDelay: reconnectMs,
        randomizationFactor: 0,
        auth: { after },
        forceNew: true,
        // Its types say string, its documentation and what it does with it say `http.Agent`.
        agent: agent as unknown as string,
      });
      socket.on("event", (event) => {
        cursor = event.id;
        onEvent(event);
      });
      socket.on("connect_error", () => {
        if (websocketFirst) socket.io.opts.transports = transports.toReversed();
      });
      socket.on("disconnect", (reason) => {
        socket.close();
        if (connected) onEnd(reason);
      });
      return new Promise((resolve) => {
        socket.on("hello", () => {
          connected = true;
          resolve({ cursor: () => cursor, close: () => socket.close() });
        });
      });
    },
  };
}
