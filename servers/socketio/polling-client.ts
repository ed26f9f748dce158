import { subscribeOver } from "./subscribe.ts";

/** The client of Socket.IO, held to HTTP polling. */
export default subscribeOver(["polling"]);
