import { connect, type Socket } from "node:net";
import type { DelayedLink, Direction } from "./delayed-link.ts";

/** Where a carried connection leads, and from where. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
  /** Source address; absent: the system's choice. */
  readonly localAddress?: string;
}

export interface Carrier {
  readonly link: DelayedLink;
  /** Bytes that one direction of a connection may have under way, before its source is read no more. */
  readonly windowBytes: number;
  /** Called with `connect ECONNREFUSED` or the like when the server's side could not be connected. */
  onFailure(reason: string): void;
  /** Called once for each of the two sockets, when it is closed. */
  onClose(): void;
}

/**
 * All connections to servers are read into this, and each chunk copied out of it: no connection needs a buffer
 * of its own. A chunk is carried as a whole, so this also bounds how long it holds the link from others.
 */
const readBuffer = Buffer.allocUnsafe(16 * 1024);

/**
 * Carries a connection that a client has made, which comes paused and half-open, over the link.
 *
 * The client's own connect was instant. What it should have taken is made up for: nothing is read from it for one
 * round trip, as it could not have sent before; and the server gets the connection when the end of the handshake
 * reaches it, half a round trip later. End and reset travel like bytes, behind them.
 *
 * Two things are not as on a wire. A server that refuses is asked when the handshake would be over, so the client
 * knows after two round trips, not one. A reset that comes together with bytes is seen as an end, and one
 * that comes behind an end is seen at the next write: libuv tells it so.
 */
export function carryConnection(accepted: Socket, upstream: Upstream, carrier: Carrier): void {
  const toServer = new Way(accepted, "toServer", carrier);
  carrier.link.setUp(() => {
    carrier.link.carry("toServer", 0, () => {
      const server = connectUpstream(accepted, upstream, carrier);
      toServer.leadTo(server);
    });
    // What the client has sent leaves now.
    accepted.on("data", (chunk) => toServer.enter(chunk));
    accepted.resume();
  });
}

function connectUpstream(accepted: Socket, upstream: Upstream, carrier: Carrier): Socket {
  const server = connect({
    ...upstream,
    noDelay: true,
    allowHalfOpen: true,
    onread: {
      buffer: readBuffer,
      callback: (bytes, buffer) => {
        toClient.enter(Buffer.from(buffer.subarray(0, bytes)));
        return true;
      },
    },
  });
  const toClient = new Way(server, "toClient", carrier);
  toClient.leadTo(accepted);
  return server;
}

/** One direction of a connection. */
class Way {
  readonly #source: Socket;
  readonly #direction: Direction;
  readonly #carrier: Carrier;
  #destination: Socket | undefined;
  /** On the link. */
  #bytes = 0;

  constructor(source: Socket, direction: Direction, carrier: Carrier) {
    this.#source = source;
    this.#direction = direction;
    this.#carrier = carrier;
    source.on("end", () => this.#carry(0, (destination) => destination.end()));
    source.on("error", (error) => {
      if ("syscall" in error && "code" in error && (error.syscall === "connect" || error.syscall === "bind"))
        carrier.onFailure(`${error.syscall} ${error.code}`);
      this.#carry(0, (destination) => destination.resetAndDestroy());
    });
    source.on("close", carrier.onClose);
  }

  leadTo(destination: Socket): void {
    this.#destination = destination;
    destination.on("drain", () => this.#readOn());
  }

  enter(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#carry(chunk.length, (destination) => {
      this.#bytes -= chunk.length;
      destination.write(chunk);
      this.#readOn();
    });
    if (!this.#hasRoom) this.#source.pause();
  }

  /** Does to the destination what came to the source, in its time; nothing, when the destination is gone by then. */
  #carry(bytes: number, arrive: (destination: Socket) => void): void {
    this.#carrier.link.carry(this.#direction, bytes, () => {
      const destination = this.#destination;
      if (destination !== undefined && !destination.destroyed) arrive(destination);
    });
  }

  /** What the destination has not taken yet counts too: a client that does not read stops its server. */
  get #hasRoom(): boolean {
    return this.#bytes + (this.#destination?.writableLength ?? 0) < this.#carrier.windowBytes;
  }

  #readOn(): void {
    if (this.#source.isPaused() && this.#hasRoom) this.#source.resume();
  }
}
