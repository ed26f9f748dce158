import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import type { Delivery } from "./delivery.ts";

const path = "/hooks/orders";

/** How long a delivery may wait for its answer: a tenth of what real senders wait. */
const answerTimeoutMs = 3_000;

/** Sends deliveries to one receiver. */
export class Sender {
  readonly #url: URL;
  readonly #agent: Agent;

  /** `atOnce`: the most deliveries on their way at once. */
  constructor(http: string, atOnce: number) {
    this.#url = new URL(path, http);
    this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  }

  /** The status of the answer; undefined when the receiver broke off without one, or gave none in time. */
  send({ method, headers, body }: Delivery): Promise<number | undefined> {
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(answerTimeoutMs);
      const length = { "content-length": String(body.length) };
      const sent = request(
        this.#url,
        { method, agent: this.#agent, headers: { ...headers, ...length }, signal },
        (response) => {
          resolve(response.statusCode);
          response.resume();
        },
      );
      // A receiver may answer and close before it has read it all, which an error may follow.
      sent.on("error", () => resolve(undefined));
      sent.end(body);
    });
  }

  /** Opens a connection and sends the head and half of the body of a delivery. */
  async stall({ method, headers, body }: Delivery): Promise<Socket> {
    const socket = connect({ host: this.#url.hostname, port: Number(this.#url.port) });
    await once(socket, "connect");
    // A receiver that cuts it off is in its right.
    socket.on("error", () => {});
    const lines = Object.entries({ ...headers, host: this.#url.host, "content-length": String(body.length) });
    const head = `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
    await new Promise<void>((resolve) => {
      socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, body.length / 2)]), () => resolve());
    });
    return socket;
  }

  close(): void {
    this.#agent.destroy();
  }
}
