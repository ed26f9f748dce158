import { nowMs } from "../load/clock.ts";

/** Timers are a millisecond coarse: what is nearer than this is waited for in turns of the event loop. */
const nearMs = 1.5;

/**
 * Calls back at a set time, more exactly than a timer: sleeps short of it, then turns the event loop over
 * until it has come, so that sockets are served meanwhile. Costs nothing while no time is set.
 */
export class Alarm {
  readonly #ring: () => void;
  #dueMs = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #turningSinceMs: number | undefined;
  /** How long the event loop was turned over in all; sockets that were served meanwhile are counted in. */
  turningMs = 0;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Rings once at `dueMs`, never sooner; or at the time that was set before, if that is sooner. */
  set(dueMs: number): void {
    if (dueMs >= this.#dueMs) return;
    this.#dueMs = dueMs;
    if (this.#turningSinceMs === undefined) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const startMs = nowMs();
    const leftMs = this.#dueMs - startMs;
    if (leftMs > nearMs) {
      this.#timer = setTimeout(() => this.#wait(), leftMs - 1);
    } else {
      this.#turningSinceMs = startMs;
      setImmediate(this.#turn);
    }
  }

  readonly #turn = (): void => {
    const timeMs = nowMs();
    if (timeMs < this.#dueMs) {
      setImmediate(this.#turn);
      return;
    }
    this.turningMs += timeMs - (this.#turningSinceMs ?? timeMs);
    this.#turningSinceMs = undefined;
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#ring();
  };
}
