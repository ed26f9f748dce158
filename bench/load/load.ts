import { setTimeout } from "node:timers/promises";
import { bundledFolder } from "../../cli/project.ts";
import type { Endpoints, Transport } from "../../servers/contract.ts";
import type { Network } from "../network/networks.ts";
import { type Relays, relayBusy, startRelays } from "../network/relay.ts";
import type { Completed } from "../result.ts";
import type { ClientConditions, Load, Traffic } from "../scenarios/scenario.ts";
import { type Random, seededRandom } from "../stats/random.ts";
import type { Arrivals } from "./arrivals.ts";
import { sumOf } from "./counts.ts";
import type { IngestMethods } from "./ingest-process.ts";
import type { KeptBrowser } from "./kept-browser.ts";
import type { PublisherMethods } from "./publisher-process.ts";
import { type LoadProcess, startLoadProcess } from "./rpc.ts";
import { benchSecret } from "./signature.ts";
import type { SocketBytes } from "./socket-bytes.ts";
import { type LoadRamped, Subscribers } from "./subscribers.ts";

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

const nothing: TrafficResult = { accepted: 0, failed: 0, dropped: 0, rounds: [] };

export interface LoadOrder {
  readonly load: Pick<Load, "subscribers" | "subscribersAre" | "signed" | "warmUp" | "measure">;
  /** Of the subscribers. */
  readonly transport: Transport;
  /** The core that all its processes are held to. */
  readonly core: number | undefined;
  readonly conditions: ClientConditions;
  readonly arrivals: Arrivals;
  /** What lies between the server and its subscribers; where there are none, between it and who sends webhooks. */
  readonly network: Network;
  /** Where subscribers are pages. */
  readonly browser?: KeptBrowser;
}

/** The load processes of one trial. */
export class TrialLoad {
  /** Resolves with a sentence when the first of its processes has ended, the relays among them. */
  readonly ended: Promise<string>;
  #end = (_reason: string): void => {};
  readonly #subscribers: Subscribers;
  readonly #publisher: LoadProcess<PublisherMethods> | undefined;
  readonly #ingest: LoadProcess<IngestMethods> | undefined;
  readonly #transport: Transport;
  readonly #conditions: ClientConditions;
  readonly #arrivals: Arrivals;
  readonly #network: Network;
  readonly #core: number | undefined;
  readonly #webhookSecret: string;
  readonly #random: Random;
  #relaying: Promise<Relays> | undefined;
  #relays: Relays | undefined;
  /** Where webhooks are sent. */
  #http = "";
  /** Events each subscriber should have had since the last reset. */
  #expected = 0;

