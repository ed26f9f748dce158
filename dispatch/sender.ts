import { setMaxListeners } from "node:events";
import type { Answer, Ask, Transport } from "./attempt.ts";
import type { Clock } from "./clock.ts";
import { composeDelivery, type Sending } from "./compose.ts";
import { messageOf, withDeadline } from "./deadline.ts";
import {
  attemptTimeoutMs,
  failedWith,
  type NextStep,
  nextStep,
  throttleMs,
  type Verdict,
  verdictOf,
} from "./schedule.ts";
import type { Delivery, Store } from "./store.ts";
import { isExpired, type Subscription } from "./subscriptions.ts";

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
}

/** One attempt, for whoever keeps a log. */
export interface Attempt {
  readonly subscription: Subscription;
  readonly delivery: Delivery;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly step: NextStep;
}

/** What is under way for one target, and until when it is to get nothing. */
interface Lane {
  readonly target: string;
  readonly underWay: Set<number>;
  limit: number;
  notBeforeMs: number;
  cancelTimer: () => void;
}

/**
 * Sends what is due. Every target has a lane of its own, so that one which is slow holds up nobody else; what an
 * attempt led to is stored before anything follows from it.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes that have something due and wait for a place among all, the longest first. */
  readonly #queue = new Set<Lane>();
  readonly #attempts = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(options: SenderOptions) {
    this.#options = options;
    // One for each attempt under way.
    setMaxListeners(0, this.#stop.signal);
  }

  /** Goes on with what is stored. */
  start(): void {
    this.wake(this.#options.store.targets());
  }

  /** Looks for what is due for these targets. */
  wake(targets: Iterable<string>): void {
    for (const target of targets) this.#fill(this.#laneOf(target));
  }

  /** Breaks off what is under way, which will be tried again after the next start. */
  async close(): Promise<void> {
    this.#stop.abort(new Error("the dispatcher is closing"));
    for (const lane of this.#lanes.values()) lane.cancelTimer();
    await Promise.all(this.#attempts);
  }

  #laneOf(target: string): Lane {
    const { concurrency } = this.#options;
    let lane = this.#lanes.get(target);
    if (lane === undefined) {
      lane = {
        target,
        underWay: new Set(),
        limit: concurrency.perTarget,
        notBeforeMs: 0,
        cancelTimer: () => {},
      };
      this.#lanes.set(target, lane);
    }
    return lane;
  }

  /** Starts what is due for a target, as far as there is room; a timer sees to what is due later. */
  #fill(lane: Lane): void {
    const { store, clock, concurrency } = this.#options;
    lane.cancelTimer();
    while (!this.#stop.signal.aborted && lane.underWay.size < lane.limit) {
      const delivery = store.next(lane.target, lane.underWay);
      if (delivery === undefined) {
        this.#forget(lane);
        return;
      }
      const waitMs = Math.max(delivery.dueMs, lane.notBeforeMs) - clock.now();
      if (waitMs > 0) {
        lane.cancelTimer = clock.after(waitMs, () => this.#fill(lane));
        return;
      }
      if (this.#attempts.size >= concurrency.total) {
        this.#queue.add(lane);
        return;
      }
      this.#begin(lane, delivery);
    }
  }

  /** Lets go of a lane that has nothing to remember. */
  #forget({ target, underWay, limit, notBeforeMs }: Lane): void {
    const { clock, concurrency } = this.#options;
    if (underWay.size > 0 || limit < concurrency.perTarget || notBeforeMs > clock.now()) return;
    this.#lanes.delete(target);
  }

  #begin(lane: Lane, delivery: Delivery): void {
    const { store, clock } = this.#options;
    const subscription = store.subscription(delivery.subscription);
    if (subscription === undefined)
      throw new Error(`expected a subscription for each delivery, got ${delivery.number} without`);
    if (isExpired(subscription, clock.now())) {
      store.remove(subscription.id);
      return;
    }
    if (subscription.perMinute > 0) lane.notBeforeMs = clock.now() + 60_000 / subscription.perMinute;
    lane.underWay.add(delivery.number);
    const attempt = this.#attempt(lane, subscription, delivery).finally(() => {
      lane.underWay.delete(delivery.number);
      this.#attempts.delete(attempt);
      this.#next(lane);
    });
    this.#attempts.add(attempt);
  }

  /** A place is free: for whoever has waited longest, then for the lane it was in. */
  #next(lane: Lane): void {
    for (const waiting of [...this.#queue]) {
      if (this.#attempts.size >= this.#options.concurrency.total) break;
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
    // Not a failure of the target's.
    if (this.#stop.signal.aborted) return;
    const endedMs = clock.now();
    const step = nextStep(verdict, delivery.attempts + 1, endedMs, random, pausesMs);
    const targets = store.settle(delivery, step, endedMs);
    this.#throttle(lane, verdict, endedMs);
    onAttempt?.({ subscription, delivery, startedMs, endedMs, step });
    this.wake(targets);
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

  /** A target that is overloaded gets nothing for a while, and then one thing at a time until it takes one. */
  #throttle(lane: Lane, verdict: Verdict, nowMs: number): void {
    if (verdict.kind === "delivered") lane.limit = this.#options.concurrency.perTarget;
    if (verdict.kind !== "failed" || !verdict.overloaded) return;
    lane.limit = 1;
    lane.notBeforeMs = nowMs + (verdict.retryAfterMs || throttleMs);
  }
}
