import { totalOf } from "../load/counts.ts";
import { networks } from "../network/networks.ts";
import { attempt } from "../probes/reading.ts";
import { readThreads, type ThreadUse } from "../probes/threads.ts";
import type { Traffic } from "../scenarios/scenario.ts";
import { loadUse } from "../trial/load-use.ts";
import type { LabBench } from "./bench.ts";
import type { LabReading } from "./lab.ts";
import { type Pushes, pushesOf } from "./pushes.ts";
import { type RampedInHalves, rampInHalves } from "./ramp-in-halves.ts";
import type { Served } from "./served.ts";

export interface HoldOrder {
  readonly bench: LabBench;
  readonly server: Served;
  readonly connections: number;
  /** Time that connecting may take. */
  readonly rampMs: number;
  /** Events are pushed for so long at least, and so many at least. */
  readonly pushMs: number;
  readonly pushes: number;
}

export interface HeldConnections extends RampedInHalves {
  readonly pushed: Pushes;
  /** What the server's threads did while events were pushed; undefined where the system does not tell. */
  readonly use: ThreadUse | undefined;
  /** As a lab's reading has them. */
  readonly errors: NonNullable<Extract<LabReading, { figures: unknown }>["errors"]>;
  readonly load: ReturnType<typeof loadUse>;
}

export const payloadBytes = 128;

/** Between two events the load has time for each delivery, several times what it takes: so it is not what is measured. */
export const leastEveryMs = 20;
export const everyMsPerConnection = 0.04;

/** Time between two events to so many. */
export function everyMs(connections: number): number {
  return Math.max(leastEveryMs, connections * everyMsPerConnection);
}

/** Connects subscribers to a server, and pushes events to all of them, one after the other. */
export async function holdConnections(order: HoldOrder): Promise<HeldConnections> {
  const { bench, server, connections, pushMs, pushes, rampMs } = order;
  const { options } = bench;
  const rounds = (forMs: number, atLeast: number, atMost: number): Traffic => ({
    ...{ kind: "rounds", payloadBytes, pausePolls: 0, forMs, atLeast, atMost },
    everyMs: everyMs(connections),
  });
  const [first, warmUp, measure] = [rounds(0, 1, 1), rounds(pushMs / 4, 1, 20), rounds(pushMs, pushes, 200)];
  const load = bench.load({
    load: { subscribers: connections, warmUp, measure },
    transport: server.transport,
    conditions: { pollMs: options.pollMs, waitSeconds: options.waitSeconds },
    arrivals: { kind: options.arrivals, seed: bench.seed },
    network: networks.loopback,
  });
  await load.reach(server.endpoints);
  // So that who sends the webhooks is connected, and has its thread, before memory is read.
  await load.run(first);
  await load.reset();
  const { pid, tidy } = server;
  const ramped = await rampInHalves({ bench, load, pid, subscribers: connections, rampMs, tidy });
  await load.run(warmUp);
  await load.drain();
  await load.reset();

  const before = await attempt(() => readThreads(pid));
  const traffic = await load.run(measure);
  const missing = await load.drain();
  const after = await attempt(() => readThreads(pid));
  const received = await load.collect();
  return {
    ...ramped,
    pushed: pushesOf(traffic.rounds, ramped.ramp.connected),
    use: "value" in before && "value" in after ? growth(before.value, after.value) : undefined,
    errors: {
      connect: ramped.ramp.failures,
      ended: totalOf(received.ended),
      publish: traffic.failed,
      missing,
      repeated: received.repeated,
    },
    load: loadUse(traffic, received.utilisations, received.relays),
  };
}

function growth(before: ThreadUse, after: ThreadUse): ThreadUse {
  const { threads } = after;
  return { threads, switches: after.switches - before.switches, cpuMs: after.cpuMs - before.cpuMs };
}
