import type { Clock } from "../../dispatch/clock.ts";

interface Timer {
  readonly dueMs: number;
  readonly then: () => void;
}

/** Time that passes as soon as nothing is left to do in it. */
export class VirtualClock implements Clock {
  #nowMs: number;
  #timers: Timer[] = [];

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs;
  }

  now = (): number => this.#nowMs;

  after(ms: number, then: () => void): () => void {
    const timer = { dueMs: this.#nowMs + ms, then };
    const later = this.#timers.findIndex(({ dueMs }) => dueMs > timer.dueMs);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets this much time pass, and all that happens in it happen. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settled();
    for (let [next] = this.#timers; next && next.dueMs <= endMs; [next] = this.#timers) {
      this.#timers.shift();
      this.#nowMs = next.dueMs;
      next.then();
      await settled();
    }
    this.#nowMs = endMs;
  }
}

/** Resolves once every promise that can go on has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
