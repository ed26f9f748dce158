/** What a connection is doing, as far as another thread needs to know it. */
const free = 0;
const queued = 1;
/** Its thread waits for a request of which no byte has come: ending it cuts off nothing. */
const idle = 2;
const busy = 3;

/**
 * Values of `since`; every other value is one more than what the history had taken in when the write began.
 * So memory that is still zero holds slots in which nobody writes.
 */
const notWriting = 0n;
const cutOff = -1n;

/**
 * The table of connections in shared memory: one slot for each that has a thread or waits for one.
 *
 * Who writes: the main thread opens and frees a slot; while it is open, only the thread of its connection
 * changes its state. `since` is the one field that two threads contend for, the writer that returns and the
 * publisher that finds it too slow, so both change it in one atomic step and exactly one of them wins.
 */
export class Slots {
  readonly #states: Int32Array;
  readonly #ids: Int32Array;
  readonly #since: BigInt64Array;

  static memoryBytes(count: number): number {
    return count * 16;
  }

  constructor(memory: SharedArrayBuffer) {
    const count = memory.byteLength / 16;
    this.#since = new BigInt64Array(memory, 0, count);
    this.#states = new Int32Array(memory, count * 8, count);
    this.#ids = new Int32Array(memory, count * 12, count);
  }

  /** The slot now belongs to connection `id`, which waits for a thread. */
  open(slot: number, id: number): void {
    Atomics.store(this.#ids, slot, id);
    Atomics.store(this.#since, slot, notWriting);
    Atomics.store(this.#states, slot, queued);
  }

  free(slot: number): void {
    Atomics.store(this.#states, slot, free);
  }

  setIdle(slot: number): void {
    Atomics.store(this.#states, slot, idle);
  }

  setBusy(slot: number): void {
    Atomics.store(this.#states, slot, busy);
  }

  isQueued(slot: number): boolean {
    return Atomics.load(this.#states, slot) === queued;
  }

  isIdle(slot: number): boolean {
    return Atomics.load(this.#states, slot) === idle;
  }

  /** The subscriber's thread is about to write, at a time when `totalBytes` had been published. */
  beginWrite(slot: number, totalBytes: number): void {
    Atomics.store(this.#since, slot, BigInt(totalBytes + 1));
  }

  /** The write has returned. True: too late, the subscriber has been cut off. */
  endWrite(slot: number): boolean {
    return Atomics.exchange(this.#since, slot, notWriting) === cutOff;
  }

  /**
   * Cuts off every subscriber whose write has not returned while more than `limitBytes` were published, and
   * gives the ids of their connections.
   */
  cutOffSlow(totalBytes: number, limitBytes: number): number[] {
    const ids: number[] = [];
    for (let slot = 0; slot < this.#since.length; slot++) {
      const since = Atomics.load(this.#since, slot);
      if (since === notWriting || since === cutOff) continue;
      if (totalBytes + 1 - Number(since) <= limitBytes) continue;
      // Read before the exchange: if that succeeds, the slot still belonged to this connection.
      const id = Atomics.load(this.#ids, slot);
      if (Atomics.compareExchange(this.#since, slot, since, cutOff) === since) ids.push(id);
    }
    return ids;
  }
}
