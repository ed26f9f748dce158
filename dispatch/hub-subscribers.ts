import { randomBytes } from "node:crypto";
import { Handshakes } from "./handshakes.ts";
import { hubHandshake } from "./intent.ts";
import { maxSubscriptions, type RegistryOptions, TooMany } from "./registry.ts";
import { type Subscription, targetOf } from "./subscriptions.ts";

/** Subscriptions by the hub for one target, whose deliveries share what may be under way there. */
const maxPerTarget = 10;

/** Callbacks that are asked at once: anyone may name one that never answers. */
const maxHandshakes = 16;

/** What a subscriber asks the hub for, before it has confirmed that it was him. */
export interface HubWish {
  readonly callback: string;
  readonly topic: string;
  /** The type of events that the topic is of. */
  readonly type: string;
  readonly leaseSeconds: number;
  readonly secret: string;
}

/** Subscriptions by the hub, which anyone may ask for. */
export class HubSubscribers {
  readonly #options: RegistryOptions;
  readonly #handshakes: Handshakes;

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#handshakes = new Handshakes(options);
  }

  close(): Promise<void> {
    return this.#handshakes.close();
  }

  /** Has the hub ask the callback whether it wants this topic, or wants it no more. */
  ask(mode: "subscribe" | "unsubscribe", wish: HubWish): void {
    const { callback, topic, leaseSeconds } = wish;
    if (this.#handshakes.size >= maxHandshakes)
      throw new TooMany(
        `expected fewer than ${maxHandshakes} callbacks being asked, got as many: ask again later`,
      );
    const refusal = mode === "subscribe" ? this.#refusal(wish) : undefined;
    if (refusal !== undefined) throw new TooMany(refusal);
    this.#handshakes.run(
      JSON.stringify([mode, wish]),
      () => hubHandshake({ callback, mode, topic, leaseSeconds }),
      (outcome) => {
        // Of its address no more than this is to be read in a log: the rest may be all that keeps others from it.
        const who = new URL(callback).origin;
        const said =
          "refused" in outcome ? `did not confirm: ${outcome.refused}` : this.#confirmed(mode, wish);
        this.#options.log(`hub: ${who} ${said}`);
      },
    );
  }

  #confirmed(mode: "subscribe" | "unsubscribe", wish: HubWish): string {
    const { store, clock, wake } = this.#options;
    const known = this.#find(wish);
    if (mode === "unsubscribe") {
      if (known) {
        store.remove(known.id);
        wake([known.id]);
      }
      return `no longer reads ${wish.topic}`;
    }
    // Others have confirmed while it was asked.
    const refusal = this.#refusal(wish);
    if (refusal !== undefined) return refusal;
    const subscription: Subscription = {
      id: known?.id ?? `sub_${randomBytes(12).toString("base64url")}`,
      targetUrl: wish.callback,
      events: [wish.type],
      format: "websub",
      state: "active",
      reason: "confirmed by its callback",
      secret: wish.secret,
      token: "",
      perMinute: 0,
      createdMs: known?.createdMs ?? clock.now(),
      expiresMs: clock.now() + wish.leaseSeconds * 1_000,
    };
    // What waits for one that is known goes by the schedule it has begun.
    store.keep(subscription);
    return `reads ${wish.topic} for ${wish.leaseSeconds} s`;
  }

  #find({ callback, type }: HubWish): Subscription | undefined {
    return this.#all().find(({ targetUrl, events }) => targetUrl === callback && events[0] === type);
  }

  /** Why there may not be another; undefined if there may, or if it is there. */
  #refusal(wish: HubWish): string | undefined {
    const { store, clock } = this.#options;
    store.removeExpired(clock.now());
    if (this.#find(wish)) return undefined;
    const all = this.#all();
    if (all.length >= maxSubscriptions)
      return `expected fewer than ${maxSubscriptions} subscriptions by the hub, got as many`;
    const target = targetOf({ targetUrl: wish.callback });
    if (all.filter((one) => targetOf(one) === target).length >= maxPerTarget)
      return `expected at most ${maxPerTarget} subscriptions by the hub for ${target}, got one more`;
    return undefined;
  }

  #all(): Subscription[] {
    return this.#options.store.subscriptions().filter(({ format }) => format === "websub");
  }
}
