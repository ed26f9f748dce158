import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Event } from "../../../servers/contract.ts";
import { nowMs } from "../../load/clock.ts";
import type { Account } from "./account.ts";
import { AnswerReader } from "./answer-reader.ts";

interface Answer {
  readonly events: readonly Event[];
  readonly last: number;
}

/** When a poller asks: at set times of its own, or again as soon as it is answered. */
export type Manner =
  | { readonly kind: "polling"; readonly pollMs: number; readonly phaseMs: number }
  | { readonly kind: "comet"; readonly waitSeconds: number };

/**
 * A subscriber that asks, on one kept-alive connection, with what the polling client of the servers sends and nothing
 * else; unlike that it has its answers counted, and takes its phase from whoever starts it.
 */
export class Poller {
  readonly #account: Account;
  readonly #host: string;
  readonly #socket: Socket;
  readonly #reader = new AnswerReader();
  #cursor: number | undefined;
  #query = "";
  #timer: NodeJS.Timeout | undefined;
  #asking = false;
  #onCursor = () => {};
  #onAnswer = () => {};

  constructor(http: string, account: Account) {
    const { hostname, host, port } = new URL(http);
    this.#account = account;
    this.#host = host;
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.on("data", (chunk) => {
      try {
        for (const body of this.#reader.push(chunk)) this.#take(JSON.parse(body));
      } catch (error) {
        this.#end(error instanceof Error ? error.message : String(error));
      }
    });
    this.#socket.on("error", (error) => this.#end(error.message));
    this.#socket.on("end", () => this.#end("the server closed the connection"));
  }

  /** Connects, and learns the cursor to go on from. */
  async start(): Promise<void> {
    await once(this.#socket, "connect");
    const known = new Promise<void>((resolve) => {
      this.#onCursor = resolve;
    });
    this.#ask("");
    await known;
  }

  /** Asks in this manner from now on. */
  ask(manner: Manner): void {
    clearTimeout(this.#timer);
    if (manner.kind === "comet") {
      this.#query = `&wait=${manner.waitSeconds}`;
      this.#onAnswer = () => this.#askOn();
      if (!this.#asking) this.#askOn();
      return;
    }
    // From the number of the poll, not from the last one: a timer that is late moves no other.
    const startMs = nowMs() + manner.phaseMs;
    let next = 0;
    const askWhenDue = () => {
      // One that is not answered yet is not asked again; its next time is.
      if (!this.#asking) this.#askOn();
      const now = nowMs();
      next = Math.max(next + 1, Math.ceil((now - startMs) / manner.pollMs));
      this.#timer = setTimeout(askWhenDue, startMs + next * manner.pollMs - now);
    };
    this.#timer = setTimeout(askWhenDue, manner.phaseMs);
  }

  #askOn(): void {
    this.#ask(`?after=${this.#cursor}${this.#query}`);
  }

  #ask(query: string): void {
    this.#asking = true;
    this.#socket.write(
      `GET /events${query} HTTP/1.1\r\nHost: ${this.#host}\r\nConnection: keep-alive\r\n\r\n`,
    );
  }

  #take({ events, last }: Answer): void {
    this.#asking = false;
    if (this.#cursor === undefined) {
      this.#cursor = last;
      this.#onCursor();
      return;
    }
    this.#account.answer(events.length);
    const now = nowMs();
    for (const event of events) this.#cursor = this.#account.event(event, this.#cursor, now);
    this.#onAnswer();
  }

  #end(reason: string): void {
    clearTimeout(this.#timer);
    if (!this.#socket.destroyed) this.#account.end(reason);
    this.#socket.destroy();
  }
}
