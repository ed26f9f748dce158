import { setTimeout } from "node:timers/promises";
import { networks } from "../../network/networks.ts";
import { loopbackGrowth } from "../../probes/loopback-traffic.ts";
import type { OutsideProbes } from "../../probes/outside.ts";
import type { ProfileName } from "../../profiles.ts";
import type { LoopbackTraffic, Traffic } from "../../scenarios/scenario.ts";
import type { LabBench } from "../bench.ts";
import type { Lab, LabCell, LabReading } from "../lab.ts";
import { figuresOf } from "./figures.ts";
import type { BoilingMethods, Way } from "./subscribers-process.ts";

const payloadBytes = 64;

/** How many events come in an interval decides all the rest, so the two are given together. */
interface Pace {
  readonly pollMs: number;
  readonly eventsPerSecond: number;
  readonly measureMs: number;
}

interface Size {
  /** Each with a phase of its own. */
  readonly subscribers: number;
  readonly warmUpMs: number;
  readonly paces: readonly Pace[];
  /** Whether those that are pushed to are measured at every pace, or at the one with the most events alone. */
  readonly pushedAtAll: boolean;
}

const standard: Size = {
  subscribers: 10,
  warmUpMs: 200,
  // 0.08, 0.4, 1, 5, 10 and 20 events in an interval.
  paces: [
    { pollMs: 10, eventsPerSecond: 8, measureMs: 2_000 },
    { pollMs: 10, eventsPerSecond: 40, measureMs: 2_000 },
    { pollMs: 10, eventsPerSecond: 100, measureMs: 3_000 },
    { pollMs: 25, eventsPerSecond: 200, measureMs: 1_000 },
    { pollMs: 50, eventsPerSecond: 200, measureMs: 1_000 },
    { pollMs: 100, eventsPerSecond: 200, measureMs: 1_000 },
  ],
  pushedAtAll: false,
};

const sizes = {
  smoke: {
    subscribers: 2,
    warmUpMs: 20,
    paces: [{ pollMs: 5, eventsPerSecond: 200, measureMs: 50 }],
    pushedAtAll: false,
  },
  quick: {
    ...standard,
    warmUpMs: 100,
    // 0.08, 1, 5 and 20 events in an interval. Where it is 1, chance has the largest part in how many polls are in vain.
    paces: [
      { pollMs: 10, eventsPerSecond: 8, measureMs: 1_300 },
      { pollMs: 10, eventsPerSecond: 100, measureMs: 2_000 },
      { pollMs: 25, eventsPerSecond: 200, measureMs: 600 },
      { pollMs: 100, eventsPerSecond: 200, measureMs: 500 },
    ],
  },
  standard,
  full: { ...standard, pushedAtAll: true },
} as const satisfies Record<ProfileName, Size>;

/** While warming up: often enough that all code is met many times. */
const warmUpPollMs = 5;
const warmUpEventsPerSecond = 300;

/** Events come so long before counting begins and after it ends, beyond an interval: nothing counted is of an edge. */
const marginMs = 40;

const ways: readonly (Way & string)[] = ["polling", "comet", "streaming", "ws"];

const lab: Lab = {
  name: "boiling",
  question: "How often does a poll find nothing, and what does an event cost whoever asks for it?",
  columns: [
    { figure: "wastedPercent", title: "polls in vain", unit: "percent", better: "lower" },
    { figure: "wastedTheoryPercent", title: "by theory", unit: "percent", better: "lower" },
    { figure: "stalenessMs", title: "staleness, mean", unit: "ms", better: "lower" },
    { figure: "requestsPerEvent", title: "requests per event", unit: "count", better: "lower" },
    { figure: "ipBytesPerEvent", title: "IP bytes per event", unit: "bytes", better: "lower" },
  ],
  arms: [
    { name: "polling", summary: "asks every so many milliseconds; the answer is what came since" },
    {
      name: "comet",
      summary: "asks as soon as it is answered; the server holds the request until there is news",
    },
    { name: "streaming", summary: "pushed to, over server-sent events" },
    { name: "ws", summary: "pushed to, over WebSocket" },
  ],
  conditions: ({ profile }) => [
    `Webhooks of ${payloadBytes} bytes come to our own servers at random times (a Poisson process), and each goes to ${sizes[profile].subscribers} subscribers; those that poll do so at random phases of the interval.`,
    "How many events come in an interval is what matters, so all is scaled down: one a minute asked for every second is 1/60, as are 5 a second asked for every 3.3 ms.",
    "Every poll is counted, and every one whose answer holds no event. Theory: exp(-events in an interval), of as many events as came; half an interval of staleness, and the way of an event beyond that.",
    "Staleness counts from the time a webhook was to be sent. Requests and bytes are for each event and subscriber, acknowledgements too, without what the webhook itself takes.",
    "Requests are as short as can be; a browser's are several times as long. Polls less than 40 ms apart spare a packet each: a request acknowledges the last answer. The network is loopback.",
  ],
  cells: ({ profile }) => {
    const { paces, pushedAtAll } = sizes[profile];
    const points = paces.map(({ pollMs, eventsPerSecond }) => ({ eventsPerSecond, pollMs }));
    return points.flatMap((point, index) =>
      ways
        .filter((way) => way === "polling" || pushedAtAll || index === points.length - 1)
        .map((arm) => ({ arm, point })),
    );
  },
  expectedMs: (cell, { profile }) => {
    const { warmUpMs } = sizes[profile];
    const { pollMs, measureMs } = paceOf(cell, profile);
    return 450 + 3 * warmUpMs + pollMs + 2 * marginMs + measureMs;
  },
  measure,
};

