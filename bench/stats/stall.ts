/** A server that answers in `baseMs`, save that every `periodMs` it does nothing at all for `stallMs`. */
export interface Stalls {
  readonly baseMs: number;
  readonly stallMs: number;
  readonly periodMs: number;
}

/**
 * The share of requests that an open model finds to take longer than `latencyMs`: exact for arrivals spread evenly,
 * each waiting for what is left of the stall that it falls into. What waited is answered at once when the stall ends,
 * so this is for a load that the server could carry many times over.
 */
export function openModelShareAbove({ baseMs, stallMs, periodMs }: Stalls, latencyMs: number): number {
  if (latencyMs < baseMs) return 1;
  return Math.max(0, stallMs - (latencyMs - baseMs)) / periodMs;
}

/** The latency that `percent` of the requests do not exceed, as an open model finds it. */
export function openModelPercentileMs({ baseMs, stallMs, periodMs }: Stalls, percent: number): number {
  return baseMs + Math.max(0, stallMs - ((100 - percent) / 100) * periodMs);
}

/**
 * The same as a closed model of one connection reports it. It sends nothing while it waits, so that each stall is one
 * request of thousands, however long it is (coordinated omission: G. Tene, "How NOT to Measure Latency", 2013).
 */
export function closedModelPercentileMs(stalls: Stalls, percent: number): number {
  const { baseMs, stallMs } = stalls;
  return (100 - percent) / 100 < closedModelShareStalled(stalls) ? baseMs + stallMs : baseMs;
}

/** Of the requests of a closed model of one connection, the share that meets a stall: one a period. */
export function closedModelShareStalled({ baseMs, stallMs, periodMs }: Stalls): number {
  return Math.min(1, baseMs / (periodMs - stallMs));
}
