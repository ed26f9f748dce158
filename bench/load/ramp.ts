import type { Client, Endpoints, SubscribeOptions, Transport } from "../../servers/contract.ts";
import { nowMs } from "./clock.ts";
import { type Counts, count } from "./counts.ts";
import { Pacing } from "./pacing.ts";

export interface RampOrder {
  readonly transport: Transport;
  readonly endpoints: Endpoints;
  readonly count: number;
  readonly pollMs: number;
  readonly waitSeconds: number;
  /** Connection attempts that begin in a second, at most. */
  readonly perSecond: number;
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
  /** CPU over wall time of the load process meanwhile. */
  readonly utilisation: number;
  /** How much the resident set of the load process grew meanwhile. */
  readonly memoryBytes: number;
  /** How often each message of a failed attempt came. */
  readonly failures: Counts;
}

/** After so many failures in a row the server, or the system, has said no. */
const failuresThatEndTheRamp = 50;

/**
 * Connects subscribers at the pace of `order`. `optionsFrom` makes the options of each, which connects from the
 * address given; the result counts every attempt that succeeded.
 */
export function ramp(
  client: Client,
  order: RampOrder,
  optionsFrom: (localAddress: string | undefined) => SubscribeOptions,
): Promise<Ramped> {
  return new Promise((resolve) => new Ramp(client, order, optionsFrom, resolve).go());
}

class Ramp {
  readonly #client: Client;
  readonly #order: RampOrder;
  readonly #optionsFrom: (localAddress: string | undefined) => SubscribeOptions;
  readonly #resolve: (ramped: Ramped) => void;
  readonly #startedMs = nowMs();
  readonly #rssBytes = process.memoryUsage.rss();
  readonly #cpu = process.cpuUsage();
  readonly #pacing: Pacing;
  readonly #failures: Record<string, number> = {};
  readonly #connected = () => this.#settled();
  readonly #failed = (error: unknown) =>
    this.#settled(error instanceof Error ? error.message : String(error));
  #begun = 0;
  #underWay = 0;
  #succeeded = 0;
  #failuresInARow = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    client: Client,
    order: RampOrder,
    optionsFrom: (localAddress: string | undefined) => SubscribeOptions,
    resolve: (ramped: Ramped) => void,
  ) {
    this.#client = client;
    this.#order = order;
    this.#optionsFrom = optionsFrom;
    this.#resolve = resolve;
    this.#pacing = new Pacing(order.perSecond, this.#startedMs);
  }

  /** Begins what is due, and comes back when there may be more. */
  go(): void {
    const now = nowMs();
    const { count, atOnce, forMs } = this.#order;
    const over =
      this.#begun === count ||
      this.#failuresInARow >= failuresThatEndTheRamp ||
      now - this.#startedMs > forMs;
    if (over) {
      if (this.#underWay === 0) this.#finish();
      return;
    }
    const due = Math.min(count, this.#pacing.dueBy(now));
    while (this.#begun < due && this.#underWay < atOnce) this.#begin();
    // With as many under way as may be, the next that settles comes back here.
    if (this.#underWay === atOnce || this.#begun === count || this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.go();
      },
      Math.max(0, this.#pacing.dueAtMs(this.#begun) - now),
    );
  }

  #begin(): void {
    const { localAddresses, endpoints } = this.#order;
    const options = this.#optionsFrom(localAddresses[this.#begun % localAddresses.length]);
    this.#begun++;
    this.#underWay++;
    this.#client.subscribe(endpoints, options).then(this.#connected, this.#failed);
  }

  #settled(failure?: string): void {
    this.#underWay--;
    if (failure === undefined) {
      this.#succeeded++;
      this.#failuresInARow = 0;
    } else {
      this.#failuresInARow++;
      count(this.#failures, failure);
    }
    this.go();
  }

  #finish(): void {
    clearTimeout(this.#timer);
    const { user, system } = process.cpuUsage(this.#cpu);
    const durationMs = nowMs() - this.#startedMs;
    this.#resolve({
      connected: this.#succeeded,
      durationMs,
      utilisation: (user + system) / 1_000 / durationMs,
      memoryBytes: process.memoryUsage.rss() - this.#rssBytes,
      failures: this.#failures,
    });
  }
}
