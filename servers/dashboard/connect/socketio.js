import { io } from "/dashboard/socket.io.js";
import { nowMs } from "./connect.js";

/**
 * @import { Event as ServiceEvent, Gap } from "../../contract.ts"
 * @import { ConnectOptions, Open } from "./connect.js"
 */

/**
 * Socket.IO's own client as it comes: polling first, then WebSocket. Its own reconnection is off: it would keep
 * the cursor it began with.
 *
 * @param {ConnectOptions} options
 * @returns {Open}
 */
export function connect(options) {
  return connectOver(["polling", "websocket"], options);
}

/**
 * @param {string[]} transports of Engine.IO, in the order in which they are tried
 * @param {ConnectOptions} options
 * @returns {Open}
 */
export function connectOver(transports, { origin, after, onLive, onEvent, onGap, onEnd, onCarrier }) {
  const socket = io(origin, { transports, auth: { after }, forceNew: true, reconnection: false });
  let isOver = false;
  let bye = "";
  /** @param {string} reason */
  const end = (reason) => {
    if (isOver) return;
    isOver = true;
    socket.close();
    onEnd(bye || reason);
  };
  socket.on("event", (/** @type {ServiceEvent} */ event) => {
    const receivedAtMs = nowMs();
    if (!isOver) onEvent(event, receivedAtMs);
  });
  socket.on("hello", () => {
    const { engine } = socket.io;
    onCarrier(engine.transport.name);
    engine.on("upgrade", ({ name }) => onCarrier(name));
    onLive();
  });
  socket.on("gap", (/** @type {Gap} */ gap) => onGap(gap));
  socket.on("bye", (/** @type {{ reason: string }} */ { reason }) => {
    bye = reason;
  });
  socket.on("connect_error", (error) => end(error.message));
  socket.on("disconnect", (reason) => end(reason));
  return {
    close() {
      isOver = true;
      socket.close();
    },
  };
}
