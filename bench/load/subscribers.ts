import { bundledFolder } from "../../cli/project.ts";
import type { Endpoints, Transport } from "../../servers/contract.ts";
import { type ListenQueue, listenQueueGrowth, readListenQueue } from "../probes/listen-queue.ts";
import type { ClientConditions } from "../scenarios/scenario.ts";
import { LatencyHistogram } from "../stats/histogram.ts";
import { addCounts, sumOf } from "./counts.ts";
import type { KeptBrowser } from "./kept-browser.ts";
import { isLean } from "./lean/clients.ts";
import type { Ramped } from "./ramp.ts";
import { type LoadProcess, startLoadProcess } from "./rpc.ts";
import type { SubscriberMethods } from "./subscribers-process.ts";

/**
 * Subscribers of one load process, with the usual limit of 20,000 open files in mind: lean ones take one file
 * each, others may take two, and so does each in a relay.
 */
const subscribersPerProcess = { lean: 15_000, other: 9_500 };

/** Limits V8's young generation, which otherwise outgrows all that a process full of lean subscribers keeps. */
const leanNodeOptions = ["--max-semi-space-size=1"];

/** Connection attempts of all load processes in a second: about what one event loop can accept. */
const attemptsPerSecond = 5_000;

/** Connection attempts under way at once, of all load processes: far fewer than any listen backlog. */
const attemptsAtOnce = 128;

/**
 * Subscribers that share a source address. Linux gives out a quarter of its 28,232 ports per address quickly;
 * from there on, finding a free one takes it 20 times as long as all the rest of a connection.
 */
const subscribersPerAddress = 3_500;

/** Trials so far. Each has addresses of its own, as ports of the last one may not be free for a minute. */
let trials = 0;

/** What the ramp of a trial came to. */
export interface LoadRamped extends Ramped {
  /** How much the kernel's counters grew meanwhile; undefined where they are not to be had. */
  readonly listenQueue: ListenQueue | undefined;
}

export interface SubscribersOrder {
  /** How many there are to be. */
  readonly count: number;
  readonly transport: Transport;
  /** The core that all their processes are held to. */
  readonly core: number | undefined;
  readonly conditions: ClientConditions;
  /** The browser that they are pages of; absent: they are clients of the transport. */
  readonly browser: KeptBrowser | undefined;
  /** Whether each of their connections goes through a relay. */
  readonly relayed: boolean;
}

/** The subscribers of one trial, in as many load processes as they take. */
export class Subscribers {
  readonly processes: readonly LoadProcess<SubscriberMethods>[];
  readonly #order: SubscribersOrder;
  readonly #trial = trials++;
  #connected: readonly number[] = [];

  /** Starts the processes. */
  constructor(order: SubscribersOrder) {
    this.#order = order;
    if (order.browser !== undefined) {
      this.processes = [order.browser.take()];
      return;
    }
    const lean = isLean(order.transport);
    const most = subscribersPerProcess[lean && !order.relayed ? "lean" : "other"];
    const file = new URL("subscribers-process.js", bundledFolder);
    const nodeOptions = lean ? leanNodeOptions : [];
    this.processes = Array.from({ length: Math.ceil(order.count / most) }, () =>
      startLoadProcess<SubscriberMethods>(file, "subscribers", order.core, nodeOptions),
    );
  }

  /** Connects `count` of them more, spread evenly over the processes, each of which has its endpoints. */
  async ramp(count: number, forMs: number, endpoints: readonly Endpoints[]): Promise<LoadRamped> {
    const processes = this.processes.length;
    const before = await readListenQueue();
    const ramps = this.processes.map((subscribers, index) => {
      const own = endpoints[index];
      if (own === undefined) throw new Error(`expected endpoints for ${processes} processes, got ${index}`);
      const share = Math.floor((count + index) / processes);
      return subscribers.call("ramp", {
        transport: this.#order.transport,
        endpoints: own,
        count: share,
        ...this.#order.conditions,
        perSecond: attemptsPerSecond / processes,
        atOnce: Math.ceil(attemptsAtOnce / processes),
        localAddresses:
          this.#order.count > subscribersPerAddress
            ? sourceAddresses(this.#trial, index, Math.ceil(this.#order.count / processes))
            : [],
        forMs,
      });
    });
    const ramped = await Promise.all(ramps);
    this.#connected = ramped.map(({ connected }, index) => (this.#connected[index] ?? 0) + connected);
    return {
      connected: sumOf(ramped.map(({ connected }) => connected)),
      durationMs: Math.max(0, ...ramped.map(({ durationMs }) => durationMs)),
      utilisation: sumOf(ramped.map(({ utilisation }) => utilisation)),
      memoryBytes: sumOf(ramped.map(({ memoryBytes }) => memoryBytes)),
      failures: addCounts(ramped.map(({ failures }) => failures)),
      listenQueue: listenQueueGrowth(before, await readListenQueue()),
    };
  }

  /** Forgets what they received so far; utilisation counts from here. */
  async reset(): Promise<void> {
    await Promise.all(this.processes.map((subscribers) => subscribers.call("reset", undefined)));
  }

  /** Waits until each has had so many events since the last reset, or the time is over; gives what is missing then. */
  async awaitEvents(each: number, timeoutMs: number): Promise<number> {
    const missing = await Promise.all(
      this.processes.map((subscribers, index) =>
        subscribers.call("awaitEvents", { count: each * (this.#connected[index] ?? 0), timeoutMs }),
      ),
    );
    return sumOf(missing);
  }

  /** Begins a round; gives the latencies of the last. */
  async nextRound(): Promise<number[]> {
    const calls = this.processes.map((subscribers) => subscribers.call("nextRound", undefined));
    return (await Promise.all(calls)).flat();
  }

  /** What all of them received since the last reset. */
  async collect() {
    const received = await Promise.all(
      this.processes.map((subscribers) => subscribers.call("collect", undefined)),
    );
    const latency = new LatencyHistogram();
    for (const { histogram } of received) latency.add(LatencyHistogram.decode(histogram));
    return {
      events: sumOf(received.map(({ events }) => events)),
      repeated: sumOf(received.map(({ repeated }) => repeated)),
      ended: addCounts(received.map(({ ended }) => ended)),
      latency,
      bytesIn: sumOf(received.map(({ bytesIn }) => bytesIn)),
      bytesOut: sumOf(received.map(({ bytesOut }) => bytesOut)),
      utilisations: received.map(({ utilisation }) => utilisation),
      clockUncertaintyMs: Math.max(0, ...received.map(({ clockUncertaintyMs = 0 }) => clockUncertaintyMs)),
    };
  }

  /** Ends them all. */
  async kill(): Promise<void> {
    const { browser } = this.#order;
    if (browser !== undefined) await browser.release();
    else await Promise.all(this.processes.map((process) => process.kill()));
  }
}

/**
 * Source addresses of one load process, enough for its subscribers; Linux answers all of 127/8. Those of 127.0/16
 * are left to the relays.
 */
function sourceAddresses(trial: number, process: number, subscribers: number): string[] {
  if (globalThis.process.platform !== "linux") return [];
  const count = Math.ceil(subscribers / subscribersPerAddress);
  return Array.from({ length: count }, (_, index) => `127.${1 + (trial % 255)}.${process + 1}.${index + 1}`);
}
