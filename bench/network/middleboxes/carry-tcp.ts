import { connect, createServer, type Server, type Socket } from "node:net";
import { joinSockets } from "./join-sockets.ts";
import type { Address } from "./middlebox.ts";

/** Passes TCP connections on, whatever they carry. `onCarried` sees the two ends of each. */
export function carryTcp(upstream: Address, onCarried: (ends: readonly Socket[]) => void = () => {}): Server {
  return createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const server = connect({ ...upstream, allowHalfOpen: true, noDelay: true });
    joinSockets(client, server);
    onCarried([client, server]);
  });
}
