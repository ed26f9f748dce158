import { wrongMethod } from "../service/answer.ts";
import { parseAfter, parseWaitSeconds } from "../service/cursor.ts";
import { pageBytes } from "../service/feeds.ts";
import { sseFraming, sseHeartbeat } from "../service/framing.ts";
import type { Page } from "../service/history.ts";
import { answerPoll, nothingAfter } from "../service/poll.ts";
import { queryOf } from "../service/target.ts";
import { Disconnected } from "./blocking-socket.ts";
import type { Connection } from "./connection.ts";
import { encodeChunk, encodeStreamHead, lastChunk } from "./http-writer.ts";
import type { AskedRequest, Outcome } from "./serve-connection.ts";
import type { SharedSwitchboard } from "./shared-switchboard.ts";

/** What a thread has at hand when a subscriber asks. */
export interface Asking {
  readonly request: AskedRequest;
  readonly connection: Connection;
  readonly switchboard: SharedSwitchboard;
  readonly heartbeatMs: number;
}

/** `GET /events?after=N`, answered at once. */
export function poll({ request, switchboard }: Asking): Outcome {
  const after = parseAfter(queryOf(request.target));
  return switchboard.read((history) => answerPoll(history, after));
}

/** `GET /events?after=N&wait=S`: the thread sleeps until there is something to say. */
export function hold({ request, connection, switchboard, heartbeatMs }: Asking): Outcome {
  const query = queryOf(request.target);
  const after = parseAfter(query);
  const answerAtMs = performance.now() + parseWaitSeconds(query) * 1_000;
  for (;;) {
    const seen = switchboard.signal;
    const { waits, answer } = switchboard.read((history) => ({
      waits: nothingAfter(history, after),
      answer: answerPoll(history, after),
    }));
    const leftMs = answerAtMs - performance.now();
    if (!waits || leftMs <= 0) return answer;
    if (switchboard.closing) return { ...answer, headers: { ...answer.headers, Connection: "close" } };
    // A next request may be here already, so what the client has sent stays where it is.
    if (connection.hungUp(false)) throw new Disconnected("the client has gone while its request was held");
    switchboard.sleep(seen, Math.min(leftMs, heartbeatMs));
  }
}

/** `GET /events/stream`: the thread writes, or sleeps until there is something to write. */
export function stream(asking: Asking): Outcome {
  const { request } = asking;
  if (request.method !== "GET") return wrongMethod(request.method, "GET");
  const lastEventId = [request.headers["last-event-id"]].flat()[0];
  const after = parseAfter(queryOf(request.target), lastEventId);
  return () => writeStream(asking, after);
}

function writeStream(
  { request, connection, switchboard, heartbeatMs }: Asking,
  after: number | undefined,
): void {
  const encode = request.takesChunks ? encodeChunk : (frame: Buffer) => frame;
  const end = request.takesChunks ? lastChunk : Buffer.alloc(0);
  let cursor = after ?? switchboard.read((history) => history.last);
  connection.write(Buffer.concat([encodeStreamHead(request), encode(sseFraming.hello(cursor))]));
  let beat = false;
  for (;;) {
    const seen = switchboard.signal;
    if (switchboard.closing) {
      connection.write(Buffer.concat([encode(sseFraming.bye("server closing")), end]));
      return;
    }
    const { page, totalBytes } = switchboard.read((history) => ({
      page: history.read(cursor, pageBytes),
      totalBytes: history.totalBytes,
    }));
    const frames = framesOf(page);
    if (frames.length === 0 && beat) frames.push(sseHeartbeat);
    if (frames.length > 0 && connection.writeWatched(Buffer.concat(frames.map(encode)), totalBytes)) {
      connection.write(Buffer.concat([encode(sseFraming.bye("slow subscriber")), end]));
      return;
    }
    cursor = page.cursor;
    beat = false;
    if (cursor < page.last) continue;
    // Subscribers have nothing to say after their request, so all that matters is whether they are there.
    if (connection.hungUp(true)) return;
    beat = switchboard.sleep(seen, heartbeatMs) === "timed out";
  }
}

/** The page as the subscriber gets it: each frame a chunk of its own, all of them one write. */
function framesOf(page: Page): Buffer[] {
  const events = page.events.map((json, index) => sseFraming.event(page.first + index, json));
  return page.gap ? [sseFraming.gap(page.gap), ...events] : events;
}
