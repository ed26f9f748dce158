import { connect, type Socket } from "node:net";
import { HttpAnswer } from "./http-answer.ts";

/** Every connection of the process reads into this: each read is dealt with before the next one begins. */
const readBuffer = Buffer.allocUnsafeSlow(16 * 1024);

/** Told once what a webhook came to: the status of its answer, or why there is none. */
export type Outcome = (came: number | Error) => void;

/** Whom a connection tells what becomes of it. */
export interface ConnectionListener {
  /** It may have a webhook: it has just been opened, or the one before is answered. */
  free(connection: WebhookConnection): void;
  /** It is of no use any more; told once. */
  lost(connection: WebhookConnection, why: Error): void;
}

/** A kept-alive connection to a server, with one webhook under way at most. */
export class WebhookConnection {
  readonly #listener: ConnectionListener;
  readonly #socket: Socket;
  readonly #answer = new HttpAnswer();
  /** Of the webhook that is under way. */
  #outcome: Outcome | undefined;
  /** Bytes of an answer that has not come in full. */
  #rest: Buffer | undefined;
  #isLost = false;
  #isUsed = false;

  constructor(host: string, port: number, listener: ConnectionListener) {
    this.#listener = listener;
    this.#socket = connect({
      ...{ host, port, noDelay: true },
      onread: { buffer: readBuffer, callback: (length) => this.#read(length) },
    });
    this.#socket.on("connect", () => this.#listener.free(this));
    this.#socket.on("error", (error) => this.lose(error));
    this.#socket.on("end", () => this.#end());
    this.#socket.on("close", () => this.#end());
  }

  /** Whether it has carried a webhook. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** Sends a webhook over a connection that is free. */
  send(request: Buffer, outcome: Outcome): void {
    this.#isUsed = true;
    this.#outcome = outcome;
    this.#answer.begin();
    this.#socket.write(request);
  }

  /** Gives the connection up: a webhook that is under way has failed. */
  lose(why: Error): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#socket.destroy();
    this.#settle(why);
    this.#listener.lost(this, why);
  }

  #settle(came: number | Error): void {
    const outcome = this.#outcome;
    this.#outcome = undefined;
    outcome?.(came);
  }

  #read(length: number): boolean {
    if (this.#isLost) return true;
    const rest = this.#rest;
    const bytes = rest ? Buffer.concat([rest, readBuffer.subarray(0, length)]) : readBuffer;
    const total = rest ? bytes.length : length;
    try {
      const taken = this.#answer.take(bytes, total);
      // A copy: the next read of any connection overwrites the shared bytes.
      this.#rest = taken === total ? undefined : Buffer.from(bytes.subarray(taken, total));
    } catch (error) {
      this.lose(errorOf(error));
      return true;
    }
    if (this.#answer.isWhole) this.#answered();
    return true;
  }

  /** The server has ended the connection, which may be what ends its answer. */
  #end(): void {
    if (this.#isLost) return;
    try {
      this.#answer.end();
      this.#settle(this.#answer.status);
      this.lose(new Error("expected a connection that is kept, got its end"));
    } catch (error) {
      this.lose(errorOf(error));
    }
  }

  #answered(): void {
    this.#settle(this.#answer.status);
    // RFC 9112, section 9.2: bytes that nobody asked for are no answer, and the connection is to be closed.
    if (this.#rest !== undefined) {
      this.lose(new Error(`expected one answer to a webhook, got ${this.#rest.length} bytes more`));
    } else if (!this.#answer.keepAlive)
      this.lose(new Error("expected a connection that is kept, got its last answer"));
    else this.#listener.free(this);
  }
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
