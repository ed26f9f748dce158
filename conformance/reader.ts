import assert from "node:assert/strict";
import type { Client, Endpoints, Event, Gap, SubscribeOptions, Subscription } from "../servers/contract.ts";
import { within } from "./wait.ts";

/** One subscription that keeps all it gets, and lets a check wait for it. */
export class Reader {
  readonly events: Event[] = [];
  readonly gaps: Gap[] = [];
  /** Why the server ended the subscription. */
  endReason: string | undefined;
  readonly #deadlineMs: number;
  #subscription: Subscription | undefined;
  #waiting: (() => void) | undefined;

  private constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
  }

  static async open(
    client: Client,
    endpoints: Endpoints,
    options: Pick<SubscribeOptions, "after" | "pollMs" | "waitSeconds">,
    deadlineMs: number,
  ): Promise<Reader> {
    const reader = new Reader(deadlineMs);
    const subscribed = client.subscribe(endpoints, {
      ...options,
      onEvent: (event) => reader.#take(() => reader.events.push(event)),
      onGap: (gap) => reader.#take(() => reader.gaps.push(gap)),
      onEnd: (reason) =>
        reader.#take(() => {
          reader.endReason = reason;
        }),
    });
    reader.#subscription = await within(deadlineMs, "a subscription that starts", subscribed);
    return reader;
  }

  get ids(): number[] {
    return this.events.map(({ id }) => id);
  }

  cursor(): number {
    return this.#subscription?.cursor() ?? 0;
  }

  close(): void {
    this.#subscription?.close();
  }

  /** Waits for the event `id`, or a later one. */
  untilId(id: number): Promise<void> {
    return this.until(`event ${id}`, () => (this.events.at(-1)?.id ?? 0) >= id);
  }

  /** Waits until the server has ended the subscription; gives the reason. */
  async untilEnd(): Promise<string> {
    await this.until("the subscription to end", () => this.endReason !== undefined);
    return this.endReason ?? "";
  }

  /** Waits for a condition on what has been received. Rejects when the subscription ends before. */
  async until(what: string, met: () => boolean): Promise<void> {
    if (met()) return;
    const waiting = new Promise<void>((resolve, reject) => {
      this.#waiting = () => {
        if (met()) resolve();
        else if (this.endReason !== undefined) reject(new Error("ended"));
      };
    });
    try {
      await within(this.#deadlineMs, what, waiting);
    } catch (error) {
      throw new Error(`expected ${what}, got ${this.#received()}`, { cause: error });
    }
  }

  /** Asserts that exactly the events `first` to `last` have come, in their order. */
  assertIds(first: number, last: number): void {
    const wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    assert.deepEqual(
      this.ids,
      wanted,
      `expected the events ${first} to ${last}, each once and in order, got ${this.#received()}`,
    );
  }

  #take(keep: () => void): void {
    keep();
    this.#waiting?.();
  }

  #received(): string {
    const end = this.endReason === undefined ? "" : `; the subscription ended: ${this.endReason}`;
    const gaps = this.gaps.length === 0 ? "" : `; gaps: ${JSON.stringify(this.gaps)}`;
    return `${describeIds(this.ids)}${gaps}${end}`;
  }
}

/** `1-3, 5, 5`: the runs of ids, in the order in which they came. */
export function describeIds(ids: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const id of ids) {
    const run = runs.at(-1);
    if (run && id === run.to + 1) run.to = id;
    else runs.push({ from: id, to: id });
  }
  const shown = runs.slice(0, 8).map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
  if (runs.length > shown.length) shown.push("...");
  return runs.length === 0 ? "no event" : `events ${shown.join(", ")}`;
}
