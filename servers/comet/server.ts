import type { ServerResponse } from "node:http";
import type { Server } from "../contract.ts";
import { createApp } from "../http/app.ts";
import { closeHttpServer, countConnections, createHttpServer, listen } from "../http/http-server.ts";
import { send } from "../http/send.ts";
import { aboutOf } from "../service/answer.ts";
import { parseAfter, parseWaitSeconds } from "../service/cursor.ts";
import type { HttpAnswer } from "../service/http-answer.ts";
import { answerPoll, nothingAfter } from "../service/poll.ts";
import { startService } from "../service/start-service.ts";
import type { Switchboard } from "../service/switchboard.ts";
import { queryOf } from "../service/target.ts";

const server: Server = {
  name: "comet",
  ioModel: "event loop",
  transport: "comet",
  summary: "the subscriber asks, and the answer is held until there is something to say",
  exempt: [
    {
      check: "cuts off a subscriber that stops reading",
      reason: "an answer holds at most 1 MiB, and nothing waits between answers",
    },
  ],

  start(options) {
    return startService(aboutOf(this), options, async ({ switchboard, service }) => {
      const held = new HeldRequests(switchboard);
      const app = createApp(service, (routes) => {
        routes.get("/events", (request, response) => {
          const query = queryOf(request.url);
          const after = parseAfter(query);
          const waitSeconds = parseWaitSeconds(query);
          if (waitSeconds > 0 && nothingAfter(switchboard.history, after)) held.hold(response, waitSeconds);
          else send(response, answerPoll(switchboard.history, after));
        });
      });
      const http = createHttpServer(options, app);
      return {
        endpoints: { http: await listen(http, options.host, options.port) },
        usage: async () => ({ connections: await countConnections(http), cutOff: 0, queued: 0 }),
        close: () => {
          held.close();
          return closeHttpServer(http);
        },
      };
    });
  },
};

/** The requests that wait for an event. All wait after the newest one, so one answer serves them all. */
class HeldRequests {
  readonly #switchboard: Switchboard;
  readonly #timeouts = new Map<ServerResponse, NodeJS.Timeout>();
  #closing = false;

  constructor(switchboard: Switchboard) {
    this.#switchboard = switchboard;
    switchboard.listen((event) => this.#answerAll(answerPoll(switchboard.history, event.id - 1)));
  }

  hold(response: ServerResponse, waitSeconds: number): void {
    // One that waits behind another on its connection has no socket yet. Were it held too, a client could have any
    // number held at once by sending them in a row.
    if (this.#closing || response.socket === null) {
      send(response, this.#nothing());
      return;
    }
    const timeout = setTimeout(() => {
      this.#timeouts.delete(response);
      send(response, this.#nothing());
    }, waitSeconds * 1_000);
    this.#timeouts.set(response, timeout);
    response.on("close", () => this.#release(response));
  }

  close(): void {
    this.#closing = true;
    this.#answerAll(this.#nothing());
  }

  #nothing(): HttpAnswer {
    const answer = answerPoll(this.#switchboard.history, this.#switchboard.history.last);
    return this.#closing ? { ...answer, headers: { ...answer.headers, Connection: "close" } } : answer;
  }

  #answerAll(answer: HttpAnswer): void {
    for (const response of this.#timeouts.keys()) {
      this.#release(response);
      send(response, answer);
    }
  }

  #release(response: ServerResponse): void {
    clearTimeout(this.#timeouts.get(response));
    this.#timeouts.delete(response);
  }
}

export default server;
