/** Time, handed to whatever waits, so that days pass in a test as soon as nothing is left to do in them. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Calls `then` once, `ms` from now; the function returned stops that. */
  after(ms: number, then: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};
