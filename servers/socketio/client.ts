import { subscribeOver } from "./subscribe.ts";

/** The client of Socket.IO as it comes: polling first, then WebSocket. */
export default subscribeOver(["polling", "websocket"]);
