import { setTimeout as wait } from "node:timers/promises";
import type { Endpoints, Event, Transport } from "../servers/contract.ts";
import { loadClient } from "../servers/index.ts";

/** How long a polling subscriber pauses: what a page might ask of its server. */
const pollMs = 500;
const waitSeconds = 25;
const retryMs = 50;
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
  let after: number | undefined;
  const subscribe = async (): Promise<void> => {
    const subscription = await client.subscribe(endpoints, {
      ...(after === undefined ? {} : { after }),
      pollMs,
      waitSeconds,
      onEvent: (event) => {
        const receivedMs = performance.timeOrigin + performance.now();
        if (after !== undefined && event.id <= after)
          options.onNotice(`expected event ${after + 1}, got ${event.id}: one that was here already`);
        else options.onEvent(event, receivedMs);
        after = Math.max(after ?? 0, event.id);
      },
      onGap: (gap) => {
        const anew = gap.next <= gap.after;
        options.onNotice(
          anew
            ? `its events before the restart are gone: it counts from ${gap.next} again`
            : `events ${gap.after + 1} to ${gap.next - 1} are not to be had any more`,
        );
        after = gap.next - 1;
      },
      onEnd: (reason) => {
        if (options.signal.aborted) return;
        options.onLost(reason);
        void resubscribe();
      },
    });
    after ??= subscription.cursor();
    options.leave.addEventListener("abort", () => subscription.close());
  };
  const resubscribe = async (): Promise<void> => {
    const began = performance.now();
    let told = false;
    while (!options.signal.aborted) {
      try {
        return await subscribe();
      } catch (error) {
        if (!told && performance.now() - began >= quietMs) {
          options.onNotice(`no subscription yet: ${error instanceof Error ? error.message : error}`);
          told = true;
        }
        await wait(retryMs);
      }
    }
  };
  await subscribe();
}
