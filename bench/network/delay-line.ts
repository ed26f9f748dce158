/** Something that is under way, and when it has come. */
export interface UnderWay<Item> {
  readonly item: Item;
  readonly dueMs: number;
}

/**
 * One direction of a link. What enters it is first put on the link, which takes its size over the bandwidth and
 * waits for what entered before, then takes the delay: it is due as a whole when its last byte has come. As
 * the delay is the same for all, all leave in the order in which they entered. Knows no clock: `nowMs` is
 * handed in, and never goes back.
 */
export class DelayLine<Item> {
  readonly #delayMs: number;
  readonly #bytesPerMs: number;
  /** When the last byte of all that entered is on the link. */
  #freeMs = Number.NEGATIVE_INFINITY;
  #underWay: UnderWay<Item>[] = [];
  /** Where the first of them is: taking from the front of an array would move all the others. */
  #first = 0;

  constructor(delayMs: number, bitsPerSecond: number) {
    this.#delayMs = delayMs;
    this.#bytesPerMs = bitsPerSecond / 8 / 1_000;
  }

  /** Lets `item`, of `bytes` bytes, enter now. */
  enter(item: Item, bytes: number, nowMs: number): void {
    this.#freeMs = Math.max(this.#freeMs, nowMs) + bytes / this.#bytesPerMs;
    this.#underWay.push({ item, dueMs: this.#freeMs + this.#delayMs });
  }

  /** When the next is due; infinity when nothing is under way. */
  get nextDueMs(): number {
    return this.#underWay[this.#first]?.dueMs ?? Number.POSITIVE_INFINITY;
  }

  /** Takes the next off the line, if it is due. */
  take(nowMs: number): UnderWay<Item> | undefined {
    const next = this.#underWay[this.#first];
    if (next === undefined || next.dueMs > nowMs) return undefined;
    this.#first++;
    if (this.#first * 2 > this.#underWay.length) {
      // At least half of the array is left behind, so each item is moved once on average.
      this.#underWay = this.#underWay.slice(this.#first);
      this.#first = 0;
    }
    return next;
  }
}
