import type { IncomingMessage, ServerResponse } from "node:http";
import { serverFailed } from "../service/answer.ts";
import { BadRequest, errorAnswer, type HttpAnswer, type HttpRequest } from "../service/http-answer.ts";

/** Sends a complete answer. */
export function send(response: ServerResponse, answer: HttpAnswer): void {
  response.writeHead(answer.status, { ...answer.headers, "Content-Length": answer.body.length });
  response.end(answer.body);
}

/** A request as the service sees it; `body` as read by whoever read it. */
export function toHttpRequest(request: IncomingMessage, body: Uint8Array): HttpRequest {
  return { method: request.method ?? "", target: request.url ?? "/", headers: request.headers, body };
}

/** Answers a request whose handler threw; one that broke off, or is being answered, is broken off too. */
export function sendRefusal(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || request.errored) response.destroy();
  else send(response, refusalOf(error));
}

function refusalOf(error: unknown): HttpAnswer {
  if (error instanceof BadRequest) return errorAnswer(400, error.message);
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500 && error instanceof Error) return errorAnswer(status, error.message);
  console.error(error);
  return serverFailed();
}
