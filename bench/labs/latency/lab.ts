import { loadServer } from "../../../servers/index.ts";
import type { ProfileName } from "../../profiles.ts";
import { tooFewSamples } from "../../stats/enough-samples.ts";
import { articleCondition, oneWayMs } from "../article-network.ts";
import type { Lab } from "../lab.ts";
import { clientNotes, payloadBytes, RelayedPush, serverNamed } from "../relayed-push.ts";
import { longPollMeanTransits } from "./long-poll-law.ts";

interface Sizes {
  /** Measured at the highest rate, where nearly every wait occurs that there can be. */
  readonly arms: readonly string[];
  readonly eventsPerSecond: number;
  /** Lower rates, for the arms whose waits depend on the rate, and for one to compare them with. */
  readonly lower: readonly { readonly eventsPerSecond: number; readonly arms: readonly string[] }[];
  /** A rate is measured until so many events are due, but no less than `atLeastMs`. */
  readonly events: number;
  readonly atLeastMs: number;
  /** Interval of polling subscribers. */
  readonly pollMs: number;
}

const comet = "comet";
const all = ["polling", comet, "streaming", "ws", "socketio", "socketio-polling", "tcp"];

const sizes = {
  smoke: { arms: [comet], eventsPerSecond: 100, lower: [], events: 10, atLeastMs: 100, pollMs: 100 },
  quick: {
    arms: ["polling", comet, "streaming", "ws"],
    eventsPerSecond: 100,
    lower: [{ eventsPerSecond: 2, arms: [comet] }],
    events: 6,
    atLeastMs: 1_000,
    pollMs: 1_000,
  },
  standard: {
    arms: all,
    eventsPerSecond: 100,
    lower: [
      { eventsPerSecond: 2, arms: [comet] },
      { eventsPerSecond: 20, arms: [comet] },
    ],
    events: 6,
    atLeastMs: 1_000,
    pollMs: 1_000,
  },
  full: {
    arms: all,
    eventsPerSecond: 100,
    lower: [
      { eventsPerSecond: 2, arms: [comet, "ws"] },
      { eventsPerSecond: 20, arms: all },
    ],
    events: 100,
    atLeastMs: 4_000,
    pollMs: 1_000,
  },
} satisfies Record<ProfileName, Sizes>;

/**
 * Publisher and relay, together, may have been so late at most for the longest latency to be the transport's: three
 * transits are then not yet taken for 3.3.
 */
const allowedLatenessMs = 0.3 * oneWayMs;

/** Starting the processes, connecting over the relay and warming up. */
const startMs = 1_500;

const lab: Lab = {
  name: "latency",
  question: "How long does an event take to a subscriber 50 ms away, on each transport?",
  columns: [
    { figure: "worstMs", title: "longest", unit: "ms", better: "lower" },
    { figure: "worstTransits", title: "longest / one-way delay", unit: "times", better: "lower" },
    { figure: "meanMs", title: "mean", unit: "ms", better: "lower" },
    { figure: "medianMs", title: "median", unit: "ms", better: "lower" },
  ],
  arms: [
    { name: "polling", summary: "asks at an interval" },
    { name: comet, summary: "the next request goes out when an answer has come, and is held" },
    { name: "streaming", summary: "server-sent events: one response that does not end" },
    { name: "ws", summary: "WebSocket" },
    { name: "socketio", summary: "Socket.IO, upgraded to WebSocket" },
    { name: "socketio-polling", summary: "Socket.IO, held to HTTP long polling" },
    { name: "tcp", summary: "raw TCP" },
  ],
  conditions: ({ profile }) => [
    articleCondition,
    `Webhooks of ${payloadBytes} bytes come at random times (a Poisson process), the same ones for every arm of a block, and to the server directly, not through the relay: what the relay adds is the way to the subscriber alone.`,
    "Latency counts from the time a webhook was to be sent.",
    `Polling subscribers ask every ${sizes[profile].pollMs} ms.`,
  ],
  cells: ({ profile }) => {
    const { arms, eventsPerSecond, lower }: Sizes = sizes[profile];
    return [...lower, { arms, eventsPerSecond }].flatMap(({ arms, eventsPerSecond }) =>
      arms.map((arm) => ({ arm, point: { eventsPerSecond } })),
    );
  },
  expectedMs: ({ point: { eventsPerSecond = 0 } }, { profile }) =>
    startMs + durationMs(sizes[profile], eventsPerSecond) + sizes[profile].pollMs,

  async measure({ arm, point: { eventsPerSecond = 0 } }, bench) {
    const size = sizes[bench.options.profile];
    const name = serverNamed(arm);
    const { transport } = await loadServer(name);
    const order = {
      transport,
      eventsPerSecond,
      durationMs: durationMs(size, eventsPerSecond),
      pollMs: size.pollMs,
    };
    const push = await RelayedPush.begin(bench, bench.launch(name), order);
    const { latency, accepted, ...rest } = await push.measure();
    const tooFew = { p50: tooFewSamples(50, accepted, "events"), p99: tooFewSamples(99, accepted, "events") };
    const [worstMs, { meanMs }] = [latency.percentileMs(100), latency];
    const latenessMs = (rest.sending?.latestMs ?? 0) + (rest.relayLateness?.longestMs ?? 0);
    const late = latenessMs > allowedLatenessMs;
    return {
      ...rest,
      figures: {
        worstMs,
        worstTransits: late ? undefined : inTransits(worstMs),
        meanMs,
        meanTransits: inTransits(meanMs),
        medianMs: tooFew.p50 === undefined ? latency.percentileMs(50) : undefined,
        medianTransits: tooFew.p50 === undefined ? inTransits(latency.percentileMs(50)) : undefined,
        p99Ms: tooFew.p99 === undefined ? latency.percentileMs(99) : undefined,
        events: latency.count,
        ...(arm === comet ? { lawMeanTransits: longPollMeanTransits(eventsPerSecond, oneWayMs) } : {}),
      },
      distributions: { latency },
      notes: [
        ...(clientNotes[arm] ?? []),
        ...(late
          ? [`publisher and relay were over ${allowedLatenessMs} ms late, which may be part of the longest`]
          : []),
      ],
    };
  },
};

function durationMs({ events, atLeastMs }: Sizes, eventsPerSecond: number): number {
  return Math.max(atLeastMs, (events / eventsPerSecond) * 1_000);
}

/** How many one-way delays it is. */
function inTransits(latencyMs: number | undefined): number | undefined {
  return latencyMs === undefined ? undefined : latencyMs / oneWayMs;
}

export default lab;
