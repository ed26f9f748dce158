import { nowMs } from "./connect.js";

/**
 * @import { ConnectOptions, Open } from "./connect.js"
 */

/**
 * Server-sent events. An EventSource reconnects by itself, from a cursor and at a time of its own; here one
 * connection is one EventSource, so that no two of them are ever under way.
 *
 * @param {ConnectOptions} options
 * @returns {Open}
 */
export function connect({ origin, after, onLive, onEvent, onGap, onEnd }) {
  const source = new EventSource(`${origin}/events/stream?after=${after}`);
  let reason = "the stream ended";
  source.addEventListener("message", ({ data }) => {
    const receivedAtMs = nowMs();
    onEvent(JSON.parse(data), receivedAtMs);
  });
  source.addEventListener("hello", onLive);
  source.addEventListener("gap", ({ data }) => onGap(JSON.parse(data)));
  source.addEventListener("bye", ({ data }) => {
    reason = JSON.parse(data).reason;
  });
  source.addEventListener("error", () => {
    source.close();
    onEnd(reason);
  });
  return { close: () => source.close() };
}
