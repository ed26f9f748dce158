import { randomBytes } from "node:crypto";
import type { Transport } from "./attempt.ts";
import type { Clock } from "./clock.ts";
import type { Sending } from "./compose.ts";
import type { Guard } from "./guard.ts";
import { Handshakes } from "./handshakes.ts";
import { handshakeOf } from "./intent.ts";
import type { Store } from "./store.ts";
import { type Format, type Subscription, targetOf } from "./subscriptions.ts";

/** Subscriptions that there may be by the hub, which is open to all, and as many others: each event meets each. */
export const maxSubscriptions = 1_000;

/** There is as much as there may be; the message says of what. */
export class TooMany extends Error {
  override name = "TooMany";
}

export interface RegistryOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly guard: Guard;
  readonly transport: Transport;
  readonly sending: Sending;
  /** Called with the ids of subscriptions that have become active, or are no more. */
  wake(ids: Iterable<string>): void;
  log(line: string): void;
  /** The store failed. */
  onFailure(error: unknown): void;
}

/** What someone asks for who wants to have events sent. */
export interface Wish {
  readonly targetUrl: string;
  readonly events: readonly string[];
  readonly format: Exclude<Format, "websub">;
  readonly token: string;
}

/** Subscriptions by the interface for them, as they come, are confirmed by their targets, and go. */
export class Registry {
  readonly #options: RegistryOptions;
  readonly #handshakes: Handshakes;

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#handshakes = new Handshakes(options);
  }

  /** Asks once more those who had not answered when the process ended. */
  start(): void {
    for (const subscription of this.#options.store.subscriptions()) {
      if (subscription.state === "pending") this.#confirm(subscription);
    }
  }

  close(): Promise<void> {
    return this.#handshakes.close();
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
    if (store.subscriptions().filter(({ format }) => format !== "websub").length >= maxSubscriptions)
      throw new TooMany(
        `expected fewer than ${maxSubscriptions} subscriptions, got as many: delete those that are not used`,
      );
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

  /** Forgets a subscription and all that waits for it. */
  remove(id: string): void {
    this.#options.store.remove(id);
    this.#options.wake([id]);
  }

  /** Asks the target, unless it is being asked. */
  #confirm(asked: Subscription): void {
    const { store, clock, sending, wake, log } = this.#options;
    this.#handshakes.run(
      asked.id,
      () => handshakeOf(asked, sending),
      (outcome) => {
        const subscription = store.subscription(asked.id);
        // Removed or disabled while its target was asked.
        if (subscription?.state !== "pending") return;
        if ("refused" in outcome) {
          store.keep({ ...subscription, reason: outcome.refused });
          return log(`${asked.id}: ${targetOf(asked)} did not confirm: ${outcome.refused}`);
        }
        const { perMinute } = outcome;
        store.activate({ ...subscription, perMinute, reason: "confirmed by its target" }, clock.now());
        wake([asked.id]);
        return log(`${asked.id}: ${targetOf(asked)} confirmed`);
      },
    );
  }
}
