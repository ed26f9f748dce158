import { headersTimeoutOf, keepAliveMs } from "../http/http-server.ts";
import { goodbyeMs } from "../service/feeds.ts";
import type { BlockingSocket } from "./blocking-socket.ts";
import { Refusal } from "./http-head.ts";
import type { Awaiting, Source } from "./http-reader.ts";
import { continueAnswer } from "./http-writer.ts";
import type { SharedSwitchboard } from "./shared-switchboard.ts";

/** What a connection needs of its socket. */
export type ConnectedSocket = Pick<BlockingSocket, "read" | "write" | "hungUp" | "endWrites">;

/** One connection, as the thread that serves it sees it: every method may block, none for ever. */
export class Connection implements Source {
  readonly #socket: ConnectedSocket;
  readonly #slot: number;
  readonly #switchboard: SharedSwitchboard;
  readonly #requestTimeoutMs: number;
  /** A new connection has to say something soon; one that has been useful may stay silent longer. */
  #idleMs: number;
  #requestBeganAtMs = performance.now();

  constructor(
    socket: ConnectedSocket,
    slot: number,
    switchboard: SharedSwitchboard,
    requestTimeoutMs: number,
  ) {
    this.#socket = socket;
    this.#slot = slot;
    this.#switchboard = switchboard;
    this.#requestTimeoutMs = requestTimeoutMs;
    this.#idleMs = headersTimeoutOf(requestTimeoutMs);
  }

  /** Must be called before each request: the time its sender has for it begins. */
  expectRequest(): void {
    this.#requestBeganAtMs = performance.now();
  }

  read(awaiting: Awaiting): Buffer {
    if (awaiting === "request") return this.#readIdle();
    const limitMs = awaiting === "head" ? headersTimeoutOf(this.#requestTimeoutMs) : this.#requestTimeoutMs;
    const bytes = this.#socket.read(this.#requestBeganAtMs + limitMs - performance.now());
    if (bytes === undefined) throw new Refusal(408, `expected the whole ${awaiting} within ${limitMs} ms`);
    return bytes;
  }

  sendContinue(): void {
    this.write(continueAnswer);
  }

  /** Writes what belongs to an answer. A client that takes nothing of it for long is given up. */
  write(bytes: Buffer): void {
    this.#idleMs = keepAliveMs;
    this.#socket.write(bytes, this.#requestTimeoutMs);
  }

  /**
   * Writes to a subscriber, for as long as it takes: publishers see that this has not returned, and what they
   * publish meanwhile counts. `totalBytes` is what had been published when the bytes were put together. True:
   * it took too long, the subscriber has been cut off.
   */
  writeWatched(bytes: Buffer, totalBytes: number): boolean {
    const { slots } = this.#switchboard;
    slots.beginWrite(this.#slot, totalBytes);
    let cutOff = false;
    try {
      this.#socket.write(bytes, 0);
    } finally {
      cutOff = slots.endWrite(this.#slot);
    }
    return cutOff;
  }

  /** Whether the client has gone away. `drop`: it has nothing more to say, so what it says is dropped. */
  hungUp(drop: boolean): boolean {
    return this.#socket.hungUp(drop);
  }

  /**
   * Ends our side behind all that was written. When the client may still be sending, waits for it to stop:
   * a connection closed with bytes unread is reset, and the answer may be lost. Source: RFC 9112, section 9.6.
   */
  end(isSending: boolean): void {
    this.#socket.endWrites();
    if (!isSending) return;
    const giveUpAtMs = performance.now() + goodbyeMs;
    this.#whileIdle(() => {
      for (;;) {
        const bytes = this.#socket.read(giveUpAtMs - performance.now());
        if (bytes === undefined || bytes.length === 0) return;
      }
    });
  }

  /** A silent connection ends like one that the client has closed. */
  #readIdle(): Buffer {
    const bytes = this.#whileIdle(() => this.#socket.read(this.#idleMs));
    this.expectRequest();
    return bytes ?? Buffer.alloc(0);
  }

  /**
   * The main thread, when it closes the server, ends the reading side of every idle connection. It says that
   * it is closing before it looks who is idle, and this says that it is idle before it looks whether the
   * server is closing: so one of the two sees the other.
   */
  #whileIdle<Result>(wait: () => Result): Result | undefined {
    const { slots } = this.#switchboard;
    slots.setIdle(this.#slot);
    try {
      return this.#switchboard.closing ? undefined : wait();
    } finally {
      slots.setBusy(this.#slot);
    }
  }
}
