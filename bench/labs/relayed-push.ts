import type { Transport } from "../../servers/contract.ts";
import { isServerName, type ServerName } from "../../servers/index.ts";
import type { LaunchedServer } from "../../servers/launch.ts";
import { totalOf } from "../load/counts.ts";
import type { TrialLoad } from "../load/load.ts";
import type { TrafficResult } from "../load/senders.ts";
import type { Completed, ErrorCounts, LoadProcessUse } from "../result.ts";
import type { LatencyHistogram } from "../stats/histogram.ts";
import { loadUse } from "../trial/load-use.ts";
import { latenessOf } from "../trial/outcome.ts";
import { articleNetwork } from "./article-network.ts";
import type { LabBench } from "./bench.ts";

/** What has to be known of an arm's client, by arm. */
export const clientNotes: Readonly<Record<string, readonly string[]>> = {
  "socketio-polling": [
    "Socket.IO's client in Node.js makes a connection for every request: each wait is a round trip longer than in a browser, which keeps its connections",
  ],
};

/** Bytes of a webhook's body, as in the scenarios of the servers. */
export const payloadBytes = 128;

/** Time that one subscriber may take to connect: several round trips on some transports. */
const rampMs = 10_000;

/** So that neither server nor subscriber runs code for the first time when measuring begins. */
const warmUp = { kind: "open", eventsPerSecond: 100, durationMs: 150, payloadBytes } as const;

export interface PushOrder {
  readonly transport: Transport;
  readonly eventsPerSecond: number;
  readonly durationMs: number;
  readonly pollMs: number;
}

/** What one subscriber beyond the relay got of webhooks that came at random times. */
export interface Pushed {
  /** From the time at which a webhook was to be sent until its subscriber had the event. */
  readonly latency: LatencyHistogram;
  /** Webhooks accepted. */
  readonly accepted: number;
  readonly errors: Partial<ErrorCounts>;
  readonly load: readonly LoadProcessUse[];
  readonly sending?: Completed["sending"];
  readonly relayLateness?: Completed["relayLateness"];
}

/** A server of ours with one subscriber, the relay of the article between them. */
export class RelayedPush {
  readonly #load: TrialLoad;
  readonly #order: PushOrder;
  readonly #connectFailures: number;

  private constructor(load: TrialLoad, order: PushOrder, connectFailures: number) {
    this.#load = load;
    this.#order = order;
    this.#connectFailures = connectFailures;
  }

  /** Connects the subscriber to the server that is being launched, and sends it some events to warm up. */
  static async begin(
    bench: LabBench,
    launching: Promise<LaunchedServer>,
    order: PushOrder,
  ): Promise<RelayedPush> {
    const { transport } = order;
    const load = bench.load({
      load: { subscribers: 1, warmUp, measure: warmUp },
      transport,
      conditions: { pollMs: order.pollMs, waitSeconds: bench.options.waitSeconds },
      arrivals: { kind: "poisson", seed: bench.seed },
      network: articleNetwork,
    });
    const { endpoints } = await launching;
    await load.reach(endpoints);
    const { connected, failures } = await load.ramp(1, rampMs);
    if (connected !== 1)
      throw new Error(
        `expected a subscriber to connect, got ${Object.keys(failures).join("; ") || "nothing"}`,
      );
    // Beside the interval of a poll it is nothing that code runs for the first time.
    if (transport !== "polling") {
      await load.run(warmUp);
      const missing = await load.drain();
      if (missing > 0)
        throw new Error(`expected every event of the warm-up to arrive, but ${missing} are missing`);
    }
    return new RelayedPush(load, order, totalOf(failures));
  }

  /** Sends webhooks at random times, and waits until all events have come. */
  async measure(): Promise<Pushed> {
    const { eventsPerSecond, durationMs } = this.#order;
    await this.#load.reset();
    const traffic = await this.#load.run({ kind: "open", eventsPerSecond, durationMs, payloadBytes });
    const missing = await this.#load.drain();
    const received = await this.#load.collect();
    const { latency, repeated, ended, utilisations, relays } = received;
    return {
      latency,
      accepted: traffic.accepted,
      errors: {
        connect: this.#connectFailures,
        ended: totalOf(ended),
        publish: traffic.failed,
        missing,
        repeated,
        dropped: traffic.dropped,
      },
      load: loadUse(traffic, utilisations, relays),
      ...sendingOf(traffic),
      ...latenessOf(relays),
    };
  }
}

function sendingOf({ sending }: TrafficResult): Pick<Pushed, "sending"> {
  return sending === undefined ? {} : { sending };
}

/** An arm that is one of our servers. */
export function serverNamed(arm: string): ServerName {
  if (isServerName(arm)) return arm;
  throw new Error(`expected the name of a server as an arm, got ${arm}`);
}
