import type { Endpoints } from "../../servers/contract.ts";
import type { Cores } from "../environment/cores.ts";
import type { Arrivals } from "../load/arrivals.ts";
import { TrialLoad } from "../load/load.ts";
import { type LoadProcess, startLoadProcess } from "../load/rpc.ts";
import type { TrafficResult } from "../load/senders.ts";
import { networks } from "../network/networks.ts";
import type { Traffic } from "../scenarios/scenario.ts";
import type { Stall } from "./expected.ts";
import type { Behaviour, Deeds, ReferenceMethods } from "./reference-process.ts";

/** What the instrument saw of the reference server, and what that did. */
export interface Observed {
  readonly sent: TrafficResult;
  readonly received: Awaited<ReturnType<TrialLoad["collect"]>>;
  readonly deeds: Deeds;
}

type OpenTraffic = Extract<Traffic, { kind: "open" }>;

/** Time in which the subscribers must have connected. */
const rampMs = 5_000;

/** At the measured rates alone, server and load would still run code that is not yet optimised. */
const warmUp: OpenTraffic = { kind: "open", eventsPerSecond: 1_000, durationMs: 300, payloadBytes: 128 };

/** Makes the load open all its connections now: in a measured stall, accepting them would come on top. */
const warmUpStall = { afterMs: 100, forMs: 100, everyMs: 1_000 };

/** The very load of the trials, with the reference server in the place of a server. */
export class ReferenceBench {
  readonly #load: TrialLoad;
  readonly #reference: LoadProcess<ReferenceMethods>;
  readonly #subscribers: number;
  #endpoints: Endpoints | undefined;

  constructor(cores: Cores, subscribers: number, arrivals: Arrivals) {
    const load = { subscribers, warmUp, measure: warmUp };
    // The reference server pushes: nothing polls, and nothing is held.
    this.#load = new TrialLoad({
      ...{ load, transport: "tcp", core: cores.load, arrivals },
      conditions: { pollMs: 1_000, waitSeconds: 1 },
      network: networks.loopback,
    });
    this.#reference = startLoadProcess(
      new URL("./reference-process.js", import.meta.url),
      "reference server",
      cores.server,
    );
    this.#subscribers = subscribers;
  }

  /** Starts the server, connects the subscribers and warms all up; gives the address that webhooks go to. */
  async start(): Promise<string> {
    const endpoints = await this.#reference.call("listen", undefined);
    this.#endpoints = endpoints;
    await this.#load.reach(endpoints);
    const { connected, failures } = await this.#load.ramp(this.#subscribers, rampMs);
    if (connected !== this.#subscribers) {
      throw new Error(
        `expected ${this.#subscribers} subscribers on the reference server, got ${connected}: ${JSON.stringify(failures)}`,
      );
    }
    await this.observe({ delayMs: 0, stalls: warmUpStall }, warmUp);
    return endpoints.http;
  }

  /** Puts `traffic` to the server while it behaves like this. */
  async observe(behaviour: Behaviour, traffic: OpenTraffic): Promise<Observed> {
    if (this.#endpoints === undefined) throw new Error("expected a started bench, got one that is not");
    await this.#reference.call("behave", behaviour);
    await this.#load.reset();
    const sent = await this.#load.run(traffic);
    await this.#load.drain();
    const received = await this.#load.collect();
    return { sent, received, deeds: await this.#reference.call("deeds", undefined) };
  }

  /** Lets `load`, which is not ours, on the server while it behaves like this; gives the stalls it had meanwhile. */
  async lend(behaviour: Behaviour, load: () => Promise<void>): Promise<readonly Stall[]> {
    await this.#reference.call("behave", behaviour);
    await load();
    return this.#reference.call("stallsSoFar", undefined);
  }

  /** Ends every process. */
  async kill(): Promise<void> {
    await Promise.all([this.#load.kill(), this.#reference.kill()]);
  }
}
