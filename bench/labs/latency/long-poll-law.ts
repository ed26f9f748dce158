/**
 * What latency a long poll has on average, in one-way delays, when events come at random and nothing but the way
 * takes time.
 *
 * A cycle begins when the server answers. The answer and the next request are under way for two delays, in which
 * `m` events come on average (a Poisson process); each waits for the request, one delay on average, and all leave
 * with the next answer. Only if none came, with probability e^-m, is the request held, and the next event waits for
 * nothing. So of `m + e^-m` events in a cycle, `m` wait one delay each, and all take one more to arrive.
 */
export function longPollMeanTransits(eventsPerSecond: number, oneWayMs: number): number {
  const meanUnderWay = (eventsPerSecond / 1_000) * 2 * oneWayMs;
  return 1 + meanUnderWay / (meanUnderWay + Math.exp(-meanUnderWay));
}

/**
 * The longest: an event that comes just behind an answer waits for that to arrive and for the next request, and takes
 * the way itself. Source: RFC 6202, section 2.2.
 */
export const longPollWorstTransits = 3;
