import type { Event, SubscribeOptions } from "../../servers/contract.ts";
import { LatencyHistogram } from "../stats/histogram.ts";
import { nowMs } from "./clock.ts";
import { type Counts, count } from "./counts.ts";
import { payloadOf } from "./payload.ts";

/** What all subscribers of a process have received since the last reset, and how many of them have ended. */
export class Tally {
  readonly latencies = new LatencyHistogram();
  /** Events of the load, each counted once per subscriber. */
  events = 0;
  /** Events that a subscriber had before, or in the wrong order. */
  repeated = 0;
  readonly #ended: Record<string, number> = {};
  #endings = 0;
  /** Latencies of a round; absent when nobody asks for rounds, as these would outgrow all else. */
  #roundMs: number[] | undefined;
  #wake = () => {};

  /** Subscriptions that ended before they should, by reason; these are never forgotten. */
  get ended(): Counts {
    return this.#ended;
  }

  /** The same, of any reason. */
  get endings(): number {
    return this.#endings;
  }

  receive(event: Event): void {
    const payload = payloadOf(event.data);
    if (payload === undefined) return;
    const latencyMs = nowMs() - payload.intendedMs;
    this.latencies.record(latencyMs);
    this.#roundMs?.push(latencyMs);
    this.events++;
    this.#wake();
  }

  end(reason: string): void {
    this.#endings++;
    count(this.#ended, reason);
  }

  reset(): void {
    this.latencies.reset();
    this.#roundMs = undefined;
    this.events = 0;
    this.repeated = 0;
  }

  /** Keeps the latencies of a round from here on; gives those of the last, in milliseconds, as they came. */
  nextRound(): number[] {
    const roundMs = this.#roundMs ?? [];
    this.#roundMs = [];
    return roundMs;
  }

  /**
   * Waits until so many events have come since the reset, at most `timeoutMs`; gives how many are missing then. More may
   * come than are wanted: a webhook whose answer was lost is an event all the same.
   */
  awaitEvents(wanted: number, timeoutMs: number): Promise<number> {
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve(Math.max(0, wanted - this.events));
      };
      const timer = setTimeout(finish, timeoutMs);
      this.#wake = () => {
        if (this.events >= wanted) finish();
      };
      this.#wake();
    });
  }
}

/** How the subscribers of a load process behave: as options of `subscribe`, but for what is each one's own. */
export interface Manners {
  readonly pollMs: number;
  readonly waitSeconds: number;
}

/** One subscriber's options and its part of the tally; an object with methods, as there are very many of them. */
export class TalliedSubscriber implements SubscribeOptions {
  readonly localAddress?: string;
  readonly #tally: Tally;
  readonly #manners: Manners;
  #lastId = 0;

  constructor(tally: Tally, manners: Manners, localAddress: string | undefined) {
    this.#tally = tally;
    this.#manners = manners;
    if (localAddress !== undefined) this.localAddress = localAddress;
  }

  get pollMs(): number {
    return this.#manners.pollMs;
  }

  get waitSeconds(): number {
    return this.#manners.waitSeconds;
  }

  onEvent(event: Event): void {
    if (event.id <= this.#lastId) this.#tally.repeated++;
    else this.#tally.receive(event);
    this.#lastId = Math.max(this.#lastId, event.id);
  }

  onEnd(reason: string): void {
    this.#tally.end(reason);
  }
}
