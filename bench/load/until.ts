import { nowMs } from "./clock.ts";

/** Timers are a millisecond coarse, and may be late by as much. */
const coarseMs = 1;

/**
 * A turn of the loop that took less is one in which nothing came. An empty turn takes 1.1 µs at the median, 2.3 µs at the
 * 99th percentile (Node 20, 1.2 million turns on the machine of the committed results); to read an answer or to write a
 * webhook takes over 10 µs. A turn that is empty and longer counts as work: the bound errs to that side alone.
 */
const emptyTurnMs = 0.005;

let spunMs = 0;

/** When the turn that is under way began. One for all that wait at once: no time is counted twice. */
let turnBeganMs = 0;

/** CPU time of this process that went into waiting alone, in milliseconds since it began. */
export function spunSoFarMs(): number {
  return spunMs;
}

/** Sleeps until shortly before `timeMs`; not at all when that is now. */
export async function shortlyBefore(timeMs: number): Promise<void> {
  const leftMs = timeMs - nowMs();
  if (leftMs > 1.5 * coarseMs) await new Promise((resolve) => setTimeout(resolve, leftMs - coarseMs));
}

/** Resolves at `timeMs`: sleeps until shortly before it, then lets I/O run until it has come. */
export async function until(timeMs: number): Promise<void> {
  await shortlyBefore(timeMs);
  let now = nowMs();
  // What this process did before is no part of a turn.
  turnBeganMs = now;
  while (now < timeMs) {
    await new Promise((resolve) => setImmediate(resolve));
    now = nowMs();
    const turnMs = now - turnBeganMs;
    if (turnMs < emptyTurnMs) spunMs += turnMs;
    turnBeganMs = now;
  }
}
