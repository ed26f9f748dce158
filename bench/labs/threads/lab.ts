import { busyLoad } from "../../scenarios/load-costs.ts";
import type { LabBench } from "../bench.ts";
import { memoryEach } from "../held-memory.ts";
import {
  everyMs,
  everyMsPerConnection,
  holdConnections,
  leastEveryMs,
  payloadBytes,
} from "../hold-connections.ts";
import type { Lab, LabCell, LabReading } from "../lab.ts";
import { type Served, serveByNode } from "../served.ts";
import { measureIsolatesAlone, measureNativeThreadsAlone } from "./alone.ts";
import { serveNatively } from "./native-server.ts";
import { sizes } from "./sizes.ts";

const rampMs = 60_000;

/** The load asks for no more than 5,000 connections a second; a ramp about as fast says what the load does. */
const pacedPerSecond = 4_500;

const arms = [
  { name: "threads-streaming", summary: "Node.js, a worker thread for each connection, over SSE" },
  { name: "bare", summary: "Node.js, one event loop, over SSE: the same bytes on the wire" },
  { name: "native-threads", summary: "C, a POSIX thread for each connection, over raw TCP" },
  { name: "native-loop", summary: "C, one event loop (epoll), over raw TCP: the same bytes on the wire" },
  { name: "tcp", summary: "Node.js, one event loop, over raw TCP: the same bytes on the wire" },
  { name: "isolate-alone", summary: "a worker thread of Node.js with nothing to do" },
  { name: "native-thread-alone", summary: "a POSIX thread with nothing to do" },
] as const;

type ArmName = (typeof arms)[number]["name"];

const lab: Lab = {
  name: "threads",
  question: "How does a server fare as connections grow, with a thread for each and with one event loop?",
  columns: [
    { figure: "held", title: "held", unit: "count", better: "higher" },
    { figure: "memoryEach", title: "memory each", unit: "bytes", better: "lower" },
    { figure: "startUsEach", title: "start each", unit: "µs", better: "lower" },
    { figure: "switchesPerDelivery", title: "switches/event", unit: "count", better: "lower" },
    { figure: "lastMs", title: "last has it", unit: "ms", better: "lower" },
  ],
  arms,
  conditions: () => [
    "Two factors, kept apart: what a thread is (a V8 isolate of Node.js, or a thread of the operating system in C) and how the server waits. Compare arms that speak the same transport: threads-streaming with bare, native-threads with native-loop and tcp.",
    "A worker thread is heavy because each has a JavaScript engine of its own, with its heap and its copy of the code; that is Node.js, not thread per connection. native-threads is the control that shows the model without it.",
    "Memory each is what the second half of the connections added: the proportional set of the process, and the kernel's memory for its threads (stack and task), its page tables and its ends of the connections.",
    "Native threads have stacks of 64 KiB. The usual default of 8 MiB would reserve more addresses and use no more memory.",
    `One event of ${payloadBytes} bytes at a time to all who are connected, at most one every ${leastEveryMs} ms or ${everyMsPerConnection} ms a connection; "last has it" is when the last subscriber had it, the median over the events.`,
    "Switches: how often a thread of the server left its core, of its own will or not, for each delivery of an event to a subscriber; taking the webhook in is in it.",
    "Always over loopback.",
  ],
  cells: ({ profile }) => {
    const { isolates, loop, native, alone } = sizes[profile];
    const at = (arm: ArmName, connections: readonly number[]) =>
      connections.map((count) => ({ arm, point: { connections: count } }));
    return [
      ...at("threads-streaming", isolates),
      ...at("bare", loop),
      ...(["native-threads", "native-loop", "tcp"] as const).flatMap((arm) => at(arm, native)),
      { arm: "isolate-alone", point: { threads: alone.isolates } },
      { arm: "native-thread-alone", point: { threads: alone.native } },
    ];
  },
  expectedMs: ({ arm, point }, { profile }) => {
    const { connections = 0, threads = 0 } = point;
    const { pushMs, pushes } = sizes[profile];
    const eachMs = arm === "threads-streaming" || arm === "isolate-alone" ? 30 : 0.3;
    const pushingMs = connections === 0 ? 0 : 1.5 * Math.max(pushMs, pushes * everyMs(connections));
    return 500 + (connections + threads) * eachMs + pushingMs;
  },
  measure: async (cell, bench) => {
    const arm = arms.find(({ name }) => name === cell.arm)?.name;
    const { connections = 0, threads = 0 } = cell.point;
    switch (arm) {
      case undefined:
        throw new Error(`expected an arm of the lab threads, got ${cell.arm}`);
      case "isolate-alone":
        return measureIsolatesAlone(bench, threads);
      case "native-thread-alone":
        return measureNativeThreadsAlone(bench, threads);
      case "native-threads":
        return measureServed(cell, bench, await serveNatively(bench, "threads"));
      case "native-loop":
        return measureServed(cell, bench, await serveNatively(bench, "loop"));
      case "tcp":
        return measureServed(cell, bench, await serveByNode(bench, arm, "tcp", connections));
      default:
        return measureServed(cell, bench, await serveByNode(bench, arm, "streaming", connections));
    }
  },
};

export default lab;

async function measureServed(
  { point: { connections = 0 } }: LabCell,
  bench: LabBench,
  server: Served | { readonly exempt: string },
): Promise<LabReading> {
  if ("exempt" in server) return server;
  const { pushMs, pushes } = sizes[bench.options.profile];
  const order = { bench, server, connections, rampMs, pushMs, pushes };
  const { ramp, half, all, pushed, use, errors, load } = await holdConnections(order);
  const perDelivery = (grown: number | undefined) =>
    grown === undefined || pushed.delivered === 0 ? undefined : grown / pushed.delivered;
  const perSecond = ramp.connected / (ramp.durationMs / 1_000);
  const loadBound = ramp.loadUtilisation > busyLoad || perSecond > pacedPerSecond;
  return {
    figures: {
      held: ramp.connected,
      ...memoryEach(half, all),
      startUsEach: loadBound ? undefined : 1e6 / perSecond,
      switchesPerDelivery: perDelivery(use?.switches),
      cpuUsPerDelivery: perDelivery(use && use.cpuMs * 1_000),
      medianMs: pushed.medianMs,
      lastMs: pushed.lastMs,
      threads: use?.threads,
    },
    distributions: { last: pushed.lastsMs },
    errors,
    load,
    notes: [
      ...(ramp.connected < connections ? [`the ramp ended: ${ramp.limit}`] : []),
      ...(loadBound ? ["no start each: the load could connect no faster, the server might have"] : []),
    ],
  };
}
