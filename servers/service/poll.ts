import { encodePage } from "./framing.ts";
import type { History } from "./history.ts";
import { type HttpAnswer, jsonBody } from "./http-answer.ts";

/** Most bytes of events in one answer; a subscriber that is further behind asks again at once. */
export const pollPageBytes = 1024 * 1024;

/** The answer to `GET /events`: what came after the cursor; without a cursor, where to start. */
export function answerPoll(history: History, after: number | undefined): HttpAnswer {
  return jsonBody(200, encodePage(history.read(after ?? history.last, pollPageBytes)));
}

/** Whether a comet request has to wait: there is nothing to say after its cursor. */
export function nothingAfter(history: History, after: number | undefined): boolean {
  return after !== undefined && after === history.last;
}
