import { measuredCpu, wallMs } from "./cpu.ts";
import { joined } from "./joined.ts";
import { busyLoad, loadBusy, loadPerConnection } from "./load-costs.ts";
import { connectionsForMemory, memoryConditions, memoryPerConnection } from "./memory-costs.ts";
import { idleNetwork } from "./network-costs.ts";
import type { Scenario } from "./scenario.ts";
import { eventLoop, serverBusy } from "./server-costs.ts";

const costs = joined(memoryPerConnection, idleNetwork, serverBusy, eventLoop, loadPerConnection, loadBusy);

/** CPU time between two readings of a server that nobody is connected to: at most what these take themselves. */
const readingMs = 1;

const connections: Scenario = {
  name: "connections",
  question: "How many idle subscribers, how soon, and what does each cost the server?",
  columns: [
    { figure: "connected", title: "connected", unit: "count", better: "higher" },
    { figure: "perSecond", title: "ramp", unit: "per second", better: "higher" },
    { figure: "bytesPerConnection", title: "memory each", unit: "bytes", better: "lower" },
    { figure: "idleCpuUsPerConnectionSecond", title: "idle CPU each, per s", unit: "µs", better: "lower" },
  ],
  costs: costs.columns,
  saturates: false,
  conditions: ({ measureMs, rampMs }, { pollMs, waitSeconds }) => [
    `Subscribers connect as fast as server and load can, up to 5,000 a second, for at most ${rampMs / 1_000} s; where the load was over ${busyLoad * 100} % busy with it, how fast it went says nothing of the server and is left out.`,
    `Then nothing happens for ${measureMs / 1_000} s, save that polling subscribers ask every ${pollMs} ms, comet's every ${waitSeconds} s.`,
    ...(measureMs < waitSeconds * 1_000
      ? [
          "What happens less often than that is in the idle figures in part or not at all, such as the next request of comet and the pings of socket.io: an idle figure near 0 says that nothing was due.",
        ]
      : []),
    "Memory is the growth of the resident set of the server's own process since before the first connection, after garbage collection in its main thread and without the kernel's socket buffers; what grows once, whatever the number, is in it too.",
    ...memoryConditions,
  ],
  points: (profile) => profile.connections.map((target) => ({ target })),
  clamp: ({ target = 0 }, ceiling) => ({ target: Math.min(target, ceiling.subscribers) }),
  load: ({ target = 0 }, { warmUpMs, measureMs, rampMs }) => ({
    subscribers: target,
    rampMs,
    fewerWillDo: true,
    watchLoopDelay: false,
    // So that what the ramp has left in heap and sockets, such as what is not yet acknowledged, settles.
    warmUp: { kind: "idle", durationMs: warmUpMs },
    measure: { kind: "idle", durationMs: measureMs },
  }),
  figures: (measured) => {
    const { ramp, server } = measured;
    const each = (value: number | undefined) =>
      value === undefined || ramp.connected === 0 ? undefined : value / ramp.connected;
    const cost = costs.figures(measured);
    const cpuMs = measuredCpu(measured).ms;
    const seconds = wallMs(server.before, server.after) / 1_000;
    const loadBound = ramp.loadUtilisation > busyLoad;
    const tooFew = ramp.connected < connectionsForMemory;
    return {
      figures: {
        connected: ramp.connected,
        perSecond: loadBound ? undefined : ramp.connected / (ramp.durationMs / 1_000),
        bytesPerConnection: tooFew ? undefined : each(server.before.rssBytes - server.unloaded.rssBytes),
        idleCpuUsPerConnectionSecond: each(cpuMs === undefined ? undefined : (cpuMs * 1_000) / seconds),
        ...cost.figures,
      },
      notes: [
        `the ramp ended: ${ramp.limit}`,
        ...(loadBound
          ? ["no figure of the ramp: it was as fast as the load could connect, not the server"]
          : []),
        ...(tooFew
          ? [`no memory each: it takes ${connectionsForMemory} connections, this trial has ${ramp.connected}`]
          : []),
        ...(cpuMs !== undefined && cpuMs <= readingMs
          ? [`idle CPU is no more than what reading it takes, up to ${readingMs} ms: it says that it is less`]
          : []),
        ...cost.notes,
      ],
    };
  },
};

export default connections;
