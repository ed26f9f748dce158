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
  /** When the turn under way began; undefined while the loop is not turned over. */
  #turnSinceMs: number | undefined;
  /** Whether the turn under way had anything to do: it was told of a time. */
  #worked = false;
  /** How long the event loop was turned over for nothing; turns in which something came to be carried are work. */
  turningMs = 0;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Rings once at `dueMs`, never sooner; or at the time that was set before, if that is sooner. */
  set(dueMs: number): void {
    this.#worked = true;
    if (dueMs >= this.#dueMs) return;
    this.#dueMs = dueMs;
    if (this.#turnSinceMs === undefined) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const startMs = nowMs();
    const leftMs = this.#dueMs - startMs;
    if (leftMs > nearMs) {
      this.#timer = setTimeout(() => this.#wait(), leftMs - 1);
    } else {
      this.#turnSinceMs = startMs;
      this.#worked = false;
      setImmediate(this.#turn);
    }
  }

  readonly #turn = (): void => {
    const timeMs = nowMs();
    if (!this.#worked) this.turningMs += timeMs - (this.#turnSinceMs ?? timeMs);
    this.#worked = false;
    if (timeMs < this.#dueMs) {
      this.#turnSinceMs = timeMs;
      setImmediate(this.#turn);
      return;
    }
    this.#turnSinceMs = undefined;
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#ring();
  };
}
