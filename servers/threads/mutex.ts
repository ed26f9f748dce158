const free = 0;
const held = 1;
/** Held, and some thread may be asleep until it is free. */
const contended = 2;

/**
 * A lock between threads, in one word of shared memory.
 *
 * Invariant: the word is `contended` whenever a thread may be asleep on it. So a thread that has slept takes
 * the lock as `contended`, since it cannot know whether it was the only one; and whoever frees a contended
 * lock wakes one sleeper. Without contention neither taking nor freeing it is a system call.
 * Source: Ulrich Drepper, "Futexes Are Tricky", section 5.
 */
export class Mutex {
  readonly #words: Int32Array;
  readonly #index: number;

  /** `words` must lie in a `SharedArrayBuffer`, the word at `index` zero at the start. */
  constructor(words: Int32Array, index: number) {
    this.#words = words;
    this.#index = index;
  }

  /** Does `work` while no other thread holds the lock, and frees it however `work` ends. Not re-entrant. */
  hold<Result>(work: () => Result): Result {
    this.#lock();
    try {
      return work();
    } finally {
      this.#unlock();
    }
  }

  #lock(): void {
    if (Atomics.compareExchange(this.#words, this.#index, free, held) === free) return;
    while (Atomics.exchange(this.#words, this.#index, contended) !== free) {
      Atomics.wait(this.#words, this.#index, contended);
    }
  }

  #unlock(): void {
    if (Atomics.exchange(this.#words, this.#index, free) === contended) {
      Atomics.notify(this.#words, this.#index, 1);
    }
  }
}
