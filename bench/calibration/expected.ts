/** A time in which the reference server did nothing at all, on the shared clock. */
export interface Stall {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * The latency of each webhook, sent at its intended time to a server that pushes its event `delayMs` after it came,
 * and that neither takes nor pushes anything in a stall.
 */
export function expectedLatencies(
  intendedMs: readonly number[],
  stalls: readonly Stall[],
  delayMs: number,
): number[] {
  const awakeMs = (timeMs: number) =>
    stalls.find(({ startMs, endMs }) => startMs <= timeMs && timeMs < endMs)?.endMs ?? timeMs;
  return intendedMs.map((sentMs) => awakeMs(awakeMs(sentMs) + delayMs) - sentMs);
}

/**
 * The smallest of `values` that `percent` of them do not exceed: what a histogram gives for the same values.
 * Undefined of nothing.
 */
export function percentile(values: readonly number[], percent: number): number | undefined {
  // A hair less, since 99.9 % of 1,000 is a hair more than 999 in binary fractions.
  const rank = Math.max(1, Math.ceil((percent * values.length) / 100 - 1e-9));
  return values.toSorted((a, b) => a - b)[rank - 1];
}
