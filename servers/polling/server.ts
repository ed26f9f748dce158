import type { Server } from "../contract.ts";
import { createApp } from "../http/app.ts";
import { closeHttpServer, countConnections, createHttpServer, listen } from "../http/http-server.ts";
import { send } from "../http/send.ts";
import { aboutOf } from "../service/answer.ts";
import { parseAfter } from "../service/cursor.ts";
import { answerPoll } from "../service/poll.ts";
import { startService } from "../service/start-service.ts";
import { queryOf } from "../service/target.ts";

const server: Server = {
  name: "polling",
  ioModel: "event loop",
  transport: "polling",
  summary: "the subscriber asks at an interval; the answer is what came since",
  exempt: [
    {
      check: "cuts off a subscriber that stops reading",
      reason: "an answer holds at most 1 MiB, and nothing waits between answers",
    },
  ],

  start(options) {
    return startService(aboutOf(this), options, async ({ switchboard, service }) => {
      const app = createApp(service, (routes) => {
        routes.get("/events", (request, response) => {
          send(response, answerPoll(switchboard.history, parseAfter(queryOf(request.url))));
        });
      });
      const http = createHttpServer(options, app);
      return {
        endpoints: { http: await listen(http, options.host, options.port) },
        usage: async () => ({ connections: await countConnections(http), cutOff: 0, queued: 0 }),
        close: () => closeHttpServer(http),
      };
    });
  },
};

export default server;
