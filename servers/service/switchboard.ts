import type { History } from "./history.ts";

/** An event before the switchboard has numbered it. */
export interface NewEvent {
  readonly type: string;
  readonly data: unknown;
  /** What its sender calls it, by a name of its own. A second event of that key is not published again. */
  readonly key?: string;
}

/** An event on its way to the subscribers: encoded once, whatever their number. */
export interface Published {
  readonly id: number;
  /** The event as JSON. */
  readonly json: Buffer;
}

export type Listener = (event: Published) => void;

/** The event as JSON, as it goes over every transport. `at` is Unix time in milliseconds. */
export function encodeEvent(id: number, at: number, event: NewEvent): Buffer {
  return Buffer.from(JSON.stringify({ id, type: event.type, at, data: event.data }));
}

/** Numbers events, keeps them, and hands them to its listeners, within one thread. */
export class Switchboard {
  readonly history: History;
  readonly #listeners = new Set<Listener>();
  readonly #now: () => number;

  constructor(history: History, now: () => number = Date.now) {
    this.history = history;
    this.#now = now;
  }

  /** Gives the event its number, keeps it, and calls every listener before it returns the number. */
  publish(event: NewEvent): number {
    const id = this.history.last + 1;
    const json = encodeEvent(id, this.#now(), event);
    this.history.append(json);
    for (const listener of this.#listeners) listener({ id, json });
    return id;
  }

  /** Calls `listener` for each event from now on; the function returned stops that. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
