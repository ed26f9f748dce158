import express, { type ErrorRequestHandler, type Express, type Request, type Response } from "express";
import { answerShared, notFound, type Service } from "../service/answer.ts";
import { bodyTooLarge } from "../service/webhooks/receive.ts";
import { readBody } from "./read-body.ts";
import { send, sendRefusal, toHttpRequest } from "./send.ts";

/**
 * The Express app of the servers on an event loop: `/healthz` and the webhooks, and the routes of the
 * server's own transport, which `addRoutes` adds.
 */
export function createApp(service: Service, addRoutes: (app: Express) => void = () => {}): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  // As the servers that route by themselves: a path is what it is, to the letter.
  app.enable("case sensitive routing");
  app.enable("strict routing");
  app.all("/healthz", (request, response) => shared(service, request, response, noBody));
  // Not `express.raw`: it answers a body that is too large only once it has read it to its end.
  app.all("/hooks/:topic", async (request, response) => {
    const body = await readBody(request);
    if (body === undefined) send(response, bodyTooLarge());
    else shared(service, request, response, body);
  });
  addRoutes(app);
  app.use((request, response) => send(response, notFound({ method: request.method, target: request.url })));
  app.use(refuse);
  return app;
}

const noBody = Buffer.alloc(0);

function shared(service: Service, request: Request, response: Response, body: Uint8Array): void {
  const httpRequest = toHttpRequest(request, body);
  send(response, answerShared(service, httpRequest) ?? notFound(httpRequest));
}

const refuse: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  sendRefusal(request, response, error);
};