  /** Starts the processes that `load` takes, with subscribers on `transport`. */
  constructor({ load, transport, core, conditions, arrivals, network, browser }: LoadOrder) {
    const start = <M extends PublisherMethods | IngestMethods>(role: "publisher" | "ingest") =>
      startLoadProcess<M>(new URL(`${role}-process.js`, bundledFolder), role, core);
    const kinds = [load.warmUp.kind, load.measure.kind];
    const relayed = network.link !== undefined;
    this.#subscribers = new Subscribers({
      ...{ count: load.subscribers, transport, core, conditions, relayed },
      browser: load.subscribersAre === "pages" ? required(browser, "browser") : undefined,
    });
    this.#publisher = kinds.includes("open") || kinds.includes("rounds") ? start("publisher") : undefined;
    this.#ingest = kinds.includes("closed") ? start("ingest") : undefined;
    this.#transport = transport;
    this.#conditions = conditions;
    this.#arrivals = arrivals;
    this.#network = network;
    this.#core = core;
    this.#webhookSecret = load.signed ? benchSecret : "";
    this.#random = seededRandom(arrivals.seed);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    for (const { ended } of this.#all) void ended.then(this.#end);
  }

  get processes(): { readonly role: LoadRole; readonly pid: number }[] {
    const started = [
      ...this.#subscribers.processes.map(({ pid }) => ({ role: "subscribers" as const, pid })),
      { role: "publisher" as const, pid: this.#publisher?.pid },
      { role: "ingest" as const, pid: this.#ingest?.pid },
      ...(this.#relays?.pids ?? []).map((pid) => ({ role: "relay" as const, pid })),
    ];
    return started.flatMap(({ role, pid }) => (pid === undefined ? [] : [{ role, pid }]));
  }

  /**
   * Lays the network between the server and its load: what follows goes to these endpoints. Rejects when a relay does
   * not come up.
   */
  async reach(endpoints: Endpoints): Promise<void> {
    const count = Math.max(1, this.#subscribers.processes.length);
    const pinned = this.#core === undefined ? {} : { core: this.#core };
    this.#relaying = startRelays({ network: this.#network, endpoints, count, ...pinned });
    this.#relays = await this.#relaying;
    void this.#relays.ended.then(this.#end);
    const [first = endpoints] = this.#relays.endpoints;
    this.#http = this.#ingest === undefined ? endpoints.http : first.http;
  }

  /** Connects `count` subscribers more, spread evenly over the processes. */
  async ramp(count: number, forMs: number): Promise<LoadRamped> {
    const { endpoints } = this.#reached;
    await this.#reached.reset();
    const ramped = await this.#subscribers.ramp(count, forMs, endpoints);
    const relays = await this.#reached.collect();
    // They share a core.
    return { ...ramped, utilisation: sumOf([ramped.utilisation, ...relays.map(relayBusy)]) };
  }

  /** Forgets what was received so far; utilisation counts from here. */
  async reset(): Promise<void> {
    this.#expected = 0;
    await Promise.all([this.#subscribers.reset(), this.#reached.reset()]);
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
    const order = { http, arrivals: this.#arrivals, webhookSecret: this.#webhookSecret, ...traffic };
    const { accepted, failed, dropped, utilisation, ...sending } = await publisher.call("publish", order);
    this.#expected += accepted;
    return { ...nothing, accepted, failed, dropped, sending, publisherUtilisation: utilisation };
  }

  /** Waits until every subscriber has every event, or patience is over; gives what is missing then. */
  drain(): Promise<number> {
    return this.#subscribers.awaitEvents(this.#expected, this.#conditions.pollMs + patienceMs);
  }

  /** What subscribers and relays have to show since the last reset. */
  async collect() {
    return { ...(await this.#subscribers.collect()), relays: await this.#reached.collect() };
  }

  async kill(): Promise<void> {
    // Relays that did not come up have ended, and `reach` has said so.
    const relays = await this.#relaying?.catch(() => undefined);
    await Promise.all([
      this.#subscribers.kill(),
      this.#publisher?.kill(),
      this.#ingest?.kill(),
      relays?.kill(),
    ]);
  }

  get #reached(): Relays {
    return required(this.#relays, "network");
  }

  get #all(): Pick<LoadProcess<PublisherMethods>, "ended">[] {
    return [...this.#subscribers.processes, this.#publisher, this.#ingest].filter(
      (process) => process !== undefined,
    );
  }

  async #rounds(traffic: Extract<Traffic, { kind: "rounds" }>): Promise<TrafficResult> {
    const rounds: number[][] = [];
    const publisher = required(this.#publisher, "publisher");
    await this.#subscribers.nextRound();
    await publisher.call("utilisation", undefined);
    const startMs = performance.now();
    const cpu = process.cpuUsage();
    let missing = 0;
    const wanted = () => rounds.length < traffic.atLeast || performance.now() - startMs < traffic.forMs;
    while (missing === 0 && rounds.length < traffic.atMost && wanted()) {
      if (rounds.length > 0 && traffic.everyMs !== undefined)
        await setTimeout(Math.max(0, startMs + rounds.length * traffic.everyMs - performance.now()));
      if (rounds.length > 0 && this.#transport === "polling")
        await setTimeout(this.#random() * traffic.pausePolls * this.#conditions.pollMs);
      await publisher.call("publishOne", {
        http: this.#http,
        payloadBytes: traffic.payloadBytes,
        webhookSecret: this.#webhookSecret,
      });
      this.#expected++;
      missing = await this.drain();
      rounds.push(await this.#subscribers.nextRound());
    }
    const { user, system } = process.cpuUsage(cpu);
    const conductorUtilisation = (user + system) / 1_000 / (performance.now() - startMs);
    const publisherUtilisation = await publisher.call("utilisation", undefined);
    return { ...nothing, accepted: rounds.length, rounds, publisherUtilisation, conductorUtilisation };
  }
}

/** Something that the constructor has or has started, because the load said that it would take it. */
function required<Part>(part: Part | undefined, role: string): Part {
  if (part === undefined) throw new Error(`expected a load that has its ${role}, got one that does not`);
  return part;
}
