import { setTimeout } from "node:timers/promises";
import type { Client, Endpoints, Event, Subscription } from "../../../servers/contract.ts";

/** What a subscriber got that went away and came back. */
export interface Returned {
  /** Events since it first arrived that it never had. */
  readonly lost: number;
  /** Events that it had before, or in the wrong order. */
  readonly disordered: number;
  /** How long coming back took: until it was sure of every event from there on. */
  readonly backAfterMs: number;
}

export interface ReturningOrder {
  readonly client: Client;
  readonly endpoints: Endpoints;
  readonly pollMs: number;
  readonly waitSeconds: number;
  /** Whether it says on its return what it had last; else it asks, as it did at first, for what happens from now on. */
  readonly keepsCursor: boolean;
}

/** A subscriber that goes away and comes back, and keeps account of what it got. */
export class ReturningSubscriber {
  readonly #order: ReturningOrder;
  readonly #ids = new Set<number>();
  #subscription: Subscription | undefined;
  /** The last event before it first arrived. */
  #arrivedAfter: number | undefined;
  #lastId = 0;
  #disordered = 0;
  #backAfterMs = 0;
  #wake = () => {};
  #break = (_error: Error) => {};
  readonly #broken = new Promise<never>((_, reject) => {
    this.#break = reject;
  });

  constructor(order: ReturningOrder) {
    this.#order = order;
    // Whoever waits for an event is told; nobody else asks.
    this.#broken.catch(() => {});
  }

  async subscribe(after?: number): Promise<void> {
    const { client, endpoints, pollMs, waitSeconds } = this.#order;
    this.#subscription = await client.subscribe(endpoints, {
      ...(after === undefined ? {} : { after }),
      pollMs,
      waitSeconds,
      onEvent: (event) => this.#take(event),
      onEnd: (reason) => this.#break(new Error(`expected a subscription that lasts, got its end: ${reason}`)),
    });
    // An event may come together with the news that it is subscribed, and has moved the cursor by now.
    const [first = this.#subscription.cursor() + 1] = this.#ids;
    this.#arrivedAfter ??= first - 1;
  }

  /** Leaves, stays away for so long, and comes back. */
  async leaveFor(awayMs: number): Promise<void> {
    const subscription = this.#subscription;
    if (subscription === undefined)
      throw new Error("expected a subscriber that is there, got one that is not");
    subscription.close();
    const cursor = subscription.cursor();
    await setTimeout(awayMs);
    const backMs = performance.now();
    await this.subscribe(this.#order.keepsCursor ? cursor : undefined);
    this.#backAfterMs = performance.now() - backMs;
  }

  /** Waits for the event `id`; gives what it had up to that. Rejects when its subscription ends before. */
  async until(id: number): Promise<Returned> {
    const come = new Promise<void>((resolve) => {
      this.#wake = () => {
        if (this.#lastId >= id) resolve();
      };
      this.#wake();
    });
    await Promise.race([come, this.#broken]);
    const since = id - (this.#arrivedAfter ?? id);
    return { lost: since - this.#ids.size, disordered: this.#disordered, backAfterMs: this.#backAfterMs };
  }

  close(): void {
    this.#subscription?.close();
  }

  #take({ id }: Event): void {
    if (id <= this.#lastId) this.#disordered++;
    this.#lastId = Math.max(this.#lastId, id);
    this.#ids.add(id);
    this.#wake();
  }
}
