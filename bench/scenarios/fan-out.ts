import { median } from "../stats/median.ts";
import { joined } from "./joined.ts";
import { loadBusy } from "./load-costs.ts";
import { deliveryConditions, deliveryNetwork, ipConditions } from "./network-costs.ts";
import type { Scenario } from "./scenario.ts";
import { cpuPerDelivery, eventLoop, loopDelay, serverBusy } from "./server-costs.ts";

const payloadBytes = 128;

/** So that an event of a later round meets polling subscribers at any moment of their interval. */
const pausePolls = 1;

/** So many rounds say what there is to say; the fastest servers have them in a fraction of the time. */
const mostRounds = 100;

const costs = joined(cpuPerDelivery, serverBusy, eventLoop, loopDelay, deliveryNetwork, loadBusy);

const fanOut: Scenario = {
  name: "fan-out",
  question: "One event to many subscribers at once: when do the first, the median and the last have it?",
  columns: [
    { figure: "firstMs", title: "first", unit: "ms", better: "lower" },
    { figure: "medianMs", title: "median", unit: "ms", better: "lower" },
    { figure: "lastMs", title: "last", unit: "ms", better: "lower" },
    { figure: "rounds", title: "rounds", unit: "count", better: "higher" },
  ],
  costs: costs.columns,
  saturates: false,
  conditions: ({ measureMs }, { pollMs }) => [
    `One event of ${payloadBytes} bytes at a time, the next when all have it, for about ${measureMs / 1_000} s or ${mostRounds} events, whichever is over first.`,
    "Each figure is the median over the rounds in which every subscriber got the event.",
    "The load is busy between the events too, when nothing is timed.",
    `Polling subscribers ask every ${pollMs} ms, and each event but the first waits up to ${pausePolls * pollMs} ms for a random moment of that interval.`,
    "CPU per delivery is all of the server's while measuring, by the events that subscribers got: what their webhooks take, idle polls, and looking at the loop's delay are in it.",
    deliveryConditions,
    ipConditions,
  ],
  points: ({ fanOutSubscribers }) => fanOutSubscribers.map((subscribers) => ({ subscribers })),
  clamp: ({ subscribers = 0 }, ceiling) => ({ subscribers: Math.min(subscribers, ceiling.subscribers) }),
  load: ({ subscribers = 0 }, { warmUpMs, measureMs, rampMs }) => ({
    subscribers,
    rampMs,
    watchLoopDelay: true,
    warmUp: { kind: "rounds", atLeast: 1, atMost: 20, forMs: warmUpMs, payloadBytes, pausePolls },
    measure: { kind: "rounds", atLeast: 2, atMost: mostRounds, forMs: measureMs, payloadBytes, pausePolls },
  }),
  figures: (measured) => {
    const { rounds, ramp } = measured;
    // The last of those who got an event is not the last: where somebody missed it, that never came.
    const delivered = rounds.filter(
      (latencies) => latencies.length > 0 && latencies.length >= ramp.connected,
    );
    const incomplete = rounds.length - delivered.length;
    const first = delivered.map((latencies) => Math.min(...latencies));
    const middle = delivered.flatMap((latencies) => median(latencies) ?? []);
    const last = delivered.map((latencies) => Math.max(...latencies));
    const cost = costs.figures(measured);
    return {
      figures: {
        firstMs: median(first),
        medianMs: median(middle),
        lastMs: median(last),
        rounds: rounds.length,
        ...cost.figures,
      },
      distributions: { first, median: middle, last },
      notes: [
        ...(incomplete === 0
          ? []
          : [
              `not in the figures: ${incomplete} of ${rounds.length} rounds, as not every subscriber got its event`,
            ]),
        ...cost.notes,
      ],
    };
  },
};

export default fanOut;
