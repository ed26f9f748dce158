/** Milliseconds on the clock that all processes of this host share (CLOCK_MONOTONIC). */
export function nowMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1e6;
}

/** Readings of the clock that its resolution is looked for in. */
const readings = 10_000;

/** The smallest step between two readings of the clock that differ, in nanoseconds. */
export function clockResolutionNs(): number {
  let smallest = Number.POSITIVE_INFINITY;
  let before = process.hrtime.bigint();
  for (let reading = 0; reading < readings; reading++) {
    const now = process.hrtime.bigint();
    if (now > before) smallest = Math.min(smallest, Number(now - before));
    before = now;
  }
  return smallest;
}
