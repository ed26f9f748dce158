import type { IncomingMessage, ServerResponse } from "node:http";
import { serverFailed } from "../service/answer.ts";
import { BadRequest, errorAnswer, type HttpAnswer, type HttpRequest } from "../service/http-answer.ts";

/** How long a client may take nothing of an answer. */
const answerTimeoutMs = 30_000;

/** Sends a complete answer. A client that takes nothing of it for long is given up, and its memory with it. */
export function send(response: ServerResponse, answer: HttpAnswer, timeoutMs = answerTimeoutMs): void {
  response.writeHead(answer.status, { ...answer.headers, "Content-Length": answer.body.length });
  response.end(answer.body);
  // The kernel has not taken all of it at once.
  if (response.socket?.writableLength) response.setTimeout(timeoutMs, () => response.destroy());
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
