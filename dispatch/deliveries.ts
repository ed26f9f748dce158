import type { Database, RootDatabase } from "lmdb";
import { encoding } from "./data-folder.ts";
import type { Message } from "./subscriptions.ts";
import type { Topics } from "./topics.ts";

/** One message on its way to one subscription. */
export interface Delivery extends Omit<Kept, "message"> {
  readonly message: Message;
}

interface Kept {
  /** Counts from 1 in the order in which deliveries were made. */
  readonly number: number;
  /** The id of a subscription. */
  readonly subscription: string;
  /** The number of a message. */
  readonly message: number;
  /** Attempts made. */
  readonly attempts: number;
  readonly dueMs: number;
}

/** Follows every number in the order of keys. */
const afterAll = "\uffff";

/**
 * Deliveries that wait, and the order in which each subscription is sent its own.
 *
 * All that changes something is called within a transaction of the store's.
 */
export class Deliveries {
  readonly #topics: Topics;
  /** By subscription and number. */
  readonly #kept: Database<Kept, [string, number]>;
  /** Subscription, due time, number. What waits for one that is disabled is not in it. */
  readonly #due: Database<true, [string, number, number]>;

  constructor(root: RootDatabase, topics: Topics) {
    this.#topics = topics;
    this.#kept = root.openDB({ name: "deliveries", encoding });
    this.#due = root.openDB({ name: "due", encoding });
  }

  /** Makes the delivery of a message, to be sent now. */
  add(number: number, subscription: string, message: number, nowMs: number): void {
    this.#topics.refer(message);
    this.#kept.put([subscription, number], { number, subscription, message, attempts: 0, dueMs: nowMs });
    this.#due.put([subscription, nowMs, number], true);
  }

  has(subscription: string, number: number): boolean {
    return this.#kept.doesExist([subscription, number]);
  }

  /** Notes attempts made, and when the next is due, unless it is `resting`: its subscription gets nothing. */
  postpone(subscription: string, number: number, attempts: number, dueMs: number, resting: boolean): void {
    const kept = this.#kept.get([subscription, number]);
    if (kept === undefined) return;
    this.#due.remove([subscription, kept.dueMs, number]);
    this.#kept.put([subscription, number], { ...kept, attempts, dueMs });
    if (!resting) this.#due.put([subscription, dueMs, number], true);
  }

  drop(subscription: string, number: number): void {
    const kept = this.#kept.get([subscription, number]);
    if (kept === undefined) return;
    this.#due.remove([subscription, kept.dueMs, number]);
    this.#kept.remove([subscription, number]);
    this.#topics.release(kept.message);
  }

  dropAll(subscription: string): void {
    for (const { number } of this.#of(subscription)) this.drop(subscription, number);
  }

  /** Takes all of a subscription's out of what is due. */
  rest(subscription: string): void {
    for (const { dueMs, number } of this.#of(subscription)) this.#due.remove([subscription, dueMs, number]);
  }

  /** Has all of a subscription's begin anew. */
  restart(subscription: string, nowMs: number): void {
    for (const { number } of this.#of(subscription)) this.postpone(subscription, number, 0, nowMs, false);
  }

  /** How many wait for a subscription. */
  waiting(subscription: string): number {
    return this.#kept.getKeysCount(rangeOf(subscription));
  }

  /** The one that is due first for this subscription, of those that are not under way. */
  next(subscription: string, underWay: ReadonlySet<number>): Delivery | undefined {
    const range = { start: [subscription, 0], end: [subscription, afterAll], limit: underWay.size + 1 };
    for (const [, , number] of this.#due.getKeys(range)) {
      if (underWay.has(number)) continue;
      const kept = this.#kept.get([subscription, number]);
      if (kept) return { ...kept, message: this.#topics.message(kept.message) };
    }
    return undefined;
  }

  /** Subscriptions that something is due for, now or later. */
  subscriptions(): string[] {
    const ids: string[] = [];
    let start: [string, number | string] | undefined = ["", 0];
    while (start) {
      const [key]: [string, number, number][] = [...this.#due.getKeys({ start, limit: 1 })];
      if (key) ids.push(key[0]);
      start = key && [key[0], afterAll];
    }
    return ids;
  }

  #of(subscription: string): Kept[] {
    return [...this.#kept.getRange(rangeOf(subscription)).map(({ value }) => value)];
  }
}

/** The keys of a subscription's deliveries. */
function rangeOf(subscription: string) {
  return { start: [subscription, 0], end: [subscription, Number.MAX_SAFE_INTEGER] };
}
