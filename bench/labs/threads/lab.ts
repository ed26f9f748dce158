import { totalOf } from "../../load/counts.ts";
import { networks } from "../../network/networks.ts";
import { readThreads } from "../../probes/threads.ts";
import { busyLoad } from "../../scenarios/load-costs.ts";
import type { Traffic } from "../../scenarios/scenario.ts";
import { loadUse } from "../../trial/load-use.ts";
import type { LabBench } from "../bench.ts";
import { memoryEach } from "../held-memory.ts";
import type { Lab, LabCell, LabReading } from "../lab.ts";
import { pushesOf } from "../pushes.ts";
import { rampInHalves } from "../ramp-in-halves.ts";
import { measureIsolatesAlone, measureNativeThreadsAlone } from "./alone.ts";
import { type ServedArm, serveByNode, serveNatively } from "./served.ts";
import { sizes } from "./sizes.ts";

const payloadBytes = 128;
const rampMs = 60_000;

/** The load asks for no more than 5,000 connections a second; a ramp about as fast says what the load does. */
const pacedPerSecond = 4_500;

/** Between two events the load has time for each delivery: so it is not what is measured. */
const everyMs = (connections: number) => Math.max(20, connections * 0.04);

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
    `One event of ${payloadBytes} bytes at a time to all who are connected, at most one every 20 ms or 0.04 ms a connection; "last has it" is when the last subscriber had it, the median over the events.`,
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
  server: ServedArm | { readonly exempt: string },
): Promise<LabReading> {
  if ("exempt" in server) return server;
  const { pushMs, pushes } = sizes[bench.options.profile];
  const rounds = (forMs: number, atLeast: number, atMost: number): Traffic => ({
    ...{ kind: "rounds", payloadBytes, pausePolls: 0, forMs, atLeast, atMost },
    everyMs: everyMs(connections),
  });
  const first = rounds(0, 1, 1);
  const warmUp = rounds(pushMs / 4, 1, 20);
  const measure = rounds(pushMs, pushes, 200);
  const load = bench.load({
    load: { subscribers: connections, warmUp, measure },
    transport: server.transport,
    conditions: { pollMs: bench.options.pollMs, waitSeconds: bench.options.waitSeconds },
    arrivals: { kind: bench.options.arrivals, seed: bench.seed },
    network: networks.loopback,
  });
  await load.reach(server.endpoints);
  // So that who sends the webhooks is connected, and its thread there, before memory is read.
  await load.run(first);
  await load.reset();
  const { pid, tidy } = server;
  const { ramp, half, all } = await rampInHalves({
    bench,
    load,
    pid,
    subscribers: connections,
    rampMs,
    tidy,
  });
  await load.run(warmUp);
  await load.drain();
  await load.reset();

  const before = readThreads(pid);
  const traffic = await load.run(measure);
  const missing = await load.drain();
  const after = readThreads(pid);
  const received = await load.collect();
  const pushed = pushesOf(traffic.rounds, ramp.connected);
  const perDelivery = (grown: number) => (pushed.delivered === 0 ? undefined : grown / pushed.delivered);
  const perSecond = ramp.connected / (ramp.durationMs / 1_000);
  const loadBound = ramp.loadUtilisation > busyLoad || perSecond > pacedPerSecond;
  return {
    figures: {
      held: ramp.connected,
      ...memoryEach(half, all),
      startUsEach: loadBound ? undefined : 1e6 / perSecond,
      switchesPerDelivery: perDelivery(after.switches - before.switches),
      cpuUsPerDelivery: perDelivery((after.cpuMs - before.cpuMs) * 1_000),
      medianMs: pushed.medianMs,
      lastMs: pushed.lastMs,
      threads: after.threads,
    },
    distributions: { last: pushed.lastsMs },
    errors: {
      connect: ramp.failures,
      ended: totalOf(received.ended),
      publish: traffic.failed,
      missing,
      repeated: received.repeated,
    },
    load: loadUse(traffic, received.utilisations, received.relays),
    notes: [
      `the ramp ended: ${ramp.limit}`,
      ...(loadBound ? ["no start each: the load could connect no faster, the server might have"] : []),
    ],
  };
}
