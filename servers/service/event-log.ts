import type { History } from "./history.ts";
import type { Journal } from "./journal.ts";
import { digestOf, type KeyRings } from "./keys.ts";
import type { NewEvent } from "./switchboard.ts";

/** The event as JSON, as it goes over every transport. `at` is Unix time in milliseconds. */
export function encodeEvent(id: number, at: number, event: NewEvent): Buffer {
  return Buffer.from(JSON.stringify({ id, type: event.type, at, data: event.data }));
}

/** What became of an event that was to be appended. */
export interface Appended {
  readonly id: number;
  /** The event as JSON; absent when its key was known: the id is that of the event which brought the key. */
  readonly json?: Buffer;
}

/**
 * Numbers events and keeps them, each key once: the part of publishing that must not be interrupted by another.
 * Whoever shares its memory with other threads calls `append` under their lock.
 */
export class EventLog {
  readonly history: History;
  readonly #keys: KeyRings;
  readonly #journal: Journal | undefined;

  /** Without a journal, what it keeps ends with the process. */
  constructor(history: History, keys: KeyRings, journal: Journal | undefined) {
    this.history = history;
    this.#keys = keys;
    this.#journal = journal;
  }

  /** Throws when the journal cannot keep the event, which then has not happened. */
  append(event: NewEvent, at: number): Appended {
    const digest = event.key === undefined ? undefined : digestOf(event.key);
    const ring = event.keyOf ?? "sender";
    const known = digest && this.#keys[ring].find(digest);
    if (known !== undefined) return { id: known };
    const id = this.history.last + 1;
    const json = encodeEvent(id, at, event);
    const { sender, anyone } = this.#keys;
    const oldest = { event: this.history.first, sender: sender.first, anyone: anyone.first };
    this.#journal?.append({ id, json, digest, ring }, oldest);
    this.history.append(json);
    if (digest) this.#keys[ring].remember(digest, id);
    return { id, json };
  }
}
