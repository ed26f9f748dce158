import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Transport } from "./attempt.ts";
import type { Clock } from "./clock.ts";
import type { Sending } from "./compose.ts";
import { messageOf, withDeadline } from "./deadline.ts";
import type { Guard } from "./guard.ts";
import { type Handshake, handshakeOf, hubHandshake } from "./intent.ts";
import { attemptTimeoutMs } from "./schedule.ts";
import type { Store } from "./store.ts";
import { type Format, type Subscription, targetOf } from "./subscriptions.ts";

/** Subscriptions that there may be by the hub, which is open to all, and as many others: each event meets each. */
export const maxSubscriptions = 1_000;

/** There are as many subscriptions as there may be. */
export class TooManySubscriptions extends Error {
  override name = "TooManySubscriptions";
}

export interface RegistryOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly guard: Guard;
  readonly transport: Transport;
  readonly sending: Sending;
  /** Called with the targets of subscriptions that have become active. */
  wake(targets: Iterable<string>): void;
  log(line: string): void;
}

/** What someone asks for who wants to have events sent. */
export interface Wish {
  readonly targetUrl: string;
  readonly events: readonly string[];
  readonly format: Exclude<Format, "websub">;
  readonly token: string;
}

/** What a subscriber asks the hub for, before it has confirmed that it was him. */
export interface HubWish {
  readonly callback: string;
  readonly topic: string;
  /** The type of events that the topic is of. */
  readonly type: string;
  readonly leaseSeconds: number;
  readonly secret: string;
}

/** Subscriptions as they come, are confirmed by their targets, and go. */
export class Registry {
  readonly #options: RegistryOptions;
  readonly #handshakes = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(options: RegistryOptions) {
    this.#options = options;
    // One for each question under way.
    setMaxListeners(0, this.#stop.signal);
  }

  /** Asks once more those who had not answered when the process ended. */
  start(): void {
    for (const subscription of this.#options.store.subscriptions()) {
      if (subscription.state === "pending") this.#confirm(subscription);
    }
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error("the dispatcher is closing"));
    await Promise.all(this.#handshakes);
  }

  /** The subscription of this target to these events, in this dialect: the same one however often it is asked for. */
  add(wish: Wish): { readonly subscription: Subscription; readonly isNew: boolean } {
    const { store, clock, guard } = this.#options;
    const targetUrl = guard.parse(wish.targetUrl).href;
    const events = [...new Set(wish.events)].sort();
    const known = store
      .subscriptions()
      .find(
        (one) =>
          one.targetUrl === targetUrl && one.format === wish.format && one.events.join() === events.join(),
      );
    if (known) {
      const subscription = { ...known, token: wish.token };
      if (known.token !== wish.token) store.keep(subscription);
      if (known.state === "pending") this.#confirm(subscription);
      return { subscription, isNew: false };
    }
    this.#refuseTooMany(({ format }) => format !== "websub");
    const subscription: Subscription = {
      id: `sub_${randomBytes(12).toString("base64url")}`,
      targetUrl,
      events,
      format: wish.format,
      state: "pending",
      reason: "its target has not been heard yet",
      secret: `whsec_${randomBytes(32).toString("base64")}`,
      token: wish.token,
      perMinute: 0,
      createdMs: clock.now(),
      expiresMs: undefined,
    };
    store.keep(subscription);
    this.#confirm(subscription);
    return { subscription, isNew: true };
  }

  /** Asks the target again; what waits for it is sent once it has confirmed. */
  enable(subscription: Subscription): void {
    if (subscription.state === "active") return;
    const pending: Subscription = {
      ...subscription,
      state: "pending",
      reason: "its target is being asked again",
    };
    this.#options.store.keep(pending);
    this.#confirm(pending);
  }

  /** Has the hub ask the callback whether it wants this topic, or wants it no more. */
  askSubscriber(mode: "subscribe" | "unsubscribe", wish: HubWish): void {
    const { store, clock, wake, log } = this.#options;
    const { callback, topic, leaseSeconds } = wish;
    // Of its address no more than this is to be read in a log: the rest may be all that keeps others from it.
    const who = new URL(callback).origin;
    if (mode === "subscribe" && this.#hubSubscription(wish) === undefined)
      this.#refuseTooMany(({ format }) => format === "websub");
    this.#run(hubHandshake({ callback, mode, topic, leaseSeconds }), (outcome) => {
      if ("refused" in outcome) return log(`hub: ${who} did not confirm: ${outcome.refused}`);
      const known = this.#hubSubscription(wish);
      if (mode === "unsubscribe") {
        if (known) store.remove(known.id);
        return log(`hub: ${who} no longer reads ${topic}`);
      }
      const subscription: Subscription = {
        id: known?.id ?? `sub_${randomBytes(12).toString("base64url")}`,
        targetUrl: callback,
        events: [wish.type],
        format: "websub",
        state: "active",
        reason: "confirmed by its callback",
        secret: wish.secret,
        token: "",
        perMinute: 0,
        createdMs: known?.createdMs ?? clock.now(),
        expiresMs: clock.now() + leaseSeconds * 1_000,
      };
      // What waits for one that is active goes by the schedule it has begun.
      if (known?.state === "active") store.keep(subscription);
      else wake([store.activate(subscription, clock.now())]);
      return log(`hub: ${who} reads ${topic} for ${leaseSeconds} s`);
    });
  }

  #hubSubscription({ callback, type }: HubWish): Subscription | undefined {
    return this.#options.store
      .subscriptions()
      .find(
        ({ format, targetUrl, events }) =>
          format === "websub" && targetUrl === callback && events[0] === type,
      );
  }

  #refuseTooMany(ofThisKind: (subscription: Subscription) => boolean): void {
    if (this.#options.store.subscriptions().filter(ofThisKind).length < maxSubscriptions) return;
    throw new TooManySubscriptions(
      `expected fewer than ${maxSubscriptions} subscriptions, got as many: delete those that are not used`,
    );
  }

  #confirm(asked: Subscription): void {
    const { store, clock, sending, wake, log } = this.#options;
    this.#run(handshakeOf(asked, sending), (outcome) => {
      const subscription = store.subscription(asked.id);
      // Removed or disabled while its target was asked, or confirmed by a question before this one.
      if (subscription?.state !== "pending") return;
      if ("refused" in outcome) {
        store.keep({ ...subscription, reason: outcome.refused });
        return log(`${asked.id}: ${targetOf(asked)} did not confirm: ${outcome.refused}`);
      }
      const { perMinute } = outcome;
      wake([store.activate({ ...subscription, perMinute, reason: "confirmed by its target" }, clock.now())]);
      return log(`${asked.id}: ${targetOf(asked)} confirmed`);
    });
  }

  #run(handshake: Handshake, then: (outcome: ReturnType<Handshake["read"]>) => void): void {
    const running = this.#shake(handshake)
      .then((outcome) => {
        if (!this.#stop.signal.aborted) then(outcome);
      })
      .finally(() => this.#handshakes.delete(running));
    this.#handshakes.add(running);
  }

  async #shake({ ask, read }: Handshake): Promise<ReturnType<Handshake["read"]>> {
    const { clock, transport } = this.#options;
    try {
      return read(
        await withDeadline(clock, attemptTimeoutMs, (signal) => transport(ask, signal), this.#stop.signal),
      );
    } catch (error) {
      return { refused: messageOf(error) };
    }
  }
}
