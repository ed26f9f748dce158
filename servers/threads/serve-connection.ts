import { serverFailed } from "../service/answer.ts";
import { BadRequest, errorAnswer, type HttpAnswer } from "../service/http-answer.ts";
import { bodyTooLarge } from "../service/webhooks/dialect.ts";
import { Disconnected } from "./blocking-socket.ts";
import { Refusal } from "./http-head.ts";
import { HttpReader, type ReadRequest, type Source } from "./http-reader.ts";
import { type Asked, encodeAnswer, encodeRefusal, nothingAsked } from "./http-writer.ts";

/** What serving a connection needs of it. */
export interface Wire extends Source {
  expectRequest(): void;
  write(bytes: Buffer): void;
  end(isSending: boolean): void;
}

/** A request, and what every answer to it bears. */
export type AskedRequest = ReadRequest & Asked;

type Answering = (request: AskedRequest) => Outcome;

/** A complete answer, or one that writes itself for as long as the connection lasts. */
export type Outcome = HttpAnswer | (() => void);

/**
 * Reads and answers one request after the other until the connection is over, and ends it. `fieldsFor`: header
 * fields of every answer to a request.
 */
export function serveConnection(
  wire: Wire,
  answer: Answering,
  isClosing: () => boolean,
  fieldsFor: (request: ReadRequest) => Asked["fields"],
): void {
  const reader = new HttpReader(wire);
  let refused = false;
  try {
    for (;;) {
      wire.expectRequest();
      const read = reader.next();
      if (read === undefined) break;
      if (!answerNext({ ...read, fields: fieldsFor(read) }, wire, answer, isClosing)) break;
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // One that took too long has had all the time it gets.
    refused = error.status !== 408;
    wire.write(refusalBytes(error));
  }
  // Who was refused may still be sending the request.
  wire.end(refused);
}

/** Answers one request. True: the connection may be used for another. */
function answerNext(request: AskedRequest, wire: Wire, answer: Answering, isClosing: () => boolean): boolean {
  const outcome = outcomeOf(request, answer, wire);
  if (typeof outcome === "function") {
    outcome();
    return false;
  }
  const keepAlive = request.keepAlive && outcome.headers.Connection !== "close" && !isClosing();
  wire.write(encodeAnswer(outcome, { ...request, keepAlive }));
  return keepAlive;
}

/** Whatever is thrown but `BadRequest` is a mistake of ours: the client gets 500, the caller the error. */
function outcomeOf(request: AskedRequest, answer: Answering, wire: Wire): Outcome {
  try {
    return answer(request);
  } catch (error) {
    if (error instanceof BadRequest) return errorAnswer(400, error.message);
    if (!(error instanceof Disconnected)) {
      wire.write(encodeAnswer(serverFailed(), { ...request, keepAlive: false }));
      wire.end(false);
    }
    throw error;
  }
}

/** As node:http refuses what is no request: with a status, and no word more. */
function refusalBytes({ status }: Refusal): Buffer {
  if (status !== 413) return encodeRefusal(status);
  return encodeAnswer(bodyTooLarge(), nothingAsked);
}
