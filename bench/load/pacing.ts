/**
 * When attempts are due that begin at a constant rate. The schedule counts from elapsed time, so that one timer
 * that comes late costs no attempt: those that are due by then are due at once.
 */
export class Pacing {
  readonly #perSecond: number;
  readonly #startMs: number;

  constructor(perSecond: number, startMs: number) {
    this.#perSecond = perSecond;
    this.#startMs = startMs;
  }

  /** How many attempts should have begun by `nowMs`; the first is due at the start. */
  dueBy(nowMs: number): number {
    return 1 + Math.floor(((nowMs - this.#startMs) * this.#perSecond) / 1_000);
  }

  /** When attempt `index`, counted from 0, is due. */
  dueAtMs(index: number): number {
    return this.#startMs + (index * 1_000) / this.#perSecond;
  }
}
