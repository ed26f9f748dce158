import { within } from "../../../../conformance/wait.ts";
import type { Client, Endpoints, Event, Gap, SubscribeOptions } from "../../../../servers/contract.ts";

const deadlineMs = 20_000;

/** All that a subscriber is told, in order. */
export class Recording implements SubscribeOptions {
  readonly pollMs = 20;
  readonly waitSeconds = 5;
  readonly after?: number;
  readonly told: (Event | { readonly gap: Gap } | { readonly end: string })[] = [];
  #wake = () => {};

  constructor(after?: number) {
    if (after !== undefined) this.after = after;
  }

  onEvent(event: Event): void {
    this.#tell(event);
  }

  onGap(gap: Gap): void {
    this.#tell({ gap });
  }

  onEnd(end: string): void {
    this.#tell({ end });
  }

  /** Waits until it was told something that is as wanted. */
  async until(what: string, wanted: (told: Recording["told"][number]) => boolean): Promise<void> {
    const found = new Promise<void>((resolve) => {
      this.#wake = () => {
        if (this.told.some(wanted)) resolve();
      };
    });
    this.#wake();
    await within(deadlineMs, what, found);
  }

  untilId(id: number): Promise<void> {
    return this.until(`event ${id}`, (told) => "id" in told && told.id === id);
  }

  untilEnd(): Promise<void> {
    return this.until("the end", (told) => "end" in told);
  }

  #tell(told: Recording["told"][number]): void {
    this.told.push(told);
    this.#wake();
  }
}

/** Subscribes and records. */
export async function record(client: Client, endpoints: Endpoints, after?: number) {
  const recorded = new Recording(after);
  const subscription = await within(deadlineMs, "a subscription", client.subscribe(endpoints, recorded));
  return { recorded, subscription };
}
