import { connect, type Socket } from "node:net";
import type { Event, SubscribeOptions, Subscription } from "../../../servers/contract.ts";
import { LastMessages, type Notice } from "./last-messages.ts";

/** Longest message a server may send: an event of 64 KiB of JSON can grow when it is written again. */
export const maxMessageBytes = 1024 * 1024;

/** Every socket of the process reads into this: each read is dealt with before the next one begins. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);

const lastMessages = new LastMessages();

/** How the promise of `subscribe` is settled; forgotten once it is. */
interface Settle {
  resolve(subscription: Subscription): void;
  reject(error: Error): void;
}

/**
 * A subscriber that is a socket, a cursor and little else, so that one process can hold many of them. It has the
 * manners of the client that users have: `hello` opens the subscription, `gap` moves the cursor, and a `bye`
 * says more about the end than the connection does.
 */
export abstract class LeanSubscriber implements Subscription {
  readonly #options: SubscribeOptions;
  readonly #socket: Socket;
  #state: "starting" | "open" | "ended" = "starting";
  #cursor = 0;
  /** Bytes of a message that has not come in full. */
  #rest: Buffer | undefined;
  #byeReason: string | undefined;
  #settle: Settle | undefined;

  constructor(host: string, port: number, options: SubscribeOptions, settle: Settle) {
    this.#options = options;
    this.#settle = settle;
    const { localAddress } = options;
    this.#socket = connect({
      host,
      port,
      onread: { buffer: readBuffer, callback: (length) => this.#read(length) },
      ...(localAddress === undefined ? {} : { localAddress }),
    });
    this.#socket.on("error", (error) => this.end(error.message));
    this.#socket.on("close", () => this.end(this.endedByConnection));
  }

  /** The reason of an end that nothing else explains. */
  protected abstract readonly endedByConnection: string;

  /**
   * Takes what is whole of `bytes` up to `length`, and gives how many bytes that was; the rest is offered again
   * when more has come. Throws when they are not what the protocol allows.
   */
  protected abstract take(bytes: Buffer, length: number): number;

  cursor(): number {
    return this.#cursor;
  }

  close(): void {
    this.#state = "ended";
    this.#settle = undefined;
    this.#rest = undefined;
    this.#socket.destroy();
  }

  protected write(bytes: Buffer | string): void {
    this.#socket.write(bytes);
  }

  /** Takes the message in `bytes` from `start` to `end`. Throws when it is not JSON. */
  protected message(bytes: Buffer, start: number, end: number): void {
    if (this.#state === "ended") return;
    const message = lastMessages.parse(bytes, start, end);
    if ("id" in message) this.#event(message);
    else this.#notice(message);
  }

  /** The subscription is over; the server's own reason, if it gave one, says more than `reason`. */
  protected end(reason: string): void {
    if (this.#state === "ended") return;
    const settle = this.#settle;
    this.close();
    if (settle) settle.reject(new Error(`expected the server's hello, got: ${this.#byeReason ?? reason}`));
    else this.#options.onEnd(this.#byeReason ?? reason);
  }

  #read(length: number): boolean {
    if (this.#state === "ended") return true;
    const rest = this.#rest;
    const bytes = rest ? Buffer.concat([rest, readBuffer.subarray(0, length)]) : readBuffer;
    const total = rest ? bytes.length : length;
    try {
      const taken = this.take(bytes, total);
      this.#rest = taken === total ? undefined : copyOf(bytes, taken, total);
    } catch (error) {
      this.end(error instanceof Error ? error.message : String(error));
    }
    return true;
  }

  #event(event: Event): void {
    this.#cursor = event.id;
    this.#options.onEvent(event);
  }

  #notice({ hello, gap, bye }: Notice): void {
    if (hello) {
      this.#cursor = hello.cursor;
      this.#state = "open";
      this.#settle?.resolve(this);
      this.#settle = undefined;
    }
    if (gap) {
      this.#cursor = gap.next - 1;
      this.#options.onGap?.(gap);
    }
    if (bye) this.#byeReason = bye.reason;
  }
}

/** The bytes of an unfinished message, for themselves: the next read of any socket overwrites the shared ones. */
function copyOf(bytes: Buffer, start: number, end: number): Buffer {
  const copy = Buffer.allocUnsafeSlow(end - start);
  bytes.copy(copy, 0, start, end);
  return copy;
}
