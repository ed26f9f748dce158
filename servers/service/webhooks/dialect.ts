/** What a dialect of webhooks is: routes as pure functions, a request in, the answer and the events out. */
import type { ServerOptions } from "../../contract.ts";
import type { HttpAnswer, HttpRequest } from "../http-answer.ts";
import { errorAnswer } from "../http-answer.ts";
import type { NewEvent } from "../switchboard.ts";

/** Largest body of a webhook. */
export const maxBodyBytes = 64 * 1024;

/** What a request leads to: events to publish, none when it is refused, and the answer once they have ids. */
export interface Outcome {
  readonly events: readonly NewEvent[];
  answer(ids: readonly number[]): HttpAnswer;
}

export interface HookContext {
  readonly options: ServerOptions;
  readonly nowMs: number;
  /** What stands in the path in place of `:topic`; empty where the path has none. */
  readonly topic: string;
}

export interface HookRoute {
  /** As Express writes it: `/hooks/:topic`. The topic, if there is one, comes last. */
  readonly path: string;
  readonly methods: readonly string[];
  receive(request: HttpRequest, context: HookContext): Outcome;
}

/** The header of this name, in lower case; the first where there are several. */
export function headerOf(request: Pick<HttpRequest, "headers">, name: string): string | undefined {
  return [request.headers[name]].flat()[0];
}

/** The media type of the body, without its parameters, in lower case; empty where none is given. */
export function mediaTypeOf(request: HttpRequest): string {
  return (headerOf(request, "content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** The refusal of a body that must not be read, whatever its dialect; undefined when it may be. */
export function refuseBody(request: HttpRequest): Outcome | undefined {
  if (request.body.length > maxBodyBytes) return answered(bodyTooLarge());
  const encoding = headerOf(request, "content-encoding") ?? "identity";
  if (encoding !== "identity") return refuse(415, `expected no Content-Encoding, got ${encoding}`);
  return undefined;
}

/** Closes the connection too: servers send it without having read the body to its end. */
export function bodyTooLarge(): HttpAnswer {
  return errorAnswer(413, `expected a body of at most ${maxBodyBytes} bytes, got a larger one`, {
    Connection: "close",
  });
}

export function refuse(status: number, error: string): Outcome {
  return answered(errorAnswer(status, error));
}

/** The refusal of a dialect whose secret the server was not given: it cannot tell a genuine request from a forged one. */
export function notConfigured(variable: string): Outcome {
  return refuse(
    404,
    `expected a server with ${variable} in its environment, got one without: set it to take these`,
  );
}

/** The outcome of a request that makes no event. */
export function answered(answer: HttpAnswer): Outcome {
  return { events: [], answer: () => answer };
}
