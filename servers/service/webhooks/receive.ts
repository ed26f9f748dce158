import type { HttpAnswer, HttpRequest } from "../http-answer.ts";
import { errorAnswer, jsonAnswer } from "../http-answer.ts";
import type { NewEvent } from "../switchboard.ts";
import { refuseStandardWebhook } from "./standard-webhooks.ts";

/** Largest body of a webhook. */
export const maxBodyBytes = 64 * 1024;

/**
 * Deepest nesting of arrays and objects in a webhook. `JSON.parse` takes any depth, but `JSON.stringify` and
 * Socket.IO recurse: an event that is too deep for them must not get a number.
 */
export const maxNesting = 1_000;

/** What a request leads to: events to publish, none when it is refused, and the answer once they have ids. */
export interface Outcome {
  readonly events: readonly NewEvent[];
  answer(ids: readonly number[]): HttpAnswer;
}

const hookPath = /^\/hooks\/([A-Za-z0-9._-]{1,64})$/;

/** The topic of a path such as `/hooks/orders`; undefined for every other path. */
export function hookTopic(path: string): string | undefined {
  return hookPath.exec(path)?.[1];
}

/**
 * `POST /hooks/:topic` as a pure function: the request in, the answer and the events out. Every server calls
 * it, so that all do the same work per webhook. Dialects of other senders stand beside this file.
 */
export function receiveHook(topic: string, request: HttpRequest, secret: string, nowMs: number): Outcome {
  const { body } = request;
  const header = (name: string) => [request.headers[name]].flat()[0];
  if (body.length > maxBodyBytes) return answered(bodyTooLarge());
  const encoding = header("content-encoding") ?? "identity";
  if (encoding !== "identity") return refuse(415, `expected no Content-Encoding, got ${encoding}`);
  const mediaType = (header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/(?:[\w.-]+\+)?json$/.test(mediaType)) {
    return refuse(415, `expected Content-Type: application/json, got ${mediaType || "none"}`);
  }
  if (secret !== "") {
    const headers = {
      id: header("webhook-id"),
      timestamp: header("webhook-timestamp"),
      signature: header("webhook-signature"),
    };
    const refusal = refuseStandardWebhook(secret, headers, body, nowMs);
    if (refusal) return refuse(401, refusal);
  }
  let data: unknown;
  try {
    data = JSON.parse(utf8.decode(body));
  } catch (error) {
    return refuse(
      400,
      `expected a JSON body in UTF-8, got: ${error instanceof Error ? error.message : error}`,
    );
  }
  if (isNestedTooDeeply(body)) {
    return refuse(400, `expected arrays and objects at most ${maxNesting} deep, got deeper ones`);
  }
  return {
    events: [{ type: `hook.${topic}`, data }],
    answer: ([id]) => jsonAnswer(202, { id }),
  };
}

/** Whether the JSON text `body` has more than `maxNesting` brackets open at once. */
function isNestedTooDeeply(body: Uint8Array): boolean {
  // Each level takes two bytes, so that the usual body need not be looked through.
  if (body.length <= 2 * maxNesting) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === QUOTE) inString = !inString;
    else if (inString) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth++;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth--;
    if (depth > maxNesting) return true;
  }
  return false;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Closes the connection too: servers send it without having read the body to its end. */
export function bodyTooLarge(): HttpAnswer {
  return errorAnswer(413, `expected a body of at most ${maxBodyBytes} bytes, got a larger one`, {
    Connection: "close",
  });
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function refuse(status: number, error: string): Outcome {
  return answered(errorAnswer(status, error));
}

/** The outcome of a request that makes no event. */
export function answered(answer: HttpAnswer): Outcome {
  return { events: [], answer: () => answer };
}
