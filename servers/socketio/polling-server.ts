import type { Server } from "../contract.ts";
import socketio from "./server.ts";

/** The same server; what differs is that its client never upgrades. */
const server: Server = {
  ...socketio,
  name: "socketio-polling",
  transport: "socketio-polling",
  summary: "the same server, its client held to HTTP polling",
};

export default server;
