/** A load process whose subscribers count what they ask and what they get. */
import type { Endpoints } from "../../../servers/contract.ts";
import { nowMs } from "../../load/clock.ts";
import { loadLeanestClient } from "../../load/lean/clients.ts";
import { serve } from "../../load/rpc.ts";
import { bytesSince, countSocketBytes, type SocketBytes } from "../../load/socket-bytes.ts";
import { seededRandom } from "../../stats/random.ts";
import { Account, type Counted } from "./account.ts";
import { type Manner, Poller } from "./poller.ts";

/** How events reach the subscribers: the arms of the lab. */
export type Way = "polling" | "comet" | "streaming" | "ws";

export interface SubscribeOrder {
  readonly way: Way;
  readonly endpoints: Endpoints;
  readonly count: number;
}

export interface AskOrder {
  readonly way: Way;
  readonly pollMs: number;
  /** Decides when within the interval each of those that poll asks. */
  readonly seed: number;
}

export interface Received extends Counted, SocketBytes {
  readonly windowMs: number;
  /** CPU over wall time. */
  readonly utilisation: number;
}

/** How long a comet request may be held: longer than a trial. */
const waitSeconds = 25;

const socketBytes = countSocketBytes();
const account = new Account();
let pollers: readonly Poller[] = [];
let opened = mark();

function mark() {
  return { atMs: nowMs(), cpu: process.cpuUsage(), bytes: socketBytes() };
}

async function subscribe({ way, endpoints, count }: SubscribeOrder): Promise<void> {
  if (way === "polling" || way === "comet") {
    pollers = Array.from({ length: count }, () => new Poller(endpoints.http, account));
    await Promise.all(pollers.map((poller) => poller.start()));
    return;
  }
  const client = await loadLeanestClient(way);
  const subscribing = Array.from({ length: count }, async () => {
    let lastId: number | undefined;
    const subscription = await client.subscribe(endpoints, {
      pollMs: 0,
      waitSeconds,
      onEvent: (event) => {
        lastId = account.event(event, lastId ?? event.id - 1, nowMs());
      },
      onEnd: (reason) => account.end(reason),
    });
    lastId ??= subscription.cursor();
  });
  await Promise.all(subscribing);
}

/** Has those that ask do so in this manner from now on; the others wait for what is pushed. */
function ask({ way, pollMs, seed }: AskOrder): void {
  const random = seededRandom(seed);
  const manner = (): Manner =>
    way === "comet"
      ? { kind: "comet", waitSeconds }
      : { kind: "polling", pollMs, phaseMs: random() * pollMs };
  for (const poller of pollers) poller.ask(manner());
}

/** Counts from here. */
function open(): void {
  account.open();
  opened = mark();
}

/** What was counted since. */
function read(): Received {
  const { atMs, cpu, bytes } = mark();
  const windowMs = atMs - opened.atMs;
  const cpuMs = (cpu.user + cpu.system - opened.cpu.user - opened.cpu.system) / 1_000;
  const counted = account.read();
  return { ...counted, ...bytesSince(opened.bytes, bytes), windowMs, utilisation: cpuMs / windowMs };
}

const methods = { subscribe, ask, open, read };
export type BoilingMethods = typeof methods;
serve(methods);
