import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { portOf } from "../../servers/http/http-server.ts";

export interface Delivered {
  /** The webhook-id. */
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

/** A target on loopback that confirms its subscription and notes what it is sent, and answers as long as it is told to. */
export class LoopbackReceiver {
  readonly url: string;
  readonly delivered: Delivered[] = [];
  answers = true;
  #waiting: (() => void)[] = [];

  private constructor(url: string) {
    this.url = url;
  }

  static async start(): Promise<LoopbackReceiver> {
    const server = createServer(async (request, response) => {
      const secret = request.headers["x-hook-secret"];
      if (secret !== undefined) return response.writeHead(200, { "X-Hook-Secret": secret }).end();
      return receiver.#take(String(request.headers["webhook-id"]), await text(request), response);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const receiver = new LoopbackReceiver(`http://127.0.0.1:${portOf(server)}/hook`);
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return receiver;
  }

  /** Resolves once `condition` holds of what was delivered. */
  async until(condition: (delivered: readonly Delivered[]) => boolean): Promise<void> {
    while (!condition(this.delivered)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #take(id: string, body: string, response: ServerResponse): void {
    const { type, data } = JSON.parse(body);
    this.delivered.push({ id, type, data });
    if (this.answers) response.end();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }
}
