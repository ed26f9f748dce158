import { addCounts } from "../load/counts.ts";
import type { TrialLoad } from "../load/load.ts";
import type { LoadRamped } from "../load/subscribers.ts";
import { type RampSummary, summariseRamp } from "../trial/ramp-summary.ts";
import type { LabBench } from "./bench.ts";
import { type HeldMemory, readHeldMemory } from "./held-memory.ts";

export interface HalvesOrder {
  readonly bench: LabBench;
  readonly load: TrialLoad;
  readonly pid: number;
  readonly subscribers: number;
  /** Time that both halves together may take. */
  readonly rampMs: number;
  /** Has the server let go of what it does not need. */
  tidy(): Promise<unknown>;
}

/** A ramp, and the memory of the server on its way. */
export interface RampedInHalves {
  readonly ramp: RampSummary;
  readonly unloaded: HeldMemory;
  readonly half: HeldMemory;
  readonly all: HeldMemory;
}

/**
 * Connects one half of the subscribers, then the other. Of what a server's memory grows by, much grows once, with the
 * first connections: what each one takes is seen between the half and the whole.
 */
export async function rampInHalves(order: HalvesOrder): Promise<RampedInHalves> {
  const { bench, load, pid, subscribers, rampMs } = order;
  const read = async (connections: number) => {
    await order.tidy();
    return readHeldMemory(bench, pid, connections);
  };
  const unloaded = await read(0);
  const firstHalf = Math.ceil(subscribers / 2);
  const first = await load.ramp(firstHalf, rampMs);
  const half = await read(first.connected);
  // Where the first half has met a limit, the second would only meet it again.
  const more = first.connected === firstHalf && subscribers > firstHalf;
  const ramped = more
    ? joined(first, await load.ramp(subscribers - firstHalf, Math.max(0, rampMs - first.durationMs)))
    : first;
  const all = more ? await read(ramped.connected) : half;
  return { ramp: await summariseRamp(ramped, { subscribers, rampMs }, pid), unloaded, half, all };
}

/** Two ramps, one after the other, as one. */
function joined(first: LoadRamped, second: LoadRamped): LoadRamped {
  const durationMs = first.durationMs + second.durationMs;
  const busyMs = first.utilisation * first.durationMs + second.utilisation * second.durationMs;
  const [one, other] = [first.listenQueue, second.listenQueue];
  return {
    connected: first.connected + second.connected,
    durationMs,
    utilisation: busyMs / durationMs,
    memoryBytes: first.memoryBytes + second.memoryBytes,
    failures: addCounts([first.failures, second.failures]),
    listenQueue: one &&
      other && {
        overflows: one.overflows + other.overflows,
        drops: one.drops + other.drops,
        synRetransmits: one.synRetransmits + other.synRetransmits,
      },
  };
}
