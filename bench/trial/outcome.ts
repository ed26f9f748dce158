import { totalOf } from "../load/counts.ts";
import type { TrialLoad } from "../load/load.ts";
import type { TrafficResult } from "../load/senders.ts";
import type { RelayUse } from "../network/relay-process.ts";
import type { Completed, ErrorCounts } from "../result.ts";
import type { Measured, Scenario } from "../scenarios/scenario.ts";
import { LatencyHistogram } from "../stats/histogram.ts";
import { isGeneratorBound, loadUse, utilisationOf } from "./load-use.ts";
import type { RampSummary } from "./ramp-summary.ts";

/** All that one trial has to show. */
export interface TrialParts
  extends Pick<Measured, "ioModel" | "durationMs" | "server" | "memory" | "loopback"> {
  readonly traffic: TrafficResult;
  readonly ramp: RampSummary;
  /** What the subscribers received since the warm-up. */
  readonly received: Awaited<ReturnType<TrialLoad["collect"]>>;
  /** Deliveries that had not come when the drain was over. */
  readonly missing: number;
}

/** The outcome of a trial that went through all its phases. */
export function completedOutcome(scenario: Scenario, parts: TrialParts): Completed {
  const { traffic, ramp, received, missing, ...readings } = parts;
  const { accepted, rounds } = traffic;
  const { latency } = received;
  const load = loadUse(traffic, received.utilisations, received.relays);
  const {
    figures,
    notes,
    distributions = {},
  } = scenario.figures({
    ...readings,
    accepted,
    ramp,
    subscriberBytes: received,
    clockUncertaintyMs: received.clockUncertaintyMs,
    latency,
    rounds,
    loadUtilisation: utilisationOf(load),
  });
  const errors: ErrorCounts = {
    connect: ramp.failures,
    ended: totalOf(received.ended),
    publish: traffic.failed,
    missing,
    repeated: received.repeated,
    dropped: traffic.dropped,
  };
  const ends = Object.entries(received.ended).map(
    ([reason, count]) => `${count} subscriptions ended: ${reason}`,
  );
  return {
    state: "completed",
    figures: present(figures),
    histograms: { ...encoded({ latency }), ...encodedHistograms(distributions) },
    errors,
    ...(traffic.sending === undefined ? {} : { sending: traffic.sending }),
    load,
    generatorBound: isGeneratorBound(load),
    ...latenessOf(received.relays),
    notes: [...notes, ...ends, ...relayFailures(received.relays)],
  };
}

/** How late the relays were, of several the worst. */
export function latenessOf(relays: readonly RelayUse[]): Pick<Completed, "relayLateness"> {
  const each = relays.flatMap(({ lateness }) => (lateness === undefined ? [] : [lateness]));
  if (each.length === 0) return {};
  const worst = (part: keyof (typeof each)[number]) => Math.max(...each.map((lateness) => lateness[part]));
  return {
    relayLateness: { medianMs: worst("medianMs"), p99Ms: worst("p99Ms"), longestMs: worst("maxMs") },
  };
}

function relayFailures(relays: readonly RelayUse[]): string[] {
  return relays.flatMap(({ failures }) =>
    Object.entries(failures).map(
      ([reason, count]) => `${count} connections not carried by a relay: ${reason}`,
    ),
  );
}

/** The figures without those that mean nothing. */
export function present(figures: Readonly<Record<string, number | undefined>>): Record<string, number> {
  const entries = Object.entries(figures).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}

/** Latencies in milliseconds, or histograms of them, by name, as a result keeps them. */
export function encodedHistograms(
  distributions: Readonly<Record<string, readonly number[] | LatencyHistogram>>,
): Record<string, string> {
  return encoded(
    Object.fromEntries(
      Object.entries(distributions).map(([name, latenciesMs]) => [name, histogramOf(latenciesMs)]),
    ),
  );
}

function histogramOf(latenciesMs: readonly number[] | LatencyHistogram): LatencyHistogram {
  if (latenciesMs instanceof LatencyHistogram) return latenciesMs;
  const histogram = new LatencyHistogram();
  for (const latencyMs of latenciesMs) histogram.record(latencyMs);
  return histogram;
}

/** Those with anything in them, as a result keeps them. */
function encoded(histograms: Readonly<Record<string, LatencyHistogram>>): Record<string, string> {
  const filled = Object.entries(histograms).filter(([, histogram]) => histogram.count > 0);
  return Object.fromEntries(filled.map(([name, histogram]) => [name, histogram.encode()]));
}
