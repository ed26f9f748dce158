import { nowMs } from "./connect.js";

/**
 * @import { ConnectOptions, Open } from "./connect.js"
 */

/**
 * A WebSocket. Each message is an event, or a notice with its name as the only key.
 *
 * @param {ConnectOptions} options
 * @returns {Open}
 */
export function connect({ origin, after, onLive, onEvent, onGap, onEnd }) {
  const socket = new WebSocket(`${origin.replace(/^http/, "ws")}/events/ws?after=${after}`);
  let isClosed = false;
  let reason = "";
  socket.addEventListener("message", ({ data }) => {
    const receivedAtMs = nowMs();
    const message = JSON.parse(data);
    if ("id" in message) onEvent(message, receivedAtMs);
    if (message.hello) onLive();
    if (message.gap) onGap(message.gap);
    if (message.bye) reason = message.bye.reason;
  });
  // After an error there is always a close, which says more.
  socket.addEventListener("close", (close) => {
    if (!isClosed) onEnd(reason || close.reason || `the connection closed with code ${close.code}`);
  });
  return {
    close() {
      isClosed = true;
      socket.close();
    },
  };
}
