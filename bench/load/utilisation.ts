import { nowMs } from "./clock.ts";
import { spunSoFarMs } from "./until.ts";

/**
 * CPU over wall time of this process, from now until what this gives is called. CPU time in which it did nothing but to
 * look whether the time had come is not in it: that is a wait, and gives way to work whenever there is any.
 */
export function countUtilisation(): () => number {
  const startMs = nowMs();
  const spunMs = spunSoFarMs();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    const workMs = (user + system) / 1_000 - (spunSoFarMs() - spunMs);
    // The clocks of the two differ by some microseconds: of a process that only waits, that is all there is.
    return Math.max(0, workMs) / (nowMs() - startMs);
  };
}
