import type { IncomingMessage, ServerResponse } from "node:http";
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from "express";
import { answerShared, notFound, type Service } from "../service/answer.ts";
import { BadRequest, errorAnswer, type HttpAnswer, type HttpRequest } from "../service/http-answer.ts";
import { bodyTooLarge, maxBodyBytes } from "../service/webhooks/receive.ts";

/**
 * The Express app of the servers on an event loop: `/healthz` and the webhooks, and the routes of the
 * server's own transport, which `addRoutes` adds.
 */
export function createApp(service: Service, addRoutes: (app: Express) => void = () => {}): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.all("/healthz", (request, response) => shared(service, request, response));
  app.all(
    "/hooks/:topic",
    express.raw({ type: () => true, limit: maxBodyBytes, inflate: false }),
    (request, response) => shared(service, request, response),
  );
  addRoutes(app);
  app.use((request, response) => send(response, notFound({ method: request.method, target: request.url })));
  app.use(refuse);
  return app;
}

/** Sends a complete answer. */
export function send(response: ServerResponse, answer: HttpAnswer): void {
  response.writeHead(answer.status, { ...answer.headers, "Content-Length": answer.body.length });
  response.end(answer.body);
}

/** A request as the service sees it; `body` as read by whoever read it. */
export function toHttpRequest(request: IncomingMessage, body: Uint8Array): HttpRequest {
  return { method: request.method ?? "", target: request.url ?? "/", headers: request.headers, body };
}

function shared(service: Service, request: Request, response: Response): void {
  const body: unknown = request.body;
  const httpRequest = toHttpRequest(request, Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  send(response, answerShared(service, httpRequest) ?? notFound(httpRequest));
}

const refuse: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  send(response, refusalOf(error));
};

/** The answer to a request that a handler or the body parser refused by throwing. */
export function refusalOf(error: unknown): HttpAnswer {
  if (error instanceof BadRequest) return errorAnswer(400, error.message);
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  if (status === 413) return bodyTooLarge();
  if (status >= 400 && status < 500 && error instanceof Error) return errorAnswer(status, error.message);
  console.error(error);
  return errorAnswer(500, "the server failed on this request; its log says how");
}
