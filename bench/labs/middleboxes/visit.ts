import type { Client, Endpoints, Subscription } from "../../../servers/contract.ts";

/** How a visitor behaves. */
export interface Manners {
  /** How long it waits for an event before it counts as not having come. */
  readonly patienceMs: number;
  readonly pollMs: number;
  readonly waitSeconds: number;
}

/** What came of a visit: how long the first event took, and why it was of no use, if it was of none. */
export interface Seen {
  /** From the beginning of connecting; absent where none came. */
  readonly firstMs?: number;
  /** Absent where both events came. */
  readonly failure?: string;
}

/** One attempt to have events of a server through a box. It is not made twice: what is cut off stays so. */
export class Visit {
  readonly #manners: Manners;
  readonly #startMs = performance.now();
  readonly #firstCame: Promise<void>;
  readonly #laterCame: Promise<void>;
  #firstMs: number | undefined;
  #failure: string | undefined;
  #subscription: Subscription | undefined;
  #over = false;
  #onFirst = () => {};
  #onLater = () => {};

  constructor(client: Client, endpoints: Endpoints, manners: Manners) {
    this.#manners = manners;
    this.#firstCame = new Promise((resolve) => {
      this.#onFirst = resolve;
    });
    this.#laterCame = new Promise((resolve) => {
      this.#onLater = resolve;
    });
    const { pollMs, waitSeconds } = manners;
    client
      .subscribe(endpoints, {
        ...{ after: 0, pollMs, waitSeconds },
        onEvent: ({ type }) => {
          this.#firstMs ??= performance.now() - this.#startMs;
          this.#onFirst();
          if (type === "hook.later") this.#onLater();
        },
        onEnd: (reason) => this.#fail(`cut off: ${reason}`),
      })
      .then(
        (subscription) => {
          this.#subscription = subscription;
          if (this.#over) subscription.close();
        },
        (error: unknown) => this.#fail(error instanceof Error ? error.message : String(error)),
      );
  }

  /** Resolves when the first event has come, or will not. */
  first(): Promise<void> {
    return this.#await(this.#firstCame);
  }

  /** Resolves when the later event has come, or will not; ends the visit. */
  async later(): Promise<Seen> {
    await this.#await(this.#laterCame);
    this.#over = true;
    this.#subscription?.close();
    return {
      ...(this.#firstMs === undefined ? {} : { firstMs: this.#firstMs }),
      ...(this.#failure === undefined ? {} : { failure: this.#failure }),
    };
  }

  async #await(event: Promise<void>): Promise<void> {
    if (this.#failure !== undefined) return;
    const { patienceMs } = this.#manners;
    const patience = setTimeout(() => this.#fail(`no event within ${patienceMs / 1_000} s`), patienceMs);
    await event;
    clearTimeout(patience);
  }

  #fail(reason: string): void {
    if (this.#over) return;
    this.#failure ??= reason;
    this.#onFirst();
    this.#onLater();
  }
}
