/**
 * The program that is started for each request: environment and standard input in, standard output out
 * (RFC 3875). It keeps nothing; what must last is in the store.
 */
import { buffer } from "node:stream/consumers";
import { notFound, queryOf, receiveShared } from "../service/answer.ts";
import { parseAfter } from "../service/cursor.ts";
import {
  BadRequest,
  errorAnswer,
  type HttpAnswer,
  type HttpRequest,
  jsonBody,
} from "../service/http-answer.ts";
import { headersOf } from "./environment.ts";
import { writeCgiResponse } from "./response.ts";
import { publishTo, readFrom } from "./store.ts";

/** Variables of ours beside those of the RFC. */
const {
  SWITCHBOARD_SOCKET: store = "",
  SWITCHBOARD_NAME: name = "",
  WEBHOOK_SECRET: webhookSecret = "",
} = process.env;

async function answer(request: HttpRequest): Promise<HttpAnswer> {
  if (request.method === "GET" && request.target.startsWith("/events?")) {
    return jsonBody(200, await readFrom(store, parseAfter(queryOf(request.target))));
  }
  // The server counts the webhooks per second: a program cannot, it sees one.
  const outcome = receiveShared({ name, webhookSecret, admit: () => 0 }, request, Date.now());
  if (!outcome) return notFound(request);
  return outcome.answer(outcome.events.length > 0 ? await publishTo(store, outcome.events) : []);
}

const {
  REQUEST_METHOD: method = "",
  PATH_INFO: path = "",
  QUERY_STRING: query = "",
  CONTENT_LENGTH,
} = process.env;
const request: HttpRequest = {
  method,
  target: `${encodeURIComponent(path).replaceAll("%2F", "/")}?${query}`,
  headers: headersOf(process.env),
  body: CONTENT_LENGTH ? await buffer(process.stdin) : Buffer.alloc(0),
};
process.stdout.write(
  writeCgiResponse(
    await answer(request).catch((error: unknown) => {
      if (error instanceof BadRequest) return errorAnswer(400, error.message);
      throw error;
    }),
  ),
);
