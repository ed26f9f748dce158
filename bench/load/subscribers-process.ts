/** A load process that holds subscribers and times what they get. */
import type { Client, Endpoints, Event, Subscription, Transport } from "../../servers/contract.ts";
import { loadClient } from "../../servers/index.ts";
import { LatencyHistogram } from "../stats/histogram.ts";
import { nowMs } from "./clock.ts";
import { payloadOf } from "./payload.ts";
import { serve } from "./rpc.ts";

export interface RampOrder {
  readonly transport: Transport;
  readonly endpoints: Endpoints;
  readonly count: number;
  readonly pollMs: number;
  readonly waitSeconds: number;
  /** Connection attempts under way at once; fewer than the server's listen backlog. */
  readonly atOnce: number;
  /** Source addresses to spread the connections over; empty: the system's choice. */
  readonly localAddresses: readonly string[];
  /** The ramp ends when this is over, however many are connected. */
  readonly forMs: number;
}

export interface Ramped {
  readonly connected: number;
  readonly durationMs: number;
  /** How often each message of a failed attempt came. */
  readonly failures: Readonly<Record<string, number>>;
}

export interface Received {
  /** Events of the load, each counted once per subscriber. */
  readonly events: number;
  /** Events that a subscriber had before, or in the wrong order. */
  readonly repeated: number;
  /** Subscriptions that ended before they should, by reason. */
  readonly ended: Readonly<Record<string, number>>;
  readonly histogram: string;
  /** CPU over wall time since the reset. */
  readonly utilisation: number;
}

/** After so many failures in a row the server, or the system, has said no. */
const failuresThatEndTheRamp = 50;

const subscriptions = new Set<Subscription>();
const latencies = new LatencyHistogram();
const ended: Record<string, number> = {};
let roundMs: number[] = [];
let events = 0;
let repeated = 0;
let resetAt = { wallMs: nowMs(), cpu: process.cpuUsage() };
let wake = () => {};

async function ramp(order: RampOrder): Promise<Ramped> {
  const client = await loadClient(order.transport);
  const startedMs = nowMs();
  const failures: Record<string, number> = {};
  let begun = 0;
  let failuresInARow = 0;
  const timeUp = () => nowMs() - startedMs > order.forMs;
  const connectInTurn = async () => {
    while (begun < order.count && failuresInARow < failuresThatEndTheRamp && !timeUp()) {
      const localAddress = order.localAddresses[begun % order.localAddresses.length];
      begun++;
      try {
        await subscribe(client, order, localAddress);
        failuresInARow = 0;
      } catch (error) {
        failuresInARow++;
        count(failures, error instanceof Error ? error.message : String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: order.atOnce }, connectInTurn));
  return {
    connected: subscriptions.size,
    durationMs: nowMs() - startedMs,
    failures,
  };
}

/** Connects one subscriber. */
async function subscribe(client: Client, order: RampOrder, localAddress: string | undefined): Promise<void> {
  const { pollMs, waitSeconds } = order;
  const where = localAddress === undefined ? {} : { localAddress };
  let subscription: Subscription | undefined;
  let lastId = 0;
  const subscribed = client.subscribe(order.endpoints, {
    pollMs,
    waitSeconds,
    ...where,
    onEvent: (event) => {
      if (event.id <= lastId) repeated++;
      else receive(event);
      lastId = Math.max(lastId, event.id);
    },
    onEnd: (reason) => {
      if (subscription !== undefined) subscriptions.delete(subscription);
      count(ended, reason);
    },
  });
  subscription = await subscribed;
  subscriptions.add(subscription);
}

function receive(event: Event): void {
  const payload = payloadOf(event.data);
  if (payload === undefined) return;
  const latencyMs = nowMs() - payload.intendedMs;
  latencies.record(latencyMs);
  roundMs.push(latencyMs);
  events++;
  wake();
}

function reset(): void {
  latencies.reset();
  roundMs = [];
  events = 0;
  repeated = 0;
  resetAt = { wallMs: nowMs(), cpu: process.cpuUsage() };
}

/** Waits until so many events have come since the reset, at most `timeoutMs`. */
function awaitEvents({ count: wanted, timeoutMs }: { count: number; timeoutMs: number }): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      wake = () => {};
      resolve();
    };
    const timer = setTimeout(finish, timeoutMs);
    wake = () => {
      if (events >= wanted) finish();
    };
    wake();
  });
}

/** Every latency since the last call, in milliseconds, in the order of arrival. */
function round(): number[] {
  const latenciesMs = roundMs;
  roundMs = [];
  return latenciesMs;
}

function collect(): Received {
  const { user, system } = process.cpuUsage(resetAt.cpu);
  const utilisation = (user + system) / 1_000 / (nowMs() - resetAt.wallMs);
  return { events, repeated, ended, histogram: latencies.encode(), utilisation };
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

const methods = { ramp, reset, awaitEvents, round, collect };
export type SubscriberMethods = typeof methods;
serve(methods);
