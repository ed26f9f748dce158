import { setTimeout } from "node:timers/promises";
import type { Endpoints, Transport } from "../../servers/contract.ts";
import type { Network } from "../network/networks.ts";
import { type Relays, relayBusy, startRelays } from "../network/relay.ts";
import type { ClientConditions, Load, Traffic } from "../scenarios/scenario.ts";
import { type Random, seededRandom } from "../stats/random.ts";
import type { Arrivals } from "./arrivals.ts";
import { sumOf } from "./counts.ts";
import type { KeptBrowser } from "./kept-browser.ts";
import { randomMomentMs } from "./random-moment.ts";
import { noTraffic, Senders, type TrafficResult } from "./senders.ts";
import { type LoadRamped, Subscribers } from "./subscribers.ts";

/** How long the load waits for the last events, beyond what polling takes. */
const patienceMs = 5_000;

export type LoadRole = "subscribers" | "publisher" | "ingest" | "relay";

export interface LoadOrder {
  readonly load: Pick<
    Load,
    "subscribers" | "subscribersAre" | "fromRandomMoment" | "ownPollMs" | "signed" | "warmUp" | "measure"
  >;
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
  readonly #senders: Senders;
  readonly #transport: Transport;
  readonly #network: Network;
  readonly #core: number | undefined;
  readonly #random: Random;
  readonly #randomMomentMs: number;
  readonly #pollMs: number;
  #relaying: Promise<Relays> | undefined;
  #relays: Relays | undefined;
  /** Where webhooks are sent. */
  #http = "";
  /** Events each subscriber should have had since the last reset. */
  #expected = 0;

  /** Starts the processes that `load` takes, with subscribers on `transport`. */
  constructor({ load, transport, core, conditions, arrivals, network, browser }: LoadOrder) {
    const relayed = network.link !== undefined;
    this.#subscribers = new Subscribers({
      ...{ count: load.subscribers, transport, core, conditions, relayed },
      browser: load.subscribersAre === "pages" ? required(browser, "browser") : undefined,
    });
    this.#senders = new Senders({ load, core, arrivals });
    this.#transport = transport;
    this.#network = network;
    this.#core = core;
    this.#pollMs = load.ownPollMs ?? conditions.pollMs;
    this.#randomMomentMs = load.fromRandomMoment ? randomMomentMs(this.#pollMs, transport, arrivals.seed) : 0;
    this.#random = seededRandom(arrivals.seed);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    for (const { ended } of [...this.#subscribers.processes, ...this.#senders.processes])
      void ended.then(this.#end);
  }

  get processes(): { readonly role: LoadRole; readonly pid: number }[] {
    const started = [
      ...this.#subscribers.processes.map(({ pid }) => ({ role: "subscribers" as const, pid })),
      { role: "publisher" as const, pid: this.#senders.publisher?.pid },
      { role: "ingest" as const, pid: this.#senders.ingest?.pid },
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
    this.#http = this.#senders.ingest === undefined ? endpoints.http : first.http;
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

  /** Waits until measuring may begin. */
  async awaitRandomMoment(): Promise<void> {
    if (this.#randomMomentMs > 0) await setTimeout(this.#randomMomentMs);
  }

  /** Forgets what was received so far; utilisation counts from here. */
  async reset(): Promise<void> {
    this.#expected = 0;
    await Promise.all([this.#subscribers.reset(), this.#reached.reset()]);
  }

  async run(traffic: Traffic): Promise<TrafficResult> {
    switch (traffic.kind) {
      case "idle":
        await setTimeout(traffic.durationMs);
        return noTraffic;
      case "rounds":
        return this.#senders.sendRounds(traffic, this.#http, {
          pause: async (polls) => {
            if (this.#transport === "polling") await setTimeout(this.#random() * polls * this.#pollMs);
          },
          published: () => this.#expected++,
          drain: () => this.drain(),
          nextRound: () => this.#subscribers.nextRound(),
        });
      default: {
        const sent = await this.#senders.send(traffic, this.#http);
        if (traffic.kind === "open") this.#expected += sent.accepted;
        return sent;
      }
    }
  }

  /** Waits until every subscriber has every event, or patience is over; gives what is missing then. */
  drain(): Promise<number> {
    return this.#subscribers.awaitEvents(this.#expected, this.#pollMs + patienceMs);
  }

  /** What subscribers and relays have to show since the last reset. */
  async collect() {
    return { ...(await this.#subscribers.collect()), relays: await this.#reached.collect() };
  }

  async kill(): Promise<void> {
    // Relays that did not come up have ended, and `reach` has said so.
    const relays = await this.#relaying?.catch(() => undefined);
    await Promise.all([this.#subscribers.kill(), this.#senders.kill(), relays?.kill()]);
  }

  get #reached(): Relays {
    return required(this.#relays, "network");
  }
}

/** Something that the constructor has or has started, because the load said that it would take it. */
function required<Part>(part: Part | undefined, role: string): Part {
  if (part === undefined) throw new Error(`expected a load that has its ${role}, got one that does not`);
  return part;
}
