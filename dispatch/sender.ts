import { setMaxListeners } from "node:events";
import type { Answer, Ask, Transport } from "./attempt.ts";
import type { Clock } from "./clock.ts";
import { composeDelivery, type Sending } from "./compose.ts";
import { messageOf, withDeadline } from "./deadline.ts";
import type { Delivery } from "./deliveries.ts";
import { Places } from "./places.ts";
import {
  attemptTimeoutMs,
  failedWith,
  type NextStep,
  nextStep,
  throttleMs,
  type Verdict,
  verdictOf,
} from "./schedule.ts";
import type { Store } from "./store.ts";
import { isExpired, type Subscription, targetOf } from "./subscriptions.ts";

export interface SenderOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Numbers from 0 up to 1, for the jitter. */
  readonly random: () => number;
  /** Before each attempt, the first among them. Absent: those of Standard Webhooks. */
  readonly pausesMs?: readonly number[];
  readonly transport: Transport;
  readonly sending: Sending;
  /** Attempts under way at once, in all and for one target. */
  readonly concurrency: { readonly total: number; readonly perTarget: number };
  onAttempt?(attempt: Attempt): void;
  /** The store failed. Nothing more is sent: what is not noted would be sent again and again. */
  onFailure(error: unknown): void;
}

/** One attempt, for whoever keeps a log. */
export interface Attempt {
  readonly subscription: Subscription;
  readonly delivery: Delivery;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly step: NextStep;
}

/** What is under way for one subscription, and until when it is to get nothing. */
interface Lane {
  readonly id: string;
  readonly target: string;
  readonly underWay: Set<number>;
  limit: number;
  notBeforeMs: number;
  cancelTimer: () => void;
}

