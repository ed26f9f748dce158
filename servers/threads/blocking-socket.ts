import { readSync, writeSync } from "node:fs";
import { look, setBlocking, setReadTimeout, setWriteTimeout, shutDown } from "./libc.ts";

/** The peer is gone, or takes nothing: the normal end of many a connection, and no reason for a log line. */
export class Disconnected extends Error {
  override name = "Disconnected";
}

const readBytes = 16 * 1024;

/** How many looks a peer that sends what nobody wants gets at once. */
const maxDrops = 64;

/** A connected socket whose reads and writes block the thread. It only borrows its descriptor. */
export class BlockingSocket {
  readonly #fd: number;
  readonly #buffer = Buffer.allocUnsafe(readBytes);
  #readTimeoutMs = 0;
  #writeTimeoutMs = 0;

  constructor(fd: number) {
    this.#fd = fd;
    setBlocking(fd);
  }

  /**
   * Waits for bytes, for at most `timeoutMs`. Empty: the peer will send no more. Undefined: nothing came in
   * time. Throws `Disconnected` when the connection broke.
   */
  read(timeoutMs: number): Buffer | undefined {
    if (timeoutMs <= 0) return undefined;
    // 0 would mean for ever.
    const wholeMs = Math.max(1, Math.ceil(timeoutMs));
    if (wholeMs !== this.#readTimeoutMs) setReadTimeout(this.#fd, wholeMs);
    this.#readTimeoutMs = wholeMs;
    const count = this.#untilDone(() => readSync(this.#fd, this.#buffer));
    return count === undefined ? undefined : Buffer.from(this.#buffer.subarray(0, count));
  }

  /**
   * Writes all of `bytes`. Throws `Disconnected` when the peer is gone, or takes nothing for `timeoutMs`;
   * 0: waits for ever.
   */
  write(bytes: Buffer, timeoutMs: number): void {
    if (timeoutMs !== this.#writeTimeoutMs) setWriteTimeout(this.#fd, timeoutMs);
    this.#writeTimeoutMs = timeoutMs;
    for (let done = 0; done < bytes.length; ) {
      const count = this.#untilDone(() => writeSync(this.#fd, bytes, done));
      if (count === undefined) throw new Disconnected(`the peer has taken nothing for ${timeoutMs} ms`);
      done += count;
    }
  }

  /** Whether the peer has ended its side, without waiting. What it sent is dropped when `drop` is set. */
  hungUp(drop: boolean): boolean {
    let found = look(this.#fd, drop);
    // A peer that never stops sending must not hold the thread here.
    for (let left = maxDrops; drop && found === "bytes" && left > 0; left--) found = look(this.#fd, drop);
    return found === "end";
  }

  /** Sends the peer the end of our side, behind all that was written. */
  endWrites(): void {
    shutDown(this.#fd, "write");
  }

  /** The result of a system call, repeated while a signal interrupts it; undefined when its time is over. */
  #untilDone(call: () => number): number | undefined {
    for (;;) {
      try {
        return call();
      } catch (error) {
        const code = error instanceof Error && "code" in error ? error.code : undefined;
        if (code === "EINTR") continue;
        if (code === "EAGAIN") return undefined;
        if (code === "EPIPE" || code === "ECONNRESET" || code === "ETIMEDOUT") throw new Disconnected(code);
        throw error;
      }
    }
  }
}
