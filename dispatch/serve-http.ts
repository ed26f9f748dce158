import type { IncomingMessage, ServerResponse } from "node:http";
import { closeHttpServer, createHttpServer, listen } from "../servers/http/http-server.ts";
import { readBody } from "../servers/http/read-body.ts";
import { send, sendRefusal, toHttpRequest } from "../servers/http/send.ts";
import { withDefaults } from "../servers/options.ts";
import type { HttpAnswer, HttpRequest } from "../servers/service/http-answer.ts";
import { bodyTooLarge } from "../servers/service/webhooks/dialect.ts";

export interface HttpService {
  /** `http://host:port`, without a path. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves answers that are made from whole requests, of at most the size of a webhook. */
export async function serveHttp(
  where: { readonly host: string; readonly port: number },
  answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>,
): Promise<HttpService> {
  const server = createHttpServer(withDefaults(), (request, response) => {
    respond(request, response).catch((error: unknown) => sendRefusal(request, response, error));
  });
  const url = await listen(server, where.host, where.port);
  return { url, close: () => closeHttpServer(server) };

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const reply = body === undefined ? bodyTooLarge() : await answer(toHttpRequest(request, body));
    // By RFC 9110, section 8.6, no Content-Length goes with it.
    if (reply.status === 204) response.writeHead(204, reply.headers).end();
    else send(response, reply);
  }
}
