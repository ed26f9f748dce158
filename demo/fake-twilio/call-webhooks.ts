import { randomUUID } from "node:crypto";
import type { CallOptions, Exchange } from "./call-options.ts";
import type { Method } from "./verbs.ts";
import { type Parameters, sendWebhook, type WebhookAnswer } from "./webhook.ts";

/** The webhooks of one call: those it waits for, and those that only tell, one after the other. */
export class CallWebhooks {
  readonly #exchange: Exchange;
  readonly #options: Pick<CallOptions, "server" | "alsoTo">;
  readonly #notice: (text: string) => void;
  #told: Promise<unknown> = Promise.resolve();

  constructor(
    exchange: Exchange,
    options: Pick<CallOptions, "server" | "alsoTo">,
    notice: (text: string) => void,
  ) {
    this.#exchange = exchange;
    this.#options = options;
    this.#notice = notice;
  }

  /** Of what is told, the answer does not matter, nor does the call wait for it. */
  tell(url: URL, method: Method, parameters: Parameters): void {
    this.#told = this.#told
      .then(() => this.send(url, method, parameters))
      .catch((error: unknown) => this.#notice(`${url.pathname}: ${messageOf(error)}`));
  }

  /** Resolves when all has been told that was to be. */
  async told(): Promise<void> {
    await this.#told;
  }

  /** Sends it to the server and, at the same moment, to the others; the answer of the first. */
  async send(url: URL, method: Method, parameters: Parameters): Promise<WebhookAnswer> {
    const { server, alsoTo = [] } = this.#options;
    const { account, signal } = this.#exchange;
    const idempotencyToken = randomUUID();
    const sendTo = (to: URL) =>
      sendWebhook(
        { url: to, method, parameters, idempotencyToken },
        {
          authToken: account.authToken,
          signal,
          onRetry: (reason) => this.#notice(`${to.host}${to.pathname} is tried again: ${reason}`),
        },
      );
    const answer = sendTo(url);
    const others = url.origin === new URL(server).origin ? alsoTo : [];
    const copies = others.map((other) =>
      sendTo(new URL(url.pathname + url.search, other)).catch((error: unknown) =>
        this.#notice(`${other}${url.pathname}: ${messageOf(error)}`),
      ),
    );
    await Promise.allSettled([answer, ...copies]);
    return answer;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
