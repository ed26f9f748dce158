import type { Epoch, Server, ServerOptions } from "../contract.ts";
import type { HttpAnswer, HttpRequest } from "./http-answer.ts";
import { errorAnswer, jsonAnswer } from "./http-answer.ts";
import type { NewEvent } from "./switchboard.ts";
import { pathOf } from "./target.ts";
import { answered, type Outcome } from "./webhooks/dialect.ts";
import { hookRouteAt } from "./webhooks/routes.ts";

/** What a server says of itself. */
export type About = Pick<Server, "name" | "ioModel" | "transport" | "summary">;

export function aboutOf({ name, ioModel, transport, summary }: Server): About {
  return { name, ioModel, transport, summary };
}

/** What the routes that all servers share need from the server that serves them. */
export interface Service {
  readonly about: About;
  readonly options: ServerOptions;
  /** Of the numbering of its events, see `Epoch`. */
  readonly epoch: Epoch;
  /** Gives the event its number and sends it on its way to the subscribers. */
  publish(event: NewEvent): number;
  /** Id of the newest event. */
  last(): number;
  /** 0: so many events are within the limit, and counted; else the seconds until they will be. */
  admit(nowMs: number, events: number): number;
}

/**
 * Where a page learns what server it is on, the time there, and the newest event; and whoever keeps a cursor, whether
 * its epoch is still that of the server.
 */
export const aboutPath = "/server.json";

/**
 * What the routes that all servers share make of a request: the webhooks, and what a server says of itself.
 * Undefined for other paths.
 */
export function receiveShared(
  service: Omit<Service, "publish" | "admit">,
  request: HttpRequest,
  nowMs: number,
): Outcome | undefined {
  const path = pathOf(request.target);
  const { about, options } = service;
  if (path === "/healthz") return receiveQuestion(request, () => ({ status: "ok", server: about.name }));
  if (path === aboutPath) {
    const { peers } = options;
    return receiveQuestion(request, () => ({
      ...about,
      epoch: service.epoch,
      last: service.last(),
      nowMs,
      peers,
    }));
  }
  const hook = hookRouteAt(path);
  if (hook === undefined) return undefined;
  const { route, topic } = hook;
  if (!route.methods.includes(request.method)) {
    return answered(wrongMethod(request.method, route.methods.join(", ")));
  }
  return route.receive(request, { options, nowMs, topic });
}

/**
 * Answers the routes that all servers share, publishing what a webhook carried; undefined for other paths. Only what
 * is published counts against the limit, so that nobody uses it up by what is refused.
 */
export function answerShared(
  service: Service,
  request: HttpRequest,
  nowMs = Date.now(),
): HttpAnswer | undefined {
  const outcome = receiveShared(service, request, nowMs);
  if (outcome === undefined) return undefined;
  const { events } = outcome;
  const retryAfterSeconds = events.length > 0 ? service.admit(nowMs, events.length) : 0;
  if (retryAfterSeconds > 0) return tooManyWebhooks(retryAfterSeconds);
  return outcome.answer(events.map(service.publish));
}

function receiveQuestion(request: HttpRequest, reply: () => unknown): Outcome {
  const { method } = request;
  return answered(
    method === "GET" || method === "HEAD" ? jsonAnswer(200, reply()) : wrongMethod(method, "GET, HEAD"),
  );
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
