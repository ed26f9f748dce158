import { open, type RootDatabase } from "lmdb";
import { endOf } from "./messages.ts";
import type { NextStep } from "./schedule.ts";
import { isExpired, type Message, type Subscription, targetOf, wants } from "./subscriptions.ts";

/** One message on its way to one subscription. */
export interface Delivery {
  /** Counts from 1 in the order in which deliveries were made. */
  readonly number: number;
  readonly subscription: string;
  readonly message: Message;
  /** Attempts made. */
  readonly attempts: number;
  readonly dueMs: number;
}

/** The newest messages that are kept for those who read a topic. */
const keptMessages = 1_000;

/**
 * Deliveries that may wait for one subscription: beyond it there is a receiver that will not catch up. By the hub
 * anyone may have something kept here.
 */
const maxWaiting = { standard: 10_000, cloudevents: 10_000, websub: 100 } as const;

/** Events are JSON: so they come back as they were, to the last lone surrogate. */
const encoding = "json";

/** Follows every number and text in the order of keys. */
const afterAll = "\uffff";

/**
 * What the dispatcher must not forget: subscriptions, how far it has read, and what is still to be delivered.
 *
 * Each method that changes something is one transaction, on the disk when it returns. A process that ends between
 * a delivery and the note that it was made makes it again after its start, under the same id.
 */
export class Store {
  readonly #root: RootDatabase;
  readonly #numbers;
  readonly #subscriptions;
  /** By subscription and number. */
  readonly #deliveries;
  /** Target, due time, number: the order in which a target is to be sent what waits for it. */
  readonly #due;
  readonly #recent;

  constructor(folder: string) {
    // Not overlapping: what is answered for must be on the disk.
    this.#root = open({ path: folder, overlappingSync: false, encoding });
    this.#numbers = this.#root.openDB<number, string>({ name: "numbers", encoding });
    this.#subscriptions = this.#root.openDB<Subscription, string>({ name: "subscriptions", encoding });
    this.#deliveries = this.#root.openDB<Delivery, [string, number]>({ name: "deliveries", encoding });
    this.#due = this.#root.openDB<string, [string, number, number]>({ name: "due", encoding });
    this.#recent = this.#root.openDB<Message, number>({ name: "recent", encoding });
  }

  async close(): Promise<void> {
    await this.#root.close();
  }

  /** Id of the last event taken; undefined before the first start. */
  get cursor(): number | undefined {
    return this.#numbers.get("cursor");
  }

  set cursor(id: number) {
    this.#numbers.putSync("cursor", id);
  }

