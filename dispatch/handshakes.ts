import { setMaxListeners } from "node:events";
import type { Transport } from "./attempt.ts";
import type { Clock } from "./clock.ts";
import { messageOf, withDeadline } from "./deadline.ts";
import type { Handshake } from "./intent.ts";
import { attemptTimeoutMs } from "./schedule.ts";

export type Outcome = ReturnType<Handshake["read"]>;

export interface HandshakesOptions {
  readonly clock: Clock;
  readonly transport: Transport;
  /** What an outcome led to could not be stored. */
  onFailure(error: unknown): void;
}

/** Questions to targets that are under way, one for each key at a time. */
export class Handshakes {
  readonly #options: HandshakesOptions;
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();

  constructor(options: HandshakesOptions) {
    this.#options = options;
    // One for each question under way.
    setMaxListeners(0, this.#stop.signal);
  }

  get size(): number {
    return this.#underWay.size;
  }

  /** Asks, and hands on what the answer means, unless the same is being asked or all is closing. */
  run(key: string, handshake: () => Handshake, then: (outcome: Outcome) => void): void {
    if (this.#underWay.has(key)) return;
    const running = this.#shake(handshake())
      .then((outcome) => {
        if (!this.#stop.signal.aborted) then(outcome);
      })
      .catch((error: unknown) => this.#options.onFailure(error))
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, running);
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error("the dispatcher is closing"));
    await Promise.all(this.#underWay.values());
  }

  async #shake({ ask, read }: Handshake): Promise<Outcome> {
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
