/** Known answers beside what the instrument made of them. Pure: what happened is handed in. */
import type { Check } from "../result.ts";
import type { LatencySummary } from "../scenarios/scenario.ts";
import { median } from "../stats/median.ts";
import { constantSchedule, expectedLatencies, percentile } from "./expected.ts";
import type { Deeds } from "./reference-process.ts";
import { withinRule } from "./within-rule.ts";

/** What was asked for: `count` webhooks at a constant rate, each to reach every subscriber. */
export interface Asked {
  readonly eventsPerSecond: number;
  readonly count: number;
  readonly subscribers: number;
}

/** What the instrument says it saw. */
export interface Seen {
  readonly events: number;
  readonly latency: LatencySummary;
}

/**
 * The fixed delay of the server is the median of what is measured. No higher percentile is judged here: in a tail of a
 * few webhooks a machine's own hiccups are real latency, which the instrument is right to show.
 */
export function delayCheck(delayMs: number, seen: Seen, deeds: Deeds): Check {
  return withinRule({
    name: `median latency, server delays by ${delayMs} ms`,
    unit: "ms",
    expected: known("delay", median(deeds.delaysMs)),
    measured: known("latency", seen.latency.percentileMs(50)),
  });
}

/** The percentiles that a stall of a tenth of the time decides, and that an instrument which waits for it misses. */
const stallPercentiles = [99, 99.9];

/**
 * The high percentiles of latency under a planted stall. The times at which the webhooks were to be sent follow from
 * the rate and the first of them alone: a publisher that lets its schedule slip is found out.
 */
export function stallChecks(asked: Asked, seen: Seen, deeds: Deeds): Check[] {
  const firstMs = known("webhook", deeds.intendedMs[0]);
  const schedule = constantSchedule(firstMs, asked.eventsPerSecond, asked.count);
  const latencies = expectedLatencies(schedule, deeds.stalls, 0);
  const stallMs = deeds.stalls.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return stallPercentiles.map((percent) =>
    withinRule({
      name: `p${percent} latency, server stalls for ${Math.round(stallMs)} ms`,
      unit: "ms",
      expected: known("latency", percentile(latencies, percent)),
      measured: known("latency", seen.latency.percentileMs(percent)),
    }),
  );
}

/** Every event reaches every subscriber, and each is counted once. */
export function countCheck(asked: Asked, seen: Seen): Check {
  return withinRule({
    name: "events delivered",
    unit: "count",
    expected: asked.count * asked.subscribers,
    measured: seen.events,
  });
}

function known(what: string, value: number | undefined): number {
  if (value === undefined)
    throw new Error(
      `expected at least one ${what} in the calibration, got none: did the load reach the server?`,
    );
  return value;
}