  subscriptions(): Subscription[] {
    return [...this.#subscriptions.getRange().map(({ value }) => value)];
  }

  subscription(id: string): Subscription | undefined {
    return this.#subscriptions.get(id);
  }

  /** Keeps a subscription that is new, or has changed in what does not touch its deliveries. */
  keep(subscription: Subscription): void {
    this.#subscriptions.putSync(subscription.id, subscription);
  }

  /** Makes a subscription active; what waits for it begins its schedule anew. Gives its target. */
  activate(subscription: Subscription, nowMs: number): string {
    const target = targetOf(subscription);
    this.#root.transactionSync(() => {
      this.#subscriptions.put(subscription.id, { ...subscription, state: "active" });
      for (const delivery of this.#deliveriesOf(subscription.id)) {
        this.#replace(target, delivery, { ...delivery, attempts: 0, dueMs: nowMs });
      }
    });
    return target;
  }

  /** Stops deliveries to a subscription that is not of WebSub; what waits is kept. */
  disable(id: string, reason: string): void {
    this.#root.transactionSync(() => this.#disable(id, reason));
  }

  /** Forgets a subscription and all that waits for it. */
  remove(id: string): void {
    this.#root.transactionSync(() => this.#remove(id));
  }

  /**
   * Makes a message's deliveries, and moves the cursor with them, if it came from an event: either both are kept
   * or neither. Gives the targets that have something to do.
   */
  enqueue(message: Message, nowMs: number, cursor?: number): Set<string> {
    return this.#root.transactionSync(() => {
      if (cursor !== undefined) this.#numbers.put("cursor", cursor);
      return this.#enqueue(message, nowMs);
    });
  }

  /** What an attempt led to. Gives the targets that have something to do by the messages that tell of an end. */
  settle(delivery: Delivery, step: NextStep, nowMs: number): Set<string> {
    const { number, subscription: id, attempts } = delivery;
    return this.#root.transactionSync(() => {
      const subscription = this.#subscriptions.get(id);
      // Not as it was: its subscription may have been enabled anew while the attempt was under way.
      const current = this.#deliveries.get([id, number]);
      // Removed meanwhile.
      if (subscription === undefined || current === undefined) return new Set<string>();
      const target = targetOf(subscription);
      switch (step.kind) {
        case "delivered":
          this.#drop(target, current);
          return new Set<string>();
        case "gone":
          return this.#end(subscription, "remove", "its target answered 410 Gone", nowMs);
        case "retry": {
          const next = { ...current, attempts: attempts + 1, dueMs: step.dueMs };
          // Disabled meanwhile: it stays out of the order of what is due.
          if (subscription.state === "active") this.#replace(target, current, next);
          else this.#deliveries.put([id, number], next);
          return new Set<string>();
        }
        case "exhausted": {
          const reason = `the last of ${attempts + 1} attempts failed: ${step.reason}`;
          return this.#end(subscription, "disable", reason, nowMs);
        }
      }
    });
  }

  /** Targets for which something waits. */
  targets(): string[] {
    const targets: string[] = [];
    let start: [string, number | string] | undefined = ["", 0];
    while (start) {
      const [key]: [string, number, number][] = [...this.#due.getKeys({ start, limit: 1 })];
      if (key) targets.push(key[0]);
      start = key && [key[0], afterAll];
    }
    return targets;
  }

  /** The delivery to this target that is due first, of those that are not under way. */
  next(target: string, underWay: ReadonlySet<number>): Delivery | undefined {
    const range = { start: [target, 0], end: [target, afterAll], limit: underWay.size + 1 };
    for (const { key, value: subscription } of this.#due.getRange(range)) {
      if (!underWay.has(key[2])) return this.#deliveries.get([subscription, key[2]]);
    }
    return undefined;
  }

  /** Deliveries that wait for a subscription. */
  waiting(id: string): number {
    return this.#deliveries.getKeysCount(rangeOf(id));
  }

  /** The newest messages of a type, the newest first. */
  recent(type: string, limit: number): Message[] {
    const all = this.#recent.getRange({ reverse: true });
    return [
      ...all
        .filter(({ value }) => value.type === type)
        .slice(0, limit)
        .map(({ value }) => value),
    ];
  }

  #enqueue(message: Message, nowMs: number): Set<string> {
    const targets = new Set<string>();
    const full: Subscription[] = [];
    const kept = this.#count("messages");
    this.#recent.put(kept, message);
    this.#recent.remove(kept - keptMessages);
    for (const subscription of this.subscriptions()) {
      if (isExpired(subscription, nowMs)) this.#remove(subscription.id);
      if (!wants(subscription, message.type, nowMs)) continue;
      const { id, format } = subscription;
      if (this.waiting(id) >= maxWaiting[format]) {
        full.push(subscription);
        continue;
      }
      const target = targetOf(subscription);
      const number = this.#count("deliveries");
      this.#deliveries.put([id, number], { number, subscription: id, message, attempts: 0, dueMs: nowMs });
      this.#due.put([target, nowMs, number], id);
      targets.add(target);
    }
    for (const subscription of full) {
      const reason = `expected at most ${maxWaiting[subscription.format]} deliveries to wait, got more`;
      for (const target of this.#end(subscription, "disable", reason, nowMs)) targets.add(target);
    }
    return targets;
  }

  #count(what: string): number {
    const number = (this.#numbers.get(what) ?? 0) + 1;
    this.#numbers.put(what, number);
    return number;
  }

  #deliveriesOf(id: string): Delivery[] {
    return [...this.#deliveries.getRange(rangeOf(id)).map(({ value }) => value)];
  }

  #replace(target: string, before: Delivery, after: Delivery): void {
    const { number, subscription } = after;
    this.#due.remove([target, before.dueMs, number]);
    this.#deliveries.put([subscription, number], after);
    this.#due.put([target, after.dueMs, number], subscription);
  }

  #drop(target: string, { number, subscription, dueMs }: Delivery): void {
    this.#due.remove([target, dueMs, number]);
    this.#deliveries.remove([subscription, number]);
  }

  /** Ends deliveries to a subscription, and tells the others. */
  #end(subscription: Subscription, how: "remove" | "disable", reason: string, nowMs: number): Set<string> {
    const { id, format } = subscription;
    // One of WebSub is not kept for later: whoever still wants it renews it.
    if (how === "remove" || format === "websub") this.#remove(id);
    else this.#disable(id, reason);
    return this.#enqueue(endOf(subscription, reason, nowMs), nowMs);
  }

  #disable(id: string, reason: string): void {
    const subscription = this.#subscriptions.get(id);
    if (subscription === undefined) return;
    this.#subscriptions.put(id, { ...subscription, state: "disabled", reason });
    const target = targetOf(subscription);
    for (const { dueMs, number } of this.#deliveriesOf(id)) this.#due.remove([target, dueMs, number]);
  }

  #remove(id: string): void {
    const subscription = this.#subscriptions.get(id);
    if (subscription === undefined) return;
    const target = targetOf(subscription);
    for (const delivery of this.#deliveriesOf(id)) this.#drop(target, delivery);
    this.#subscriptions.remove(id);
  }
}

/** The keys of a subscription's deliveries. */
function rangeOf(id: string) {
  return { start: [id, 0], end: [id, Number.MAX_SAFE_INTEGER] };
}
