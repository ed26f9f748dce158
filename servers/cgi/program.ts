/**
 * The program that is started for each request: environment and standard input in, standard output out
 * (RFC 3875). It keeps nothing; what must last is in the store.
 */
import { buffer } from "node:stream/consumers";
import { answerFromResource } from "../http/answer-request.ts";
import { aboutPath, notFound, receiveShared, serverFailed, tooManyWebhooks } from "../service/answer.ts";
import { parseAfter } from "../service/cursor.ts";
import {
  BadRequest,
  errorAnswer,
  type HttpAnswer,
  type HttpRequest,
  jsonBody,
} from "../service/http-answer.ts";
import { pathOf, queryOf } from "../service/target.ts";
import { headersOf, type ProgramService } from "./environment.ts";
import { writeCgiResponse } from "./response.ts";
import { lastIn, publishTo, readFrom, StoreFailed } from "./store.ts";

/** Variables of ours beside those of the RFC. */
const { SWITCHBOARD_SOCKET: store = "", SERVICE: service = "" } = process.env;
const { about, options, epoch }: ProgramService = JSON.parse(service);

async function answer(request: HttpRequest): Promise<HttpAnswer> {
  if (request.method === "GET" && pathOf(request.target) === "/events") {
    return jsonBody(200, await readFrom(store, parseAfter(queryOf(request.target))));
  }
  const resource = await answerFromResource(options, request);
  if (resource) return resource;
  const last = pathOf(request.target) === aboutPath ? await lastIn(store) : 0;
  const outcome = receiveShared({ about, options, epoch, last: () => last }, request, Date.now());
  if (!outcome) return notFound(request);
  if (outcome.events.length === 0) return outcome.answer([]);
  const published = await publishTo(store, outcome.events);
  return "ids" in published ? outcome.answer(published.ids) : tooManyWebhooks(published.retryAfterSeconds);
}

const { REQUEST_METHOD: method = "", REQUEST_URI: target = "", CONTENT_LENGTH } = process.env;
const request: HttpRequest = {
  method,
  target,
  headers: headersOf(process.env),
  body: CONTENT_LENGTH ? await buffer(process.stdin) : Buffer.alloc(0),
};
process.stdout.write(
  writeCgiResponse(
    await answer(request).catch((error: unknown) => {
      if (error instanceof BadRequest) return errorAnswer(400, error.message);
      if (error instanceof StoreFailed) return serverFailed();
      throw error;
    }),
  ),
);
