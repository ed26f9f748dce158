import { nowMs } from "../clock.ts";
import { type ConnectionListener, type Outcome, WebhookConnection } from "./webhook-connection.ts";

export interface WebhookPoolOptions {
  /** Connections to the server at most. */
  readonly connections: number;
  /** How long a webhook may wait for its answer, its wait for a connection included. */
  readonly answerTimeoutMs: number;
}

/** A webhook without an answer yet. */
interface UnderWay {
  readonly request: Buffer;
  readonly deadlineMs: number;
  readonly outcome: Outcome;
  /** Undefined while it waits for one. */
  connection: WebhookConnection | undefined;
}

/**
 * Kept-alive connections to one server. A webhook goes out at once where a connection is free, and else waits for its
 * turn. None is ever sent twice: whether a webhook without an answer has arrived, nobody knows.
 */
export class WebhookPool implements ConnectionListener {
  readonly #host: string;
  readonly #port: number;
  readonly #options: WebhookPoolOptions;
  readonly #opening = new Set<WebhookConnection>();
  /** The one used last is used next, so that there are no more in use than have to be. */
  readonly #free: WebhookConnection[] = [];
  #connections = 0;
  /** In the order of their deadlines, which is that of their sending. */
  readonly #underWay = new Set<UnderWay>();
  /** Those of them that wait for a connection. */
  readonly #waiting = new Set<UnderWay>();
  #timer: NodeJS.Timeout | undefined;

  /** Of the server at `http`, such as http://127.0.0.1:8080. */
  constructor(http: string, options: WebhookPoolOptions) {
    const { protocol, hostname, port } = new URL(http);
    if (protocol !== "http:") {
      throw new Error(`expected a server such as http://127.0.0.1:8080 to send webhooks to, got ${http}`);
    }
    this.#host = hostname;
    this.#port = Number(port || 80);
    this.#options = options;
  }

  /** Opens a connection unless there is one for the next webhook, so that this does not wait for it. */
  prepare(): void {
    if (this.#free.length === 0) this.#openFor(this.#waiting.size + 1);
  }

  /** Sends a webhook; resolves with the status of its answer. */
  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      const deadlineMs = nowMs() + this.#options.answerTimeoutMs;
      const outcome = (came: number | Error) => {
        this.#underWay.delete(webhook);
        if (typeof came === "number") resolve(came);
        else reject(came);
      };
      const webhook: UnderWay = { request, deadlineMs, outcome, connection: undefined };
      this.#underWay.add(webhook);
      const connection = this.#free.pop();
      if (connection === undefined) {
        this.#waiting.add(webhook);
        this.#openFor(this.#waiting.size);
      } else this.#give(connection, webhook);
      this.#watchDeadlines();
    });
  }

  /**
   * Closes what was opened and never used. A server that stops lets go of connections that have been answered, and waits
   * for others as long as it waits for anybody.
   */
  closeUnused(): void {
    for (const connection of [...this.#opening, ...this.#free]) {
      if (!connection.isUsed) connection.lose(new Error("expected a use for the connection, got none"));
    }
  }

  free(connection: WebhookConnection): void {
    this.#opening.delete(connection);
    const [next] = this.#waiting;
    if (next === undefined) this.#free.push(connection);
    else {
      this.#waiting.delete(next);
      this.#give(connection, next);
    }
  }

  lost(connection: WebhookConnection, why: Error): void {
    this.#connections--;
    const at = this.#free.indexOf(connection);
    if (at !== -1) this.#free.splice(at, 1);
    // One that could not be opened fails a webhook as it would have: else all would wait for their time to be over.
    if (this.#opening.delete(connection)) {
      const [next] = this.#waiting;
      if (next !== undefined) this.#fail(next, why);
    }
    this.#openFor(this.#waiting.size);
  }

  #give(connection: WebhookConnection, webhook: UnderWay): void {
    webhook.connection = connection;
    connection.send(webhook.request, webhook.outcome);
  }

  #fail(webhook: UnderWay, why: Error): void {
    this.#waiting.delete(webhook);
    if (webhook.connection === undefined) webhook.outcome(why);
    else webhook.connection.lose(why);
  }

  /** Opens connections for as many webhooks, as far as may be. */
  #openFor(webhooks: number): void {
    while (this.#opening.size < webhooks && this.#connections < this.#options.connections) {
      this.#connections++;
      this.#opening.add(new WebhookConnection(this.#host, this.#port, this));
    }
  }

  /** One timer for all: a timer for each webhook costs as much as the sending of it. */
  #watchDeadlines(): void {
    const [first] = this.#underWay;
    if (this.#timer !== undefined || first === undefined) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#failOverdue();
        this.#watchDeadlines();
      },
      Math.max(1, first.deadlineMs - nowMs()),
    );
    // The connections keep the process, as long as there is anything to wait for.
    this.#timer.unref();
  }

  #failOverdue(): void {
    const now = nowMs();
    for (const webhook of this.#underWay) {
      if (webhook.deadlineMs > now) return;
      const { answerTimeoutMs } = this.#options;
      this.#fail(
        webhook,
        new Error(`expected an answer to a webhook within ${answerTimeoutMs} ms, got none`),
      );
    }
  }
}
