import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import type { LoopDelay } from "./contract.ts";

/**
 * Interval at which the loop is looked at. Each look wakes it, for about 40 µs of CPU where it was idle: 0.7 % of a
 * core. In 2 s there are enough looks for a 99th percentile.
 */
const resolutionMs = 6;

/** Watches by how much the event loop of this thread is late, once started. */
export class LoopDelayWatch {
  #histogram: IntervalHistogram | undefined;

  /** Forgets what was seen until now. */
  restart(): void {
    this.#histogram?.disable();
    this.#histogram = monitorEventLoopDelay({ resolution: resolutionMs });
    this.#histogram.enable();
  }

  read(): LoopDelay | undefined {
    const histogram = this.#histogram;
    if (histogram === undefined) return undefined;
    return {
      samples: histogram.count,
      p50Ms: delayMs(histogram.percentile(50)),
      p99Ms: delayMs(histogram.percentile(99)),
      maxMs: delayMs(histogram.max),
    };
  }
}

/** Node records the time between two looks, in nanoseconds: the interval and the delay. */
function delayMs(betweenNs: number): number {
  return Math.max(0, betweenNs / 1e6 - resolutionMs);
}
