import { samplesFor } from "../stats/enough-samples.ts";
import { deliveryLatency, scheduleConditions } from "./delivery-latency.ts";
import { joined } from "./joined.ts";
import { loadBusy } from "./load-costs.ts";
import { ingestNetwork, ipConditions } from "./network-costs.ts";
import { pageClock } from "./page-clock-costs.ts";
import type { Scenario } from "./scenario.ts";
import { eventLoop, serverBusy } from "./server-costs.ts";

const payloadBytes = 128;

const costs = joined(serverBusy, eventLoop, ingestNetwork, loadBusy, pageClock);
const measuredAs = joined(deliveryLatency, costs);

/** Of a page that polls, as `servers/dashboard/connect/polling.js` has it. */
const pollMs = 1_000;

/** As in `delivery`, server and page must run code that is optimised by then; a page draws every event, so not as many. */
const warmUpFactor = 5;

/**
 * How long webhooks come, so that there are enough for a median. From one interval of polling on, it is a whole number of
 * them: then each moment of it is met as often as any other, whenever a page has asked first.
 */
function durationMs(atLeastMs: number, eventsPerSecond: number): number {
  const enoughMs = Math.max(atLeastMs, (samplesFor(50) / eventsPerSecond) * 1_000);
  return enoughMs < pollMs ? enoughMs : Math.ceil(enoughMs / pollMs) * pollMs;
}

const browser: Scenario = {
  name: "browser",
  question: "How long from a webhook to the page in a browser?",
  columns: deliveryLatency.columns,
  costs: costs.columns,
  saturates: false,
  conditions: ({ browserEventsPerSecond, browserMs }, _clients, arrivals) => [
    "The subscriber is the dashboard of each server, open in a headless Chromium that is the run's, with nothing kept from the trials before, over whatever its scripts use to reach that server; latency ends when they have the event.",
    ...scheduleConditions(
      { payloadBytes, eventsPerSecond: browserEventsPerSecond, durationMs: browserMs },
      arrivals,
    ),
    "At a rate that is lower because of a server's ceiling, they come until there are enough for a median.",
    "A page that polls asks once a second, whatever --poll-ms says; measuring begins at a random moment of that second, which the seed decides, the same for all servers of a block, and goes on for whole seconds. That of tcp is told by server-sent events, for a browser opens no TCP connections.",
    "The page has a clock of its own, which is compared with that of the load before and after; how far every latency of a trial may be off for it stands among the costs. A trial in which the two clocks moved against each other has failed.",
    "The load is publisher and browser, every process of it, on one core: a page also draws what it is told, which is why events come more slowly than in the scenario delivery.",
    ...((browserEventsPerSecond * browserMs) / 1_000 < samplesFor(99)
      ? [`They are too few for a p99 here, which takes ${samplesFor(99)}: the profile standard has them.`]
      : []),
    ipConditions,
  ],
  points: ({ browserEventsPerSecond: eventsPerSecond }) => [{ eventsPerSecond }],
  clamp: ({ eventsPerSecond = 0 }, ceiling) => ({
    eventsPerSecond: Math.min(eventsPerSecond, ceiling.eventsPerSecond),
  }),
  load: ({ eventsPerSecond = 0 }, { warmUpMs, browserMs, rampMs }) => ({
    subscribers: 1,
    subscribersAre: "pages",
    ownPollMs: pollMs,
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
    measure: {
      kind: "open",
      eventsPerSecond,
      durationMs: durationMs(browserMs, eventsPerSecond),
      payloadBytes,
    },
  }),
  figures: measuredAs.figures,
};

export default browser;
