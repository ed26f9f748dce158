/**
 * A token bucket that holds one second's worth of events.
 *
 * Its state is two numbers in memory that the caller may share between threads, under the caller's lock.
 */
export class RateLimit {
  static readonly memoryBytes = 16;
  readonly #perSecond: number;
  /** Tokens left, and the time of the last question in Unix milliseconds. */
  readonly #state: Float64Array;

  /** `perSecond` 0: no limit. */
  constructor(perSecond: number, memory: ArrayBufferLike = new ArrayBuffer(RateLimit.memoryBytes)) {
    this.#perSecond = perSecond;
    this.#state = new Float64Array(memory, 0, 2);
  }

  /**
   * 0 if so many events at `nowMs` are within the limit, else the seconds after which they will be. More events than
   * the bucket holds take a full one, and what they lack is owed.
   */
  take(nowMs: number, events = 1): number {
    if (this.#perSecond === 0) return 0;
    const [tokensBefore = 0, atMs = 0] = this.#state;
    const refill = ((nowMs - atMs) / 1_000) * this.#perSecond;
    const tokens = Math.min(this.#perSecond, tokensBefore + Math.max(0, refill));
    const needed = Math.min(events, this.#perSecond);
    const within = tokens >= needed;
    this.#state[0] = within ? tokens - events : tokens;
    this.#state[1] = nowMs;
    return within ? 0 : (needed - tokens) / this.#perSecond;
  }
}
