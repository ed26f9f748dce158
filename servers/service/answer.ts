import type { HttpAnswer, HttpRequest } from "./http-answer.ts";
import { errorAnswer, jsonAnswer } from "./http-answer.ts";
import type { NewEvent } from "./switchboard.ts";
import { answered, hookTopic, type Outcome, receiveHook } from "./webhooks/receive.ts";

/** What the routes that all servers share need from the server that serves them. */
export interface Service {
  readonly name: string;
  readonly webhookSecret: string;
  /** Gives the event its number and sends it on its way to the subscribers. */
  publish(event: NewEvent): number;
  /** 0: this webhook is within the limit; else the seconds until one will be. */
  admit(nowMs: number): number;
}

/** `/events?after=3` without its query. */
export function pathOf(target: string): string {
  return target.split("?", 1)[0] ?? target;
}

/** `/events?after=3` as its query. */
export function queryOf(target: string): URLSearchParams {
  return new URLSearchParams(target.slice(pathOf(target).length));
}

/** What the routes that all servers share, `/healthz` and the webhooks, make of a request; undefined for other paths. */
export function receiveShared(
  service: Omit<Service, "publish">,
  request: HttpRequest,
  nowMs: number,
): Outcome | undefined {
  const path = pathOf(request.target);
  if (path === "/healthz") {
    return request.method === "GET" || request.method === "HEAD"
      ? answered(jsonAnswer(200, { status: "ok", server: service.name }))
      : answered(wrongMethod(request.method, "GET, HEAD"));
  }
  const topic = hookTopic(path);
  if (topic === undefined) return undefined;
  if (request.method !== "POST") return answered(wrongMethod(request.method, "POST"));
  const retryAfterSeconds = service.admit(nowMs);
  if (retryAfterSeconds > 0) return answered(tooManyWebhooks(retryAfterSeconds));
  return receiveHook(topic, request, service.webhookSecret, nowMs);
}

/** Answers the routes that all servers share, publishing what a webhook carried; undefined for other paths. */
export function answerShared(
  service: Service,
  request: HttpRequest,
  nowMs = Date.now(),
): HttpAnswer | undefined {
  const outcome = receiveShared(service, request, nowMs);
  return outcome?.answer(outcome.events.map(service.publish));
}

export function tooManyWebhooks(retryAfterSeconds: number): HttpAnswer {
  const headers = { "Retry-After": String(Math.ceil(retryAfterSeconds)) };
  return errorAnswer(429, "expected fewer webhooks per second; send this one again later", headers);
}

export function wrongMethod(method: string, allowed: string): HttpAnswer {
  return errorAnswer(405, `expected ${allowed}, got ${method}`, { Allow: allowed });
}

export function notFound(request: Pick<HttpRequest, "method" | "target">): HttpAnswer {
  return errorAnswer(404, `expected a route of this server, got ${request.method} ${pathOf(request.target)}`);
}

/** The answer to a request on which the server itself failed; whoever sends it logs the error. */
export function serverFailed(): HttpAnswer {
  return errorAnswer(500, "the server failed on this request; its log says how");
}
