import type { ServerOptions } from "../contract.ts";
import { cutOffBytes } from "../service/feeds.ts";
import { History, historyLimits } from "../service/history.ts";
import { RateLimit } from "../service/rate-limit.ts";
import { encodeEvent, type NewEvent } from "../service/switchboard.ts";
import { Mutex } from "./mutex.ts";
import { Slots } from "./slots.ts";

export type SwitchboardOptions = Pick<ServerOptions, "historyEvents" | "webhooksPerSecond">;

/** All that the threads of one server share. */
export interface SharedMemory {
  readonly control: SharedArrayBuffer;
  readonly history: SharedArrayBuffer;
  readonly limit: SharedArrayBuffer;
  readonly slots: SharedArrayBuffer;
}

const mutexWord = 0;
const signalWord = 1;
const closingWord = 2;
const cutOffWord = 3;
const controlWords = 4;

/** Memory for `connections` connections. Construct a `SharedSwitchboard` on it before any other thread does. */
export function createSharedMemory(connections: number, historyEvents: number): SharedMemory {
  return {
    control: new SharedArrayBuffer(controlWords * Int32Array.BYTES_PER_ELEMENT),
    history: new SharedArrayBuffer(History.memoryBytes(historyLimits(historyEvents))),
    limit: new SharedArrayBuffer(RateLimit.memoryBytes),
    slots: new SharedArrayBuffer(Slots.memoryBytes(connections)),
  };
}

/**
 * Numbers events, keeps them, and wakes the threads that sleep until there is one.
 *
 * Invariants: history and rate limit are touched under the mutex only. The signal changes after each event
 * and at closing, so that a thread that reads the signal, then looks at what it waits for, then sleeps on the
 * value it read cannot miss a change.
 */
export class SharedSwitchboard {
  readonly slots: Slots;
  readonly #words: Int32Array;
  readonly #mutex: Mutex;
  readonly #history: History;
  readonly #limit: RateLimit;

  constructor(memory: SharedMemory, options: SwitchboardOptions) {
    this.#words = new Int32Array(memory.control);
    this.#mutex = new Mutex(this.#words, mutexWord);
    this.#history = new History(historyLimits(options.historyEvents), memory.history);
    this.#limit = new RateLimit(options.webhooksPerSecond, memory.limit);
    this.slots = new Slots(memory.slots);
  }

  /**
   * Gives the event its number, keeps it and wakes every sleeping thread. `cutOff` holds the connections of
   * the subscribers that this event found too slow.
   */
  publish(event: NewEvent): { readonly id: number; readonly cutOff: readonly number[] } {
    const { id, totalBytes } = this.#mutex.hold(() => {
      const next = this.#history.last + 1;
      this.#history.append(encodeEvent(next, Date.now(), event));
      return { id: next, totalBytes: this.#history.totalBytes };
    });
    const cutOff = this.slots.cutOffSlow(totalBytes, cutOffBytes);
    Atomics.add(this.#words, cutOffWord, cutOff.length);
    this.#wakeAll();
    return { id, cutOff };
  }

  /** Looks at the history while no thread changes it. */
  read<Result>(look: (history: History) => Result): Result {
    return this.#mutex.hold(() => look(this.#history));
  }

  /** As `RateLimit.take`. */
  admit(nowMs: number): number {
    return this.#mutex.hold(() => this.#limit.take(nowMs));
  }

  /** Changes with every event, and at closing. */
  get signal(): number {
    return Atomics.load(this.#words, signalWord);
  }

  /** Puts the thread to sleep until the signal is no longer `seen`, or `ms` are over. */
  sleep(seen: number, ms: number): "changed" | "timed out" {
    return Atomics.wait(this.#words, signalWord, seen, ms) === "timed-out" ? "timed out" : "changed";
  }

  get closing(): boolean {
    return Atomics.load(this.#words, closingWord) === 1;
  }

  /** Tells every thread that the server is closing. */
  close(): void {
    Atomics.store(this.#words, closingWord, 1);
    this.#wakeAll();
  }

  /** Subscribers cut off since the start. */
  get cutOff(): number {
    return Atomics.load(this.#words, cutOffWord);
  }

  #wakeAll(): void {
    Atomics.add(this.#words, signalWord, 1);
    Atomics.notify(this.#words, signalWord);
  }
}
