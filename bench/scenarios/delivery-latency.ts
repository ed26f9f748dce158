import { tooFewSamples } from "../stats/enough-samples.ts";
import type { ArrivalKind } from "../stats/poisson.ts";
import { cpuPerEventUs } from "./cpu.ts";
import type { Costs } from "./scenario.ts";

/** What a scenario answers that asks how long events are under way at a fixed rate. */
export const deliveryLatency: Costs = {
  columns: [
    { figure: "p50Ms", title: "median", unit: "ms", better: "lower" },
    { figure: "p99Ms", title: "p99", unit: "ms", better: "lower" },
    { figure: "maxMs", title: "longest", unit: "ms", better: "lower" },
    { figure: "cpuPerEventUs", title: "server CPU per event", unit: "µs", better: "lower" },
  ],
  figures: (measured) => {
    const { latency, accepted } = measured;
    // Deliveries of one event to many subscribers share its delays: what counts is events.
    const tooFew = { p50: tooFewSamples(50, accepted, "events"), p99: tooFewSamples(99, accepted, "events") };
    return {
      figures: {
        p50Ms: tooFew.p50 === undefined ? latency.percentileMs(50) : undefined,
        p99Ms: tooFew.p99 === undefined ? latency.percentileMs(99) : undefined,
        maxMs: latency.percentileMs(100),
        cpuPerEventUs: cpuPerEventUs(measured),
      },
      notes: Object.values(tooFew).filter((note) => note !== undefined),
    };
  },
};

const spread = { constant: "a constant", poisson: "random times (a Poisson process), on average" } as const;

/** For the conditions of a scenario with these figures. */
export function scheduleConditions(
  traffic: {
    readonly payloadBytes: number;
    readonly eventsPerSecond: number | readonly number[];
    readonly durationMs: number;
  },
  arrivals: ArrivalKind,
): string[] {
  const { payloadBytes, eventsPerSecond, durationMs } = traffic;
  return [
    `Webhooks of ${payloadBytes} bytes come at ${spread[arrivals]} ${listed(eventsPerSecond)} per second for ${durationMs / 1_000} s, whatever the answers do.`,
    "Each is signed as Standard Webhooks 1.0.0 has it: the server's check of the signature is in latency and CPU, signing is not, for it is done before.",
    "Latency counts from the time a webhook was to be sent, so a stall of the server is seen in full.",
  ];
}

/** `200`, `200, 800 or 3,200`. */
function listed(rates: number | readonly number[]): string {
  return new Intl.ListFormat("en", { type: "disjunction" }).format(
    [rates].flat().map((rate) => rate.toLocaleString("en")),
  );
}
