import type { Server } from "../contract.ts";
import { createApp } from "../http/app.ts";
import { closeHttpServer, countConnections, createHttpServer, listen } from "../http/http-server.ts";
import { SseEndpoint } from "../http/sse.ts";
import { aboutOf } from "../service/answer.ts";
import { startService } from "../service/start-service.ts";

const server: Server = {
  name: "streaming",
  ioModel: "event loop",
  transport: "streaming",
  summary: "one HTTP response that never ends: server-sent events",
  exempt: [],

  start(options) {
    return startService(aboutOf(this), options, async ({ switchboard, service }) => {
      const sse = new SseEndpoint(switchboard, options.heartbeatMs);
      const app = createApp(service, (routes) => {
        routes.all("/events/stream", (request, response) => sse.handle(request, response));
      });
      const http = createHttpServer(options, app);
      return {
        endpoints: { http: await listen(http, options.host, options.port) },
        usage: async () => ({
          connections: await countConnections(http),
          cutOff: sse.feeds.cutOff,
          queued: 0,
        }),
        close: () => {
          sse.close();
          return closeHttpServer(http);
        },
      };
    });
  },
};

export default server;
