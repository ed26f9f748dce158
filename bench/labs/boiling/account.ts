import type { Event } from "../../../servers/contract.ts";
import { payloadOf } from "../../load/payload.ts";

/** What subscribers have asked and got since the account was opened, counted one by one. */
export interface Counted {
  /** Answers to requests; of those that are pushed to, none. */
  readonly answers: number;
  /** Of these, the answers that held no event. */
  readonly empty: number;
  /** Events of the load, each counted once per subscriber. */
  readonly deliveries: number;
  /** From the intended time of the webhook to the subscriber, in milliseconds, of each delivery. */
  readonly stalenessMs: readonly number[];
  /** Events that a subscriber was not given although later ones were. */
  readonly missing: number;
  /** Events that it had before. */
  readonly repeated: number;
  readonly endings: readonly string[];
}

/** The account of all subscribers of a process. */
export class Account {
  #answers = 0;
  #empty = 0;
  #stalenessMs: number[] = [];
  #missing = 0;
  #repeated = 0;
  /** Never forgotten: a subscriber that has ended gets nothing more. */
  readonly #endings: string[] = [];

  open(): void {
    this.#answers = 0;
    this.#empty = 0;
    this.#stalenessMs = [];
    this.#missing = 0;
    this.#repeated = 0;
  }

  answer(events: number): void {
    this.#answers++;
    if (events === 0) this.#empty++;
  }

  /** Takes an event that came to a subscriber whose last one was `lastId`; gives the last one it has now. */
  event(event: Event, lastId: number, nowMs: number): number {
    if (event.id <= lastId) {
      this.#repeated++;
      return lastId;
    }
    this.#missing += event.id - lastId - 1;
    const payload = payloadOf(event.data);
    if (payload !== undefined) this.#stalenessMs.push(nowMs - payload.intendedMs);
    return event.id;
  }

  end(reason: string): void {
    this.#endings.push(reason);
  }

  read(): Counted {
    return {
      answers: this.#answers,
      empty: this.#empty,
      deliveries: this.#stalenessMs.length,
      stalenessMs: this.#stalenessMs,
      missing: this.#missing,
      repeated: this.#repeated,
      endings: this.#endings,
    };
  }
}
