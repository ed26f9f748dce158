import { Agent, get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { Endpoints, Event, Gap, SubscribeOptions, Subscription } from "../contract.ts";

interface Answer {
  readonly gap?: Gap;
  readonly events: readonly Event[];
  readonly last: number;
}

/** Of its own accord Node probes a kept-alive connection every second, also while its request is held. */
const probeIntervalMs = 60_000;

/** A subscription made of one GET after the other on one kept-alive connection. */
export class PollSession implements Subscription {
  readonly #url: string;
  readonly #options: SubscribeOptions;
  readonly #query: string;
  readonly #agent = new Agent({ keepAlive: true, keepAliveMsecs: probeIntervalMs, maxSockets: 1 });
  #cursor: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** `query`: what a request says beside its cursor, beginning with `&`. */
  constructor(endpoints: Endpoints, options: SubscribeOptions, query: string) {
    this.#url = `${endpoints.http}/events`;
    this.#options = options;
    this.#query = query;
    this.#cursor = options.after;
  }

  cursor(): number {
    return this.#cursor ?? 0;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#agent.destroy();
  }

  /** Learns the cursor to start from; once it is known, every later event will be delivered. */
  async start(): Promise<void> {
    if (this.#cursor !== undefined) return;
    try {
      const answer = await this.#ask("");
      this.#cursor = answer.last;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Asks until closed, `intervalMs` from one question to the next; at once while there is more to fetch. */
  every(intervalMs: number): void {
    // Subscribers that started together must not ask together for ever: the first interval is cut short.
    let pauseMs = Math.random() * intervalMs;
    const next = async () => {
      const askedAtMs = performance.now();
      try {
        const answer = await this.#ask(`?after=${this.#cursor}${this.#query}`);
        if (!this.#closed) this.#take(answer);
        if (this.#closed) return;
        const more = this.cursor() < answer.last;
        this.#timer = setTimeout(next, more ? 0 : Math.max(0, askedAtMs + pauseMs - performance.now()));
        pauseMs = intervalMs;
      } catch (error) {
        if (this.#closed) return;
        this.close();
        this.#options.onEnd(error instanceof Error ? error.message : String(error));
      }
    };
    void next();
  }

  #take(answer: Answer): void {
    if (answer.gap) {
      this.#cursor = answer.gap.next - 1;
      this.#options.onGap?.(answer.gap);
    }
    for (const event of answer.events) {
      if (this.#closed) return;
      this.#cursor = event.id;
      this.#options.onEvent(event);
    }
  }

  async #ask(query: string): Promise<Answer> {
    const { localAddress } = this.#options;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const where = localAddress === undefined ? {} : { localAddress };
      get(`${this.#url}${query}`, { agent: this.#agent, ...where }, resolve).on("error", reject);
    });
    const body = await text(response);
    if (response.statusCode !== 200)
      throw new Error(`expected status 200, got ${response.statusCode}: ${body}`);
    return JSON.parse(body);
  }
}
