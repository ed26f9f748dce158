import type { IncomingMessage, ServerResponse } from "node:http";
import { wrongMethod } from "../service/answer.ts";
import { parseAfter } from "../service/cursor.ts";
import { Feeds, goodbyeMs, type Sink } from "../service/feeds.ts";
import { sseFraming, sseHeartbeat } from "../service/framing.ts";
import { Heartbeat } from "../service/heartbeat.ts";
import { sseHeaders } from "../service/sse-headers.ts";
import type { Switchboard } from "../service/switchboard.ts";
import { queryOf } from "../service/target.ts";
import { send } from "./send.ts";

/** `GET /events/stream` on Node's own request and response, which Express hands on unchanged. */
export class SseEndpoint {
  readonly feeds: Feeds<Buffer>;
  readonly #heartbeat: Heartbeat<ServerResponse>;

  constructor(switchboard: Switchboard, heartbeatMs: number) {
    this.feeds = new Feeds(switchboard, sseFraming);
    this.#heartbeat = new Heartbeat(heartbeatMs, (response) => {
      // One that says goodbye stays connected until its client has read that, but takes no more.
      if (!response.writableEnded && !response.writableNeedDrain) response.write(sseHeartbeat);
    });
  }

  /** Answers the request with a stream. Throws `BadRequest` when its cursor is not one. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== "GET") {
      send(response, wrongMethod(request.method ?? "", "GET"));
      return;
    }
    const lastEventId = [request.headers["last-event-id"]].flat()[0];
    const after = parseAfter(queryOf(request.url ?? ""), lastEventId);
    response.writeHead(200, sseHeaders);
    const feed = this.feeds.open(new SseSink(response), after);
    this.#heartbeat.add(response);
    response.on("drain", () => feed.drained());
    response.on("close", () => {
      this.#heartbeat.delete(response);
      feed.close();
    });
  }

  close(): void {
    this.#heartbeat.stop();
    this.feeds.closeAll("server closing");
  }
}

class SseSink implements Sink<Buffer> {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  write(frame: Buffer): boolean {
    return this.#response.write(frame);
  }

  end(bye: Buffer): void {
    const response = this.#response;
    response.end(bye);
    const force = setTimeout(() => response.destroy(), goodbyeMs);
    response.on("close", () => clearTimeout(force));
  }
}
