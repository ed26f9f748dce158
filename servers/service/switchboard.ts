import type { Epoch } from "../contract.ts";
import { EventLog } from "./event-log.ts";
import type { History } from "./history.ts";
import { epochOf, type Journal } from "./journal.ts";
import { createKeyRings, type KeyRings } from "./keys.ts";

/** An event before the switchboard has numbered it. */
export interface NewEvent {
  readonly type: string;
  readonly data: unknown;
  /** What its sender calls it, by a name of its own. A second event of that key is not published again. */
  readonly key?: string;
  /** Who could have chosen the key; a sender that showed it is one, unless it says otherwise. */
  readonly keyOf?: "sender" | "anyone";
}

/** An event on its way to the subscribers: encoded once, whatever their number. */
export interface Published {
  readonly id: number;
  /** The event as JSON. */
  readonly json: Buffer;
}

export type Listener = (event: Published) => void;

/** Numbers events, keeps them, and hands them to its listeners, within one thread. */
export class Switchboard {
  readonly history: History;
  readonly epoch: Epoch;
  readonly #log: EventLog;
  readonly #journal: Journal | undefined;
  readonly #listeners = new Set<Listener>();
  readonly #now: () => number;

  /** `journal`: what it holds is in `history` and `keys` already. */
  constructor(
    history: History,
    now: () => number = Date.now,
    keys: KeyRings = createKeyRings(),
    journal?: Journal,
  ) {
    this.history = history;
    this.epoch = epochOf(journal);
    this.#log = new EventLog(history, keys, journal);
    this.#journal = journal;
    this.#now = now;
  }

  /**
   * Gives the event its number, keeps it, and calls every listener before it returns the number. An event whose
   * key is known is not published again: the number returned is that of the one that was.
   */
  publish(event: NewEvent): number {
    const { id, json } = this.#log.append(event, this.#now());
    if (json) for (const listener of this.#listeners) listener({ id, json });
    return id;
  }

  /** Calls `listener` for each event from now on; the function returned stops that. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets go of the data folder, if there is one. Nothing can be published after. */
  async close(): Promise<void> {
    await this.#journal?.close();
  }
}
