import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Database, RootDatabase } from "lmdb";
import type { Epoch } from "../contract.ts";
import { lockFolder } from "./folder-lock.ts";
import type { History } from "./history.ts";
import type { KeyRings } from "./keys.ts";
import { checkLmdbFile } from "./lmdb-file.ts";

/** An event as it is kept. */
export interface Entry {
  readonly id: number;
  readonly json: Buffer;
  /** Of its key, if it has one. */
  readonly digest: Buffer | undefined;
  /** Where its key belongs. */
  readonly ring: keyof KeyRings;
}

/** What still matters: events from this id on, and in each ring the keys of events from that id on. */
export interface Oldest extends Readonly<Record<keyof KeyRings, number>> {
  readonly event: number;
}

const rings = ["sender", "anyone"] as const satisfies readonly (keyof KeyRings)[];

interface Store {
  readonly root: RootDatabase;
  readonly events: Database<Buffer, number>;
  /** Under the id of the event that brought the key. */
  readonly keys: Readonly<Record<keyof KeyRings, Database<Buffer, number>>>;
}

/**
 * Events and their keys on disk, so that they outlive the process: one transaction of LMDB for each event.
 *
 * It returns when the disk says that it has the event (`fdatasync`), so an event is there after the process was
 * killed, and after the power was cut. Without the sync it would be some twenty times as fast and outlive the process
 * all the same, but a cut of the power could cost the last events, or the whole file. Either way an event is there
 * with its key, or neither is. Source: the documentation of `mdb_env_open` (MDB_NOSYNC).
 *
 * LMDB is loaded and its file opened at the first use, so that a server which keeps nothing does without.
 */
export class Journal {
  readonly #file: string;
  readonly #release: () => void;
  #store: Store | undefined;
  #epoch: Epoch = "";

  /** `release` gives back what was held while the journal was open. */
  constructor(dataFolder: string, release: () => void = () => {}) {
    this.#file = join(dataFolder, "events.mdb");
    this.#release = release;
  }

  /** Of the numbering of its events. Made with the file, and known once that is loaded. */
  get epoch(): Epoch {
    return this.#epoch;
  }

  /** Opens the file unless it is open: the first `append` takes that much longer. */
  open(): Store {
    this.#store ??= this.#attempt("a file of events", "move it away to begin anew", () =>
      openStore(this.#file),
    );
    return this.#store;
  }

  /** Hands an empty history and empty keys what is kept. */
  load(history: History, keys: KeyRings): void {
    const store = this.open();
    for (const { key: id, value: json } of store.events.getRange()) {
      if (history.last === 0) history.startAfter(id - 1);
      if (id !== history.last + 1) {
        throw new Error(
          `expected event ${history.last + 1} in ${this.#file}, got ${id}: move it away to begin anew`,
        );
      }
      history.append(json);
    }
    for (const ring of rings) {
      for (const { key: id, value: digest } of store.keys[ring].getRange()) keys[ring].remember(digest, id);
    }
    this.#epoch = this.#attempt("room for its epoch", "is the disk full?", () => keptEpoch(store.root));
  }

  /** Keeps an event, and drops what is older than the oldest that matters. Throws when nothing was changed. */
  append({ id, json, digest, ring }: Entry, oldest: Oldest): void {
    const { root, events, keys } = this.open();
    this.#attempt(`room for event ${id}`, "is the disk full?", () =>
      root.transactionSync(() => {
        drop(events, oldest.event);
        for (const each of rings) drop(keys[each], oldest[each]);
        events.putSync(id, json);
        if (digest) keys[ring].putSync(id, digest);
      }),
    );
  }

  async close(): Promise<void> {
    await this.#store?.root.close();
    this.#release();
  }

  #attempt<Result>(expected: string, next: string, work: () => Result): Result {
    try {
      return work();
    } catch (cause) {
      const got = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`expected ${expected} in ${this.#file}, got "${got}": ${next}`, { cause });
    }
  }
}

/** Takes the data folder for this process and loads what it holds; undefined where nothing is to be kept. */
export function openJournal(dataFolder: string, history: History, keys: KeyRings): Journal | undefined {
  if (dataFolder === "") return undefined;
  const release = lockFolder(dataFolder);
  try {
    const journal = new Journal(dataFolder, release);
    journal.load(history, keys);
    return journal;
  } catch (error) {
    release();
    throw error;
  }
}

function openStore(file: string): Store {
  checkLmdbFile(file);
  const { open }: typeof import("lmdb") = createRequire(import.meta.url)("lmdb");
  // Overlapping, a commit would return before its sync.
  const root = open(file, { overlappingSync: false });
  const databaseOf = (name: string) => root.openDB<Buffer, number>(name, { encoding: "binary" });
  const keys = { sender: databaseOf("keys"), anyone: databaseOf("keys of anyone") };
  return { root, events: databaseOf("events"), keys };
}

function keptEpoch(root: RootDatabase): Epoch {
  const about = root.openDB<Epoch, string>("about", { encoding: "string" });
  const kept = about.get("epoch");
  if (kept !== undefined) return kept;
  const epoch = newEpoch();
  about.putSync("epoch", epoch);
  return epoch;
}

function newEpoch(): Epoch {
  return randomBytes(12).toString("base64url");
}

/** The epoch of what the journal holds; without a journal one that ends with the process. */
export function epochOf(journal: Journal | undefined): Epoch {
  return journal === undefined ? newEpoch() : journal.epoch;
}

/** Drops all before `first`. */
function drop(database: Database<Buffer, number>, first: number): void {
  for (const id of [...database.getKeys({ end: first })]) database.removeSync(id);
}
