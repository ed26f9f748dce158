import { tooFewSamples } from "../stats/enough-samples.ts";
import { cpuPerEventUs } from "./cpu.ts";
import { joined } from "./joined.ts";
import { loadBusy } from "./load-costs.ts";
import { deliveryConditions, deliveryNetwork, ipConditions } from "./network-costs.ts";
import type { Scenario } from "./scenario.ts";
import { eventLoop, serverBusy } from "./server-costs.ts";

const payloadBytes = 128;

const costs = joined(serverBusy, eventLoop, deliveryNetwork, loadBusy);

/** At the measured rate alone a server would still run unoptimised code when measuring begins. */
const warmUpFactor = 10;

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
  conditions: ({ deliveryEventsPerSecond, deliveryMs }, { pollMs }, arrivals) => [
    `Webhooks of ${payloadBytes} bytes come at ${spread[arrivals]} ${deliveryEventsPerSecond} per second for ${deliveryMs / 1_000} s, whatever the answers do.`,
    "Each is signed as Standard Webhooks 1.0.0 has it: the server's check of the signature is in latency and CPU, signing is not, for it is done before.",
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
  load: ({ eventsPerSecond = 0, subscribers = 0 }, { warmUpMs, deliveryMs, rampMs }) => ({
    subscribers,
    rampMs,
    watchLoopDelay: false,
    signed: true,
    warmUp: {
      kind: "open",
      eventsPerSecond: eventsPerSecond * warmUpFactor,
      durationMs: warmUpMs,
      payloadBytes,
    },
    measure: { kind: "open", eventsPerSecond, durationMs: deliveryMs, payloadBytes },
  }),
  figures: (measured) => {
    const { latency, accepted } = measured;
    const cost = costs.figures(measured);
    // Deliveries of one event to many subscribers share its delays: what counts is events.
    const tooFew = { p50: tooFewSamples(50, accepted, "events"), p99: tooFewSamples(99, accepted, "events") };
    return {
      figures: {
        p50Ms: tooFew.p50 === undefined ? latency.percentileMs(50) : undefined,
        p99Ms: tooFew.p99 === undefined ? latency.percentileMs(99) : undefined,
        maxMs: latency.percentileMs(100),
        cpuPerEventUs: cpuPerEventUs(measured),
        ...cost.figures,
      },
      notes: [...Object.values(tooFew).filter((note) => note !== undefined), ...cost.notes],
    };
  },
};

export default delivery;
