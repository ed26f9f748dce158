/** @typedef {{ sentMs: number, receivedMs: number, serverMs: number }} RoundTrip */

/** The server tells whole milliseconds. */
const resolutionMs = 1;

/** Clocks drift, and computers sleep: what was found long ago is forgotten. */
const roundTripsKept = 16;

/**
 * The server's clock, as far as it can be known from here: a question takes a while to get there and its answer a
 * while to come back, and how that time was shared is not known. So the shortest round trip says most, and half
 * of it is how wrong it may be. Source: Cristian, "Probabilistic clock synchronization", 1989.
 */
export class Clock {
  /** @type {RoundTrip[]} */
  #roundTrips = [];

  /** @param {RoundTrip} roundTrip */
  take(roundTrip) {
    this.#roundTrips = [...this.#roundTrips, roundTrip].slice(-roundTripsKept);
  }

  /** By how much the server's clock is ahead of the page's, and how wrong that may be. */
  get offset() {
    const best = this.#roundTrips.toSorted((a, b) => lengthOf(a) - lengthOf(b))[0];
    if (best === undefined) return { ms: 0, uncertaintyMs: Number.POSITIVE_INFINITY };
    const ms = best.serverMs - (best.sentMs + best.receivedMs) / 2;
    return { ms, uncertaintyMs: lengthOf(best) / 2 + resolutionMs };
  }

  /**
   * From the server's acceptance of an event to its arrival here. None arrives before it was accepted: less than
   * nothing is the uncertainty of the clock.
   *
   * @param {number} acceptedMs on the server's clock
   * @param {number} receivedMs on the page's clock
   */
  latencyMs(acceptedMs, receivedMs) {
    return Math.max(0, receivedMs + this.offset.ms - acceptedMs);
  }
}

/** @param {RoundTrip} roundTrip */
function lengthOf({ sentMs, receivedMs }) {
  return receivedMs - sentMs;
}
