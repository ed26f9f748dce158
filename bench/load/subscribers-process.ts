/** A load process that holds subscribers and times what they get. */
import { nowMs } from "./clock.ts";
import type { Counts } from "./counts.ts";
import { loadLeanestClient } from "./lean/clients.ts";
import { type Ramped, type RampOrder, ramp } from "./ramp.ts";
import { serve } from "./rpc.ts";
import { bytesSince, countSocketBytes, type SocketBytes } from "./socket-bytes.ts";
import { TalliedSubscriber, Tally } from "./tally.ts";

export interface Received extends SocketBytes {
  /** Events of the load, each counted once per subscriber. */
  readonly events: number;
  /** Events that a subscriber had before, or in the wrong order. */
  readonly repeated: number;
  /** Subscriptions that ended before they should, by reason. */
  readonly ended: Counts;
  readonly histogram: string;
  /** CPU over wall time since the reset. */
  readonly utilisation: number;
  /** How far the latencies may be off where subscribers have a clock of their own; absent: it is the load's. */
  readonly clockUncertaintyMs?: number;
}

const socketBytes = countSocketBytes();
const tally = new Tally();
let resetAt = mark();

function mark() {
  return { wallMs: nowMs(), cpu: process.cpuUsage(), bytes: socketBytes() };
}

/** Connects subscribers; `connected` counts them without any that have ended meanwhile. */
async function connect(order: RampOrder): Promise<Ramped> {
  const endings = tally.endings;
  const { pollMs, waitSeconds } = order;
  const client = await loadLeanestClient(order.transport);
  const manners = { pollMs, waitSeconds };
  const ramped = await ramp(
    client,
    order,
    (localAddress) => new TalliedSubscriber(tally, manners, localAddress),
  );
  return { ...ramped, connected: ramped.connected - (tally.endings - endings) };
}

async function reset(): Promise<void> {
  tally.reset();
  resetAt = mark();
}

function awaitEvents({ count, timeoutMs }: { count: number; timeoutMs: number }): Promise<number> {
  return tally.awaitEvents(count, timeoutMs);
}

async function collect(): Promise<Received> {
  const { user, system } = process.cpuUsage(resetAt.cpu);
  const utilisation = (user + system) / 1_000 / (nowMs() - resetAt.wallMs);
  const { events, repeated, ended, latencies } = tally;
  const bytes = bytesSince(resetAt.bytes, socketBytes());
  return { events, repeated, ended, histogram: latencies.encode(), utilisation, ...bytes };
}

const methods = { ramp: connect, reset, awaitEvents, nextRound: () => tally.nextRound(), collect };
export type SubscriberMethods = typeof methods;
serve(methods);
