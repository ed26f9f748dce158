import type { ServerOptions } from "../contract.ts";
import { EventLog } from "../service/event-log.ts";
import { cutOffBytes } from "../service/feeds.ts";
import { History, historyLimits } from "../service/history.ts";
import { Journal, openJournal } from "../service/journal.ts";
import { type KeyRings, Keys, rememberedKeys } from "../service/keys.ts";
import { RateLimit } from "../service/rate-limit.ts";
import { fetchesAtOnce } from "../service/recording.ts";
import type { NewEvent } from "../service/switchboard.ts";
import { Mutex } from "./mutex.ts";
import { Slots } from "./slots.ts";

export type SwitchboardOptions = Pick<ServerOptions, "dataFolder" | "historyEvents" | "webhooksPerSecond">;

/** All that the threads of one server share. */
export interface SharedMemory {
  readonly control: SharedArrayBuffer;
  readonly history: SharedArrayBuffer;
  readonly keys: Readonly<Record<keyof KeyRings, SharedArrayBuffer>>;
  readonly limit: SharedArrayBuffer;
  readonly slots: SharedArrayBuffer;
}

const mutexWord = 0;
const signalWord = 1;
const closingWord = 2;
const cutOffWord = 3;
const fetchesWord = 4;
const controlWords = 5;

/** Memory for `connections` connections. Construct a `SharedSwitchboard` on it before any other thread does. */
export function createSharedMemory(connections: number, historyEvents: number): SharedMemory {
  return {
    control: new SharedArrayBuffer(controlWords * Int32Array.BYTES_PER_ELEMENT),
    history: new SharedArrayBuffer(History.memoryBytes(historyLimits(historyEvents))),
    keys: {
      sender: new SharedArrayBuffer(Keys.memoryBytes(rememberedKeys)),
      anyone: new SharedArrayBuffer(Keys.memoryBytes(rememberedKeys)),
    },
    limit: new SharedArrayBuffer(RateLimit.memoryBytes),
    slots: new SharedArrayBuffer(Slots.memoryBytes(connections)),
  };
}

function historyIn(memory: SharedMemory, { historyEvents }: SwitchboardOptions): History {
  return new History(historyLimits(historyEvents), memory.history);
}

function keysIn({ keys }: SharedMemory): KeyRings {
  return { sender: new Keys(rememberedKeys, keys.sender), anyone: new Keys(rememberedKeys, keys.anyone) };
}

/** Takes the data folder, if there is one, and loads what it holds. Before any thread uses the memory. */
export function loadShared(memory: SharedMemory, options: SwitchboardOptions): Journal | undefined {
  return openJournal(options.dataFolder, historyIn(memory, options), keysIn(memory));
}

/**
 * Numbers events, keeps them, and wakes the threads that sleep until there is one.
 *
 * Invariants: history, keys and rate limit are touched, and the journal is written, under the mutex only. The
 * signal changes after each event and at closing, so that a thread that reads the signal, then looks at what it
 * waits for, then sleeps on the value it read cannot miss a change.
 */
export class SharedSwitchboard {
  readonly slots: Slots;
  readonly #words: Int32Array;
  readonly #mutex: Mutex;
  readonly #log: EventLog;
  readonly #journal: Journal | undefined;
  readonly #limit: RateLimit;

  constructor(memory: SharedMemory, options: SwitchboardOptions) {
    this.#words = new Int32Array(memory.control);
    this.#mutex = new Mutex(this.#words, mutexWord);
    this.#journal = options.dataFolder === "" ? undefined : new Journal(options.dataFolder);
    this.#log = new EventLog(historyIn(memory, options), keysIn(memory), this.#journal);
    this.#limit = new RateLimit(options.webhooksPerSecond, memory.limit);
    this.slots = new Slots(memory.slots);
  }

  /**
   * Gives the event its number, keeps it and wakes every sleeping thread. `cutOff` holds the connections of
   * the subscribers that this event found too slow. An event whose key is known is not published again: the
   * number returned is that of the one that was.
   */
  publish(event: NewEvent): { readonly id: number; readonly cutOff: readonly number[] } {
    // Not under the mutex: at a thread's first event it takes tens of milliseconds.
    this.#journal?.open();
    const { id, json, totalBytes } = this.#mutex.hold(() => {
      const appended = this.#log.append(event, Date.now());
      return { ...appended, totalBytes: this.#log.history.totalBytes };
    });
    if (json === undefined) return { id, cutOff: [] };
    const cutOff = this.slots.cutOffSlow(totalBytes, cutOffBytes);
    Atomics.add(this.#words, cutOffWord, cutOff.length);
    this.#wakeAll();
    return { id, cutOff };
  }

  /** Looks at the history while no thread changes it. */
  read<Result>(look: (history: History) => Result): Result {
    return this.#mutex.hold(() => look(this.#log.history));
  }

  /** As `RateLimit.take`. */
  admit(nowMs: number, events: number): number {
    return this.#mutex.hold(() => this.#limit.take(nowMs, events));
  }

  /** A thread is about to fetch a recording. False: it may not, as many as may are at it; else `endFetch` is due. */
  beginFetch(): boolean {
    if (Atomics.add(this.#words, fetchesWord, 1) < fetchesAtOnce) return true;
    this.endFetch();
    return false;
  }

  endFetch(): void {
    Atomics.sub(this.#words, fetchesWord, 1);
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
