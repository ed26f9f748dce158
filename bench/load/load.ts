import { setTimeout } from "node:timers/promises";
import { bundledFolder } from "../../cli/project.ts";
import type { Endpoints, Transport } from "../../servers/contract.ts";
import type { Network } from "../network/networks.ts";
import { type Relays, relayBusy, startRelays } from "../network/relay.ts";
import { type ListenQueue, listenQueueGrowth, readListenQueue } from "../probes/listen-queue.ts";
import type { Completed } from "../result.ts";
import type { ClientConditions, Load, Traffic } from "../scenarios/scenario.ts";
import { LatencyHistogram } from "../stats/histogram.ts";
import { type Random, seededRandom } from "../stats/random.ts";
import type { Arrivals } from "./arrivals.ts";
import { addCounts } from "./counts.ts";
import type { IngestMethods } from "./ingest-process.ts";
import { isLean } from "./lean/clients.ts";
import type { PublisherMethods } from "./publisher-process.ts";
import type { Ramped } from "./ramp.ts";
import { type LoadProcess, startLoadProcess } from "./rpc.ts";
import type { SocketBytes } from "./socket-bytes.ts";
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

/** How long the load waits for the last events, beyond what polling takes. */
const patienceMs = 5_000;

export type LoadRole = "subscribers" | "publisher" | "ingest" | "relay";

/** What a phase of traffic came to. */
export interface TrafficResult {
  /** How well the schedule was kept; absent where there was none. */
  readonly sending?: Completed["sending"];
  readonly accepted: number;
  readonly failed: number;
  readonly dropped: number;
  readonly rounds: readonly (readonly number[])[];
  /** How long it went on by the load's own clock; absent: for as long as the phase. */
  readonly durationMs?: number;
  /** By role: CPU over wall time, 0 to 1. */
  readonly publisherUtilisation?: number;
  readonly ingestUtilisation?: number;
  /** Of this process, where it leads from one event to the next: it has the load's core too. */
  readonly conductorUtilisation?: number;
  /** What the sockets that sent webhooks have read and written. */
  readonly webhookBytes?: SocketBytes;
}

/** What the ramp of a trial came to. */
export interface LoadRamped extends Ramped {
  /** How much the kernel's counters grew meanwhile; undefined where they are not to be had. */
  readonly listenQueue: ListenQueue | undefined;
}

const nothing: TrafficResult = { accepted: 0, failed: 0, dropped: 0, rounds: [] };

export interface LoadOrder {
  readonly load: Pick<Load, "subscribers" | "warmUp" | "measure">;
  /** Of the subscribers. */
  readonly transport: Transport;
  /** The core that all its processes are held to. */
  readonly core: number | undefined;
  readonly conditions: ClientConditions;
  readonly arrivals: Arrivals;
  /** What lies between the server and its subscribers; where there are none, between it and who sends webhooks. */
  readonly network: Network;
}

/** The load processes of one trial. */
export class TrialLoad {
  readonly #subscribers: LoadProcess<SubscriberMethods>[];
  readonly #publisher: LoadProcess<PublisherMethods> | undefined;
  readonly #ingest: LoadProcess<IngestMethods> | undefined;
  readonly #transport: Transport;
  readonly #conditions: ClientConditions;
  readonly #arrivals: Arrivals;
  readonly #network: Network;
  readonly #core: number | undefined;
  readonly #trial = trials++;
  readonly #random: Random;
  #relaying: Promise<Relays> | undefined;
  #relays: Relays | undefined;
  /** Where webhooks are sent. */
  #http = "";
  #connected: readonly number[] = [];
  /** Events each subscriber should have had since the last reset. */
  #expected = 0;

