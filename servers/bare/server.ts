import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server } from "../contract.ts";
import { answerRequest } from "../http/answer-request.ts";
import { closeHttpServer, countConnections, createHttpServer, listen } from "../http/http-server.ts";
import { readBody } from "../http/read-body.ts";
import { send, sendRefusal, toHttpRequest } from "../http/send.ts";
import { SseEndpoint } from "../http/sse.ts";
import { aboutOf, type Service } from "../service/answer.ts";
import { startService } from "../service/start-service.ts";
import { pathOf } from "../service/target.ts";
import { bodyTooLarge } from "../service/webhooks/dialect.ts";

const server: Server = {
  name: "bare",
  ioModel: "event loop",
  transport: "streaming",
  summary: "streaming on node:http alone: the control that shows what Express costs",
  exempt: [],

  start(options) {
    return startService(aboutOf(this), options, async ({ switchboard, service }) => {
      const sse = new SseEndpoint(switchboard, options.heartbeatMs);
      const http = createHttpServer(options, (request, response) => {
        answer(service, sse, request, response).catch((error: unknown) => {
          sendRefusal(request, response, error);
        });
      });
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

async function answer(
  service: Service,
  sse: SseEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (pathOf(request.url ?? "") === "/events/stream") return sse.handle(request, response);
  const body = await readBody(request);
  if (body === undefined) return send(response, bodyTooLarge());
  send(response, await answerRequest(service, toHttpRequest(request, body)));
}

export default server;
