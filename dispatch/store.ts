import type { Database } from "lmdb";
import type { Epoch } from "../servers/contract.ts";
import { type DataFolder, encoding, openDataFolder } from "./data-folder.ts";
import { Deliveries, type Delivery } from "./deliveries.ts";
import { endOf } from "./messages.ts";
import type { NextStep } from "./schedule.ts";
import { isExpired, type Message, type Subscription, wants } from "./subscriptions.ts";
import { Topics } from "./topics.ts";

/**
 * Deliveries that may wait for one subscription: beyond it there is a receiver that will not catch up. By the hub
 * anyone may have something kept here.
 */
const maxWaiting = { standard: 10_000, cloudevents: 10_000, websub: 100 } as const;

/**
 * What the dispatcher must not forget: subscriptions, how far it has read, and what is still to be delivered.
 *
 * Each method that changes something is one transaction, on the disk when it returns. A process that ends between
 * a delivery and the note that it was made makes it again after its start, under the same id.
 */
export class Store {
  readonly #folder: DataFolder;
  readonly #numbers: Database<number, string>;
  readonly #server: Database<Epoch, string>;
  readonly #subscriptions: Database<Subscription, string>;
  readonly #topics: Topics;
  readonly #deliveries: Deliveries;

  constructor(folder: string) {
    this.#folder = openDataFolder(folder);
    const { root } = this.#folder;
    this.#numbers = root.openDB({ name: "numbers", encoding });
    this.#server = root.openDB({ name: "server", encoding });
    this.#subscriptions = root.openDB({ name: "subscriptions", encoding });
    this.#topics = new Topics(root);
    this.#deliveries = new Deliveries(root, this.#topics);
  }

  async close(): Promise<void> {
    await this.#folder.close();
  }

  /** Id of the last event taken; undefined before the first start. */
  get cursor(): number | undefined {
    return this.#numbers.get("cursor");
  }

  set cursor(id: number) {
    this.#numbers.putSync("cursor", id);
  }

  /** From here on the cursor is of this epoch: of another, it goes back to 0. Gives whether it did. */
  enterEpoch(epoch: Epoch): boolean {
    return this.#folder.root.transactionSync(() => {
      const before = this.#server.get("epoch");
      if (before === epoch) return false;
      this.#server.put("epoch", epoch);
      if (before === undefined) return false;
      this.#numbers.put("cursor", 0);
      return true;
    });
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

  /** Makes a subscription active; what waits for it begins its schedule anew. */
  activate(subscription: Subscription, nowMs: number): void {
    this.#transaction(() => {
      this.#subscriptions.put(subscription.id, { ...subscription, state: "active" });
      this.#deliveries.restart(subscription.id, nowMs);
    });
  }

  /** Stops deliveries to a subscription that is not of WebSub; what waits is kept. */
  disable(id: string, reason: string): void {
    this.#transaction(() => this.#disable(id, reason));
  }

  /** Forgets a subscription and all that waits for it. */
  remove(id: string): void {
    this.#transaction(() => this.#remove(id));
  }

  /** Forgets those whose lease is over. */
  removeExpired(nowMs: number): void {
    const expired = this.subscriptions().filter((subscription) => isExpired(subscription, nowMs));
    if (expired.length === 0) return;
    this.#transaction(() => {
      for (const { id } of expired) this.#remove(id);
    });
  }

  /**
   * Makes a message's deliveries, and moves the cursor with them, if it came from an event: either both are kept
   * or neither. Gives the subscriptions that have something to be sent.
   */
  enqueue(message: Message, nowMs: number, cursor?: number): Set<string> {
    return this.#transaction(() => {
      if (cursor !== undefined) this.#numbers.put("cursor", cursor);
      return this.#enqueue(message, nowMs);
    });
  }

  /** What an attempt led to. Gives the subscriptions that are to be told of an end. */
  settle({ number, subscription: id, attempts }: Delivery, step: NextStep, nowMs: number): Set<string> {
    return this.#transaction(() => {
      const subscription = this.#subscriptions.get(id);
      // Removed meanwhile.
      if (subscription === undefined || !this.#deliveries.has(id, number)) return new Set<string>();
      switch (step.kind) {
        case "delivered":
          this.#deliveries.drop(id, number);
          return new Set<string>();
        case "gone":
          return this.#end(subscription, "remove", "its target answered 410 Gone", nowMs);
        case "retry":
          // Disabled meanwhile, it stays out of what is due.
          this.#deliveries.postpone(id, number, attempts + 1, step.dueMs, subscription.state !== "active");
          return new Set<string>();
        case "exhausted": {
          const reason = `the last of ${attempts + 1} attempts failed: ${step.reason}`;
          return this.#end(subscription, "disable", reason, nowMs);
        }
      }
    });
  }

  /** Subscriptions that something is to be sent to, now or later. */
  due(): string[] {
    return this.#deliveries.subscriptions();
  }

  /** The delivery to this subscription that is due first, of those that are not under way. */
  next(id: string, underWay: ReadonlySet<number>): Delivery | undefined {
    return this.#deliveries.next(id, underWay);
  }

  /** Deliveries that wait for a subscription. */
  waiting(id: string): number {
    return this.#deliveries.waiting(id);
  }

  /** The newest messages of a type, the newest first. */
  recent(type: string, limit: number): Message[] {
    return this.#topics.recent(type, limit);
  }

  #transaction<Result>(work: () => Result): Result {
    return this.#folder.root.transactionSync(work);
  }

  #enqueue(message: Message, nowMs: number): Set<string> {
    const ids = new Set<string>();
    const full: Subscription[] = [];
    const kept = this.#count("messages");
    this.#topics.keep(kept, message, () => {
      for (const subscription of this.subscriptions()) {
        const { id, format } = subscription;
        if (isExpired(subscription, nowMs)) this.#remove(id);
        if (!wants(subscription, message.type, nowMs)) continue;
        if (this.waiting(id) >= maxWaiting[format]) {
          full.push(subscription);
          continue;
        }
        this.#deliveries.add(this.#count("deliveries"), id, kept, nowMs);
        ids.add(id);
      }
    });
    for (const subscription of full) {
      const reason = `expected at most ${maxWaiting[subscription.format]} deliveries to wait, got more`;
      for (const id of this.#end(subscription, "disable", reason, nowMs)) ids.add(id);
    }
    return ids;
  }

  #count(what: string): number {
    const number = (this.#numbers.get(what) ?? 0) + 1;
    this.#numbers.put(what, number);
    return number;
  }

  /** Ends deliveries to a subscription, and tells the others. */
  #end(subscription: Subscription, how: "remove" | "disable", reason: string, nowMs: number): Set<string> {
    const { id, format } = subscription;
    // Its end may have been told meanwhile: by another of its deliveries, or as the end of another was told to it.
    if (how === "disable" && this.#subscriptions.get(id)?.state !== "active") return new Set();
    // One of WebSub is not kept for later: whoever still wants it renews it.
    if (how === "remove" || format === "websub") this.#remove(id);
    else this.#disable(id, reason);
    return this.#enqueue(endOf(subscription, reason, nowMs), nowMs);
  }

  #disable(id: string, reason: string): void {
    const subscription = this.#subscriptions.get(id);
    if (subscription === undefined) return;
    this.#subscriptions.put(id, { ...subscription, state: "disabled", reason });
    this.#deliveries.rest(id);
  }

  #remove(id: string): void {
    this.#subscriptions.remove(id);
    this.#deliveries.dropAll(id);
  }
}
