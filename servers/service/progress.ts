import type { EndReason, Event, Gap, SubscribeOptions, Subscription } from "../contract.ts";

/** A notice of a push server, as `messageFraming` writes it. */
export interface Notice {
  readonly hello?: { readonly cursor: number };
  readonly gap?: Gap;
  readonly bye?: { readonly reason: EndReason };
}

/** How far one subscription on a push transport has got: the part of a client that knows no socket. */
export class Progress implements Subscription {
  /** Resolves at the server's `hello`; rejects when the subscription ends before it. */
  readonly started: Promise<Subscription>;
  readonly #options: SubscribeOptions;
  #resolve: (subscription: Subscription) => void = () => {};
  #reject: (error: Error) => void = () => {};
  #disconnect = () => {};
  #cursor = 0;
  #state: "starting" | "open" | "ended" = "starting";
  #byeReason: string | undefined;

  constructor(options: SubscribeOptions) {
    this.#options = options;
    this.started = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  cursor(): number {
    return this.#cursor;
  }

  close(): void {
    this.#state = "ended";
    this.#disconnect();
  }

  /** What closing the subscription must do to the connection. */
  onClose(disconnect: () => void): void {
    this.#disconnect = disconnect;
  }

  /**
   * Takes a message of a transport that sends events and notices alike, as it came. One that is not JSON ends
   * the subscription, and says so.
   */
  message(text: string): void {
    let message: Event | Notice;
    try {
      message = JSON.parse(text);
    } catch {
      this.end(`expected a message in JSON, got ${JSON.stringify(text.slice(0, 80))}`);
      return;
    }
    if ("id" in message) this.event(message);
    else this.notice(message);
  }

  event(event: Event): void {
    if (this.#state === "ended") return;
    this.#cursor = event.id;
    this.#options.onEvent(event);
  }

  notice(notice: Notice): void {
    if (this.#state === "ended") return;
    if (notice.hello) {
      this.#cursor = notice.hello.cursor;
      this.#state = "open";
      this.#resolve(this);
    }
    if (notice.gap) {
      this.#cursor = notice.gap.next - 1;
      this.#options.onGap?.(notice.gap);
    }
    if (notice.bye) this.#byeReason = notice.bye.reason;
  }

  /** The connection is over; the server's own reason, if it gave one, says more than the connection's. */
  end(reason: string): void {
    const state = this.#state;
    if (state === "ended") return;
    this.close();
    if (state === "starting")
      this.#reject(new Error(`expected the server's hello, got: ${this.#byeReason ?? reason}`));
    else this.#options.onEnd(this.#byeReason ?? reason);
  }
}
