import type { Gap } from "../contract.ts";

/** The bounds of a history: whichever is reached first makes the oldest events go. */
export interface HistoryLimits {
  readonly events: number;
  readonly bytes: number;
}

/** Limits for so many events, and for memory: a sender of large events cannot make the server hold them all. */
export function historyLimits(events: number): HistoryLimits {
  return { events, bytes: 64 * 1024 * 1024 };
}

export interface Page {
  /** Present when the cursor asked for cannot be honoured. */
  readonly gap?: Gap;
  /** Id of the first event of `events`; the rest follow without gaps. */
  readonly first: number;
  /** Encoded events, copied out of the history. */
  readonly events: readonly Buffer[];
  /** The cursor after this page: the id of its last event, or where it began when it is empty. */
  readonly cursor: number;
  /** Id of the newest event there is, in this page or not. */
  readonly last: number;
}

const COUNTERS = 4;
const LAST = 0;
const FIRST = 1;
const WRITE_AT = 2;
const TOTAL_BYTES = 3;

/**
 * The last events, encoded, in one block of memory used as a ring.
 *
 * One block rather than an array of objects because a `SharedArrayBuffer` can hold it too: the servers on an
 * event loop and those with a thread per connection then share this code, and only the locking differs.
 */
export class History {
  readonly #counters: Float64Array;
  readonly #offsets: Uint32Array;
  readonly #lengths: Uint32Array;
  readonly #bytes: Buffer;
  readonly #limits: HistoryLimits;

  /** Bytes of memory that a history within these limits needs. */
  static memoryBytes(limits: HistoryLimits): number {
    return COUNTERS * 8 + limits.events * 8 + limits.bytes;
  }

  /** `memory` must be zeroed, or hold a history of the same limits. */
  constructor(limits: HistoryLimits, memory: ArrayBufferLike = new ArrayBuffer(History.memoryBytes(limits))) {
    this.#limits = limits;
    const indexAt = COUNTERS * 8;
    this.#counters = new Float64Array(memory, 0, COUNTERS);
    this.#offsets = new Uint32Array(memory, indexAt, limits.events);
    this.#lengths = new Uint32Array(memory, indexAt + limits.events * 4, limits.events);
    this.#bytes = Buffer.from(memory, indexAt + limits.events * 8, limits.bytes);
    if (this.#counter(FIRST) === 0) this.#counters[FIRST] = 1;
  }

  /** Id of the newest event; 0 before the first. */
  get last(): number {
    return this.#counter(LAST);
  }

  /** Id of the oldest event kept; `last + 1` when none is. */
  get first(): number {
    return this.#counter(FIRST);
  }

  /** Bytes of all events ever appended. */
  get totalBytes(): number {
    return this.#counter(TOTAL_BYTES);
  }

  /** Makes an empty history go on after the event `last`, as if it had dropped all until then. */
  startAfter(last: number): void {
    if (this.last > 0) throw new Error(`expected an empty history, got one with ${this.last} events`);
    this.#counters[LAST] = last;
    this.#counters[FIRST] = last + 1;
  }

  /** Appends the encoded event `last + 1`, dropping as many of the oldest as its place needs. */
  append(encoded: Uint8Array): void {
    const length = encoded.length;
    if (length > this.#limits.bytes) {
      throw new RangeError(`expected an event of at most ${this.#limits.bytes} bytes, got ${length}`);
    }
    let at = this.#counter(WRITE_AT);
    if (at + length > this.#limits.bytes) {
      // What lies between here and the end of the ring is older than anything at its beginning.
      while (!this.#isEmpty() && this.#offsetOf(this.first) >= at) this.#dropFirst();
      at = 0;
    }
    const id = this.last + 1;
    while (!this.#isEmpty() && (id - this.first >= this.#limits.events || this.#firstOverlaps(at, length))) {
      this.#dropFirst();
    }
    this.#bytes.set(encoded, at);
    const slot = id % this.#limits.events;
    this.#offsets[slot] = at;
    this.#lengths[slot] = length;
    this.#counters[WRITE_AT] = at + length;
    this.#counters[TOTAL_BYTES] = this.totalBytes + length;
    this.#counters[LAST] = id;
  }

  /**
   * The events after the cursor `after`, oldest first: as many as fit in `maxBytes`, and at least one if there
   * is one. A cursor that is older than the history, or that the server never gave out, comes with a `gap`.
   */
  read(after: number, maxBytes: number): Page {
    const honoured = after >= this.first - 1 && after <= this.last;
    const first = honoured ? after + 1 : this.first;
    const events: Buffer[] = [];
    let bytes = 0;
    for (let id = first; id <= this.last; id++) {
      const length = this.#lengths[id % this.#limits.events] ?? 0;
      if (events.length > 0 && bytes + length > maxBytes) break;
      const offset = this.#offsetOf(id);
      events.push(Buffer.from(this.#bytes.subarray(offset, offset + length)));
      bytes += length;
    }
    const page = { first, events, cursor: first + events.length - 1, last: this.last };
    return honoured ? page : { ...page, gap: { after, next: first } };
  }

  #isEmpty(): boolean {
    return this.first > this.last;
  }

  #dropFirst(): void {
    this.#counters[FIRST] = this.first + 1;
  }

  #firstOverlaps(at: number, length: number): boolean {
    const offset = this.#offsetOf(this.first);
    const end = offset + (this.#lengths[this.first % this.#limits.events] ?? 0);
    return offset < at + length && at < end;
  }

  #offsetOf(id: number): number {
    return this.#offsets[id % this.#limits.events] ?? 0;
  }

  #counter(index: number): number {
    return this.#counters[index] ?? 0;
  }
}