/**
 * Sends what is due. Every subscription has a lane of its own, and pauses by itself: whoever may subscribe a path of
 * a host must not be able to stop what others receive there. What all on a target share is how many attempts are
 * under way at once, each lane in its turn. What an attempt led to is stored before anything follows from it.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes that have something due and wait for a place at their target or among all, the longest first. */
  readonly #queue = new Set<Lane>();
  readonly #attempts = new Set<Promise<void>>();
  readonly #places: Places;
  readonly #stop = new AbortController();

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#places = new Places(options.concurrency);
    // One for each attempt under way.
    setMaxListeners(0, this.#stop.signal);
  }

  /** Goes on with what is stored. */
  start(): void {
    this.wake(this.#options.store.due());
  }

  /** Looks for what is due for these subscriptions, or finds that they are no more. */
  wake(ids: Iterable<string>): void {
    for (const id of ids) {
      const lane = this.#laneOf(id);
      if (lane) this.#fill(lane);
    }
  }

  /** Breaks off what is under way, which will be tried again after the next start. */
  async close(): Promise<void> {
    this.#stop.abort(new Error("the dispatcher is closing"));
    for (const lane of this.#lanes.values()) lane.cancelTimer();
    await Promise.all(this.#attempts);
  }

  #laneOf(id: string): Lane | undefined {
    const { concurrency, store } = this.#options;
    const known = this.#lanes.get(id);
    const subscription = known ? undefined : store.subscription(id);
    if (subscription === undefined) return known;
    const lane: Lane = {
      id,
      target: targetOf(subscription),
      underWay: new Set(),
      limit: concurrency.perTarget,
      notBeforeMs: 0,
      cancelTimer: () => {},
    };
    this.#lanes.set(id, lane);
    return lane;
  }

  #fill(lane: Lane): void {
    try {
      this.#beginDue(lane);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#stop.abort(error);
    this.#options.onFailure(error);
  }

  /** Starts what is due for a subscription, as far as there is room; a timer sees to what is due later. */
  #beginDue(lane: Lane): void {
    const { store, clock } = this.#options;
    lane.cancelTimer();
    while (!this.#stop.signal.aborted && lane.underWay.size < lane.limit) {
      const delivery = store.next(lane.id, lane.underWay);
      if (delivery === undefined) {
        this.#rest(lane);
        return;
      }
      const waitMs = Math.max(delivery.dueMs, lane.notBeforeMs) - clock.now();
      if (waitMs > 0) {
        lane.cancelTimer = clock.after(waitMs, () => this.#fill(lane));
        return;
      }
      if (!this.#places.hasRoom(lane.target)) {
        this.#queue.add(lane);
        return;
      }
      this.#begin(lane, delivery);
    }
  }

  /** Lets go of a lane that nothing waits in, once its subscription is over or may have something again. */
  #rest(lane: Lane): void {
    const { clock, store } = this.#options;
    if (lane.underWay.size > 0) return;
    const waitMs = lane.notBeforeMs - clock.now();
    if (waitMs > 0 && store.subscription(lane.id) !== undefined) {
      lane.cancelTimer = clock.after(waitMs, () => this.#fill(lane));
      return;
    }
    this.#queue.delete(lane);
    this.#lanes.delete(lane.id);
  }

  #begin(lane: Lane, delivery: Delivery): void {
    const { store, clock } = this.#options;
    const subscription = store.subscription(lane.id);
    if (subscription === undefined)
      throw new Error(`expected a subscription for each delivery, got ${delivery.number} without`);
    if (isExpired(subscription, clock.now())) {
      store.remove(subscription.id);
      return;
    }
    if (subscription.perMinute > 0) lane.notBeforeMs = clock.now() + 60_000 / subscription.perMinute;
    lane.underWay.add(delivery.number);
    const leave = this.#places.take(lane.target);
    const attempt = this.#attempt(lane, subscription, delivery)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        lane.underWay.delete(delivery.number);
        leave();
        this.#attempts.delete(attempt);
        this.#next(lane);
      });
    this.#attempts.add(attempt);
  }

  /** A place is free: for whoever has waited longest, then for the lane it was in. */
  #next(lane: Lane): void {
    for (const waiting of [...this.#queue]) {
      if (!this.#places.hasRoom(waiting.target)) continue;
      this.#queue.delete(waiting);
      this.#fill(waiting);
    }
    this.#fill(lane);
  }

  async #attempt(lane: Lane, subscription: Subscription, delivery: Delivery): Promise<void> {
    const { store, clock, random, pausesMs, sending, onAttempt } = this.#options;
    const startedMs = clock.now();
    const ask = composeDelivery(subscription, delivery.message, sending, startedMs);
    const verdict = await this.#verdict(ask);
    // Broken off: not a failure of the target's.
    if (this.#stop.signal.aborted && verdict.kind === "failed") return;
    const endedMs = clock.now();
    const step = nextStep(verdict, delivery.attempts + 1, endedMs, random, pausesMs);
    const told = store.settle(delivery, step, endedMs);
    this.#throttle(lane, verdict, endedMs);
    onAttempt?.({ subscription, delivery, startedMs, endedMs, step });
    this.wake(told);
  }

  async #verdict(ask: Ask): Promise<Verdict> {
    const { clock, transport } = this.#options;
    let answer: Answer;
    try {
      answer = await withDeadline(
        clock,
        attemptTimeoutMs,
        (signal) => transport(ask, signal),
        this.#stop.signal,
      );
    } catch (error) {
      return failedWith(messageOf(error));
    }
    const retryAfter = answer.headers["retry-after"];
    return verdictOf({ status: answer.status, retryAfter }, clock.now());
  }

  /** A receiver that is overloaded gets nothing for a while, and then one thing at a time until it takes one. */
  #throttle(lane: Lane, verdict: Verdict, nowMs: number): void {
    if (verdict.kind === "delivered") lane.limit = this.#options.concurrency.perTarget;
    if (verdict.kind !== "failed" || !verdict.overloaded) return;
    lane.limit = 1;
    lane.notBeforeMs = Math.max(lane.notBeforeMs, nowMs + (verdict.retryAfterMs || throttleMs));
  }
}
