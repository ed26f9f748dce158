import { median } from "../stats/median.ts";
import type { Scenario } from "./scenario.ts";

const payloadBytes = 128;

const fanOut: Scenario = {
  name: "fan-out",
  question: "One event to many subscribers at once: when do the first, the median and the last have it?",
  columns: [
    { figure: "firstMs", title: "first", unit: "ms", better: "lower" },
    { figure: "medianMs", title: "median", unit: "ms", better: "lower" },
    { figure: "lastMs", title: "last", unit: "ms", better: "lower" },
    { figure: "rounds", title: "rounds", unit: "count", better: "higher" },
  ],
  costs: [],
  saturates: false,
  conditions: ({ measureMs }, { pollMs }) => [
    `One event of ${payloadBytes} bytes at a time, the next when all have it, for about ${measureMs / 1_000} s.`,
    "Each figure is the median over the rounds.",
    `Polling subscribers ask every ${pollMs} ms.`,
  ],
  points: ({ fanOutSubscribers }) => fanOutSubscribers.map((subscribers) => ({ subscribers })),
  clamp: ({ subscribers = 0 }, ceiling) => ({ subscribers: Math.min(subscribers, ceiling.subscribers) }),
  load: ({ subscribers = 0 }, { warmUpMs, measureMs, rampMs }) => ({
    subscribers,
    rampMs,
    warmUp: { kind: "rounds", atLeast: 1, atMost: 20, forMs: warmUpMs, payloadBytes },
    measure: { kind: "rounds", atLeast: 2, atMost: 100, forMs: measureMs, payloadBytes },
  }),
  figures: ({ rounds }) => {
    // An event that nobody got is counted as missing; it was never first or last anywhere.
    const delivered = rounds.filter((latencies) => latencies.length > 0);
    return {
      figures: {
        firstMs: median(delivered.map((latencies) => Math.min(...latencies))),
        medianMs: median(delivered.flatMap((latencies) => median(latencies) ?? [])),
        lastMs: median(delivered.map((latencies) => Math.max(...latencies))),
        rounds: rounds.length,
      },
      notes: [],
    };
  },
};

export default fanOut;
