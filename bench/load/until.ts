import { nowMs } from "./clock.ts";

/** Timers are a millisecond coarse, and may be late by as much. */
const coarseMs = 1;

/** Sleeps until shortly before `timeMs`; not at all when that is now. */
export async function shortlyBefore(timeMs: number): Promise<void> {
  const leftMs = timeMs - nowMs();
  if (leftMs > 1.5 * coarseMs) await new Promise((resolve) => setTimeout(resolve, leftMs - coarseMs));
}

/** Resolves at `timeMs`: sleeps until shortly before it, then lets I/O run until it has come. */
export async function until(timeMs: number): Promise<void> {
  await shortlyBefore(timeMs);
  while (nowMs() < timeMs) await new Promise((resolve) => setImmediate(resolve));
}
