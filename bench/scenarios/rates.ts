import { samplesFor } from "../stats/enough-samples.ts";
import { deliveryLatency, scheduleConditions } from "./delivery-latency.ts";
import { joined } from "./joined.ts";
import { loadBusy } from "./load-costs.ts";
import { deliveryNetwork, ipConditions } from "./network-costs.ts";
import type { Scenario } from "./scenario.ts";
import { eventLoop, serverBusy } from "./server-costs.ts";

const payloadBytes = 128;

/** One, so that the server reaches its limit before the load does. */
const subscribers = 1;

const costs = joined(serverBusy, eventLoop, deliveryNetwork, loadBusy);
const measuredAs = joined(deliveryLatency, costs);

/** Long enough for the median at any rate, and for code to be optimised by then. */
function durationMs(atLeastMs: number, eventsPerSecond: number): number {
  return Math.max(atLeastMs, Math.ceil((samplesFor(50) / eventsPerSecond) * 1_000));
}

const rates: Scenario = {
  name: "rates",
  question: "How does latency grow as webhooks come more often?",
  columns: deliveryLatency.columns,
  costs: costs.columns,
  saturates: false,
  conditions: ({ rates, ratesMs }, { pollMs }, arrivals) => [
    "One subscriber; the rate is what changes.",
    ...scheduleConditions({ payloadBytes, eventsPerSecond: rates, durationMs: ratesMs }, arrivals),
    "At a rate that is lower because of a server's ceiling, they come until there are enough for a median.",
    `A polling subscriber asks every ${pollMs} ms.`,
    ipConditions,
  ],
  points: ({ rates }) => rates.map((eventsPerSecond) => ({ eventsPerSecond })),
  clamp: ({ eventsPerSecond = 0 }, ceiling) => ({
    eventsPerSecond: Math.min(eventsPerSecond, ceiling.eventsPerSecond),
  }),
  load: ({ eventsPerSecond = 0 }, { warmUpMs, ratesMs, rampMs }) => ({
    subscribers,
    fromRandomMoment: true,
    rampMs,
    watchLoopDelay: false,
    signed: true,
    warmUp: { kind: "open", eventsPerSecond, durationMs: warmUpMs, payloadBytes },
    measure: {
      kind: "open",
      eventsPerSecond,
      durationMs: durationMs(ratesMs, eventsPerSecond),
      payloadBytes,
    },
  }),
  figures: measuredAs.figures,
};

export default rates;
