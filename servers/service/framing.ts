import type { EndReason, Gap } from "../contract.ts";
import type { Page } from "./history.ts";

/**
 * How a push transport puts events and notices on the wire. `Frame` is what its sockets take.
 *
 * The notices: `hello` tells a new subscriber the cursor it starts from, `gap` that its cursor could not be
 * honoured, `bye` why the server ends the subscription.
 */
export interface Framing<Frame> {
  hello(cursor: number): Frame;
  event(id: number, json: Buffer): Frame;
  gap(gap: Gap): Frame;
  bye(reason: EndReason): Frame;
}

/**
 * Server-sent events. JSON text holds no raw line break, so one `data:` line is always enough.
 * Source: HTML Standard, section 9.2 "Server-sent events".
 */
export const sseFraming: Framing<Buffer> = {
  hello: (cursor) => Buffer.from(`id: ${cursor}\nevent: hello\ndata: {"cursor":${cursor}}\n\n`),
  event: (id, json) => Buffer.concat([Buffer.from(`id: ${id}\ndata: `), json, Buffer.from("\n\n")]),
  // The id moves an EventSource's own cursor, so that it does not ask for the lost events again.
  gap: (gap) => Buffer.from(`id: ${gap.next - 1}\nevent: gap\ndata: ${JSON.stringify(gap)}\n\n`),
  bye: (reason) => Buffer.from(`event: bye\ndata: ${JSON.stringify({ reason })}\n\n`),
};

/** A comment line: ignored by every EventSource, but it keeps proxies and finds dead connections. */
export const sseHeartbeat = Buffer.from(":\n\n");

/** One JSON value a message: an event as it is, a notice as an object with its name as the only key. */
export const messageFraming: Framing<Buffer> = {
  hello: (cursor) => Buffer.from(`{"hello":{"cursor":${cursor}}}`),
  event: (_id, json) => json,
  gap: (gap) => Buffer.from(JSON.stringify({ gap })),
  bye: (reason) => Buffer.from(JSON.stringify({ bye: { reason } })),
};

/**
 * The answer to a poll: `{ events, last }`, with `gap` before them where the cursor was not to be had. When
 * `last`, the newest event there is, is not among `events`, there is more to fetch.
 */
export function encodePage(page: Page): Buffer {
  const gap = page.gap ? `"gap":${JSON.stringify(page.gap)},` : "";
  const parts: Buffer[] = [Buffer.from(`{${gap}"events":[`)];
  for (const [index, event] of page.events.entries()) {
    if (index > 0) parts.push(comma);
    parts.push(event);
  }
  parts.push(Buffer.from(`],"last":${page.last}}`));
  return Buffer.concat(parts);
}

const comma = Buffer.from(",");