function paceOf({ point }: LabCell, profile: ProfileName): Pace {
  const paces: readonly Pace[] = sizes[profile].paces;
  const pace = paces.find(
    ({ pollMs, eventsPerSecond }) => pollMs === point.pollMs && eventsPerSecond === point.eventsPerSecond,
  );
  if (pace === undefined)
    throw new Error(`expected a point of the profile ${profile}, got ${JSON.stringify(point)}`);
  return pace;
}

function isWay(arm: string): arm is Way {
  return ways.some((way) => way === arm);
}

async function measure(cell: LabCell, bench: LabBench): Promise<LabReading> {
  const { arm: way } = cell;
  if (!isWay(way)) throw new Error(`expected one of ${ways.join(", ")}, got ${way}`);
  const { profile } = bench.options;
  const { subscribers: count, warmUpMs } = sizes[profile];
  const { pollMs, eventsPerSecond, measureMs } = paceOf(cell, profile);
  const open = (eventsPerSecond: number, durationMs: number): Traffic => ({
    ...{ kind: "open", eventsPerSecond, durationMs, payloadBytes },
  });
  const warmUp = open(warmUpEventsPerSecond, warmUpMs);
  const traffic = open(eventsPerSecond, pollMs + measureMs + 2 * marginMs);
  const subscribers = bench.start<BoilingMethods>("boiling/subscribers-process.ts", "load");
  // The publisher alone: these subscribers are the lab's own.
  const publisher = bench.load({
    load: { subscribers: 0, warmUp, measure: traffic },
    transport: "polling",
    conditions: { pollMs, waitSeconds: 1 },
    arrivals: { kind: "poisson", seed: bench.seed },
    network: networks.loopback,
  });
  const server = await bench.launch(way);
  await publisher.reach(server.endpoints);
  await publisher.run(warmUp);
  const ofWebhook = await loopbackPerWebhook(
    bench.probes,
    async () => (await publisher.run(warmUp)).accepted,
  );
  await subscribers.call("subscribe", { way, endpoints: server.endpoints, count });
  await subscribers.call("ask", { way, pollMs: warmUpPollMs, seed: bench.seed });
  await publisher.run(warmUp);
  await subscribers.call("ask", { way, pollMs, seed: bench.seed });
  const counting = async () => {
    await setTimeout(pollMs + marginMs);
    const before = { usage: await server.usage(), loopback: bench.probes.loopback() };
    await subscribers.call("open", undefined);
    await setTimeout(measureMs);
    const received = await subscribers.call("read", undefined);
    const loopback = loopbackGrowth(before.loopback, bench.probes.loopback());
    const { process: after } = await server.usage();
    return { received, loopback, serverCpuMs: after.cpuMs - before.usage.process.cpuMs };
  };
  // Waited for together, so that whichever fails first is told, and the other has somebody to tell.
  const [sent, counted] = await Promise.all([publisher.run(traffic), counting()]);
  const { received } = counted;
  const { stalenessMs, missing, repeated, endings, utilisation } = received;
  const { figures, notes } = figuresOf({
    ...{ ...counted, subscribers: count, ofWebhook },
    pollMs: way === "polling" ? pollMs : undefined,
  });
  return {
    figures,
    notes: [...notes, ...[...new Set(endings)].map((reason) => `a subscription ended: ${reason}`)],
    distributions: { staleness: stalenessMs },
    errors: { publish: sent.failed, dropped: sent.dropped, missing, repeated, ended: endings.length },
    load: [
      { role: "lab", utilisation },
      { role: "publisher", utilisation: sent.publisherUtilisation ?? 0 },
    ],
  };
}

/** What one webhook takes of the network while nobody is subscribed. */
async function loopbackPerWebhook(
  probes: OutsideProbes,
  run: () => Promise<number>,
): Promise<LoopbackTraffic | undefined> {
  const before = probes.loopback();
  const webhooks = await run();
  const all = loopbackGrowth(before, probes.loopback());
  if (all === undefined || webhooks === 0) return undefined;
  return { bytes: all.bytes / webhooks, packets: all.packets / webhooks };
}

export default lab;
