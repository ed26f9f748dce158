import { setTimeout as wait } from "node:timers/promises";
import type { Endpoints, Event, Subscription, Transport } from "../servers/contract.ts";
import { loadClient } from "../servers/index.ts";

/** How long a polling subscriber pauses: what a page might ask of its server. */
const pollMs = 500;
const waitSeconds = 25;
const retryMs = 50;
/** A subscription that lasts so long has found its server, also where none of its events came. */
const settledMs = 1_000;
/** A server that is started again is away for less; after this long, why it cannot be reached is said. */
const quietMs = 5_000;

export interface WatchOptions {
  /** From here on, what ends is not taken up again. */
  readonly signal: AbortSignal;
  /** Ends the subscription. After the server's own end it is gentler: whoever polls has heard of it. */
  readonly leave: AbortSignal;
  /** `receivedMs`: when it came, in milliseconds since 1970. Each event comes once. */
  onEvent(event: Event, receivedMs: number): void;
  /** The subscription is over; another is tried until there is one. */
  onLost(reason: string): void;
  onNotice(text: string): void;
}

/** Subscribes by the client of a transport, and again whenever that ends. Resolves once every event will come. */
export async function watch(
  endpoints: Endpoints,
  transport: Transport,
  options: WatchOptions,
): Promise<void> {
  const client = await loadClient(transport);
  const absence = new Absence(options);
  let after: number | undefined;
  let current: Subscription | undefined;
  options.leave.addEventListener("abort", () => current?.close());
  const subscribe = async (): Promise<void> => {
    const beganMs = performance.now();
    const subscription = await client.subscribe(endpoints, {
      ...(after === undefined ? {} : { after }),
      pollMs,
      waitSeconds,
      onEvent: (event) => {
        const receivedMs = performance.timeOrigin + performance.now();
        absence.end();
        if (after !== undefined && event.id <= after)
          options.onNotice(`expected event ${after + 1}, got ${event.id}: one that was here already`);
        else options.onEvent(event, receivedMs);
        after = Math.max(after ?? 0, event.id);
      },
      onGap: (gap) => {
        options.onNotice(
          gap.next <= gap.after
            ? `its events before the restart are gone: it counts from ${gap.next} again`
            : `events ${gap.after + 1} to ${gap.next - 1} are not to be had any more`,
        );
        after = gap.next - 1;
      },
      onEnd: (reason) => {
        if (performance.now() - beganMs >= settledMs) absence.end();
        void resubscribe(reason);
      },
    });
    after ??= subscription.cursor();
    current = subscription;
    if (options.leave.aborted) subscription.close();
  };
  const resubscribe = async (reason: string): Promise<void> => {
    for (let lost = reason; !options.signal.aborted; ) {
      absence.goesOn(lost);
      await wait(retryMs);
      try {
        // Of a client that polls it says nothing yet: its first request may still find nobody, which ends it again.
        return await subscribe();
      } catch (error) {
        lost = error instanceof Error ? error.message : String(error);
      }
    }
  };
  await subscribe();
}

/** The time without a subscription: told of when it begins, and once more if it is long. */
class Absence {
  readonly #options: Pick<WatchOptions, "onLost" | "onNotice">;
  #sinceMs: number | undefined;
  #isLong = false;

  constructor(options: Pick<WatchOptions, "onLost" | "onNotice">) {
    this.#options = options;
  }

  goesOn(reason: string): void {
    if (this.#sinceMs === undefined) {
      this.#sinceMs = performance.now();
      this.#options.onLost(reason);
    } else if (!this.#isLong && performance.now() - this.#sinceMs >= quietMs) {
      this.#isLong = true;
      this.#options.onNotice(`there is no subscription yet: ${reason}`);
    }
  }

  end(): void {
    this.#sinceMs = undefined;
    this.#isLong = false;
  }
}
