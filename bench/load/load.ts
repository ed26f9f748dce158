import type { Endpoints, Transport } from "../../servers/contract.ts";
import type { Completed } from "../result.ts";
import type { ClientConditions, Load, Traffic } from "../scenarios/scenario.ts";
import { LatencyHistogram } from "../stats/histogram.ts";
import type { Arrivals } from "./arrivals.ts";
import type { IngestMethods } from "./ingest-process.ts";
import type { PublisherMethods } from "./publisher-process.ts";
import { type LoadProcess, startLoadProcess } from "./rpc.ts";
import type { Ramped, SubscriberMethods } from "./subscribers-process.ts";

/** Subscribers of one load process: half of what the usual limit of 20,000 open files allows. */
const subscribersPerProcess = 9_500;

/** Connection attempts under way at once, of all load processes: far fewer than any listen backlog. */
const attemptsAtOnce = 128;

/** From here on the ports of one source address may run out. */
const subscribersPerAddress = 4_000;

/** How long the load waits for the last events, beyond what polling takes. */
const patienceMs = 5_000;

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
}

const nothing: TrafficResult = { accepted: 0, failed: 0, dropped: 0, rounds: [] };

/** The load processes of one trial. */
export class TrialLoad {
  readonly #subscribers: LoadProcess<SubscriberMethods>[];
  readonly #publisher: LoadProcess<PublisherMethods> | undefined;
  readonly #ingest: LoadProcess<IngestMethods> | undefined;
  readonly #conditions: ClientConditions;
  readonly #arrivals: Arrivals;
  #connected: readonly number[] = [];
  /** Events each subscriber should have had since the last reset. */
  #expected = 0;

  /** Starts the processes that `load` takes. */
  constructor(load: Load, core: number | undefined, conditions: ClientConditions, arrivals: Arrivals) {
    const start = <M extends SubscriberMethods | PublisherMethods | IngestMethods>(role: string) =>
      startLoadProcess<M>(new URL(`./${role}-process.js`, import.meta.url), role, core);
    const count = Math.ceil(load.subscribers / subscribersPerProcess);
    const kinds = [load.warmUp.kind, load.measure.kind];
    this.#subscribers = Array.from({ length: count }, () => start<SubscriberMethods>("subscribers"));
    this.#publisher = kinds.includes("open") || kinds.includes("rounds") ? start("publisher") : undefined;
    this.#ingest = kinds.includes("closed") ? start("ingest") : undefined;
    this.#conditions = conditions;
    this.#arrivals = arrivals;
  }

  /** Connects `total` subscribers, spread evenly over the processes. */
  async ramp(transport: Transport, endpoints: Endpoints, total: number, forMs: number): Promise<Ramped[]> {
    const processes = this.#subscribers.length;
    const ramps = this.#subscribers.map((subscribers, index) =>
      subscribers.call("ramp", {
        transport,
        endpoints,
        count: Math.floor((total + index) / processes),
        ...this.#conditions,
        atOnce: Math.ceil(attemptsAtOnce / processes),
        localAddresses: total > subscribersPerAddress ? sourceAddresses(index, total) : [],
        forMs,
      }),
    );
    const ramped = await Promise.all(ramps);
    this.#connected = ramped.map(({ connected }) => connected);
    return ramped;
  }

  /** Forgets what was received so far; utilisation counts from here. */
  async reset(): Promise<void> {
    this.#expected = 0;
    await Promise.all(this.#subscribers.map((subscribers) => subscribers.call("reset", undefined)));
  }

  async run(traffic: Traffic, http: string): Promise<TrafficResult> {
    if (traffic.kind === "idle") {
      await new Promise((resolve) => setTimeout(resolve, traffic.durationMs));
      return nothing;
    }
    if (traffic.kind === "closed") {
      const { accepted, failed, durationMs, utilisation } = await required(this.#ingest, "ingest").call(
        "ingest",
        {
          http,
          ...traffic,
        },
      );
      return { ...nothing, accepted, failed, durationMs, ingestUtilisation: utilisation };
    }
    if (traffic.kind === "rounds") return this.#rounds(traffic, http);
    const publisher = required(this.#publisher, "publisher");
    const order = { http, arrivals: this.#arrivals, ...traffic };
    const { accepted, failed, dropped, utilisation, ...sending } = await publisher.call("publish", order);
    this.#expected += accepted;
    return { ...nothing, accepted, failed, dropped, sending, publisherUtilisation: utilisation };
  }

  /** Waits until every subscriber has every event, or patience is over; gives what is missing then. */
  async drain(): Promise<number> {
    const timeoutMs = this.#conditions.pollMs + patienceMs;
    await Promise.all(
      this.#subscribers.map((subscribers, index) =>
        subscribers.call("awaitEvents", { count: this.#expected * (this.#connected[index] ?? 0), timeoutMs }),
      ),
    );
    const { events } = await this.collect();
    return this.#expected * this.#connected.reduce((sum, connected) => sum + connected, 0) - events;
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
      utilisations: received.map(({ utilisation }) => utilisation),
    };
  }

  async kill(): Promise<void> {
    await Promise.all(
      [...this.#subscribers, this.#publisher, this.#ingest].map((process) => process?.kill()),
    );
  }

  async #rounds(traffic: Extract<Traffic, { kind: "rounds" }>, http: string): Promise<TrafficResult> {
    const rounds: number[][] = [];
    const startMs = performance.now();
    let missing = 0;
    const wanted = () => rounds.length < traffic.atLeast || performance.now() - startMs < traffic.forMs;
    while (missing === 0 && rounds.length < traffic.atMost && wanted()) {
      await required(this.#publisher, "publisher").call("publishOne", {
        http,
        payloadBytes: traffic.payloadBytes,
      });
      this.#expected++;
      missing = await this.drain();
      rounds.push(
        (await Promise.all(this.#subscribers.map((process) => process.call("round", undefined)))).flat(),
      );
    }
    return { ...nothing, accepted: rounds.length, rounds };
  }
}

/** A load process that the constructor has started, because the load said that it would take it. */
function required<Process>(process: Process | undefined, role: string): Process {
  if (process === undefined)
    throw new Error(`expected a load that starts its ${role} process, got one that does not`);
  return process;
}

/** Source addresses of one load process, enough for all its subscribers; Linux answers all of 127/8. */
function sourceAddresses(process: number, total: number): string[] {
  if (globalThis.process.platform !== "linux") return [];
  const count = Math.ceil(total / subscribersPerAddress);
  return Array.from({ length: count }, (_, index) => `127.0.${process + 1}.${index + 1}`);
}
