import { cpuPerEventUs } from "./cpu.ts";
import { joined } from "./joined.ts";
import { deliveryConditions, deliveryNetwork, ipConditions } from "./network-costs.ts";
import type { Scenario } from "./scenario.ts";
import { eventLoop, serverBusy } from "./server-costs.ts";

const payloadBytes = 128;

const costs = joined(serverBusy, eventLoop, deliveryNetwork);

/** At the measured rate alone a server would still run unoptimised code when measuring begins. */
const warmUpFactor = 10;

/** A 99th percentile of fewer samples than this is one of the few worst, not a percentile. */
const samplesForP99 = 200;

/** And a median of fewer than this is any of them. */
const samplesForP50 = 8;

const spread = { constant: "a constant", poisson: "random times (a Poisson process), on average" } as const;

const delivery: Scenario = {
  name: "delivery",
  question: "How long from a webhook to its subscribers, at a fixed arrival rate?",
  columns: [
    { figure: "p50Ms", title: "median", unit: "ms", better: "lower" },
    { figure: "p99Ms", title: "p99", unit: "ms", better: "lower" },
    { figure: "maxMs", title: "longest", unit: "ms", better: "lower" },
    { figure: "cpuPerEventUs", title: "server CPU per event", unit: "µs", better: "lower" },
  ],
  costs: costs.columns,
  saturates: false,
  conditions: ({ deliveryEventsPerSecond, measureMs }, { pollMs }, arrivals) => [
    `Webhooks of ${payloadBytes} bytes come at ${spread[arrivals]} ${deliveryEventsPerSecond} per second for ${measureMs / 1_000} s, whatever the answers do.`,
    "Latency counts from the time a webhook was to be sent, so a stall of the server is seen in full.",
    `Polling subscribers ask every ${pollMs} ms.`,
    deliveryConditions,
    ipConditions,
  ],
  points: ({ deliveryEventsPerSecond: eventsPerSecond, deliverySubscribers }) =>
    deliverySubscribers.map((subscribers) => ({ eventsPerSecond, subscribers })),
  clamp: ({ eventsPerSecond = 0, subscribers = 0 }, ceiling) => ({
    eventsPerSecond: Math.min(eventsPerSecond, ceiling.eventsPerSecond),
    subscribers: Math.min(subscribers, ceiling.subscribers),
  }),
  load: ({ eventsPerSecond = 0, subscribers = 0 }, { warmUpMs, measureMs, rampMs }) => ({
    subscribers,
    rampMs,
    watchLoopDelay: false,
    warmUp: {
      kind: "open",
      eventsPerSecond: eventsPerSecond * warmUpFactor,
      durationMs: warmUpMs,
      payloadBytes,
    },
    measure: { kind: "open", eventsPerSecond, durationMs: measureMs, payloadBytes },
  }),
  figures: (measured) => {
    const { latency } = measured;
    const cost = costs.figures(measured);
    const needed = { p50: samplesForP50, p99: samplesForP99 };
    const tooFew = Object.entries(needed).filter(([, samples]) => latency.count < samples);
    return {
      figures: {
        p50Ms: latency.count < samplesForP50 ? undefined : latency.percentileMs(50),
        p99Ms: latency.count < samplesForP99 ? undefined : latency.percentileMs(99),
        maxMs: latency.percentileMs(100),
        cpuPerEventUs: cpuPerEventUs(measured),
        ...cost.figures,
      },
      notes: [
        ...tooFew.map(
          ([name, samples]) => `no ${name}: it takes ${samples} deliveries, this trial has ${latency.count}`,
        ),
        ...cost.notes,
      ],
    };
  },
};

export default delivery;
