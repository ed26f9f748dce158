import { nowMs } from "./clock.ts";

/** Resolves at `timeMs`. Timers are a millisecond coarse: sleeps short of it, then lets I/O run until it has come. */
export async function until(timeMs: number): Promise<void> {
  const leftMs = timeMs - nowMs();
  if (leftMs > 1.5) await new Promise((resolve) => setTimeout(resolve, leftMs - 1));
  while (nowMs() < timeMs) await new Promise((resolve) => setImmediate(resolve));
}
