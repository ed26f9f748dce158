import { deliveryLatency, scheduleConditions } from "./delivery-latency.ts";
import { joined } from "./joined.ts";
import { loadBusy } from "./load-costs.ts";
import { deliveryConditions, deliveryNetwork, ipConditions } from "./network-costs.ts";
import type { Scenario } from "./scenario.ts";
import { eventLoop, serverBusy } from "./server-costs.ts";

const payloadBytes = 128;

const costs = joined(serverBusy, eventLoop, deliveryNetwork, loadBusy);
const measuredAs = joined(deliveryLatency, costs);

/** At the measured rate alone a server would still run unoptimised code when measuring begins. */
const warmUpFactor = 10;

const delivery: Scenario = {
  name: "delivery",
  question: "How long from a webhook to its subscribers, at a fixed arrival rate?",
  columns: deliveryLatency.columns,
  costs: costs.columns,
  saturates: false,
  conditions: ({ deliveryEventsPerSecond, deliveryMs }, { pollMs }, arrivals) => [
    ...scheduleConditions(
      { payloadBytes, eventsPerSecond: deliveryEventsPerSecond, durationMs: deliveryMs },
      arrivals,
    ),
    `Polling subscribers ask every ${pollMs} ms; measuring begins at a random moment of that interval, which the seed decides, the same for all servers of a block.`,
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
    fromRandomMoment: true,
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
  figures: measuredAs.figures,
};

export default delivery;
