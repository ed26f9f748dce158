import type { Client, Endpoints, Event, Gap, Subscription } from "../servers/contract.ts";
import type { Clock } from "./clock.ts";
import { messageOf } from "./deadline.ts";

export interface FeedOptions {
  /** Asks the server how it is subscribed to: after a restart it may be another one. */
  learn(): Promise<{ readonly client: Client; readonly endpoints: Endpoints }>;
  readonly clock: Clock;
  readonly random: () => number;
  /** The id of the last event taken; undefined: begin with what happens from now on. */
  cursor(): number | undefined;
  /** Takes an event, and the cursor with it. */
  onEvent(event: Event): void;
  onGap(gap: Gap): void;
  /** Called with the cursor each time it is connected. */
  onConnected(cursor: number): void;
  onDisconnected(reason: string): void;
}

/** Pauses before the subscription is made again; at most the last. */
const pausesMs = [100, 250, 500, 1_000, 2_500, 5_000];

/** A subscription that lived for this long was a good one: the pauses begin anew. */
const steadyMs = 5_000;

/** Between two questions of a polling client, and how long a question of comet is held. */
const pollMs = 250;
const waitSeconds = 25;

/** The events of one server, over its own transport, from a cursor on: subscribed anew whenever it breaks off. */
export class Feed {
  readonly #options: FeedOptions;
  #subscription: Subscription | undefined;
  #failures = 0;
  #closed = false;
  #cancelTimer = () => {};

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#connect();
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer();
    this.#subscription?.close();
  }

  async #connect(): Promise<void> {
    const { learn, clock, cursor, onEvent, onGap, onConnected } = this.#options;
    let over = false;
    const onEnd = (reason: string) => {
      over = true;
      if (clock.now() - connectedMs > steadyMs) this.#failures = 0;
      this.#retry(reason);
    };
    const connectedMs = clock.now();
    try {
      const { client, endpoints } = await learn();
      if (this.#closed) return;
      const after = cursor();
      const subscription = await client.subscribe(endpoints, {
        ...(after === undefined ? {} : { after }),
        pollMs,
        waitSeconds,
        onEvent,
        onGap,
        onEnd,
      });
      if (this.#closed) return subscription.close();
      this.#subscription = subscription;
      if (!over) onConnected(subscription.cursor());
    } catch (error) {
      this.#retry(messageOf(error));
    }
  }

  #retry(reason: string): void {
    if (this.#closed) return;
    const { clock, random, onDisconnected } = this.#options;
    onDisconnected(reason);
    const pauseMs = pausesMs[Math.min(this.#failures, pausesMs.length - 1)] ?? 0;
    this.#failures++;
    this.#cancelTimer = clock.after(pauseMs * (0.5 + random() / 2), () => void this.#connect());
  }
}
