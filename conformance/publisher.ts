import { Agent } from "node:http";
import { ask } from "./http.ts";

/** Sends webhooks over a few kept-alive connections. */
export class Publisher {
  readonly #url: string;
  readonly #agent: Agent;
  readonly #atOnce: number;

  /** `atOnce`: the most webhooks on their way at once. */
  constructor(httpUrl: string, atOnce: number) {
    this.#url = httpUrl;
    this.#atOnce = atOnce;
    this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  }

  /** Publishes a JSON value; gives the id of its event. */
  publish(data: unknown, topic?: string): Promise<number> {
    return this.publishText(JSON.stringify(data), topic);
  }

  /** Publishes JSON as it is written. */
  async publishText(body: string, topic = "check"): Promise<number> {
    const answer = await ask(`${this.#url}/hooks/${topic}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
      agent: this.#agent,
    });
    if (answer.status !== 202) {
      throw new Error(`expected 202 for a webhook, got ${answer.status}: ${answer.body.slice(0, 200)}`);
    }
    const { id }: { id?: unknown } = JSON.parse(answer.body);
    if (typeof id !== "number") throw new Error(`expected { "id": n } for a webhook, got ${answer.body}`);
    return id;
  }

  /** Publishes `count` events, several at once; gives their ids in the order of the answers. */
  async publishMany(count: number, dataOf: (index: number) => unknown = (index) => index): Promise<number[]> {
    const ids: number[] = [];
    let next = 0;
    const sender = async () => {
      while (next < count) ids.push(await this.publish(dataOf(next++)));
    };
    await Promise.all(Array.from({ length: this.#atOnce }, sender));
    return ids;
  }

  close(): void {
    this.#agent.destroy();
  }
}
