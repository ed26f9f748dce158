/** Known answers beside what the instrument made of them. */
import { type Arrivals, arrivalOffsetsMs } from "../load/arrivals.ts";
import type { Accuracy } from "../network/accuracy.ts";
import type { Check } from "../result.ts";
import type { LatencySummary } from "../scenarios/scenario.ts";
import { median } from "../stats/median.ts";
import { expectedLatencies, percentile } from "./expected.ts";
import type { Deeds } from "./reference-process.ts";
import { withinRule } from "./within-rule.ts";

/** What was asked of the load. */
export interface Asked {
  readonly arrivals: Arrivals;
  readonly eventsPerSecond: number;
  readonly durationMs: number;
  readonly subscribers: number;
}

/** What the instrument says that came of it. */
export interface Seen {
  readonly events: number;
  readonly latency: LatencySummary;
  /** Of all subscribers. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/**
 * The fixed delay of the server is the median of what is measured. No higher percentile is judged here: in a tail of a
 * few webhooks a machine's own hiccups are real latency, which the instrument is right to show.
 */
export function delayCheck(delayMs: number, seen: Seen, deeds: Deeds): Check {
  return withinRule({
    name: `median latency, server delays by ${delayMs} ms`,
    unit: "ms",
    expected: known("push", median(deeds.delaysMs)),
    measured: known("latency", seen.latency.percentileMs(50)),
  });
}

/** Percentiles that a stall of a tenth of the time decides, and that an instrument which waits with it misses. */
const stallPercentiles = [99, 99.9];

/** The high percentiles of latency under a planted stall. */
export function stallChecks(asked: Asked, seen: Seen, deeds: Deeds): Check[] {
  const latencies = latenciesUnderStalls(asked, deeds);
  return stallPercentiles.map((percent) =>
    withinRule({
      name: `p${percent} latency, server stalls a tenth of the time`,
      unit: "ms",
      expected: known("webhook", percentile(latencies, percent)),
      measured: known("latency", seen.latency.percentileMs(percent)),
    }),
  );
}

/**
 * What the latencies should be, by the stalls that there were. When the webhooks were to be sent follows from what was
 * asked and from the first of them alone: a publisher that lets its schedule slip is found out.
 */
export function latenciesUnderStalls(asked: Asked, deeds: Deeds): number[] {
  known("stall", deeds.stalls[0]);
  const offsetsMs = arrivalOffsetsMs(asked.arrivals, asked.eventsPerSecond, asked.durationMs);
  const startMs = known("webhook", deeds.intendedMs[0]) - known("arrival", offsetsMs[0]);
  return expectedLatencies(
    offsetsMs.map((offsetMs) => startMs + offsetMs),
    deeds.stalls,
    0,
  );
}

/** Every event reaches every subscriber, and each is counted once. */
export function countCheck(asked: Asked, seen: Seen, meanwhile: string): Check {
  const { length } = arrivalOffsetsMs(asked.arrivals, asked.eventsPerSecond, asked.durationMs);
  return withinRule({
    name: `events delivered, server ${meanwhile}`,
    unit: "count",
    expected: length * asked.subscribers,
    measured: seen.events,
  });
}

/** Subscribers read what the server pushed to them, byte by byte, and send nothing once they are subscribed. */
export function byteChecks(seen: Seen, deeds: Deeds): Check[] {
  return [
    withinRule({
      name: "bytes that subscribers received",
      unit: "bytes",
      expected: deeds.bytesPushed,
      measured: seen.bytesIn,
    }),
    withinRule({
      name: "bytes that subscribers sent",
      unit: "bytes",
      expected: deeds.bytesRead,
      measured: seen.bytesOut,
    }),
  ];
}

/** The delay that the relay was asked for is the one it gives. */
export function roundTripCheck({ askedMs, medianMs }: Accuracy): Check {
  return withinRule({
    name: "median round trip through the relay",
    unit: "ms",
    expected: askedMs,
    measured: medianMs,
  });
}

function known<Value>(what: string, value: Value | undefined): Value {
  if (value === undefined) {
    const next = "see whether the load reaches the reference server at all";
    throw new Error(`expected at least one ${what} in the calibration, got none; ${next}`);
  }
  return value;
}
