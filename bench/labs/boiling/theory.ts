/** What is to be expected of polling when events come as a Poisson process. */

/** The share of polls that find nothing, 0 to 1, with so many events on average in an interval: that of no event in it. */
export function emptyShare(eventsPerInterval: number): number {
  return Math.exp(-eventsPerInterval);
}

/** How many polls an event takes. */
export function pollsPerEvent(eventsPerInterval: number): number {
  return 1 / eventsPerInterval;
}

/** How old an event is on average when it is asked for: it can come at any moment of the interval. */
export function meanAgeMs(pollMs: number): number {
  return pollMs / 2;
}