  /** Starts the processes that `load` takes, with subscribers on `transport`. */
  constructor({ load, transport, core, conditions, arrivals, network }: LoadOrder) {
    const start = <M extends SubscriberMethods | PublisherMethods | IngestMethods>(
      role: string,
      nodeOptions: readonly string[] = [],
    ) => startLoadProcess<M>(new URL(`${role}-process.js`, bundledFolder), role, core, nodeOptions);
    const lean = isLean(transport);
    const most = subscribersPerProcess[lean && network.link === undefined ? "lean" : "other"];
    const count = Math.ceil(load.subscribers / most);
    const kinds = [load.warmUp.kind, load.measure.kind];
    this.#subscribers = Array.from({ length: count }, () =>
      start<SubscriberMethods>("subscribers", lean ? leanNodeOptions : []),
    );
    this.#publisher = kinds.includes("open") || kinds.includes("rounds") ? start("publisher") : undefined;
    this.#ingest = kinds.includes("closed") ? start("ingest") : undefined;
    this.#transport = transport;
    this.#conditions = conditions;
    this.#arrivals = arrivals;
    this.#network = network;
    this.#core = core;
    this.#random = seededRandom(arrivals.seed);
  }

  get processes(): { readonly role: LoadRole; readonly pid: number }[] {
    const started = [
      ...this.#subscribers.map(({ pid }) => ({ role: "subscribers" as const, pid })),
      { role: "publisher" as const, pid: this.#publisher?.pid },
      { role: "ingest" as const, pid: this.#ingest?.pid },
      ...(this.#relays?.pids ?? []).map((pid) => ({ role: "relay" as const, pid })),
    ];
    return started.flatMap(({ role, pid }) => (pid === undefined ? [] : [{ role, pid }]));
  }

  /** Resolves with a sentence when the first of its processes has ended; of the relays, once they are reached. */
  get ended(): Promise<string> {
    return Promise.race([...this.#all, ...(this.#relays ? [this.#relays] : [])].map(({ ended }) => ended));
  }

  /**
   * Lays the network between the server and its load: what follows goes to these endpoints. Rejects when a relay does
   * not come up.
   */
  async reach(endpoints: Endpoints): Promise<void> {
    const count = Math.max(1, this.#subscribers.length);
    const pinned = this.#core === undefined ? {} : { core: this.#core };
    this.#relaying = startRelays({ network: this.#network, endpoints, count, ...pinned });
    this.#relays = await this.#relaying;
    const [first = endpoints] = this.#relays.endpoints;
    this.#http = this.#ingest === undefined ? endpoints.http : first.http;
  }

  /** Connects `total` subscribers, spread evenly over the processes. */
  async ramp(total: number, forMs: number): Promise<LoadRamped> {
    const { endpoints } = this.#reached;
    const processes = this.#subscribers.length;
    const before = await readListenQueue();
    await this.#reached.reset();
    const ramps = this.#subscribers.map((subscribers, index) => {
      const count = Math.floor((total + index) / processes);
      return subscribers.call("ramp", {
        transport: this.#transport,
        endpoints: required(endpoints[index], `relay ${index}`),
        count,
        ...this.#conditions,
        perSecond: attemptsPerSecond / processes,
        atOnce: Math.ceil(attemptsAtOnce / processes),
        localAddresses: total > subscribersPerAddress ? sourceAddresses(this.#trial, index, count) : [],
        forMs,
      });
    });
    const ramped = await Promise.all(ramps);
    const relays = await this.#reached.collect();
    this.#connected = ramped.map(({ connected }) => connected);
    return {
      connected: sumOf(this.#connected),
      durationMs: Math.max(0, ...ramped.map(({ durationMs }) => durationMs)),
      // They share a core.
      utilisation: sumOf([...ramped.map(({ utilisation }) => utilisation), ...relays.map(relayBusy)]),
      memoryBytes: sumOf(ramped.map(({ memoryBytes }) => memoryBytes)),
      failures: addCounts(ramped.map(({ failures }) => failures)),
      listenQueue: listenQueueGrowth(before, await readListenQueue()),
    };
  }

  /** Forgets what was received so far; utilisation counts from here. */
  async reset(): Promise<void> {
    this.#expected = 0;
    await Promise.all([
      ...this.#subscribers.map((subscribers) => subscribers.call("reset", undefined)),
      this.#reached.reset(),
    ]);
  }

  async run(traffic: Traffic): Promise<TrafficResult> {
    const http = this.#http;
    if (traffic.kind === "idle") {
      await setTimeout(traffic.durationMs);
      return nothing;
    }
    if (traffic.kind === "closed") {
      const { accepted, failed, durationMs, utilisation, bytesIn, bytesOut } = await required(
        this.#ingest,
        "ingest",
      ).call("ingest", { http, ...traffic });
      const webhookBytes = { bytesIn, bytesOut };
      return { ...nothing, accepted, failed, durationMs, ingestUtilisation: utilisation, webhookBytes };
    }
    if (traffic.kind === "rounds") return this.#rounds(traffic);
    const publisher = required(this.#publisher, "publisher");
    const order = { http, arrivals: this.#arrivals, ...traffic };
    const { accepted, failed, dropped, utilisation, ...sending } = await publisher.call("publish", order);
    this.#expected += accepted;
    return { ...nothing, accepted, failed, dropped, sending, publisherUtilisation: utilisation };
  }

  /** Waits until every subscriber has every event, or patience is over; gives what is missing then. */
  async drain(): Promise<number> {
    const timeoutMs = this.#conditions.pollMs + patienceMs;
    const missing = await Promise.all(
      this.#subscribers.map((subscribers, index) =>
        subscribers.call("awaitEvents", { count: this.#expected * (this.#connected[index] ?? 0), timeoutMs }),
      ),
    );
    return sumOf(missing);
  }

  async collect() {
    const received = await Promise.all(
      this.#subscribers.map((subscribers) => subscribers.call("collect", undefined)),
    );
    const latency = new LatencyHistogram();
    for (const { histogram } of received) latency.add(LatencyHistogram.decode(histogram));
    return {
      events: received.reduce((sum, { events }) => sum + events, 0),
      repeated: received.reduce((sum, { repeated }) => sum + repeated, 0),
      ended: received.flatMap(({ ended }) => Object.entries(ended)),
      latency,
      /** Of all subscribers. */
      bytesIn: received.reduce((sum, { bytesIn }) => sum + bytesIn, 0),
      bytesOut: received.reduce((sum, { bytesOut }) => sum + bytesOut, 0),
      utilisations: received.map(({ utilisation }) => utilisation),
      relays: await this.#reached.collect(),
    };
  }

  async kill(): Promise<void> {
    // Relays that did not come up have ended, and `reach` has said so.
    const relays = await this.#relaying?.catch(() => undefined);
    await Promise.all([...this.#all.map((process) => process.kill()), relays?.kill()]);
  }

  get #reached(): Relays {
    return required(this.#relays, "network");
  }

  get #all(): Pick<LoadProcess<SubscriberMethods>, "ended" | "kill">[] {
    return [...this.#subscribers, this.#publisher, this.#ingest].filter((process) => process !== undefined);
  }

  async #rounds(traffic: Extract<Traffic, { kind: "rounds" }>): Promise<TrafficResult> {
    const rounds: number[][] = [];
    const publisher = required(this.#publisher, "publisher");
    await this.#nextRound();
    await publisher.call("utilisation", undefined);
    const startMs = performance.now();
    const cpu = process.cpuUsage();
    let missing = 0;
    const wanted = () => rounds.length < traffic.atLeast || performance.now() - startMs < traffic.forMs;
    while (missing === 0 && rounds.length < traffic.atMost && wanted()) {
      if (rounds.length > 0 && this.#transport === "polling")
        await setTimeout(this.#random() * traffic.pausePolls * this.#conditions.pollMs);
      await publisher.call("publishOne", {
        http: this.#http,
        payloadBytes: traffic.payloadBytes,
      });
      this.#expected++;
      missing = await this.drain();
      rounds.push(await this.#nextRound());
    }
    const { user, system } = process.cpuUsage(cpu);
    const conductorUtilisation = (user + system) / 1_000 / (performance.now() - startMs);
    const publisherUtilisation = await publisher.call("utilisation", undefined);
    return { ...nothing, accepted: rounds.length, rounds, publisherUtilisation, conductorUtilisation };
  }

  /** Begins a round; gives the latencies of the last. */
  async #nextRound(): Promise<number[]> {
    const calls = this.#subscribers.map((subscribers) => subscribers.call("nextRound", undefined));
    return (await Promise.all(calls)).flat();
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** A load process that the constructor has started, because the load said that it would take it. */
function required<Process>(process: Process | undefined, role: string): Process {
  if (process === undefined) throw new Error(`expected a load that has its ${role}, got one that does not`);
  return process;
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
